"""A part in which each duty stays with one of a few doctors: little of its model is left.

Of two who could both have a duty one has it, so one decision tells it of both, and a duty that only
one of them could have is hers. What follows from that is settled in passing (`forms`): most of what
depends on their duties cannot change by it, or is one decision once more. So the solver has some
two hundred variables to look at in place of two thousand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.board import (
    GUARD,
    HIGH,
    KIND,
    LOW,
    RELATIONS,
    SUM,
    THRESHOLD,
    TOTAL,
    VAR,
    Board,
    limits,
)
from scheduler.solving.forms import Forms, Sums, follow, need, standing, sums_of
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Step, Terms
from scheduler.solving.packed import Numbers
from scheduler.solving.part import Part, edges, reached
from scheduler.solving.state import State

_DEFINITION, _CONSTRAINT, _GUARD, _STEP, _ENTRY = range(RELATIONS)
_STAYS = -1  # the `reason` of a row that says how many of a few have a duty


@dataclass(frozen=True)
class Narrowed:
    """A part, and how the decisions that were settled follow from those that are left.

    Attributes:
        own: the part; the decisions of it are some of those that were free.
        others: a decision that is true just where the one it follows from is false.
        sure: decisions that are true whatever is chosen.
    """

    own: Part
    others: Mapping[int, int]
    sure: frozenset[int]

    def all_of(self, chosen: frozenset[int]) -> frozenset[int]:
        """All that is true of what was free, where just these of the part are."""
        follow = {var for var, one in self.others.items() if one not in chosen}
        return chosen | self.sure | follow


def narrowed(state: State, free: Numbers, count: int | None = None) -> Narrowed:
    """The part of a lawful roster in which as many of these decisions of each duty stay true.

    Args:
        state: the roster; nothing may be broken.
        free: decisions, each of a duty.
        count: steps of the objective that are asked for; those after them stay without terms, at
            what they are now. None for all.
    """
    b, uppers = state.board, state.index.packed.uppers
    active = np.sort(reached(b, free, len(uppers)))
    forms = standing(active, len(uppers))
    stay, others, sure = _settle(state, np.sort(free), forms)
    rows, followed = _followed(b, active, forms)
    demanded = _demanded(b, active, forms)
    compared = _read(b, active, _ENTRY, forms, b.heights)
    summed = _read(b, active, _STEP, forms, b.sums)
    if count is not None:
        summed = summed.of(summed.targets < count)
    needed = (forms.bases == np.arange(len(active))) & (forms.factors != 0)
    needed &= active < state.model.decisions + 2
    for read in (compared, summed, demanded):
        needed[forms.place[read.sums.variables] - 1] = True
    guards = forms.place[b.constraints[demanded.targets, GUARD]] - 1
    guards = guards[guards >= 0]
    needed[forms.bases[guards[forms.factors[guards] != 0]]] = True
    need(followed, forms.place[rows[:, VAR]] - 1, forms.place, needed)
    kept = active[needed]
    values = dict(zip(kept.tolist(), b.values[kept].tolist(), strict=True)) | {0: 0, TRUE: 1}
    own = Part(
        decisions=tuple(kept[kept < state.model.decisions + 2].tolist()),
        definitions=tuple(_definitions(rows, followed, forms, uppers, needed)),
        constraints=(*_rows(b, demanded, forms), *stay),
        steps=_steps(state, summed, compared),
        values=values,
        scores=state.score(),
        broken={},
    )
    return Narrowed(own, others, sure)


def _settle(
    state: State, free: Numbers, forms: Forms
) -> tuple[list[Constraint], dict[int, int], frozenset[int]]:
    """Settle what is free duty by duty.

    Returns:
        What is still to be demanded, decisions that follow from another, and those that are true.
    """
    b, grid = state.board, state.index.grid
    order = free[np.argsort(grid.unit_of[free], kind="stable")]
    cuts = np.flatnonzero(np.diff(grid.unit_of[order], prepend=-2, append=-2))
    rows: list[Constraint] = []
    others: dict[int, int] = {}
    sure: list[int] = []
    for lot, (low, high) in enumerate(pairwise(cuts.tolist())):
        own = order[low:high]
        count = int(b.values[own].sum())
        places = forms.place[own] - 1
        if count in (0, len(own)):
            forms.factors[places] = 0
            forms.constants[places] = int(count > 0)
            sure += own.tolist() if count else []
            continue
        at = RELATIONS * own + _GUARD
        guards = b.at[at] < b.at[at + 1]
        if len(own) == 2 and not guards.all():
            one, other = (0, 1) if not guards[1] else (1, 0)
            forms.bases[places[other]] = places[one]
            forms.constants[places[other]], forms.factors[places[other]] = 1, -1
            others[int(own[other])] = int(own[one])
            continue
        if count == 1:
            forms.lots[places] = lot
            forms.sizes[lot] = len(own)
        terms = tuple((1, var) for var in own.tolist())
        rows.append(Constraint(terms, count, count, TRUE, _STAYS))
    return rows, others, frozenset(sure)


class Read(NamedTuple):
    """Sums that active variables lead to, as far as they are still open.

    Attributes:
        targets: each once, in ascending order.
        rest: what is settled of each.
        sums: of what is open.
    """

    targets: Numbers
    rest: Numbers
    sums: Sums

    def of(self, wanted: NDArray[np.bool_]) -> "Read":
        """Some of them."""
        return Read(self.targets[wanted], self.rest[wanted], self.sums.of(wanted))


def _followed(b: Board, active: Numbers, forms: Forms) -> tuple[Numbers, Sums]:
    """The definitions that are still open, as their rows of the board and their sums.

    What is settled is taken off the thresholds. What the others come to is noted in the forms.
    """
    targets, begins, coefficients, variables, present = _terms(b, active, _DEFINITION)
    rows = b.definitions[targets].astype(np.int64)
    at = RELATIONS * rows[:, VAR] + _GUARD
    guards = b.at[at] < b.at[at + 1]
    rows[:, THRESHOLD] -= rows[:, SUM] - present
    sums = follow(begins, coefficients, variables, rows, guards, forms)
    places = forms.place[rows[:, VAR]] - 1
    is_open = (forms.factors[places] != 0) & (forms.bases[places] == places)
    rows[:, THRESHOLD] -= sums.constants
    return rows[is_open], sums.of(is_open)


def _demanded(b: Board, active: Numbers, forms: Forms) -> Read:
    """The demands that can be broken; those whose sum is settled have no terms."""
    targets, rest, sums = _read(b, active, _CONSTRAINT, forms, b.constraints[:, TOTAL])
    guarded = np.setdiff1d(_terms(b, active, _GUARD)[0], targets)
    targets = np.concatenate([targets, guarded])
    rest = np.concatenate([rest, b.constraints[guarded, TOTAL]])
    sums = sums.and_empty(len(guarded))
    guards = b.constraints[targets, GUARD].astype(np.int64)
    places = forms.place[guards] - 1
    settled = (places < 0) | (forms.factors[places] == 0)
    asked = ~settled | np.where(places < 0, b.values[guards] != 0, forms.constants[places] != 0)
    low, high = b.constraints[targets, LOW] - rest, b.constraints[targets, HIGH] - rest
    wanted = asked & ((low > sums.lows) | (high < sums.highs))
    return Read(targets, rest, sums).of(wanted)


def _read(b: Board, active: Numbers, relation: int, forms: Forms, now: Numbers) -> Read:
    """Sums that are `now` so much."""
    targets, begins, coefficients, variables, present = _terms(b, active, relation)
    sums = sums_of(begins, coefficients, variables, forms)
    rest = now[targets] - present + sums.constants
    return Read(targets, rest, sums)


def _terms(
    b: Board, active: Numbers, relation: int
) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """What active variables lead to: targets, where their terms begin, terms, what they are now."""
    owners, coefficients, variables = edges(b, active, relation)
    products = np.concatenate(([0], np.cumsum(coefficients * b.values[variables])))
    begins = np.append(np.flatnonzero(np.diff(owners, prepend=-1)), len(owners))
    targets = owners[begins[:-1]].astype(np.int64)
    return targets, begins, coefficients.astype(np.int64), variables, np.diff(products[begins])


def _definitions(
    rows: Numbers, sums: Sums, forms: Forms, uppers: Numbers, needed: NDArray[np.bool_]
) -> Iterator[Definition]:
    """The open ones that something follows from, in order."""
    places = forms.place[rows[:, VAR]] - 1
    wanted = needed[places]
    rows, sums = rows[wanted], sums.of(wanted)
    highs = np.minimum(forms.highs[places[wanted]], uppers[rows[:, VAR]])
    for row, terms, high in zip(rows.tolist(), sums.terms(), highs.tolist(), strict=True):
        kind = AT_LEAST if row[KIND] else EXCESS
        yield Definition(row[VAR], kind, terms, row[THRESHOLD], high)


def _rows(b: Board, demanded: Read, forms: Forms) -> Iterator[Constraint]:
    """The demands, each once: many say what another one does."""
    seen: set[Constraint] = set()
    sums = demanded.sums
    between = zip(sums.lows.tolist(), sums.highs.tolist(), strict=True)
    told = zip(demanded.targets.tolist(), demanded.rest.tolist(), between, strict=True)
    for (number, rest, (lowest, highest)), terms in zip(told, sums.terms(), strict=True):
        guard = int(b.constraints[number, GUARD])
        place = int(forms.place[guard]) - 1
        if place < 0 or not forms.factors[place]:
            guard = TRUE
        else:
            guard = int(forms.variables[forms.bases[place]])
        low, high = limits(b, number)
        own = Constraint(
            terms,
            None if low is None or low - rest <= lowest else low - rest,
            None if high is None or high - rest >= highest else high - rest,
            guard,
            0,
        )
        if own not in seen:
            seen.add(own)
            yield own


def _steps(state: State, sums: Read, compared: Read) -> tuple[Step, ...]:
    """All of the objective."""
    b = state.board
    plain = dict(
        zip(
            sums.targets.tolist(),
            zip(sums.sums.terms(), sums.rest.tolist(), strict=True),
            strict=True,
        )
    )
    entries: list[tuple[Terms, int]] = [((), height) for height in b.heights.tolist()]
    for number, terms, rest in zip(
        compared.targets.tolist(), compared.sums.terms(), compared.rest.tolist(), strict=True
    ):
        entries[number] = (terms, rest)
    families = [tuple(entries[low:high]) for low, high in pairwise(b.families.tolist())]
    found = []
    for number, (step, (_, family)) in enumerate(
        zip(state.model.steps, b.tops.tolist(), strict=True)
    ):
        terms, constant = plain.get(number, ((), int(b.sums[number])))
        own = families[family] if step.worst else ()
        told = () if step.worst else terms
        found.append(replace(step, terms=told, constant=0 if step.worst else constant, entries=own))
    return tuple(found)
