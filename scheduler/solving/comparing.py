"""The level on which doctors are compared: the worst-off first, then a sum, by sharing out anew.

What is held there bars nearly every single move, so a few doctors share out anew all that they have
(`reshuffle`). The comparisons bar most of that too. So the sum comes first, with the comparisons
left open; then the worst-off, with the sum as a tie; and then the sum once more, with both held.
"""

import random
import threading
from collections.abc import Mapping
from dataclasses import replace

from scheduler.solving.evenness import Evenness
from scheduler.solving.groups import Groups
from scheduler.solving.levelling import Levelling
from scheduler.solving.loosely import Loosely
from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.rivals import Begin
from scheduler.solving.state import Index, State
from scheduler.solving.turns import Turn

_UNDER = 0.1  # of the time, for those who are to stay under the share
_OPEN = 0.7  # of what is left of it, for the sum with the comparisons open; the rest is levelling

_LIGHT = 0.02  # of the sum: what all are over the height costs at first
_STEEP, _STEEPER = 2.0, 3.0  # so many times the price before is the next; where time is short
_SOONER = 3.0  # times the share of one price is the time of the first of many: low ones do most
_ANY = 1.0  # of the sum: what it costs at last that one is as much over as is near enough,
_CHEAP = 0.05  # and what it may cost at most to come nearer than that

_NEARER = 0.3  # of what is near enough is near enough once the sum has stalled
_CLOSING = 0.5  # of the time that is left then, for coming so near

_LEAST = 0.02  # seconds that two doctors take one worker at least; where all take too long, none do
_ASKED = 0.2  # of all twos, so many at least are asked at each price: few are over by then
_NEAR = 0.02  # of a typical portion over what the worst-off must be: no nearer at first


class Comparing:
    """Shares out anew for the steps of that level.

    Attributes:
        first: the first step that compares doctors; None where none does.
        summing: the sum that follows it on its level; None where none does.
        loosened: whether the roster was bettered with the comparisons left open.

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
        self.loosened = self._given_up = False
        self._floors: Mapping[int, int] = {}
        self._lowest = self._slack = 0
        self._unit = 1
        self._level = None if self.first is None else steps[self.first].level
        self.summing = next(
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
        """Whether comparisons begin here, and a sum follows them that is bettered before."""
        follows = self.summing is not None and self.summing > number
        return number == self.first and follows and not self._given_up

    def near(self, number: int) -> int | None:
        """What is near enough for a step at first; None where that is not told.

        To come nearer to what the worst-off must be costs the sum more than that is worth: where
        everybody is at the same height nothing can be shared out anew.
        """
        worst = self._index.model.steps[number].worst
        return worst * (self._lowest + self._slack) if self.loosened and worst else None

    def has_time(self, seconds: float) -> bool:
        """Whether so many seconds are enough for every two doctors, with the comparisons open."""
        pairs = Groups(self._index.grid, random.Random(0)).pairs
        return pairs * _LEAST <= seconds * _OPEN * self._own[1]

    def share_loosely(self, state: State, turn: Turn, begin: Begin = lambda _: None) -> bool:
        """Better the sum with the comparisons left open, where these are still far off.

        Where there is no time for every two doctors it is given up: what is had by then is no
        better than what cooling finds.

        Args:
            state: a lawful roster; becomes each that is better as a whole.
            turn: how long.
            begin: rosters that are as good before the comparisons, to begin with in its place,
                from number 0 on.

        Returns:
            Whether it was not given up.
        """
        first, summing = self.first, self.summing
        if first is None or summing is None:
            return False
        even = Evenness.of(self._index, self._index.model.steps[first], state.score()[0])
        floors = even.floors() if even else {}
        if not self.has_time(turn.until()):
            self._given_up = True  # before another board is laid out, large where doctors are many
            return False
        self._floors = floors
        if even is not None:
            self._lowest, self._slack = max(0, even.bound(1)), int(_NEAR * even.typical)
            self._unit = max(1, self._slack)
        before, own = state.score(), self._handing_on(state, turn)
        job = Loosely(self._index, first, summing, floors, *self._own)

        def another(number: int) -> State | None:
            begun = begin(number)
            return None if begun is None else self._begun(begun, own)

        opened = own.part(_OPEN)
        loose = job.better(self._begun(begin(0) or state, own), another, opened)
        if loose is None:
            self._floors, self._given_up = {}, True
            return False
        self._bring_down(loose, own)
        self.loosened = state.score() < before
        if not self.loosened:
            self._floors = {}
        return True

    def _begun(self, state: State, turn: Turn) -> State:
        """The same roster, with those who are to stay under the share brought there."""
        loose = State(self._index, state.chosen)
        first, summing = self.first or 0, self.summing or 0
        under = Levelling(self._index, first, summing, self._floors, *self._own)
        turn.part(_UNDER).run(under, loose, summing)
        return loose

    def reshuffle(self, state: State, number: int, turn: Turn) -> None:
        """Better one step, with all before it held.

        Where the comparisons were left open and the sum has stalled, they are bettered once more,
        as far as that is cheap: the last hundredth of a point costs more than all others.
        """
        if number == self.first and self.loosened:
            own = self._handing_on(state, turn)
            self._bring_down(State(self._index, state.chosen), own)
        self._shuffle(state, number, turn)
        while number == self.summing and self.loosened and self._slack and turn.until() > 0:
            self._slack = int(self._slack * _NEARER)
            own = self._handing_on(state, turn).part(_CLOSING)
            self._bring_down(State(self._index, state.chosen), own, highest=_CHEAP)
            self._shuffle(state, number, turn)
            over = state.score()[self.first or 0] - self._lowest - self._slack
            if over > 0:  # no nearer at any price that was asked
                self._slack += over
                break

    def _shuffle(self, state: State, number: int, turn: Turn) -> None:
        """Better one step by what was not tried yet."""
        if number not in self._shuffling:
            below = self._floors if self._index.model.steps[number].worst else {}
            self._shuffling[number] = Reshuffle(self._index, number, *self._own, below=below)
        turn.run(self._shuffling[number], state, number)

    @staticmethod
    def _handing_on(state: State, turn: Turn) -> Turn:
        """What is found of another roster becomes this one where it is better as a whole."""

        def better(loose: State) -> None:
            if loose.score() < state.score():
                state.become(loose.decided)
                turn.found(state)

        return replace(turn, found=better)

    def _bring_down(self, state: State, turn: Turn, highest: float = _ANY) -> None:
        """Bring all who are compared down to where the worst-off must be, at a rising price.

        Where that comes before the sum at once it is ruined: a hundredth of a point is then worth
        any number of squared duties. At a low price most of it is had for nothing.

        Args:
            state: the roster; changed in place.
            turn: how long.
            highest: the last price: of the sum, for one who is over by what was near enough at
                first. Low prices are not asked where there is no time for every two doctors each
                time.
        """
        if self.first is None or self.summing is None:
            return
        count = len(self._index.model.steps[self.first].entries)
        tops = {**dict.fromkeys(range(count), self._lowest + self._slack), **self._floors}
        own = self._index, self.first, self.summing, tops, *self._own, self._floors
        job = Levelling(*own)
        over, summed = int(job.over(state).sum()), state.score()[self.summing]
        if not over:
            return
        most = max(1, int(turn.until() * self._own[1] / (max(1, job.pairs) * _LEAST * _ASKED)))
        ends = _LIGHT * summed / over, highest * summed / self._unit
        prices = _rising(*ends, _STEEP)
        if len(prices) > most:
            prices = _rising(*ends, _STEEPER)[-most:]
        for left, price in zip(range(len(prices), 0, -1), prices, strict=True):
            job = Levelling(*own)  # what was in vain may pay at this price
            job.price = price
            turn.part(_SOONER / (left - 1 + _SOONER)).run(job, state, self.summing)


def _rising(first: float, last: float, steep: float) -> list[int]:
    """Prices of at least one, each so many times the one before: none below the first."""
    lowest = max(1.0, first)
    prices = [max(lowest, last)]
    while prices[-1] / steep >= lowest:
        prices.append(prices[-1] / steep)
    return [round(price) for price in reversed(prices)]
