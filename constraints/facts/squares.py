"""Squares of deviations as convex prices in the draft, for rules that spread something.

A square is straight between breaks and exact at each of them. One squared step costs
`Level.FAIRNESS.scale` hundredths, so that a deviation of one typical duty weighs as much as
any other rule's price of one; written twenty times finer, since slopes must be whole numbers.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor

from scheduler.rule import Level
from scheduler.solving.draft import Draft
from scheduler.solving.model import Term, collect

FINE = 20
SQUARE = Level.FAIRNESS.scale * FINE
"""What one squared step costs in the draft."""

STEPS = (*(Fraction(n, 2) for n in range(5)), Fraction(3), Fraction(4), Fraction(6), Fraction(8))
"""Breaks of what is measured in steps; between them the price is at most 4 % above the square
of one step or more, and a sixteenth of a squared step below that. The last only sets the slope."""

WHOLE = range(8)
"""Breaks of what is counted, from the count nearest the aim: exact at every whole number."""


def rounded(value: Fraction) -> int:
    """To the nearest whole number; halves upwards."""
    return floor(value + Fraction(1, 2))


def price_steps(
    draft: Draft, terms: Iterable[Term], aim: int, step: Fraction, *, both: bool, weight: Fraction
) -> None:
    """Price the square of the deviation from the aim, in steps; above it only, or on both sides.

    Args:
        draft: the model in the making.
        terms: whole numbers whose sum is measured; the finer, the closer is the price, whose
            slopes are whole numbers a unit.
        aim: in the terms' unit.
        step: of how many units one step is.
        both: less than the aim is as bad as more.
        weight: of one squared step; 1 is as a typical duty.
    """
    breaks = [rounded(own * step) for own in STEPS]
    slopes = [weight * SQUARE * (low + high) / step for low, high in pairwise(STEPS)]
    own = list(terms)
    _post(draft, own, aim, breaks, slopes)
    if both:
        _post(draft, [(-c, var) for c, var in own], -aim, breaks, slopes)


def price_counts(
    draft: Draft, terms: Iterable[Term], aim: Fraction, *, both: bool, weight: Fraction
) -> None:
    """Price the square of the deviation of a count from its aim, exact at whole numbers.

    Args:
        draft: the model in the making.
        terms: what is counted.
        aim: not a whole number, as a rule.
        both: less than the aim is as bad as more; else nothing below it costs.
        weight: of one squared step; 1 is as a typical duty.
    """
    own = list(terms)
    if not both:
        low = floor(aim)
        over = [max(Fraction(0), low + n - aim) ** 2 for n in WHOLE]
        _post(draft, own, low, WHOLE, [weight * SQUARE * (b - a) for a, b in pairwise(over)])
        return
    nearest = rounded(aim)
    for sign, side in ((1, own), (-1, [(-c, var) for c, var in own])):
        off = sign * (nearest - aim)
        squares = [(off + n) ** 2 for n in WHOLE]
        slopes = [weight * SQUARE * (b - a) for a, b in pairwise(squares)]
        _post(draft, side, sign * nearest, WHOLE, slopes)
    draft.penalise(Level.FAIRNESS, (), rounded(weight * SQUARE * (nearest - aim) ** 2), fine=FINE)


def _post(
    draft: Draft,
    terms: Sequence[Term],
    anchor: int,
    breaks: Sequence[int],
    slopes: Sequence[Fraction],
) -> None:
    """What the sum exceeds the anchor by costs the slope of the stretch it has reached."""
    rises = []
    reached = 0
    for over, slope in zip(breaks, map(rounded, slopes), strict=False):
        if slope > reached:
            rises.append((over, slope - reached))
            reached = slope
    if not rises:
        return
    own, constant = collect(terms)
    if not own:  # of a doctor who has none of it the price is as dear as in a model of more
        beyond = max(0, constant - anchor)
        price = sum(rise * max(0, beyond - over) for over, rise in rises)
        draft.penalise(Level.FAIRNESS, (), price, fine=FINE)
        return
    beyond = draft.excess(terms, anchor)
    draft.penalise(
        Level.FAIRNESS,
        [(rise, draft.excess([(1, beyond)], over) if over else beyond) for over, rise in rises],
        fine=FINE,
    )
