"""What a change does to the doctors' accounts in the ledger, measure by measure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShares

Count = Callable[[Timetable, str], Mapping[Measure, int]]
"""How much of each measure a doctor has in a roster, ordered work included."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One doctor's account of one measure before and after a change, in the measure's unit.

    Attributes:
        aim: what the doctor should have in this period, earlier periods considered; None where
            no duty of the measure is open to the doctor.
    """

    measure: Measure
    before: int
    after: int
    aim: Fraction | None = None

    @property
    def changes(self) -> bool:
        """Whether the account moves."""
        return self.before != self.after

    @property
    def over_after(self) -> Fraction | None:
        """How far over the aim the doctor would be."""
        return None if self.aim is None else self.after - self.aim


class Accounts:
    """The accounts of everybody in one roster, and what a change makes of them."""

    def __init__(self, timetable: Timetable, shares: FairShares, count: Count) -> None:
        """Count once what everybody has.

        Args:
            timetable: the roster before any change.
            shares: everybody's fair share.
            count: how work is counted.
        """
        self._count = count
        self._before = {own.id: count(timetable, own.id) for own in timetable.problem.doctors}
        self._aims: dict[tuple[str, Measure], Fraction] = {}
        for measure in Measure:
            owed = shares.owed(measure, sum(own[measure] for own in self._before.values()))
            for share in shares.pool(measure):
                self._aims[share.doctor, measure] = owed[share.doctor] - share.carried

    def effects(self, tried: Timetable, doctor: str) -> tuple[Effect, ...]:
        """What the doctor's accounts are before and in the roster that is tried."""
        before, after = self._before[doctor], self._count(tried, doctor)
        return tuple(
            Effect(own, before[own], after[own], self._aims.get((doctor, own))) for own in Measure
        )
