"""What sharing out occasions costs at least beside the nights and points that come with them.

Who has part in which weekends, who has which duties of each weekend, and what each doctor then has
in all are found apart from each other: the cheapest choice of each is had exactly. Multipliers make
them agree: a part in a weekend is paid for, and so is what a duty adds to a doctor's nights and
points. Whatever the multipliers are, no roster undercuts what the choices come to together; better
and better ones are looked for. All is added up in whole numbers and no solver is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.choosing import Choice, Prices, choose
from scheduler.solving.covering import FAR, Covering
from scheduler.solving.jit import compiled
from scheduler.solving.loads import Load
from scheduler.solving.occasions import Occasion
from scheduler.solving.packed import Numbers
from scheduler.solving.rebates import Rebates
from scheduler.solving.taking_part import TakingPart
from scheduler.solving.tallies import Row, Tally

_UNIT = 1 << 12  # how finely multipliers are told
_STEPS, _FEWEST = 1_200, 200  # towards better multipliers
_WORK = 2_500_000_000  # additions in all
_PACE, _SLOWEST = 0.7, 0.002  # of what one part more costs more than the last; at the end
_LOADS = 0.2  # times that, for what loads are paid
_KEPT, _SQUARES = 0.95, 0.99  # of former directions, and of their squares
_SMALL = 0.05  # a direction that is no direction
_ASKED = 10  # steps between looks at the time


@dataclass(frozen=True)
class Shared:
    """What is shared out.

    Attributes:
        tallies: of which the atoms are occasions.
        occasions: of each tally, in order of time.
        families: rows that hang together; no occasion is in two of them.
        others: other rows, and what else they demand.
        room: what all occasions may cost of the held step.
        parts: how many occasions are had, about.
    """

    tallies: Sequence[Tally]
    occasions: Sequence[Sequence[Occasion]]
    families: Sequence[Sequence[Row]]
    others: Sequence[Row]
    room: int
    parts: int


class Weighing:
    """The choices, and what they come to.

    Args:
        size: of the model, in variables.
        shared: what is shared out.
        loads: what duties add to.

    Raises:
        ValueError: a family demands too many things at once.
    """

    def __init__(self, size: int, shared: Shared, loads: Sequence[Load]) -> None:
        """Lay out what is chosen from."""
        self._size, self._room, self._loads = size, shared.room, loads
        self._own = [each for occasions in shared.occasions for each in occasions]
        self._covering = Covering(self._own, shared.families)
        prices = [tally.costs(tally.size) for tally in shared.tallies]
        self._taking = TakingPart(shared.occasions, prices, shared.room)
        self._families = shared.families
        self._best: tuple[int, Numbers] | None = None
        self._parts = shared.parts / max(1, len(shared.tallies))
        terms = [(number, c, v) for number, own in enumerate(loads) for c, v in own.terms]
        table = np.array(terms, dtype=np.int64).reshape(-1, 3)
        self._of, self._adds, self._named = (np.ascontiguousarray(each) for each in table.T)
        inside = {own for family in shared.families for row in family for own in row.decisions}
        self._others = Others(set(self._named.tolist()), inside, shared.others)
        self._ends = self._limits()

    @classmethod
    def of(cls, size: int, shared: Shared, loads: Sequence[Load]) -> "Weighing | None":
        """The same; None where too much is demanded at once, or there is nothing to weigh."""
        try:
            found = cls(size, shared, loads)
        except ValueError:
            return None
        return found if found._taking.dearest else None

    def bound(self, over: Callable[[], bool]) -> int | None:
        """What no roster undercuts; None where nothing is found out.

        Args:
            over: asked now and then; the best that is known by then is told.
        """
        additions = self._covering.size + self._taking.size + 2 * len(self._named)
        steps = min(_STEPS, _WORK // max(1, additions))
        if steps < _FEWEST or self._largest() * _UNIT >= FAR // 4:
            return None
        ascent = _Ascent(self._scales(), self._ends, steps)
        ascent.multipliers[: len(self._own)] = self._taking.slope(self._parts)
        for step in range(steps):
            if step % _ASKED == 0 and over():
                break
            told = np.rint(ascent.multipliers * _UNIT).astype(np.int64)
            value, direction = self._weigh(told)
            if value >= FAR // 2:
                return None
            if self._best is None or value > self._best[0]:
                self._best = value, told
            ascent.go(direction)
        return None if self._best is None else -(-self._best[0] // _UNIT)

    def beside(self, rebates: Sequence[Rebates]) -> int | None:
        """The bound that was found, with what parts cost elsewhere; None where there is none.

        Args:
            rebates: what families cost or save elsewhere; no family is in two of them.
        """
        told = [(self._inside(own.families), own.options) for own in rebates]
        largest = sum(
            float(max(abs(constant) + abs(amount) * inside.sum() for constant, amount in options))
            for inside, options in told
        )
        if self._best is None or (self._largest() + largest) * _UNIT >= FAR // 4:
            return None
        alone, multipliers = self._best
        found = alone
        for inside, options in told:  # other families are as they were
            found += max(
                _UNIT * constant
                + (self._weigh(multipliers, amount * inside)[0] - alone if amount else 0)
                for constant, amount in options
            )
        return -(-found // _UNIT)

    def choice(self, seed: int, over: Callable[[], bool]) -> Choice | None:
        """One good choice of who has what of each occasion; None where there is no bound.

        Args:
            seed: of what is tried.
            over: asked now and then; the best that is known by then is told.
        """
        if self._best is None:
            return None
        _, told = self._best
        tolls, toll = told[len(self._own) : -1], int(told[-1])
        prices = Prices(self._prices(tolls), toll, _UNIT, self._room)
        return choose(self._own, self._covering.laid, self._taking.laid, prices, seed, over)

    def _inside(self, families: Sequence[int]) -> Numbers:
        """Which occasions are in these families: 1 or 0, through all of them."""
        rows = (row for number in families for row in self._families[number])
        named = {decision for row in rows for decision in row.decisions}
        return np.array([not named.isdisjoint(each.decisions) for each in self._own], np.int64)

    def _weigh(self, multipliers: Numbers, rebates: Numbers | int = 0) -> tuple[int, Reals]:
        """What the cheapest choices come to, `_UNIT` times as large, and how they disagree."""
        count = len(self._own)
        parts, tolls, toll = multipliers[:count], multipliers[count:-1], int(multipliers[-1])
        prices = self._prices(tolls)
        used = np.zeros(self._size, dtype=np.int64)
        covering, had = np.zeros((2, count), dtype=np.int64)
        given = self._covering.cheapest(prices, parts - _UNIT * rebates, toll, used, covering)
        taken = self._taking.cheapest(parts, toll, _UNIT, had)
        value = given.cost + taken.cost - toll * self._room + self._others.cheapest(prices, used)
        direction = np.empty(len(multipliers))
        direction[:count] = covering - had
        loaded = np.bincount(
            self._of, weights=self._adds * used[self._named], minlength=len(self._loads)
        )
        for number, load in enumerate(self._loads):
            costs = _UNIT * load.costs - tolls[number] * load.amounts
            place = int(costs.argmin())
            value += int(costs[place])
            direction[count + number] = loaded[number] - load.amounts[place]
        direction[-1] = given.spent + taken.spent - self._room
        return value, direction

    def _prices(self, tolls: Numbers) -> Numbers:
        """What each decision costs by what it adds to loads."""
        prices = np.zeros(self._size, dtype=np.int64)
        np.add.at(prices, self._named, tolls[self._of] * self._adds)
        return prices

    def _scales(self) -> Reals:
        """How far each multiplier goes at once, at first."""
        bends = [
            2 * float(np.ptp(costs)) / max(1, len(costs) - 1) ** 2 for costs in self._taking.prices
        ]
        pace = _PACE * max(bends, default=0.0)
        paid = [_LOADS / _size(load) for load in self._loads]
        costs = np.concatenate([np.zeros(0), *(each.costs for each in self._own)])
        spent = float(costs[costs > 0].mean()) if (costs > 0).any() else 1.0
        scales = [1.0] * len(self._own) + paid + [1 / spent]
        return pace * np.array(scales)

    def _limits(self) -> tuple[Reals, Reals]:
        """What each multiplier may be: any are right, and so sums stay small."""
        most = 2.0 * self._taking.dearest + 1
        loads = [
            2.0 * max(load.steepest, most / min(abs(c) for c, _ in load.terms))
            for load in self._loads
        ]
        highs = np.array([most] * len(self._own) + loads + [most])
        lows = -highs
        told = np.array([len(each.ways) > 0 for each in self._own], dtype=np.bool_)
        lows[: len(told)][~told] = highs[: len(told)][~told] = 0
        lows[-1] = 0
        return lows, highs

    def _largest(self) -> float:
        """No sum is larger than this, whatever the multipliers."""
        _, highs = self._ends
        count = len(self._own)
        tolls, toll = highs[count:-1], highs[-1]
        spent = sum(float(each.costs.max(initial=0)) + sum(each.near) for each in self._own)
        loads = sum(
            float(load.costs.max() + toll * np.abs(load.amounts).max())
            for load, toll in zip(self._loads, tolls, strict=True)
        )
        duties = float((tolls[self._of] * np.abs(self._adds)).sum())
        parts = self._taking.dearest * (len(self._taking.prices) + 1)
        rest = float(toll * (spent + self._room) + parts)
        return 2 * float(highs[:count].sum()) + loads + duties + rest


def _size(load: Load) -> float:
    """What one duty adds, about."""
    amounts = [c for c, _ in load.terms]
    return float(np.sqrt(np.mean(np.square(amounts))))


class _Ascent:
    """Multipliers that go where choices disagree, each by how much it mostly does (Adam).

    Attributes:
        multipliers: as they are now.
    """

    def __init__(self, scales: Reals, ends: tuple[Reals, Reals], steps: int) -> None:
        self.multipliers = np.zeros(len(scales))
        self._scales, self._ends, self._steps = scales, ends, steps
        self._mean, self._square = np.zeros((2, len(scales)))
        self._step = 0

    def go(self, direction: Reals) -> None:
        """One step."""
        own = direction * self._scales / self._scales.max()
        self._step += 1
        self._mean = _KEPT * self._mean + (1 - _KEPT) * own
        self._square = _SQUARES * self._square + (1 - _SQUARES) * own * own
        mean = self._mean / (1 - _KEPT**self._step)
        size = np.sqrt(self._square / (1 - _SQUARES**self._step)) + _SMALL
        slowed = _SLOWEST + (1 - _SLOWEST) * (1 - self._step / self._steps) ** 2
        self.multipliers += slowed * self._scales * mean / size
        np.clip(self.multipliers, *self._ends, out=self.multipliers)


class Others:
    """Duties beside the occasions: each row by itself, and what is in no row."""

    def __init__(self, named: set[int], inside: set[int], rows: Sequence[Row]) -> None:
        taken = set(inside)
        own: list[tuple[tuple[int, ...], int, int]] = []
        for row in rows:
            if taken.isdisjoint(row.decisions) and not named.isdisjoint(row.decisions):
                taken.update(row.decisions)
                most = len(row.decisions) if row.most is None else row.most
                own.append((row.decisions, row.needed, most))
        free = tuple(sorted(named - taken))
        own.append((free, 0, len(free)))
        self._begins = np.cumsum([0, *(len(decisions) for decisions, _, _ in own)])
        self._decisions = np.array([v for decisions, _, _ in own for v in decisions], np.int64)
        self._needed = np.array([needed for _, needed, _ in own], dtype=np.int64)
        self._most = np.array([most for _, _, most in own], dtype=np.int64)

    def cheapest(self, prices: Numbers, used: Numbers) -> int:
        """What they cost at least; what is chosen is told in `used`."""
        arrays = self._begins, self._decisions, self._needed, self._most
        return int(_chosen(*arrays, prices, used))


@compiled
def _chosen(
    begins: Numbers,
    decisions: Numbers,
    needed: Numbers,
    most: Numbers,
    prices: Numbers,
    used: Numbers,
) -> int:
    total = 0
    for row in range(len(needed)):
        first, last = begins[row], begins[row + 1]
        if needed[row] == 0 and most[row] >= last - first:
            for at in range(first, last):
                if prices[decisions[at]] < 0:
                    total += prices[decisions[at]]
                    used[decisions[at]] = 1
            continue
        for count in range(min(most[row], last - first)):
            best = -1
            for at in range(first, last):
                own = decisions[at]
                if not used[own] and (best < 0 or prices[own] < prices[best]):
                    best = own
            if count >= needed[row] and prices[best] >= 0:
                break
            total += prices[best]
            used[best] = 1
    return total
