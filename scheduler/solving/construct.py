"""A first roster in moments: give away the scarcest demand first, to whom it costs least.

What the rules posted decides; nothing of the domain is known here. Whatever is given away
breaks no constraint, so the result is lawful and may have holes.
"""

import random

import numpy as np

from scheduler.solving.annealing import less
from scheduler.solving.board import VIOLATION, Board, flip
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.model import EXCESS, TRUE, Definition, Model, Step
from scheduler.solving.packed import Numbers, Packed
from scheduler.solving.state import Index, State
from scheduler.solving.store import places_of

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
    packed, board = state.index.packed, state.board
    if not len(packed.tops) or packed.tops[0, 0]:
        return
    doctors = packed.groups["doctors"]
    doctor_of = np.zeros(packed.decisions + 2, dtype=np.int64)
    doctor_of[doctors.variables] = doctors.owners
    load = np.bincount(doctor_of[state.decided], minlength=max(1, len(doctors.begins) - 1))
    demands, begins, fillers = _holes(packed, board.values, chance)
    _give_all(board, demands, begins, fillers, load, doctor_of)


def _holes(packed: Packed, values: Numbers, chance: random.Random) -> tuple[Numbers, ...]:
    """What the first step of the objective misses, scarcest first, and what would meet it.

    Chance orders demands that are as scarce, and the decisions that would meet one.

    Returns:
        The variables that count what is missing; where the fillers of each begin, and the end of
        the last; the fillers.
    """
    own = slice(*packed.steps.begins[:2].tolist())
    prices, demands = packed.steps.coefficients[own], packed.steps.variables[own]
    place = np.full(packed.size, -1, dtype=np.int64)
    place[packed.defined] = np.arange(len(packed.defined))
    lacks = (place[demands] >= 0) & (values[demands] > 0)
    lacks[lacks] = packed.kinds[place[demands[lacks]]] == 0  # an excess
    prices, demands = prices[lacks], demands[lacks].astype(np.int64)
    sums, numbers = packed.definitions, place[demands]
    begins = sums.begins[numbers]
    lengths = sums.begins[numbers + 1] - begins
    terms, owners = places_of(begins, lengths), np.repeat(np.arange(len(numbers)), lengths)
    fills = (sums.coefficients[terms] < 0) & (sums.variables[terms] < packed.decisions + 2)
    owners, fillers = owners[fills], sums.variables[terms[fills]].astype(np.int64)
    counts = np.bincount(owners, minlength=len(demands))
    luck = np.random.default_rng(chance.getrandbits(64))
    order = np.lexsort((luck.random(len(demands)), counts / np.maximum(1, prices)))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    ends = np.concatenate(([0], np.cumsum(counts[order]))).astype(np.int64)
    return demands[order], ends, fillers[np.lexsort((luck.random(len(fillers)), rank[owners]))]


def warm_up() -> None:
    """Have what a first roster needs compiled, or fetched from where it is kept."""
    model = Model(decisions=1, uppers=[0, 1, 1, 1], groups={"doctors": [[2]], "units": [[2]]})
    model.definitions = [Definition(3, EXCESS, ((-1, 2),), -1, 1)]  # one duty that lacks a doctor
    model.steps = [Step(1, "", "", "", 1, terms=((1, 3),))]
    construct(Index(model), 0)


@compiled_within
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


@compiled
def _give_all(
    b: Board, demands: Numbers, begins: Numbers, fillers: Numbers, load: Numbers, doctor_of: Numbers
) -> None:
    """Meet one demand after the other as far as something lawful does; see `_give`.

    Args:
        b: the roster.
        demands: the variables that count what is missing.
        begins: where the fillers of each begin, and the end of the last.
        fillers: the decisions that would make it smaller.
        load: how many duties each doctor has; kept up to date.
        doctor_of: of each decision.
    """
    for number in range(len(demands)):
        own = fillers[begins[number] : begins[number + 1]]
        _give(b, demands[number], own, load, doctor_of)
