"""Why each constraint was posted, kept in little room until somebody asks."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import overload

from scheduler.domain.duty import Duty
from scheduler.solving.posting import Reason
from scheduler.solving.stencil import Origins

Concerns = Callable[[str, Duty], bool]
"""Whether a doctor could have a duty, or has had it."""


class Reasons(Sequence[Reason]):
    """A list of reasons; those that a stencil posted are made when they are looked up."""

    def __init__(self, concerns: Concerns) -> None:
        """Empty; `concerns` says which of a stencil's duties are a doctor's own."""
        self._concerns = concerns
        self._begins: list[int] = []
        self._parts: list[list[Reason] | tuple[str, Origins]] = []
        self._length = 0

    def add(self, reason: Reason) -> None:
        """One more."""
        last = self._parts[-1] if self._parts else None
        if isinstance(last, list):
            last.append(reason)
        else:
            self._begins.append(self._length)
            self._parts.append([reason])
        self._length += 1

    def extend(self, rule: str, origins: Origins) -> None:
        """Those of a stencil's constraints."""
        if len(origins.rows):
            self._begins.append(self._length)
            self._parts.append((rule, origins))
            self._length += len(origins.rows)

    def __len__(self) -> int:
        """How many there are."""
        return self._length

    @overload
    def __getitem__(self, place: int) -> Reason: ...
    @overload
    def __getitem__(self, place: slice) -> list[Reason]: ...
    def __getitem__(self, place: int | slice) -> Reason | list[Reason]:
        """The reason of a constraint.

        Raises:
            IndexError: there are not so many.
        """
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(self._length))]
        number = place + self._length if place < 0 else place
        if not 0 <= number < self._length:
            raise IndexError(f"place ({place}) must be below {self._length}")
        part = bisect_right(self._begins, number) - 1
        own, within = self._parts[part], number - self._begins[part]
        if isinstance(own, list):
            return own[within]
        rule, origins = own
        doctor = origins.doctors[origins.places[within]].id
        duties = origins.duties[origins.rows[within]]
        return Reason(
            rule, doctor, tuple(duty.id for duty in duties if self._concerns(doctor, duty))
        )
