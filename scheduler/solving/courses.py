"""Courses: what one doctor has over the whole time, laid out so that it is decided day by day.

Most of what is demanded speaks of one doctor alone. Read in the order of time, each such sum is
open from its first variable to its last; what is open is all that later days need to know of
earlier ones. So a course is searched forwards (`beam.py`), with a few numbers for each open sum.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.solving.grid import Grid
from scheduler.solving.jit import compiled
from scheduler.solving.model import TRUE
from scheduler.solving.packed import NO_LIMIT, Numbers, Packed, Sums

AT_LEAST, EXCESS, LIMITS = range(3)
"""What is settled when a sum closes: a definition of either kind, or a constraint."""

HOW, SLOT, LOWEST, HIGHEST, GUARDED, NUMBER = range(6)
"""The columns of `Course.closings`: how it is settled, where its sum stands, the limits (of a
definition its threshold), where its guard stands or -1, and which variable of the course it is."""

_LONG = 0.5  # of the time: a sum that is open for longer tells no two days apart
_NOBODY, _SEVERAL = -1, -2


class Outline(NamedTuple):
    """What is the doctor's own, by number in the model.

    Attributes:
        decisions: what the doctor could have, in the order of time; one a layer of the course.
        day_ends: 1 for a layer that is the last of its day.
        variables, constraints: what is defined, and what is demanded, of this doctor alone.
    """

    decisions: Numbers
    day_ends: Numbers
    variables: Numbers
    constraints: Numbers


class Course(NamedTuple):
    """A doctor's own part of the model, in the order of time.

    Attributes:
        decisions: what the doctor could have, one a layer.
        day_ends: 1 for a layer that is the last of its day.
        edge_at, edges: of each decision and then each definition: (slot, coefficient, most); a sum
            over `most` breaks its limit whatever follows.
        open_at, openings: by layer: (slot, what it begins with), where that is not 0.
        close_at, closings: by layer: what is settled when the decision is made.
        room: how many slots there are; the first `tracked` are open for most of the time.
        tracked: see `room`.
        limits: of the tracked sums that are constraints: (slot, low, high, largest term).
        rest: what each of those can still gain after each layer.
        shares: the coefficient that each decision and then each definition has in each of those.
        variables, constraints: by number in the model: what is defined, and what is demanded, of
            this doctor alone.
    """

    decisions: Numbers
    day_ends: Numbers
    edge_at: Numbers
    edges: Numbers
    open_at: Numbers
    openings: Numbers
    close_at: Numbers
    closings: Numbers
    room: int
    tracked: int
    limits: Numbers
    rest: Numbers
    shares: Numbers
    variables: Numbers
    constraints: Numbers


class Courses:
    """The courses of a model, laid out when they are asked for.

    Attributes:
        owners: of each variable the doctor from whose decisions alone it follows, -1 for a
            constant, -2 where it follows from several doctors'.
        whose: of each constraint the doctor of whom alone it speaks, or -1 or -2 likewise.
    """

    def __init__(self, packed: Packed, grid: Grid) -> None:
        """Find out what is whose."""
        self.packed, self.grid = packed, grid
        self._variables, guards = _in_full(packed.defined), _in_full(packed.guards)
        self._rows = (
            _in_full(packed.kinds),
            _in_full(packed.thresholds),
            self._variables,
            _in_full(packed.lows),
            _in_full(packed.highs),
            guards,
            _in_full(packed.uppers),
        )
        self.owners = np.full(packed.size, _NOBODY, dtype=np.int64)
        self.owners[2 : packed.decisions + 2] = _SEVERAL
        own = np.flatnonzero(grid.doctor_of >= 0)
        self.owners[own] = grid.doctor_of[own]
        self._definitions = _wide(packed.definitions)
        self._constraints = _wide(packed.constraints)
        begins, _, variables = self._definitions
        whose = _own_definitions(begins, variables, self._variables, self.owners)
        self._defined = _by_owner(whose, len(grid.cells))
        begins, _, variables = self._constraints
        self.whose = _own_constraints(begins, variables, guards, self.owners)
        self._limited = _by_owner(self.whose, len(grid.cells))
        self._known: dict[int, Course] = {}

    def __len__(self) -> int:
        """The number of doctors."""
        return len(self.grid.cells)

    def of(self, doctor: int) -> Course:
        """The course of a doctor, which is kept."""
        if doctor not in self._known:
            self._known[doctor] = self.laid(doctor)
        return self._known[doctor]

    def outline(self, doctor: int) -> Outline:
        """What there is of a doctor's own."""
        g = self.grid
        decisions = g.doctor_decisions[g.doctor_at[doctor] : g.doctor_at[doctor + 1]]
        units = g.unit_of[decisions]
        days = np.where(units >= 0, g.day_of[units], -1)
        day_ends = (np.diff(days, append=-2) != 0).astype(np.int64)
        variables = self._variables[self._defined[doctor]]
        return Outline(decisions, day_ends, variables, self._limited[doctor])

    def laid(self, doctor: int) -> Course:
        """The course of a doctor, laid out anew: that of a year takes some megabytes."""
        size, own = self.packed.size, self.outline(doctor)
        return Course(
            own.decisions,
            own.day_ends,
            *_lay(
                own.decisions,
                own.day_ends,
                self._defined[doctor],
                own.constraints,
                self._definitions,
                self._constraints,
                *self._rows,
                np.zeros(size, dtype=np.int64),
                np.zeros(size, dtype=np.int64),
            ),
            own.variables,
            own.constraints,
        )


def _wide(sums: Sums) -> tuple[Numbers, Numbers, Numbers]:
    """Begins, coefficients and variables in 64 bits: the compiled loops are made for one width."""
    return _in_full(sums.begins), _in_full(sums.coefficients), _in_full(sums.variables)


def _in_full(numbers: Numbers) -> Numbers:
    """The numbers in 64 bits each; no copy where they are."""
    return numbers.astype(np.int64, copy=False)


def _by_owner(whose: Numbers, doctors: int) -> list[Numbers]:
    """The numbers of what each doctor owns, in ascending order."""
    order = np.argsort(whose, kind="stable")
    at = np.searchsorted(whose[order], np.arange(doctors + 1))
    return [order[low:high] for low, high in pairwise(at.tolist())]


@compiled
def _own_definitions(
    begins: Numbers, variables: Numbers, defined: Numbers, owners: Numbers
) -> Numbers:
    """Whose each definition is; its variable becomes that owner's."""
    whose = np.full(len(defined), _NOBODY, dtype=np.int64)
    for number in range(len(defined)):
        for term in range(begins[number], begins[number + 1]):
            owner = owners[variables[term]]
            if owner == _NOBODY:
                continue
            if whose[number] == _NOBODY:
                whose[number] = owner
            elif whose[number] != owner:
                whose[number] = _SEVERAL
        owners[defined[number]] = whose[number]
    return whose


@compiled
def _own_constraints(
    begins: Numbers, variables: Numbers, guards: Numbers, owners: Numbers
) -> Numbers:
    """Whose each constraint is, its guard included."""
    whose = owners[guards]
    for number in range(len(guards)):
        for term in range(begins[number], begins[number + 1]):
            owner = owners[variables[term]]
            if owner == _NOBODY:
                continue
            if whose[number] == _NOBODY:
                whose[number] = owner
            elif whose[number] != owner:
                whose[number] = _SEVERAL
    return whose


@compiled
def _lay(
    decisions: Numbers,
    day_ends: Numbers,
    definitions: Numbers,
    constraints: Numbers,
    defining: tuple[Numbers, Numbers, Numbers],
    limiting: tuple[Numbers, Numbers, Numbers],
    kinds: Numbers,
    thresholds: Numbers,
    defined: Numbers,
    lows: Numbers,
    highs: Numbers,
    guards: Numbers,
    uppers: Numbers,
    layer_of: Numbers,
    local: Numbers,
) -> tuple[
    Numbers, Numbers, Numbers, Numbers, Numbers, Numbers, int, int, Numbers, Numbers, Numbers
]:
    """See `Course`; `layer_of` and `local` are scratch, a number for each variable of the model."""
    layers, split = len(decisions), len(definitions)
    rows = split + len(constraints)
    first = np.full(rows, layers, dtype=np.int64)
    last = np.zeros(rows, dtype=np.int64)
    start = np.zeros(rows, dtype=np.int64)
    largest = np.ones(rows, dtype=np.int64)
    rising = np.ones(rows, dtype=np.int64)  # no term makes the sum smaller
    counts = np.zeros(layers + split + 1, dtype=np.int64)
    for k in range(layers):
        local[decisions[k]] = k
        layer_of[decisions[k]] = k
    for row in range(rows):
        begins, coefficients, variables = defining if row < split else limiting
        number = definitions[row] if row < split else constraints[row - split]
        for term in range(begins[number], begins[number + 1]):
            var, c = variables[term], coefficients[term]
            if var == 0:
                continue
            if var == TRUE:
                start[row] += c
                continue
            first[row] = min(first[row], layer_of[var])
            last[row] = max(last[row], layer_of[var])
            largest[row] = max(largest[row], abs(c))
            if c < 0:
                rising[row] = 0
            counts[local[var] + 1] += 1
        if row < split:
            local[defined[number]] = layers + row
            layer_of[defined[number]] = last[row]
        elif guards[number] > TRUE:
            guard = guards[number]
            first[row] = min(first[row], layer_of[guard])
            last[row] = max(last[row], layer_of[guard])
            counts[local[guard] + 1] += 1
        first[row] = min(first[row], last[row])
    # Where each sum stands: those that are open for long for good, the others in turn.
    slot = np.full(rows, -1, dtype=np.int64)
    guarded = np.full(rows, -1, dtype=np.int64)
    room = 0
    for row in range(rows):
        if last[row] - first[row] > _LONG * layers:
            slot[row] = room
            room += 1
    tracked = room
    opens = np.argsort(first, kind="mergesort")
    closes = np.argsort(last, kind="mergesort")
    free = np.zeros(2 * rows + 1, dtype=np.int64)
    idle = 0
    open_at = np.zeros(layers + 1, dtype=np.int64)
    close_at = np.zeros(layers + 1, dtype=np.int64)
    openings = np.zeros((rows, 2), dtype=np.int64)
    closings = np.zeros((rows, 6), dtype=np.int64)
    opened = closed = begun = 0
    for k in range(layers):
        while opened < rows and first[opens[opened]] == k:
            row = opens[opened]
            opened += 1
            wants_guard = row >= split and guards[constraints[row - split]] > TRUE
            for part in range(2):
                if (part == 0 and slot[row] >= 0) or (part == 1 and not wants_guard):
                    continue
                if idle > 0:
                    idle -= 1
                    place = free[idle]
                else:
                    place = room
                    room += 1
                if part == 0:
                    slot[row] = place
                else:
                    guarded[row] = place
            if start[row] != 0:
                openings[begun, 0] = slot[row]
                openings[begun, 1] = start[row]
                begun += 1
        open_at[k + 1] = begun
        while closed < rows and last[closes[closed]] == k:
            row = closes[closed]
            own = closings[closed]
            closed += 1
            own[SLOT] = slot[row]
            own[GUARDED] = guarded[row]
            if row < split:
                number = definitions[row]
                own[HOW] = AT_LEAST if kinds[number] == 1 else EXCESS
                own[LOWEST] = thresholds[number]
                own[NUMBER] = layers + row
            else:
                number = constraints[row - split]
                own[HOW] = LIMITS
                own[LOWEST] = lows[number]
                own[HIGHEST] = highs[number]
                if guards[number] == 0:
                    own[LOWEST], own[HIGHEST] = -NO_LIMIT, NO_LIMIT
            if slot[row] >= tracked:
                free[idle] = slot[row]
                idle += 1
            if guarded[row] >= 0:
                free[idle] = guarded[row]
                idle += 1
        close_at[k + 1] = closed
    # From each variable to the sums that hold it.
    edge_at = np.cumsum(counts)
    following = edge_at.copy()
    edges = np.zeros((edge_at[-1], 3), dtype=np.int64)
    several = 0
    for row in range(split, rows):
        several += slot[row] < tracked and guarded[row] < 0
    limits = np.zeros((several, 4), dtype=np.int64)
    gains = np.zeros((several, layers), dtype=np.int64)
    shares = np.zeros((several, layers + split), dtype=np.int64)
    watched = 0
    for row in range(rows):
        begins, coefficients, variables = defining if row < split else limiting
        number = definitions[row] if row < split else constraints[row - split]
        most = NO_LIMIT
        watches = False
        if row >= split:
            guard = guards[number]
            if guard == TRUE and rising[row] == 1:
                most = highs[number]
            watches = slot[row] < tracked and guarded[row] < 0
        for term in range(begins[number], begins[number + 1]):
            var, c = variables[term], coefficients[term]
            if var <= TRUE:
                continue
            place = following[local[var]]
            following[local[var]] += 1
            edges[place, 0] = slot[row]
            edges[place, 1] = c
            edges[place, 2] = most
            if watches:
                shares[watched, local[var]] += c
                gains[watched, layer_of[var]] += max(0, c * uppers[var])
        if row >= split and guards[number] > TRUE:
            place = following[local[guards[number]]]
            following[local[guards[number]]] += 1
            edges[place, 0] = guarded[row]
            edges[place, 1] = 1
            edges[place, 2] = NO_LIMIT
        if watches:
            limits[watched, 0] = slot[row]
            limits[watched, 1] = lows[number]
            limits[watched, 2] = highs[number]
            limits[watched, 3] = largest[row]
            watched += 1
    # What a day can bring at most is taken for one of its decisions: nobody works twice for long.
    rest = np.zeros((several, layers), dtype=np.int64)
    for own in range(several):
        after = 0
        best = 0
        for k in range(layers - 1, -1, -1):
            if day_ends[k] == 1:
                after += best
                best = 0
            rest[own, k] = after
            best = max(best, gains[own, k])
    return (
        edge_at,
        edges,
        open_at,
        openings,
        close_at,
        closings,
        room,
        tracked,
        limits,
        rest,
        shares,
    )
