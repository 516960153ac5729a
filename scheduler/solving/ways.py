"""Every way to have some of a doctor's duties, as far as they may be lawful and held.

A way is a set of decisions that are true while the others of them are false. What follows from it,
whatever all other decisions are, is had from `outlook`. Doctors are much alike, and so are weeks:
what looks the same in every respect that tells is looked at once.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.cliques import is_at_most_one
from scheduler.solving.model import AT_LEAST, Definition, Terms
from scheduler.solving.outlook import Outlook
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index

_MANY = 1_024  # ways: from here on they are sifted before all decisions are settled
_AGAIN = 4  # times as many ways as were left before: then they are sifted anew
_AT_ONCE = 2_048  # ways that are sifted at a time
_BITS = 62  # decisions, at most, to be told apart in one number

_Flags = NDArray[np.bool_]

_Short = NDArray[np.int8]

_Sum = tuple[tuple[int, int], ...]
"""How much of which ends."""

_End = tuple[int, int | None]
"""An amount that is settled, or the number of an end that is not."""


class _Looks(NamedTuple):
    """What tells, by ends: what a variable is at least or at most.

    Attributes:
        exclusive: of each decision the earlier ones that it excludes.
        definitions: (kind, threshold, sum) of the ends after those of decisions, in order; a
            decision has two, the most it can be after the least.
        broken: (end on which it depends or -1, amount, sum): together they must not be above 0.
        prices: (price, end, what it costs where all decisions are open).
        room: what all prices together may be over that.
        most: ways.
    """

    exclusive: tuple[tuple[int, ...], ...]
    definitions: tuple[tuple[str, int, _Sum], ...]
    broken: tuple[tuple[int, int, _Sum], ...]
    prices: tuple[tuple[int, int, int], ...]
    room: int
    most: int


class Ways:
    """Ways to have decisions.

    Args:
        index: the plain model.
        outlook: on the prices of the held step.
        among: all decisions that are going to be asked of.
    """

    def __init__(self, index: Index, outlook: Outlook, among: Set[int]) -> None:
        """Note which decisions exclude each other."""
        self._index, self._outlook = index, outlook
        self._exclusive = _exclusive(index, among)
        self._known: dict[bytes, tuple[_Short, Numbers] | None] = {}

    def of(
        self,
        decisions: Sequence[int],
        following: Sequence[int],
        priced: Sequence[int],
        room: int,
        most: int,
    ) -> tuple[Numbers, Numbers] | None:
        """The ways, none of all included, and what each costs at least.

        Args:
            decisions: those that are settled.
            following: the definitions that depend on them, in their order.
            priced: variables with a price, of these.
            room: no way costs more.
            most: ways.

        Returns:
            A row for each way, 1 where a decision is true, and the costs; None where there are too
            many ways, or too many decisions.
        """
        if len(decisions) > _BITS:
            return None
        looks = self._looks(decisions, following, priced, room, most)
        key = hashlib.sha256(repr(looks).encode()).digest()
        if key not in self._known:
            self._known[key] = _found(looks)
        found = self._known[key]
        return None if found is None else (found[0].astype(np.int64), found[1])

    def _looks(
        self,
        decisions: Sequence[int],
        following: Sequence[int],
        priced: Sequence[int],
        room: int,
        most: int,
    ) -> _Looks:
        ends = _Ends(self._index, self._outlook, decisions, following)
        exclusive = tuple(
            tuple(n for n in range(at) if decisions[n] in self._exclusive.get(own, ()))
            for at, own in enumerate(decisions)
        )
        broken = ends.broken()
        prices = []
        for var in priced:
            price, cheapest = self._outlook.prices[var], self._outlook.cheapest(var)
            _, end = ends.of(var, price < 0)
            if end is not None:
                prices.append((price, end, cheapest))
        return _Looks(exclusive, tuple(ends.definitions), broken, tuple(prices), room, most)


class _Ends:
    """What variables are at least and at most, as far as some decisions tell.

    Attributes:
        definitions: of the ends that are not settled, as in `_Looks`.
    """

    def __init__(
        self, index: Index, outlook: Outlook, decisions: Sequence[int], following: Sequence[int]
    ) -> None:
        self._index, self._open = index, (outlook.lows, outlook.highs)
        self._following = {d.var: d for d in (index.model.definitions[n] for n in following)}
        self.definitions: list[tuple[str, int, _Sum]] = []
        self._known: dict[tuple[int, bool], _End] = {}
        self._spans: list[tuple[int, int]] = []
        for number, own in enumerate(decisions):
            for most in (False, True):
                self._known[own, most] = 0, 2 * number + most
                self._spans.append((0, 1))

    def of(self, var: int, most: bool) -> _End:
        """What a variable is at least, or at most."""
        if (var, most) not in self._known:
            d = self._following.get(var)
            found = (self._open[most][var], None) if d is None else self._followed(d, most)
            self._known[var, most] = found
        return self._known[var, most]

    def broken(self) -> tuple[tuple[int, int, _Sum], ...]:
        """What must not be above 0, of all that is demanded of these variables."""
        told = [var for var, _ in self._known]
        numbers = {n for v in (*told, *self._following) for n in self._index.constraints_on(v)}
        found = []
        for number in sorted(numbers):
            c = self._index.model.constraints[number]
            settled, guard = self.of(c.only_if, False)
            if guard is None and not settled:
                continue
            for most, side in ((False, c.high), (True, c.low)):
                if side is None:
                    continue
                constant, own = self._sum(c.terms, most)
                sign = -1 if most else 1
                over = tuple((sign * a, end) for a, end in own)
                beyond = sign * (constant - side)
                if beyond + self._span(over)[1] > 0:
                    found.append((-1 if guard is None else guard, beyond, over))
        return tuple(found)

    def _followed(self, d: Definition, most: bool) -> _End:
        constant, own = self._sum(d.terms, most)
        low, high = (constant + end - d.threshold for end in self._span(own))
        if d.kind == AT_LEAST and (low >= 0 or high < 0):
            return int(low >= 0), None
        if d.kind != AT_LEAST and (high <= 0 or low == high):
            return max(0, high), None
        self.definitions.append((d.kind, d.threshold - constant, own))
        self._spans.append((0, 1) if d.kind == AT_LEAST else (max(0, low), high))
        return 0, len(self._spans) - 1

    def _sum(self, terms: Terms, most: bool) -> tuple[int, _Sum]:
        sums, constant = Counter[int](), 0
        for c, var in terms:
            settled, end = self.of(var, most == (c > 0))
            if end is None:
                constant += c * settled
            else:
                sums[end] += c
        return constant, tuple((c, end) for end, c in sorted(sums.items()) if c)

    def _span(self, own: _Sum) -> tuple[int, int]:
        low = sum(c * self._spans[end][c < 0] for c, end in own)
        return low, sum(c * self._spans[end][c > 0] for c, end in own)


def _found(looks: _Looks) -> tuple[_Short, Numbers] | None:
    ways = np.zeros((1, 0), dtype=np.int8)
    costs = np.zeros(1, dtype=np.int64)
    left = _MANY // _AGAIN
    for place, out in enumerate(looks.exclusive):
        free = ways[~ways[:, list(out)].any(axis=1)]
        ways = np.concatenate(
            (
                np.pad(ways, ((0, 0), (0, 1))),
                np.pad(free, ((0, 0), (0, 1)), constant_values=1),
            )
        )
        if len(ways) > _AGAIN * left or place == len(looks.exclusive) - 1:
            ways, costs = _sifted(looks, ways)
            left = max(len(ways), _MANY // _AGAIN)
            if len(ways) > looks.most:
                return None
    return ways, costs


def _sifted(looks: _Looks, ways: _Short) -> tuple[_Short, Numbers]:
    """The ways that may be lawful and held, with what they cost; later decisions are open."""
    kept, costs = [], []
    for first in range(0, len(ways), _AT_ONCE):
        own = ways[first : first + _AT_ONCE]
        lawful, cost = _asked(looks, own.astype(np.int64))
        lawful &= cost <= looks.room
        kept.append(own[lawful])
        costs.append(cost[lawful])
    return np.concatenate(kept), np.concatenate(costs)


def _asked(looks: _Looks, ways: Numbers) -> tuple[_Flags, Numbers]:
    """Which ways may be lawful, and what they cost."""
    ends: list[Numbers | int] = [way for way in ways.T for _ in range(2)]
    ends += [0, 1] * (len(looks.exclusive) - ways.shape[1])  # later decisions
    for kind, threshold, own in looks.definitions:
        total = _added(-threshold, own, ends)
        ends.append(1 * (total >= 0) if kind == AT_LEAST else np.maximum(0, total))
    lawful = np.ones(len(ways), dtype=np.bool_)
    for guard, beyond, own in looks.broken:
        asked = np.greater(1 if guard < 0 else ends[guard], 0)
        lawful &= ~(np.greater(_added(beyond, own, ends), 0) & asked)
    costs = np.zeros(len(ways), dtype=np.int64)
    for price, end, cheapest in looks.prices:
        costs += price * ends[end] - cheapest
    return lawful, costs


def _added(constant: int, own: _Sum, ends: Sequence[Numbers | int]) -> Numbers | int:
    total: Numbers | int = constant
    for c, end in own:
        total = total + c * ends[end]
    return total


def _exclusive(index: Index, among: Set[int]) -> Mapping[int, set[int]]:
    """What each of these decisions excludes."""
    found: dict[int, set[int]] = defaultdict(set)
    model = index.model
    for number in sorted({n for own in among for n in index.constraints_on(own)}):
        c = model.constraints[number]
        if is_at_most_one(c, model.uppers):
            named = {var for _, var in c.terms if var in among}
            for var in named:
                found[var] |= named
    return found
