"""Fair shares on tiny problems: the search against enumeration, and what must always hold.

The enumeration asks the checkers what is lawful and reckons shares, orders and deviations
itself, in fractions; it shares no code with the rule of fair shares or with the model.
"""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.absence import Absence as AbsenceRule
from constraints.agreement_span import AgreementSpan
from constraints.cover import Cover
from constraints.fair_share import FairShare
from constraints.one_place_at_a_time import OnePlaceAtATime
from constraints.order_cap import OrderCap
from constraints.rest_between_work import RestBetweenWork
from constraints.voluntary_first import VoluntaryFirst
from scheduler.domain.doctor import Absence, AbsenceKind, Doctor, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Agreement, Assignment, Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import whole_days
from scheduler.fairness.measures import Measure
from scheduler.rule import Outcome, Rule
from scheduler.solving.draft import Draft
from scheduler.solving.result import Ending, Result
from scheduler.solving.search import Search
from tests.support import EVENING, NIGHT, NURSING_HOME, doctor, duty, few, problem

CHUNKS, CASES = 6, 20
FIRST = date(2027, 1, 4)  # a Monday
DAYS = 20
HARD: tuple[Rule, ...] = (
    OnePlaceAtATime(),
    AbsenceRule(),
    AgreementSpan(),
    RestBetweenWork(),
    OrderCap(),
)
Vector = tuple[Fraction, ...]


def fair(**settings: object) -> FairShare:
    return replace(FairShare(leximin_depth=100, others=HARD), **settings)  # type: ignore[arg-type]


def rules(rule: FairShare) -> tuple[Rule, ...]:
    return (*HARD, Cover(), VoluntaryFirst(), rule)


def drawn(seed: int) -> Problem:
    """Three doctors with absences, weights and balances; shifts, at times an ordered session."""
    chance = random.Random(seed)
    people = [
        doctor(
            name,
            share_weight=chance.choice([Fraction(1), Fraction(1), Fraction(1, 2), Fraction(2)]),
            practice_share=chance.choice(["1", "1/2", "4/5"]),
            agreement=Span(FIRST + timedelta(days=chance.choice([0, 0, 5]))),
        )
        for name in ("Kari", "Ola", "Per")
    ]
    duties: list[Duty] = []
    for _ in range(chance.randint(3, 5)):
        day = FIRST + timedelta(days=chance.randrange(DAYS - 1))
        kind = replace(EVENING, burden=chance.choice([100, 150]))
        duties.append(duty(f"{day} 16:00", "22:00", kind, id=f"kveld/{len(duties)}"))
    day = FIRST + timedelta(days=chance.randrange(DAYS - 1))
    night = replace(NIGHT, burden=chance.choice([230, 310]))
    duties[0] = duty(f"{day} 22:00", f"{day + timedelta(days=1)} 08:00", night, id="natt/0")
    agreements = []
    if chance.random() < 0.5:
        day = FIRST + timedelta(days=chance.randrange(4))
        duties[1] = duty(f"{day} 12:00", "15:00", NURSING_HOME, id="sykehjem/0")
        if chance.random() < 0.5:
            minutes = chance.choice([60, 90, 180])
            agreements.append(Agreement("ola", "sykehjem", minutes, Span(), signed=False))
    absences = []
    for own in people:
        if chance.random() < 0.4:
            start = FIRST + timedelta(days=chance.randrange(DAYS - 6))
            why = chance.choice([AbsenceKind.PARENTAL, AbsenceKind.HOLIDAY])
            end = start + timedelta(days=chance.randint(0, 5))
            absences.append(Absence(own.id, whole_days(start, end), why))
    return problem(
        people,
        duties,
        first_day=FIRST,
        last_day=FIRST + timedelta(days=DAYS - 1),
        agreements=tuple(agreements),
        absences=tuple(absences),
        ledger=tuple(Account(d.id, points=chance.randint(-120, 120)) for d in people),
    )


# --- by hand -------------------------------------------------------------------------------


def is_away(plan: Problem, who: Doctor, own: Duty) -> bool:
    absences = plan.absences_of.get(who.id, ())
    early = who.agreement.first is not None and own.day < who.agreement.first
    return early or any(a.interval.overlaps(own.interval) for a in absences)


def days_of(plan: Problem, who: Doctor) -> int:
    """Days with a share: from the first day of the agreement, less parental leave."""
    days = {FIRST + timedelta(days=n) for n in range(DAYS)}
    days = {day for day in days if who.agreement.first is None or day >= who.agreement.first}
    for absence in plan.absences_of.get(who.id, ()):
        if absence.kind is AbsenceKind.PARENTAL:
            days = {day for day in days if not absence.interval.overlaps(whole_days(day, day))}
    return len(days)


def divided(amount: int, weights: dict[str, Fraction]) -> dict[str, Fraction]:
    total = sum(weights.values())
    return {who: amount * own / total if total else Fraction(0) for who, own in weights.items()}


def agreed(plan: Problem, who: str) -> int:
    return sum(a.minutes_per_week for a in plan.agreements if a.doctor == who)


def aims(plan: Problem, ordered_points: int) -> dict[str, Fraction]:
    """What everybody should have, in hundredths of a point."""
    shifts = [own for own in plan.duties if own.is_shift]
    sessions = [own for own in plan.duties if not own.is_shift]
    found: dict[str, Fraction] = {}
    weights = {
        who.id: who.share_weight * days_of(plan, who)
        for who in plan.doctors
        if any(not is_away(plan, who, own) for own in shifts)
    }
    for who, part in divided(sum(own.burden for own in shifts), weights).items():
        found[who] = found.get(who, Fraction(0)) + part
    for own in sessions:
        able = [who for who in plan.doctors if not is_away(plan, who, own)]
        voluntary = sum(agreed(plan, who.id) for who in able)
        must = max(0, own.minutes - voluntary)
        caps = {who.id: who.practice_share * days_of(plan, who) for who in able}
        for person, part in divided(must * ordered_points, caps).items():
            found[person] = found.get(person, Fraction(0)) + part / 60
    for who in found:
        opening = plan.account_of[who].points
        found[who] -= max(-found[who], min(found[who], Fraction(opening)))
    return found


def ordered(plan: Problem, timetable: Timetable, who: str) -> int:
    minutes = sum(own.minutes for own in timetable.duties_of(who) if not own.is_shift)
    return max(0, minutes - agreed(plan, who))


def vector(plan: Problem, timetable: Timetable, ordered_points: int) -> Vector:
    """Everybody's points over the aim, the worst-off first."""
    off = []
    for who, aim in aims(plan, ordered_points).items():
        shifts = sum(own.burden for own in timetable.duties_of(who) if own.is_shift)
        minutes = ordered(plan, timetable, who)
        off.append(shifts + Fraction(minutes * ordered_points, 60) - aim)
    return tuple(sorted(off, reverse=True))


def every_lawful(plan: Problem) -> Iterator[Timetable]:
    """Every roster, holes included, that no checker refuses."""
    names = [None, *(d.id for d in plan.doctors)]
    for holders in itertools.product(names, repeat=len(plan.duties)):
        pairs = [
            Assignment(own.id, who)
            for own, who in zip(plan.duties, holders, strict=True)
            if who is not None
        ]
        timetable = Timetable(plan, Roster.of(plan, pairs))
        cases = (case for rule in HARD for case in rule.check(timetable))
        if not any(case.outcome is Outcome.BREACH for case in cases):
            yield timetable


def rank(plan: Problem, timetable: Timetable, ordered_points: int) -> tuple[int, int, Vector]:
    """Uncovered minutes, ordered minutes, then leximin; smaller is better."""
    uncovered = sum(own.minutes for own in timetable.holes)
    orders = sum(ordered(plan, timetable, d.id) for d in plan.doctors)
    return uncovered, orders, vector(plan, timetable, ordered_points)


# --- the search ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Solved:
    """What the search made of a problem."""

    timetable: Timetable
    draft: Draft
    result: Result


def searched(plan: Problem, rule: FairShare, *, only: Sequence[Rule] | None = None) -> Solved:
    draft = Draft(plan, only or rules(rule))
    result = Search(draft.model, seconds=30, workers=1, seed=1, stop=threading.Event()).run()
    assert result.ending is Ending.SOLVED
    roster = Roster.of(plan, draft.assignments(result.chosen or ()))
    return Solved(Timetable(plan, roster), draft, result)


def test_cases_enough_are_enumerated() -> None:
    assert CHUNKS * CASES >= 100
    plans = [drawn(seed) for seed in range(CHUNKS * CASES)]
    assert sum(any(not own.is_shift for own in plan.duties) for plan in plans) >= 40
    assert sum(bool(plan.agreements) for plan in plans) >= 20
    assert sum(bool(plan.absences) for plan in plans) >= 60


@pytest.mark.parametrize("chunk", few(range(CHUNKS), 2))
def test_the_search_finds_the_leximin_vector_of_enumeration(chunk: int) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(chunk * CASES, (chunk + 1) * CASES):
        plan = drawn(seed)
        weight = 100 if seed % 2 else 40
        best = min(rank(plan, own, weight) for own in every_lawful(plan))
        rule = fair(ordered_points=weight / 100)
        found = searched(plan, rule)
        assert rank(plan, found.timetable, weight) == best, seed
        steps = list(zip(found.draft.model.steps, found.result.steps, strict=True))
        worst = [(model, result) for model, result in steps if model.worst]
        assert len(worst) == len(best[2]), seed
        for (model, result), total in zip(worst, itertools.accumulate(best[2]), strict=True):
            assert result.proven, seed
            assert abs(result.value / model.scale - float(total / 100)) < 0.005, seed
        kinds["ordered"] += best[1] > 0
        kinds["uneven"] += best[2][0] > 0
        kinds["hole"] += best[0] > 0
    assert kinds["ordered"]
    assert kinds["uneven"]


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_other_names_are_other_names_only(seed: int) -> None:
    plan = drawn(seed)
    order = {"kari": "per", "ola": "kari", "per": "ola"}
    doctors = tuple(
        sorted((replace(d, id=order[d.id], name=d.name) for d in plan.doctors), key=lambda d: d.id)
    )
    other = replace(
        plan,
        doctors=doctors,
        agreements=tuple(replace(a, doctor=order[a.doctor]) for a in plan.agreements),
        absences=tuple(replace(a, doctor=order[a.doctor]) for a in plan.absences),
        ledger=tuple(replace(a, doctor=order[a.doctor]) for a in plan.ledger),
    )
    rule = fair()
    before, after = rule.shares(plan), rule.shares(other)
    assert len(before.shares) == len(after.shares)
    for share in before.shares:
        twin = after.of(order[share.doctor], share.measure)
        assert twin is not None
        assert replace(twin, doctor=share.doctor) == share
    first = vector(plan, searched(plan, rule).timetable, 100)
    assert vector(other, searched(other, rule).timetable, 100) == first


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(0, 2), st.sampled_from(["parental", "late", "early"]))
def test_half_the_eligible_days_are_half_the_target(half: int, weight: int, how: str) -> None:
    last = FIRST + timedelta(days=2 * half - 1)
    middle = FIRST + timedelta(days=half)
    kari = doctor("Kari", share_weight=Fraction(1 + weight, 2))
    span = {"late": Span(middle), "early": Span(None, middle - timedelta(days=1))}.get(how, Span())
    ola = replace(doctor("Ola", share_weight=kari.share_weight), agreement=span)
    absences = [Absence("ola", whole_days(FIRST, middle - timedelta(days=1)), AbsenceKind.PARENTAL)]
    days = [FIRST + timedelta(days=n) for n in range(2 * half)]
    plan = problem(
        [kari, ola, doctor("Per")],
        [
            *(duty(f"{day} 16:00", "23:59") for day in days),
            *(duty(f"{day} 12:00", "13:00", NURSING_HOME) for day in days),
        ],
        first_day=FIRST,
        last_day=last,
        absences=tuple(absences) if how == "parental" else (),
    )
    shares = FairShare(others=(AbsenceRule(), AgreementSpan())).shares(plan)
    for measure in (Measure.POINTS, Measure.ORDERED):
        whole, part = shares.of("kari", measure), shares.of("ola", measure)
        assert whole is not None
        assert part is not None
        assert whole.target == 2 * part.target > 0


@pytest.mark.parametrize("seed", few(range(30), 10))
def test_nobody_is_idle_while_another_has_two_more_than_needed(seed: int) -> None:
    chance = random.Random(seed)
    people = [doctor(name) for name in ("Kari", "Ola", "Per", "Siv")[: chance.randint(3, 4)]]
    days = sorted(chance.sample(range(DAYS), chance.randint(4, 9)))
    duties = [duty(f"{FIRST + timedelta(days=day)} 16:00", "22:00") for day in days]
    absences = []
    for own in people:
        start = FIRST + timedelta(days=chance.randrange(DAYS - 8))
        end = start + timedelta(days=chance.randint(0, 8))
        absences.append(Absence(own.id, whole_days(start, end), AbsenceKind.HOLIDAY))
    plan = problem(
        people,
        duties,
        first_day=FIRST,
        last_day=FIRST + timedelta(days=DAYS - 1),
        absences=tuple(absences),
    )
    rule = fair(leximin_depth=3)
    own_rules = (OnePlaceAtATime(), AbsenceRule(), Cover(), rule)
    timetable = searched(plan, rule, only=own_rules).timetable
    assert not [own for own in timetable.holes if not all(is_away(plan, d, own) for d in people)]
    for idle in people:
        if timetable.duties_of(idle.id):
            continue
        for other in people:
            target = rule.shares(plan).of(other.id, Measure.POINTS)
            assert target is not None
            held = timetable.duties_of(other.id)
            if 100 * len(held) >= target.target + 200:
                assert all(is_away(plan, idle, given) for given in held), seed
