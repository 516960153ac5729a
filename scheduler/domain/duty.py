"""Duties: legevakt shifts and sessions of municipal work, each a stretch of real time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from scheduler.domain.calendar import HolidayBlock, great_holidays
from scheduler.domain.points import DEFAULT_RATES, Column, Piece, Rates, pieces, rounded
from scheduler.domain.time import DAY, FRIDAY, Interval, IsoWeek, local_day, moment


class Letter(StrEnum):
    """Which duty of the GP regulation a piece of work is."""

    OUT_OF_HOURS = "a"  # § 33(1) a
    DAYTIME = "b"  # § 33(1) b, daytime emergency duty
    MUNICIPAL = "municipal"  # § 32


class Presence(StrEnum):
    """Where the doctor waits."""

    ON_SITE = "on_site"
    HOME = "home"


class Role(StrEnum):
    """First in line or behind."""

    PRIMARY = "primary"
    BACKUP = "backup"


class Continuity(StrEnum):
    """How a municipal duty wants to be spread over doctors."""

    ANY = "any"
    FEW_DOCTORS = "few_doctors"
    ONE_DOCTOR = "one_doctor"


@dataclass(frozen=True, slots=True)
class ShiftPattern:
    """A kind of legevakt shift (vakttype).

    Attributes:
        duty_class: SFS duty class 1-4, or None where not agreed.
        independent: the doctor must be independently competent (M-03) whoever else is there.
        backs_up: ids of the patterns for which this one is the backup.
        burden: agreed hundredths of a burden point for one duty of its length by the clock, or
            None where the hours decide.
        drivers: other crew on a call-out (M-10), for the report.
        rates: what an hour weighs where nothing is agreed for the duty.
    """

    id: str
    name: str
    letter: Letter
    presence: Presence
    role: Role
    place: str
    duty_class: int | None = None
    independent: bool = False
    backs_up: frozenset[str] = frozenset()
    burden: int | None = None
    drivers: int = 0
    rates: Rates = DEFAULT_RATES

    @property
    def column_name(self) -> str:
        """Which column of the rates holds: backup duty on site is like any other on site."""
        if self.presence is Presence.ON_SITE:
            return "on_site"
        return "backup" if self.role is Role.BACKUP else "home"

    @property
    def column(self) -> Column:
        """The rates that hold."""
        return {
            "on_site": self.rates.on_site,
            "home": self.rates.home,
            "backup": self.rates.backup,
        }[self.column_name]


@dataclass(frozen=True, slots=True)
class MunicipalDuty:
    """A kind of other general-practice work for a municipality (§ 32)."""

    id: str
    name: str
    municipality: str
    place: str
    kind: str = "other"
    counts_in_cap: bool = True
    continuity: Continuity = Continuity.ANY
    specialist_only: bool = False
    burden: int = 0  # hundredths of a burden point for one session


@dataclass(frozen=True)
class Duty:
    """One piece of work on one day: a shift or a session.

    Attributes:
        id: stable over re-solves: pattern and day, e.g. ``natt/2027-03-28``.
        needed: number of doctors.
        block: duties of one block are taken by one doctor together, or None.
        choice: of the duties of one choice exactly as many are worked as one of them needs
            (hours of a week that may be placed on any of several days), or None.
        together: duties that had better go to one doctor but may be split, or None.
    """

    id: str
    type: ShiftPattern | MunicipalDuty
    interval: Interval
    needed: int = 1
    block: str | None = None
    choice: str | None = None
    together: str | None = None

    @cached_property
    def letter(self) -> Letter:
        """Letter a, letter b or municipal."""
        return self.type.letter if isinstance(self.type, ShiftPattern) else Letter.MUNICIPAL

    @cached_property
    def is_shift(self) -> bool:
        """Whether this is legevakt (letter a or b)."""
        return isinstance(self.type, ShiftPattern)

    @cached_property
    def is_home(self) -> bool:
        """Home duty: the doctor waits elsewhere than at work."""
        return isinstance(self.type, ShiftPattern) and self.type.presence is Presence.HOME

    @cached_property
    def is_backup(self) -> bool:
        """Backup duty."""
        return isinstance(self.type, ShiftPattern) and self.type.role is Role.BACKUP

    @cached_property
    def duty_class(self) -> int | None:
        """SFS duty class; home duty without one is class 1 (S-07)."""
        if not isinstance(self.type, ShiftPattern):
            return None
        return self.type.duty_class or (1 if self.is_home else None)

    @cached_property
    def start(self) -> datetime:
        """First moment, UTC."""
        return self.interval.start

    @cached_property
    def end(self) -> datetime:
        """Moment after the last, UTC."""
        return self.interval.end

    @cached_property
    def minutes(self) -> int:
        """Real length."""
        return self.interval.minutes

    @cached_property
    def day(self) -> date:
        """The Oslo day on which the duty starts."""
        return local_day(self.interval.start)

    @cached_property
    def week(self) -> IsoWeek:
        """The ISO week in which the duty starts."""
        return IsoWeek.of(self.day)

    @cached_property
    def night_minutes(self) -> int:
        """Minutes between 23:00 and 07:00 Oslo time."""
        return sum(
            self.interval.overlap_minutes(
                Interval(moment(day, time(23)), moment(day + DAY, time(7)))
            )
            for day in (self.day + timedelta(days=n) for n in range(-1, self.minutes // 1440 + 2))
        )

    @cached_property
    def is_night(self) -> bool:
        """Whether the duty takes at least three hours between 23:00 and 07:00."""
        return self.night_minutes >= 180

    @cached_property
    def weekends(self) -> tuple[date, ...]:
        """The Saturdays of the weekends (Saturday 00:00 to Sunday 24:00) that it touches."""
        first = self.day + timedelta(days=(FRIDAY + 1 - self.day.weekday()) % 7)
        if self.day.weekday() == FRIDAY + 2:
            first = self.day - DAY
        found = []
        while moment(first) < self.interval.end:
            if Interval(moment(first), moment(first + 2 * DAY)).overlaps(self.interval):
                found.append(first)
            first += 7 * DAY
        return tuple(found)

    @cached_property
    def holidays(self) -> tuple[HolidayBlock, ...]:
        """The great holidays of which the duty takes at least a minute."""
        return great_holidays(self.interval)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The hours that decide the burden; empty where points are agreed for the whole duty."""
        if not isinstance(self.type, ShiftPattern) or self.type.burden is not None:
            return ()
        return pieces(self.interval, self.type.column)

    @cached_property
    def burden(self) -> int:
        """Hundredths of a burden point.

        Agreed points follow real time: a night of 9 hours by the clock weighs 8/9 when the
        clock is put forward and 10/9 when it is put back (E19).
        """
        if not isinstance(self.type, ShiftPattern):
            return self.type.burden
        if self.type.burden is None:
            return rounded(self.pieces)
        clock = self.interval.clock_minutes
        if clock <= 0:  # all of it lies in autumn's repeated hour
            return self.type.burden
        return (2 * self.type.burden * self.minutes + clock) // (2 * clock)

    @cached_property
    def unit(self) -> str:
        """What one decision of the model gives away: the block, or the duty by itself."""
        return self.block or self.id
