"""A first roster in moments: give away the scarcest demand first, to whom it costs least.

What the rules posted decides; nothing of the domain is known here. Whatever is given away
breaks no constraint, so the result is lawful and may have holes.
"""

import random

from scheduler.solving.model import EXCESS
from scheduler.solving.state import Index, State

_SAMPLE = 16  # of many candidates so many are tried; the least loaded come first


def construct(index: Index, seed: int) -> State:
    """Start from what is forced and fill what the first step of the objective misses."""
    model = index.model
    forced = {
        c.terms[0][1]
        for c in model.constraints
        if len(c.terms) == 1
        and c.only_if == 1
        and c.low is not None
        and c.low >= 1
        and c.terms[0][0] > 0
        and c.terms[0][1] <= model.decisions + 1
    }
    state = State(index, forced)
    fill(state, random.Random(seed))
    return state


def fill(state: State, chance: random.Random) -> None:
    """Fill holes as long as something lawful fits, scarcest demand first."""
    model = state.model
    if not model.steps or model.steps[0].worst:
        return
    definitions = {d.var: d for d in model.definitions}
    doctor_of = {var: number for number, own in enumerate(model.groups["doctors"]) for var in own}
    load = [0] * len(model.groups["doctors"])
    for var in state.chosen:
        load[doctor_of[var]] += 1
    demands = []
    for coefficient, var in model.steps[0].terms:
        d = definitions.get(var)
        if d is None or d.kind != EXCESS or state.values[var] == 0:
            continue
        fillers = [v for c, v in d.terms if c < 0 and v <= model.decisions + 1]
        demands.append((len(fillers) / max(1, coefficient), chance.random(), var, fillers))
    for _, _, var, fillers in sorted(demands):
        free = [v for v in fillers if not state.values[v]]
        while state.values[var] > 0 and free:
            best = _cheapest(state, var, free, load, doctor_of, chance)
            if best is None:
                break
            state.flip(best)
            load[doctor_of[best]] += 1
            free.remove(best)


def _cheapest(
    state: State,
    demand: int,
    free: list[int],
    load: list[int],
    doctor_of: dict[int, int],
    chance: random.Random,
) -> int | None:
    """The decision that meets the demand, breaks nothing new and costs least, if any."""
    before, missing = state.violation, state.values[demand]
    base = list(state.sums)
    found: tuple[tuple[int, ...], int, float, int] | None = None
    order = sorted(free, key=lambda v: (load[doctor_of[v]], chance.random()))
    lawful = 0
    for var in order:
        state.flip(var)
        if state.violation <= before and state.values[demand] < missing:
            lawful += 1
            price = tuple(now - then for now, then in zip(state.sums, base, strict=True))
            candidate = (price, load[doctor_of[var]], chance.random(), var)
            if found is None or candidate < found:
                found = candidate
        state.flip(var)
        if lawful >= _SAMPLE:
            break
    return found[3] if found else None
