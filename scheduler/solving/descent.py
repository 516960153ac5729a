"""Whole courses in turn: each doctor gets the cheapest course with everybody else as they are.

One course is a walk of some milliseconds through the doctor's trellis, at what the next unit in
each row would save or cost. So a first lawful roster of a large plan takes seconds, and turn after
turn it gets better until no single doctor's course can be bettered. From there some doctors at a
time lose what they have and get courses anew, in any order; what is no worse is kept.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from copy import copy

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.coupling import Coupling
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.mixture import Column
from scheduler.solving.packed import Numbers

_CLOSE = 1e-6
_TURNS = 20  # of all doctors, at most
_BROKEN = 100.0  # times the dearest price: what a row costs that may not be broken


class Prices:
    """What rows cost that are off their limits.

    Attributes:
        broken: what one costs for each row that may not be broken.
    """

    def __init__(self, coupling: Coupling) -> None:
        """Limits and prices as finite numbers."""
        prices = np.concatenate((coupling.under, coupling.over))
        dearest = float(np.max(prices, initial=1.0, where=np.isfinite(prices)))
        dearest = max([dearest, *(float(np.abs(s.costs).max(initial=0)) for s in coupling.shares)])
        self.broken = _BROKEN * dearest
        self._lows, self._highs = coupling.lows, coupling.highs
        self._hard = np.isinf(coupling.under), np.isinf(coupling.over)
        self._under = np.minimum(coupling.under, self.broken)
        self._over = np.minimum(coupling.over, self.broken)

    def of(self, activity: Reals) -> Reals:
        """What each row costs at what it has."""
        lacking = np.maximum(self._lows - activity, 0.0)
        much = np.maximum(activity - self._highs, 0.0)
        cost: Reals = self._under * lacking + self._over * much
        return cost

    def breaks(self, activity: Reals) -> bool:
        """Whether a row is off a limit that has no price."""
        low, high = self._hard
        lacking, much = activity < self._lows - _CLOSE, activity > self._highs + _CLOSE
        return bool((low & lacking).any() or (high & much).any())

    def next(self, activity: Reals) -> Reals:
        """What one more in each row saves."""
        return self.of(activity) - self.of(activity + 1.0)


class Descent:
    """Courses of all doctors, and what they come to.

    Args:
        generator: of courses.
        columns: what the doctors have to begin with; None who has nothing yet.
    """

    def __init__(self, generator: Generator, columns: Sequence[Column | None]) -> None:
        """Count together what there is."""
        self.generator = generator
        self.columns = list(columns)
        self.prices = Prices(generator.coupling)
        self._activity = generator.activity(c for c in self.columns if c is not None)

    @property
    def value(self) -> float:
        """Of the step, what is broken at its price."""
        own = sum(column.cost for column in self.columns if column is not None)
        return self.generator.coupling.constant + own + float(self.prices.of(self._activity).sum())

    @property
    def lawful(self) -> bool:
        """Whether no row is broken that may not be."""
        return not self.prices.breaks(self._activity)

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

    def merge(self, columns: Iterable[Column]) -> bool:
        """Give doctors these courses in place of theirs unless it costs more; whether it was done.

        Others may have got theirs since these were found.
        """
        before = self.value
        pairs = [(self.take(column.doctor), column) for column in columns]
        for _, column in pairs:
            self.give(column)
        if self.value <= before + _CLOSE:
            return True
        for former, column in pairs:
            self.take(column.doctor)
            if former is not None:
                self.give(former)
        return False

    def fresh(self, doctor: int) -> Column | None:
        """The cheapest course that is met for a doctor who has none; None if none is met."""
        wishes = {doctor: Wish(np.inf)}
        columns = self.generator.ask(self.multipliers, wishes, 1, None)[0].columns
        if columns:
            return columns[0]
        return None if self.generator.walks(doctor) else self.generator.nothing(doctor)

    def build(self, order: Iterable[int], over: Callable[[], bool]) -> bool:
        """Give a course to all who have none; whether all have one.

        Args:
            order: of the doctors.
            over: asked between doctors; ends it early.
        """
        for doctor in order:
            if self.columns[doctor] is None and not over():
                column = self.fresh(doctor)
                if column is not None:
                    self.give(column)
        return None not in self.columns

    def turn(self, order: Iterable[int], over: Callable[[], bool]) -> bool:
        """Give each doctor another course where that costs less; whether anything got better."""
        better = False
        for doctor in order:
            if over():
                break
            before = self.value
            former = self.take(doctor)
            column = self.fresh(doctor) or former
            if column is None:
                continue
            self.give(column)
            if self.value < before - _CLOSE:
                better = True
            elif former is not None and self.value > before:
                self.take(doctor)
                self.give(former)
        return better

    def twin(self) -> "Descent":
        """Another one that begins where this one is."""
        other = copy(self)
        other.columns, other._activity = self.columns.copy(), self._activity.copy()
        return other

    def anew(self, doctors: Sequence[int]) -> list[Column] | None:
        """Take all courses from some doctors and give them others in turn; what these are.

        Args:
            doctors: in the order in which they get their courses.

        Returns:
            None where somebody gets none, or it costs more.
        """
        before = self.value
        for doctor in doctors:
            self.take(doctor)
        if not self.build(doctors, lambda: False) or self.value > before + _CLOSE:
            return None
        return [column for d in doctors if (column := self.columns[d]) is not None]


def first_columns(generator: Generator, seed: int, over: Callable[[], bool]) -> list[Column] | None:
    """Courses for all doctors that break nothing, better by no other course of one doctor.

    Args:
        generator: of courses.
        seed: of the order in which they get them.
        over: asked between doctors; ends it early, with what there is if it breaks nothing.

    Returns:
        None where somebody gets no course, or rows are broken that may not be.
    """
    chance = random.Random(seed)
    order = list(range(len(generator)))
    descent = Descent(generator, [None] * len(order))
    chance.shuffle(order)
    if not descent.build(order, over):
        return None
    for _ in range(_TURNS):
        chance.shuffle(order)
        if over() or not descent.turn(order, over):
            break
    return [column for column in descent.columns if column is not None] if descent.lawful else None
