"""Two doctors at a time, one over and one under what a weighed sum of theirs should be.

Points weigh duties differently, so what brings two doctors to their shares is a choice among all of
their duties at once, which single moves do not find. CP-SAT does, in a fraction of a second: all
that the two could have is free, the rest stays, and a roster in which the sum is as even between
the two as it can be ends the search.
"""

import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.model import Model, Step, Terms
from scheduler.solving.packed import Numbers
from scheduler.solving.part import part, take_over
from scheduler.solving.state import Index, State
from scheduler.solving.tallies import base_of

_WORK = 3.0  # in CP-SAT's own measure, for each two
_HELD = 0.3  # where the rest is held: most take a tenth of it, and others seldom end
_IN_VAIN = 12  # in a row that bring nothing, and it is given up


@dataclass(frozen=True)
class Weighed:
    """A sum of one doctor's decisions that weigh differently, and what it costs.

    Attributes:
        doctor: whose.
        terms: coefficients above 0.
        rises: (sign, threshold, price): each costs price * max(0, sign * sum - threshold).
    """

    doctor: int
    terms: Terms
    rises: tuple[tuple[int, int, int], ...]

    def cost(self, amount: int) -> int:
        """What the sum costs where it comes to that."""
        return sum(price * max(0, sign * amount - over) for sign, over, price in self.rises)

    @property
    def corners(self) -> set[int]:
        """Where the price changes."""
        return {sign * over for sign, over, _ in self.rises}


def weighs(model: Model, price: int, var: int) -> bool:
    """Whether a price is of a sum of decisions that weigh differently."""
    return _base(model, price, var) is not None


def weighed(model: Model, step: Step, doctor_of: Numbers) -> list[Weighed]:
    """The sums of single doctors that a step prices and in which decisions weigh differently."""
    rises: dict[Terms, list[tuple[int, int, int]]] = defaultdict(list)
    for price, var in step.terms:
        base = _base(model, price, var)
        if base is not None:
            sign = 1 if base[0][0][0] > 0 else -1
            rises[tuple((abs(c), own) for c, own in base[0])].append((sign, base[1], price))
    found = []
    for terms, prices in rises.items():
        owners = set(doctor_of[[own for _, own in terms]].tolist())
        if len(owners) == 1 and -1 not in owners:
            found.append(Weighed(owners.pop(), terms, tuple(prices)))
    return found


def _base(model: Model, price: int, var: int) -> tuple[Terms, int] | None:
    """The weights of one sign over whose threshold a price begins; None where they are alike."""
    base = base_of(model, var) if price > 0 else None
    if base is None or any(own > model.decisions + 1 for _, own in base[0]):
        return None
    weights = {c for c, _ in base[0]}
    one_sign = min(weights) > 0 or max(weights) < 0
    return base if len(weights) > 1 and one_sign else None


class Balance:
    """Evens out one step of a roster.

    Args:
        index: of the model.
        number: of a step that is a sum.
        seed: of the solver.
        stop: set from outside to end early.
        held: prices of the step that shall not come to more than they do, kind by kind. Then
            only what is left of the step is made less, which is found sooner.
    """

    def __init__(
        self,
        index: Index,
        number: int,
        seed: int,
        stop: threading.Event,
        held: Sequence[Terms] = (),
    ) -> None:
        """Read what is weighed."""
        self._index, self._number, self._seed, self._stop = index, number, seed, stop
        self._step = index.model.steps[number]
        self._sums = weighed(index.model, self._step, index.grid.doctor_of)
        self._work = _HELD if held else _WORK
        self._kind_of = {var: kind for kind, terms in enumerate(held) for _, var in terms}

    def run(
        self,
        state: State,
        *,
        enough: Callable[[], int],
        until: Callable[[], float],
        found: Callable[[State], None],
    ) -> None:
        """Even out until nothing is left to try, or time is out.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            enough: a value that cannot be undercut, as far as it is known by then.
            until: seconds left.
            found: called after each improvement.
        """
        tried: set[tuple[int, ...]] = set()
        chance = random.Random(self._seed)
        vain = 0
        while vain < _IN_VAIN and not self._stop.is_set() and until() > 0:
            score = state.score()[self._number]
            if state.violation or score <= enough():
                return
            pairs = list(self._pairs(state))
            left = [one for one in pairs if one[1] not in tried]
            if not pairs or (len({one.doctor for one in self._sums}) == 2 and not left):
                return
            gain, own = max(left, key=lambda one: one[0]) if left else chance.choice(pairs)
            doctors = {self._sums[n].doctor for n in own[:2]}
            if not left:  # where two are not enough, a third may help
                doctors.add(
                    chance.choice([s.doctor for s in self._sums if s.doctor not in doctors])
                )
            tried.add(own)
            gain = min(gain, score - enough())
            if self._solve(state, sorted(doctors), gain, until()):
                vain = 0
                found(state)
            else:
                vain += 1

    def _pairs(self, state: State) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
        """Two sums and what they come to, of which one had better be less and the other more.

        With what there is to gain by that alone.
        """
        amounts = [sum(c for c, own in one.terms if state.value(own)) for one in self._sums]
        now = [one.cost(amount) for one, amount in zip(self._sums, amounts, strict=True)]
        places = range(len(self._sums))
        over = [n for n in places if self._sums[n].cost(amounts[n] - 1) < now[n]]
        under = [n for n in places if self._sums[n].cost(amounts[n] + 1) < now[n]]
        for a in over:
            for b in under:
                first, second = self._sums[a], self._sums[b]
                if first.doctor == second.doctor:
                    continue
                shifts = {amounts[a] - corner for corner in first.corners}
                shifts |= {corner - amounts[b] for corner in second.corners}
                least = min(
                    first.cost(amounts[a] - shift) + second.cost(amounts[b] + shift)
                    for shift in shifts
                )
                if least < now[a] + now[b]:
                    yield now[a] + now[b] - least, (a, b, amounts[a], amounts[b])

    def _solve(self, state: State, doctors: list[int], gain: int, seconds: float) -> bool:
        """Whether all that these doctors could have, solved anew, is better; `gain` ends it."""
        cells = self._index.grid.cells[doctors]
        free = np.unique(cells[cells > 0])
        own = part(state, free)
        compiled = Compiled.part(self._index.model.uppers, own)
        for step, score in zip(own.steps[: self._number], own.scores, strict=False):
            if step.terms or step.worst:
                compiled.keep(step, score)
        effort = Effort(max(0.1, seconds), 1, self._seed, self._work)
        step, *held = self._parted(own.steps[self._number])
        for each in held:
            compiled.keep(each, _height(each, own.values))
        floor = _height(step, own.values) - gain
        answer = compiled.solve([(1, step)], effort, self._stop, floor=floor)
        if answer.chosen is None:
            return False
        return take_over(state, free, answer.chosen)

    def _parted(self, step: Step) -> list[Step]:
        """What is made less of a step, and then each kind of what is held."""
        terms: dict[int | None, list[tuple[int, int]]] = {None: []}
        for c, var in step.terms:
            terms.setdefault(self._kind_of.get(var), []).append((c, var))
        return [
            replace(step, terms=tuple(each), constant=0 if kind is not None else step.constant)
            for kind, each in terms.items()
        ]


def _height(step: Step, values: Mapping[int, int]) -> int:
    return step.constant + sum(c * values[var] for c, var in step.terms)
