"""The best roster so far, and others nearly as good from which better ones may be reached.

Where no few doctors have anything better left among them, they share out anew at prices that are
drawn at random and small, and what they come to is taken as long as it is not much worse than the
best. So others have something left again.
"""

import random
from collections.abc import Callable
from dataclasses import replace

from scheduler.solving.model import Step
from scheduler.solving.packed import Numbers
from scheduler.solving.part import Part, take_over
from scheduler.solving.state import State

FINE = 0.001
"""Of what there is: nobody is asked for less than that."""

_STILL = 40  # groups that brought less, before others are taken
_FAR = 4  # times that, at most, over the best
_PRICES = 6  # and a part of it, at most, for a decision


class Wandering:
    """Takes over what groups come to.

    Attributes:
        best: what the best roster is worth.

    Args:
        state: a lawful roster.
        worth: what rosters are compared by; less is better.
        place: of what is bettered; what comes before it is held, what comes after it breaks ties.
        wanders: whether others than better ones may be taken at all.
    """

    def __init__(
        self,
        state: State,
        worth: Callable[[State], tuple[int, ...]],
        place: int,
        *,
        wanders: bool,
    ) -> None:
        """The roster is the best so far."""
        self._worth, self._place, self._wanders = worth, place, wanders
        self._still = 0
        self._note(state)

    @property
    def price(self) -> int:
        """What a decision may cost at most, drawn at random; 0 where only better ones are taken."""
        return self._fine // _PRICES if self._wanders and self._still >= _STILL else 0

    def take(self, state: State, free: Numbers, chosen: frozenset[int] | None) -> bool:
        """Take over what a group came to; whether the roster is the best so far."""
        before, near = self.best[self._place], bool(self.price)
        self._still += 1
        if chosen is None:
            return False
        taken = take_over(state, free, chosen, self._near if near else self._worth, ties=near)
        if not taken or self._worth(state) >= self.best:
            return False
        if before - self._worth(state)[self._place] > self._fine:
            self._still = 0
        self._note(state)
        return True

    def back(self, state: State) -> None:
        """Let the roster be the best one."""
        state.become(self._decided)

    def _note(self, state: State) -> None:
        self.best, self._decided = self._worth(state), state.decided
        self._fine = max(0, int(FINE * self.best[self._place]))

    def _near(self, state: State) -> tuple[int, ...]:
        """What is not much worse than the best counts alike."""
        worth = self._worth(state)
        limit = self.best[self._place] + _FAR * self._fine
        return (*worth[: self._place], max(worth[self._place], limit))


def priced(step: Step, own: Part, price: int, seed: int) -> Step:
    """A sum with a price for each decision of a part, none of them over this."""
    chance = random.Random(seed)
    prices = tuple((chance.randint(0, price), var) for var in own.decisions)
    return replace(step, terms=(*step.terms, *prices))
