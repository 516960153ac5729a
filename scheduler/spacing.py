"""How a doctor's shifts, nights and weekends lie in time: days and weeks from one to the next.

Figures for reports; what they should be is said by the rules. A shift belongs to the Oslo day
on which it starts. The former roster counts as what came before, so that the first distance
of a period is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY

WEEK = 7


@dataclass(frozen=True, slots=True)
class Gaps:
    """Distances from each to the next, of which the later lies in the period, in order of time."""

    lengths: tuple[int, ...] = ()

    @property
    def least(self) -> int | None:
        """The shortest distance; None where there is none."""
        return min(self.lengths, default=None)

    @property
    def median(self) -> float | None:
        """The middle distance; None where there is none."""
        return median(self.lengths) if self.lengths else None


@dataclass(frozen=True, slots=True)
class SpacingFigures:
    """One doctor's distances.

    Attributes:
        shifts: days from a day with shifts to the next; days in a row are one stretch of duty,
            counted from its last day to the first of the next.
        nights: the same from night to night.
        weekends: weeks from a weekend on duty to the next; 1: two in a row.
    """

    doctor: str
    shifts: Gaps
    nights: Gaps
    weekends: Gaps


def spacing_figures(timetable: Timetable) -> tuple[SpacingFigures, ...]:
    """One for each doctor, in the doctors' order. Sessions of municipal work do not count."""
    found = []
    for doctor in timetable.problem.doctors:
        past = [duty for duty in timetable.problem.tail_of[doctor.id] if duty.is_shift]
        own = [duty for duty in timetable.duties_of(doctor.id) if duty.is_shift]
        found.append(
            SpacingFigures(
                doctor.id,
                shifts=_stretches((d.day for d in past), (d.day for d in own)),
                nights=_stretches(
                    (d.day for d in past if d.is_night), (d.day for d in own if d.is_night)
                ),
                weekends=_gaps(
                    {saturday for d in past for saturday in d.weekends},
                    {saturday for d in own for saturday in d.weekends},
                    WEEK,
                ),
            )
        )
    return tuple(found)


def _stretches(past: Iterable[date], own: Iterable[date]) -> Gaps:
    """Distances in days, days that follow one another left out."""
    return _gaps(set(past), set(own), 1, apart=2)


def _gaps(past: set[date], own: set[date], unit: int, apart: int = 1) -> Gaps:
    """Distances in units of days from each date to the next, if they are `apart` at the least."""
    return Gaps(
        tuple(
            (after - before) // DAY // unit
            for before, after in pairwise(sorted(past | own))
            if after in own - past and (after - before) // DAY >= apart
        )
    )
