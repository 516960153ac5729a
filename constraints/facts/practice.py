"""The agreed opening hours of a practice as real time."""

from datetime import date, time
from functools import lru_cache

from scheduler.domain.calendar import is_eve, is_rest_day
from scheduler.domain.doctor import Doctor
from scheduler.domain.time import Interval, clock_interval


@lru_cache(maxsize=200_000)
def openings(doctor: Doctor, day: date) -> tuple[Interval, ...]:
    """When the doctor's practice is open on this day; empty on weekends and red days.

    On an eve it closes at the agreed `eve_closing`, if there is one.
    """
    if is_rest_day(day) or not doctor.agreement.contains(day):
        return ()
    latest = doctor.eve_closing if is_eve(day) else None
    return _row(
        day,
        tuple(
            (hours.start, min(hours.end, latest or hours.end))
            for hours in sorted(doctor.opening_hours)
            if hours.weekday == day.weekday() and (latest is None or hours.start < latest)
        ),
    )


@lru_cache(maxsize=200_000)
def _row(day: date, clocks: tuple[tuple[time, time], ...]) -> tuple[Interval, ...]:
    """One object for all who keep the same hours: rows are told apart by who they are."""
    return tuple(clock_interval(day, start, end) for start, end in clocks)
