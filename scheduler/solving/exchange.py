"""Direct exchanges at the end: no two duties of two doctors are left that both should trade.

Annealing and neighbourhoods leave such exchanges behind, and they are the first thing that a
doctor sees. Every step counts, in order of precedence; what is broken never gets more. Where a step
is near enough to its least a little less of it is no reason: a hundredth of a point would be worth
any number of squared duties.
"""

from collections.abc import Callable, Mapping

import numpy as np

from scheduler.solving.annealing import less
from scheduler.solving.board import VIOLATION, Board, flip, score
from scheduler.solving.grid import Grid, enter, filled
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.state import Index, State

_TRIES = 20_000  # exchanges between two looks at the clock


def exchange(
    index: Index, state: State, over: Callable[[], bool], near: Mapping[int, int] | None = None
) -> bool:
    """Give and exchange single duties until no such change is better; whether one was.

    Args:
        index: of the model.
        state: the roster, changed in place.
        over: asked now and then; ends it early.
        near: of some steps, by number, what is near enough: less than that is not better.
    """
    own = filled(index.grid, state.decided)
    scores = np.array(state.score(), dtype=np.int64)
    enough = np.full(len(scores), -NO_LIMIT, dtype=np.int64)
    for number, value in (near or {}).items():
        enough[number] = value
    at = np.zeros(3, dtype=np.int64)
    better = False
    while not over():
        better |= _trade(state.board, own, scores, enough, at, _TRIES)
        if at[2] > len(own.place):
            break
    return better


@compiled
def _trade(b: Board, g: Grid, scores: Numbers, enough: Numbers, at: Numbers, tries: int) -> bool:
    """Go on through what can be given or exchanged, and take what is better.

    Args:
        b: the roster.
        g: who has what, kept in step with it.
        scores: its steps, kept up to date.
        enough: of each step; less is not better.
        at: the decision that is given, the one that comes back (0 is none, then those of
            `chosen`), and how many decisions have been looked at since the last that was better.
        tries: how many changes are tried at most.
    """
    then = np.zeros(len(scores), dtype=np.int64)
    picked = np.zeros(4, dtype=np.int64)
    better = False
    broken = b.counts[VIOLATION]
    while tries > 0 and at[2] <= len(g.place):
        held = at[0]
        if g.place[held] < 0 or g.doctor_of[held] < 0 or g.unit_of[held] < 0:
            at[0] = (at[0] + 1) % len(g.place)
            at[1] = 0
            at[2] += 1
            continue
        low, high = g.unit_at[g.unit_of[held]], g.unit_at[g.unit_of[held] + 1]
        found = False
        count = 0
        while at[1] < (high - low) + g.held[0] and not found and tries > 0:
            count = _change(g, held, at[1], low, high, picked)
            at[1] += 1
            if count == 0:
                continue
            tries -= 1
            for n in range(count):
                flip(b, picked[n])
            score(b, then)
            found = (
                b.counts[VIOLATION] <= broken
                and less(then, scores)
                and less(np.maximum(then, enough), np.maximum(scores, enough))
            )
            if not found:
                for n in range(count):
                    flip(b, picked[n])
        if found:
            for n in range(count):
                enter(g, picked[n])
            scores[:] = then
            broken = b.counts[VIOLATION]
            at[1] = 0
            at[2] = 0
            better = True
        elif at[1] >= (high - low) + g.held[0]:
            at[0] = (at[0] + 1) % len(g.place)
            at[1] = 0
            at[2] += 1
    return better


@compiled_within
def _change(g: Grid, held: int, number: int, low: int, high: int, picked: Numbers) -> int:
    """The change of a number: first to give the duty to each other, then to trade it for each."""
    picked[0] = held
    if number < high - low:
        picked[1] = g.unit_decisions[low + number]
        return 2 if g.place[picked[1]] < 0 else 0
    other = g.chosen[number - (high - low)]
    if other <= held or g.doctor_of[other] < 0 or g.unit_of[other] < 0:
        return 0  # each two are looked at once
    if g.doctor_of[other] == g.doctor_of[held] or g.unit_of[other] == g.unit_of[held]:
        return 0
    picked[1] = other
    picked[2] = g.cells[g.doctor_of[held], g.unit_of[other]]
    picked[3] = g.cells[g.doctor_of[other], g.unit_of[held]]
    if picked[2] == 0 or picked[3] == 0 or g.place[picked[2]] >= 0 or g.place[picked[3]] >= 0:
        return 0
    return 4
