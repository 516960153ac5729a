"""A roster that begins with who has which weekend, as the bound of a sum would choose it.

A roster that grows from its duties has weekends in more parts than it needs, and whoever shares out
anew finds that out one group after the other. The choice that weighing leads to (`choosing`) is
nearly as cheap as anything can be, but knows of weekends only. So a roster is brought to it at
once, cools down for the sum before the comparisons while the choice is held, and gives up of the
choice what that sum is worth: two doctors at a time share out anew. Where more of it is to be had
it cools a little without the choice, and the sum that follows breaks ties. It is then shared out
anew (`comparing`).
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf

from scheduler.solving.choosing import Choice
from scheduler.solving.cool import HOT, Crew
from scheduler.solving.cooling import WARM
from scheduler.solving.model import Step
from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.sharing import Weighed, weighed_bound
from scheduler.solving.state import Index, State

_CHOSEN, _REACHED, _HELD, _MENDED, _FREED = 0.03, 0.02, 0.02, 0.03, 0.04
"""What part of the time each may take, in turn."""

TAKES = _CHOSEN + _REACHED + _HELD + _MENDED + _FREED
"""What part of the time all of it may take."""

_TRIES = 2  # choices, where the first leaves something of what is held to be had

_NEVER = -(1 << 60)  # a value that no step comes down to
_PATIENCE = 200  # groups without success


@dataclass(frozen=True)
class Spell:
    """How long to work, and what becomes of it.

    Attributes:
        within: what is left of a part of the time, counted from now on.
        enough: a value that a step cannot undercut, as far as it is known by then.
        met: called with each roster that may be better than the one that is had.
    """

    within: Callable[[float], Callable[[], float]]
    enough: Callable[[int], int]
    met: Callable[[State], None]


class OccasionsFirst:
    """Makes rosters that begin with a choice of occasions.

    Args:
        index: of the model.
        number: of the sum that is held, the last one before the comparisons.
        summing: of the sum that follows them.
        seed: of every random choice.
        workers: that cool side by side.
        stop: set from outside to end early.
    """

    def __init__(
        self,
        index: Index,
        number: int,
        summing: int,
        seed: int,
        workers: int,
        stop: threading.Event,
    ) -> None:
        """Nothing is weighed yet."""
        self._index, self._number, self._summing = index, number, summing
        self._seed, self._workers, self._stop = seed, workers, stop
        self._weighed: Weighed | None = None

    @property
    def ready(self) -> bool:
        """Whether a choice can be made."""
        return self._weighed is not None and len(self._weighed.kinds) > 0

    def weigh(self, scores: Sequence[int], over: Callable[[], bool]) -> int | None:
        """Weigh occasions, and bound the sum that follows the comparisons by it.

        Args:
            scores: of a roster.
            over: asked now and then; nothing is weighed once it says so.

        Returns:
            What the sum before the comparisons is sure to come to, as far as it is known by then.
        """
        weighed = weighed_bound(self._index, self._summing, scores[: self._number + 1], over)
        if weighed is None:
            return None
        if not over():
            self._weighed = weighed
        return weighed.under[-1]

    def known(self, number: int, scores: Sequence[int]) -> tuple[int, tuple[float, ...]] | None:
        """A bound of a step that holds for a roster, and what it rests on; None if none is known.

        Args:
            number: of the step.
            scores: of the roster.
        """
        if number != self._summing or self._weighed is None or self._weighed.bound is None:
            return None
        under = self._weighed.under
        if any(now > then for now, then in zip(scores, under, strict=False)):
            return None
        return self._weighed.bound, (*under, *[inf] * (number - len(under)))

    def make(self, begun: State, spell: Spell, turn: int = 0) -> State | None:
        """A roster that is as good on what is held, begun with a choice.

        Where more is to be had of what is held, it is made once more with another choice.

        Args:
            begun: a lawful roster; stays as it is.
            spell: how long.
            turn: each begins with other choices.

        Returns:
            A lawful roster, often worse where doctors are compared; None where nothing was weighed
            or chosen, or what is held got worse.
        """
        number = self._number
        best: State | None = None
        for seed in range(self._seed + turn * _TRIES, self._seed + (turn + 1) * _TRIES):
            made = self._made(begun, spell, seed)
            if made is not None and (best is None or made.score() < best.score()):
                best = made
            if made is None or made.score()[number] <= spell.enough(number):
                break
        if best is None or best.score()[: number + 1] > begun.score()[: number + 1]:
            return None
        spell.met(best)
        return best

    def _made(self, begun: State, spell: Spell, seed: int) -> State | None:
        """A lawful roster begun with the choice of a seed; None where there is none."""
        choice = self._choice(seed, spell.within(_CHOSEN))
        if choice is None:
            return None
        steps, number = self._index.model.steps, self._number
        before, held, summed = steps[:number], steps[number], steps[self._summing :]

        def enough() -> int:
            return spell.enough(number)

        state = self._on([*before, _apart(held, choice), held, *summed], begun)
        self._cool(state, number, HOT, spell.within(_REACHED), lambda: 0)
        self._cool(state, number + 1, HOT, spell.within(_HELD), enough)
        own = State(self._index, state.chosen)
        self._mend(own, enough, spell.within(_MENDED))
        state = self._on([*before, held, *summed], own)
        if own.score()[number] > enough():
            self._cool(state, number, WARM, spell.within(_FREED), lambda: _NEVER)
            own.become(state.decided)
        return None if own.violation else own

    def _choice(self, seed: int, until: Callable[[], float]) -> Choice | None:
        if self._weighed is None or not self._weighed.kinds:
            return None
        over = partial(self._over, until)
        return self._weighed.kinds[0].choice(seed, over)

    def _over(self, until: Callable[[], float]) -> bool:
        return self._stop.is_set() or until() <= 0

    def _mend(self, own: State, enough: Callable[[], int], until: Callable[[], float]) -> None:
        """Share out anew by twos: most of what still costs something in the held sum goes so."""
        job = Reshuffle(self._index, self._number, self._seed, self._workers, self._stop)
        job.run(own, enough=enough, until=until, patience=_PATIENCE, found=lambda _: None)

    def _on(self, steps: Sequence[Step], state: State) -> State:
        """The same roster, with these steps."""
        return State(self._index.with_steps(steps), state.chosen)

    def _cool(
        self,
        state: State,
        number: int,
        hot: float,
        until: Callable[[], float],
        enough: Callable[[], int],
    ) -> None:
        """Let a step cool down, with those before it held."""
        crew = Crew(state.index, self._seed, self._workers, self._stop)
        crew.anneal(state, number, until=until, enough=enough, hot=hot)


def _apart(like: Step, choice: Choice) -> Step:
    """How many duties of the occasions others have than those chosen."""
    terms = tuple((1, var) for var in sorted(choice.among - choice.taken))
    return Step(like.level, "apart", "", "", 1.0, terms)
