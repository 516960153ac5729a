"""The model and one roster as arrays that change together: what the compiled loops work on.

Where a variable appears stands in one list of edges, sorted by variable and then by relation,
so that flipping a decision reads memory from left to right.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import NO_LIMIT, Numbers, Packed, Sums

RELATIONS = 5
"""What an edge leads to: a definition, a constraint, a guarded constraint, a step, an entry."""

KIND, THRESHOLD, VAR, SUM = range(4)
"""The columns of `Board.definitions`."""

LOW, HIGH, GUARD, LARGEST, TOTAL, BROKEN, WEIGHT = range(7)
"""The columns of `Board.constraints`."""

VIOLATION, PENALTY = range(2)
"""The places in `Board.counts` of how many terms too many, or too few, all constraints have; and of
the same with each constraint's weight, which is 1 unless somebody makes it more (`weigh`)."""


Table = NDArray[np.signedinteger[Any]]
"""Numbers of 32 bits, or of 64 where the model needs them."""

_NARROW = 1 << 30  # what is below it, and differences of such numbers, fits into 32 bits
_UNLIMITED = (1 << 31) - 1  # stands for «no limit» in 32 bits


class Board(NamedTuple):
    """Everything that a flip reads or changes.

    Edges and tables are of 32 bits where that is enough: half the memory to read and to keep.

    Attributes:
        at: where the edges of (variable, relation) begin; one place more than there are.
        edges: (number of what it leads to, coefficient).
        definitions, constraints: one row each; the last columns follow the roster.
        tops: (k, family) of each step.
        families: where each family's entries begin.
        values: of all variables.
        sums: of the steps that are plain sums.
        heights: of the entries.
        counts: see `VIOLATION`.
        pending: scratch; a flip never has more to do than there are edges.
        highest: scratch, for the largest heights.
    """

    at: Table
    edges: Table
    definitions: Table
    constraints: Table
    tops: Numbers
    families: Numbers
    values: Numbers
    sums: Numbers
    heights: Numbers
    counts: Numbers
    pending: Numbers
    highest: Numbers


def board(packed: Packed) -> Board:
    """An empty roster of the model: no decision is true, nothing is evaluated yet."""
    guards = Sums(np.arange(len(packed.guards) + 1), np.ones_like(packed.guards), packed.guards)
    relations = (packed.definitions, packed.constraints, guards, packed.steps, packed.entries)
    width: type[np.signedinteger[Any]] = np.int32 if _is_narrow(packed) else np.int64
    at = np.zeros(RELATIONS * packed.size + 1, dtype=np.int32)
    for relation, sums in enumerate(relations):
        _count(np.require(sums.variables, np.int32, "W"), relation, at)
    np.cumsum(at, out=at)
    following = at.copy()
    edges = np.zeros((int(at[-1]), 2), dtype=width)
    for relation, sums in enumerate(relations):
        begins, coefficients, variables = _plain(sums, width)
        _place(begins, coefficients, variables, relation, following, edges)
    definitions = np.zeros((len(packed.defined), 4), dtype=width)
    definitions[:, KIND] = packed.kinds
    definitions[:, THRESHOLD] = packed.thresholds
    definitions[:, VAR] = packed.defined
    constraints = np.zeros((len(packed.guards), 7), dtype=width)
    constraints[:, LARGEST] = 1
    constraints[:, WEIGHT] = 1
    np.maximum.at(
        constraints[:, LARGEST],
        packed.constraints.owners,
        np.abs(packed.constraints.coefficients.astype(width)),
    )
    most = _unlimited(constraints)
    lows, highs = packed.lows.astype(np.int64), packed.highs.astype(np.int64)
    constraints[:, LOW] = np.where(lows == -NO_LIMIT, -most, lows)
    constraints[:, HIGH] = np.where(highs == NO_LIMIT, most, highs)
    constraints[:, GUARD] = packed.guards
    return Board(
        at=at,
        edges=edges,
        definitions=definitions,
        constraints=constraints,
        tops=packed.tops,
        families=packed.families,
        values=np.zeros(packed.size, dtype=np.int64),
        sums=packed.step_constants.copy(),
        heights=packed.entry_constants.copy(),
        counts=np.zeros(2, dtype=np.int64),
        pending=np.zeros((len(packed.definitions.variables) + 2, 2), dtype=np.int64),
        highest=np.zeros(max(1, int(packed.tops[:, 0].max(initial=0))), dtype=np.int64),
    )


def fresh(own: Board, packed: Packed) -> Board:
    """The same model with an empty roster of its own."""
    return own._replace(
        definitions=own.definitions.copy(),
        constraints=own.constraints.copy(),
        values=np.zeros_like(own.values),
        sums=packed.step_constants.copy(),
        heights=packed.entry_constants.copy(),
        counts=np.zeros_like(own.counts),
        # Not zeros_like, which touches all of it: most of the room is never needed.
        pending=np.zeros(own.pending.shape, dtype=own.pending.dtype),
        highest=np.zeros_like(own.highest),
    )


def limits(b: Board, number: int) -> tuple[int | None, int | None]:
    """The least and the largest sum that a constraint allows; None where there is no limit."""
    most = _unlimited(b.constraints)
    low, high = int(b.constraints[number, LOW]), int(b.constraints[number, HIGH])
    return None if low == -most else low, None if high == most else high


def _unlimited(constraints: Table) -> int:
    """What stands for «no limit» in a table of this width."""
    return NO_LIMIT if constraints.dtype == np.int64 else _UNLIMITED


def _is_narrow(packed: Packed) -> bool:
    """Whether 32 bits hold every number of the tables, and the difference of any two."""
    given = [each.astype(np.int64) for each in (packed.thresholds, packed.lows, packed.highs)]
    own = [np.abs(numbers[np.abs(numbers) != NO_LIMIT]).max(initial=0) for numbers in given]
    sums = (packed.definitions, packed.constraints, packed.steps, packed.entries)
    most = [np.abs(each.coefficients.astype(np.int64)).max(initial=0) for each in sums]
    if max(*own, *most) >= _NARROW:
        return False
    uppers = np.require(packed.uppers, np.int64, "W")
    both = (packed.definitions, packed.constraints)
    return all(_largest(*_plain(each, np.int32), uppers) < _NARROW for each in both)


def _plain(sums: Sums, width: type[np.signedinteger[Any]]) -> tuple[Numbers, Table, Table]:
    """Begins, coefficients and variables as the compiled loops are made for: so wide, and open."""
    return (
        np.require(sums.begins, np.int64, "W"),
        np.require(sums.coefficients, width, "W"),
        np.require(sums.variables, np.int32, "W"),
    )


@compiled
def _largest(begins: Numbers, coefficients: Table, variables: Table, uppers: Numbers) -> int:
    """The largest value that a sum, or a part of one, could have, whatever its sign."""
    found = 0
    for number in range(len(begins) - 1):
        reach = 0
        for term in range(begins[number], begins[number + 1]):
            reach += abs(coefficients[term]) * uppers[variables[term]]
        found = max(found, reach)
    return found


@compiled
def _count(variables: Table, relation: int, at: Table) -> None:
    """Count the edges of each variable, one place further on."""
    for var in variables:
        at[RELATIONS * var + relation + 1] += 1


@compiled
def _place(
    begins: Numbers,
    coefficients: Table,
    variables: Table,
    relation: int,
    following: Table,
    edges: Table,
) -> None:
    """Enter the edges of a relation, each where the next of its variable belongs."""
    for number in range(len(begins) - 1):
        for term in range(begins[number], begins[number + 1]):
            key = RELATIONS * variables[term] + relation
            edges[following[key], 0] = number
            edges[following[key], 1] = coefficients[term]
            following[key] += 1


@compiled_within
def judge(b: Board, number: int) -> None:
    """Count anew by how many of its largest terms a constraint is broken.

    So a minute too many and a weekend too many weigh alike, whatever their units.
    """
    row = b.constraints[number]
    broken = 0
    if b.values[row[GUARD]] != 0:
        if row[TOTAL] > row[HIGH]:
            broken = (row[TOTAL] - row[HIGH] - 1) // row[LARGEST] + 1
        elif row[TOTAL] < row[LOW]:
            broken = (row[LOW] - row[TOTAL] - 1) // row[LARGEST] + 1
    if broken != row[BROKEN]:
        b.counts[VIOLATION] += broken - row[BROKEN]
        b.counts[PENALTY] += (broken - row[BROKEN]) * row[WEIGHT]
        row[BROKEN] = broken


def weigh(b: Board, weights: Numbers) -> None:
    """Give the constraints these weights in what the roster is penalised with."""
    b.constraints[:, WEIGHT] = weights
    b.counts[PENALTY] = int(b.constraints[:, BROKEN] @ weights)


@compiled
def flip(b: Board, decision: int) -> None:
    """Change one decision, and everything that follows from it."""
    change = 1 - 2 * b.values[decision]
    b.values[decision] += change
    b.pending[0, 0] = decision
    b.pending[0, 1] = change
    waiting = 1
    while waiting > 0:
        waiting -= 1
        source = b.pending[waiting, 0]
        delta = b.pending[waiting, 1]
        place = RELATIONS * source
        for e in range(b.at[place], b.at[place + 1]):
            row = b.definitions[b.edges[e, 0]]
            row[SUM] += b.edges[e, 1] * delta
            over = row[SUM] - row[THRESHOLD]
            value = (1 if over >= 0 else 0) if row[KIND] == 1 else max(over, 0)
            var = row[VAR]
            if value != b.values[var]:
                b.pending[waiting, 0] = var
                b.pending[waiting, 1] = value - b.values[var]
                waiting += 1
                b.values[var] = value
        for e in range(b.at[place + 1], b.at[place + 2]):
            number = b.edges[e, 0]
            b.constraints[number, TOTAL] += b.edges[e, 1] * delta
            judge(b, number)
        for e in range(b.at[place + 2], b.at[place + 3]):
            judge(b, b.edges[e, 0])
        for e in range(b.at[place + 3], b.at[place + 4]):
            b.sums[b.edges[e, 0]] += b.edges[e, 1] * delta
        for e in range(b.at[place + 4], b.at[place + 5]):
            b.heights[b.edges[e, 0]] += b.edges[e, 1] * delta


@compiled_within
def begin(b: Board) -> None:
    """Evaluate the empty roster: constants, and what is true without any decision."""
    for number in range(len(b.constraints)):
        judge(b, number)
    for number in range(len(b.definitions)):
        # Only of what stood before it: its own edges are followed as they are met.
        row = b.definitions[number]
        over = row[SUM] - row[THRESHOLD]
        value = (1 if over >= 0 else 0) if row[KIND] == 1 else max(over, 0)
        if value != 0:
            _set(b, row[VAR], value)


@compiled_within
def _set(b: Board, var: int, value: int) -> None:
    """Give a defined variable its first value; definitions after it are not yet evaluated."""
    b.values[var] = value
    place = RELATIONS * var
    for e in range(b.at[place], b.at[place + 1]):
        b.definitions[b.edges[e, 0], SUM] += b.edges[e, 1] * value
    for e in range(b.at[place + 1], b.at[place + 2]):
        number = b.edges[e, 0]
        b.constraints[number, TOTAL] += b.edges[e, 1] * value
        judge(b, number)
    for e in range(b.at[place + 2], b.at[place + 3]):
        judge(b, b.edges[e, 0])
    for e in range(b.at[place + 3], b.at[place + 4]):
        b.sums[b.edges[e, 0]] += b.edges[e, 1] * value
    for e in range(b.at[place + 4], b.at[place + 5]):
        b.heights[b.edges[e, 0]] += b.edges[e, 1] * value


@compiled
def start(b: Board, chosen: Numbers) -> None:
    """The constant 1, then the empty roster, then these decisions one after the other."""
    _set(b, 1, 1)
    begin(b)
    for decision in chosen:
        flip(b, decision)


@compiled
def score(b: Board, scores: Numbers) -> None:
    """The values of all steps, in their order of precedence, into `scores`."""
    family = -1
    for s in range(len(b.tops)):
        most = b.tops[s, 0]
        if most == 0:
            scores[s] = b.sums[s]
            continue
        if b.tops[s, 1] != family:
            family = b.tops[s, 1]
            _rank(b, family)
        scores[s] = 0
        for place in range(min(most, b.families[family + 1] - b.families[family])):
            scores[s] += b.highest[place]


@compiled_within
def _rank(b: Board, family: int) -> None:
    """The largest heights of a family into `highest`, largest first."""
    room = len(b.highest)
    known = 0
    for entry in range(b.families[family], b.families[family + 1]):
        height = b.heights[entry]
        if known == room and height <= b.highest[room - 1]:
            continue
        place = known if known < room else room - 1
        while place > 0 and b.highest[place - 1] < height:
            b.highest[place] = b.highest[place - 1]
            place -= 1
        b.highest[place] = height
        if known < room:
            known += 1
