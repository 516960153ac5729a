"""The longest sums of a step over counts: against enumeration of every roster."""

import random
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest

from scheduler.solving import counted
from scheduler.solving.bounding import trivial_bound
from scheduler.solving.counted import counted_bound
from scheduler.solving.counting import Counting
from scheduler.solving.cpsat import Cheapest, Compiled
from scheduler.solving.evaluate import broken, settle, step_values, total
from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Model
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from tests.solving.posted import Posted, lawful
from tests.support import few


@pytest.fixture(autouse=True)
def all_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small models have few sums: all of them are looked at together."""
    monkeypatch.setattr(counted, "_EACH", 100)


def by_chance(seed: int) -> Model:
    """Points that weigh duties differently, counts, occasions, wishes, and limits of every kind."""
    chance = random.Random(seed)
    doctors, units = chance.choice(((2, 5), (3, 4), (3, 3), (4, 3), (2, 6)))
    own = Posted(doctors, units)
    burdens = [chance.choice((2, 3, 4, 4, 6)) for _ in range(units)]
    counts = [u for u in range(units) if chance.random() < 0.6]
    pairs = [(u, u + 1) for u in range(0, units - 1, 2)]
    kind = sorted(chance.sample(range(units), 2))
    taking = []
    for has in own.has:
        # Some weigh for one doctor otherwise than for others; some count for one only.
        points = [(chance.choice((b, b, b, 1)), v) for b, v in zip(burdens, has, strict=True)]
        points = [term for term in points if chance.random() < 0.9] or points
        aim = chance.randint(1, 2 * max(burdens))
        own.price(points, aim, [chance.randint(1, 3), chance.randint(1, 3)])
        own.price([(-c, v) for c, v in points], -aim, [chance.randint(1, 4)])
        if counts and chance.random() < 0.8:
            own.price([(3, has[u]) for u in counts], chance.randint(0, 4), [1, 4])
        if chance.random() < 0.6:
            occasions = [(1, own.any_of([has[u] for u in pair])) for pair in pairs]
            own.price(occasions, chance.randint(0, 1), [chance.randint(1, 5)])
        if chance.random() < 0.4:
            own.demand(tuple(has[:2]), None, 1)
        if chance.random() < 0.3:
            own.demand(tuple(has), None, chance.randint(1, units))
        if chance.random() < 0.3:  # two together forbid a third
            both = own.define(AT_LEAST, [(1, v) for v in has[:2]], 2, 1)
            own.model.demand(Constraint(((1, has[-1]),), None, 0, both, 0))
        if chance.random() < 0.3:
            terms = tuple((chance.choice((2, 3, -1)), v) for v in has)
            own.model.demand(Constraint(terms, chance.choice((None, -1)), 5, TRUE, 0))
        if chance.random() < 0.3:
            own.terms.append((-chance.randint(1, 6), chance.choice(has)))
        if chance.random() < 0.3:  # pinned
            own.demand((chance.choice(has),), 1, 1)
        if chance.random() < 0.3:  # a decision stands in two rows then
            some = chance.sample(has, chance.randint(1, len(has)))
            own.demand(tuple(some), 1, chance.choice((None, len(some))))
        taking.append((1, own.any_of([has[u] for u in kind])))
    own.terms.append((chance.randint(1, 6), own.excess(taking, chance.randint(0, 1))))
    if chance.random() < 0.3:
        own.terms.append((-chance.randint(1, 4), taking[0][1]))
    own.constant = chance.randint(-5, 5)
    model = own.done()
    if chance.random() < 0.3:  # a unit for two
        rows = list(zip(*own.has, strict=True))
        twice = chance.choice(rows)
        model.constraints = [
            replace(c, high=2) if tuple(v for _, v in c.terms) == twice and c.high == 1 else c
            for c in model.constraints
        ]
        d = next(
            d
            for d in model.definitions
            if tuple(v for _, v in d.terms) == twice and d.threshold == -1
        )
        model.definitions = [
            replace(own, threshold=-2, upper=2) if own.var == d.var else own
            for own in model.definitions
        ]
        model.uppers[d.var] = 2
    return model


@pytest.mark.parametrize("seed", few(range(300), 60))
def test_no_roster_with_as_few_holes_is_below_the_bound(seed: int) -> None:
    model = by_chance(seed)
    rosters = lawful(model)
    for holes in sorted({cover for cover, _ in rosters})[:3]:
        bound = counted_bound(Index(model), 1, (holes, 0))
        best = min(cost for cover, cost in rosters if cover <= holes)
        assert bound is None or bound <= best


def test_a_decision_that_is_demanded_twice_counts_in_both_rows() -> None:
    own = Posted(2, 3)
    first, second = own.has
    weighed = list(zip((1, 1, 3), first, strict=True))
    own.price(weighed, 3, [1])
    own.price([(-c, v) for c, v in weighed], -3, [1])
    own.price(list(zip((1, 1, 3), second, strict=True)), 2, [1])
    own.demand(tuple(first), 1, None)
    model = own.done()
    assert min(cost for cover, cost in lawful(model) if not cover) == 0
    assert (counted_bound(Index(model), 1, (0, 0)) or 0) <= 0


@pytest.mark.parametrize("seed", few(range(100), 20))
def test_every_roster_is_a_solution_that_costs_the_same(seed: int) -> None:
    """Nothing of a roster is lost: what the counts follow to, what it costs and what it keeps."""
    model = by_chance(seed)
    own = Counting(Index(model), 10).counted(model.steps[1])
    variables = range(2, model.decisions + 2)
    chance = random.Random(seed)
    for _ in range(40):
        chosen = tuple(v for v in variables if chance.random() < 0.4)
        values = settle(model, chosen)
        if any(broken(model, values)):
            continue
        found = dict.fromkeys(range(len(own.uppers)), 0) | {1: 1}
        for n, group in enumerate(own.groups):
            found[n + 2] = total(group, values)
            assert found[n + 2] <= own.uppers[n + 2]
        for d in own.definitions:
            over = sum(c * found[v] for c, v in d.terms) - d.threshold
            found[d.var] = int(over >= 0) if d.kind == AT_LEAST else max(0, over)
        cost = own.constant + sum(price * found[v] for v, price in own.costs.items())
        assert cost == step_values(model, values)[1]
        for c in own.constraints:
            if not found[c.only_if] or any(v in own.holes for _, v in c.terms):
                continue
            amount = sum(a * found[v] for a, v in c.terms)
            assert c.low is None or amount >= c.low
            assert c.high is None or amount <= c.high


def test_the_bound_often_says_more_than_sharing_alone() -> None:
    """A bound that is true and says nothing would pass the tests above."""
    more = 0
    for seed in range(30):
        model = by_chance(seed)
        bound = counted_bound(Index(model), 1, (0, 0))
        shared = tally_bound(Index(model), 1, (0, 0))
        least = trivial_bound(model.steps[1], model)
        more += bound is not None and bound > (least if shared is None else shared)
    assert more >= 15


def test_points_and_nights_of_the_same_duties_cost_more_together_than_apart() -> None:
    """Two nights of 3 and two evenings of 1 for two: one night each is 4 points each, and free.

    Where one of them may have no evening, points are 3 and 5, or nights are two and none.
    """
    own = Posted(2, 4)
    for has in own.has:
        points = [(3, has[0]), (3, has[1]), (1, has[2]), (1, has[3])]
        own.price(points, 4, [1, 1])
        own.price([(-c, v) for c, v in points], -4, [1, 1])
        own.price([(1, v) for v in has[:2]], 1, [5, 5])
    free = own.done()
    assert counted_bound(Index(free), 1, (0, 0)) == 0 == min(t for c, t in lawful(free) if c == 0)
    own.demand(tuple(own.has[0][2:]), None, 0)
    assert counted_bound(Index(free), 1, (0, 0)) == 2 == min(t for c, t in lawful(free) if c == 0)
    assert tally_bound(Index(free), 1, (0, 0)) is None


def test_nothing_is_told_when_time_is_out() -> None:
    assert counted_bound(Index(by_chance(1)), 1, (0, 0), lambda: True) is None


@pytest.mark.parametrize("seed", few(range(60), 12))
def test_a_small_model_that_was_not_finished_bounds_truly(seed: int) -> None:
    """Whenever time is out while it is laid out: what is left out of it only makes it cheaper."""
    model = by_chance(seed)
    counting = Counting(Index(model), 0)
    best = min((total for cover, total in lawful(model) if not cover), default=None)
    for asks in range(0, 20, 3):
        asked = iter([False] * asks)
        own = counting.counted(model.steps[1], (), lambda asked=asked: next(asked, True))  # type: ignore[misc]
        assert len(own.constraints) <= asks
        least = counted._cheapest(own, lambda: False)
        assert least is None or best is None or least <= best


def test_nothing_more_is_done_once_time_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever moment it is: no solver is begun after it, and none goes on."""
    index = Index(by_chance(1))
    begun: list[bool] = []

    def solve(*told: object) -> Cheapest:
        stop = told[3]
        assert isinstance(stop, Event)
        begun.append(stop.is_set())
        return Cheapest(None, None)

    monkeypatch.setattr(Compiled, "cheapest", solve)
    counted_bound(index, 1, (0, 0))
    assert begun == [False] * len(begun) != []
    for asks in range(40):
        begun.clear()
        asked = iter([False] * asks)
        over: list[bool] = []

        def ask(asked: Iterator[bool] = asked, over: list[bool] = over) -> bool:
            over.append(next(asked, True))
            return over[-1]

        counted_bound(index, 1, (0, 0), ask)
        assert sum(begun) <= 1  # told when it looks first
        assert sum(over) <= 6  # every loop ends at the first


def test_the_cover_itself_is_not_counted() -> None:
    assert counted_bound(Index(by_chance(1)), 0, (0, 0)) is None
