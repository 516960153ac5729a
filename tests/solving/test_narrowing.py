"""A part in which each duty stays with one of a few doctors says what the whole model says."""

import random

import numpy as np
import pytest

from scheduler.solving.evaluate import broken_numbers, settle, step_values
from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Model, Step
from scheduler.solving.narrowing import Narrowed, narrowed
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index, State
from tests.solving.models import random_model
from tests.solving.posted import Posted
from tests.support import few


def settled(own: Narrowed, chosen: set[int]) -> dict[int, int]:
    """What the part's definitions give for a choice of its decisions."""
    values = {0: 0, TRUE: 1} | {v: int(v in chosen) for v in own.own.decisions}
    for d in own.own.definitions:
        height = sum(c * values[v] for c, v in d.terms)
        values[d.var] = (
            int(height >= d.threshold) if d.kind == AT_LEAST else max(0, height - d.threshold)
        )
    return values


def kept(constraint: Constraint, values: dict[int, int]) -> bool:
    own = sum(c * values[v] for c, v in constraint.terms)
    low, high = constraint.low, constraint.high
    return not values[constraint.only_if] or (
        (low is None or own >= low) and (high is None or own <= high)
    )


def shared_out(state: State, free: Numbers, chance: random.Random) -> set[int]:
    """Any choice of what is free in which as many have each duty as before."""
    units: dict[int, list[int]] = {}
    for var in free.tolist():
        units.setdefault(int(state.index.grid.unit_of[var]), []).append(var)
    picked: set[int] = set()
    for own in units.values():
        picked |= set(chance.sample(own, sum(state.value(var) for var in own)))
    return picked


def says_the_same(state: State, free: Numbers, chance: random.Random) -> None:
    model, own = state.model, narrowed(state, free)
    fixed = set(state.chosen) - set(free.tolist())
    touched = {n for v in active(state, free) for n in state.index.constraints_on(v)}
    for _ in range(12):
        picked = shared_out(state, free, chance)
        chosen = picked & set(own.own.decisions)
        assert own.all_of(frozenset(chosen)) == picked
        values, here = settle(model, fixed | picked), settled(own, chosen)
        assert all(values[v] == height for v, height in here.items())
        for step, value in zip(own.own.steps, step_values(model, values), strict=True):
            heights = [sum(c * here[v] for c, v in t) + k for t, k in step.entries]
            plain = sum(c * here[v] for c, v in step.terms) + step.constant
            assert value == (sum(sorted(heights)[-step.worst :]) if step.worst else plain)
        wrong = {n for n, _ in broken_numbers(model, values)} & touched
        assert all(kept(c, here) for c in own.own.constraints) == (not wrong)


def active(state: State, free: Numbers) -> set[int]:
    """What is free and all that follows from it."""
    pending, found = free.tolist(), set(free.tolist())
    while pending:
        for number in state.index.definitions_on(pending.pop()):
            var = state.model.definitions[number].var
            if var not in found:
                found.add(var)
                pending.append(var)
    return found


@pytest.mark.parametrize("seed", few(range(200), 40))
def test_it_says_of_every_way_to_share_out_what_the_whole_model_says(seed: int) -> None:
    model = random_model(seed, doctors=4, units=6)
    chance = random.Random(seed)
    state = State(Index(model), [v for v in range(2, model.decisions + 2) if chance.random() < 0.3])
    cells = state.index.grid.cells
    for count in (2, 3, 4):
        own = cells[chance.sample(range(len(cells)), count)]
        own = own[:, chance.sample(range(own.shape[1]), chance.randint(1, own.shape[1]))]
        if (own > 0).any():
            says_the_same(state, np.unique(own[own > 0]), chance)


def test_of_two_one_decision_tells_of_both_and_a_duty_of_one_alone_is_hers() -> None:
    own = Posted(3, 3)
    own.terms = [(5, own.any_of(has[:2])) for has in own.has]
    state = State(Index(own.done()), [own.has[0][0], own.has[1][1], own.has[0][2]])
    free = np.array(sorted([*own.has[0][:2], *own.has[1][:2], own.has[0][2]]), dtype=np.int64)
    found = narrowed(state, free)
    assert set(found.own.decisions) == set(own.has[0][:2])
    assert found.sure == {own.has[0][2]}
    assert found.own.constraints == ()
    assert found.all_of(frozenset([own.has[0][0]])) == {
        own.has[0][0],
        own.has[1][1],
        own.has[0][2],
    }


def test_what_asks_for_a_demand_stays_a_decision() -> None:
    """Whoever has the first duty may not have the second: told as a demand with a guard."""
    own = Posted(2, 2)
    for has in own.has:
        own.model.demand(Constraint(((1, has[1]),), None, 0, has[0], 0))
    state = State(Index(own.done()), [own.has[0][0], own.has[1][1]])
    says_the_same(state, np.arange(2, 6), random.Random(1))
    assert len(narrowed(state, np.arange(2, 6)).own.decisions) == 3


def test_three_share_a_duty_of_which_one_has_it() -> None:
    model = Model(decisions=3, uppers=[0, 1, 1, 1, 1])
    model.groups = {"doctors": [[2], [3], [4]], "units": [[2, 3, 4]]}
    model.steps = [Step(1, "", "", "", 1, terms=((1, 2), (2, 3), (3, 4)))]
    own = narrowed(State(Index(model), [4]), np.arange(2, 5)).own
    assert own.constraints == (Constraint(((1, 2), (1, 3), (1, 4)), 1, 1, TRUE, -1),)
