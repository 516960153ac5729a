"""Which days of a weekend a shift takes."""

from datetime import date, timedelta

from scheduler.domain.duty import Duty
from scheduler.domain.time import DAY, whole_days

HALF_A_DAY = timedelta(hours=12)


def weekend_days(duty: Duty) -> tuple[tuple[date, date], ...]:
    """Pairs (Saturday that names the weekend, day): the days that the duty takes of it.

    A day is taken by what starts on it and by what covers half of it. Friday is a day of the
    weekend for what reaches into Saturday.
    """
    found = []
    for saturday in duty.weekends:
        for day in (saturday - DAY, saturday, saturday + DAY):
            shared = min(duty.end, whole_days(day, day).end) - max(
                duty.start, whole_days(day, day).start
            )
            if duty.day == day or (day >= saturday and shared >= HALF_A_DAY):
                found.append((saturday, day))
    return tuple(found)
