"""Merknad til fastlegeforskriften § 32 (F-32.9): kontinuitet i kommunale oppgaver."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from constraints.duty_continuity import DutyContinuity
from scheduler.domain.duty import Continuity, Duty, MunicipalDuty
from tests.support import (
    EVENING,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
)

RULE = DutyContinuity()
DOCTORS = KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per")
ONE = replace(NURSING_HOME, continuity=Continuity.ONE_DOCTOR)
FEW = replace(NURSING_HOME, id="skole", name="Skolehelse", continuity=Continuity.FEW_DOCTORS)


def session(day: str, kind: MunicipalDuty = ONE, **more: Any) -> Duty:
    return duty(f"2027-{day} 08:00", "12:00", kind, **more)


FIRST, SECOND, THIRD = session("02-01"), session("02-08"), session("02-15")


def test_one_doctor_is_as_wished_and_each_further_one_costs() -> None:
    case = problem(DOCTORS, [FIRST, SECOND, THIRD])
    assert not exceptions(RULE, roster(case, {"kari": [FIRST, SECOND, THIRD]}))
    two = roster(case, {"kari": [FIRST, THIRD], "ola": [SECOND]})
    three = roster(case, {"kari": [FIRST], "ola": [SECOND], "per": [THIRD]})
    assert [len(exceptions(RULE, own)) for own in (two, three)] == [1, 1]
    assert [sum(cost(RULE, own)) for own in (two, three)] == [200, 400]


def test_few_doctors_is_a_lighter_wish_and_any_is_none() -> None:
    sessions = [session("02-01", FEW), session("02-08", FEW)]
    case = problem(DOCTORS, sessions)
    timetable = roster(case, {"kari": sessions[:1], "ola": sessions[1:]})
    assert len(exceptions(RULE, timetable)) == 1
    assert sum(cost(RULE, timetable)) == 50
    assert sum(cost(DutyContinuity(few_doctors_price=7), timetable)) == 7
    free = [session("02-01", NURSING_HOME), session("02-08", NURSING_HOME)]
    timetable = roster(problem(DOCTORS, free), {"kari": free[:1], "ola": free[1:]})
    assert not list(RULE.check(timetable))
    assert not cost(RULE, timetable)


def test_a_session_that_needs_two_makes_two_doctors_natural() -> None:
    both = [session("02-01", needed=2), session("02-08")]
    case = problem(DOCTORS, both)
    assert not exceptions(RULE, roster(case, {"kari": both, "ola": both[:1]}))
    assert exceptions(RULE, roster(case, {"kari": both[:1], "ola": both[:1], "per": both[1:]}))


def test_the_weekday_counts_where_it_can_be_chosen() -> None:
    monday, tuesday = session("02-01", choice="5"), session("02-02", choice="5")
    again, other = session("02-08", choice="6"), session("02-09", choice="6")
    case = problem(DOCTORS, [monday, tuesday, again, other])
    assert not exceptions(RULE, roster(case, {"kari": [monday, again]}))
    moved = roster(case, {"kari": [monday, other]})
    [found] = exceptions(RULE, moved)
    assert sum(cost(RULE, moved)) == 20
    assert found.unit == "ukedager"
    assert RULE.explain(case, found) == (
        "Sykehjem ligger på 2 ulike ukedager i perioden (mandag og tirsdag); "
        "ønsket er høyst 1 (merknad til fastlegeforskriften § 32)."
    )


def test_two_choices_a_week_may_use_two_weekdays() -> None:
    sessions = [session(d, choice=c) for d, c in (("02-01", "a"), ("02-03", "b"), ("02-08", "c"))]
    case = problem(DOCTORS, [*sessions, session("02-09", choice="c")])
    assert not exceptions(RULE, roster(case, {"kari": sessions}))


def test_shifts_are_not_judged_and_one_doctor_may_have_all_fixed_weekdays() -> None:
    sessions = [session("02-01"), session("02-04"), duty("2027-02-05 16:00", "23:00", EVENING)]
    case = problem(DOCTORS, sessions)
    assert not exceptions(RULE, roster(case, {"kari": sessions}))


FIXED = [session(day, FEW) for day in ("02-01", "02-04", "02-08", "02-11")]
"""Mondays and Thursdays."""


def changes(who: Sequence[str], rule: DutyContinuity = RULE) -> tuple[list[float], int]:
    """How many weekdays of doctors are too many, and what they cost."""
    case = problem(DOCTORS, FIXED)
    work: dict[str, list[Duty]] = {}
    for own, holder in zip(FIXED, who, strict=True):
        work.setdefault(holder, []).append(own)
    timetable = roster(case, work)
    found = [c for c in exceptions(rule, timetable) if c.fact("what") == "changes"]
    doctors = sum(cost(replace(rule, weekday_price=0), timetable))
    return [-(c.margin or 0) for c in found], sum(cost(rule, timetable)) - doctors


def test_doctors_who_change_between_fixed_weekdays_cost() -> None:
    assert changes(["kari"] * 4) == ([], 0)
    assert changes(["kari", "ola", "kari", "ola"]) == ([], 0)
    assert changes(["kari", "ola", "ola", "kari"]) == ([2], 40)
    assert changes(["kari", "ola", "kari", "kari"]) == ([1], 20)
    # Three doctors on two weekdays have one each at the best; the third is priced as a doctor.
    assert changes(["kari", "ola", "per", "ola"]) == ([], 0)
    assert changes(["kari", "ola", "per", "per"]) == ([1], 20)
    assert changes(["kari", "ola", "ola", "kari"], replace(RULE, weekday_price=3)) == ([2], 6)


def test_only_those_who_change_weekday_are_named() -> None:
    case = problem(DOCTORS, FIXED)
    timetable = roster(case, {"kari": [FIXED[0]], "ola": FIXED[1:]})
    found = exceptions(RULE, timetable)[-1]
    assert (found.measured, found.limit) == (3, 2)
    assert found.fact("names") == "Ola: mandag og torsdag"


def test_sessions_of_one_fixed_weekday_have_no_weekdays_to_change() -> None:
    case = problem(DOCTORS, [FIRST, SECOND])
    told = list(RULE.check(roster(case, {"kari": [FIRST], "ola": [SECOND]})))
    assert [c.unit for c in told] == ["leger"]


def test_sessions_that_can_be_moved_are_no_fixed_weekdays() -> None:
    mixed = [FIXED[0], session("02-03", FEW, choice="5"), session("02-10", FEW, choice="6")]
    case = problem(DOCTORS, mixed)
    assert not exceptions(RULE, roster(case, {"kari": mixed}))
    shared = roster(case, {"kari": mixed[:2], "ola": mixed[2:]})
    assert [c.fact("what") for c in exceptions(RULE, shared)] == ["doctors"]


def test_each_price_is_turned_off_by_nought() -> None:
    case = problem(DOCTORS, FIXED)
    timetable = roster(case, {"kari": FIXED[:2], "ola": FIXED[2:]})
    told = [c.fact("what") for c in exceptions(RULE, timetable)]
    assert told == ["doctors", "changes"]
    off = replace(RULE, few_doctors_price=0)
    assert [c.fact("what") for c in exceptions(off, timetable)] == ["changes"]
    off = replace(RULE, weekday_price=0)
    assert [c.fact("what") for c in exceptions(off, timetable)] == ["doctors"]
    moved = [session("02-01", choice="5"), session("02-09", choice="6")]
    timetable = roster(problem(DOCTORS, moved), {"kari": moved})
    assert exceptions(RULE, timetable)
    assert not exceptions(off, timetable)
    nothing = replace(RULE, one_doctor_price=0, few_doctors_price=0, weekday_price=0)
    assert not list(nothing.check(timetable))


def test_the_former_roster_is_not_part_of_it() -> None:
    case = problem(DOCTORS, [SECOND], tail=[(OLA, FIRST)], first_day=date(2027, 2, 5))
    assert not exceptions(RULE, roster(case, {"kari": [SECOND]}))


def test_two_duties_are_judged_one_by_one() -> None:
    sessions = [FIRST, SECOND, session("02-02", FEW), session("02-09", FEW)]
    case = problem(DOCTORS, sessions)
    timetable = roster(case, {"kari": [FIRST, sessions[2]], "ola": [SECOND, sessions[3]]})
    assert [c.duties for c in exceptions(RULE, timetable)] == [
        (FIRST.id, SECOND.id),
        (sessions[2].id, sessions[3].id),
    ]


def test_sentence() -> None:
    case = problem(DOCTORS, [FIRST, SECOND, THIRD])
    timetable = roster(case, {"kari": [FIRST], "ola": [SECOND], "per": [THIRD]})
    [found] = exceptions(RULE, timetable)
    assert RULE.explain(case, found) == (
        "Sykehjem er delt på 3 leger i perioden (Kari, Ola og Per); ønsket er høyst 1 "
        "(merknad til fastlegeforskriften § 32)."
    )
    assert (found.margin, found.unit) == (-2, "leger")
    case = problem(DOCTORS, FIXED)
    timetable = roster(case, {"kari": [FIXED[0], FIXED[3]], "ola": FIXED[1:3]})
    found = exceptions(RULE, timetable)[-1]
    assert RULE.explain(case, found) == (
        "Skolehelse deles av leger som skifter ukedag (Kari: mandag og torsdag; Ola: mandag og "
        "torsdag); ønsket er samme lege på samme ukedag (merknad til fastlegeforskriften § 32)."
    )
    kept = list(RULE.check(roster(case, {"kari": FIXED})))[-1]
    assert RULE.explain(case, kept) == (
        "Skolehelse har faste leger på ukedagene (merknad til fastlegeforskriften § 32)."
    )


@given(st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=6, max_size=6))
def test_encoder_and_checker_agree(who: list[str]) -> None:
    sessions = [
        session("02-01", choice="5"),
        session("02-02", choice="5"),
        session("02-08", choice="6"),
        session("02-09", choice="6"),
        session("02-15"),
        session("02-16", FEW),
    ]
    work: dict[str, Sequence[Duty]] = {
        name: [own for own, given in zip(sessions, who, strict=True) if given == name]
        for name in ("kari", "ola", "per")
    }
    exceptions(RULE, roster(problem(DOCTORS, sessions), work))


@given(st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=4, max_size=4))
def test_the_price_of_changes_is_what_is_told(who: list[str]) -> None:
    told, price = changes(who)
    assert price == 20 * sum(told)
