"""The cheapest way to cover weekends, each by itself, where every duty has a price of its own.

What is demanded of a weekend goes to the doctors one after the other: each has one of the ways of
`occasions`, or nothing. A state is how much of each demand is met so far. So the cheapest choice is
found exactly, and no solver is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

import numpy as np

from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.occasions import Occasion
from scheduler.solving.packed import Numbers
from scheduler.solving.tallies import Row

FAR = 1 << 61
"""More than anything costs; all that is added up must be less than half of it."""

_STATES = 8_192  # of what is demanded together, at most

_Pairs = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Found:
    """A choice.

    Attributes:
        cost: what it comes to, prices included; `FAR` or nearly so where there is none.
        spent: of the held step.
    """

    cost: int
    spent: int


class Covering:
    """Families of rows with the occasions that share them.

    Attributes:
        size: how many additions one choice takes.
        laid: the families as arrays.

    Args:
        occasions: all of them, by number.
        families: rows that hang together; no occasion is in two of them.

    Raises:
        ValueError: a family demands too many things at once, a decision is of two occasions, or
            an occasion is not in one family.
    """

    def __init__(self, occasions: Sequence[Occasion], families: Sequence[Sequence[Row]]) -> None:
        """Lay out the ways and what each of them leads to."""
        layout = _Layout(occasions)
        for family in families:
            layout.add(family)
        layout.check()
        self.laid = layout.laid()
        self.size = layout.size

    def cheapest(
        self, prices: Numbers, parts: Numbers, toll: int, used: Numbers, had: Numbers
    ) -> Found:
        """The cheapest choice.

        Args:
            prices: of each decision.
            parts: what it costs to have some of each occasion.
            toll: for one of the held step.
            used: set to 1 for each decision that is chosen.
            had: set to whether some of each occasion is had.
        """
        cost, spent = _cheapest(self.laid, prices, parts, toll, used, had)
        return Found(int(cost), int(spent))


class Laid(NamedTuple):
    """Families, the occasions of each, the ways of these, and their decisions.

    Attributes:
        states: of each family; the last one is reached where all is met.
        family_at: where the occasions of each family begin.
        numbers: of the occasions.
        spared: whether nothing of them can be had.
        way_at: where the ways of each occasion begin.
        costs: of each way.
        begins, ends: where its pairs of states stand.
        decision_at: where its decisions begin.
        before, after: the pairs.
    """

    states: Numbers
    family_at: Numbers
    numbers: Numbers
    spared: Numbers
    way_at: Numbers
    costs: Numbers
    begins: Numbers
    ends: Numbers
    decision_at: Numbers
    decisions: Numbers
    before: Numbers
    after: Numbers


class _Layout:
    """The arrays in the making."""

    def __init__(self, occasions: Sequence[Occasion]) -> None:
        self._occasions = occasions
        self._of = {own: n for n, each in enumerate(occasions) for own in each.decisions}
        if len(self._of) < sum(len(each.decisions) for each in occasions):
            raise ValueError("decisions must be of one occasion each")
        self._pairs: dict[tuple[tuple[int, ...], ...], tuple[int, int]] = {}
        none: Numbers = np.empty(0, dtype=np.int64)
        self._pairs_laid: list[_Pairs] = [(none, none)]
        self._length = 0
        self.size = 0
        self._states: list[int] = []
        self._family_at, self._way_at, self._decision_at = [0], [0], [0]
        self._numbers: list[int] = []  # of the occasions, family by family
        self._spared: list[int] = []
        self._costs: list[int] = []
        self._reach: list[tuple[int, int]] = []
        self._decisions: list[int] = []

    def add(self, family: Sequence[Row]) -> None:
        needed = tuple(row.needed for row in family)
        exact = tuple(int(row.most == row.needed) for row in family)
        states = prod(n + 1 for n in needed)
        if states > _STATES:
            raise ValueError(f"states ({states}) must be at most {_STATES}")
        self._states.append(states)
        demanded = [frozenset(row.decisions) for row in family]
        for number in sorted({self._of[own] for row in family for own in row.decisions}):
            own = self._occasions[number]
            counts = np.array(
                [[each in row for row in demanded] for each in own.decisions], dtype=np.int64
            )
            given = (own.ways @ counts).tolist()
            for way, cost, adds in zip(own.ways, own.costs.tolist(), given, strict=True):
                begin, end = self._leads(needed, exact, tuple(adds))
                self._costs.append(cost)
                self._reach.append((begin, end))
                self._decisions += [own.decisions[place] for place in np.flatnonzero(way)]
                self._decision_at.append(len(self._decisions))
                self.size += end - begin
            self._numbers.append(number)
            self._spared.append(int(own.spared))
            self._way_at.append(len(self._costs))
            self.size += states
        self._family_at.append(len(self._numbers))

    def check(self) -> None:
        """Refuse occasions that are in no family, or in two: nothing would be paid in, or twice."""
        if sorted(self._numbers) != sorted(set(self._of.values())):
            raise ValueError("occasions must be in one family each")

    def _leads(
        self, needed: tuple[int, ...], exact: tuple[int, ...], adds: tuple[int, ...]
    ) -> tuple[int, int]:
        """Where the pairs of states stand, before and after so much of each row is given."""
        key = needed, exact, adds
        if key not in self._pairs:
            weights = np.cumprod([1, *(n + 1 for n in needed[:-1])])
            limits, more = np.array(needed), np.array(adds)
            states = np.arange(prod(n + 1 for n in needed))
            met = states[:, None] // weights % (limits + 1) + more
            free = ~((met > limits) & (np.array(exact) > 0)).any(axis=1)
            reached = (np.minimum(met, limits) @ weights)[free]
            self._pairs_laid.append((states[free].astype(np.int64), reached.astype(np.int64)))
            self._pairs[key] = self._length, self._length + len(reached)
            self._length += len(reached)
        return self._pairs[key]

    def laid(self) -> "Laid":
        """The arrays."""
        plain = (
            self._states,
            self._family_at,
            self._numbers,
            self._spared,
            self._way_at,
            self._costs,
            [begin for begin, _ in self._reach],
            [end for _, end in self._reach],
            self._decision_at,
            self._decisions,
        )
        pairs = zip(*self._pairs_laid, strict=True)
        arrays = (np.array(each, dtype=np.int64) for each in plain)
        return Laid._make((*arrays, *map(np.concatenate, pairs)))


@compiled
def _cheapest(
    t: Laid,
    prices: Numbers,
    parts: Numbers,
    toll: int,
    used: Numbers,
    had: Numbers,
) -> tuple[int, int]:
    total = 0
    spent = 0
    ways = np.empty(len(had), dtype=np.int64)
    for family in range(len(t.states)):
        cost = cover(t, family, prices, parts, toll, FAR, ways)
        if cost >= FAR // 2:
            return FAR, 0
        total += cost
        for place in range(t.family_at[family], t.family_at[family + 1]):
            way = ways[t.numbers[place]]
            had[t.numbers[place]] = way >= 0
            if way >= 0:
                spent += t.costs[way]
                for at in range(t.decision_at[way], t.decision_at[way + 1]):
                    used[t.decisions[at]] = 1
    return total, spent


@compiled_within
def cover(
    t: Laid, family: int, prices: Numbers, parts: Numbers, toll: int, room: int, ways: Numbers
) -> int:
    """The cheapest way to cover a family; `FAR` or nearly so where there is none.

    Args:
        t: the layout.
        family: its number.
        prices: of each decision.
        parts: what it costs to have some of each occasion.
        toll: for one of the held step.
        room: ways that cost more of the held step are not taken.
        ways: set to the way of each of its occasions, -1 for nothing of it.
    """
    count = t.states[family]
    first, last = t.family_at[family], t.family_at[family + 1]
    least = np.full(count, FAR)
    least[0] = 0
    chosen = np.full((last - first, count), -1, dtype=np.int64)
    came = np.zeros((last - first, count), dtype=np.int64)
    for place in range(first, last):
        row = place - first
        if t.spared[place]:
            then = least.copy()
            for state in range(count):
                came[row, state] = state
        else:
            then = np.full(count, FAR)
        for way in range(t.way_at[place], t.way_at[place + 1]):
            if t.costs[way] > room:
                continue
            cost = toll * t.costs[way] + parts[t.numbers[place]]
            for at in range(t.decision_at[way], t.decision_at[way + 1]):
                cost += prices[t.decisions[at]]
            for pair in range(t.begins[way], t.ends[way]):
                reached = least[t.before[pair]] + cost
                state = t.after[pair]
                if reached < then[state]:
                    then[state] = reached
                    chosen[row, state] = way
                    came[row, state] = t.before[pair]
        least = then
    state = count - 1
    if least[state] < FAR // 2:
        for row in range(last - first - 1, -1, -1):
            ways[t.numbers[first + row]] = chosen[row, state]
            state = came[row, state]
    return int(least[count - 1])
