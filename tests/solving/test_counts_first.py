"""Counts first and points afterwards: against enumeration of every roster."""

import random
import threading

import pytest

from scheduler.solving.counts_first import CountsFirst
from scheduler.solving.model import Model
from scheduler.solving.state import Index, State
from tests.solving.posted import Posted, lawful
from tests.solving.test_pots import drawn
from tests.support import few


def improved(
    model: Model,
    chosen: list[int],
    enough: int,
    stop: threading.Event | None = None,
    workers: int = 1,
) -> tuple[State, list[tuple[int, ...]]]:
    """The roster afterwards, and what it scored on the way."""
    index = Index(model)
    state = State(index, chosen)
    told: list[tuple[int, ...]] = []
    CountsFirst(index, 1, 1, workers, stop or threading.Event()).run(
        state, enough=lambda: enough, until=lambda: 60.0, found=lambda s: told.append(s.score())
    )
    return state, told


def nights_and_points() -> Posted:
    """Two doctors should have three of six duties each, and as many points."""
    own = Posted(2, 6)
    for has in own.has:
        own.price([(1, v) for v in has], 3, [50, 50])
        points = list(zip([20, 31, 42, 57, 95, 91], has, strict=True))
        own.price(points, 168, [1, 1])
        own.price([(-c, v) for c, v in points], -168, [1, 1])
    return own


@pytest.mark.parametrize("workers", [1, 2])
def test_counts_and_points_come_to_their_bound(workers: int) -> None:
    own = nights_and_points()
    model = own.done()
    best = min(lawful(model))
    state, told = improved(model, own.has[0], best[1], workers=workers)
    assert state.score() == best == told[-1]
    assert not state.violation


@pytest.mark.parametrize("seed", few(range(60), 15))
def test_a_lawful_roster_stays_lawful_and_gets_no_worse(seed: int) -> None:
    chance = random.Random(seed)
    model = drawn(chance)
    best = min(lawful(model))
    state = State(Index(model))
    before = state.score()
    for enough in (best[1], best[1] - 1):
        state, told = improved(model, [], enough)
        assert not state.violation
        assert best <= state.score() <= before
        assert told == sorted(told, reverse=True)


def test_a_bound_that_no_roster_meets_ends_it() -> None:
    own = nights_and_points()
    own.constant = 1
    state, told = improved(own.done(), own.has[0], 0)
    assert state.chosen == own.has[0]
    assert told == []


def test_nothing_is_done_where_nothing_is_weighed() -> None:
    own = Posted(2, 2)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [1])
    state, told = improved(own.done(), own.has[0], 0)
    assert state.score() == (0, 1)
    assert told == []


def test_one_seed_gives_one_roster() -> None:
    model = drawn(random.Random(3))
    best = min(lawful(model))
    first, second = (improved(model, [], best[1])[0].chosen for _ in range(2))
    assert first == second


def test_who_says_stop_gets_the_roster_as_it_was() -> None:
    own = nights_and_points()
    stop = threading.Event()
    stop.set()
    state, told = improved(own.done(), own.has[0], 0, stop)
    assert state.chosen == own.has[0]
    assert told == []
