"""What follows from a few decisions, settled as far as it is settled, in compiled loops.

A variable that cannot change is a constant, one that says what a single other one says is told by
that one, and all others stand for themselves. So sums are of few variables, and what they lie
between is known.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.board import KIND, THRESHOLD, VAR
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.model import Terms
from scheduler.solving.packed import Numbers


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


def standing(active: Numbers, size: int) -> Forms:
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


@compiled
def follow(
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
    return _filled(sums, filled)


@compiled
def sums_of(begins: Numbers, coefficients: Numbers, variables: Numbers, forms: Forms) -> Sums:
    """Sums of variables that have their forms."""
    sums = _empty(len(begins) - 1, len(variables))
    work = _scratch(len(forms.variables))
    filled = 0
    for number in range(len(begins) - 1):
        filled = _gather(begins, number, coefficients, variables, forms, work, sums, filled)
    return _filled(sums, filled)


@compiled
def need(sums: Sums, places: Numbers, place: Numbers, needed: NDArray[np.bool_]) -> None:
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
def _filled(sums: Sums, count: int) -> Sums:
    """Without the room that no term has needed."""
    return Sums(
        sums.ends,
        sums.coefficients[:count],
        sums.variables[:count],
        sums.constants,
        sums.lows,
        sums.highs,
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
