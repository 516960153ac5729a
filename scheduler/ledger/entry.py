"""What is written in the book: entries, and the lines they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scheduler.domain.calendar import GreatHoliday
from scheduler.fairness.measures import Measure

HALF_LIFE, CEILING, WISH_HALF_LIFE = 24, 200, 12
"""What the municipality has until it says otherwise: policy, not law."""


class Event(StrEnum):
    """What gave rise to an entry."""

    SETTINGS = "settings"
    CLOSING = "closing"
    CORRECTION = "correction"
    LEAVING = "leaving"
    REVERSAL = "reversal"


class Kind(StrEnum):
    """Why a line moves a balance."""

    OPENING = "opening"  # brought along from before the doctor came into the book
    HALF_LIFE = "half_life"  # old balances fade
    WORKED = "worked"
    SHARE = "share"  # the fair part of what all have worked, taken off
    CEILING = "ceiling"  # what would have grown past the ceiling
    CORRECTION = "correction"
    WRITE_OFF = "write_off"  # of a doctor who has left
    REFUSED = "refused"  # wishes


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of one balance.

    Attributes:
        doctor: id; None is the common account, the counterpart of all.
        measure: what is counted; None: refused wishes, which are counted and not shared, so
            that they have no counterpart.
        amount: in steps of the measure's resolution (hundredths; for ordered work minutes);
            hundredths of a wish. Positive: has done more, or was refused more.
    """

    doctor: str | None
    measure: Measure | None
    kind: Kind
    amount: int


@dataclass(frozen=True, order=True, slots=True)
class HolidayLine:
    """The doctor had this great holiday in that year."""

    doctor: str
    holiday: GreatHoliday
    year: int


@dataclass(frozen=True, slots=True)
class Period:
    """The period that was closed.

    Attributes:
        plan: content hash of the plan.
        roster: SHA-256 of who had which duty as it was worked.
    """

    title: str
    first_day: date
    last_day: date
    plan: str
    roster: str

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class Settings:
    """How old balances are kept from exploding. Owned by the municipality; 0 turns one off.

    Attributes:
        half_life: months after which half of an old balance is left.
        ceiling: how far a balance may grow, in per cent of the fair part of a period.
        wish_half_life: months after which a refused wish counts half.
    """

    half_life: int = HALF_LIFE
    ceiling: int = CEILING
    wish_half_life: int = WISH_HALF_LIFE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Its lines sum to zero for each measure and kind, the common account included.

    Attributes:
        number: 1, 2, 3 and so on.
        booked_on: the day it was posted; never before that of the entry above.
        text: the reason that a person gave, or how the sums were found.
        period: of a closing.
        reverses: number of the entry that this one takes back.
        settings: all that hold from here on, where they were set.
        doctors: id -> name of those whom the entry is about, also where no balance moves.
        digest: SHA-256 over all this and the digest of the entry above.
    """

    number: int
    booked_on: date
    event: Event
    text: str
    period: Period | None = None
    reverses: int | None = None
    settings: Settings | None = None
    doctors: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    holidays: tuple[HolidayLine, ...] = ()
    digest: str = ""


class LedgerError(Exception):
    """Something that cannot be posted; nothing was.

    Attributes:
        problem, remedy: whole sentences in bokmål.
        value: what was given.
        field: name of the field that it was given in; empty where it is about the whole.
    """

    def __init__(self, problem: str, remedy: str, value: object = None, field: str = "") -> None:
        """Keep all four."""
        self.problem = problem
        self.remedy = remedy
        self.value = value
        self.field = field
        super().__init__(f"{problem} {remedy}")
