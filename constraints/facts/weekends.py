"""Which days of a weekend a shift takes."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, local_day, whole_days

HALF_A_DAY = timedelta(hours=12)


def weekend_days(duty: Duty) -> tuple[tuple[date, date], ...]:
    """Pairs (Saturday that names the weekend, day): the days that the duty takes of it.

    A day is taken by what starts on it and by what covers half of it. Friday is a day of the
    weekend for what reaches into Saturday.
    """
    return _days_taken(duty.start, duty.end, duty.weekends) if duty.weekends else ()


def weekend_shifts(timetable: Timetable, doctor: Doctor) -> list[Duty]:
    """The shifts of `Timetable.work_of` that touch a weekend, in order of time."""
    return timetable.remembered(
        doctor.id,
        weekend_shifts,
        lambda: [own for own in timetable.work_of(doctor.id) if own.is_shift and own.weekends],
    )


@lru_cache(maxsize=100_000)
def _days_taken(
    start: datetime, end: datetime, weekends: tuple[date, ...]
) -> tuple[tuple[date, date], ...]:
    found = []
    starts_on = local_day(start)
    for saturday in weekends:
        for day in (saturday - DAY, saturday, saturday + DAY):
            whole = whole_days(day, day)
            shared = min(end, whole.end) - max(start, whole.start)
            if starts_on == day or (day >= saturday and shared >= HALF_A_DAY):
                found.append((saturday, day))
    return tuple(found)
