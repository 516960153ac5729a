"""Prices against enumeration: what the worst-off gains when one restriction is let go."""

import itertools
import random
import threading
from collections.abc import Collection, Sequence

import pytest

from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import Model
from scheduler.solving.pricing import Pricer, Prices, Release
from tests.solving.models import random_model

WORST = 1  # number of the step that compares single doctors

Roster = tuple[tuple[int, ...], tuple[int, ...]]


def rosters(model: Model, forbidden: Collection[int], dropped: Collection[int]) -> list[Roster]:
    """Every roster without the forbidden decisions that keeps the constraints not dropped."""
    variables = [v for v in range(2, model.decisions + 2) if v not in forbidden]
    found = []
    for bits in itertools.product((False, True), repeat=len(variables)):
        own = tuple(itertools.compress(variables, bits))
        values = settle(model, own)
        left = [c for c in broken(model, values) if model.constraints.index(c) not in dropped]
        if not left:
            found.append((step_values(model, values), own))
    return sorted(found)


def least(found: Sequence[Roster], cover: int) -> int:
    """The best that the worst-off can have where no more is uncovered."""
    return min(scores[WORST] for scores, _ in found if scores[0] <= cover)


def priced(
    model: Model, chosen: Sequence[int], forbidden: Sequence[int], releases: Sequence[Release]
) -> Prices:
    stop = threading.Event()
    pricer = Pricer(
        model, chosen, number=WORST, bound=None, seconds=120, workers=1, seed=1, stop=stop
    )
    return pricer.run(forbidden, releases)


def scene(seed: int) -> tuple[Model, list[int], list[Release], list[Roster]]:
    """Two decisions that are forbidden by one restriction each, and two constraints."""
    model = random_model(seed, doctors=2 + seed % 2, units=4 - seed % 2)
    chance = random.Random(seed)
    forbidden = sorted(chance.sample(range(2, model.decisions + 2), 2))
    numbers = chance.sample(range(len(model.constraints)), 2)
    releases = [
        Release((forbidden[1],), ()),
        Release((forbidden[0],), ()),
        *(Release(tuple(forbidden), (number,)) for number in numbers),
    ]
    return model, forbidden, releases, rosters(model, forbidden, ())


def lawful_scene() -> tuple[Model, list[int], list[Release], list[Roster]]:
    """The first scene that has a lawful roster."""
    return next(own for own in map(scene, range(100)) if own[3])


@pytest.mark.parametrize("seed", range(100))
def test_prices_equal_enumeration(seed: int) -> None:
    model, forbidden, releases, lawful = scene(seed)
    if not lawful:
        return
    scores, chosen = random.Random(seed).choice(lawful)
    found = priced(model, chosen, forbidden, releases)
    assert found.base.value == found.base.bound == least(lawful, scores[0])
    for release, worst in zip(releases, found.without, strict=True):
        loose = rosters(model, release.held, release.dropped)
        assert worst is not None
        assert worst.value == worst.bound == least(loose, scores[0])
        assert (worst.value, worst.chosen) in [(own[WORST], which) for own, which in loose]


def test_some_restrictions_cost_and_some_do_not() -> None:
    prices = []
    for seed in range(40):
        model, forbidden, releases, lawful = scene(seed)
        if lawful:
            found = priced(model, lawful[0][1], forbidden, releases)
            prices += [found.base.value - own.value for own in found.without if own]
    assert sum(price > 0 for price in prices) >= 10
    assert sum(price == 0 for price in prices) >= 10
    assert min(prices) == 0


def test_a_bound_that_is_known_is_used() -> None:
    model, forbidden, _, lawful = lawful_scene()
    scores, chosen = lawful[0]
    stop = threading.Event()
    stop.set()
    known = least(lawful, scores[0])
    pricer = Pricer(
        model, chosen, number=WORST, bound=known, seconds=120, workers=1, seed=1, stop=stop
    )
    assert pricer.run(forbidden, ()).base.bound == known


def test_what_there_is_no_time_for_is_not_priced() -> None:
    model, forbidden, releases, lawful = lawful_scene()
    stop = threading.Event()
    stop.set()
    pricer = Pricer(
        model, lawful[0][1], number=WORST, bound=None, seconds=120, workers=1, seed=1, stop=stop
    )
    assert pricer.run(forbidden, releases).without == (None,) * len(releases)
