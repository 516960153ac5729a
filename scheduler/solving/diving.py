"""From mixtures of courses to whole ones: duties are settled step by step, courses found anew.

The mixture tells how much of each duty each doctor has. Those that are nearly whole are settled,
and for what is left new courses are looked for; so a roster emerges that costs little more than the
mixture. Settling few duties at a time and looking often is slower and better. With most doctors
as they are it is a neighbourhood of whole courses.
"""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import inf

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.mixture import Column, Mixed, Mixture

_FEW = 30  # columns of a doctor to begin with
_TAIL, _SLOW = 10, 0.002  # rounds that gain no more than this part of the value end it
_WHOLE = 1e-3
_GAIN = 1e-6
_LATER = 5  # rounds more, where a doctor has no course that holds what is settled


@dataclass(frozen=True)
class Pace:
    """How carefully duties are settled.

    Attributes:
        part: of the duties that are not whole, so many at a time,
        sure: of which all but the first must be as whole as this.
        rounds: of new courses after each time.
    """

    part: float
    sure: float
    rounds: int


QUICK, STEADY, SLOW = Pace(0.1, 0.7, 2), Pace(0.03, 0.7, 4), Pace(0.01, 0.9, 8)


class Mixing:
    """Mixtures of some doctors' courses with the others' settled.

    Args:
        generator: of courses.
        present: the columns of a roster; they are known to the mixture.
        doctors: whose are mixed.
        left: seconds left.
        pool: asks the doctors side by side, where given.
    """

    def __init__(
        self,
        generator: Generator,
        present: Sequence[Column],
        doctors: Collection[int],
        left: Callable[[], float],
        pool: Executor | None = None,
    ) -> None:
        """Lay out the program with the present columns of these doctors."""
        self.generator, self.doctors, self.left, self._pool = generator, doctors, left, pool
        others = [column for column in present if column.doctor not in doctors]
        self._settled = generator.activity(others)
        self._apart = sum(column.cost for column in others)
        self._mixture = Mixture(generator.coupling, self._settled, doctors)
        self._in: set[tuple[int, tuple[int, ...]]] = set()
        self._chosen: list[frozenset[int]] = []
        self._forced: dict[int, list[int]] = {doctor: [] for doctor in doctors}
        self._dropped: set[int] = set()
        self.bound = -inf
        self.mixed: Mixed | None = None
        for column in present:
            if column.doctor in doctors:
                self._add(column)

    @property
    def value(self) -> float:
        """Of the step with these mixtures; infinite where they could not be found."""
        return inf if self.mixed is None else self.mixed.value + self._apart

    @property
    def lawful(self) -> bool:
        """Whether there are mixtures, and they break nothing."""
        return self.mixed is not None and self.mixed.lawful

    def alone(self, left: Callable[[], float]) -> None:
        """Ask the doctors one after the other from now on, as long as this says."""
        self.left, self._pool = left, None

    def recall(self, multipliers: Reals) -> None:
        """Take in the columns that are known and cheapest at these multipliers."""
        for doctor in self.doctors:
            known = list(self.generator.known[doctor].values())
            costs = [c.cost - float(multipliers[c.rows] @ c.amounts) for c in known]
            for place in np.argsort(costs, kind="stable")[:_FEW].tolist():
                self._add(known[place])

    def generate(self, rounds: int, goal: float = inf) -> bool:
        """Look for courses that better the mixture.

        Args:
            rounds: at most; it also ends where several bring little.
            goal: a bound of this is enough: nothing that is wanted is left.

        Returns:
            Whether there is a mixture; without time there may be none.
        """
        self._solve()
        reached: list[float] = []
        for _ in range(rounds):
            if self.mixed is None or self.left() <= 0:
                break
            fresh = self._look()
            if not fresh or self.bound >= goal:
                break
            better = self._solved()
            if better is None:
                break  # what was there is still a mixture
            self.mixed = better
            reached.append(self.value)
            if len(reached) > _TAIL and reached[-_TAIL - 1] - self.value < _SLOW * abs(self.value):
                break
        return self.mixed is not None

    def dive(self, pace: Pace, most: float) -> list[Column] | None:
        """Settle duties until every doctor has one whole course; None where it costs too much.

        Args:
            pace: how carefully.
            most: given up where the mixtures cost as much or more.
        """
        settled: set[int] = set()
        while self.mixed is not None and self.value < most and self.left() > 0:
            parts = self._parts(self.mixed)
            open_ = sorted(
                ((-part, v) for v, part in parts.items() if part < 1 - _WHOLE and v not in settled)
            )
            if not open_:
                return self._taken(self.mixed)
            count = max(1, int(pace.part * len(open_)))
            chosen = [v for n, (part, v) in enumerate(open_[:count]) if n == 0 or -part > pace.sure]
            settled.update(chosen)
            self._force(chosen)
            self._solve()
            for round_ in range(pace.rounds + _LATER):
                enough = round_ >= pace.rounds and self.lawful
                if enough or self.left() <= 0 or not self._look():
                    break
                self._solve()
        return None

    def _solve(self) -> None:
        self.mixed = self._solved()

    def _solved(self) -> Mixed | None:
        """The best mixtures; None if the time did not suffice.

        After many changes GLOP may lose its way in numbers, with time left: then it begins anew.
        """
        mixed = self._mixture.solve(self.left())
        if mixed is not None or self.left() <= 0:
            return mixed
        columns = self._mixture.columns
        self._mixture = Mixture(self.generator.coupling, self._settled, self.doctors)
        for column in columns:
            self._mixture.add(column)
        for number in self._dropped:
            self._mixture.drop(number)
        return self._mixture.solve(self.left())

    def _look(self) -> int:
        """Ask for better courses at what the rows pay; how many new ones there are."""
        mixed = self.mixed
        if mixed is None:
            return 0
        wishes = {
            doctor: Wish(float(mixed.worth[doctor]), forced)
            for doctor, forced in self._forced.items()
        }
        answers = self.generator.ask(mixed.multipliers, wishes, 1, self._pool)
        bound = self._apart + self.generator.bound(mixed.multipliers, self._settled, answers)
        self.bound = max(self.bound, bound)
        return sum(self._add(column) for answer in answers for column in answer.columns)

    def _add(self, column: Column) -> bool:
        key = (column.doctor, column.decisions)
        if key in self._in:
            return False
        self._in.add(key)
        self._mixture.add(column)
        self._chosen.append(frozenset(column.decisions))
        return True

    def _parts(self, mixed: Mixed) -> dict[int, float]:
        """How much of each duty a doctor has, by decision."""
        parts: dict[int, float] = {}
        for number in np.flatnonzero(mixed.shares > _GAIN).tolist():
            for var in self._mixture.columns[number].decisions:
                parts[var] = parts.get(var, 0.0) + float(mixed.shares[number])
        return parts

    def _force(self, decisions: Sequence[int]) -> None:
        """Have these decisions in every course of their doctors."""
        by_doctor: dict[int, list[int]] = {}
        for var in decisions:
            doctor, place = self.generator.place(var)
            by_doctor.setdefault(doctor, []).append(var)
            self._forced[doctor].append(place)
        for number, column in enumerate(self._mixture.columns):
            own = by_doctor.get(column.doctor, [])
            if number not in self._dropped and not self._chosen[number].issuperset(own):
                self._dropped.add(number)
                self._mixture.drop(number)

    def _taken(self, mixed: Mixed) -> list[Column] | None:
        """The whole courses; None where some doctor has none."""
        taken = [
            self._mixture.columns[number]
            for number in np.flatnonzero(mixed.shares > 1 - _WHOLE).tolist()
        ]
        return taken if len(taken) == len(self.doctors) else None
