"""A sum in two goes: counts alone, then all of it with the counts held, then everything."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from scheduler.solving.loosely import Loosely
from scheduler.solving.model import Model, Step
from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.state import Index, State
from scheduler.solving.turns import Turn
from scheduler.solving.two_goes import in_two_goes
from tests.solving.posted import Posted, lawful
from tests.support import few

FIRST, WORST, SUM = 1, 2, 3  # the first comparison, the second, and the sum after them
PATIENCE = 40


def district(chance: random.Random, doctors: int = 3) -> tuple[Model, list[int]]:
    """Four duties, of which each two are a weekend; parts of weekends and points have a price."""
    own = Posted(doctors, 4)
    weights = [chance.randint(2, 9) for _ in range(4)]
    entries = tuple((tuple(zip(weights, has, strict=True)), -9) for has in own.has)
    own.model.steps += [
        Step(4, f"worst_{worst}", "", "", 1, worst=worst, entries=entries) for worst in (1, 2)
    ]
    for has, (terms, _) in zip(own.has, entries, strict=True):
        parts = [(1, own.any_of(has[n : n + 2])) for n in (0, 2)]
        own.price(parts, 0, [20, 30])
        own.price(list(terms), chance.randint(3, 9), [1])
    own.constant = 7
    chosen = [chance.choice(unit) for unit in zip(*own.has, strict=True)]
    return own.done(), chosen


def parts_of(model: Model, chosen: list[int]) -> int:
    """What parts of weekends come to, told without the model's prices."""
    owners = {var: doctor for doctor, has in enumerate(model.groups["doctors"]) for var in has}
    had: dict[int, set[int]] = {}
    for var in chosen:
        doctor = owners[var]
        had.setdefault(doctor, set()).add(model.groups["doctors"][doctor].index(var) // 2)
    return sum({1: 20, 2: 70}[len(own)] for own in had.values())


def turn(told: list[tuple[int, ...]], until: Callable[[], float] = lambda: 60.0) -> Turn:
    return Turn(lambda _: 0, until, PATIENCE, lambda own: told.append(own.score()))


def opened(index: Index) -> Loosely:
    return Loosely(index, FIRST, SUM, {}, 1, 1, threading.Event())


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_a_step_of_their_own_before_all_that_is_compared(seed: int) -> None:
    model, chosen = district(random.Random(seed))
    index = Index(model)
    goes = in_two_goes(index, FIRST, SUM)
    assert goes is not None
    assert [step.key for step in goes.model.steps] == [
        "cover",
        "counts",
        "sum",
        "worst_1",
        "worst_2",
    ]
    missing, counts, summed, *compared = State(goes, chosen).score()
    assert counts == parts_of(model, chosen)
    assert (missing, *compared, summed) == State(index, chosen).score()


@pytest.mark.parametrize("kept", [True, False])
def test_a_sum_of_counts_alone_or_of_none_has_one_go(kept: bool) -> None:
    model, _ = district(random.Random(1))
    index = Index(model)
    goes = in_two_goes(index, FIRST, SUM)
    assert goes is not None
    counts = set(goes.model.steps[FIRST].terms)
    step = model.steps[SUM]
    alone = tuple(term for term in step.terms if (term in counts) is kept)
    steps = [*model.steps[:SUM], Step(4, "sum", "", "", 1, terms=alone)]
    assert in_two_goes(index.with_steps(steps), FIRST, SUM) is None


@pytest.mark.parametrize("seed", few(range(40), 10))
def test_what_comes_of_it_is_lawful_and_the_best_there_is(seed: int) -> None:
    """All three can share out anew at once, so nothing better is left in any order of the goes."""
    model, chosen = district(random.Random(seed))
    least = min(scores[SUM] for scores in lawful(model) if scores[0] == 0)
    told: list[tuple[int, ...]] = []
    index = Index(model)
    found = opened(index).better(State(index, chosen), lambda _: None, turn(told))
    assert found is not None
    assert not found.violation
    assert (found.score()[0], found.score()[SUM]) == (0, least)
    assert told[-1] == found.score()


def test_counts_come_first_then_they_are_held_and_nothing_is_told_of_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs: list[tuple[int, int, int]] = []

    def run(own: Any, state: State, *, found: Callable[[State], None], **_: object) -> None:
        own.tried += 10
        jobs.append((own._number, own._held, len(state.score())))
        found(state)

    monkeypatch.setattr(Reshuffle, "run", run)
    model, chosen = district(random.Random(1))
    index = Index(model)
    told: list[tuple[int, ...]] = []
    opened(index).better(State(index, chosen), lambda _: None, turn(told))
    goes = len(model.steps) + 1
    tried, *counting, holding, last = jobs
    assert tried == last == (SUM, FIRST, goes - 1)
    assert set(counting) == {(FIRST, FIRST, goes)}
    assert holding == (FIRST + 1, FIRST + 1, goes)
    assert told == [State(index, chosen).score()] * 3  # on the board with the model's own steps


def test_rosters_race_by_their_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody shares out anew: the one with fewer parts goes on, whatever points come to."""
    monkeypatch.setattr(Reshuffle, "run", lambda own, *_, **__: setattr(own, "tried", 10))
    model, _ = district(random.Random(1), doctors=4)
    index = Index(model)
    has = model.groups["doctors"]
    many = State(index, [has[n][n] for n in range(4)])  # four parts
    few_parts = State(index, [*has[0][:2], *has[1][2:]])
    rivals = [None, None, few_parts]
    begun = opened(index).better(many, lambda n: rivals[n] if n < len(rivals) else None, turn([]))
    assert begun is not None
    assert begun.chosen == few_parts.chosen


@pytest.mark.parametrize("tried", [0, 1])
def test_it_is_given_up_where_not_every_pair_can_be_tried(
    tried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time is up after the first stretch, in which one group was tried or none."""
    left = [60.0]

    def run(own: Any, state: State, *, until: Callable[[], float], **_: object) -> None:
        own.tried += tried
        left[0] -= until()

    monkeypatch.setattr(Reshuffle, "run", run)
    model, chosen = district(random.Random(1))
    state = State(Index(model), chosen)
    found = opened(state.index).better(state, lambda _: None, turn([], lambda: left[0]))
    assert (found is not None) is bool(tried)


def test_where_nothing_is_left_to_try_it_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reshuffle, "run", lambda *_, **__: None)
    model, chosen = district(random.Random(1))
    state = State(Index(model), chosen)
    found = opened(state.index).better(state, lambda _: None, turn([]))
    assert found is not None
    assert found.chosen == state.chosen
