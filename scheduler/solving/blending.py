"""A first blend of courses for all doctors, and what rows are worth in it, by walks alone.

A linear program over few courses says little of what a row is worth: the price of all that is
lacking, or of all that is too much, and courses found at such prices help nobody. So each doctor in
turn mixes a little of the cheapest course into what there is, at prices that rise with what the
rows lack, and that begin where the turn before ended (block-coordinate Frank-Wolfe steps on an
augmented Lagrangian, e.g. Bertsekas, Nonlinear Programming, 5). A linear program over what was met
on the way is near the best of all mixtures.
"""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.descent import Prices
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.mixture import Column

_STEEP = 0.1  # of a row's price: so much it rises with each largest term that is lacking
_HALVES = 12  # how exactly the step is found


class Blend:
    """What all doctors have of several courses each.

    Args:
        generator: of courses.
        present: a course of each doctor.
        seed: of the order in which they are asked.
        pool: asks some doctors side by side, where given.
        workers: how many.

    Attributes:
        multipliers: what one more in each row is worth.
    """

    def __init__(
        self,
        generator: Generator,
        present: Sequence[Column],
        seed: int,
        pool: Executor | None = None,
        workers: int = 1,
    ) -> None:
        """Begin with the present courses, and rows that are worth nothing yet."""
        self.generator, self._pool, self._workers = generator, pool, workers
        rows = generator.coupling
        self._prices = Prices(rows)
        self._steep = _STEEP * self._prices.typical / _largest(generator)
        self._own = np.zeros((len(generator), len(rows.lows)))
        self._costs = np.zeros(len(generator))
        for column in present:
            self._own[column.doctor, column.rows] = column.amounts
            self._costs[column.doctor] = column.cost
        self._activity: Reals = self._own.sum(axis=0)
        self.multipliers = np.zeros(len(rows.lows))
        self._chance = random.Random(seed)

    @property
    def value(self) -> float:
        """Of the step with this blend, what is broken at its price."""
        rows = float(self._prices.of(self._activity).sum())
        return self.generator.coupling.constant + float(self._costs.sum()) + rows

    def turn(self, over: Callable[[], bool]) -> None:
        """Let all doctors mix a course in, and take over what the rows are worth then.

        Args:
            over: asked between doctors; ends it early.
        """
        doctors = list(range(len(self.generator)))
        self._chance.shuffle(doctors)
        for begin in range(0, len(doctors), self._workers):
            if over():
                return
            wishes = {d: Wish(np.inf) for d in doctors[begin : begin + self._workers]}
            worth = self._worth(self._activity)
            for answer in self.generator.ask(worth, wishes, 1, self._pool, ended=over):
                for column in answer.columns:
                    self._mix(column)
        self.multipliers = self._worth(self._activity)

    def _mix(self, column: Column) -> None:
        """Mix as much of a course into its doctor's as betters it."""
        way = -self._own[column.doctor]
        way[column.rows] += column.amounts
        dearer = column.cost - float(self._costs[column.doctor])

        def slope(step: float) -> float:
            return dearer - float(self._worth(self._activity + step * way) @ way)

        low, high = 0.0, 1.0
        if slope(low) >= 0:
            return
        if slope(high) <= 0:
            low = high
        for _ in range(_HALVES if low < high else 0):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) <= 0 else (low, middle)
        self._own[column.doctor] += low * way
        self._activity = self._activity + low * way
        self._costs[column.doctor] += low * dearer

    def _worth(self, activity: Reals) -> Reals:
        """What one more in each row is worth: before, and by what is lacking or too much."""
        return self._prices.near(self.multipliers, activity, self._steep)


def _largest(generator: Generator) -> Reals:
    """The largest term of each row."""
    largest = np.zeros(len(generator.coupling.lows))
    for share in generator.coupling.shares:
        np.maximum.at(largest, share.rows, np.abs(share.coefficients))
    return np.maximum(largest, 1.0)
