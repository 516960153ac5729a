"""A part in which each duty stays with one of a few doctors: little of its model is left.

Of two who could both have a duty one has it, so one decision tells it of both, and a duty that only
one of them could have is hers. What follows from that is settled here in passing, in compiled
loops: most of what depends on their duties cannot change by it, or is one decision once more. So
the solver has some two hundred variables to look at in place of two thousand.
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
from scheduler.solving.jit import compiled, compiled_within
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


class Forms(NamedTuple):
    """What each active variable is, by its place: constant + factor * the variable at `base`.

    Attributes:
        place: of each variable of the model one more than its place; 0 where it cannot change.
        variables: at each place.
        constants, factors, bases: a factor of 0 makes it a constant; a variable that stands for
            itself is its own base.
        lows, highs: between which a variable that stands for itself lies.
        lots: the duty of which a decision is one of three or more; -1 for others.
        sizes: how many decisions a duty has.
    """

    place: Numbers
    variables: Numbers
    constants: Numbers
    factors: Numbers
    bases: Numbers
    lows: Numbers
    highs: Numbers
    lots: Numbers
    sizes: Numbers


class Sums(NamedTuple):
    """Sums in terms of variables that stand for themselves, one after the other.

    Attributes:
        ends: where each sum ends.
        coefficients, variables: of its terms.
        constants: what is settled of each.
        lows, highs: between which the terms lie.
    """

    ends: Numbers
    coefficients: Numbers
    variables: Numbers
    constants: Numbers
    lows: Numbers
    highs: Numbers

    def terms(self) -> Iterator[Terms]:
        """The terms of each sum."""
        flat = list(zip(self.coefficients.tolist(), self.variables.tolist(), strict=True))
        for low, high in pairwise([0, *self.ends.tolist()]):
            yield tuple(flat[low:high])

    def of(self, wanted: NDArray[np.bool_]) -> "Sums":
        """Some of the sums."""
        lengths = np.diff(self.ends, prepend=0)
        terms = np.repeat(wanted, lengths)
        return Sums(
            np.cumsum(lengths[wanted]),
            self.coefficients[terms],
            self.variables[terms],
            self.constants[wanted],
            self.lows[wanted],
            self.highs[wanted],
        )

    def and_empty(self, count: int) -> "Sums":
        """These sums, and so many more without terms."""
        nothing = np.zeros(count, dtype=np.int64)
        end = len(self.variables)
        return Sums(
            np.concatenate([self.ends, nothing + end]),
            self.coefficients,
            self.variables,
            *(np.concatenate([own, nothing]) for own in (self.constants, self.lows, self.highs)),
        )


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
    forms = _forms(active, len(uppers))
    stay, others, sure = _settle(state, np.sort(free), forms)
    followed = _followed(b, active, forms)
    demanded = _demanded(b, active, forms)
    compared = _read(b, active, _ENTRY, forms, b.heights)
    summed = _read(b, active, _STEP, forms, b.sums)
    if count is not None:
        asked = summed.targets < count
        summed = summed._replace(
            targets=summed.targets[asked], rest=summed.rest[asked], sums=summed.sums.of(asked)
        )
    standing = (forms.bases == np.arange(len(active))) & (forms.factors != 0)
    needed = standing & (active < state.model.decisions + 2)
    for read in (compared, summed, demanded):
        needed[forms.place[read.sums.variables] - 1] = True
    needed[forms.bases[forms.place[b.constraints[demanded.targets, GUARD]] - 1]] = True
    _need(followed.sums, forms.place[followed.rows[:, VAR]] - 1, forms.place, needed)
    kept = active[needed]
    values = dict(zip(kept.tolist(), b.values[kept].tolist(), strict=True)) | {0: 0, TRUE: 1}
    own = Part(
        decisions=tuple(kept[kept < state.model.decisions + 2].tolist()),
        definitions=tuple(_definitions(followed, forms, uppers, needed)),
        constraints=(*_rows(b, demanded, forms), *stay),
        steps=_steps(state, summed, compared),
        values=values,
        scores=state.score(),
        broken={},
    )
    return Narrowed(own, others, sure)


def _forms(active: Numbers, size: int) -> Forms:
    """Every active variable stands for itself."""
    count = len(active)
    place = np.zeros(size, dtype=np.int64)
    place[active] = np.arange(1, count + 1)
    zeros = np.zeros(count, dtype=np.int64)
    return Forms(
        place,
        active,
        zeros,
        zeros + 1,
        np.arange(count),
        zeros.copy(),
        zeros + 1,
        zeros - 1,
        zeros.copy(),
    )


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
        rows: of definitions their rows, with what is settled taken off the threshold.
        sums: of what is open.
    """

    targets: Numbers
    rest: Numbers
    rows: Numbers
    sums: Sums


def _followed(b: Board, active: Numbers, forms: Forms) -> Read:
    """The definitions that are still open; what the others come to is noted in the forms."""
    targets, begins, coefficients, variables, present = _terms(b, active, _DEFINITION)
    rows = b.definitions[targets].astype(np.int64)
    at = RELATIONS * rows[:, VAR] + _GUARD
    guards = b.at[at] < b.at[at + 1]
    rest = rows[:, SUM] - present
    rows[:, THRESHOLD] -= rest
    sums = _follow(begins, coefficients, variables, rows, guards, forms)
    places = forms.place[rows[:, VAR]] - 1
    is_open = (forms.factors[places] != 0) & (forms.bases[places] == places)
    rows[:, THRESHOLD] -= sums.constants
    return Read(targets[is_open], rest[is_open], rows[is_open], sums.of(is_open))


def _demanded(b: Board, active: Numbers, forms: Forms) -> Read:
    """The demands that can be broken; those whose sum is settled have no terms."""
    own = _read(b, active, _CONSTRAINT, forms, b.constraints[:, TOTAL])
    targets, rest, rows, sums = own
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
    return Read(targets[wanted], rest[wanted], rows, sums.of(wanted))


def _read(b: Board, active: Numbers, relation: int, forms: Forms, now: Numbers) -> Read:
    """Sums that are `now` so much."""
    targets, begins, coefficients, variables, present = _terms(b, active, relation)
    sums = _sums(begins, coefficients, variables, forms)
    rest = now[targets] - present + sums.constants
    return Read(targets, rest, np.zeros((0, 4), dtype=np.int64), sums)


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
    followed: Read, forms: Forms, uppers: Numbers, needed: NDArray[np.bool_]
) -> Iterator[Definition]:
    """The open ones that something follows from, in order."""
    places = forms.place[followed.rows[:, VAR]] - 1
    wanted = needed[places]
    rows, sums = followed.rows[wanted], followed.sums.of(wanted)
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


@compiled
def _follow(
    begins: Numbers,
    coefficients: Numbers,
    variables: Numbers,
    rows: Numbers,
    guards: NDArray[np.bool_],
    forms: Forms,
) -> Sums:
    """What definitions come to, one after the other: noted in the forms; and their sums."""
    sums = _empty(len(rows), len(variables))
    work = _scratch(len(forms.variables))
    filled = 0
    for number in range(len(rows)):
        begin = filled
        filled = _gather(begins, number, coefficients, variables, forms, work, sums, filled)
        low, high = sums.lows[number], sums.highs[number]
        threshold = rows[number, THRESHOLD] - sums.constants[number]
        place = forms.place[rows[number, VAR]] - 1
        base, factor = place, 0
        if filled == begin + 1:
            base, factor = forms.place[sums.variables[begin]] - 1, sums.coefficients[begin]
        # What demands are asked by must be a variable, or the same as one.
        single = factor != 0 and (factor > 0 or not guards[number])
        single = single and forms.lows[base] == 0 and forms.highs[base] == 1
        if rows[number, KIND] == 1:
            if low >= threshold or high < threshold:
                _note(forms, place, 1 if low >= threshold else 0, 0, place)
            elif single:
                _note(forms, place, 0 if factor > 0 else 1, 1 if factor > 0 else -1, base)
        elif high <= threshold or filled == begin:
            _note(forms, place, max(0, -threshold) if filled == begin else 0, 0, place)
        elif factor != 0 and low >= threshold and not guards[number]:
            _note(forms, place, -threshold, factor, base)
        elif single and not guards[number]:
            if factor > 0:
                _note(forms, place, 0, factor - threshold, base)
            else:
                _note(forms, place, -threshold, threshold, base)
        else:
            forms.lows[place] = max(0, low - threshold)
            forms.highs[place] = high - threshold
    return Sums(
        sums.ends,
        sums.coefficients[:filled],
        sums.variables[:filled],
        sums.constants,
        sums.lows,
        sums.highs,
    )


@compiled
def _sums(begins: Numbers, coefficients: Numbers, variables: Numbers, forms: Forms) -> Sums:
    """Sums of variables that have their forms."""
    sums = _empty(len(begins) - 1, len(variables))
    work = _scratch(len(forms.variables))
    filled = 0
    for number in range(len(begins) - 1):
        filled = _gather(begins, number, coefficients, variables, forms, work, sums, filled)
    return Sums(
        sums.ends,
        sums.coefficients[:filled],
        sums.variables[:filled],
        sums.constants,
        sums.lows,
        sums.highs,
    )


@compiled
def _need(sums: Sums, places: Numbers, place: Numbers, needed: NDArray[np.bool_]) -> None:
    """Mark what the definitions that are needed follow from, the last of them first."""
    for number in range(len(places) - 1, -1, -1):
        if needed[places[number]]:
            for e in range(sums.ends[number - 1] if number else 0, sums.ends[number]):
                needed[place[sums.variables[e]] - 1] = True


@compiled_within
def _empty(count: int, room: int) -> Sums:
    return Sums(
        np.zeros(count, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
    )


@compiled_within
def _scratch(count: int) -> Numbers:
    """Amounts, places met, of each duty how often it is met, least and most; who is met."""
    return np.zeros((6, count), dtype=np.int64)


@compiled_within
def _note(forms: Forms, place: int, constant: int, factor: int, base: int) -> None:
    forms.constants[place] = constant
    forms.factors[place] = factor
    forms.bases[place] = base


@compiled_within
def _gather(
    begins: Numbers,
    number: int,
    coefficients: Numbers,
    variables: Numbers,
    forms: Forms,
    work: Numbers,
    sums: Sums,
    filled: int,
) -> int:
    """Write a sum in terms of variables that stand for themselves; how many terms there are."""
    amounts, met, marks = work[0], work[1], work[5]
    count = 0
    constant = 0
    for e in range(begins[number], begins[number + 1]):
        place = forms.place[variables[e]] - 1
        constant += coefficients[e] * forms.constants[place]
        factor = coefficients[e] * forms.factors[place]
        if factor != 0:
            base = forms.bases[place]
            if marks[base] == 0:
                marks[base] = 1
                met[count] = base
                count += 1
            amounts[base] += factor
    low, high = 0, 0
    begin = filled
    for n in range(count):
        base = met[n]
        amount = amounts[base]
        marks[base], amounts[base] = 0, 0
        if amount == 0:
            continue
        sums.coefficients[filled] = amount
        sums.variables[filled] = forms.variables[base]
        filled += 1
        lot = forms.lots[base]
        if lot < 0:
            low += amount * (forms.lows[base] if amount > 0 else forms.highs[base])
            high += amount * (forms.highs[base] if amount > 0 else forms.lows[base])
        elif work[2, lot] == 0:
            work[2, lot], work[3, lot], work[4, lot] = 1, amount, amount
        else:
            work[2, lot] += 1
            work[3, lot] = min(work[3, lot], amount)
            work[4, lot] = max(work[4, lot], amount)
    # Of each duty one decision is true: where others are not named here, it may be one of them.
    for n in range(begin, filled):
        lot = forms.lots[forms.place[sums.variables[n]] - 1]
        if lot >= 0 and work[2, lot] > 0:
            others = work[2, lot] < forms.sizes[lot]
            low += min(work[3, lot], 0) if others else work[3, lot]
            high += max(work[4, lot], 0) if others else work[4, lot]
            work[2, lot] = 0
    sums.ends[number] = filled
    sums.constants[number] = constant
    sums.lows[number], sums.highs[number] = low, high
    return filled
