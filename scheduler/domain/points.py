"""Burden points by the hour: which classes a minute belongs to, and what it weighs.

One point is one hour on site on an ordinary weekday by day. A minute can belong to several
classes (a night in a weekend, 17 May on Whit Monday); the dearest rate counts, once (E24).
Minutes are real time, so the night of a clock change has an hour less or more (E19).

The rates are policy: no law or agreement gives burden points. The municipality owns them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from scheduler.domain.calendar import eve_hours, great_holidays, is_red
from scheduler.domain.time import DAY, SATURDAY, Interval, days_touched, moment


class HourClass(StrEnum):
    """What kind of hour it is by Oslo's clocks; every minute is one of the first three."""

    DAY = "day"  # 07-16
    EVENING = "evening"  # 16-23
    NIGHT = "night"  # 23-07
    WEEKEND = "weekend"  # Saturday 00 to Sunday 24
    RED_DAY = "red_day"  # a public holiday that is not an ordinary Sunday, 00-24
    EVE = "eve"  # from the hour at which the great holiday begins, to midnight
    GREAT_HOLIDAY = "great_holiday"  # inside a `HolidayBlock`


ORDINARY = (HourClass.DAY, HourClass.EVENING, HourClass.NIGHT)
"""The classes that share every day between them; the others come on top."""

NUMBER: Mapping[HourClass, int] = {hours: number for number, hours in enumerate(HourClass)}
"""The place of each class in a column of rates."""

Column = tuple[int, ...]
"""Hundredths of a point an hour for each `HourClass`, in their order."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What an hour weighs, by class and by where the doctor waits.

    Attributes:
        on_site: at the place of duty, first in line or behind.
        home: home duty, first in line.
        backup: backup duty at home.

    Raises:
        ValueError: a column lacks a class, or a rate is negative.
    """

    on_site: Column
    home: Column
    backup: Column

    def __post_init__(self) -> None:
        """Refuse columns that cannot be looked up in."""
        for name, column in (
            ("on_site", self.on_site),
            ("home", self.home),
            ("backup", self.backup),
        ):
            if len(column) != len(NUMBER) or min(column) < 0:
                raise ValueError(f"{name} ({column}) must have {len(NUMBER)} rates of at least 0")


def _part(column: Column, share: Fraction) -> Column:
    """A share of every rate, to the nearest hundredth, halves upwards."""
    return tuple((2 * rate * share + 1) // 2 for rate in column)


_ON_SITE: Column = (100, 125, 200, 150, 200, 200, 300)

DEFAULT_RATES = Rates(
    on_site=_ON_SITE,
    home=_part(_ON_SITE, Fraction(1, 4)),  # S-13: 1 h presence = 4 h standby, a claim
    backup=_part(_ON_SITE, Fraction(1, 7)),  # W-07: standby counts at least a seventh
)
"""The rates where the municipality has set none (policy, leaning on S-13 and W-07)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """All minutes of a duty that one class decides: a line of the pocket calculation.

    Attributes:
        rate: hundredths of a point an hour.
    """

    hours: HourClass
    minutes: int
    rate: int

    @property
    def burden(self) -> Fraction:
        """Hundredths of a point, exact."""
        return Fraction(self.minutes * self.rate, 60)


def pieces(interval: Interval, column: Column) -> tuple[Piece, ...]:
    """What a stretch of time weighs, class by class in their order.

    Of the classes of a minute the dearest counts. Of equally dear ones a special class goes
    before day, evening and night, and among special classes the one listed first.
    """
    found: dict[HourClass, int] = {}
    for classes, minutes in class_minutes(interval).items():
        dearest = _dearest(classes, column)
        found[dearest] = found.get(dearest, 0) + minutes
    return tuple(
        Piece(hours, found[hours], column[number])
        for hours, number in NUMBER.items()
        if hours in found
    )


def class_minutes(interval: Interval) -> Mapping[tuple[HourClass, ...], int]:
    """Real minutes of the interval by the classes that they belong to."""
    found: dict[tuple[HourClass, ...], int] = {}
    for day in days_touched(interval):
        for stretch, classes in _stretches(day):
            if minutes := stretch.overlap_minutes(interval):
                found[classes] = found.get(classes, 0) + minutes
    return found


def rounded(pieces: Sequence[Piece]) -> int:
    """The sum in whole hundredths of a point, halves upwards."""
    total = sum(piece.minutes * piece.rate for piece in pieces)
    return (2 * total + 60) // 120


def _dearest(classes: tuple[HourClass, ...], column: Column) -> HourClass:
    """The class that counts; the ordinary one stands first in `classes`."""
    ordinary, *special = classes
    return max((*special, ordinary), key=lambda hours: column[NUMBER[hours]])


@lru_cache(maxsize=4096)
def _stretches(day: date) -> tuple[tuple[Interval, tuple[HourClass, ...]], ...]:
    """An Oslo day cut where a class begins or ends, with the classes of each part.

    The ordinary class stands first, then the special ones in their order.
    """
    whole = Interval(moment(day), moment(day + DAY))
    spans = list(_spans(day, whole))
    cuts = sorted(
        {
            max(whole.start, min(whole.end, edge))
            for _, span in spans
            for edge in (span.start, span.end)
        }
    )
    return tuple(
        (
            Interval(start, end),
            tuple(dict.fromkeys(hours for hours, span in spans if span.contains(start))),
        )
        for start, end in pairwise(cuts)
    )


def _spans(day: date, whole: Interval) -> Iterator[tuple[HourClass, Interval]]:
    """When each class holds on the day, in the order of the classes."""
    morning, afternoon, night = (moment(day, time(hour)) for hour in (7, 16, 23))
    yield HourClass.DAY, Interval(morning, afternoon)
    yield HourClass.EVENING, Interval(afternoon, night)
    yield HourClass.NIGHT, Interval(whole.start, morning)
    yield HourClass.NIGHT, Interval(night, whole.end)
    if day.weekday() >= SATURDAY:
        yield HourClass.WEEKEND, whole
    if is_red(day):
        yield HourClass.RED_DAY, whole
    if eve := eve_hours(day):
        yield HourClass.EVE, eve
    for block in great_holidays(whole):
        yield HourClass.GREAT_HOLIDAY, block.interval
