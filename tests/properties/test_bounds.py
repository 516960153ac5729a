"""Bounds on tiny problems with all rules, against enumeration of every roster."""

import itertools
import random
import threading

import pytest

from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import Model
from scheduler.solving.proving import Prover
from tests.properties.test_optimum import tiny_models
from tests.support import few

CHUNKS, TINY = 6, 17


def lawful(model: Model) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Step values and decisions of every lawful roster, the best first."""
    variables = range(2, model.decisions + 2)
    found = []
    for bits in itertools.product((False, True), repeat=model.decisions):
        own = tuple(itertools.compress(variables, bits))
        values = settle(model, own)
        if not any(broken(model, values)):
            found.append((step_values(model, values), own))
    return sorted(found)


@pytest.mark.parametrize("chunk", few(range(CHUNKS), 2))
def test_bounds_equal_enumeration_with_the_earlier_steps_held(chunk: int) -> None:
    problems = better = 0
    for seed, model in tiny_models(chunk):
        rosters = lawful(model)
        if not rosters:
            continue
        problems += 1
        scores, chosen = random.Random(seed).choice(rosters[:50])
        stop = threading.Event()
        found = Prover(model, chosen, seconds=30, workers=1, seed=1, stop=stop).run()
        for number, proof in enumerate(found.steps):
            as_good = (
                own[number] for own, _ in rosters if all(own[n] <= scores[n] for n in range(number))
            )
            assert proof.value == scores[number], (seed, number)
            assert proof.bound == min(as_good), (seed, number)
        assert (found.better is None) == (scores == rosters[0][0]), seed
        better += found.better is not None
        if problems == TINY:
            break
    assert problems == TINY
    assert better


def test_problems_enough_are_bounded() -> None:
    assert CHUNKS * TINY >= 100
