"""The problem: everything that is known before a roster is made, frozen and sorted."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Absence, Doctor, Exemption, Span
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.points import DEFAULT_RATES, Rates
from scheduler.domain.time import Interval, IsoWeek, weeks_between, whole_days

_Fact = TypeVar("_Fact")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the cooperation.

    Attributes:
        key: agreed share of cost and duties in a custom key, or None.
    """

    id: str
    name: str
    inhabitants: int
    key: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where duties are served.

    Attributes:
        district: the legevakt district that is served from here; None where all is one.
    """

    id: str
    name: str
    municipality: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Municipal work that a doctor takes on freely.

    Attributes:
        duty: id of the municipal duty.
        minutes_per_week: how much at most.
        span: the days on which it holds.
        signed: a signed agreement (True) or an offer that the doctor has made (False).
    """

    doctor: str
    duty: str
    minutes_per_week: int
    span: Span = field(default_factory=Span)
    signed: bool = True


class MeetingKind(StrEnum):
    """Which meetings use up the hours that can be ordered (F-32.5, F-32.6)."""

    ADMINISTRATIVE = "administrative"
    PATIENT = "patient"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting at a fixed time."""

    doctor: str
    interval: Interval
    kind: MeetingKind


class Attitude(StrEnum):
    """What a doctor says of a time."""

    WANT = "want"
    RATHER_NOT = "rather_not"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Wish:
    """A doctor's word about some duties.

    Attributes:
        interval: the duties that overlap it are meant.
        patterns: only duties of these patterns; empty means all.
        as_block: granted only if all the duties meant are (or none of them is) given.
    """

    id: str
    doctor: str
    attitude: Attitude
    interval: Interval
    patterns: frozenset[str] = frozenset()
    weight: int = 1
    as_block: bool = False

    def means(self, duty: Duty) -> bool:
        """Whether the wish speaks of this duty."""
        return self.interval.overlaps(duty.interval) and (
            not self.patterns or duty.type.id in self.patterns
        )


@dataclass(frozen=True, slots=True)
class Pin:
    """A human's decision about one assignment: it stands, or it must not be."""

    doctor: str
    duty: str
    works: bool = True


@dataclass(frozen=True, order=True, slots=True)
class Assignment:
    """A doctor has a duty (ids)."""

    duty: str
    doctor: str


@dataclass(frozen=True, slots=True)
class PastDuty:
    """A duty of the former roster, as it was really worked (the tail)."""

    doctor: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Account:
    """What the ledger of earlier periods says of one doctor.

    A positive balance: did more than the share.

    Attributes:
        points: opening balance in hundredths of a point.
        nights, weekends, great_holidays: opening balances in hundredths of a duty.
        ordered: opening balance of ordered municipal work, in minutes.
        refused: wishes that were refused lately, in hundredths of a wish; never negative.
        holidays: the last year in which the doctor had each great holiday.
    """

    doctor: str
    points: int = 0
    nights: int = 0
    weekends: int = 0
    great_holidays: int = 0
    ordered: int = 0
    refused: int = 0
    holidays: Mapping[GreatHoliday, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """A period to be rostered, with all facts judged on one day.

    Every collection is sorted, so equal content gives equal hashes.

    Attributes:
        judged_on: the day whose law and facts hold.
        published: assignments of a published roster of this period, to be changed little.
        settings: rule id -> parameter -> value, as the municipality set them.
        rates: what an hour weighs in general; a pattern may have rates of its own.
    """

    title: str
    first_day: date
    last_day: date
    judged_on: date
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    doctors: tuple[Doctor, ...]
    types: tuple[ShiftPattern | MunicipalDuty, ...]
    duties: tuple[Duty, ...]
    agreements: tuple[Agreement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    absences: tuple[Absence, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Pin, ...] = ()
    tail: tuple[PastDuty, ...] = ()
    ledger: tuple[Account, ...] = ()
    published: tuple[Assignment, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rates: Rates = DEFAULT_RATES

    @cached_property
    def period(self) -> Interval:
        """First day 00:00 to last day 24:00, Oslo time."""
        return whole_days(self.first_day, self.last_day)

    @cached_property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """The ISO weeks that the period touches."""
        return tuple(weeks_between(self.first_day, self.last_day))

    @cached_property
    def doctor_by_id(self) -> Mapping[str, Doctor]:
        """Doctors by id."""
        return {doctor.id: doctor for doctor in self.doctors}

    @cached_property
    def duty_by_id(self) -> Mapping[str, Duty]:
        """Duties of the period by id."""
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def type_by_id(self) -> Mapping[str, ShiftPattern | MunicipalDuty]:
        """Shift patterns and municipal duties by id."""
        return {kind.id: kind for kind in self.types}

    @cached_property
    def units(self) -> Mapping[str, tuple[Duty, ...]]:
        """What is given away together: unit -> its duties in order of time."""
        found: dict[str, list[Duty]] = {}
        for duty in self.duties:
            found.setdefault(duty.unit, []).append(duty)
        return {unit: tuple(duties) for unit, duties in found.items()}

    @cached_property
    def choices(self) -> Mapping[str, tuple[Duty, ...]]:
        """Duties by choice group."""
        found: dict[str, list[Duty]] = {}
        for duty in self.duties:
            if duty.choice:
                found.setdefault(duty.choice, []).append(duty)
        return {choice: tuple(duties) for choice, duties in found.items()}

    def remembered(self, key: Hashable, make: Callable[[], _Fact]) -> _Fact:
        """A fact of this problem that is worked out once and kept as long as the problem is.

        Args:
            key: names the fact and all that it depends on besides the problem.
            make: works it out.
        """
        known: _Fact
        try:
            known = self._facts[key]  # looked up once, for keys are long
        except KeyError:
            known = self._facts[key] = make()
        return known

    @cached_property
    def _facts(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _by_start(self) -> tuple[tuple[Duty, ...], tuple[datetime, ...], timedelta]:
        """The duties in order of time, when they start, and the length of the longest."""
        longest = max((duty.end - duty.start for duty in self.duties), default=timedelta(0))
        duties = tuple(sorted(self.duties, key=lambda duty: duty.start))
        return duties, tuple([duty.start for duty in duties]), longest

    @property
    def duties_by_start(self) -> tuple[Duty, ...]:
        """The duties in order of their starts."""
        return self._by_start[0]

    def touching(self, interval: Interval) -> tuple[list[Duty], slice]:
        """The duties that reach into the interval, and where those stand that start in it.

        Both in order of time; the slice is one of `duties_by_start`.
        """
        duties, starts, longest = self._by_start
        first = bisect_left(starts, interval.start - longest)
        inside = bisect_left(starts, interval.start)
        before = [duty for duty in duties[first:inside] if duty.end > interval.start]
        return before, slice(inside, bisect_left(starts, interval.end))

    def duties_touching(self, interval: Interval) -> tuple[Duty, ...]:
        """The duties of which at least a moment lies in the interval, in order of time."""
        before, inside = self.touching(interval)
        return (*before, *self.duties_by_start[inside])

    @cached_property
    def exemptions_of(self) -> Mapping[str, tuple[Exemption, ...]]:
        """Exemptions by doctor."""
        return _by_doctor(self.exemptions)

    @cached_property
    def absences_of(self) -> Mapping[str, tuple[Absence, ...]]:
        """Absences by doctor."""
        return _by_doctor(self.absences)

    @cached_property
    def agreements_of(self) -> Mapping[str, tuple[Agreement, ...]]:
        """Agreements and offers by doctor."""
        return _by_doctor(self.agreements)

    @cached_property
    def meetings_of(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Meetings by doctor."""
        return _by_doctor(self.meetings)

    @cached_property
    def wishes_of(self) -> Mapping[str, tuple[Wish, ...]]:
        """Wishes by doctor."""
        return _by_doctor(self.wishes)

    @cached_property
    def tail_of(self) -> Mapping[str, tuple[Duty, ...]]:
        """Duties of the former roster by doctor, in order of time."""
        found: dict[str, list[Duty]] = {doctor.id: [] for doctor in self.doctors}
        for past in sorted(self.tail, key=lambda past: past.duty.start):
            found.setdefault(past.doctor, []).append(past.duty)
        return {doctor: tuple(duties) for doctor, duties in found.items()}

    @cached_property
    def account_of(self) -> Mapping[str, Account]:
        """The opening account of every doctor (an empty one where none is given)."""
        given = {account.doctor: account for account in self.ledger}
        return {d.id: given.get(d.id, Account(d.id)) for d in self.doctors}

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the whole content, the same on every machine."""
        text = json.dumps(
            self, sort_keys=True, ensure_ascii=False, default=_plain, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()


_Own = TypeVar("_Own", Exemption, Absence, Agreement, Meeting, Wish)


def _by_doctor(items: tuple[_Own, ...]) -> Mapping[str, tuple[_Own, ...]]:
    found: dict[str, list[_Own]] = {}
    for item in items:
        found.setdefault(item.doctor, []).append(item)
    return {doctor: tuple(own) for doctor, own in found.items()}


def _plain(value: object) -> object:
    """Values by their fields; dates, fractions and sets as text that sorts the same everywhere."""
    if is_dataclass(value):
        return {own.name: getattr(value, own.name) for own in fields(value)}
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)
