"""A district of the table as Timefold's model reads it, and its rosters read back.

Who may have what, which duties exclude each other and what a week's cap is are read from the plain
model that our rules post, so that the peer has the same hard demands; aims and prices come from
the rules themselves.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from benchmarks.instances import Loaded
from constraints.facts.fair_points import PARTS, typical_duty
from constraints.facts.wishes import parts
from constraints.fair_share import DAY_OF_ORDERS, FairShare
from constraints.wishes import Wishes
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Attitude, Problem
from scheduler.fairness.measures import Calendar, Measure
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.model import Constraint

_Kind = TypeVar("_Kind", bound=Rule)
_SEAT = "#"
_FINE = 20  # of the model's two-thousandths a hundredth of a point


def task(loaded: Loaded) -> dict[str, Any]:
    """The district as the peer reads it.

    Raises:
        ValueError: a rule demands something that the peer's model does not know.
    """
    problem = loaded.problem
    draft = Draft(problem, loaded.rules)
    excludes, caps = _demands(draft)
    fair = _rule(loaded.rules, FairShare)
    return {
        "doctors": list(_doctors(problem, fair, caps)),
        "slots": list(_slots(draft, excludes)),
        "wishes": list(_wishes(problem, _rule(loaded.rules, Wishes))),
        "continuity": [
            {"kind": own.id, "needed": 1, "price": 50 * _FINE}
            for own in {d.type.id: d.type for d in problem.duties if not d.is_shift}.values()
        ],
    }


def assignments(roster: Mapping[str, str]) -> tuple[Assignment, ...]:
    """A roster of the peer in our words."""
    return tuple(Assignment(slot.rpartition(_SEAT)[0], who) for slot, who in roster.items())


def _rule(rules: tuple[Rule, ...], kind: type[_Kind]) -> _Kind:
    return next(rule for rule in rules if isinstance(rule, kind))


def _demands(draft: Draft) -> tuple[dict[str, dict[str, bool]], dict[str, dict[str, int]]]:
    """Pairs of units that exclude each other, and minutes that may be ordered in a week."""
    excludes: dict[str, dict[str, bool]] = {}
    caps: dict[str, dict[str, int]] = {}
    for own in draft.model.constraints:
        rule, doctor = draft.reasons[own.reason].rule, draft.reasons[own.reason].doctor
        units = _units(draft, own)
        if rule in ("one_place_at_a_time", "rest_between_work") and len(units) == 2:
            one, other = units
            excludes.setdefault(one, {})[other] = True
            excludes.setdefault(other, {})[one] = True
        elif rule == "order_cap" and doctor and own.high is not None:
            caps.setdefault(doctor, {})[_week(draft.problem.units[units[0]][0])] = own.high
        elif rule != "cover":
            raise ValueError(f"rule ({rule}) must be known to the peer's model")
    return excludes, caps


def _units(draft: Draft, constraint: Constraint) -> list[str]:
    """The units that a constraint speaks of; of a rule of the table all terms are decisions."""
    found = draft.assignments([var for _, var in constraint.terms])
    return list(dict.fromkeys(draft.problem.duty_by_id[own.duty].unit for own in found))


def _doctors(
    problem: Problem, fair: FairShare, caps: Mapping[str, Mapping[str, int]]
) -> Iterator[dict[str, Any]]:
    shares = fair.shares(problem)
    parts_of = PARTS / typical_duty(problem, Fraction(100, 60))
    for doctor in problem.doctors:
        own = {measure: shares.of(doctor.id, measure) for measure in Measure}
        points, nights = own[Measure.POINTS], own[Measure.NIGHTS]
        ordered = own[Measure.ORDERED]
        step = ordered.steps[0].weight * 60 if ordered else DAY_OF_ORDERS
        yield {
            "id": doctor.id,
            "points": float(points.aim * parts_of) if points else 0.0,
            "nights": float(nights.aim) if nights else 0.0,
            "weekends": _least(own[Measure.WEEKENDS]),
            "holidays": _least(own[Measure.GREAT_HOLIDAYS]),
            "ordered": _least(ordered),
            "ordered_step": float(step),
            "ordered_weight": float(Fraction(fair.ordered_price, 100) * step / DAY_OF_ORDERS),
            "caps": dict(caps.get(doctor.id, {})),
        }


def _least(share: Any) -> float:
    return float(share.least - share.carried) if share else 0.0


def _slots(draft: Draft, excludes: Mapping[str, Mapping[str, bool]]) -> Iterator[dict[str, Any]]:
    problem = draft.problem
    calendar = Calendar(problem)
    parts_of = PARTS / typical_duty(problem, Fraction(100, 60))
    first = min((day for duty in problem.duties for day in duty.weekends), default=None)
    for unit, (duty,) in problem.units.items():
        minutes = 0 if duty.is_shift else duty.interval.minutes
        points = Fraction(duty.burden) if duty.is_shift else Fraction(100 * minutes, 60)
        weekends = duty.weekends if calendar.counts(Measure.WEEKENDS, duty) else ()
        holidays = calendar.occasions(Measure.GREAT_HOLIDAYS, duty)
        if len(weekends) > 1 or len(holidays) > 1:
            raise ValueError(f"duty ({duty.id}) must be of one weekend and one holiday at most")
        for seat in range(duty.needed):
            yield {
                "id": f"{duty.id}{_SEAT}{seat}",
                "unit": unit,
                "points": round(points * parts_of),
                "night": calendar.counts(Measure.NIGHTS, duty),
                # Numbered by weeks, so that neighbours differ by one.
                "weekend": (weekends[0] - first).days // 7 if weekends and first else -1,
                "holiday": holidays[0] if holidays else -1,
                "kind": duty.type.id,
                "minutes": minutes,
                "week": _week(duty),
                "excludes": dict(excludes.get(unit, {})),
                "candidates": [who for who, _ in draft.candidates(duty)],
            }


def _wishes(problem: Problem, rule: Wishes) -> Iterator[dict[str, Any]]:
    for doctor in problem.doctors:
        dearer = 100 + rule.dearer(problem, doctor.id)
        for wish, price in rule.refusal_prices(problem, doctor.id):
            for number, duties in enumerate(parts(problem, wish)):
                yield {
                    "id": f"{wish.id}/{number}",
                    "doctor": doctor.id,
                    "want": wish.attitude is Attitude.WANT,
                    "price": price * dearer // 100 * _FINE,
                    "units": {duty.unit: True for duty in duties},
                }


def _week(duty: Duty) -> str:
    year, week, _ = duty.day.isocalendar()
    return f"{year}-{week}"
