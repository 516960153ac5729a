"""What bounds a step beside the search: what must be shared out, and a linear program."""

import threading
from collections.abc import Callable, Sequence
from math import inf

from scheduler.solving.bounding import linear_bound
from scheduler.solving.bounds import Bounds
from scheduler.solving.counted import counted_bound
from scheduler.solving.sharing import shared_bound, tally_bound
from scheduler.solving.state import Index

HELD = 300_000  # variables: in larger models nothing is shared out within what is held
_RELAXED = 60_000  # variables: larger relaxations take a gigabyte and are not solved in time
_TERMS = 300_000  # of a relaxation: with more it takes 150 MB and up, and half a minute and up

Known = Callable[[int, Sequence[int]], tuple[int, tuple[float, ...]] | None]
"""A bound of a step, by its number, for rosters with these scores; and what it rests on."""


class StepBounds:
    """Betters the bounds of steps.

    Args:
        index: of the model.
        bounds: of all steps; bettered in place.
        known: what was found elsewhere.
        left: seconds of the whole search.
        small: whether the model is one of which all that is counted may be asked.
        stop: set from outside to end early.
    """

    def __init__(
        self,
        index: Index,
        bounds: Bounds,
        known: Known,
        left: Callable[[], float],
        *,
        small: bool,
        stop: threading.Event,
    ) -> None:
        """Nothing is bounded yet."""
        self._index, self._bounds, self._known = index, bounds, known
        self._left, self._small, self._stop = left, small, stop

    def relax(
        self, values: list[int], scores: Sequence[int], number: int, budget: float, more: float
    ) -> None:
        """Bound a step by what it and the first step speak of, all else left out.

        Args:
            values: of a roster.
            scores: of the same.
            number: of the step.
            budget: seconds for a linear program.
            more: so many times as long may what must be shared out take.
        """
        model = self._index.model
        self.share_out(number, scores, budget * (more if model.size <= HELD else 1.0))
        seconds = min(budget, self._left())
        if seconds <= 0 or self._stop.is_set():
            return
        own = (model, values, number, seconds)
        bound = linear_bound(*own, largest=_RELAXED, most=_TERMS, stop=self._stop)
        self._bounds.better(number, bound, scores)

    def shared(self, number: int, scores: Sequence[int], budget: float) -> bool:
        """Whether a bound on a sum comes from what must be shared out."""
        before = self._bounds[number]
        self.share_out(number, scores, budget)
        return self._bounds[number] > before

    def share_out(self, number: int, scores: Sequence[int], budget: float) -> None:
        """Bound a step by what must be shared out of all that it counts."""
        known = self._known(number, scores)
        if known is not None:
            self._bounds.better(number, *known)
            return
        end = self._left() - budget
        # In larger models what is counted takes long and tells little.
        for bounded in (tallied, counted_bound) if self._small else (tallied,):
            if scores[number] > self._bounds[number]:
                bound = bounded(self._index, number, scores, lambda: self._over(end))
                # How even it can be rests on what the cover may lack, and on no other step.
                compares = bool(self._index.model.steps[number].worst)
                under = (scores[0], *[inf] * (number - 1)) if compares else scores
                self._bounds.better(number, bound, under)

    def _over(self, end: float) -> bool:
        return self._stop.is_set() or self._left() <= end


def tallied(
    index: Index, number: int, scores: Sequence[int], over: Callable[[], bool]
) -> int | None:
    """A bound from what must be shared out.

    In a large model what is held is left out: it takes some 50 MB and more than there is time for.
    """
    step = index.model.steps[number]
    if index.model.size > HELD and number > 0 and not step.worst:
        return shared_bound(index, step, scores[0], over)
    return tally_bound(index, number, scores, over)
