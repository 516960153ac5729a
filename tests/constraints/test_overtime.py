"""Arbeidsmiljøloven § 10-6 fourth section (W-04): overtime in a week, four weeks, a year."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.overtime import Overtime
from scheduler.domain.doctor import Employment, OpeningHours
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
from tests.support import (
    EVENING,
    HOME,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    span,
    verify,
    worked_by,
)

RULE = Overtime(applies="employed")
OPEN = tuple(OpeningHours(day, time(8), time(15, 30)) for day in range(5))  # 37.5 hours
KARI = doctor("Kari", opening_hours=OPEN, employment=Employment.EMPLOYED)
OLA = doctor("Ola", opening_hours=OPEN)
YEAR = {"first_day": date(2027, 1, 4), "last_day": date(2028, 1, 2)}


def saturday(week: int, minutes: int) -> Duty:
    """A shift of so many minutes on the Saturday so many weeks after 9 January 2027."""
    start = span(f"{date(2027, 1, 9) + timedelta(weeks=week)} 08:00", "09:00").start
    return Duty(f"s{week}", EVENING, Interval(start, start + timedelta(minutes=minutes)))


def monday(week: int, minutes: int) -> Duty:
    """A shift of so many minutes from the Monday so many weeks after 4 January 2027."""
    start = span(f"{date(2027, 1, 4) + timedelta(weeks=week)} 00:00", "09:00").start
    return Duty(f"m{week}", EVENING, Interval(start, start + timedelta(minutes=minutes)))


@pytest.mark.parametrize(("minutes", "found"), [(750, 0), (751, 1)])
def test_ten_hours_in_a_week(minutes: int, found: int) -> None:
    # Two and a half hours are left of the ordinary week.
    assert len(exceptions(RULE, worked_by(KARI, saturday(4, minutes)))) == found


@pytest.mark.parametrize(("minutes", "found"), [(450, 0), (451, 1)])
def test_25_hours_in_four_weeks(minutes: int, found: int) -> None:
    work = [saturday(0, 750), saturday(1, 600), saturday(2, 450), saturday(4, 150)]
    work.append(saturday(3, minutes - 150))
    timetable = worked_by(KARI, *work)
    assert len(exceptions(RULE, timetable)) == found


@pytest.mark.parametrize(("minutes", "found"), [(0, 0), (1, 1)])
def test_200_hours_in_a_year(minutes: int, found: int) -> None:
    # Twenty hours in each of ten weeks, far apart.
    loose = Overtime(applies="employed", max_week=20, max_four_weeks=50, ordinary_week=54)
    bare = doctor("Kari", employment=Employment.EMPLOYED)
    work = [monday(4 * n, 54 * 60 + 1200) for n in range(10)]
    work.append(monday(50, 54 * 60 + minutes))
    assert len(exceptions(loose, worked_by(bare, *work, **YEAR))) == found


def test_autumn_night_is_an_hour_more() -> None:
    bare = doctor("Kari", employment=Employment.EMPLOYED)
    years = {"first_day": date(2026, 10, 1), "last_day": date(2027, 3, 31)}
    long = duty("2026-10-23 22:00", "2026-10-25 23:00")  # 50 hours
    assert long.minutes == 50 * 60
    assert not exceptions(RULE, worked_by(bare, long, **years))
    longer = duty("2026-10-23 22:00", "2026-10-25 23:01")
    assert len(exceptions(RULE, worked_by(bare, longer, **years))) == 1


def test_long_opening_hours_are_not_overtime() -> None:
    long = tuple(OpeningHours(day, time(7), time(19)) for day in range(5))
    busy = doctor("Kari", opening_hours=long, employment=Employment.EMPLOYED)
    assert not exceptions(RULE, worked_by(busy, saturday(4, 600)))
    assert len(exceptions(RULE, worked_by(busy, saturday(4, 601)))) == 1
    assert not list(RULE.check(worked_by(busy)))


def test_session_counts_and_home_duty_a_seventh() -> None:
    session = duty("2027-02-06 08:00", "20:31", NURSING_HOME)
    assert len(exceptions(RULE, worked_by(KARI, session))) == 1
    assert not exceptions(RULE, worked_by(KARI, duty("2027-02-05 16:00", "2027-02-08 00:00", HOME)))


@pytest.mark.parametrize(("end", "found"), [("07:30", 0), ("07:31", 1)])
def test_home_duty_counts_an_hour_for_seven(end: str, found: int) -> None:
    # The weekend, a night of 16 hours and one of 15.5: 87.5 hours, or 12.5 of work.
    home = [
        duty("2027-02-01 16:00", "2027-02-02 08:00", HOME),
        duty("2027-02-02 16:00", f"2027-02-03 {end}", HOME),
        duty("2027-02-05 16:00", "2027-02-08 00:00", HOME),
    ]
    assert len(exceptions(RULE, worked_by(KARI, *home))) == found


def test_a_minute_at_home_is_enough_when_the_week_is_full() -> None:
    long = tuple(OpeningHours(day, time(7), time(19)) for day in range(5))
    busy = doctor("Kari", opening_hours=long, employment=Employment.EMPLOYED)
    minute = duty("2027-02-07 08:00", "08:01", HOME)
    assert len(exceptions(RULE, worked_by(busy, saturday(4, 600), minute))) == 1


def test_each_span_has_its_price_and_its_margin() -> None:
    four = {"first_day": date(2027, 1, 4), "last_day": date(2027, 1, 31)}
    timetable = worked_by(KARI, *(saturday(n, 750) for n in (1, 2, 3)), **four)
    [case] = exceptions(RULE, timetable)
    assert (case.measured, case.limit, case.margin) == (30, 25, -5)
    assert cost(RULE, timetable) == (100,)


def test_a_year_is_52_weeks() -> None:
    loose = Overtime(applies="employed", max_week=20, max_four_weeks=50, ordinary_week=54)
    bare = doctor("Kari", employment=Employment.EMPLOYED)
    work = [monday(4 * n, 54 * 60 + 1200) for n in range(10)]
    for week, found in ((51, 1), (52, 0)):
        late = monday(week, 54 * 60 + 1)
        longer = YEAR | {"last_day": date(2028, 1, 9)}
        assert len(exceptions(loose, worked_by(bare, *work, late, **longer))) == found


def test_two_weeks_are_both_named_and_no_breach() -> None:
    work = [saturday(4, 751), saturday(9, 751)]
    timetable = worked_by(KARI, *work)
    found = exceptions(RULE, timetable)
    assert [case.duties for case in found] == [("s4",), ("s9",)]
    assert not verify(RULE, timetable)


def test_former_roster_fills_the_ordinary_week_but_is_no_overtime() -> None:
    past = [(KARI, duty("2027-02-02 15:30", "18:30"))]
    later = {"first_day": date(2027, 2, 3), "tail": past}
    assert not exceptions(RULE, worked_by(KARI, saturday(4, 600), **later))
    assert len(exceptions(RULE, worked_by(KARI, saturday(4, 601), **later))) == 1


def test_off_by_default_and_only_those_covered() -> None:
    assert not exceptions(Overtime(), worked_by(KARI, saturday(4, 900)))
    assert not exceptions(RULE, worked_by(OLA, saturday(4, 900)))
    assert exceptions(Overtime(applies="all"), worked_by(OLA, saturday(4, 900)))
    both = problem([KARI, OLA], [saturday(4, 700), saturday(5, 700)])
    assert not exceptions(RULE, roster(both, {"kari": [both.duties[0]], "ola": [both.duties[1]]}))


def test_the_municipality_may_agree_on_more() -> None:
    more = Overtime(applies="employed", max_week=20, max_four_weeks=50)
    assert not exceptions(more, worked_by(KARI, saturday(4, 1300)))


def test_sentence() -> None:
    timetable = worked_by(KARI, saturday(4, 870))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 12 timer overtid i uke 5 (2027); grensen er 10 timer "
        "(arbeidsmiljøloven § 10-6 fjerde ledd; må bekreftes av kommunen)."
    )


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([0, 1, 150, 450, 750, 751, 900]), min_size=1, max_size=7),
    st.integers(1, 7),
)
def test_encoder_and_checker_agree(minutes: list[int], weeks: int) -> None:
    work = [saturday(4 + n, m) for n, m in enumerate(minutes) if m]
    last = date(2027, 2, 7) + timedelta(weeks=weeks)
    inside = [d for d in work if d.day <= last]
    exceptions(RULE, worked_by(KARI, *inside, first_day=date(2027, 2, 1), last_day=last))
