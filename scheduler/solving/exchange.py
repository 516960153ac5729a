"""Direct exchanges at the end: no two duties of two doctors are left that both should trade.

Annealing and neighbourhoods leave such exchanges behind, and they are the first thing that a
doctor sees. Every step counts, in order of precedence; what is broken never gets more.
"""

from collections.abc import Callable

import numpy as np

from scheduler.solving.annealing import less
from scheduler.solving.board import VIOLATION, Board, flip, score
from scheduler.solving.grid import Grid, enter, filled
from scheduler.solving.jit import compiled
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index, State

_TRIES = 20_000  # exchanges between two looks at the clock


def exchange(index: Index, state: State, over: Callable[[], bool]) -> bool:
    """Give and exchange single duties until no such change is better; whether one was.

    Args:
        index: of the model.
        state: the roster, changed in place.
        over: asked now and then; ends it early.
    """
    own = filled(index.grid, state.decided)
    scores = np.array(state.score(), dtype=np.int64)
    at = np.zeros(3, dtype=np.int64)
    better = False
    while not over():
        better |= _trade(state.board, own, scores, at, _TRIES)
        if at[2] > len(own.place):
            break
    return better


@compiled
def _trade(b: Board, g: Grid, scores: Numbers, at: Numbers, tries: int) -> bool:
    """Go on through what can be given or exchanged, and take what is better.

    Args:
        b: the roster.
        g: who has what, kept in step with it.
        scores: its steps, kept up to date.
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
            found = b.counts[VIOLATION] <= broken and less(then, scores)
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


@compiled
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
