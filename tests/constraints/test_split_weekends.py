"""Delte helger (policy): two doctors who lose a weekend for a day each."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.split_weekends import SplitWeekends
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Wish
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import (
    HOME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    span,
    verify,
)

RULE = SplitWeekends()
DOCTORS = KARI, OLA = doctor("Kari"), doctor("Ola")
FRIDAY = duty("2027-02-05 23:00", "2027-02-06 08:00", NIGHT)
SATURDAY = duty("2027-02-06 08:00", "15:00")
LATE = duty("2027-02-06 15:00", "23:00")
SUNDAY = duty("2027-02-07 08:00", "15:00")
NEXT = duty("2027-02-13 08:00", "15:00"), duty("2027-02-14 08:00", "15:00")
WEEKEND = (FRIDAY, SATURDAY, LATE, SUNDAY)


def split(timetable: Timetable, rule: SplitWeekends = RULE) -> list[tuple[str | None, int]]:
    assert not verify(rule, timetable)
    found = exceptions(rule, timetable)
    assert sum(cost(rule, timetable)) == rule.price * len(found)
    return [(case.doctor, len(case.duties)) for case in found]


def given_to(*kari: Duty, ola: tuple[Duty, ...] = (), **more: Any) -> Timetable:
    plan = problem(DOCTORS, (*WEEKEND, *NEXT), **more)
    return roster(plan, {"kari": kari, "ola": ola})


def test_two_doctors_with_a_day_each_are_both_told() -> None:
    assert split(given_to(SATURDAY, LATE, ola=(SUNDAY,))) == [("kari", 2), ("ola", 1)]
    assert split(given_to(SATURDAY, LATE, SUNDAY)) == []


@pytest.mark.parametrize(
    ("own", "count"),
    [
        ((SATURDAY, SUNDAY), 0),
        ((FRIDAY, SATURDAY), 0),
        ((FRIDAY, SUNDAY), 0),
        ((FRIDAY,), 1),
        ((SATURDAY,), 1),
        ((SATURDAY, LATE), 1),
        ((SUNDAY,), 1),
        ((SUNDAY, NEXT[0]), 2),
        ((), 0),
    ],
)
def test_friday_night_saturday_and_sunday_are_days_of_the_weekend(
    own: tuple[Duty, ...], count: int
) -> None:
    assert len(split(given_to(*own))) == count


def test_friday_evening_that_ends_by_midnight_is_not() -> None:
    evening = duty("2027-02-05 16:00", "2027-02-06 00:00")
    plan = problem(DOCTORS, [evening, SATURDAY, SUNDAY])
    assert split(roster(plan, {"kari": [evening]})) == []
    assert len(split(roster(plan, {"kari": [evening, SATURDAY]}))) == 1
    long = duty("2027-02-05 16:00", "2027-02-06 00:01")
    plan = problem(DOCTORS, [long, SATURDAY, SUNDAY])
    assert split(roster(plan, {"kari": [long, SATURDAY]})) == []


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        ("2027-02-05 20:00", "2027-02-06 11:59", False),
        ("2027-02-05 20:00", "2027-02-06 12:00", True),
        ("2027-02-06 20:00", "2027-02-07 11:59", False),
        ("2027-02-06 20:00", "2027-02-07 12:00", True),
        # Spring: Sunday 00:00–12:59 are 11 hours and 59 minutes.
        ("2027-03-27 20:00", "2027-03-28 12:59", False),
        ("2027-03-27 20:00", "2027-03-28 13:00", True),
        # Autumn: Sunday 00:00–11:00 are 12 hours.
        ("2027-10-30 20:00", "2027-10-31 10:59", False),
        ("2027-10-30 20:00", "2027-10-31 11:00", True),
    ],
)
def test_half_a_day_of_real_time_takes_it(start: str, end: str, whole: bool) -> None:
    long = duty(start, end, HOME)
    other = duty(f"{end[:10]} 14:00", "20:00")
    plan = problem(DOCTORS, [long, other], last_day=date(2027, 12, 31))
    assert len(split(roster(plan, {"kari": [long]}))) == (not whole)


def test_one_long_home_duty_is_a_whole_weekend() -> None:
    home = duty("2027-02-05 15:00", "2027-02-08 08:00", HOME)
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME, id="uke")
    assert split(roster(problem([KARI], [home]), {"kari": [home]})) == []
    assert split(roster(problem([KARI], [week]), {"kari": [week]})) == []


def test_where_the_plan_has_one_day_there_is_nothing_to_join() -> None:
    session = duty("2027-02-07 10:00", "12:00", NURSING_HOME)
    plan = problem(DOCTORS, [SATURDAY, LATE, session])
    assert split(roster(plan, {"kari": [SATURDAY, session], "ola": [LATE]})) == []


@pytest.mark.parametrize("attitude", list(Attitude))
def test_a_wish_about_a_shift_of_the_weekend_is_the_doctor_s_own_choice(
    attitude: Attitude,
) -> None:
    wish = Wish("w", "kari", attitude, span("2027-02-07 00:00", "2027-02-08 00:00"))
    told = split(given_to(SATURDAY, ola=(SUNDAY,), wishes=(wish,)))
    assert told == [("ola", 1)]
    # Next weekend is another matter.
    assert split(given_to(SATURDAY, NEXT[0], wishes=(wish,))) == [("kari", 1)]
    strange = replace(wish, patterns=frozenset({"natt"}))
    assert split(given_to(SATURDAY, wishes=(strange,))) == [("kari", 1)]


@pytest.mark.parametrize("field", ["block", "together"])
def test_blocks_and_groups_are_agreed(field: str) -> None:
    day = [
        replace(own, block="lørdag") if field == "block" else replace(own, together="lørdag")
        for own in (SATURDAY, LATE)
    ]
    plan = problem(DOCTORS, [*day, SUNDAY])
    assert split(roster(plan, {"kari": day, "ola": [SUNDAY]})) == [("ola", 1)]


def test_former_roster_counts_but_not_by_itself() -> None:
    plan = problem(DOCTORS, [SUNDAY], tail=[(KARI, SATURDAY)], first_day=date(2027, 2, 7))
    assert split(roster(plan, {})) == []
    assert split(roster(plan, {"kari": [SUNDAY]})) == []
    # Alone on the period's Sunday: the plan itself has no other day.
    assert split(roster(plan, {"ola": [SUNDAY]})) == []
    plan = problem(DOCTORS, [LATE, SUNDAY], tail=[(KARI, SATURDAY)], first_day=date(2027, 2, 6))
    assert split(roster(plan, {"ola": [SUNDAY]})) == [("ola", 1)]
    assert split(roster(plan, {"kari": [LATE]})) == [("kari", 2)]


def test_nought_turns_it_off() -> None:
    off = SplitWeekends(price=0)
    assert split(given_to(SATURDAY), off) == []
    assert list(off.check(given_to(SATURDAY))) == []
    assert split(given_to(SATURDAY), SplitWeekends(price=7)) == [("kari", 1)]
    assert sum(cost(RULE, given_to(SATURDAY))) == 50


def test_sentences() -> None:
    timetable = given_to(SATURDAY, ola=(FRIDAY, SUNDAY))
    one, two = RULE.check(timetable)
    assert (one.outcome, one.margin, two.outcome) == (Outcome.EXCEPTION, -1, Outcome.KEPT)
    assert RULE.explain(timetable.problem, one) == (
        "Kari har vakt bare én dag i helga: Kveld lørdag 6. februar 2027 kl. 08:00–15:00; "
        "ønsket er minst to dager (kommunens egen innstilling)."
    )
    assert RULE.explain(timetable.problem, two) == (
        "Ola har vakt flere dager i samme helg: Natt fredag 5. februar 2027 kl. 23:00–08:00 og "
        "Kveld søndag 7. februar 2027 kl. 08:00–15:00 (kommunens egen innstilling)."
    )


@given(
    st.lists(st.sampled_from(["kari", "ola", ""]), min_size=6, max_size=6),
    st.sets(st.integers(0, 3)),
    st.sets(st.integers(0, 5)),
)
def test_encoder_and_checker_agree(who: list[str], past: set[int], grouped: set[int]) -> None:
    duties = [
        replace(own, together="g") if number in grouped else own
        for number, own in enumerate((*WEEKEND, *NEXT))
    ]
    tail = [(KARI, own) for number, own in enumerate(duties) if number in past]
    plan = problem(DOCTORS, [d for n, d in enumerate(duties) if n not in past], tail=tail)
    work = {
        name: [
            own
            for number, (own, holder) in enumerate(zip(duties, who, strict=True))
            if holder == name and number not in past
        ]
        for name in ("kari", "ola")
    }
    split(roster(plan, work))
