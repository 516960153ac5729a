"""How often and how long a step is cooled: briefly first, and no longer than that pays.

A cooling tells of no better roster before it has cooled, so a short one comes first. Where others
wait for the time a step is cooled for a while only, again and again, until that betters nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.solving.bounds import Bounds
from scheduler.solving.cool import HOT, Crew
from scheduler.solving.state import State

WARM = 0.1  # the heat with which a way begins that goes on from an earlier one
_SOON = 0.1  # of the time of a cooling, for one that is short and shows a good roster soon
_HALF = 0.5  # of the time in which full heat cools down: what it takes to see that a step stalls
_TIMES, _BRIEF = 8, 0.4  # how often a small model is cooled anew, and how briefly


@dataclass
class Cooling:
    """Plans the coolings of a step.

    Attributes:
        crew: what cools.
        bounds: of all steps; a step that is at its bound is left alone.
        within: what is left of so many seconds, counted from now on.
        found: called after each improvement of the roster.
    """

    crew: Crew
    bounds: Bounds
    within: Callable[[float], Callable[[], float]]
    found: Callable[[State], None]

    def run(
        self,
        state: State,
        number: int,
        until: Callable[[], float],
        hot: float = HOT,
        *,
        waited_for: bool = False,
    ) -> None:
        """Let a step cool down.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            number: of the step.
            until: seconds left.
            hot: heat at the beginning; where it is no more than warm there is one cooling.
            waited_for: whether others can use the time that is left over.
        """
        if hot > WARM:
            self._once(state, number, self.within(max(0.0, until()) * _SOON), hot, _SOON)
            if self._proven(state, number) or (
                waited_for and self._stalls(state, number, until, hot)
            ):
                return
        self._once(state, number, until, hot)

    def anew(self, state: State, number: int, until: Callable[[], float]) -> None:
        """Cool down some more times: a small model is soon cold, and ends elsewhere each time."""
        for _ in range(_TIMES):
            if self.crew.stop.is_set() or until() <= 0 or self._proven(state, number):
                return
            self._once(state, number, until, HOT, _BRIEF)

    def _stalls(self, state: State, number: int, until: Callable[[], float], hot: float) -> bool:
        """Cool again and again; whether one of these, long enough for half the heat, was in vain.

        It is not where there is no time for a cooling at full heat: then all of it is needed.
        """
        while (ample := self.crew.ample()) <= until():
            before = state.score()[number]
            self._once(state, number, _sooner(self.within(ample * _HALF), until), hot)
            if state.score()[number] == before or self._proven(state, number):
                return True
        return False

    def _once(
        self, state: State, number: int, until: Callable[[], float], hot: float, part: float = 1.0
    ) -> None:
        if self.crew.anneal(
            state, number, until=until, enough=lambda: self.bounds[number], hot=hot, part=part
        ):
            self.found(state)

    def _proven(self, state: State, number: int) -> bool:
        return state.score()[number] <= self.bounds[number]


def _sooner(one: Callable[[], float], other: Callable[[], float]) -> Callable[[], float]:
    return lambda: min(one(), other())
