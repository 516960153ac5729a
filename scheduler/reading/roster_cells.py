"""Days and clock times as Norwegians and their spreadsheets write them in a roster."""

import re
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import from_excel

from scheduler.calendar_words import MONTHS
from scheduler.reading.scalars import tidy

_NUMBERS = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4}|[0-9]{2})")
_WORDS = re.compile(r"([0-9]{1,2})[.]? ?([a-z]{3,9})[.]? ([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[t ]00:00(?::00)?)?")
_WEEKDAY = re.compile(r"^(man|tir|ons|tor|fre|lør|søn|ma|ti|on|to|fr|lø|sø)[a-zø]*[.,]? (?:den )?")
_CLOCK = re.compile(r"(?:kl[.]? ?)?([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?::00)?")
_SERIALS = (20_000, 110_000)  # 1954 to 2201: smaller numbers are no dates of a roster
_HALF_MINUTE = timedelta(seconds=30)


def day_in(value: object) -> date | None:
    """The day that a cell means, or None.

    «27.03.2027», «27/3/27», «lørdag 27. mars 2027», «2027-03-27», a date, or Excel's number.
    """
    if isinstance(value, datetime):
        return (value + _HALF_MINUTE).date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not _SERIALS[0] <= value < _SERIALS[1]:
            return None
        found = from_excel(value)
        return found.date() if isinstance(found, datetime) else None
    return _day_written(value) if isinstance(value, str) else None


def _day_written(text: str) -> date | None:
    text = _WEEKDAY.sub("", tidy(text).casefold())
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMBERS.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
    elif match := _WORDS.fullmatch(text):
        day, year = int(match[1]), int(match[3])
        month = next((n for n, name in enumerate(MONTHS, 1) if name.startswith(match[2])), 0)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock_in(value: object) -> time | None:
    """The clock time that a cell means, to the minute, or None.

    «23:00», «23.00», «2300», «kl. 23», a time, or the fraction of a day that Excel keeps.
    """
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, float) and 0 <= value < 1:
        value = timedelta(days=value)
    if isinstance(value, timedelta):
        minutes = (value + _HALF_MINUTE) // timedelta(minutes=1) % 1440
        return time(minutes // 60, minutes % 60)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        value = str(int(value))
    match = _CLOCK.fullmatch(tidy(value).casefold()) if isinstance(value, str) else None
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
