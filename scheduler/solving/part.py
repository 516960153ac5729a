"""A part of a model as a small model of its own: some decisions free, the rest as it stands.

Read off the board of a roster, so that it costs what the part is large, not what the plan is.
Variables keep their numbers; what cannot change goes into thresholds, limits and constants.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scheduler.solving.board import (
    BROKEN,
    GUARD,
    KIND,
    LARGEST,
    RELATIONS,
    SUM,
    THRESHOLD,
    TOTAL,
    VAR,
    Board,
    limits,
)
from scheduler.solving.jit import compiled
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Step, Terms
from scheduler.solving.packed import Numbers
from scheduler.solving.state import State

_DEFINITION, _CONSTRAINT, _GUARD, _STEP, _ENTRY = range(RELATIONS)


@dataclass(frozen=True)
class Part:
    """What depends on some free decisions, and the values it has now.

    Attributes:
        decisions: what is free.
        definitions, constraints: those that depend on it; a constraint's `reason` is its number.
        steps: all of the objective, each with the present value of what is not free.
        values: of everything that is free or follows from it, and of the constants.
        scores: the steps' present values.
        broken: constraint number -> (by how many of its largest terms it is broken, the largest).
    """

    decisions: tuple[int, ...]
    definitions: tuple[Definition, ...]
    constraints: tuple[Constraint, ...]
    steps: tuple[Step, ...]
    values: Mapping[int, int]
    scores: tuple[int, ...]
    broken: Mapping[int, tuple[int, int]]


def part(state: State, free: Numbers) -> Part:
    """The part of a roster's model in which these decisions are free."""
    b, uppers = state.board, state.index.packed.uppers
    active = np.sort(reached(b, free, len(uppers)))
    values = dict(zip(active.tolist(), b.values[active].tolist(), strict=True)) | {0: 0, TRUE: 1}
    return Part(
        decisions=tuple(np.sort(free).tolist()),
        definitions=tuple(_definitions(b, active, uppers)),
        constraints=tuple(_constraints(b, active)),
        steps=tuple(_steps(state, active)),
        values=values,
        scores=state.score(),
        broken={
            number: (int(b.constraints[number, BROKEN]), int(b.constraints[number, LARGEST]))
            for number in np.flatnonzero(b.constraints[:, BROKEN]).tolist()
        }
        if state.violation
        else {},
    )


@compiled
def reached(b: Board, free: Numbers, size: int) -> Numbers:
    """The free decisions and every variable that follows from one of them, in any order."""
    seen = np.zeros(size, dtype=np.uint8)
    found = np.empty(size, dtype=np.int64)
    count = 0
    for var in free:
        if seen[var] == 0:
            seen[var] = 1
            found[count] = var
            count += 1
    done = 0
    while done < count:
        place = RELATIONS * found[done]
        done += 1
        for e in range(b.at[place], b.at[place + 1]):
            var = b.definitions[b.edges[e, 0], VAR]
            if seen[var] == 0:
                seen[var] = 1
                found[count] = var
                count += 1
    return found[:count].copy()


def edges(b: Board, active: Numbers, relation: int) -> tuple[Numbers, Numbers, Numbers]:
    """What these variables lead to: (target, coefficient, variable), target by target."""
    places = RELATIONS * active + relation
    begins, ends = b.at[places], b.at[places + 1]
    lengths = ends - begins
    at = np.repeat(begins - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    targets, coefficients = b.edges[at, 0], b.edges[at, 1]
    order = np.argsort(targets, kind="stable")
    return targets[order], coefficients[order], np.repeat(active, lengths)[order]


def _sums(b: Board, active: Numbers, relation: int) -> Iterator[tuple[int, Terms, int]]:
    """Each target with its terms that may change, and what those come to at present."""
    targets, coefficients, variables = edges(b, active, relation)
    products = np.concatenate(([0], np.cumsum(coefficients * b.values[variables])))
    begins = np.flatnonzero(np.diff(targets, prepend=-1, append=-1))
    terms = list(zip(coefficients.tolist(), variables.tolist(), strict=True))
    now = products[begins].tolist()
    numbers = targets[begins[:-1]].tolist()
    for place, (low, high) in enumerate(pairwise(begins.tolist())):
        yield numbers[place], tuple(terms[low:high]), now[place + 1] - now[place]


def _definitions(b: Board, active: Numbers, uppers: Numbers) -> Iterator[Definition]:
    found = [
        Definition(
            int(row[VAR]),
            AT_LEAST if row[KIND] else EXCESS,
            terms,
            int(row[THRESHOLD] - row[SUM]) + now,
            int(uppers[row[VAR]]),
        )
        for number, terms, now in _sums(b, active, _DEFINITION)
        for row in [b.definitions[number]]
    ]
    return iter(sorted(found, key=lambda d: d.var))


def _constraints(b: Board, active: Numbers) -> Iterator[Constraint]:
    """Those with a sum that may change; and those whose guard may change while theirs does not."""
    free = set(active.tolist())
    seen: set[int] = set()
    for number, terms, now in _sums(b, active, _CONSTRAINT):
        seen.add(number)
        constraint = _demand(b, number, terms, now, free)
        if constraint is not None:
            yield constraint
    for number in sorted(set(edges(b, active, _GUARD)[0].tolist()) - seen):
        constraint = _demand(b, number, (), 0, free)
        if constraint is not None:
            yield constraint


def _demand(b: Board, number: int, terms: Terms, now: int, free: set[int]) -> Constraint | None:
    row = b.constraints[number]
    guard = int(row[GUARD])
    if guard not in free:
        if not b.values[guard]:
            return None
        guard = TRUE
    rest = int(row[TOTAL]) - now
    low, high = limits(b, number)
    return Constraint(
        terms,
        None if low is None else low - rest,
        None if high is None else high - rest,
        guard,
        number,
    )


def _steps(state: State, active: Numbers) -> Iterator[Step]:
    b = state.board
    plain = {number: (terms, now) for number, terms, now in _sums(b, active, _STEP)}
    entries: list[tuple[Terms, int]] = [((), height) for height in b.heights.tolist()]
    for number, terms, now in _sums(b, active, _ENTRY):
        entries[number] = (terms, int(b.heights[number]) - now)
    families = [tuple(entries[low:high]) for low, high in pairwise(b.families.tolist())]
    for number, (step, (_, family)) in enumerate(
        zip(state.model.steps, b.tops.tolist(), strict=True)
    ):
        terms, now = plain.get(number, ((), 0))
        yield Step(
            step.level,
            step.key,
            step.title,
            step.unit,
            step.scale,
            terms,
            0 if step.worst else int(b.sums[number]) - now,
            step.worst,
            families[family] if step.worst else (),
        )


def take_over(
    state: State,
    free: Numbers,
    chosen: frozenset[int],
    worth: Callable[[State], tuple[int, ...]] = lambda state: state.score(),
) -> bool:
    """Take over what was found for a part, if the roster as it stands now gets better by it.

    Args:
        state: changed in place, or left as it was.
        free: the decisions of the part.
        chosen: those of them that are to be true.
        worth: by which rosters are compared where they break as much; less is better.
    """
    before = state.violation, worth(state)
    flips = [var for var in free.tolist() if bool(state.value(var)) != (var in chosen)]
    for var in flips:
        state.flip(var)
    if (state.violation, worth(state)) < before:
        return True
    for var in flips:
        state.flip(var)
    return False
