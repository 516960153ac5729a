"""What may be let go to fill a hole, and by whose leave (F-33.10, remark to § 33).

Never proposed: a right (F-12, the cap of F-32, F-33.8, F-33.9), competence, or any other demand of
law; rest by agreement (S-04), which asks for an assessment of soundness first; a decision on health
or weighty social reasons; an absence or a meeting, which are facts. One right is its
holder's to lay aside: a GP over 60 may take part where both GP and municipality want it (F-33.10).
It is told as a question to the doctor. Late pregnancy and nursing are left alone.

What is cheaper is proposed first: what the coordinator has decided herself, then what asks a doctor
for a yes, then what departs from the municipality's own limit, last what costs money.
"""

from collections.abc import Mapping
from datetime import timedelta

from constraints.cannot_wish import CannotWish
from constraints.claimed_exemption import ClaimedExemption
from constraints.personal_limits import PersonalLimits
from constraints.pins import Pins
from constraints.restrictions import is_own_limit
from constraints.travel_reach import TravelReach
from scheduler.domain.doctor import Competence, Doctor, Employment, ExemptionKind
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Agreement, Problem
from scheduler.explaining.elements import Demand, Element
from scheduler.explaining.ways import Leave, Locum, WayKind
from scheduler.rule import Rule

PRICES: Mapping[WayKind, int] = {
    WayKind.PIN: 10,
    WayKind.WISH: 20,
    WayKind.VOLUNTEER: 30,
    WayKind.NEIGHBOUR: 35,
    WayKind.LIMIT: 40,
    WayKind.RULE: 50,
    WayKind.LOCUM: 60,
}

_NAME = "Vikar"
_MINUTES = 60 * 24 * 7
_YEARS = timedelta(days=20 * 365)


def leave(problem: Problem, rules: tuple[Rule, ...]) -> Leave:
    """What may be let go in this plan."""
    by_id = {rule.id: rule for rule in rules}

    def kind(element: Element) -> WayKind | None:
        rule = by_id.get(element.rule)
        return None if rule is None else _kind(problem, rule, element)

    return Leave(kind, PRICES, lambda duties: locum(problem, duties))


def _kind(problem: Problem, rule: Rule, element: Element) -> WayKind | None:
    if isinstance(rule, Pins):
        return WayKind.PIN
    if isinstance(rule, CannotWish):
        return WayKind.WISH
    if isinstance(rule, PersonalLimits):
        return WayKind.LIMIT
    if isinstance(rule, TravelReach):
        return WayKind.NEIGHBOUR
    if isinstance(rule, ClaimedExemption):
        return WayKind.VOLUNTEER if _by_age_alone(problem, element.doctor) else None
    return WayKind.RULE if is_own_limit(rule) else None


def _by_age_alone(problem: Problem, doctor: str | None) -> bool:
    """Whether the doctor has no claim but that of age."""
    own = problem.exemptions_of.get(doctor or "", ())
    return all(exemption.kind is ExemptionKind.AGE for exemption in own)


def locum(problem: Problem, duties: Demand) -> Locum | None:
    """One more doctor who may be alone on the duties and do their municipal work.

    None for duties of a municipality that has no doctor: nobody is known to be hired from there.
    """
    first = duties[0]
    town = _town(problem, first)
    if town is None:
        return None
    since = problem.first_day - _YEARS
    taken = {doctor.id for doctor in problem.doctors}
    own_id = next(own for n in range(len(taken) + 1) if (own := f"vikar{n or ''}") not in taken)
    doctor = Doctor(
        id=own_id,
        name=_NAME,
        municipality=town,
        employment=Employment.HIRED,
        born=problem.first_day - 2 * _YEARS,
        competence=Competence(
            specialist_from=since,
            approved_gp_from=since,
            clinical_months=240,
            municipal_gp_from=since,
            duties_done=400,
            lis1_completed_from=since,
            emergency_course_from=since,
            violence_course_from=since,
            radio_from=since,
        ),
    )
    agreements = tuple(
        Agreement(own_id, kind, _MINUTES) for kind in sorted({duty.type.id for duty in duties})
    )
    return Locum(doctor, agreements, PRICES[WayKind.LOCUM])


def _town(problem: Problem, duty: Duty) -> str | None:
    """The municipality where the duty is served, or the first of the plan."""
    if isinstance(duty.type, MunicipalDuty):
        return duty.type.municipality
    place = next((own for own in problem.places if own.id == duty.type.place), None)
    if place and place.municipality:
        return place.municipality
    return problem.municipalities[0].id if problem.municipalities else None
