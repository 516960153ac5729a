"""What each doctor can have of each occasion, and what a held step says to that.

An occasion is a doctor's duties of which it counts only whether there are any: a weekend. Each way
to have some of it costs something of an earlier step (a Saturday night leaves no weekly rest), and
so do two occasions that lie near each other. What of it is sure, whatever else the doctor has, is
read off the model here; `held_sharing` finds what it makes sharing cost.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.solving.model import AT_LEAST
from scheduler.solving.outlook import Outlook
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index
from scheduler.solving.tallies import Row, Tally
from scheduler.solving.ways import Ways

_WAYS = 8_192  # to have an occasion, at most; where there are more it is had whole, at no cost
NEAR = 2  # an occasion is weighed with so many before it


@dataclass(frozen=True)
class Occasion:
    """What one doctor can have of one occasion.

    Attributes:
        decisions: those that somebody demands.
        ways: a row for each way to have it, 1 where a decision is true.
        costs: of the held step, at least.
        spared: whether the doctor may have nothing of it.
        near: what it costs beside the one before it, and beside the one before that.
        whole: there were too many ways; it is had whole, and nothing is told.
    """

    decisions: tuple[int, ...]
    ways: Numbers
    costs: Numbers
    spared: bool
    near: tuple[int, ...]
    whole: bool = False

    @property
    def largest(self) -> list[int]:
        """The ways that are not within another which costs no more, by number."""
        return largest(self.ways @ (1 << np.arange(self.ways.shape[1], dtype=np.int64)), self.costs)


class Occasions:
    """The occasions of tallies that share the same rows.

    Args:
        index: the plain model.
        outlook: on the prices of the held step.
        tallies: of which the atoms are occasions.
        rows: what is demanded of them.
    """

    def __init__(
        self, index: Index, outlook: Outlook, tallies: Sequence[Tally], rows: Sequence[Row]
    ) -> None:
        """See which decisions each occasion has."""
        self._index, self._outlook = index, outlook
        self._true: dict[int, frozenset[int]] = {}  # of occasions, where it was asked for
        demanded = {own for row in rows for own in row.decisions}
        self._decisions: list[tuple[int, ...]] = []
        self._of_tally: list[range] = []
        for tally in tallies:
            by_atom: dict[int, list[int]] = {atom: [] for atom in tally.atoms}
            for own, atom in tally.atom_of.items():
                if own in demanded:
                    by_atom[atom].append(own)
            first = len(self._decisions)
            self._decisions += (tuple(sorted(own)) for own in by_atom.values())
            self._of_tally.append(range(first, len(self._decisions)))
        self._ways = Ways(index, outlook, demanded)

    def read(self, room: int, over: Callable[[], bool]) -> list[list[Occasion]] | None:
        """The occasions of each tally; None where time is out.

        Args:
            room: what the held step may cost over the least that is known of it; no way costs more.
            over: asked now and then.
        """
        outlook = self._outlook
        following = [outlook.following(own) for own in self._decisions]
        told: dict[int, list[int]] = defaultdict(list)  # the occasions of each price
        for number, own in enumerate(self._decisions):
            for var in outlook.priced(own, following[number]):
                told[var].append(number)
        single: dict[int, list[int]] = defaultdict(list)
        pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for var, numbers in told.items():
            # Each price is asked for once: of two near occasions, or of the first that has it.
            if len(numbers) == 2 and numbers[1] - numbers[0] <= NEAR:
                pairs[numbers[0], numbers[1]].append(var)
            else:
                single[numbers[0]].append(var)
        found = []
        for places in self._of_tally:
            if over():
                return None
            of_tally = []
            for number in places:
                near = tuple(
                    self._beside(number - back, number, pairs.get((number - back, number), ()))
                    if number - back in places
                    else 0
                    for back in range(1, NEAR + 1)
                )
                of_tally.append(
                    self._occasion(number, following[number], single[number], near, room)
                )
            found.append(of_tally)
        return found

    def _beside(self, one: int, other: int, priced: Sequence[int]) -> int:
        """What two occasions cost together, of prices that no single one is asked for.

        All decisions are open; what is known is that something of each occasion is had.
        """
        if not priced:
            return 0
        spans = self._outlook.settled(self._had(one) | self._had(other))
        return sum(int(self._outlook.dearer(var, spans[var])) for var in priced if var in spans)

    def _had(self, number: int) -> frozenset[int]:
        """What is true where something of an occasion is had, whatever of it that is."""
        if number not in self._true:
            own = set(self._decisions[number])
            found = set()
            for place in self._index.definitions_on(self._decisions[number][0]) if own else ():
                d = self._index.model.definitions[place]
                some = d.kind == AT_LEAST and d.threshold == 1 and all(c > 0 for c, _ in d.terms)
                if some and own.issubset(var for _, var in d.terms):
                    found.add(d.var)
            self._true[number] = frozenset(found)
        return self._true[number]

    def _occasion(
        self,
        number: int,
        following: Sequence[int],
        priced: Sequence[int],
        near: tuple[int, ...],
        room: int,
    ) -> Occasion:
        decisions = self._decisions[number]
        found = self._ways.of(decisions, following, priced, room, _WAYS)
        if found is None:
            every = np.ones((1, len(decisions)), dtype=np.int64)
            return Occasion(decisions, every, np.zeros(1, dtype=np.int64), True, near, whole=True)
        ways, costs = found
        some = ways.any(axis=1)
        return Occasion(decisions, ways[some], costs[some], not bool(some.all()), near)


def largest(masks: Numbers, costs: Numbers) -> list[int]:
    """The ways that are not within another which costs no more, by number.

    Args:
        masks: of each way, a bit for each thing in it.
        costs: of each way.
    """
    kept: list[int] = []
    had = np.empty(len(masks), dtype=np.int64)
    size = np.bitwise_count(masks).astype(np.int64)
    for n in np.lexsort((-size, costs)).tolist():
        if not (masks[n] & ~had[: len(kept)] == 0).any():
            had[len(kept)] = masks[n]
            kept.append(n)
    return sorted(kept)
