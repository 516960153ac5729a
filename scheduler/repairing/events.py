"""What can happen to a published roster."""

from dataclasses import dataclass
from datetime import date, datetime, time

from scheduler.domain.doctor import AbsenceKind, ExemptionKind


@dataclass(frozen=True, slots=True)
class Away:
    """A doctor falls ill, or is given leave.

    Attributes:
        start: first moment away, UTC.
        end: first moment back, UTC; None is open-ended: the rest of the period.
        kind: never told to anybody but the coordinator.
    """

    doctor: str
    start: datetime
    end: datetime | None = None
    kind: AbsenceKind = AbsenceKind.SICK


@dataclass(frozen=True, slots=True)
class Resigns:
    """A doctor's agreement ends.

    Attributes:
        first_day: the first day without it.
    """

    doctor: str
    first_day: date


@dataclass(frozen=True, slots=True)
class Claims:
    """A doctor claims a right of exemption, or is granted one.

    Attributes:
        first_day: from which it is claimed.
        last_day: to which; None is open.
        term, birth, hindered: as in `scheduler.domain.doctor.Exemption`.
    """

    doctor: str
    kind: ExemptionKind
    first_day: date
    last_day: date | None = None
    term: date | None = None
    birth: date | None = None
    hindered: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A duty is no longer needed (its id)."""

    duty: str


@dataclass(frozen=True, slots=True)
class Added:
    """More is needed: another doctor on a duty that there is, or a duty on another day.

    Attributes:
        kind: id of the shift pattern or municipal duty.
        start, end: clock times, where they are not the pattern's.
        needed: how many doctors more.
    """

    kind: str
    day: date
    start: time | None = None
    end: time | None = None
    needed: int = 1


@dataclass(frozen=True, slots=True)
class Moved:
    """A duty gets other clock times on its day (None: that end stays)."""

    duty: str
    start: time | None = None
    end: time | None = None


Event = Away | Resigns | Claims | Dropped | Added | Moved


def named_in(event: Event) -> str | None:
    """The doctor whom it is about, or None."""
    return event.doctor if isinstance(event, Away | Resigns | Claims) else None
