"""Kommunens egen innstilling: høyeste antall helger med vakt."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.max_weekends import MaxWeekends
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import NIGHT, NURSING_HOME, doctor, duty, notices, problem, roster, verify

RULE = MaxWeekends(maximum={"*": 1})
KARI = doctor("Kari")
OLA = doctor("Ola")
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 28)  # Monday to Sunday, four weekends
SATURDAYS = (6, 13, 20, 27)


def shift(day: int, **more: Any) -> Duty:
    return duty(f"2027-03-{day:02} 16:00", "22:00", **more)


def worked(*duties: Duty, **more: Any) -> Timetable:
    period = {"first_day": FIRST, "last_day": LAST} | more
    return roster(problem([KARI], duties, **period), {"kari": duties})


def test_off_until_given() -> None:
    assert not list(MaxWeekends().check(worked(shift(6), shift(13))))
    assert not verify(MaxWeekends(), worked(shift(6), shift(13)))


def test_as_many_weekends_as_allowed_and_one_more() -> None:
    assert not verify(RULE, worked(shift(6)))
    [case] = verify(RULE, worked(shift(6), shift(14)))
    assert (case.measured, case.limit, case.margin) == (2, 1, -1)
    assert case.duties == (shift(6).id, shift(14).id)


def test_both_days_of_a_weekend_are_one_weekend() -> None:
    assert not verify(RULE, worked(shift(6), shift(7)))


@pytest.mark.parametrize(("day", "breaches"), [(12, 0), (13, 1), (14, 1), (15, 0)])
def test_only_saturday_and_sunday_count(day: int, breaches: int) -> None:
    assert len(verify(RULE, worked(shift(6), shift(day)))) == breaches


@pytest.mark.parametrize(("start", "breaches"), [("2027-03-12 23:59", 0), ("2027-03-13 00:00", 1)])
def test_a_night_belongs_to_the_day_on_which_it_starts(start: str, breaches: int) -> None:
    night = duty(start, "2027-03-13 08:00", NIGHT)
    assert len(verify(RULE, worked(shift(6), night))) == breaches


def test_weekends_of_clock_change() -> None:
    for before, change in (("2027-03-20", "2027-03-28"), ("2026-10-17", "2026-10-25")):
        work = duty(f"{before} 16:00", "22:00"), duty(f"{change} 00:00", "06:00", NIGHT)
        period = {"first_day": date(2026, 9, 1), "last_day": date(2027, 4, 30)}
        assert len(verify(RULE, worked(*work, **period))) == 1


def test_sessions_on_a_weekend_count() -> None:
    session = duty("2027-03-13 08:00", "12:00", NURSING_HOME)
    assert len(verify(RULE, worked(shift(6), session))) == 1


def test_none_at_all() -> None:
    rule = MaxWeekends(maximum={"kari": 0})
    assert len(verify(rule, worked(shift(7)))) == 1
    stopped = rule.stops(worked(shift(6), shift(7)).problem, KARI)
    assert [(case.outcome, case.limit) for case in stopped] == [(Outcome.BREACH, 0)] * 2
    assert not verify(rule, worked(shift(5), shift(8)))
    plan = problem([KARI, OLA], [shift(5), shift(6), shift(7), shift(8)])
    assert Draft(plan, [rule]).model.decisions == 6


def test_two_doctors_are_each_named() -> None:
    every = [shift(day) for day in SATURDAYS]
    plan = problem([KARI, OLA], every, first_day=FIRST, last_day=LAST)
    found = verify(RULE, roster(plan, {"kari": every[:2], "ola": every[2:]}))
    assert [case.doctor for case in found] == ["kari", "ola"]


def test_another_doctor_is_not_affected() -> None:
    plan = problem([KARI, OLA], [shift(6), shift(13)], first_day=FIRST, last_day=LAST)
    assert not verify(RULE, roster(plan, {"kari": [shift(6)], "ola": [shift(13)]}))
    named = MaxWeekends(maximum={"*": 1, "kari": None})
    assert not verify(named, roster(plan, {"kari": [shift(6), shift(13)]}))


def test_former_roster_does_not_count_but_a_split_weekend_does() -> None:
    sunday = date(2027, 3, 7)
    tail = [(KARI, shift(6))]
    for work, breaches in (((shift(13),), 0), ((shift(7), shift(13)), 1)):
        plan = problem([KARI], work, first_day=sunday, last_day=LAST, tail=tail)
        assert len(verify(RULE, roster(plan, {"kari": work}))) == breaches


def test_blocks_come_and_go_together() -> None:
    assert not verify(RULE, worked(shift(6, block="b"), shift(7, block="b")))
    assert len(verify(RULE, worked(shift(6, block="b"), shift(13, block="b")))) == 1


def test_kept_counts_are_reported_and_misspelt_doctors_told() -> None:
    timetable = worked(shift(6))
    [case] = RULE.check(timetable)
    assert (case.outcome, case.margin) == (Outcome.KEPT, 0)
    [stranger] = notices(MaxWeekends(maximum={"karri": 2}), timetable)
    assert "«karri»" in RULE.explain(timetable.problem, stranger)
    with pytest.raises(ValueError, match=r"maximum\.kari"):
        MaxWeekends(maximum={"kari": -1})


def test_sentence() -> None:
    timetable = worked(shift(6), shift(13))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari arbeider 2 helger i perioden; grensen er 1 (kommunens egen innstilling)."
    )


@given(st.sets(st.integers(1, 28)), st.integers(0, 4))
def test_encoder_and_checker_agree(days: set[int], most: int) -> None:
    plan = problem([KARI], [shift(day) for day in range(1, 29)], first_day=FIRST, last_day=LAST)
    timetable = roster(plan, {"kari": [shift(day) for day in sorted(days)]})
    found = verify(MaxWeekends(maximum={"*": most}), timetable)
    weekends = sum(bool({day, day + 1} & days) for day in SATURDAYS)
    assert len(found) == (weekends > most)
