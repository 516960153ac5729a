"""From mixtures of courses to whole ones: duties are settled step by step, courses found anew.

The mixture tells how much of each duty each doctor has. Those that are nearly whole are settled,
and where that makes the mixture dearer new courses are looked for; so a roster emerges that costs
little more than the mixture. While settling costs nothing more and more is settled at a time, where
it costs something less. With most doctors as they are it is a neighbourhood of whole courses.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
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
_BOLDER, _SHYER = 2.0, 0.5  # parts after a step that cost nothing, and after others


@dataclass(frozen=True)
class Pace:
    """How carefully duties are settled.

    Attributes:
        part: of all duties that are not whole those that are settled at a time may lack together,
            to begin with.
        rounds: of new courses after each time, at most.
        dear: a mixture that costs more by this part of it is bettered by them.
    """

    part: float
    rounds: int
    dear: float


QUICK = Pace(0.006, 2, 0.003)
STEADY = Pace(0.003, 4, 0.001)
SLOW = Pace(0.001, 8, 0.0005)


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
        self._chosen: list[frozenset[int]] = []
        self._forced: dict[int, list[int]] = {doctor: [] for doctor in doctors}
        self.bound = -inf
        self.mixed: Mixed | None = None
        self._put(column for column in present if column.doctor in doctors)

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
        self._put(self.generator.cheapest(multipliers, _FEW, self.doctors))

    def generate(self, rounds: int, goal: float = inf) -> bool:
        """Look for courses that better the mixture.

        Args:
            rounds: at most; it also ends where several bring little.
            goal: a bound of this is enough: nothing that is wanted is left.

        Returns:
            Whether there is a mixture; without time there may be none.
        """
        solved = self._solve()
        reached: list[float] = []
        for _ in range(rounds):
            if not solved or self.left() <= 0:
                break
            fresh = self._look()
            if not fresh or self.bound >= goal:
                break
            solved = self._solve()
            reached.append(self.value)
            if len(reached) > _TAIL and reached[-_TAIL - 1] - self.value < _SLOW * abs(self.value):
                break
        return self.mixed is not None

    def dive(self, pace: Pace, most: float) -> list[Column] | None:
        """Settle duties until every doctor has one whole course; None where it costs too much.

        What leaves somebody without a course is taken back. Where it is ended before, each doctor
        has the course of which there is most.

        Args:
            pace: how carefully.
            most: given up where the mixtures cost as much or more.
        """
        settled: set[int] = set()
        part, reached = pace.part, self.value
        while self.mixed is not None and self.value < most:
            open_ = sorted(
                (1 - own, v)
                for v, own in self._parts(self.mixed).items()
                if own < 1 - _WHOLE and v not in settled
            )
            if not open_ or self.left() <= 0:
                return self._taken(self.mixed)
            chosen = _surest(open_, part * len(open_))
            settled.update(chosen)
            dropped = self._force(chosen)
            enough = reached + pace.dear * abs(reached)
            if not self._solve():
                return self._taken(self.mixed)
            if self.lawful and self.value <= enough:
                part = max(_BOLDER * part, pace.part)
                continue
            if not self._mend(pace.rounds, enough):
                return self._taken(self.mixed)
            if not self.lawful:
                part *= _SHYER
                self._free(chosen, dropped)
                if len(chosen) > 1:
                    settled.difference_update(chosen)
                if not self._solve():
                    return self._taken(self.mixed)
                continue
            part = max(_SHYER * part, pace.part)
            reached = self.value
        return None

    def _mend(self, rounds: int, enough: float) -> bool:
        """Look for courses that hold what is settled; whether the program was solved each time.

        Args:
            rounds: at most, some more where somebody has no course.
            enough: a mixture that costs no more is good.
        """
        for round_ in range(rounds + _LATER):
            over = self.lawful and (round_ >= rounds or self.value <= enough)
            if over or self.left() <= 0 or not self._look():
                break
            if not self._solve():
                return False
        return True

    def _solve(self) -> bool:
        """Whether the best mixture is found; if not, what was there stays."""
        found = self._mixture.solve(self.left)
        self.mixed = found or self.mixed
        return found is not None

    def _look(self) -> int:
        """Ask for better courses at what the rows pay; how many new ones there are."""
        mixed = self.mixed
        if mixed is None:
            return 0
        wishes = {
            doctor: Wish(float(mixed.worth[doctor]), forced)
            for doctor, forced in self._forced.items()
        }
        # Walks are looked for far and wide only where somebody has none that is lawful.
        answers = self.generator.ask(
            mixed.multipliers,
            wishes,
            1,
            self._pool,
            over=lambda: mixed.lawful,
            ended=lambda: self.left() <= 0,
        )
        bound = self._apart + self.generator.bound(mixed.multipliers, self._settled, answers)
        self.bound = max(self.bound, bound)
        return self._put(column for answer in answers for column in answer.columns)

    def _put(self, columns: Iterable[Column]) -> int:
        """Have these columns in the program; how many were not."""
        fresh = self._mixture.put(columns)
        known = self._mixture.columns
        self._chosen += [frozenset(own.decisions) for own in known[len(self._chosen) :]]
        return fresh

    def _parts(self, mixed: Mixed) -> dict[int, float]:
        """How much of each duty a doctor has, by decision."""
        parts: dict[int, float] = {}
        for number in np.flatnonzero(mixed.shares > _GAIN).tolist():
            for var in self._mixture.columns[number].decisions:
                parts[var] = parts.get(var, 0.0) + float(mixed.shares[number])
        return parts

    def _force(self, decisions: Sequence[int]) -> list[int]:
        """Have these decisions in every course of their doctors; the columns that are left out."""
        by_doctor: dict[int, list[int]] = {}
        for var in decisions:
            doctor, place = self.generator.place(var)
            by_doctor.setdefault(doctor, []).append(var)
            self._forced[doctor].append(place)
        dropped = [
            number
            for number, column in enumerate(self._mixture.columns)
            if number not in self._mixture.out
            and not self._chosen[number].issuperset(by_doctor.get(column.doctor, ()))
        ]
        for number in dropped:
            self._mixture.drop(number)
        return dropped

    def _free(self, decisions: Sequence[int], dropped: Sequence[int]) -> None:
        """Settle these decisions no more, and have those columns in again."""
        for var in decisions:
            doctor, place = self.generator.place(var)
            self._forced[doctor].remove(place)
        for number in dropped:
            self._mixture.allow(number)

    def _taken(self, mixed: Mixed) -> list[Column]:
        """Of each doctor the course of which there is most."""
        taken: dict[int, int] = {}
        for number, share in enumerate(mixed.shares.tolist()):
            doctor = self._mixture.columns[number].doctor
            if doctor not in taken or share > mixed.shares[taken[doctor]]:
                taken[doctor] = number
        return [self._mixture.columns[taken[doctor]] for doctor in sorted(taken)]


def _surest(open_: Iterable[tuple[float, int]], most: float) -> list[int]:
    """The duties that are nearest to whole, at least one.

    Args:
        open_: how much each duty lacks of a whole, and its decision; ascending.
        most: they lack together, unless it is one.
    """
    chosen: list[int] = []
    for lack, var in open_:
        most -= lack
        if chosen and most < 0:
            break
        chosen.append(var)
    return chosen
