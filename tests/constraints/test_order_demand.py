"""F-32.2 and F-32.4: how much may have to be ordered, and whom it is shared by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.facts.order_demand import ordered_demands, ordered_in_period
from scheduler.domain.doctor import Doctor, Employment, Span
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Agreement, Municipality, Problem
from scheduler.fairness.availability import OpenUnits
from scheduler.fairness.shares import OrderedDemand
from scheduler.rule import Case, Rule
from tests.support import EVENING, NURSING_HOME, doctor, duty, problem, roster

KARI = doctor("Kari")
OLA = doctor("Ola", practice_share="1/2")
SCHOOL = MunicipalDuty("skole", "Skole", "fjell", "sk")
MEETING = MunicipalDuty("annet", "Annet", "fjell", "sk", counts_in_cap=False)
DAL = MunicipalDuty("dal", "Sykehjem i Dal", "dal", "sh")
TOWNS = (Municipality("fjell", "Fjell", 5000), Municipality("dal", "Dal", 900))
FEBRUARY = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 28)}


def session(day: int, hours: int = 3, kind: MunicipalDuty = NURSING_HOME, **more: object) -> Duty:
    return duty(f"2027-02-{day:02} 08:00", f"{8 + hours:02}:00", kind, **more)


@dataclass(frozen=True)
class Closes(Rule):
    """Closes these units, by doctor."""

    id: ClassVar = "closes"
    units: Mapping[str, set[str]]

    def closed(self, problem: Problem, doctor: Doctor) -> list[tuple[Duty, ...]]:
        return [problem.units[unit] for unit in self.units.get(doctor.id, ())]

    def explain(self, problem: Problem, case: Case) -> str:
        return ""


def plan(*duties: Duty, people: tuple[Doctor, ...] = (KARI, OLA), **more: object) -> Problem:
    own = {"municipalities": TOWNS, **FEBRUARY, **more}
    return problem(people, duties, **own)  # type: ignore[arg-type]


def demands(own: Problem, closed: Mapping[str, set[str]] | None = None) -> list[OrderedDemand]:
    return list(ordered_demands(own, OpenUnits(own, [Closes(closed or {})])))


def least(own: Problem, closed: Mapping[str, set[str]] | None = None) -> int:
    [found] = demands(own, closed)
    return found.least


def test_without_agreements_all_must_be_ordered_and_the_cap_is_the_weight() -> None:
    shift = duty("2027-02-03 16:00", "22:00", EVENING)
    [found] = demands(plan(session(1), session(2, needed=2), shift))
    assert (found.municipality, found.most, found.least) == ("fjell", 540, 540)
    assert found.weights == {"kari": Fraction(15, 2), "ola": Fraction(15, 4)}


def test_work_that_does_not_count_is_not_ordered() -> None:
    assert demands(plan(session(1, kind=MEETING))) == []


def test_each_municipality_has_its_own_work_and_its_own_gps() -> None:
    dina = doctor("Dina", municipality="dal")
    hired = doctor("Hilde", employment=Employment.HIRED)
    none = doctor("Null", practice_share="0")
    people = (KARI, dina, hired, none)
    found = demands(plan(session(1), session(1, 4, DAL), people=people))
    assert [(own.municipality, own.most, list(own.weights)) for own in found] == [
        ("fjell", 180, ["kari"]),
        ("dal", 240, ["dina"]),
    ]


def test_a_doctor_to_whom_none_of_it_is_open_has_no_part() -> None:
    own = plan(session(1), session(2))
    first, second = (d.id for d in own.duties)
    assert list(demands(own, {"ola": {first}})[0].weights) == ["kari", "ola"]
    assert list(demands(own, {"ola": {first, second}})[0].weights) == ["kari"]


@pytest.mark.parametrize(
    ("minutes", "signed", "expected"),
    [(60, True, 300), (60, False, 300), (400, True, 0), (0, True, 360)],
)
def test_agreements_and_offers_are_taken_off(minutes: int, signed: bool, expected: int) -> None:
    own = (Agreement("kari", "sykehjem", minutes, Span(), signed=signed),)
    assert least(plan(session(1), session(2), agreements=own)) == expected


def test_an_agreement_is_for_each_week_and_for_its_own_duty() -> None:
    own = (Agreement("kari", "sykehjem", 60, Span()),)
    assert least(plan(session(1), session(8), agreements=own)) == 240
    assert least(plan(session(1), session(2), agreements=own)) == 300
    assert least(plan(session(1, kind=SCHOOL), agreements=own)) == 180
    # What is left of one week or of one duty helps no other.
    large = (Agreement("kari", "sykehjem", 900, Span()),)
    assert least(plan(session(1), session(8, kind=SCHOOL), agreements=large)) == 180


def test_an_agreement_that_begins_in_the_week_holds_for_the_week() -> None:
    late = (Agreement("kari", "sykehjem", 60, Span(date(2027, 2, 7))),)
    assert least(plan(session(1), agreements=late)) == 120
    over = (Agreement("kari", "sykehjem", 60, Span(None, date(2027, 1, 31))),)
    assert least(plan(session(1), agreements=over)) == 180
    renewed = (
        Agreement("kari", "sykehjem", 60, Span(None, date(2027, 2, 2))),
        Agreement("kari", "sykehjem", 90, Span(date(2027, 2, 3))),
    )
    assert least(plan(session(1), agreements=renewed)) == 90


def test_nobody_covers_more_than_the_sessions_that_are_open() -> None:
    own = plan(session(1), session(2), agreements=(Agreement("kari", "sykehjem", 900, Span()),))
    first = own.duties[0].id
    assert least(own) == 0
    assert least(own, {"kari": {first}}) == 180
    assert least(replace(own, doctors=(OLA,))) == 360


def test_of_a_choice_as_much_counts_as_one_day_is() -> None:
    short, long = session(1, 2, choice="a"), session(3, 3, choice="a")
    [found] = demands(plan(short, long))
    assert (found.most, found.least) == (180, 120)
    # A choice between two weeks is certain in neither.
    assert least(plan(session(1, choice="b"), session(8, choice="b"))) == 0


def test_a_session_over_sunday_midnight_is_divided() -> None:
    night = Duty("n", NURSING_HOME, duty("2027-02-07 23:00", "2027-02-08 02:00").interval)
    own = (Agreement("kari", "sykehjem", 90, Span()),)
    # One hour in the first week is agreed, and half of the next two.
    assert least(plan(night, agreements=own)) == 30


def test_only_what_the_period_adds_is_ordered_in_it() -> None:
    own = plan(
        session(4),
        tail=[(KARI, duty("2027-02-01 08:00", "10:00", NURSING_HOME))],
        first_day=date(2027, 2, 3),
        agreements=(Agreement("kari", "sykehjem", 150, Span()),),
    )
    # With two hours of the former roster half an hour is left of the agreement.
    assert ordered_in_period(roster(own, {"kari": own.duties}), KARI) == 150
    assert ordered_in_period(roster(own, {}), KARI) == 0


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([(1, 2), (2, 3), (5, 1), (8, 3), (9, 2)]), max_size=4, unique=True),
    st.lists(st.sampled_from([0, 60, 90, 180, 400]), min_size=2, max_size=2),
)
def test_no_roster_without_holes_has_less(
    sessions: list[tuple[int, int]], given_minutes: list[int]
) -> None:
    agreements = tuple(
        Agreement(who, "sykehjem", minutes, Span())
        for who, minutes in zip(("kari", "ola"), given_minutes, strict=True)
    )
    own = plan(*(session(day, hours) for day, hours in sessions), agreements=agreements)
    if not sessions:
        assert demands(own) == []
        return
    found = []
    for holders in product(("kari", "ola"), repeat=len(own.duties)):
        work: dict[str, list[Duty]] = {"kari": [], "ola": []}
        for holder, each in zip(holders, own.duties, strict=True):
            work[holder].append(each)
        timetable = roster(own, work)
        found.append(sum(ordered_in_period(timetable, d) for d in (KARI, OLA)))
    assert least(own) <= min(found)
    if len(sessions) == 1:
        assert min(found) - least(own) <= min(given_minutes)
