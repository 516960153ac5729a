"""All who are compared are brought down to where the worst-off must be, and the sum stays low.

To better the worst-off alone helps little where many are as far over as she is: each group would
only bring her to where the next one is. So what all of them are over that height is added up, and
among equals the sum decides.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from scheduler.solving.groups import Pull
from scheduler.solving.improve import extent
from scheduler.solving.model import EXCESS, Definition, Step
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.part import Part
from scheduler.solving.reshuffle import Posted, Reshuffle, heights
from scheduler.solving.state import Index, State


class Levelling(Reshuffle):
    """Lets doctors share out anew until nobody is further over than this.

    Attributes:
        price: of one of the first step's integers over the height, in integers of the sum; None
            where it comes before any sum.

    Args:
        index: of the model.
        first: the first step that compares doctors; those before it are held.
        summing: the sum that follows the comparisons.
        tops: how far over the share each may be, by the place among those who are compared; who
            is not named may be anywhere.
        seed, workers, stop, below: as in `Reshuffle`.
    """

    def __init__(
        self,
        index: Index,
        first: int,
        summing: int,
        tops: Mapping[int, int],
        seed: int,
        workers: int,
        stop: threading.Event,
        below: Mapping[int, int] | None = None,
    ) -> None:
        """Nothing has been tried."""
        super().__init__(index, summing, seed, workers, stop, held=first, below=below)
        self.price: int | None = None
        count = len(index.model.steps[first].entries)
        self._tops: Numbers = np.full(count, NO_LIMIT, dtype=np.int64)
        self._tops[list(tops)] = list(tops.values())

    def over(self, state: State) -> Numbers:
        """By how much each is over the height."""
        over: Numbers = np.maximum(0, heights(state, self._held) - self._tops)
        return over

    def _worth(self, state: State) -> tuple[int, ...]:
        scores = state.score()
        over, (summed, *later) = int(self.over(state).sum()), scores[self._number :]
        if self.price is None:
            return (*scores[: self._held], over, summed, *later)
        return (*scores[: self._held], self.price * over + summed, *later)

    def _reached(self, state: State, enough: Callable[[], int]) -> bool:
        return not self.over(state).any()

    def _pull(self, state: State) -> Pull:
        """Who is over the height is to give, and who is under it has room."""
        over = self.over(state)
        room = np.where(self._tops == NO_LIMIT, 0, self._tops - heights(state, self._held))
        return self._by_doctor({p: int(over[p]) for p in np.flatnonzero(over).tolist()}, room)

    def _aim(self, own: Part) -> Posted:
        """What they are over the height, and the sum among equals, or both at their price."""
        uppers = list(self._index.model.uppers)
        values = dict(own.values)
        definitions = list(own.definitions)
        over = []
        entries = own.steps[self._held].entries
        for (terms, constant), top in zip(entries, self._tops.tolist(), strict=True):
            if not terms:
                continue
            threshold = top - constant
            most = sum(max(0, c * uppers[var]) for c, var in terms) - threshold
            if most <= 0:
                continue
            var = len(uppers)
            uppers.append(most)
            values[var] = max(0, sum(c * values[v] for c, v in terms) - threshold)
            definitions.append(Definition(var, EXCESS, tuple(terms), threshold, most))
            over.append((1, var))
        summed = own.steps[self._number]
        aim = replace(summed, terms=tuple(over), constant=0)
        weighted: list[tuple[int, Step]] = [(1, summed)]
        if over:
            most = 1 + extent(summed, self._index.packed.uppers)
            weighted.insert(0, (most if self.price is None else self.price, aim))
        return replace(own, values=values, definitions=tuple(definitions)), uppers, weighted
