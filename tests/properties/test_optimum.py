"""The search on tiny problems with all rules, against enumeration of every roster."""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from constraints.catalogue import rules_for
from scheduler.rule import Level
from scheduler.solving.bounding import linear_bound
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import Model
from scheduler.solving.result import Ending, Result
from scheduler.solving.search import Search
from tests.properties.problems import draw_problem
from tests.support import few

CHUNKS, TINY = 12, 17
FEWEST, MOST = 4, 11  # decisions
SEEDS = 1000  # for each chunk, far more than are needed


@dataclass(frozen=True)
class Solved:
    """A model with its optimum: the step values and one choice that has them."""

    seed: int
    model: Model
    best: tuple[int, ...] | None
    chosen: tuple[int, ...]


def enumerated(seed: int, model: Model) -> Solved:
    """Every choice of decisions is tried; the lexicographically best lawful one is kept."""
    variables = range(2, model.decisions + 2)
    best: tuple[int, ...] | None = None
    chosen: tuple[int, ...] = ()
    for bits in itertools.product((False, True), repeat=model.decisions):
        own = tuple(itertools.compress(variables, bits))
        values = settle(model, own)
        if any(broken(model, values)):
            continue
        score = step_values(model, values)
        if best is None or score < best:
            best, chosen = score, own
    return Solved(seed, model, best, chosen)


def tiny_models(chunk: int) -> Iterator[tuple[int, Model]]:
    """Models of all rules with few decisions left after the stops."""
    for seed in range(chunk * SEEDS, (chunk + 1) * SEEDS):
        problem = draw_problem(seed, doctors=4, duties=8, days=14)
        model = Draft(problem, rules_for(problem)).model
        if FEWEST <= model.decisions <= MOST:
            yield seed, model


@cache
def solved(chunk: int) -> tuple[Solved, ...]:
    """So many problems that have a lawful roster, and those in between that have none."""
    found: list[Solved] = []
    lawful = 0
    for seed, model in tiny_models(chunk):
        if lawful == TINY:
            break
        found.append(enumerated(seed, model))
        lawful += found[-1].best is not None
    return tuple(found)


def searched(model: Model, *, small: int = 1000, seconds: float = 30) -> Result:
    stop = threading.Event()
    return Search(model, seconds=seconds, workers=1, seed=1, stop=stop, small=small).run()


def test_problems_enough_are_solved() -> None:
    assert CHUNKS * TINY >= 200
    lawful = [own for own in solved(0) if own.best is not None]
    assert len(lawful) == TINY
    # How large a chunk gets, and whether it must order anything, is a matter of chance.
    assert max(own.model.decisions for chunk in range(3) for own in solved(chunk)) >= 10
    assert Level.ORDERED in {
        step.level
        for chunk in range(2)
        for own in solved(chunk)
        for step, value in zip(own.model.steps, own.best or (), strict=False)
        if value
    }


@pytest.mark.parametrize("chunk", few(range(CHUNKS), 3))
def test_optimum_equals_enumeration_level_by_level(chunk: int) -> None:
    at_a_price: set[int] = set()
    for own in solved(chunk):
        result = searched(own.model)
        if own.best is None:
            assert result.ending is Ending.IMPOSSIBLE, own.seed
            continue
        assert result.ending is Ending.SOLVED, own.seed
        assert result.chosen is not None
        assert tuple(step.value for step in result.steps) == own.best, own.seed
        assert tuple(step.bound for step in result.steps) == own.best, own.seed
        assert all(step.proven for step in result.steps), own.seed
        values = settle(own.model, result.chosen)
        assert not any(broken(own.model, values)), own.seed
        assert step_values(own.model, values) == own.best, own.seed
        at_a_price |= {
            step.level for step, value in zip(own.model.steps, own.best, strict=True) if value
        }
    assert at_a_price >= set(Level) - {Level.ORDERED}


@pytest.mark.parametrize("chunk", few(range(CHUNKS), 3))
def test_the_linear_bound_never_exceeds_the_optimum(chunk: int) -> None:
    positive = 0
    for own in solved(chunk):
        if own.best is None:
            continue
        values = settle(own.model, own.chosen)
        for number, value in enumerate(own.best):
            bound = linear_bound(own.model, values, number, 10)
            assert bound is not None, (own.seed, number)
            assert bound <= value, (own.seed, number)
            positive += bound > 0
    assert positive


@pytest.mark.parametrize("chunk", few(range(4), 2))
def test_improving_in_parts_keeps_bound_and_value_on_their_sides(chunk: int) -> None:
    biggest = sorted(solved(chunk), key=lambda own: (-own.model.decisions, own.seed))
    for own in [own for own in biggest if own.best is not None][:5]:
        assert own.best is not None
        result = searched(own.model, small=0, seconds=1)
        assert result.ending is Ending.SOLVED, own.seed
        assert result.chosen is not None
        values = settle(own.model, result.chosen)
        assert not any(broken(own.model, values)), own.seed
        score = tuple(step.value for step in result.steps)
        assert score == step_values(own.model, values), own.seed
        assert score >= own.best, own.seed
        for number, (step, best) in enumerate(zip(result.steps, own.best, strict=True)):
            assert step.proven == (step.bound == step.value), own.seed
            if score[:number] == own.best[:number]:  # a bound speaks of those as good before
                assert step.bound <= best <= step.value, (own.seed, number)
