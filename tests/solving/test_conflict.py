"""The smallest conflict of tiny models, against trying every subset."""

import random
import threading
from itertools import combinations, product

import pytest

from scheduler.solving.conflict import Conflicts, Group, UnsettledError, Waiver
from scheduler.solving.cpsat import Compiled
from scheduler.solving.evaluate import settle, total
from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Definition, Model


def _model(seed: int) -> Model:
    """Five decisions, two definitions, nine constraints."""
    chance = random.Random(seed)
    model = Model(decisions=5, uppers=[0, 1, *[1] * 5])
    for _ in range(2):
        own = tuple((1, var) for var in sorted(chance.sample(range(2, 7), 2)))
        var = model.size
        model.define(Definition(var, AT_LEAST, own, chance.choice((1, 2)), 1))
        model.uppers.append(1)
    for _ in range(9):
        number = chance.choice((1, 2, 3))
        terms = tuple((chance.choice((1, 1, 2)), v) for v in chance.sample(range(2, 9), number))
        low, high = (1, None) if chance.random() < 0.5 else (None, chance.choice((0, 1)))
        guard = chance.choice((TRUE, TRUE, chance.randint(2, 8)))
        model.demand(Constraint(terms, low, high, guard, 0))
    return model


def _fits(model: Model, numbers: set[int]) -> bool:
    for choice in product((0, 1), repeat=model.decisions):
        values = settle(model, [n + 2 for n, on in enumerate(choice) if on])
        if all(_kept(model.constraints[n], values) for n in numbers):
            return True
    return False


def _kept(c: Constraint, values: list[int]) -> bool:
    own = total(c.terms, values)
    inside = (c.low is None or own >= c.low) and (c.high is None or own <= c.high)
    return inside or not values[c.only_if]


@pytest.mark.parametrize("seed", range(40))
def test_a_core_is_smallest_and_gives_up_high_ranks_first(seed: int) -> None:
    model = _model(seed)
    ranks = [n % 3 for n in range(len(model.constraints))]
    core = Conflicts(model).smallest([Group((n,), rank) for n, rank in enumerate(ranks)])
    if core is None:
        assert _fits(model, set(range(len(ranks))))
        return
    found = set(core.groups)
    assert not _fits(model, found)
    for n, without in zip(core.groups, core.without, strict=True):
        assert _fits(model, found - {n})
        values = settle(model, without)
        assert all(_kept(model.constraints[other], values) for other in found - {n})
    # No conflict does with fewer of the highest rank, all of the others standing.
    high = {n for n, rank in enumerate(ranks) if rank == 2}
    others = set(range(len(ranks))) - high
    for size in range(len(found & high)):
        for some in combinations(sorted(found & high), size):
            assert _fits(model, others | set(some))


@pytest.mark.parametrize("seed", range(20))
def test_the_cheapest_waivers_are_found(seed: int) -> None:
    model = _model(seed)
    numbers = range(len(model.constraints))
    waivers = [Waiver((n,), 1 + n % 4) for n in numbers if n % 2]
    held = {n for n in numbers if n % 2 == 0}
    free = set(range(2, 7))
    repair = Conflicts(model).repair(held, waivers, free, ())
    prices = [
        sum(waivers[n].price for n in some)
        for size in range(len(waivers) + 1)
        for some in combinations(range(len(waivers)), size)
        if _fits(model, held | {w.numbers[0] for n, w in enumerate(waivers) if n not in some})
    ]
    if repair is None:
        assert not prices
        return
    assert repair.cheapest
    assert sum(waivers[n].price for n in repair.waived) == min(prices)
    again = Conflicts(model).repair(held, waivers, free, (), but=[repair.waived])
    if repair.waived and again:
        assert not set(repair.waived) <= set(again.waived)


def test_a_wrong_core_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(decisions=2, uppers=[0, 1, 1, 1])
    model.constraints = [
        Constraint(((1, 2),), 1, None, TRUE, 0),
        Constraint(((1, 2), (1, 3)), None, 1, TRUE, 0),
        Constraint(((1, 3),), 1, None, TRUE, 0),
    ]
    honest = Compiled.core
    monkeypatch.setattr(
        Compiled, "core", lambda *given: (honest(*given)[0], frozenset(given[1][:1]))
    )
    core = Conflicts(model).smallest([Group((n,), 0) for n in range(3)])
    assert core is not None
    assert core.groups == (0, 1, 2)


def test_what_is_stopped_is_not_settled() -> None:
    stop = threading.Event()
    model = _model(1)
    conflicts = Conflicts(model, seconds=0.0, stop=stop)
    conflicts._effort = type(conflicts._effort)(seconds=0.0, workers=1, seed=1, deterministic=0.0)
    with pytest.raises(UnsettledError):
        conflicts.smallest([Group((n,), 0) for n in range(len(model.constraints))])
