"""The sum that follows comparisons, with these left open: rosters race, counts first.

Where the sum is made up of counts and of what weighs (`two_goes`), rosters race by their counts
alone, and the points of the one that came furthest come down with its counts held. At last all of
it is shared out anew.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.rivals import Begin, Rival, Rivals
from scheduler.solving.state import Index, State
from scheduler.solving.turns import Turn, within
from scheduler.solving.two_goes import in_two_goes

_TRIAL = 0.1  # of the time: it is given up if not as large a part of the pairs was tried by then
_COUNTING = 0.65  # of the time, for counts alone; and of what is left then,
_HOLDING = 0.7  # for all of the sum with the counts held
_LONG, _LONGER = 1.0, 2.0  # so many times what one took must be left for another; where two follow


class Loosely:
    """Betters the sum in rosters that may be worse where doctors are compared.

    Args:
        index: of the model.
        first: the first step that compares doctors; those before it are held.
        summing: the sum that follows the comparisons.
        floors: who is to stay under the share, and where.
        seed: of every random choice.
        workers: groups of doctors at a time.
        stop: set from outside to end early.
    """

    def __init__(
        self,
        index: Index,
        first: int,
        summing: int,
        floors: Mapping[int, int],
        seed: int,
        workers: int,
        stop: threading.Event,
    ) -> None:
        """Nothing is tried yet."""
        self._index, self._first, self._summing = index, first, summing
        self._floors = floors
        self._own = seed, workers, stop

    def better(self, begun: State, begin: Begin, turn: Turn) -> State | None:
        """The roster that came furthest.

        Args:
            begun: to begin with; changed in place.
            begin: others, from number 1 on.
            turn: how long.

        Returns:
            None where it was given up: there is no time for every two doctors.
        """
        if not self._has_time(begun, turn):
            return None
        goes = in_two_goes(self._index, self._first, self._summing)
        if goes is None:
            return self._raced(self._index, self._summing, begun, begin, turn, _LONG)
        silent = replace(turn, found=lambda _: None)  # what is met is no roster to hand on yet
        alone = replace(silent.part(_COUNTING), enough=lambda _: 0)
        counted = self._raced(goes, self._first, begun, begin, alone, _LONGER)
        held = replace(silent.part(_HOLDING), enough=lambda _: turn.enough(self._summing))
        number = self._first + 1
        held.run(self._job(goes, number, 0, held=number), counted, number)
        own = State(self._index, counted.chosen)
        turn.found(own)
        turn.run(self._job(self._index, self._summing, 0), own, self._summing)
        return own

    def _has_time(self, begun: State, turn: Turn) -> bool:
        """Whether so large a part of the pairs as of the time was tried, or nothing is left to try.

        No other board is laid out before that: it is large where doctors are many.
        """
        job = self._job(self._index, self._summing, 0)
        left, some = within(turn.until, _TRIAL), _TRIAL * job.pairs
        trial = replace(turn, until=lambda: left() if job.tried < some else 0.0)
        trial.run(job, begun, self._summing)
        return job.tried >= some or left() > 0

    def _raced(
        self, index: Index, number: int, begun: State, begin: Begin, turn: Turn, longer: float
    ) -> State:
        """The roster that came furthest on a step."""

        def run(job: Reshuffle, rival: State, until: Callable[[], float]) -> None:
            replace(turn, until=until).run(job, rival, number)

        def another(rival: int) -> State | None:
            other = begin(rival)
            return None if other is None else self._on(index, other)

        first = Rival(self._on(index, begun), self._job(index, number, 0))
        rivals = Rivals(self._first, number, run, turn.until, longer)
        return rivals.best(first, another, lambda rival: self._job(index, number, rival))

    def _on(self, index: Index, state: State) -> State:
        """The same roster on another board, if it is not on it yet."""
        return state if state.index is index else State(index, state.chosen)

    def _job(self, index: Index, number: int, rival: int, held: int | None = None) -> Reshuffle:
        """Who share out anew for a step with the comparisons open, in a roster of that number."""
        seed, workers, stop = self._own
        own = index, number, seed + rival, workers, stop
        return Reshuffle(*own, held=self._first if held is None else held, below=self._floors)
