"""Fri helligdag etter vakthelg (policy): Easter Monday, and what else follows a Sunday."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.holiday_after_weekend import HolidayAfterWeekend
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

RULE = HolidayAfterWeekend()
DOCTORS = KARI, OLA = doctor("Kari"), doctor("Ola")
# Easter of 2027: Saturday 27, Sunday 28 (summer time begins), Monday 29 March.
FRIDAY = duty("2027-03-26 23:00", "2027-03-27 08:00", NIGHT)
SATURDAY = duty("2027-03-27 08:00", "15:00")
SUNDAY = duty("2027-03-28 08:00", "15:00")
MONDAY = duty("2027-03-29 08:00", "15:00")
EVENING = duty("2027-03-29 15:00", "23:00")
TUESDAY = duty("2027-03-30 16:00", "22:00")
EASTER = (FRIDAY, SATURDAY, SUNDAY, MONDAY, EVENING, TUESDAY)


def told(timetable: Timetable, rule: HolidayAfterWeekend = RULE) -> list[tuple[str, ...]]:
    assert not verify(rule, timetable)
    found = exceptions(rule, timetable)
    assert sum(cost(rule, timetable)) == rule.price * len(found)
    return [case.duties for case in found]


def kari(*own: Duty, **more: Any) -> Timetable:
    return roster(problem(DOCTORS, EASTER, **more), {"kari": own})


@pytest.mark.parametrize(
    ("own", "count"),
    [
        ((SUNDAY, MONDAY), 1),
        ((FRIDAY, EVENING), 1),
        ((SATURDAY, SUNDAY, MONDAY, EVENING), 1),
        ((SATURDAY, SUNDAY), 0),
        ((MONDAY, EVENING), 0),
        ((SUNDAY, TUESDAY), 0),
    ],
)
def test_the_holiday_right_after_a_weekend_on_duty_costs_once(
    own: tuple[Duty, ...], count: int
) -> None:
    assert told(kari(*own)) == [tuple(duty.id for duty in own)] * count


def test_an_ordinary_monday_is_no_holiday() -> None:
    pair = [duty("2027-02-07 08:00", "15:00"), duty("2027-02-08 08:00", "15:00")]
    assert told(roster(problem([KARI], pair), {"kari": pair})) == []


@pytest.mark.parametrize(
    ("weekend", "holiday", "count"),
    [
        ("2027-05-16", "2027-05-17", 1),  # Whit Monday and Constitution Day
        ("2028-12-24", "2028-12-25", 1),
        ("2028-12-24", "2028-12-26", 1),  # the red days go on into Tuesday
        ("2027-12-26", "2027-12-27", 0),  # an ordinary Monday after a Christmas weekend
        ("2027-03-21", "2027-03-25", 0),  # Maundy Thursday does not follow a Sunday
        ("2027-03-27", "2027-03-28", 0),  # Easter Sunday is the weekend itself
        ("2021-12-25", "2021-12-26", 0),  # nor is Boxing Day on a Sunday after Christmas Day
        ("2027-03-21", "2027-03-29", 0),  # the weekend before the last
    ],
)
def test_which_holidays_follow_a_weekend(weekend: str, holiday: str, count: int) -> None:
    pair = [duty(f"{weekend} 08:00", "15:00"), duty(f"{holiday} 08:00", "15:00")]
    plan = problem([KARI], pair, first_day=date(2021, 1, 1), last_day=date(2029, 1, 1))
    assert len(told(roster(plan, {"kari": pair}))) == count


@pytest.mark.parametrize(
    ("end", "count"), [("2027-03-29 00:00", 0), ("2027-03-29 00:01", 0), ("2027-03-29 08:00", 0)]
)
def test_a_sunday_that_runs_into_monday_is_the_weekend_s(end: str, count: int) -> None:
    late = duty("2027-03-28 16:00", end)
    assert len(told(roster(problem([KARI], [late]), {"kari": [late]}))) == count


@pytest.mark.parametrize(("start", "count"), [("2027-03-29 00:00", 1), ("2027-03-28 23:59", 0)])
def test_the_holiday_begins_at_midnight_in_oslo_also_when_the_clock_changes(
    start: str, count: int
) -> None:
    # Summer time began the day before: midnight in Oslo is 22:00 in UTC.
    late = duty(start, "2027-03-29 08:00", NIGHT)
    plan = problem([KARI], [SATURDAY, late])
    assert len(told(roster(plan, {"kari": [SATURDAY, late]}))) == count


def test_in_autumn_no_red_day_follows_the_change_of_the_clock() -> None:
    pair = [duty("2027-10-31 08:00", "15:00"), duty("2027-11-01 08:00", "15:00")]
    plan = problem([KARI], pair, last_day=date(2027, 12, 31))
    assert told(roster(plan, {"kari": pair})) == []


def test_home_duty_counts_and_sessions_do_not() -> None:
    home = duty("2027-03-22 08:00", "2027-03-29 08:00", HOME)
    plan = problem([KARI], [home, MONDAY])
    assert told(roster(plan, {"kari": [home, MONDAY]})) == [(home.id, MONDAY.id)]
    session = duty("2027-03-29 10:00", "12:00", NURSING_HOME)
    rounds = duty("2027-03-28 10:00", "12:00", NURSING_HOME)
    plan = problem([KARI], [SUNDAY, session, rounds, MONDAY])
    assert told(roster(plan, {"kari": [SUNDAY, session]})) == []
    assert told(roster(plan, {"kari": [rounds, MONDAY]})) == []


@pytest.mark.parametrize("field", ["block", "together"])
def test_a_long_weekend_that_goes_together_is_agreed(field: str) -> None:
    long = [
        replace(own, block="påske") if field == "block" else replace(own, together="påske")
        for own in (SATURDAY, SUNDAY, MONDAY)
    ]
    plan = problem(DOCTORS, [*long, EVENING])
    assert told(roster(plan, {"kari": long})) == []
    assert len(told(roster(plan, {"kari": [*long, EVENING]}))) == 1
    alone = [
        replace(own, block="dag") if field == "block" else replace(own, together="dag")
        for own in (MONDAY, EVENING)
    ]
    plan = problem(DOCTORS, [SUNDAY, *alone])
    assert len(told(roster(plan, {"kari": [SUNDAY, *alone]}))) == 1


@pytest.mark.parametrize(
    ("attitude", "count"), [(Attitude.WANT, 0), (Attitude.RATHER_NOT, 1), (Attitude.CANNOT, 1)]
)
def test_who_wants_the_holiday_may_have_it(attitude: Attitude, count: int) -> None:
    wish = Wish("w", "kari", attitude, span("2027-03-29 00:00", "2027-03-29 15:00"))
    assert len(told(kari(SUNDAY, MONDAY, wishes=(wish,)))) == count
    assert len(told(kari(SUNDAY, EVENING, wishes=(wish,)))) == 1
    other = replace(wish, doctor="ola")
    assert len(told(kari(SUNDAY, MONDAY, wishes=(other,)))) == 1


def test_former_roster_counts_but_not_by_itself() -> None:
    tail = [(KARI, SUNDAY)]
    plan = problem(DOCTORS, [MONDAY, EVENING], tail=tail, first_day=date(2027, 3, 29))
    assert told(roster(plan, {})) == []
    assert told(roster(plan, {"ola": [MONDAY]})) == []
    assert told(roster(plan, {"kari": [MONDAY]})) == [(SUNDAY.id, MONDAY.id)]
    tail = [(KARI, SUNDAY), (KARI, MONDAY)]
    plan = problem(DOCTORS, [EVENING], tail=tail, first_day=date(2027, 3, 29))
    assert told(roster(plan, {"kari": [EVENING]})) == []  # the holiday was taken already
    past = problem(DOCTORS, [TUESDAY], tail=tail, first_day=date(2027, 3, 30))
    assert list(RULE.check(roster(past, {"kari": [TUESDAY]}))) == []
    # A block that began in the former roster goes on.
    tail = [(KARI, replace(SUNDAY, together="påske"))]
    on = replace(MONDAY, together="påske")
    plan = problem(DOCTORS, [on], tail=tail, first_day=date(2027, 3, 29))
    assert told(roster(plan, {"kari": [on]})) == []


def test_another_doctor_is_not_affected() -> None:
    plan = problem(DOCTORS, EASTER)
    assert told(roster(plan, {"kari": [SATURDAY, SUNDAY], "ola": [MONDAY]})) == []


def test_nought_turns_it_off() -> None:
    off = HolidayAfterWeekend(price=0)
    assert told(kari(SUNDAY, MONDAY), off) == []
    assert list(off.check(kari(SUNDAY, MONDAY))) == []
    assert len(told(kari(SUNDAY, MONDAY), HolidayAfterWeekend(price=3))) == 1
    assert sum(cost(RULE, kari(SUNDAY, MONDAY))) == 100


def test_sentences() -> None:
    timetable = kari(SUNDAY, MONDAY)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har Kveld mandag 29. mars 2027 kl. 08:00–15:00 rett etter en vakthelg (Kveld søndag "
        "28. mars 2027 kl. 08:00–15:00); helligdagen bør helst gå til en annen (kommunens egen "
        "innstilling)."
    )
    timetable = kari(MONDAY)
    [case] = RULE.check(timetable)
    assert case.outcome is Outcome.KEPT
    assert RULE.explain(timetable.problem, case) == (
        "Kari har Kveld mandag 29. mars 2027 kl. 08:00–15:00 og fri i helga før (kommunens egen "
        "innstilling)."
    )


@given(
    st.lists(st.sampled_from(["kari", "ola", ""]), min_size=6, max_size=6),
    st.integers(0, 5),
    st.sets(st.integers(0, 5)),
)
def test_encoder_and_checker_agree(who: list[str], past: int, grouped: set[int]) -> None:
    duties = [
        replace(own, together="g") if number in grouped else own
        for number, own in enumerate(EASTER)
    ]
    plan = problem(DOCTORS, duties[past:], tail=[(KARI, own) for own in duties[:past]])
    work = {
        name: [o for o, holder in zip(duties[past:], who[past:], strict=True) if holder == name]
        for name in ("kari", "ola")
    }
    told(roster(plan, work))
