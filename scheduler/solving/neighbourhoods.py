"""Parts of a roster to be solved anew: which decisions are set free together.

Kinds are a window of time, doctors over a long time, some doctors in a window, the worst-off
with the best-off, what costs or is broken with its surroundings, and units anywhere. Which kind
is tried next follows what has paid, and each has a size that adapts.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.solving.board import BROKEN
from scheduler.solving.grid import Grid
from scheduler.solving.model import EXCESS, TRUE
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index, State

_SMALLEST, _LARGEST, _FIRST_SIZE = 60, 6_000, 300  # free decisions
_ROOM = 20_000  # variables: with eight for each free decision, two parts took 100 MB and more
_FASTER, _FAST, _SLOW = 1.15, 1.05, 0.88  # what a size is multiplied with
_EASY = 0.25  # of the work allowed: what took less may grow much
_MEMORY = 20  # tries that are remembered of a kind
_SELDOM = 0.05  # the least chance of a kind


@dataclass
class Kind:
    """A kind of neighbourhood with what it has brought."""

    name: str
    draw: Callable[[State, int, int], Numbers]
    tried: float = 1.0
    paid: float = 1.0
    size: float = _FIRST_SIZE

    def learn(self, *, better: bool, solved: bool, work: float, variables: int) -> None:
        """Remember a try.

        Args:
            better: whether it paid.
            solved: whether it was solved to the end.
            work: what it took, as a part of what it may take.
            variables: how many it had; where that is as much as there is room for, no more
                decisions are set free next time.
        """
        keep = 1.0 - 1.0 / _MEMORY
        self.tried = keep * self.tried + 1.0
        self.paid = keep * self.paid + (1.0 if better else 0.0)
        factor = _SLOW if not solved else _FASTER if work < _EASY else _FAST
        if variables >= _ROOM:
            factor = min(factor, _ROOM / variables)
        self.size = min(_LARGEST, max(_SMALLEST, self.size * factor))


class Neighbourhoods:
    """Draws sets of decisions to free.

    Attributes:
        kinds: what can be drawn.
        mending: what is drawn while something is broken.
    """

    def __init__(self, index: Index, chance: random.Random) -> None:
        """Lay out doctors, units and days."""
        self.model = index.model
        self.grid: Grid = index.grid
        self.chance = chance
        self.doctors, self.days = len(self.grid.cells), len(self.grid.day_at) - 1
        self.per_cell = index.model.decisions / max(1, self.doctors * self.days)
        self.kinds = [
            Kind("window", self.window),
            Kind("doctors", self.staff),
            Kind("mixed", self.mixed),
            Kind("costs", self.costs),
            Kind("contrast", self.contrast),
            Kind("holes", self.holes),
            Kind("scattered", self.scattered),
        ]
        self.mending = [Kind("broken", self.broken), Kind("costs", self.costs)]

    def draw(self, state: State, current: int) -> tuple[Kind, Numbers]:
        """A kind that has paid, and one neighbourhood of it."""
        kinds = self.mending if state.violation else self.kinds
        weights = [max(_SELDOM, kind.paid / kind.tried) for kind in kinds]
        [kind] = self.chance.choices(kinds, weights)
        return kind, kind.draw(state, current, int(kind.size))

    def window(self, state: State, current: int, size: int) -> Numbers:
        """Everything in a stretch of time."""
        return self._stretch(range(self.doctors), self.chance.randrange(self.days), size)

    def staff(self, state: State, current: int, size: int) -> Numbers:
        """A few doctors over the whole time, or as long a part of it as the size allows."""
        count = max(2, round(size / (self.per_cell * self.days)))
        return self._stretch(self._some(count), self.chance.randrange(self.days), size)

    def mixed(self, state: State, current: int, size: int) -> Numbers:
        """Some doctors in a window of some weeks."""
        return self._stretch(self._some(self._crowd(size)), self.chance.randrange(self.days), size)

    def contrast(self, state: State, current: int, size: int) -> Numbers:
        """The worst-off and the best-off of a comparison, with one more by chance."""
        compared = [s for s in self.model.steps if s.worst]
        if not compared:
            return self.staff(state, current, size)
        entries = compared[-1].entries
        low = next(f for k, f in state.board.tops.tolist()[::-1] if k)
        begin = int(state.board.families[low])
        heights = np.argsort(state.board.heights[begin : begin + len(entries)], kind="stable")
        last = len(heights) - 1
        picked = {
            int(heights[last - min(last, int(self.chance.expovariate(1)))]),
            int(heights[min(last, int(self.chance.expovariate(1)))]),
            self.chance.randint(0, last),
        }
        doctors = {
            int(self.grid.doctor_of[v])
            for n in picked
            for _, v in entries[n][0]
            for v in self._decisions(v, few=True)
        }
        doctors.discard(-1)
        if not doctors:
            return self.staff(state, current, size)
        return self._stretch(sorted(doctors), self.chance.randrange(self.days), size)

    def costs(self, state: State, current: int, size: int) -> Numbers:
        """Something that is broken or costs in the current step, with whom and what is near."""
        return self._near(self._culprits(state, current), size) if self.days else self._none

    def broken(self, state: State, current: int, size: int) -> Numbers:
        """All that whoever breaks something could have, however much that is."""
        owners = self.grid.doctor_of[sorted(self._culprits(state, current))]
        owners = owners[owners >= 0]
        if not len(owners):
            return self.mixed(state, current, size)
        own = self.grid.cells[self.chance.choice(owners.tolist())]
        return np.unique(own[own > 0])

    def holes(self, state: State, current: int, size: int) -> Numbers:
        """The surroundings of something uncovered: everybody, as long a time as is possible."""
        missing = [self.model.definition_of[var] for var in self._demands if state.value(var)]
        fillers = [v for d in missing for c, v in d.terms if c < 0 and v <= self._last]
        units = [unit for v in fillers if (unit := int(self.grid.unit_of[v])) >= 0]
        if not units:
            return self.mixed(state, current, size)
        day = int(self.grid.day_of[self.chance.choice(units)])
        return self._stretch(range(self.doctors), day, size)

    def scattered(self, state: State, current: int, size: int) -> Numbers:
        """Units anywhere, whole."""
        at, own = self.grid.unit_at, self.grid.unit_decisions
        units = self.chance.sample(range(len(at) - 1), len(at) - 1)
        free: list[Numbers] = []
        count = 0
        for unit in units:
            free.append(own[at[unit] : at[unit + 1]])
            count += len(free[-1])
            if count >= size:
                break
        return np.unique(np.concatenate(free)) if free else self._none

    # --- where to look --------------------------------------------------------------------

    def _culprits(self, state: State, current: int) -> set[int]:
        """The decisions behind one thing that is broken, or else one thing that costs."""
        if state.violation:
            numbers = np.flatnonzero(state.board.constraints[:, BROKEN])
            constraint = self.model.constraints[int(self.chance.choice(numbers.tolist()))]
            guard = set() if constraint.only_if == TRUE else {constraint.only_if}
            found: set[int] = set()
            for var in {v for _, v in constraint.terms} | guard:
                found |= self._decisions(var)
            return found
        values = state.board.values
        step = self.model.steps[current]
        terms = step.terms
        if step.worst:
            heights = [(sum(c * int(values[v]) for c, v in t) + k, t) for t, k in step.entries]
            terms = max(heights, key=lambda own: own[0])[1]
        paid = [(c * int(values[v]), v) for c, v in terms if c * values[v] > 0]
        if not paid:
            return set()
        [(_, var)] = self.chance.choices(paid, [price for price, _ in paid])
        return self._decisions(var)

    def _near(self, culprits: set[int], size: int) -> Numbers:
        """Whom these decisions are about, with others by chance, around the time they are of."""
        own = sorted(v for v in culprits if self.grid.unit_of[v] >= 0)
        if not own:
            return self.mixed_at(self.chance.randrange(self.days), [], size)
        centre = self.chance.choice(own)
        day = int(self.grid.day_of[self.grid.unit_of[centre]])
        doctors = sorted({int(self.grid.doctor_of[v]) for v in own} - {-1})
        return self.mixed_at(day, doctors, size)

    def mixed_at(self, day: int, doctors: list[int], size: int) -> Numbers:
        """Some of these doctors and some others, around a day."""
        count = self._crowd(size)
        named = self.chance.sample(doctors, min(len(doctors), max(1, count // 2)))
        others = [n for n in self._some(count) if n not in named]
        return self._stretch(named + others[: max(1, count - len(named))], day, size)

    def _crowd(self, size: int) -> int:
        """How many doctors to take: anything between two for long and everybody for some days."""
        cells = size / max(self.per_cell, 1e-9)
        least = max(2.0, cells / self.days)
        most = max(least, min(float(self.doctors), cells / 5))
        return int(least * (most / least) ** self.chance.random() + 0.5)

    def _some(self, count: int) -> list[int]:
        return self.chance.sample(range(self.doctors), min(self.doctors, count))

    def _stretch(self, doctors: "list[int] | range", day: int, size: int) -> Numbers:
        """What these doctors could have, around a day, until there is enough of it."""
        g = self.grid
        own = g.cells[np.array(doctors, dtype=np.int64)]
        each = np.add.reduceat((own > 0).sum(axis=0), g.day_at[:-1])
        low, high = day, day + 1
        count = int(each[day])
        while count < size and (low > 0 or high < self.days):
            if low > 0 and count < size:
                low -= 1
                count += int(each[low])
            if high < self.days and count < size:
                count += int(each[high])
                high += 1
        free = own[:, g.day_at[low] : g.day_at[high]]
        return self._cut(free[free > 0], size)

    def _cut(self, free: Numbers, size: int) -> Numbers:
        """Of far too many decisions (a day of a large district) those of some doctors."""
        if len(free) <= 2 * size:
            return np.unique(free)
        owners = self.grid.doctor_of[free]
        doctors = self.chance.sample(sorted(set(owners.tolist())), len(set(owners.tolist())))
        keep = doctors[: max(2, len(doctors) * size // len(free))]
        return np.unique(free[np.isin(owners, keep)])

    def _decisions(self, var: int, *, few: bool = False) -> set[int]:
        """The decisions from which a variable follows; of `few`, one is enough."""
        found: set[int] = set()
        pending = [var]
        seen: set[int] = set()
        while pending:
            one = pending.pop()
            if one in seen:
                continue
            seen.add(one)
            if one > self._last:
                pending.extend(v for _, v in self.model.definition_of[one].terms)
            elif one > TRUE:
                found.add(one)
                if few:
                    break
        return found

    @property
    def _none(self) -> Numbers:
        return np.zeros(0, dtype=np.int64)

    @property
    def _last(self) -> int:
        return self.model.decisions + 1

    @cached_property
    def _demands(self) -> list[int]:
        """The variables that count what the first step misses."""
        counted = {v for _, v in self.model.steps[0].terms} if self.model.steps else set()
        return [d.var for d in self.model.definitions if d.kind == EXCESS and d.var in counted]
