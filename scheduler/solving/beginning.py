"""When a search begins a roster anew with its weekends, and whether that is of use."""

import threading
from collections.abc import Callable, Sequence

from scheduler.solving.bounds import Bounds
from scheduler.solving.budgets import OPENED
from scheduler.solving.comparing import Comparing
from scheduler.solving.occasions_first import TAKES, OccasionsFirst, Spell
from scheduler.solving.state import Index, State
from scheduler.solving.step_bounds import HELD
from scheduler.solving.turns import Turn

_READING = 3e-4  # seconds for each variable that it takes at least to weigh weekends
_EARLIEST = 2  # steps before the comparisons: the cover, and a sum that is held


class Beginning:
    """Weighs weekends while the sum before the comparisons is bettered, and begins with them.

    Args:
        index: of the model.
        comparing: what shares out anew after it.
        seed: of every random choice.
        workers: that cool side by side.
        stop: set from outside to end early.
    """

    def __init__(
        self,
        index: Index,
        comparing: Comparing,
        seed: int,
        workers: int,
        stop: threading.Event,
    ) -> None:
        """Nothing is weighed yet."""
        self._index, self._comparing, self._stop = index, comparing, stop
        first, summing = comparing.first or 0, comparing.summing
        self._first: OccasionsFirst | None = None
        if summing is not None and first >= _EARLIEST and index.model.size <= HELD:
            self._first = OccasionsFirst(index, first - 1, summing, seed, workers, stop)

    @property
    def ready(self) -> bool:
        """Whether a roster can begin so."""
        return self._first is not None and self._first.ready

    def known(self, number: int, scores: Sequence[int]) -> tuple[int, tuple[float, ...]] | None:
        """A bound of a step that holds for a roster, and what it rests on; None if none is known.

        Args:
            number: of the step.
            scores: of the roster.
        """
        return None if self._first is None else self._first.known(number, scores)

    def serves(self, seconds: float, left: float) -> bool:
        """Whether there is time to weigh weekends, and to begin with them.

        Args:
            seconds: for weighing.
            left: of the whole search.
        """
        if self._first is None or seconds < _READING * self._index.model.size:
            return False
        return self.ready or self._comparing.has_time(left * OPENED * (1 - TAKES))

    def weigh(
        self, scores: Sequence[int], until: Callable[[], float], left: float, bounds: Bounds
    ) -> bool:
        """Weigh weekends beside the sum before the comparisons, where there will be time for it.

        Args:
            scores: of a roster.
            until: seconds left for it.
            left: seconds of the whole search.
            bounds: that sum's is bettered in place.

        Returns:
            Whether a roster can begin with them now.
        """
        own, first = self._first, self._comparing.first
        if own is None or first is None or not self.serves(until(), left):
            return False
        if not self.ready:
            least = own.weigh(scores, lambda: self._stop.is_set() or until() <= 0)
            bounds.better(first - 1, least, scores)
        return self.ready

    def make(
        self,
        state: State,
        turn: Turn,
        within: Callable[[float], Callable[[], float]],
        seconds: float,
        number: int,
    ) -> State | None:
        """Make another roster that begins with its weekends; None where there is none.

        Args:
            state: a lawful roster; becomes each that is better as a whole.
            turn: how long all has that follows.
            within: what is left of so many seconds, counted from now on.
            seconds: of all that follows the first.
            number: of the roster: each begins with other weekends.
        """
        first = self._first if self.ready else None
        if first is None or not self._comparing.has_time(seconds * (1 - TAKES)):
            return None

        def met(own: State) -> None:
            if not own.violation and own.score() < state.score():
                state.become(own.decided)
                turn.found(state)

        spell = Spell(lambda part: within(part * seconds), turn.enough, met)
        return first.make(state, spell, number)
