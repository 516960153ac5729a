"""From a good bound to the optimum: what the multipliers leave open is little, and is searched.

In a roster with a certain score no doctor can cost more over the own least than is left of
that score. Near the bound only few rosters of each doctor are within it: they are all found,
and combined. Scores are tried from the bound upwards: if no combination has one the bound
rises, and the first that is found is the best there is.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scheduler.solving.combining import combine
from scheduler.solving.cpsat import Effort, Verdict
from scheduler.solving.decomposition import Decomposition, Limit, Relaxed

MOST = 10_000  # rosters of one doctor that are looked at


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of it.

    Attributes:
        bound: no roster is below it.
        chosen: decisions of a roster that was met, or None; to be evaluated anew.
    """

    bound: int
    chosen: frozenset[int] | None


class Closing:
    """One attempt on one decomposition.

    Args:
        parts: what was taken apart.
        relaxed: the best multipliers.
        effort: threads and seed; its time is for everything.
        stop: set from outside to end early.
        raised: called with each better bound.
    """

    def __init__(
        self,
        parts: Decomposition,
        relaxed: Relaxed,
        effort: Effort,
        stop: threading.Event,
        raised: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Nothing is tried yet."""
        self.parts, self.relaxed, self.effort, self.stop = parts, relaxed, effort, stop
        self._raised = raised
        self._end = time.monotonic() + effort.seconds

    def run(self, value: int, bound: int) -> Closed:
        """Try scores from the bound up to below the value of the roster that is known."""
        reach = 0
        while bound < value and self._left() > 0 and not self.stop.is_set():
            score = min(bound + reach, value - 1)
            rosters = self._rosters(score)
            if rosters is None:
                if not reach:
                    break
                reach = 0
                continue
            if all(rosters):
                found = combine(self.parts, rosters, self._left(), score=score)
                if found.verdict is not Verdict.INFEASIBLE:
                    if found.bound is not None:  # those over the score were not looked at
                        bound = max(bound, min(found.bound, score + 1))
                    return Closed(bound, found.chosen)
            bound = score + 1
            self._raised(bound)
            reach = 2 * reach + 1
        return Closed(bound, None)

    def _left(self) -> float:
        return self._end - time.monotonic()

    def _rosters(self, score: int) -> list[list[frozenset[int]]] | None:
        """All rosters of each doctor that the score leaves; None if they are too many."""
        limits = self.relaxed.limits(score)

        def every(number: int) -> list[frozenset[int]] | None:
            if self._left() <= 0 or self.stop.is_set():
                return None
            return self._every(number, limits[number])

        with ThreadPoolExecutor(self.parts.workers) as pool:
            found = list(pool.map(every, range(len(limits))))
        whole = [own for own in found if own is not None]
        return whole if len(whole) == len(found) else None

    def _every(self, number: int, limits: Sequence[Limit]) -> list[frozenset[int]] | None:
        solver = self.parts.solver(number)
        for limit in limits:
            solver.limit(*limit)
        effort = Effort(self._left(), 1, self.effort.seed)
        return solver.every(MOST, effort, self.stop)
