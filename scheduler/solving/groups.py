"""Which doctors share out anew among themselves what they have: two, three, or more at a time.

Two are soon asked, and can do little; the more there are, the more they can do and the longer it
takes. So what each number of doctors has brought of late for its work says how many come next.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

import numpy as np

from scheduler.solving.grid import Grid
from scheduler.solving.state import State

_LEAST, _MOST = 2, 6  # doctors
_DRAWS = 20  # tries to draw so many that were not tried as they stand
_MEMORY = 20  # groups of a size that are remembered
_TRIALS = 3  # groups of a size before it is judged by what they brought
_ENOUGH = 20  # groups of a size before one more doctor is thought of,
_SOLVED = 0.7  # and what part of them must have been solved to the end
_SELDOM = 0.1  # of the work, at least, for each size
_ANYONE = 0.1  # of the mean room: so likely is a doctor who has none

Group = tuple[int, ...]
"""Doctors in ascending order."""


@dataclass(frozen=True)
class Pull:
    """Who is to give something away, and to whom.

    Attributes:
        gives: doctors of whom one must be in every group, and how much each has too much; None
            for anybody.
        takes: how much more others may have; who has room is drawn sooner.
    """

    gives: Mapping[int, int] | None = None
    takes: Mapping[int, int] = field(default_factory=dict)

    def likely(self, doctors: list[int]) -> list[float]:
        """How likely each is drawn as the one who takes, in no unit."""
        mean = sum(self.takes.values()) / max(1, len(self.takes))
        return [self.takes.get(doctor, 0) + (_ANYONE * mean or 1.0) for doctor in doctors]


ANYBODY = Pull()


@dataclass
class Size:
    """Groups of so many doctors, and what they have brought of late.

    Attributes:
        count: doctors.
        asked: how many groups were, in all.
        failed: how many of them since anything was better.
        paid, spent, solved: of the last groups: gain, work and how many were solved to the end.
        waits: work for other sizes since it was asked.
        left: whether there may be a group that was not tried as it stands.
    """

    count: int
    asked: int = 0
    failed: int = 0
    paid: float = 0.0
    spent: float = 0.0
    solved: float = 0.0
    waits: float = 0.0
    left: bool = True

    @property
    def recent(self) -> float:
        """How many groups are remembered."""
        return _MEMORY * (1.0 - (1.0 - 1.0 / _MEMORY) ** self.asked)

    @property
    def yields(self) -> float:
        """Gain for work; infinite as long as it cannot be told."""
        return self.paid / self.spent if self.asked >= _TRIALS and self.spent else inf

    @property
    def due(self) -> bool:
        """Whether it has had less than its least part of the work."""
        return self.asked > 0 and self.waits * _SELDOM > self.spent / self.recent

    @property
    def opens(self) -> bool:
        """Whether one doctor more may be thought of."""
        return self.asked >= _ENOUGH and self.solved >= _SOLVED * self.recent

    def learn(self, gain: float, work: float, *, solved: bool) -> None:
        """Remember a group."""
        keep = 1.0 - 1.0 / _MEMORY
        self.asked += 1
        self.failed += 1
        self.paid = keep * self.paid + gain
        self.spent = keep * self.spent + work
        self.solved = keep * self.solved + solved
        self.waits = 0.0


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
        self._sizes = [Size(_LEAST)]

    @property
    def pairs(self) -> int:
        """How many twos there are."""
        return sum(map(len, self._partners)) // 2

    def draw(self, state: State, taken: set[int], pull: Pull = ANYBODY) -> Group | None:
        """A group; None where nothing is left to try.

        Args:
            state: the roster.
            taken: doctors who must not be in it.
            pull: who is to be in it.
        """
        self._look(state)
        free = {doctor for doctor in range(len(self._partners)) if doctor not in taken}
        waiting = self._order()
        while waiting:
            size = waiting.pop(0)
            group = self._two(free, pull) if size.count == _LEAST else self._more(size, free, pull)
            size.left = group is not None or bool(taken)  # whoever is free now says nothing of that
            if group is not None:
                self._tried[group] = self._now(group)
                return group
            if not waiting and not taken and self._sizes[-1].count < _MOST:
                self._sizes.append(Size(self._sizes[-1].count + 1))
                waiting = self._sizes[-1:]
        return None

    def learn(self, group: Group, gain: float, work: float, *, better: bool, solved: bool) -> None:
        """Remember what a group has brought.

        Args:
            group: one that was drawn.
            gain: by how much the step is better.
            work: what it took.
            better: whether anything is.
            solved: whether nothing better is left in it.
        """
        for size in self._sizes:
            if size.count == len(group):
                size.learn(gain, work, solved=solved)
            else:
                size.waits += work
            if better:
                size.failed = 0

    def failed(self, patience: int) -> bool:
        """Whether so many groups of every size were tried in vain since anything was better."""
        return all(size.failed >= patience or not size.left for size in self._sizes)

    def _order(self) -> list[Size]:
        """How many doctors to think of first, and then, where no such group is left."""
        last = self._sizes[-1]
        if last.count < _MOST and last.opens:
            self._sizes.append(Size(last.count + 1))
        return sorted(
            self._sizes,
            key=lambda own: (not own.due, -own.yields, own.spent * own.failed, own.count),
        )

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

    def _two(self, free: set[int], pull: Pull) -> Group | None:
        """One who gives and a partner who is free; None where all were tried as they stand."""
        new: dict[Group, float] = {}
        for one, much in _first(free, pull).items():
            others = sorted(self._partners[one] & free)
            for other, likely in zip(others, pull.likely(others), strict=True):
                pair = (min(one, other), max(one, other))
                if self._is_new(pair):
                    new[pair] = max(new.get(pair, 0.0), much * likely)
        if not new:
            return None
        pairs = sorted(new)
        return self._chance.choices(pairs, [new[pair] for pair in pairs])[0]

    def _more(self, size: Size, free: set[int], pull: Pull) -> Group | None:
        """One who gives, a partner, a partner of one of the two, and so on."""
        first = _first(free, pull)
        for _ in range(_DRAWS if first else 0):
            some = set(self._chance.choices(list(first), list(first.values())))
            while len(some) < size.count:
                near = frozenset().union(*(self._partners[doctor] for doctor in some))
                others = sorted((near & free) - some)
                if not others:
                    break
                likely = pull.likely(others) if len(some) == 1 else None
                some.update(self._chance.choices(others, likely))
            group = tuple(sorted(some))
            if len(group) == size.count and self._is_new(group):
                return group
        return None


def _first(free: set[int], pull: Pull) -> dict[int, int]:
    """Who may be the first of a group, and how much each has too much."""
    gives = dict.fromkeys(free, 1) if pull.gives is None else pull.gives
    return {doctor: gives[doctor] for doctor in sorted(free & gives.keys())}
