"""Simulated annealing on the plain model: many small moves a second, the best roster kept.

The objective is a list of steps. One is worked on at a time: those before it cost only where
they are worse than they were, those after it break ties. What is broken has a price too, so
that a way may lead over unlawful rosters; only lawful ones are ever kept.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.board import PENALTY, VIOLATION, Board, flip, score
from scheduler.solving.grid import LONGEST, Grid, enter
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.moves import propose
from scheduler.solving.packed import Numbers

Reals = NDArray[np.float64]


class Prices(NamedTuple):
    """What a roster costs while one step is worked on.

    Attributes:
        current: the step; those before it have `caps`.
        weights: of one of each step's integers.
        broken: of one of what is broken.
        step_over: once for each earlier step that is worse than its cap.
    """

    current: int
    caps: Numbers
    weights: Reals
    broken: float
    step_over: float


class Best(NamedTuple):
    """The best lawful roster so far, and what has been flipped since.

    Attributes:
        decided: 1 for each decision that is true in it.
        scores: its steps.
        journal: flips since then; the first `since[0]`. More than it has room for: copy all.
        since: how many flips, and how many times a better one was found.
    """

    decided: NDArray[np.uint8]
    scores: Numbers
    journal: Numbers
    since: Numbers


@compiled_within
def cost(b: Board, prices: Prices, scores: Numbers) -> float:
    """What the roster costs; its steps are left in `scores`."""
    score(b, scores)
    whole = prices.broken * b.counts[PENALTY]
    for s in range(len(scores)):
        if s >= prices.current:
            whole += prices.weights[s] * scores[s]
        elif scores[s] > prices.caps[s]:
            whole += prices.step_over + prices.weights[s] * (scores[s] - prices.caps[s])
    return float(whole)


@compiled
def anneal(
    b: Board,
    g: Grid,
    prices: Prices,
    best: Best,
    mix: Reals,
    heat: float,
    cooling: float,
    proposals: int,
    chance: Numbers,
    paid: Reals,
) -> None:
    """Try moves; take what is better, and what is worse the less often the colder it is.

    Args:
        b: the roster, changed in place.
        g: who has what, kept in step with it.
        prices: of the step that is worked on; `caps` follow the best.
        best: kept up to date.
        mix: how likely each kind of move and those before it are, 1 at the end.
        heat: a move that costs so much more is taken one time in e.
        cooling: what the heat is multiplied with after each proposal.
        proposals: how many.
        chance: state of the random numbers.
        paid: for each kind of move: tried, taken with another cost.
    """
    scores = np.zeros(len(best.scores), dtype=np.int64)
    picked = np.zeros(LONGEST, dtype=np.int64)
    now = cost(b, prices, scores)
    for _ in range(proposals):
        heat *= cooling
        share = _share(chance)
        kind = 0
        while mix[kind] <= share:
            kind += 1
        count = propose(kind, g, chance, picked)
        if count == 0:
            continue
        for n in range(count):
            flip(b, picked[n])
        then = cost(b, prices, scores)
        paid[kind, 0] += 1.0
        if then > now and then - now > -heat * math.log(_share(chance)):
            for n in range(count):
                flip(b, picked[n])
            continue
        if then != now:
            paid[kind, 1] += 1.0
        now = then
        for n in range(count):
            _note(g, best, picked[n])
        if b.counts[VIOLATION] == 0 and less(scores, best.scores):
            _keep(b, best, scores)
            for s in range(prices.current):
                if scores[s] < prices.caps[s]:
                    prices.caps[s] = scores[s]
                    now = cost(b, prices, scores)


@compiled
def probe(
    b: Board, g: Grid, mix: Reals, chance: Numbers, before: Numbers, changes: Numbers
) -> None:
    """By how much moves change what is broken, and each step; nothing is taken.

    `before` holds the steps as they are; `changes` gets one row for each try, first what is
    broken, then the steps.
    """
    picked = np.zeros(LONGEST, dtype=np.int64)
    scores = np.zeros(len(before), dtype=np.int64)
    broken = b.counts[VIOLATION]
    for row in changes:
        share = _share(chance)
        kind = 0
        while mix[kind] <= share:
            kind += 1
        count = propose(kind, g, chance, picked)
        for n in range(count):
            flip(b, picked[n])
        score(b, scores)
        row[0] = b.counts[VIOLATION] - broken
        row[1:] = scores - before
        for n in range(count):
            flip(b, picked[n])


@compiled_within
def _share(chance: Numbers) -> float:
    """A random number above 0 and below 1 (xorshift; `chance` holds its state)."""
    x = chance[0]
    x ^= x << 13
    x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF  # a shift to the right that brings no sign along
    x ^= x << 17
    chance[0] = x
    return float(((x & 0xFFFFFFFFFFFF) + 0.5) / 281474976710656.0)


@compiled_within
def _note(g: Grid, best: Best, decision: int) -> None:
    """A decision was flipped: enter it into the grid and into the journal."""
    enter(g, decision)
    if best.since[0] < len(best.journal):
        best.journal[best.since[0]] = decision
    best.since[0] += 1


@compiled_within
def _keep(b: Board, best: Best, scores: Numbers) -> None:
    if best.since[0] <= len(best.journal):
        for n in range(best.since[0]):
            best.decided[best.journal[n]] ^= 1
    else:
        for decision in range(2, len(best.decided)):
            best.decided[decision] = b.values[decision]
    best.since[0] = 0
    best.since[1] += 1
    best.scores[:] = scores


@compiled_within
def less(one: Numbers, other: Numbers) -> bool:
    """Whether the first differing number is smaller."""
    for n in range(len(one)):
        if one[n] != other[n]:
            return bool(one[n] < other[n])
    return False
