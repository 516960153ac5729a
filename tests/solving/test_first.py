"""The way to a first lawful roster: annealed, mended, or proven not to be there."""

import threading
from dataclasses import replace

import pytest

from scheduler.solving.construct import construct
from scheduler.solving.cool import Crew
from scheduler.solving.evaluate import broken, settle
from scheduler.solving.first import First
from scheduler.solving.improve import Improver
from scheduler.solving.model import TRUE, Constraint, Model
from scheduler.solving.result import Ending
from scheduler.solving.state import Index, State
from tests.solving.models import random_model


def rostered(seed: int) -> Model:
    """Each doctor must work at least two units of sixteen, which no construction heeds."""
    model = random_model(seed, doctors=5, units=16)
    model.constraints = [c for c in model.constraints if c.only_if == TRUE and c.low is None][:16]
    for own in model.groups["doctors"]:
        model.demand(Constraint(tuple((1, v) for v in own), 2, 4, TRUE, 0))
    return model


def first(
    model: Model, workers: int, start: tuple[int, ...] = (), spare: tuple[int, ...] = ()
) -> State | Ending:
    index, stop = Index(model), threading.Event()
    return First(
        index,
        Crew(index, 1, workers, stop),
        Improver(index, 1, workers, stop),
        1,
        workers,
        lambda: 20.0,
        -1000,
        stop,
    ).find(start, spare)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_what_the_construction_breaks_is_annealed_away(seed: int, workers: int) -> None:
    found = first(rostered(seed), workers)
    assert isinstance(found, State)
    assert not any(broken(found.model, settle(found.model, found.chosen)))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_impossible_plan_is_told(workers: int) -> None:
    model = rostered(1)
    own = model.groups["doctors"][0]
    model.demand(Constraint(tuple((1, v) for v in own), None, 1, TRUE, 0))
    assert first(model, workers) is Ending.IMPOSSIBLE


def test_a_former_roster_is_where_it_begins() -> None:
    model = rostered(2)
    found = first(model, 1)
    assert isinstance(found, State)
    again = first(model, 1, tuple(found.chosen))
    assert isinstance(again, State)
    assert set(found.chosen) <= set(again.chosen)


@pytest.mark.parametrize(("seed", "is_better"), [(16, False), (0, True)])
def test_a_former_roster_of_the_demands_alone_may_be_better_or_worse(
    seed: int, is_better: bool
) -> None:
    model = random_model(seed)
    made = construct(Index(model), 1)
    former = construct(Index(replace(model, steps=model.steps[:1])), 1).chosen
    assert made.violation == 0
    assert (State(made.index, former).score() < made.score()) == is_better
    found = first(model, 1, tuple(former))
    assert isinstance(found, State)
    assert found.chosen == (former if is_better else made.chosen)


def test_the_first_lawful_roster_is_enough_where_any_will_do() -> None:
    model = rostered(3)
    index = Index(model)
    state = State(index)
    assert state.violation > 0
    crew = Crew(index, 1, 1, threading.Event())
    assert crew.anneal(state, 0, until=lambda: 20.0, enough=lambda: -1000, any_lawful=True)
    assert state.violation == 0


@pytest.mark.parametrize("seed", range(12))
def test_a_construction_leaves_no_hole_that_something_lawful_would_fill(seed: int) -> None:
    model = random_model(seed, doctors=4, units=8)
    index = Index(model)
    state = construct(index, seed)
    assert construct(index, seed).chosen == state.chosen
    violation, missing = state.violation, state.score()[0]
    for var in range(2, model.decisions + 2):
        if not state.value(var):
            state.flip(var)
            assert state.violation > violation or state.score()[0] >= missing
            state.flip(var)
