"""How even doctors can be at best: against every roster of small models."""

import itertools
import random

import numpy as np
import pytest

from scheduler.solving.evenness import Evenness, even_bound
from scheduler.solving.model import EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from tests.solving.posted import lawful
from tests.support import few


def compared(
    weights: list[list[int]], shares: list[int], worst: int = 1, agreed: int | None = None
) -> Model:
    """Doctors by the points that each duty has for them (0: not theirs), and their shares.

    Args:
        weights: by doctor and duty.
        shares: by doctor.
        worst: how many of the worst-off count.
        agreed: so many duties of the first doctor are no burden; all of hers weigh alike.
    """
    model = Model()
    has: list[dict[int, int]] = []
    for points in weights:
        could = {
            unit: 2 + model.decisions + n for n, unit in enumerate(np.flatnonzero(points).tolist())
        }
        model.decisions += len(could)
        has.append(could)
    model.uppers += [1] * model.decisions
    units = [[own[unit] for own in has if unit in own] for unit in range(len(weights[0]))]
    model.groups = {"doctors": [list(own.values()) for own in has], "units": units}
    missing = []
    for own in units:
        model.demand(Constraint(tuple((1, v) for v in own), None, 1, TRUE, 0))
        model.uppers.append(1)
        var = len(model.uppers) - 1
        model.define(Definition(var, EXCESS, tuple((-1, v) for v in own), -1, 1))
        missing.append((1, var))
    entries = [
        (tuple((points[unit], var) for unit, var in own.items()), -share)
        for points, own, share in zip(weights, has, shares, strict=True)
    ]
    if agreed is not None and has[0]:
        model.uppers.append(len(has[0]))
        var = len(model.uppers) - 1
        terms = tuple((1, own) for own in has[0].values())
        model.define(Definition(var, EXCESS, terms, agreed, len(has[0])))
        entries[0] = (((max(weights[0]), var),), -shares[0])
    model.steps = [
        Step(1, "cover", "", "", 1, terms=tuple(missing)),
        Step(4, "worst", "", "", 1, worst=worst, entries=tuple(entries)),
    ]
    return model


def bound(model: Model, score: int = 0) -> int | None:
    return even_bound(Index(model), model.steps[1], score)


def least(model: Model, holes: int = 0) -> int:
    return min(worst for cover, worst in lawful(model) if cover <= holes)


def test_portions_of_one_size_are_over_the_share_or_under_it() -> None:
    """Four duties of 5 points for two doctors: one of them has two at least."""
    model = compared([[5] * 4] * 2, [8, 9])
    assert bound(model) == least(model) == 2
    assert tally_bound(Index(model), 1, (0, 9)) == 2


def test_what_one_cannot_take_over_the_others_have_more() -> None:
    """The first has one of two duties of 4 points, or none; else she would be 5 over."""
    model = compared([[4, 4, 0, 0, 0], [4, 4, 1, 1, 1]], [3, 5])
    assert bound(model) == least(model) == 2


@pytest.mark.parametrize("worst", [2, 3])
def test_several_together_come_to_no_less(worst: int) -> None:
    model = compared([[3] * 3] * 3, [1, 2, 3], worst)
    assert bound(model) == least(model) == 3


def test_what_may_be_lacking_is_handed_out_to_nobody() -> None:
    model = compared([[5, 5]] * 2, [0, 0])
    assert bound(model) == least(model) == 5
    assert bound(model, score=1) == least(model, holes=1) == 5
    assert bound(model, score=2) == least(model, holes=2) == 0


def test_what_is_agreed_is_a_burden_to_nobody() -> None:
    """The first may have one of three for nothing; the others of them are to be had by somebody."""
    model = compared([[5, 5, 5], [5, 5, 5]], [0, 0], agreed=1)
    assert bound(model) == least(model) == 5
    assert bound(compared([[5, 5, 5], [5, 5, 5]], [0, 0], agreed=3)) == 0


def test_nothing_is_told_of_duties_that_take_a_burden_off() -> None:
    model = compared([[1], [1]], [0, 0])
    entries = (((-1, 2),), 0), (((1, 3),), 0)
    model.steps[1] = Step(4, "worst", "", "", 1, worst=1, entries=entries)
    assert bound(model) is None


@pytest.mark.parametrize("seed", few(range(300), 60))
def test_no_roster_undercuts_the_bound(seed: int) -> None:
    chance = random.Random(seed)
    doctors, duties = chance.choice([(2, 4), (3, 3), (3, 4), (4, 3)])
    sizes = [chance.choice([1, 2, 3, 5]) for _ in range(duties)]
    alike = chance.random() < 0.5
    weights = [
        [
            (size if alike else chance.randint(1, 5)) * (chance.random() < 0.8)
            for size in (sizes if chance.random() < 0.6 else [sizes[0]] * duties)
        ]
        for _ in range(doctors)
    ]
    shares = [chance.randint(-2, 8) for _ in range(doctors)]
    agreed = None
    if chance.random() < 0.3:
        weights[0] = [weights[0][0] * (chance.random() < 0.8) for _ in range(duties)]
        agreed = chance.randint(0, 2)
    model = compared(weights, shares, chance.randint(1, 3), agreed)
    known = {cover for cover, _ in lawful(model)}
    for holes in known:
        found = bound(model, holes)
        assert found is not None
        assert found <= least(model, holes)


def test_many_heights_are_looked_at_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coarser look tells no more than a fine one."""
    model = compared([[30, 20, 10]] * 3, [1, 2, 3], 2)
    fine = bound(model)
    monkeypatch.setattr("scheduler.solving.evenness._STEPS", 2)
    coarse = bound(model)
    assert fine is not None
    assert coarse is not None
    assert coarse <= fine <= least(model)


def floors(weights: list[list[int]], shares: list[int]) -> dict[int, int]:
    model = compared(weights, shares)
    own = Evenness.of(Index(model), model.steps[1], 0)
    assert own is not None
    return own.floors()


def test_who_has_one_size_only_stays_under_where_the_others_can_take_it() -> None:
    """Sessions of 8 for a share of 13: 3 over with two, 5 under with one."""
    fine = [8, 8, 1, 1, 1]
    assert floors([[8, 8, 0, 0, 0], *[fine] * 4], [13, *[5] * 4]) == {0: -5}
    assert floors([[8, 8, 0, 0, 0], fine], [13, 5]) == {}


def test_who_is_over_with_nothing_need_not_stay_under() -> None:
    fine = [8, 8, 1, 1, 1]
    assert floors([[8, 8, 0, 0, 0], *[fine] * 4], [-1, *[5] * 4]) == {}


def test_a_typical_portion_is_one_that_as_many_are_larger_than_smaller() -> None:
    model = compared([[1, 3, 9], [1, 3, 9]], [0, 0])
    own = Evenness.of(Index(model), model.steps[1], 0)
    assert own is not None
    assert own.typical == 3


def test_it_is_found_out_for_each_combination() -> None:
    """Whoever is to stay under is so for the least that the worst can come to."""
    for shares in itertools.product((9, 13, 15), repeat=2):
        chosen = floors([[8, 8, 0, 0], [8, 8, 0, 0], *[[8, 8, 1, 1]] * 6], [*shares, *[3] * 6])
        over = {0: -shares[0] % 8, 1: -shares[1] % 8}
        ways = []
        for under in ((), (0,), (1,), (0, 1)):
            spared = sum(8 - over[own] for own in under)
            rest = max([over[own] for own in over if own not in under], default=0)
            ways.append((max(rest, -(-spared // (8 - len(under)))), under))
        assert set(chosen) == set(min(ways)[1])
