"""The level on which doctors are compared: the worst-off first, then a sum, by sharing out anew.

What is held there bars nearly every single move, so a few doctors share out anew all that they have
(`reshuffle`). The comparisons bar most of that too. So the sum comes first, with the comparisons
left open; then the worst-off, with the sum as a tie; and then the sum once more, with both held.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.solving.evenness import Evenness
from scheduler.solving.levelling import Levelling
from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.state import Index, State

_UNDER = 0.1  # of the time, for those who are to stay under the share
_OPEN = 0.7  # of what is left of it, for the sum with the comparisons open; the rest is levelling


@dataclass(frozen=True)
class Turn:
    """How long to work, and what becomes of it.

    Attributes:
        enough: a value that a step cannot undercut, as far as it is known by then.
        until: seconds left.
        patience: groups without success before giving up.
        found: called after each improvement of the roster.
    """

    enough: Callable[[int], int]
    until: Callable[[], float]
    patience: int
    found: Callable[[State], None]


class Comparing:
    """Shares out anew for the steps of that level.

    Attributes:
        first: the first step that compares doctors; None where none does.
        loosened: whether the sum was bettered with the comparisons left open.

    Args:
        index: of the model.
        seed: of every random choice.
        workers: groups of doctors at a time.
        stop: set from outside to end early.
    """

    def __init__(self, index: Index, seed: int, workers: int, stop: threading.Event) -> None:
        """Find the level."""
        steps = index.model.steps
        self.first = next((n for n, step in enumerate(steps) if step.worst), None)
        self.loosened = False
        self._level = None if self.first is None else steps[self.first].level
        self._summing = next(
            (n for n, step in enumerate(steps) if step.level == self._level and not step.worst),
            None,
        )
        self._own = seed, workers, stop
        self._index = index
        self._shuffling: dict[int, Reshuffle] = {}

    def serves(self, number: int) -> bool:
        """Whether a step is of that level."""
        return self._index.model.steps[number].level == self._level

    def opens(self, number: int) -> bool:
        """Whether comparisons begin here, and a sum follows them."""
        return number == self.first and self._summing is not None and self._summing > number

    def share_loosely(self, state: State, turn: Turn) -> None:
        """Better the sum with the comparisons left open, where these are still far off.

        Args:
            state: a lawful roster; becomes each that is better as a whole.
            turn: how long.
        """
        first, summing = self.first, self._summing
        if first is None or summing is None:
            return
        loose = State(self._index, state.chosen)
        steps = self._index.model.steps
        even = Evenness.of(self._index, steps[first], state.score()[0])
        floors = even.floors() if even else {}
        height = max(turn.enough(first), even.bound(1) if even else 0)

        def better(loose: State) -> None:
            if loose.score() < state.score():
                self.loosened = True
                state.become(loose.decided)
                turn.found(state)

        def share(job: Reshuffle, part: float) -> None:
            job.run(
                loose,
                enough=lambda: turn.enough(summing),
                until=_within(turn.until, part),
                patience=turn.patience,
                found=better,
            )

        share(Levelling(self._index, first, summing, floors, *self._own), _UNDER)
        share(Reshuffle(self._index, summing, *self._own, held=first, below=floors), _OPEN)
        tops = dict.fromkeys(range(len(steps[first].entries)), height) | floors
        share(Levelling(self._index, first, summing, tops, *self._own, below=floors), 1.0)

    def reshuffle(self, state: State, number: int, turn: Turn) -> None:
        """Better one step, with all before it held."""
        if number not in self._shuffling:
            self._shuffling[number] = Reshuffle(self._index, number, *self._own)
        self._shuffling[number].run(
            state,
            enough=lambda: turn.enough(number),
            until=turn.until,
            patience=turn.patience,
            found=turn.found,
        )


def _within(until: Callable[[], float], part: float) -> Callable[[], float]:
    """A part of the time that is left."""
    later = until() * (1 - part)
    return lambda: until() - later
