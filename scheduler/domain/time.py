"""Moments and intervals: UTC inside, Europe/Oslo at the edges.

Two datetimes of one zone subtract as wall-clock time in Python and lose the hour of a
clock change, so every moment in the domain is UTC and every length is real time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@dataclass(frozen=True, order=True, slots=True, init=False)
class Interval:
    """A half-open stretch of time [start, end), both UTC.

    Raises:
        ValueError: a moment is not UTC, or the end is not after the start.
    """

    start: datetime
    end: datetime

    def __init__(self, start: datetime, end: datetime) -> None:
        """Refuse naive or foreign moments and empty intervals."""
        if start.tzinfo is not UTC:
            raise ValueError(f"start ({start!r}) must be a datetime in UTC")
        if end.tzinfo is not UTC:
            raise ValueError(f"end ({end!r}) must be a datetime in UTC")
        if end <= start:
            raise ValueError(f"end ({end}) must be after start ({start})")
        _set_start(self, start)
        _set_end(self, end)

    @property
    def minutes(self) -> int:
        """Real length in whole minutes (a clock-change night is shorter or longer)."""
        return (self.end - self.start) // MINUTE

    @property
    def clock_minutes(self) -> int:
        """Length by Oslo's clocks: a day is 24 hours also when the clock is changed.

        Not above 0 where an interval of an hour or less lies in autumn's repeated hour.
        """
        begins, ends = (local(edge).utcoffset() or timedelta(0) for edge in (self.start, self.end))
        return (self.end - self.start + ends - begins) // MINUTE

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share at least a moment; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def overlap_minutes(self, other: "Interval") -> int:
        """Minutes that both intervals cover."""
        if self.start >= other.end or other.start >= self.end:
            return 0
        return (min(self.end, other.end) - max(self.start, other.start)) // MINUTE

    def contains(self, moment: datetime) -> bool:
        """Whether the moment lies in [start, end)."""
        return self.start <= moment < self.end

    def covers(self, other: "Interval") -> bool:
        """Whether the other interval lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


# What a frozen class does itself takes longer, and these are made by the ten thousand.
_set_start = vars(Interval)["start"].__set__
_set_end = vars(Interval)["end"].__set__


@lru_cache(maxsize=100_000)
def moment(day: date, clock: time = time(0)) -> datetime:
    """The UTC instant at which the clocks of Oslo show `clock` on `day`.

    In the autumn hour that comes twice the first one is meant; a time that the spring
    change skips is read with the offset before the change (02:30 becomes 03:30).
    """
    return datetime.combine(day, clock, tzinfo=OSLO).astimezone(UTC)


@lru_cache(maxsize=200_000)
def local(instant: datetime) -> datetime:
    """The instant as Oslo's clocks show it."""
    return instant.astimezone(OSLO)


def local_day(instant: datetime) -> date:
    """The calendar day in Oslo at this instant."""
    return local(instant).date()


def clock_interval(day: date, start: time, end: time) -> Interval:
    """From `start` on `day` to the next time the clock shows `end` (the next day if <=)."""
    end_day = day + DAY if end <= start else day
    return Interval(moment(day, start), moment(end_day, end))


@lru_cache(maxsize=100_000)
def whole_days(first: date, last: date) -> Interval:
    """From 00:00 on `first` to 24:00 on `last`, both included, in Oslo."""
    return Interval(moment(first), moment(last + DAY))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def days_touched(interval: Interval) -> tuple[date, ...]:
    """Every Oslo calendar day of which the interval covers at least a minute."""
    return _days_touched(interval.start, interval.end)  # two moments are hashed sooner


@lru_cache(maxsize=100_000)
def _days_touched(start: datetime, end: datetime) -> tuple[date, ...]:
    return tuple(days_between(local_day(start), local_day(end - MINUTE)))


class IsoWeek(NamedTuple):
    """A week from Monday 00:00 to Sunday 24:00 in Oslo (ISO 8601).

    A named tuple because tables of weeks are asked and sorted by the ten thousand.
    """

    year: int
    number: int

    @staticmethod
    def of(day: date) -> "IsoWeek":
        """The week to which the day belongs (week 53 may reach into January)."""
        year, number, _ = day.isocalendar()
        return _iso_week(year, number)

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def interval(self) -> Interval:
        """Monday 00:00 to Sunday 24:00 in Oslo, as UTC."""
        return _week_interval(self.year, self.number)

    def plus(self, weeks: int) -> "IsoWeek":
        """The week that lies so many weeks later (or earlier, if negative)."""
        return IsoWeek.of(self.monday + timedelta(weeks=weeks)) if weeks else self

    def __str__(self) -> str:
        """As Norwegians write it: «uke 53 (2026)»."""
        return f"uke {self.number} ({self.year})"


@lru_cache(maxsize=10_000)
def _iso_week(year: int, number: int) -> IsoWeek:
    """One object for each week: they are compared by the hundred thousand."""
    return IsoWeek(year, number)


@lru_cache(maxsize=10_000)
def _week_interval(year: int, number: int) -> Interval:
    monday = date.fromisocalendar(year, number, 1)
    return whole_days(monday, monday + timedelta(days=6))


def weeks_between(first: date, last: date) -> Iterator[IsoWeek]:
    """Every ISO week that has a day in [first, last]."""
    week = IsoWeek.of(first)
    while week.monday <= last:
        yield week
        week = week.plus(1)


def add_months(day: date, months: int) -> date:
    """The same day of another month, clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    last = (date(year + month // 12, month % 12 + 1, 1) - DAY).day
    return date(year, month, min(day.day, last))


def birthday(born: date, age: int) -> date:
    """The day on which someone turns `age`; 29 February becomes 28 in common years."""
    return add_months(born, 12 * age)
