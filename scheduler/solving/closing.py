"""From a good bound to the optimum: what the prices leave open is little, and is searched.

In a roster with a certain score no doctor can cost more over the own least than is left of
that score. For a score next to the bound that settles most decisions. Scores are tried from
the bound upwards: if CP-SAT finds none the bound rises, and what it finds first is the best.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.decomposition import Decomposition, Limit, Priced
from scheduler.solving.state import Index

_SHARE = 0.3  # of the time that is left, at most, for what one score leaves of each block


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of it.

    Attributes:
        bound: no roster is below it.
        chosen: decisions of a roster that was met, or None.
    """

    bound: int
    chosen: frozenset[int] | None


class Closing:
    """One attempt on one decomposition.

    Args:
        parts: what was taken apart.
        priced: the best prices.
        effort: threads and seed; its time is for everything.
        stop: set from outside to end early.
        raised: called with each better bound.
    """

    def __init__(
        self,
        parts: Decomposition,
        priced: Priced,
        effort: Effort,
        stop: threading.Event,
        raised: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Nothing is tried yet."""
        self.parts, self.priced, self.effort, self.stop = parts, priced, effort, stop
        self._raised = raised
        self._end = time.monotonic() + effort.seconds
        self._index = Index(parts.focus.model)

    def run(self, value: int, bound: int) -> Closed:
        """Try scores from the bound up to below the value of the roster that is known."""
        reach = 0
        while bound < value and self._left() > 0 and not self.stop.is_set():
            score = min(bound + reach, value - 1)
            compiled = self._compiled(score)
            if compiled is not None:
                effort = Effort(self._left(), self.effort.workers, self.effort.seed)
                found = compiled.solve([(1, self.parts.focus.step)], effort, self.stop, floor=bound)
                if found.bound is not None and found.verdict is not Verdict.INFEASIBLE:
                    # Rosters over the score are left out of what the solver saw.
                    bound = max(bound, min(found.bound, score + 1))
                if found.chosen is not None or found.verdict is Verdict.UNKNOWN:
                    self._raised(bound)
                    return Closed(bound, found.chosen)
            elif self._left() <= 0 or self.stop.is_set():
                break
            bound = score + 1
            self._raised(bound)
            reach = 2 * reach + 1
        return Closed(bound, None)

    def _left(self) -> float:
        return self._end - time.monotonic()

    def _settled(self, number: int, limits: Sequence[Limit], end: float) -> dict[int, int] | None:
        """Decisions of a block that are the same in all its rosters; None if it has none.

        Rosters are asked for that differ from all that were seen, until there are no more.
        """
        solver = self.parts.solver(number)
        for limit in limits:
            solver.limit(*limit)
        decisions = self.parts.split.blocks[number].decisions
        seen: set[tuple[int, int]] = set()
        while True:
            costs = {v: -1 for v in decisions if (v, 1) not in seen and (v, 0) in seen}
            absent = [v for v in decisions if (v, 0) not in seen and (v, 1) in seen]
            costs |= dict.fromkeys(absent, 1)
            if seen and not costs:
                return {}
            left = end - time.monotonic()
            if left <= 0 or self.stop.is_set():
                return {}
            effort = Effort(left, 1, self.effort.seed)
            found = solver.cheapest(costs, effort, self.stop)
            if found.impossible:
                return None
            if seen and found.bound is not None and found.bound >= len(absent):
                return {v: int((v, 1) in seen) for v in costs}
            if found.chosen is None:
                return {}
            seen |= {(v, int(v in found.chosen)) for v in decisions}

    def _compiled(self, score: int) -> Compiled | None:
        """Everything in focus, with what the score leaves; None if that is nothing at all."""
        parts = self.parts
        limits = dict(self.priced.limits(score))
        end = time.monotonic() + _SHARE * self._left()
        with ThreadPoolExecutor(parts.workers) as pool:
            numbers = sorted(limits)
            settled = list(pool.map(lambda n: self._settled(n, limits[n], end), numbers))
        if any(own is None for own in settled):
            return None
        compiled = Compiled.whole(self._index, parts.values)
        for number in numbers:
            for limit in limits[number]:
                compiled.limit(*limit)
        for own in settled:
            for var, fixed in (own or {}).items():
                compiled.limit({var: 1}, fixed, fixed)
        for step, held in parts.focus.held:
            compiled.keep(step, held)
        compiled.keep(parts.focus.step, score)
        return compiled
