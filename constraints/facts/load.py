"""How much work a week holds: practice, sessions and shifts, each minute counted once.

A load is counted in parts of a minute, `divisor` parts to the minute, so that home duty
(one part a minute, W-07) stays a whole number beside work on site (`divisor` parts).

- Opening hours in which the doctor is absent are no work.
- A duty inside the opening hours takes the place of the practice and adds nothing there.
- A night on site closes the practice for `CLOSED_AFTER_NIGHT` and so takes that time away.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from constraints.facts.closures import hours_of
from constraints.facts.work import CLOSED_HOURS, closes_practice
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.time import (
    DAY,
    Interval,
    IsoWeek,
    days_between,
    days_touched,
    local_day,
    weeks_between,
)

T = TypeVar("T")
OpenHours = Mapping[date, tuple[Interval, ...]]
Practice = Callable[[Interval], int]
"""Opening minutes inside an interval."""

CLOSED_AFTER_NIGHT = timedelta(hours=CLOSED_HOURS)
"""The least time for which the practice stays closed after a night on site (S-04)."""


def open_hours(problem: Problem, doctor: Doctor, first: date, last: date) -> OpenHours:
    """When the doctor is at work in the own practice, by day, in order of time."""
    if not doctor.opening_hours:
        return {}
    hours = hours_of(problem, doctor)
    return {day: own for day in days_between(first, last) if (own := hours.on(day))}


def open_in_weeks(problem: Problem, doctor: Doctor) -> OpenHours:
    """The same for the weeks of the period."""
    weeks = problem.weeks
    # either way: nobody asks about later days
    return open_hours(problem, doctor, weeks[0].monday, weeks[-1].monday + 7 * DAY)


def open_minutes(opening: OpenHours, span: Interval) -> int:
    """Minutes of practice in the span."""
    return sum(
        own.overlap_minutes(span) for day in days_touched(span) for own in opening.get(day, ())
    )


def clip(interval: Interval, span: Interval) -> Interval | None:
    """The part of the interval that lies in the span."""
    if span.covers(interval):  # as nearly always
        return interval
    start, end = max(interval.start, span.start), min(interval.end, span.end)
    return Interval(start, end) if start < end else None


def added(duty: Duty, practice: Practice, span: Interval, divisor: int) -> int:
    """What the duty adds to the load of the span, in parts of a minute; it may be negative."""
    parts = 0
    own = clip(duty.interval, span)
    if own is not None:
        weight = 1 if duty.is_home else divisor
        parts += weight * (own.minutes - practice(own))
    if closes_practice(duty):
        closed = clip(Interval(duty.end, duty.end + CLOSED_AFTER_NIGHT), span)
        if closed is not None:
            parts -= divisor * practice(closed)
    return parts


@lru_cache(maxsize=100_000)
def weeks_of(interval: Interval) -> tuple[IsoWeek, ...]:
    """The ISO weeks in which the interval has at least a minute."""
    return tuple(weeks_between(local_day(interval.start), days_touched(interval)[-1]))


def minutes_by_week(interval: Interval) -> tuple[tuple[IsoWeek, int], ...]:
    """The minutes of the interval in each ISO week that it touches."""
    return _minutes_by_week(interval.start, interval.end)  # two moments are hashed sooner


@lru_cache(maxsize=100_000)
def _minutes_by_week(start: datetime, end: datetime) -> tuple[tuple[IsoWeek, int], ...]:
    interval = Interval(start, end)
    return tuple((week, interval.overlap_minutes(span_of(week))) for week in weeks_of(interval))


@lru_cache(maxsize=5_000)
def span_of(week: IsoWeek) -> Interval:
    """Monday 00:00 to Sunday 24:00 in Oslo, as UTC."""
    return week.interval


def weekly(
    work: Iterable[tuple[Duty, T]], practice: Practice, divisor: int
) -> dict[IsoWeek, list[tuple[int, Duty, T]]]:
    """For each week, what each duty adds to its load, in parts of a minute; zeros left out."""
    found: dict[IsoWeek, list[tuple[int, Duty, T]]] = {}
    for duty, carried in work:
        touched = duty.interval
        if closes_practice(duty):
            touched = Interval(duty.start, duty.end + CLOSED_AFTER_NIGHT)
        for week in weeks_of(touched):
            parts = added(duty, practice, span_of(week), divisor)
            if parts:
                found.setdefault(week, []).append((parts, duty, carried))
    return found
