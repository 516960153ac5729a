"""Helgeavstand (practice): every third weekend at most, never a hard rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.weekend_spacing import WeekendSpacing
from scheduler.domain.duty import Duty
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
    worked_by,
)

RULE = WeekendSpacing()
KARI = doctor("Kari")
OLA = doctor("Ola")


def saturday(week: int) -> Duty:
    """A shift on the Saturday so many weeks after 6 February 2027."""
    day = date(2027, 2, 6) + timedelta(weeks=week)
    return duty(f"{day} 08:00", "15:00")


@pytest.mark.parametrize(("weeks", "price"), [(1, 400), (2, 100), (3, 0)])
def test_every_third_weekend_is_free_of_charge(weeks: int, price: int) -> None:
    timetable = worked_by(KARI, saturday(0), saturday(weeks))
    assert len(exceptions(RULE, timetable)) == (price > 0)
    assert sum(cost(RULE, timetable)) == price


def test_saturday_and_sunday_are_one_weekend() -> None:
    sunday = duty("2027-02-07 08:00", "15:00")
    assert not exceptions(RULE, worked_by(KARI, saturday(0), sunday, saturday(3)))


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2027-02-12 16:00", "2027-02-13 00:00", 0),
        ("2027-02-12 16:00", "2027-02-13 00:01", 1),
        ("2027-02-15 00:00", "2027-02-15 08:00", 0),
        ("2027-02-14 23:59", "2027-02-15 08:00", 1),
    ],
)
def test_weekend_runs_from_saturday_to_sunday_midnight(start: str, end: str, found: int) -> None:
    assert len(exceptions(RULE, worked_by(KARI, saturday(0), duty(start, end, NIGHT)))) == found


def test_clock_change_does_not_move_the_weekend() -> None:
    first = duty("2027-03-20 08:00", "15:00")
    last = duty("2027-03-28 23:59", "2027-03-29 08:00", NIGHT)
    after = duty("2027-03-29 00:00", "2027-03-29 08:00", NIGHT)
    assert len(exceptions(RULE, worked_by(KARI, first, last))) == 1
    assert not exceptions(RULE, worked_by(KARI, first, after))


def test_two_pairs_are_both_named() -> None:
    found = exceptions(RULE, worked_by(KARI, *(saturday(week) for week in (0, 1, 3, 8))))
    assert [case.measured for case in found] == [1, 2]


def test_home_duty_counts_and_a_session_does_not() -> None:
    home = duty("2027-02-08 08:00", "2027-02-15 08:00", HOME)
    assert len(exceptions(RULE, worked_by(KARI, saturday(0), home))) == 1
    session = duty("2027-02-13 10:00", "12:00", NURSING_HOME)
    assert not exceptions(RULE, worked_by(KARI, saturday(0), session))


def test_former_roster_counts_but_not_by_itself() -> None:
    past = [(KARI, saturday(0)), (KARI, saturday(1))]
    [case] = exceptions(RULE, worked_by(KARI, saturday(2), tail=past))
    assert case.duties == (saturday(1).id, saturday(2).id)
    assert not exceptions(RULE, worked_by(KARI, saturday(4), tail=past))
    assert not list(RULE.check(worked_by(KARI, tail=past)))
    # A Sunday of the period in a weekend that the former roster took already is no new weekend.
    sunday = duty("2027-02-14 08:00", "15:00")
    assert not exceptions(RULE, worked_by(KARI, sunday, tail=past))


def test_another_doctor_is_not_affected() -> None:
    both = problem([KARI, OLA], [saturday(0), saturday(1)])
    assert not exceptions(RULE, roster(both, {"kari": [saturday(0)], "ola": [saturday(1)]}))


def test_the_municipality_may_set_another_spacing() -> None:
    timetable = worked_by(KARI, saturday(0), saturday(2))
    assert not exceptions(WeekendSpacing(weekend_spacing=2), timetable)
    timetable = worked_by(KARI, saturday(0), saturday(5))
    assert len(exceptions(WeekendSpacing(weekend_spacing=6), timetable)) == 1


def test_each_price_can_be_turned_off() -> None:
    row, gap = worked_by(KARI, saturday(0), saturday(1)), worked_by(KARI, saturday(0), saturday(2))
    only_row = WeekendSpacing(price=0)
    assert (len(exceptions(only_row, row)), sum(cost(only_row, row))) == (1, 200)
    assert not exceptions(only_row, gap)
    only_gap = WeekendSpacing(price_in_a_row=0)
    assert (sum(cost(only_gap, row)), sum(cost(only_gap, gap))) == (200, 100)
    assert not exceptions(WeekendSpacing(price=0, price_in_a_row=0), row)


def test_sentences() -> None:
    timetable = worked_by(KARI, saturday(0), saturday(1))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har vakt i to helger på rad, lørdag 6. februar 2027 og lørdag 13. februar "
        "2027; målet er høyst hver tredje helg (kommunens mål for helgeavstand)."
    )
    timetable = worked_by(KARI, saturday(0), saturday(2))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har vakt i to helger med bare én fri helg imellom, lørdag 6. februar 2027 og lørdag "
        "20. februar 2027; målet er høyst hver tredje helg (kommunens mål for helgeavstand)."
    )
    timetable = worked_by(KARI, saturday(0), saturday(3))
    [case] = RULE.check(timetable)
    assert "i to helger med 2 frie helger imellom" in RULE.explain(timetable.problem, case)


@settings(deadline=None)
@given(
    st.sets(st.integers(0, 12)),
    st.sets(st.integers(-4, 0)),
    st.integers(2, 6),
)
def test_encoder_and_checker_agree(weeks: set[int], past: set[int], spacing: int) -> None:
    duties = [saturday(week) for week in range(13)]
    tail = [(KARI, duty(str(saturday(w).day) + " 18:00", "20:00")) for w in sorted(past)]
    timetable = roster(problem([KARI], duties, tail=tail), {"kari": [duties[w] for w in weeks]})
    exceptions(WeekendSpacing(weekend_spacing=spacing), timetable)
