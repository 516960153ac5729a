"""A first roster in moments: give away the scarcest demand first, to whom it costs least.

What the rules posted decides; nothing of the domain is known here. Whatever is given away
breaks no constraint, so the result is lawful and may have holes.
"""

import random

import numpy as np

from scheduler.solving.annealing import less
from scheduler.solving.board import VIOLATION, Board, flip
from scheduler.solving.jit import compiled
from scheduler.solving.model import EXCESS, TRUE
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index, State

_SAMPLE = 16  # of many candidates so many are tried; the least loaded come first


def construct(index: Index, seed: int) -> State:
    """Start from what is forced and fill what the first step of the objective misses."""
    packed = index.packed
    begins = packed.constraints.begins
    alone = (np.diff(begins) == 1) & (packed.guards == TRUE) & (packed.lows >= 1)
    places = begins[:-1][alone]
    variables = packed.constraints.variables[places]
    is_forced = (packed.constraints.coefficients[places] > 0) & (variables < packed.decisions + 2)
    state = State(index, variables[is_forced].tolist())
    fill(state, random.Random(seed))
    return state


def fill(state: State, chance: random.Random) -> None:
    """Fill holes as long as something lawful fits, scarcest demand first."""
    model = state.model
    if not model.steps or model.steps[0].worst:
        return
    doctor_of = np.zeros(model.decisions + 2, dtype=np.int64)
    for number, own in enumerate(model.groups["doctors"]):
        doctor_of[own] = number
    load = np.bincount(doctor_of[state.decided], minlength=max(1, len(model.groups["doctors"])))
    demands = []
    for coefficient, var in model.steps[0].terms:
        d = model.definition_of.get(var)
        if d is None or d.kind != EXCESS or state.value(var) == 0:
            continue
        fillers = [v for c, v in d.terms if c < 0 and v <= model.decisions + 1]
        demands.append((len(fillers) / max(1, coefficient), chance.random(), var, fillers))
    for _, _, var, fillers in sorted(demands):
        # By chance among those who have as much: numpy keeps the order of equals.
        chance.shuffle(fillers)
        _give(state.board, var, np.array(fillers, dtype=np.int64), load, doctor_of)


@compiled
def _give(b: Board, demand: int, fillers: Numbers, load: Numbers, doctor_of: Numbers) -> None:
    """Meet a demand as far as something lawful does, each time with what costs least.

    Args:
        b: the roster.
        demand: the variable that counts what is missing.
        fillers: the decisions that would make it smaller.
        load: how many duties each doctor has; kept up to date.
        doctor_of: of each decision.
    """
    price = b.sums.copy()
    while b.values[demand] > 0:
        broken, missing = b.counts[VIOLATION], b.values[demand]
        best = -1
        lawful = 0
        for place in np.argsort(load[doctor_of[fillers]], kind="mergesort"):
            var = fillers[place]
            if b.values[var] != 0:
                continue
            flip(b, var)
            if b.counts[VIOLATION] <= broken and b.values[demand] < missing:
                lawful += 1
                # Those tried before have no more to do: of equal prices the first stays.
                if best < 0 or less(b.sums, price):
                    best = var
                    price[:] = b.sums
            flip(b, var)
            if lawful >= _SAMPLE:
                break
        if best < 0:
            return
        flip(b, best)
        load[doctor_of[best]] += 1
