"""Red days, eves and the great holidays of Norway.

Red days come from the `holidays` package; eves and the blocks of days that doctors share
between them are practice, not law (see `docs/rulebook`), and stand here once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from scheduler.domain.time import (
    DAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    Interval,
    moment,
)

EVE_FROM = time(15)
"""When the eves of Christmas, New Year, Easter and Whitsun turn into the holiday (W-08)."""
EASTER_FROM = time(16)
"""When Easter begins, on the Wednesday before Maundy Thursday."""


class GreatHoliday(StrEnum):
    """A holiday that counts in fairness and in the memory of earlier years."""

    CHRISTMAS = "jul"
    NEW_YEAR = "nyttår"
    EASTER = "påske"
    LABOUR_DAY = "1. mai"
    CONSTITUTION_DAY = "17. mai"
    ASCENSION = "Kristi himmelfart"
    WHITSUN = "pinse"


@dataclass(frozen=True, order=True, slots=True)
class HolidayBlock:
    """The time that one great holiday takes in one year (Christmas of 2026 is year 2026)."""

    interval: Interval
    holiday: GreatHoliday
    year: int


@lru_cache(maxsize=64)
def red_days(year: int) -> dict[date, str]:
    """The public holidays of the year with their Norwegian names, ordinary Sundays left out."""
    return {
        day: name
        for day, name in sorted(holidays.country_holidays("NO", years=year, language="no").items())
        if name != "Søndag"
    }


@lru_cache(maxsize=64)
def easter_sunday(year: int) -> date:
    """The first day of Easter."""
    return next(day for day, name in red_days(year).items() if name == "Første påskedag")


@lru_cache(maxsize=64)
def eves(year: int) -> dict[date, str]:
    """Days that are not red but are felt as holidays, with their Norwegian names."""
    easter = easter_sunday(year)
    return {
        easter - timedelta(days=4): "Onsdag før skjærtorsdag",
        easter - DAY: "Påskeaften",
        easter + timedelta(days=48): "Pinseaften",
        date(year, 12, 24): "Julaften",
        date(year, 12, 31): "Nyttårsaften",
    }


def is_red(day: date) -> bool:
    """Whether the day is a public holiday (an ordinary Sunday is not)."""
    return day in red_days(day.year)


def is_eve(day: date) -> bool:
    """Whether the day is one of the eves and not itself a red day."""
    return day in eves(day.year) and not is_red(day)


def eve_hours(day: date) -> Interval | None:
    """From the hour at which an eve turns into the holiday until midnight; None if no eve."""
    if not is_eve(day):
        return None
    is_wednesday = day == easter_sunday(day.year) - timedelta(days=4)
    start = EASTER_FROM if is_wednesday else EVE_FROM
    return Interval(moment(day, start), moment(day + DAY))


def is_rest_day(day: date) -> bool:
    """Saturday, Sunday or red day: practices are closed."""
    return day.weekday() >= SATURDAY or is_red(day)


def day_name(day: date) -> str | None:
    """The name of a red day or an eve, or None for other days."""
    return red_days(day.year).get(day) or eves(day.year).get(day)


@lru_cache(maxsize=64)
def _blocks_of(year: int) -> tuple[HolidayBlock, ...]:
    easter = easter_sunday(year)
    wednesday = easter - timedelta(days=4)
    whit_sunday = easter + timedelta(days=49)
    ascension = easter + timedelta(days=39)

    def block(
        holiday: GreatHoliday, first: date, start: time, last_red: date, end: time = time(8)
    ) -> HolidayBlock:
        """From `start` on the first day to `end` on the day after the last red day."""
        day_after = last_red + DAY
        if day_after.weekday() in (SATURDAY, SUNDAY):  # the holiday runs on into the weekend
            day_after += timedelta(days=7 - day_after.weekday() + MONDAY)
        return HolidayBlock(Interval(moment(first, start), moment(day_after, end)), holiday, year)

    return tuple(
        sorted(
            (
                block(GreatHoliday.CHRISTMAS, date(year, 12, 24), EVE_FROM, date(year, 12, 26)),
                block(GreatHoliday.NEW_YEAR, date(year, 12, 31), EVE_FROM, date(year + 1, 1, 1)),
                block(GreatHoliday.EASTER, wednesday, EASTER_FROM, easter + DAY),
                block(GreatHoliday.LABOUR_DAY, date(year, 5, 1), time(0), date(year, 5, 1)),
                block(GreatHoliday.CONSTITUTION_DAY, date(year, 5, 17), time(0), date(year, 5, 17)),
                block(GreatHoliday.ASCENSION, ascension, time(0), ascension),
                block(GreatHoliday.WHITSUN, whit_sunday - DAY, EVE_FROM, whit_sunday + DAY),
            )
        )
    )


def holiday_blocks(first: date, last: date) -> Iterator[HolidayBlock]:
    """The great holidays that touch the days from `first` to `last`, in order of time."""
    span = Interval(moment(first), moment(last + DAY))
    for year in range(first.year - 1, last.year + 1):
        for block in _blocks_of(year):
            if block.interval.overlaps(span):
                yield block


def holiday_occasions(blocks: Iterable[HolidayBlock]) -> Mapping[HolidayBlock, int]:
    """Each block's number in order of time; blocks that overlap are one occasion.

    So 17 May on Whit Monday is counted once.
    """
    number: dict[HolidayBlock, int] = {}
    current, reached = 0, None
    for block in sorted(set(blocks)):
        if reached is None or block.interval.start >= reached:
            current += 1
            reached = block.interval.end
        reached = max(reached, block.interval.end)
        number[block] = current
    return number


def great_holidays(interval: Interval) -> tuple[HolidayBlock, ...]:
    """The great holidays of which the interval covers at least a minute."""
    year = interval.start.year
    return tuple(
        block
        for candidate in (year - 1, year)
        for block in _blocks_of(candidate)
        if block.interval.overlaps(interval)
    )
