"""What variables can be where some decisions are settled and all others are open.

A definition of open and settled variables lies between two numbers. So what a choice costs at
least, whatever else is done, is found without a solver, for many choices of the same decisions
at once.
"""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.model import AT_LEAST, TRUE, Terms
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index

Amount = Numbers | int
"""Of each choice, or of all alike."""

Span = tuple[Amount, Amount]
"""The least and the most that a variable can be."""

_Flags = NDArray[np.bool_]


class Outlook:
    """What variables can be.

    Args:
        index: the plain model.
        prices: of variables; what leads to none of these and to no constraint is not looked at.
    """

    def __init__(self, index: Index, prices: Mapping[int, int]) -> None:
        """Find what each variable can be where all decisions are open."""
        self._index = index
        self.prices: Mapping[int, int] = prices
        model = index.model
        self.lows: list[int] = [0] * model.size
        self.highs: list[int] = [0] * model.size
        self.lows[TRUE] = self.highs[TRUE] = 1
        self.highs[2 : model.decisions + 2] = [1] * model.decisions
        for d in model.definitions:
            low, high = _follows(d.kind, d.threshold, *self._sum(d.terms, {}))
            self.lows[d.var], self.highs[d.var] = int(low), int(high)
        self._leading = _leading(index, prices)

    def leave_out(self, variables: Collection[int]) -> None:
        """Forget the prices of these variables."""
        self.prices = {var: price for var, price in self.prices.items() if var not in variables}

    @property
    def least(self) -> int:
        """What all prices together come to at least."""
        return sum(self.cheapest(var) for var in self.prices)

    def following(self, variables: Iterable[int]) -> list[int]:
        """The numbers of the definitions that depend on these variables, in their order."""
        defined = self._index.packed.defined
        found, pending = set[int](), list(variables)
        while pending:
            for number in self._index.definitions_on(pending.pop()):
                if self._leading[number] and number not in found:
                    found.add(number)
                    pending.append(int(defined[number]))
        return sorted(found)

    def priced(self, decisions: Iterable[int], following: Iterable[int]) -> list[int]:
        """Those among them, and among what follows from them, that have a price."""
        defined = self._index.packed.defined
        named = [*decisions, *(int(defined[number]) for number in following)]
        return [var for var in named if var in self.prices]

    def settled(self, true: Collection[int]) -> dict[int, Span]:
        """What variables can be where some are true and all decisions are open.

        Args:
            true: what is known to be.

        Returns:
            Of these, and of all that follows from them; what is not named can be what it could.
        """
        spans: dict[int, Span] = {
            var: (max(1, self.lows[var]), max(1, self.highs[var])) for var in true
        }
        for number in self.following(true):
            d = self._index.model.definitions[number]
            low, high = _follows(d.kind, d.threshold, *self._sum(d.terms, spans))
            if d.var in true:
                low, high = np.maximum(low, 1), np.maximum(high, 1)
            spans[d.var] = low, high
        return spans

    def cheapest(self, var: int) -> int:
        """What a price comes to at least where all decisions are open."""
        return int(self._cost(var, self.lows[var], self.highs[var]))

    def dearer(self, var: int, span: Span) -> Amount:
        """By how much a price is at least higher than where all decisions are open."""
        return self._cost(var, *span) - self.cheapest(var)

    def _cost(self, var: int, low: Amount, high: Amount) -> Amount:
        price = self.prices[var]
        return price * (low if price > 0 else high)

    def _sum(self, terms: Terms, spans: Mapping[int, Span]) -> Span:
        low: Amount = 0
        high: Amount = 0
        for c, var in terms:
            less, more = spans.get(var) or (self.lows[var], self.highs[var])
            if c < 0:
                less, more = more, less
            low, high = low + c * less, high + c * more
        return low, high


def _leading(index: Index, prices: Collection[int]) -> _Flags:
    """Of each definition whether it leads to a price or a constraint."""
    packed = index.packed
    asked = np.zeros(packed.size, dtype=np.bool_)
    asked[list(prices)] = True
    asked[packed.constraints.variables] = True
    asked[packed.guards] = True
    begins, variables = packed.definitions.begins, packed.definitions.variables
    found = np.zeros(len(packed.defined), dtype=np.bool_)
    for number in range(len(found) - 1, -1, -1):
        if asked[packed.defined[number]]:
            found[number] = True
            asked[variables[begins[number] : begins[number + 1]]] = True
    return found


def _follows(kind: str, threshold: int, low: Amount, high: Amount) -> Span:
    if kind == AT_LEAST:
        return 1 * (low >= threshold), 1 * (high >= threshold)
    return np.maximum(0, low - threshold), np.maximum(0, high - threshold)
