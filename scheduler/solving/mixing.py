"""The first step where it is made of whole courses: cooled for a moment, then mixed and proven."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from scheduler.solving.bounds import Bounds
from scheduler.solving.cool import Crew
from scheduler.solving.state import State
from scheduler.solving.whole_courses import WholeCourses

_AHEAD, _IN_VAIN = 0.05, 0.15  # of the time, annealed before, and afterwards where it was in vain
_TURN, _SPELL = 0.5, 0.02  # a proof's turn, of what was mixed, and at least of that


@dataclass
class Mixing:
    """Betters the first step by whole courses of all doctors.

    Attributes:
        courses: what is mixed.
        crew: what cools before it.
        bounds: of all steps; a proof raises the first.
        within: so many seconds from now on, as a count of what is left of them.
        tell: called with what begins, "improve" or "prove".
        found: called after each improvement of the roster.
    """

    courses: WholeCourses
    crew: Crew
    bounds: Bounds
    within: Callable[[float], Callable[[], float]]
    tell: Callable[[State, str], None]
    found: Callable[[State], None]

    def run(self, state: State, budget: float, until: Callable[[], float], hot: float) -> bool:
        """Cool the first step for a moment, then mix whole courses for it.

        Cooling finds nothing in a roster that is whole courses already.

        Args:
            state: the roster; changed in place, never for the worse.
            budget: the whole time in seconds.
            until: what is left of it.
            hot: the heat to begin with.

        Returns:
            Whether these bettered it; where they did not, there is time left to cool in.
        """
        cools = not self.courses.begun
        if cools and self.crew.anneal(
            state, 0, until=self.within(budget * _AHEAD), enough=self._enough, hot=hot
        ):
            self.found(state)
        better = threading.Event()

        def found(state: State) -> None:
            better.set()
            self.found(state)

        def left() -> float:
            return until() - (0.0 if better.is_set() else budget * _IN_VAIN)

        # Mixing has its time first; where it stalls, a proof has half as much. Where that brings
        # nothing it is not asked again before twice as much was mixed.
        pauses = inf if self.courses.in_windows else 0.0
        while left() > 0 and not self._proven(state):
            paused = self.courses.improve(
                state, until=left, enough=self._enough, found=found, pauses=pauses
            )
            if pauses == inf or left() <= 0 or self._proven(state):
                break
            before = state.score()[0] - self.bounds[0]
            spell = self.within(max(_TURN * self.courses.spent, _SPELL * budget))
            if not self._prove(state, found, _shorter(left, spell) if paused else left):
                pauses = inf
            elif state.score()[0] - self.bounds[0] == before:
                pauses = 2 * self.courses.spent
            if not paused:
                break
        return better.is_set()

    def _prove(
        self, state: State, found: Callable[[State], None], until: Callable[[], float]
    ) -> bool:
        """Ask for a proof; whether it may be asked again."""
        self.tell(state, "prove")
        proves = self.courses.prove(
            state,
            until=until,
            raised=lambda bound: self.bounds.better(0, bound, state.score()),
            found=found,
        )
        self.tell(state, "improve")
        return proves

    def _enough(self) -> int:
        return self.bounds[0]

    def _proven(self, state: State) -> bool:
        return state.score()[0] <= self.bounds[0]


def _shorter(first: Callable[[], float], second: Callable[[], float]) -> Callable[[], float]:
    """The time left of two."""
    return lambda: min(first(), second())
