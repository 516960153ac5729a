"""Moments, intervals and weeks in Oslo."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.domain.time import (
    Interval,
    IsoWeek,
    add_months,
    birthday,
    clock_interval,
    days_touched,
    moment,
    weeks_between,
    whole_days,
)
from tests.support import span, utc


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(date(2027, 3, 27), 8 * 60), (date(2026, 10, 24), 10 * 60), (date(2027, 2, 2), 9 * 60)],
)
def test_a_night_from_23_to_08_has_its_real_length(day: date, minutes: int) -> None:
    assert clock_interval(day, time(23), time(8)).minutes == minutes


def test_equal_clock_times_mean_a_whole_day() -> None:
    assert clock_interval(date(2027, 2, 2), time(8), time(8)).minutes == 24 * 60


@pytest.mark.parametrize(
    ("start", "end", "shared"),
    [("15:59", "16:01", 1), ("15:00", "16:00", 0), ("22:59", "23:30", 1), ("23:00", "23:30", 0)],
)
def test_overlap_is_exact_to_the_minute(start: str, end: str, shared: int) -> None:
    evening, other = span("2027-02-02 16:00", "23:00"), span(f"2027-02-02 {start}", end)
    assert evening.overlap_minutes(other) == shared
    assert evening.overlaps(other) == other.overlaps(evening) == bool(shared)


def test_an_interval_refuses_local_time_and_emptiness() -> None:
    with pytest.raises(ValueError, match="must be a datetime in UTC"):
        Interval(datetime(2027, 1, 1), utc("2027-01-02 00:00"))
    with pytest.raises(ValueError, match="must be after start"):
        Interval(utc("2027-01-02 00:00"), utc("2027-01-02 00:00"))


def test_a_time_that_spring_skips_is_read_with_the_offset_before() -> None:
    assert moment(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_the_autumn_hour_that_comes_twice_is_the_first() -> None:
    assert moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_whole_days_cover_the_last_day() -> None:
    days = whole_days(date(2027, 3, 28), date(2027, 3, 28))
    assert days.minutes == 23 * 60
    assert list(days_touched(days)) == [date(2027, 3, 28)]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 12, 28), IsoWeek(2026, 53)),
        (date(2027, 1, 3), IsoWeek(2026, 53)),
        (date(2027, 1, 4), IsoWeek(2027, 1)),
    ],
)
def test_week_53_reaches_over_new_year(day: date, week: IsoWeek) -> None:
    assert IsoWeek.of(day) == week


def test_weeks_between_includes_both_ends() -> None:
    weeks = list(weeks_between(date(2027, 1, 3), date(2027, 1, 11)))
    assert [str(week) for week in weeks] == ["uke 53 (2026)", "uke 1 (2027)", "uke 2 (2027)"]
    assert weeks[0].plus(1) == weeks[1]
    assert weeks[1].interval == whole_days(date(2027, 1, 4), date(2027, 1, 10))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2027, 5, 31), -3, date(2027, 2, 28)),
        (date(2027, 6, 10), -3, date(2027, 3, 10)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 1, 31), -1, date(2026, 12, 31)),
    ],
)
def test_months_are_clamped_to_the_end(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_someone_born_on_29_february_turns_60_on_28_in_a_common_year() -> None:
    assert birthday(date(1968, 2, 29), 61) == date(2029, 2, 28)
    assert birthday(date(1968, 2, 29), 60) == date(2028, 2, 29)


def test_interval_contains_its_start_and_not_its_end() -> None:
    evening = span("2027-02-02 16:00", "23:00")
    assert evening.contains(evening.start)
    assert not evening.contains(evening.end)
    assert evening.covers(evening)
    assert not evening.covers(Interval(evening.start, evening.end + timedelta(minutes=1)))
