"""Which doctors share out anew among themselves what they have: every two, then three at a time."""

import random
from itertools import pairwise

import numpy as np

from scheduler.solving.grid import Grid
from scheduler.solving.state import State

_MORE = 3  # doctors, where no two are left
_DRAWS = 20  # tries to draw so many that were not tried as they stand

Group = tuple[int, ...]
"""Doctors in ascending order."""


class Groups:
    """Draws groups of doctors; none again before one of its doctors has other duties."""

    def __init__(self, grid: Grid, chance: random.Random) -> None:
        """Nothing has been tried."""
        self._grid, self._chance = grid, chance
        could = (grid.cells > 0).astype(np.float32)
        both = could @ could.T > 0
        np.fill_diagonal(both, val=False)
        self._partners = [frozenset(np.flatnonzero(row).tolist()) for row in both]
        self._had = [b""] * len(both)
        self._versions = [0] * len(both)  # of what each doctor has
        self._tried: dict[Group, tuple[int, ...]] = {}

    @property
    def pairs(self) -> int:
        """How many twos there are."""
        return sum(map(len, self._partners)) // 2

    def draw(self, state: State, taken: set[int], wanted: set[int] | None = None) -> Group | None:
        """A group; None where nothing is left to try.

        Args:
            state: the roster.
            taken: doctors who must not be in it.
            wanted: doctors of whom one must be; None for anybody.
        """
        self._look(state)
        free = {doctor for doctor in range(len(self._partners)) if doctor not in taken}
        first = sorted(free if wanted is None else free & wanted)
        group = self._two(first, free) or self._more(first, free)
        if group is not None:
            self._tried[group] = self._now(group)
        return group

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

    def _more(self, first: list[int], free: set[int]) -> Group | None:
        """One of these, a partner, a partner of one of the two, and so on."""
        for _ in range(_DRAWS if first else 0):
            some = {self._chance.choice(first)}
            while len(some) < _MORE:
                near = frozenset().union(*(self._partners[doctor] for doctor in some))
                near = (near & free) - some
                if not near:
                    break
                some.add(self._chance.choice(sorted(near)))
            group = tuple(sorted(some))
            if len(group) == _MORE and self._is_new(group):
                return group
        return None
