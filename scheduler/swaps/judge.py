"""A swap or a give-away of one roster, judged by the checkers, with its effect on the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.changes.move import Hand, Move
from scheduler.changes.stops import Stops, Verdict
from scheduler.domain.roster import Timetable
from scheduler.fairness.shares import FairShares
from scheduler.rule import Rule
from scheduler.swaps.accounts import Accounts, Count, Effect


@dataclass(frozen=True, slots=True)
class Swap:
    """Duties that change hands, and what comes of it.

    Attributes:
        move: what is given and who gets it, in the same order.
        effects: for each doctor whom it touches, one for each measure.
    """

    move: Move
    verdict: Verdict
    effects: Mapping[str, tuple[Effect, ...]]

    @property
    def lawful(self) -> bool:
        """No rule forbids it."""
        return self.verdict.lawful

    @property
    def handovers(self) -> tuple[tuple[str, str, str], ...]:
        """Each unit with the doctor who gives it and the one who gets it."""
        pairs = zip(self.move.off, self.move.on, strict=True)
        return tuple((unit, giver, taker) for (giver, unit), (taker, _) in pairs)


class Judge:
    """Judges changes of one roster. What it has judged of a doctor's work it remembers."""

    def __init__(
        self, timetable: Timetable, rules: Sequence[Rule], shares: FairShares, count: Count
    ) -> None:
        """Nothing is judged before it is asked for.

        Args:
            timetable: the roster as it stands.
            rules: in the order in which they are explained.
            shares: everybody's fair share.
            count: how much of each measure a doctor has in a roster.
        """
        self.timetable = timetable
        self.stops = Stops(timetable, rules)
        self.accounts = Accounts(timetable, shares, count)

    def prepare(self) -> None:
        """Judge everybody's own work as it stands, so that later questions need not wait."""
        self.stops.prepare()

    def swap(self, move: Move) -> Swap:
        """Judge a change."""
        tried = self.stops.tried(move)
        effects = {who: self.accounts.effects(tried, who) for who in move.doctors}
        return Swap(move, self.stops.verdict(move), effects)

    def has(self, hand: Hand) -> bool:
        """Whether the doctor has all of the unit in the roster."""
        doctor, unit = hand
        duties = self.timetable.problem.units[unit]
        return all(doctor in self.timetable.doctors_on(duty.id) for duty in duties)

    def has_some(self, hand: Hand) -> bool:
        """Whether the doctor has any of the unit in the roster."""
        doctor, unit = hand
        duties = self.timetable.problem.units[unit]
        return any(doctor in self.timetable.doctors_on(duty.id) for duty in duties)
