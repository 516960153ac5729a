"""Distances between a doctor's shifts, nights and weekends."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.duty import Duty
from scheduler.spacing import Gaps, SpacingFigures, spacing_figures
from tests.support import HOME, NIGHT, NURSING_HOME, doctor, duty, problem, roster, worked_by

KARI, OLA = doctor("Kari"), doctor("Ola")
NONE = Gaps()
DAY = timedelta(days=1)


def evening(number: int, first: date = date(2027, 2, 1)) -> Duty:
    return duty(f"{first + number * DAY} 16:00", "22:00")


def night(number: int, first: date = date(2027, 2, 1)) -> Duty:
    return duty(f"{first + number * DAY} 23:00", f"{first + (number + 1) * DAY} 08:00", NIGHT)


def figures(*own: Duty, tail: Sequence[Duty] = ()) -> SpacingFigures:
    [found] = spacing_figures(worked_by(KARI, *own, tail=[(KARI, past) for past in tail]))
    return found


def test_days_from_shift_to_shift_least_and_middle() -> None:
    assert figures(evening(0), evening(3), evening(10)).shifts == Gaps((3, 7))
    found = figures(evening(0), evening(3), evening(10), evening(14)).shifts
    assert (found.least, found.median) == (3, 4)
    assert (NONE.least, NONE.median) == (None, None)


def test_days_in_a_row_are_one_stretch() -> None:
    found = figures(evening(0), night(0), evening(1), evening(2), evening(4))
    assert found.shifts == Gaps((2,))
    assert figures(evening(0), evening(1)).shifts == NONE


def test_nights_are_counted_among_nights_alone() -> None:
    found = figures(night(0), evening(2), night(6), night(7))
    assert found.nights == Gaps((6,))
    assert found.shifts == Gaps((2, 4))
    assert figures(night(0), evening(2)).nights == NONE


def test_weekends_are_counted_in_weeks() -> None:
    # 6 February 2027 is a Saturday; Friday night takes the weekend, and two days are one.
    found = figures(night(4), evening(6), evening(12), evening(33))
    assert found.weekends == Gaps((1, 3))


def test_home_duty_counts_and_sessions_do_not() -> None:
    home = duty("2027-02-06 08:00", "2027-02-08 08:00", HOME)
    session = duty("2027-02-03 09:00", "12:00", NURSING_HOME)
    found = figures(evening(0), session, home)
    assert (found.shifts, found.weekends) == (Gaps((5,)), NONE)


def test_the_former_roster_is_what_came_before_but_no_distance_of_its_own() -> None:
    before = [evening(number, date(2026, 12, 1)) for number in (0, 4, 25)]
    first = duty("2027-01-01 16:00", "22:00")
    assert figures(first, tail=before).shifts == Gaps((6,))
    assert figures(tail=before) == SpacingFigures("kari", NONE, NONE, NONE)


def test_days_are_oslo_s_days_across_both_clock_changes() -> None:
    for sunday in (date(2027, 3, 28), date(2027, 10, 31)):
        late = duty(f"{sunday - 3 * DAY} 16:00", "22:00")
        early = duty(f"{sunday + DAY} 00:15", "02:00")
        assert figures(late, early).shifts == Gaps((4,))


def test_every_doctor_has_figures_in_the_doctors_order() -> None:
    plan = problem([OLA, KARI], [evening(0), evening(3)])
    ola, kari = spacing_figures(roster(plan, {"kari": [evening(0), evening(3)]}))
    assert (ola.doctor, ola.shifts) == ("ola", NONE)
    assert (kari.doctor, kari.shifts) == ("kari", Gaps((3,)))


@given(st.sets(st.integers(0, 60)))
def test_the_distances_add_up_to_the_whole_less_the_stretches(days: set[int]) -> None:
    found = figures(*(evening(number) for number in days)).shifts
    gaps = [b - a for a, b in zip(sorted(days), sorted(days)[1:], strict=False) if b - a > 1]
    assert found.lengths == tuple(gaps)
    assert found.least == min(gaps, default=None)
