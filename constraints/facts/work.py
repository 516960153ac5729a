"""What is work and what is rest, for the rules of rest and load."""

from collections.abc import Hashable, Iterable
from datetime import date, datetime, time
from functools import lru_cache

from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, days_between, local_day, moment

REST_HOME_DUTY = ("none", "class 1", "class 1-2")
"""The choices of `rest_counts_home_duty`: which home duty is itself rest (W-07, S-04)."""

NIGHT_MINUTES = 180
"""So many minutes between 23:00 and 07:00 make a night of work."""


def is_work(duty: Duty, rest_counts_home_duty: str) -> bool:
    """Whether the duty is work; home duty of the given classes is rest (no call-out assumed)."""
    if not duty.is_home:
        return True
    # either way: home duty always has a class
    return (duty.duty_class or 1) > REST_HOME_DUTY.index(rest_counts_home_duty)


def working(duties: Iterable[Duty], rest_counts_home_duty: str) -> list[Duty]:
    """Those of the duties that are work, in their order; as `is_work`, which asks one by one."""
    rest = REST_HOME_DUTY.index(rest_counts_home_duty)
    # either way: home duty always has a class
    return [duty for duty in duties if not duty.is_home or (duty.duty_class or 1) > rest]


def working_by(timetable: Timetable, doctor: Doctor, rest_counts_home_duty: str) -> list[Duty]:
    """Those of `Timetable.work_of` that are work, in order of time; found once for all rules."""
    return timetable.remembered(
        doctor.id,
        (working, rest_counts_home_duty),
        lambda: working(timetable.work_of(doctor.id), rest_counts_home_duty),
    )


def same_working_day(first: Duty, second: Duty) -> bool:
    """Whether `first` is daytime work that `second`, on the same day, continues."""
    return first.letter is not Letter.OUT_OF_HOURS and first.day == second.day


CLOSED_HOURS = 8
"""Hours without practice after a night, where the municipality has set nothing else (S-04)."""

BUSY_CLASS = 3
"""Home duty of this class or above keeps the doctor busy."""


def closes_practice(duty: Duty) -> bool:
    """Whether the practice is closed after it: a night on site, or at home in class 3 or 4."""
    if not duty.is_shift or not duty.is_night:
        return False
    # either way: home duty always has a class
    return not duty.is_home or (duty.duty_class or 1) >= BUSY_CLASS


def nights(interval: Interval) -> tuple[date, ...]:
    """The nights, each named by the day on which it begins, that the interval takes.

    A night is taken where it lasts `NIGHT_MINUTES` between 23:00 and 07:00 Oslo time.
    """
    return _nights(interval.start, interval.end)  # two moments are hashed sooner


@lru_cache(maxsize=100_000)
def _nights(start: datetime, end: datetime) -> tuple[date, ...]:
    interval = Interval(start, end)
    return tuple(
        day
        # either way: the night before the first is not touched
        for day in days_between(local_day(start) - DAY, local_day(end))
        if interval.overlap_minutes(Interval(moment(day, time(23)), moment(day + DAY, time(7))))
        >= NIGHT_MINUTES
    )


def is_working_night(duty: Duty) -> bool:
    """Whether the duty takes a night on site, or at home in class 2 or higher."""
    return duty.is_shift and duty.is_night and is_work(duty, "class 1")


def night_work(timetable: Timetable, doctor: Doctor) -> list[tuple[Duty, tuple[date, ...]]]:
    """What of `Timetable.work_of` takes a night as in `is_working_night`, sessions too.

    Pairs (duty, its nights by the days on which they begin); found once for all rules.
    """
    return timetable.remembered(
        doctor.id,
        night_work,
        lambda: [
            (duty, nights(duty.interval))
            for duty in timetable.work_of(doctor.id)
            if duty.is_night and is_work(duty, "class 1")
        ],
    )


def turn_of(duty: Duty) -> Hashable:
    """What is one turn of duty: a group that goes together, a block, or the shift itself."""
    return ("together", duty.together) if duty.together else ("unit", duty.unit)


PROFILE = ("off", "employed", "all")
"""Whom the working-time profile covers: nobody, the employed, or every doctor."""


def is_employed(doctor: Doctor) -> bool:
    """Whether the doctor's day work is ordinary employment with the municipality."""
    return doctor.employment in (Employment.EMPLOYED, Employment.LIS1)


def in_profile(doctor: Doctor, applies: str) -> bool:
    """Whether the working-time profile covers the doctor."""
    return applies == "all" or (applies == "employed" and is_employed(doctor))
