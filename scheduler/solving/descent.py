"""Whole courses in turn: each doctor gets the cheapest course with everybody else as they are.

One course is a walk of some milliseconds through the doctor's trellis, at what the next unit in
each row would save or cost. So a first lawful roster of a large plan takes seconds, and turn after
turn it gets better until no single doctor's course can be bettered.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from copy import copy
from typing import NamedTuple

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.coupling import Coupling
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.mixture import Column
from scheduler.solving.packed import Numbers

_CLOSE = 1e-6
_TURNS = 20  # of all doctors, at most


class Prices:
    """What rows cost that are off their limits.

    Attributes:
        broken: what one costs for each row that may not be broken: more than a course can save.
        typical: the dearer side of each row, that of the dearest where it may not be broken.
    """

    def __init__(self, coupling: Coupling) -> None:
        """Limits and prices as finite numbers."""
        each = np.maximum(_finite(coupling.under), _finite(coupling.over))
        dearest = float(each.max(initial=1.0))
        dearest = max([dearest, *(float(np.abs(s.costs).max(initial=0)) for s in coupling.shares)])
        self.broken = dearest + max((share.saves(each) for share in coupling.shares), default=0.0)
        self._lows, self._highs = coupling.lows, coupling.highs
        self._hard = np.isinf(coupling.under), np.isinf(coupling.over)
        self._under = np.minimum(coupling.under, self.broken)
        self._over = np.minimum(coupling.over, self.broken)
        self.typical = np.minimum(np.maximum(self._under, self._over), dearest)

    def of(self, activity: Reals) -> Reals:
        """What each row costs at what it has."""
        lacking = np.maximum(self._lows - activity, 0.0)
        much = np.maximum(activity - self._highs, 0.0)
        cost: Reals = self._under * lacking + self._over * much
        return cost

    def off(self, activity: Reals) -> float:
        """How far all rows together are off limits that have no price."""
        low, high = self._hard
        lacking, much = self._lows - activity, activity - self._highs
        return float(np.maximum(lacking[low], 0.0).sum() + np.maximum(much[high], 0.0).sum())

    def next(self, activity: Reals) -> Reals:
        """What one more in each row saves."""
        return self.of(activity) - self.of(activity + 1.0)

    def near(self, worth: Reals, activity: Reals, steep: Reals) -> Reals:
        """What one more in each row is worth, near what it was.

        Args:
            worth: what it was.
            activity: what each row has.
            steep: how much more it is worth for each that is lacking.
        """
        lacking = np.clip(worth + steep * (self._lows - activity), 0.0, self._under)
        much = np.clip(worth + steep * (self._highs - activity), -self._over, 0.0)
        return np.where(lacking > 0, lacking, much)


def _finite(prices: Reals) -> Reals:
    """The prices, where there is one, and else zero."""
    finite: Reals = np.where(np.isfinite(prices), prices, 0.0)
    return finite


class Worth(NamedTuple):
    """What courses come to; one compares first what they break.

    Attributes:
        off: how far rows are off that may not be broken.
        value: of the step, what is broken at its price.
    """

    off: float
    value: float

    def no_worse(self, other: "Worth") -> bool:
        """Whether it breaks less, or costs no more where it breaks as much."""
        less = self.off - other.off
        return less < -_CLOSE or (less <= _CLOSE and self.value <= other.value + _CLOSE)

    def better(self, other: "Worth") -> bool:
        """Whether it breaks less, or costs less where it breaks as much."""
        return not other.no_worse(self)


class Descent:
    """Courses of all doctors, and what they come to.

    Args:
        generator: of courses.
        columns: what the doctors have to begin with; None who has nothing yet.
        pool: looks for some doctors' courses side by side, where given.
        workers: how many.
    """

    def __init__(
        self,
        generator: Generator,
        columns: Sequence[Column | None],
        pool: Executor | None = None,
        workers: int = 1,
    ) -> None:
        """Count together what there is."""
        self.generator, self._pool, self._workers = generator, pool, workers
        self.columns = list(columns)
        self.prices = Prices(generator.coupling)
        self._activity = generator.activity(c for c in self.columns if c is not None)

    @property
    def value(self) -> float:
        """Of the step, what is broken at its price."""
        own = sum(column.cost for column in self.columns if column is not None)
        return self.generator.coupling.constant + own + float(self.prices.of(self._activity).sum())

    @property
    def worth(self) -> Worth:
        """What is broken, and the value."""
        return Worth(self.prices.off(self._activity), self.value)

    @property
    def lawful(self) -> bool:
        """Whether no row is broken that may not be."""
        return self.prices.off(self._activity) <= _CLOSE

    @property
    def decided(self) -> Numbers:
        """All that doctors have."""
        own = [v for column in self.columns if column is not None for v in column.decisions]
        return np.array(own, dtype=np.int64)

    @property
    def multipliers(self) -> Reals:
        """What one more in each row saves."""
        return self.prices.next(self._activity)

    def take(self, doctor: int) -> Column | None:
        """Take what a doctor has; what it was."""
        column = self.columns[doctor]
        if column is not None:
            self._activity[column.rows] -= column.amounts
            self.columns[doctor] = None
        return column

    def give(self, column: Column) -> None:
        """Give a course to a doctor who has none."""
        self._activity[column.rows] += column.amounts
        self.columns[column.doctor] = column

    def fresh(self, doctor: int, over: Callable[[], bool]) -> Column | None:
        """The cheapest course that is met for a doctor who has none; None if none is met.

        Args:
            doctor: who has none.
            over: ends the search for one where none is met soon.
        """
        if not self.generator.walks(doctor):
            return self.generator.nothing(doctor)
        # Where none is met at what rows pay, tolls alone may find a way between the limits.
        for multipliers in (self.multipliers, np.zeros_like(self._activity)):
            wishes = {doctor: Wish(np.inf)}
            columns = self.generator.ask(multipliers, wishes, 1, None, over)[0].columns
            if columns:
                return columns[0]
        return None

    def build(self, order: Iterable[int], over: Callable[[], bool]) -> bool:
        """Give a course to all who have none; whether all have one.

        Args:
            order: of the doctors.
            over: asked between doctors; ends it early.
        """
        for some in self._together([d for d in order if self.columns[d] is None]):
            if not over():
                for column in self._beside(some, over):
                    if column is not None:
                        self.give(column)
        return None not in self.columns

    def turn(self, order: Iterable[int], over: Callable[[], bool]) -> bool:
        """Give each doctor another course where that is better; whether anything was."""
        better = False
        for some in self._together(list(order)):
            if over():
                break
            for doctor, column in zip(some, self._beside(some, over), strict=True):
                if column is None:
                    continue
                before = self.worth
                former = self.take(doctor)
                self.give(column)
                if self.worth.better(before):
                    better = True
                elif former is not None and self.worth > before:
                    self.take(doctor)
                    self.give(former)
        return better

    def _together(self, doctors: Sequence[int]) -> Iterator[Sequence[int]]:
        """The doctors in groups of as many as are looked for side by side."""
        for begin in range(0, len(doctors), self._workers):
            yield doctors[begin : begin + self._workers]

    def _beside(self, doctors: Sequence[int], over: Callable[[], bool]) -> list[Column | None]:
        """The cheapest course that is met for each of these, with all others as they are."""

        def one(doctor: int) -> Column | None:
            others = self.twin()
            others.take(doctor)
            return others.fresh(doctor, over)

        return list(self._pool.map(one, doctors) if self._pool else map(one, doctors))

    def twin(self) -> "Descent":
        """Another one that begins where this one is, and looks for one course after the other."""
        other = copy(self)
        other._pool, other._workers = None, 1
        other.columns, other._activity = self.columns.copy(), self._activity.copy()
        return other


def first_columns(
    generator: Generator, seed: int, over: Callable[[], bool], workers: int = 1
) -> list[Column] | None:
    """Courses for all doctors that break nothing, better by no other course of one doctor.

    Args:
        generator: of courses.
        seed: of the order in which they get them.
        over: asked between doctors; ends it early, with what there is if it breaks nothing.
        workers: threads.

    Returns:
        None where somebody gets no course, or rows are broken that may not be.
    """
    chance = random.Random(seed)
    order = list(range(len(generator)))
    with ThreadPoolExecutor(workers) as pool:
        descent = Descent(generator, [None] * len(order), pool, workers)
        chance.shuffle(order)
        whole = descent.build(order, over)
        for _ in range(_TURNS):
            chance.shuffle(order)
            # Who got none may get one when the others have theirs.
            if over() or (not descent.turn(order, over) and whole):
                break
            whole = None not in descent.columns
    if not whole or not descent.lawful:
        return None
    return [column for column in descent.columns if column is not None]
