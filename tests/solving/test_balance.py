"""Two doctors' weighed sums evened out: against enumeration of every roster."""

import random
import threading

import pytest

from scheduler.solving.balance import Balance, weighed
from scheduler.solving.model import Model
from scheduler.solving.state import Index, State
from tests.solving.posted import Posted, lawful
from tests.support import few


def even_out(model: Model, chosen: list[int], enough: int) -> tuple[State, list[tuple[int, ...]]]:
    """The roster afterwards, and what it scored on the way."""
    index = Index(model)
    state = State(index, chosen)
    told: list[tuple[int, ...]] = []
    Balance(index, 1, 1, threading.Event()).run(
        state, enough=lambda: enough, until=lambda: 60.0, found=lambda s: told.append(s.score())
    )
    return state, told


def two(weights: list[int], aim: int) -> Posted:
    """Two doctors whose points should come to something, neither more nor less."""
    own = Posted(2, len(weights))
    for has in own.has:
        points = list(zip(weights, has, strict=True))
        own.price(points, aim, [1, 1])
        own.price([(-c, v) for c, v in points], -aim, [1, 1])
    return own


def test_duties_that_weigh_differently_come_to_the_same() -> None:
    own = two([20, 31, 42, 57, 95, 91], 168)
    state, told = even_out(own.done(), own.has[0], 0)
    assert state.score() == (0, 0)
    assert told[-1] == (0, 0)
    assert not state.violation


def test_what_a_doctor_cannot_have_stays_where_it_is() -> None:
    own = two([2, 3, 5], 5)
    own.demand((own.has[1][2],), None, 0)
    own.demand(tuple(own.has[1][:2]), None, 1)
    model = own.done()
    state, _ = even_out(model, own.has[0], 0)
    assert state.score() == min(lawful(model))
    assert not state.violation


@pytest.mark.parametrize("seed", few(range(60), 15))
def test_a_lawful_roster_stays_lawful_and_gets_no_worse(seed: int) -> None:
    chance = random.Random(seed)
    own = Posted(3, 4)
    for has in own.has:
        weights = [chance.randint(1, 9) for _ in has]
        aim = chance.randint(1, 12)
        own.price(list(zip(weights, has, strict=True)), aim, [chance.randint(1, 3)])
        own.price([(-c, v) for c, v in zip(weights, has, strict=True)], -aim, [1, 2])
        if chance.random() < 0.5:
            own.demand(tuple(chance.sample(has, 2)), None, 1)
        own.terms.append((chance.randint(1, 5), chance.choice(has)))
    model = own.done()
    best = min(lawful(model))
    chosen = [chance.choice(unit) for unit in zip(*own.has, strict=True) if chance.random() < 0.8]
    index = Index(model)
    before = State(index, chosen)
    if before.violation:
        return
    state, told = even_out(model, chosen, best[1])
    assert not state.violation
    assert state.score() <= before.score()
    assert told == sorted(told, reverse=True)
    assert state.score() >= best


def test_a_sum_of_several_doctors_is_nobodys() -> None:
    own = Posted(2, 3)
    mixed = [(1, own.has[0][0]), (2, own.has[1][1])]
    own.price(mixed, 1, [1])
    own.price([(1, v) for v in own.has[0]], 1, [1])  # all weigh alike
    model = own.done()
    assert weighed(model, model.steps[1], Index(model).grid.doctor_of) == []


def test_it_ends_where_it_is_told_to() -> None:
    own = two([20, 31, 42], 40)
    model = own.done()
    index = Index(model)
    state = State(index, own.has[0])
    stop = threading.Event()
    stop.set()
    Balance(index, 1, 1, stop).run(
        state, enough=lambda: 0, until=lambda: 60.0, found=lambda _: pytest.fail("told to stop")
    )
    assert state.chosen == own.has[0]


@pytest.mark.parametrize("seed", few(range(40), 10))
def test_what_is_held_comes_to_no_more(seed: int) -> None:
    chance = random.Random(seed)
    own = Posted(3, 4)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [chance.randint(1, 3), 4])
    held = [tuple(own.terms[:2]), tuple(own.terms[2:])]
    for has in own.has:
        weights = [chance.randint(1, 9) for _ in has]
        own.price(list(zip(weights, has, strict=True)), chance.randint(1, 12), [1, 2])
    model = own.done()
    state = State(Index(model), [chance.choice(unit) for unit in zip(*own.has, strict=True)])

    def counted() -> list[int]:
        return [sum(c * state.value(v) for c, v in kind) for kind in held]

    before, score = counted(), state.score()
    Balance(state.index, 1, 1, threading.Event(), held).run(
        state, enough=lambda: 0, until=lambda: 60.0, found=lambda _: None
    )
    assert not state.violation
    assert state.score() <= score
    assert all(now <= then for now, then in zip(counted(), before, strict=True))
