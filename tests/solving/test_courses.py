"""Whole courses of one doctor against enumeration, and rosters rebuilt course by course."""

import random
from itertools import product
from math import inf

import numpy as np
import pytest

from scheduler.solving import first as first_module
from scheduler.solving.beam import even, marginals, trace
from scheduler.solving.board import BROKEN
from scheduler.solving.courses import Courses
from scheduler.solving.evaluate import broken, settle
from scheduler.solving.grid import grid
from scheduler.solving.model import TRUE, Constraint, Model
from scheduler.solving.rebuilding import Rebuilder
from scheduler.solving.state import Index, State
from tests.solving.models import random_model
from tests.solving.test_first import first, rostered


def own_model(seed: int) -> Model:
    """Like `random_model`, with limits, guards and definitions that are one doctor's own."""
    chance = random.Random(seed)
    model = random_model(seed, doctors=3, units=7)
    for own in model.groups["doctors"]:
        for _ in range(3):
            some = sorted(chance.sample(own, min(3, len(own))))
            guard = chance.choice([TRUE, chance.choice(own)])
            terms = tuple((chance.choice((1, 2, -1)), v) for v in some)
            model.demand(Constraint(terms, None, chance.randint(0, 2), guard, 0))
        least = chance.randint(0, 2)
        model.demand(Constraint(tuple((1, v) for v in own), least, least + 2, TRUE, 0))
    return model


@pytest.mark.parametrize("seed", range(40))
def test_a_beam_that_is_wide_enough_meets_the_cheapest_line(seed: int) -> None:
    index = Index(own_model(seed))
    courses = Courses(index.packed, grid(index.packed))
    chance = np.random.default_rng(seed)
    for doctor in range(len(courses)):
        course = courses.of(doctor)
        prices = chance.integers(-9, 10, course.shares.shape[1])
        costs = np.array(prices, dtype=np.float64)
        cheapest = inf
        for bits in product((0, 1), repeat=len(course.decisions)):
            chosen = course.decisions[np.flatnonzero(bits)].tolist()
            state = State(index, chosen)
            if not state.board.constraints[course.constraints, BROKEN].any():
                own = state.board.values[[*course.decisions, *course.variables]]
                cheapest = min(cheapest, float(costs @ own))
        price, found, _ = trace(course, costs, 200, 200, 0.0, False)
        assert price == cheapest
        if price < inf:
            state = State(index, found.tolist())
            assert not state.board.constraints[course.constraints, BROKEN].any()


@pytest.mark.parametrize("seed", range(10))
def test_what_is_a_doctors_own_and_what_is_tied_make_up_the_change(seed: int) -> None:
    """One decision alone changes score and breaches by its marginal and its own part."""
    index = Index(own_model(seed))
    courses = Courses(index.packed, grid(index.packed))
    rebuilder = Rebuilder(index, seed)
    state = State(index)
    for doctor in range(len(courses)):
        course = courses.of(doctor)
        costs = marginals(state.board, course, rebuilder.prices, rebuilder.weights, 1000.0)

        def own(course=course) -> float:  # type: ignore[no-untyped-def]
            priced = rebuilder.prices[course.variables] @ state.board.values[course.variables]
            breaches = state.board.constraints[course.constraints, BROKEN].sum()
            return float(priced + 1000.0 * breaches)

        for k, var in enumerate(course.decisions.tolist()):
            before = state.score()[0] + 1000.0 * state.violation - own()
            state.flip(var)
            assert state.score()[0] + 1000.0 * state.violation - own() == before + costs[k]
            state.flip(var)


def test_tolls_bring_a_sum_to_its_limit() -> None:
    """Everybody would like to work all the time, and may work three times."""
    index = Index(rostered(1))
    courses = Courses(index.packed, grid(index.packed))
    course = courses.of(0)
    assert course.limits.tolist()[0][1:] == [2, 4, 1]
    costs = np.zeros(course.shares.shape[1])
    costs[: len(course.decisions)] = -np.arange(1, len(course.decisions) + 1)
    _, _, untolled = trace(course, costs, 50, 1, 0.0, True)
    tolls = np.zeros(len(course.limits))
    taxed = even(course, costs, tolls, 7.0, 50, 20)
    _, _, totals = trace(course, taxed, 50, 1, 0.0, True)
    assert untolled[0] > 6
    assert abs(totals[0] - 4) <= 1
    assert tolls[0] > 0


@pytest.mark.parametrize("seed", range(6))
def test_a_roster_is_rebuilt_course_by_course_and_never_gets_worse(seed: int) -> None:
    index = Index(rostered(seed))
    state = State(index)
    rebuilder = Rebuilder(index, seed)
    rebuilder.build(state, lambda: False)
    alone = rebuilder.courses.whose >= 0
    assert alone.any()
    assert not state.board.constraints[alone, BROKEN].any()
    before = state.score()[0] + rebuilder.broken * state.violation
    turns = iter(range(30))
    rebuilder.improve(state, lambda: next(turns, None) is None)
    assert state.score()[0] + rebuilder.broken * state.violation <= before
    assert not state.board.constraints[alone, BROKEN].any()
    assert state.values == settle(index.model, state.chosen)


def test_the_same_seed_rebuilds_the_same_roster() -> None:
    found = []
    for _ in range(2):
        index = Index(rostered(3))
        state = State(index)
        rebuilder = Rebuilder(index, 5)
        rebuilder.build(state, lambda: False)
        turns = iter(range(10))
        rebuilder.improve(state, lambda turns=turns: next(turns, None) is None)  # type: ignore[misc]
        found.append(state.chosen)
    assert found[0] == found[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_whole_courses_are_the_first_way_in_large_models(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_module, "BESIDE", 0)
    found = first(rostered(2), workers)
    assert isinstance(found, State)
    assert not any(broken(found.model, settle(found.model, found.chosen)))
