"""Kinds of occasions that are shared out within an earlier step that is held.

Two bounds are asked for. One weighs occasions with the nights and points that their duties add to
(`weighing`), and is the better one of many; the other takes whole ways by themselves, by CP-SAT
(`held_sharing`), and is exact of few.
"""

from collections.abc import Callable, Iterable, Sequence

from scheduler.solving.fewest import joined
from scheduler.solving.held_sharing import Held
from scheduler.solving.loads import Load, loads_of
from scheduler.solving.model import Step
from scheduler.solving.occasions import Occasion
from scheduler.solving.rebates import beside
from scheduler.solving.state import Index
from scheduler.solving.tallies import Pot, Row, Tally
from scheduler.solving.weighing import Shared, Weighing

_FEW = 200  # occasions of which CP-SAT is asked although they could be weighed

_Families = Sequence[tuple[Sequence[Row], int]]


class WithinHeld:
    """What kinds of counts cost at least where the earlier step is looked at as well.

    Attributes:
        weighed: the kinds that could be weighed; those that count most come first.

    Args:
        index: the plain model.
        step: a sum.
        held: the earlier step.
        demanded: all rows, and how much of them may be lacking.
        charged: variables of counts that are priced in tallies of others.
    """

    def __init__(
        self,
        index: Index,
        step: Step,
        held: Held,
        demanded: tuple[Sequence[Row], int],
        charged: Iterable[tuple[int, ...]],
    ) -> None:
        """Remember what is priced elsewhere."""
        self._index, self._step, self._held = index, step, held
        self._rows, self._missing = demanded
        self._apart = set(charged)
        self._gone: set[int] = set()  # kinds that others have in them
        self._both: list[tuple[int, int, int]] = []  # two kinds, and what they come to together
        self.weighed: list[Weighing] = []

    def better(
        self,
        pots: Sequence[Pot],
        shared: list[int],
        each: Callable[[Sequence[Tally], Sequence[Row]], _Families],
        over: Callable[[], bool],
    ) -> None:
        """Put more in for what is found to cost more.

        Args:
            pots: kinds of counts.
            shared: what each of them costs at least; changed in place. Where one has others in it
                these are nothing any more.
            each: the rows that hang together, and how much they take at least.
            over: asked now and then; what is known by then is told.
        """
        for number, (tallies, rows) in enumerate(pots):
            if number in self._gone or not self._held.tells(tallies) or over():
                continue
            occasions = self._held.occasions(tallies, rows, over)
            if occasions is None:
                return
            families = each(tallies, rows)
            loads = self._loads(pots[number])
            weighing = self._weighing(pots[number], occasions, families, loads)
            weighed = None if weighing is None else weighing.bound(over)
            if weighing is not None and weighed is not None:
                self.weighed.append(weighing)
            if not over() and (weighed is None or sum(map(len, occasions)) <= _FEW):
                own = (occasions, tallies, rows, self._missing, families, over)
                shared[number] = max(shared[number], self._held.share(*own) or 0)
            if weighed is None or not self._take(number, weighed, loads, pots, shared):
                continue
            if weighing is not None:
                self._weigh_beside(weighing, number, pots, each, over)
        for number, other, both in self._both:
            if other not in self._gone and both > shared[number] + shared[other]:
                shared[number], shared[other] = both, 0
                self._gone.add(other)

    def _weigh_beside(
        self,
        weighing: Weighing,
        number: int,
        pots: Sequence[Pot],
        each: Callable[[Sequence[Tally], Sequence[Row]], _Families],
        over: Callable[[], bool],
    ) -> None:
        """Note what a kind that was weighed comes to with the next one that shares duties."""
        tallies, rows = pots[number]
        named = {v for row in rows for v in row.decisions}
        for other in range(number + 1, len(pots)):
            counts, demanded = pots[other]
            told = other not in self._gone and self._held.tells(counts)
            if over() or not told or all(named.isdisjoint(row.decisions) for row in demanded):
                continue
            families = each(tallies, rows), each(counts, demanded)
            among = named.union(*(row.decisions for row in demanded))
            found = joined((tallies, counts), families, self._held.ways(among), over)
            own = beside(counts, families[0], found)
            both = weighing.beside(own.rebates)
            if both is not None:
                self._both.append((number, other, both + own.constant))
            return

    def _weighing(
        self,
        pot: Pot,
        occasions: Sequence[Sequence[Occasion]],
        families: _Families,
        loads: Sequence[Load],
    ) -> Weighing | None:
        """A kind together with loads; None where it cannot be weighed."""
        tallies, rows = pot
        told = sum(len(family) for family, _ in families) == len(rows)
        if self._missing or not told or any(own.whole for each in occasions for own in each):
            return None
        what = Shared(
            tallies,
            occasions,
            [family for family, _ in families],
            self._rows,
            self._held.room,
            sum(due for _, due in families),
        )
        return Weighing.of(self._index.model.size, what, loads)

    def _loads(self, pot: Pot) -> list[Load]:
        """The sums that some of its duties add to, but for what is priced elsewhere."""
        tallies, rows = pot
        apart = self._apart | {tally.atoms for tally in tallies}
        named = {own for row in rows for own in row.decisions}
        loads = loads_of(self._index.model, self._step, self._held.limits, apart)
        return [load for load in loads if any(v in named for _, v in load.terms)]

    def _take(
        self,
        number: int,
        weighed: int,
        loads: Sequence[Load],
        pots: Sequence[Pot],
        shared: list[int],
    ) -> bool:
        """Take over what a kind costs together with loads, if that is more than each by itself."""
        keys = {load.variables for load in loads}
        within = [
            other
            for other, (counts, _) in enumerate(pots)
            if other != number and any(tally.atoms in keys for tally in counts)
        ]
        if weighed <= shared[number] + sum(shared[other] for other in within):
            return False
        shared[number] = weighed
        for other in within:
            shared[other] = 0
        self._gone.update(within)
        self._apart |= keys
        return True
