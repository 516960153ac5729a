"""Which doctors share out anew among themselves what they have: every two, then more at a time."""

import random
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from scheduler.solving.grid import Grid
from scheduler.solving.state import State

_SIZES = (2, 3)  # doctors
_MEMORY = 0.9  # what is left of what is known of a size after each try
_SELDOM = 0.05  # the least chance of a size
_DRAWS = 20  # tries to draw a group that was not tried as it stands

Group = tuple[int, ...]
"""Doctors in ascending order."""


@dataclass
class Size:
    """Groups of so many doctors, with what they have brought.

    Attributes:
        gained: of the step, in its integers.
        work: in CP-SAT's own measure.
    """

    doctors: int
    gained: float = 0.0
    work: float = 0.0

    def learn(self, gained: int, work: float) -> None:
        """Remember a try."""
        self.gained = _MEMORY * self.gained + gained
        self.work = _MEMORY * self.work + work

    @property
    def pays(self) -> float:
        """What it brings for its work; before it was tried, as much as can be."""
        return self.gained / self.work if self.work else inf


class Groups:
    """Draws groups of doctors, of the size that pays most often.

    None is drawn again before one of its doctors has other duties.
    """

    def __init__(self, grid: Grid, chance: random.Random) -> None:
        """Nothing has been tried."""
        self._grid, self._chance = grid, chance
        could = (grid.cells > 0).astype(np.float32)
        both = could @ could.T > 0
        np.fill_diagonal(both, val=False)
        self._partners = [frozenset(np.flatnonzero(row).tolist()) for row in both]
        self._sizes = [Size(doctors) for doctors in _SIZES]
        self._had = [b""] * len(both)
        self._versions = [0] * len(both)  # of what each doctor has
        self._tried: dict[Group, tuple[int, ...]] = {}

    def draw(
        self, state: State, taken: set[int], wanted: set[int] | None = None
    ) -> tuple[Size, Group] | None:
        """A group and its size; None where nothing is left to try.

        Args:
            state: the roster.
            taken: doctors who must not be in it.
            wanted: doctors of whom one must be; None for anybody.
        """
        self._look(state)
        free = {doctor for doctor in range(len(self._partners)) if doctor not in taken}
        first = sorted(free if wanted is None else free & wanted)
        for size in self._in_turn():
            two = size.doctors == 2
            group = self._two(first, free) if two else self._some(size.doctors, first, free)
            if group is not None:
                self._tried[group] = self._now(group)
                return size, group
        return None

    def _look(self, state: State) -> None:
        """Note who has other duties than before."""
        decided = state.decided
        owners = self._grid.doctor_of[decided]
        order = np.argsort(owners, kind="stable")
        ends = np.searchsorted(owners[order], np.arange(len(self._had) + 1))
        for doctor, (low, high) in enumerate(pairwise(ends.tolist())):
            has = decided[order[low:high]].tobytes()
            if has != self._had[doctor]:
                self._had[doctor] = has
                self._versions[doctor] += 1

    def _in_turn(self) -> list[Size]:
        """One drawn by what it pays, then the others; at first the smallest that was not tried."""
        for size in self._sizes:
            if size.pays == inf:
                return [size, *(other for other in self._sizes if other is not size)]
        total = sum(size.pays for size in self._sizes)
        weights = [max(_SELDOM, size.pays / total if total else 0.0) for size in self._sizes]
        [first] = self._chance.choices(self._sizes, weights)
        return [first, *(size for size in self._sizes if size is not first)]

    def _now(self, group: Group) -> tuple[int, ...]:
        return tuple(self._versions[doctor] for doctor in group)

    def _is_new(self, group: Group) -> bool:
        return self._tried.get(group) != self._now(group)

    def _two(self, first: list[int], free: set[int]) -> Group | None:
        """One of these and a partner who is free."""
        pairs = {
            (min(one, other), max(one, other))
            for one in first
            for other in self._partners[one] & free
        }
        new = sorted(pair for pair in pairs if self._is_new(pair))
        return self._chance.choice(new) if new else None

    def _some(self, count: int, first: list[int], free: set[int]) -> Group | None:
        """One of these, a partner, a partner of one of the two, and so on."""
        for _ in range(_DRAWS if first else 0):
            some = {self._chance.choice(first)}
            while len(some) < count:
                near = frozenset().union(*(self._partners[doctor] for doctor in some))
                near = (near & free) - some
                if not near:
                    break
                some.add(self._chance.choice(sorted(near)))
            group = tuple(sorted(some))
            if len(group) == count and self._is_new(group):
                return group
        return None
