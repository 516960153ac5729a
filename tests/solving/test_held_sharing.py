"""What must be shared out where an earlier step is held: against enumeration of every roster."""

import random
from itertools import pairwise

import pytest

from scheduler.solving import occasions, step_bounds, ways
from scheduler.solving.held_sharing import Held
from scheduler.solving.model import AT_LEAST, Constraint, Model, Step
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from tests.solving.posted import Posted, lawful
from tests.support import few


def held(own: Posted, terms: list[tuple[int, int]], constant: int = 0) -> Model:
    """The model with a sum between the cover and what is counted."""
    model = own.done()
    model.steps.insert(1, Step(3, "health", "", "", 1, terms=tuple(terms), constant=constant))
    return model


def by_chance(seed: int) -> Model:
    """What `occasions_by_chance` posts, with a constant."""
    own, health = occasions_by_chance(seed)
    return held(own, health, seed % 5 - 2)


def occasions_by_chance(seed: int) -> tuple[Posted, list[tuple[int, int]]]:
    """Weekends of two or three duties, and health of every kind: spacing, rest, loads, pauses."""
    chance = random.Random(seed)
    doctors, units = chance.choice(((2, 5), (3, 4), (2, 6), (2, 4), (1, 8)))
    own = Posted(doctors, units)
    size = chance.choice((2, 2, 3))
    weekends = [range(u, min(u + size, units)) for u in range(0, units, size)]
    counted = weekends if chance.random() < 0.7 else weekends[:-1]  # a weekday has no count
    health: list[tuple[int, int]] = []
    for has in own.has:
        every = [own.any_of([has[u] for u in weekend]) for weekend in weekends]
        for near in range(1, len(every)):
            for first in range(len(every) - near):
                if chance.random() < 0.7:
                    pair = [(1, every[first]), (1, every[first + near])]
                    health.append((chance.randint(1, 4), own.excess(pair, 1)))
        health += [(chance.randint(-1, 4), v) for v in chance.sample(has, chance.randint(0, 3))]
        for _ in range(chance.randint(0, 3)):  # some pause is long enough
            pauses = [
                own.define(
                    AT_LEAST, [(-1, v) for v in chance.sample(has, chance.randint(1, 2))], 0, 1
                )
                for _ in range(chance.randint(1, 2))
            ]
            health.append((chance.randint(1, 4), own.excess([(-1, v) for v in pauses], -1)))
        for _ in range(chance.randint(0, 2)):  # hours over the week, with something given back
            load = [(chance.choice((1, 2, 3, -1)), v) for v in has if chance.random() < 0.7]
            if load:
                health.append((chance.choice((1, 2, -1)), own.excess(load, chance.randint(-1, 3))))
        if chance.random() < 0.5:
            own.demand(tuple(chance.sample(has, 2)), None, 1)
        if chance.random() < 0.4:
            own.demand(tuple(has[:3]), None, 2)
        if chance.random() < 0.3:
            guard = chance.choice(every)
            low, high = chance.choice(((None, 0), (1, None)))
            terms = ((1, chance.choice(has)),)
            own.model.demand(Constraint(terms, low, high, guard, 0))
        if chance.random() < 0.1:
            own.demand((chance.choice(has),), *chance.choice(((1, None), (None, 0))))
        occasions_of = [(1, every[weekends.index(weekend)]) for weekend in counted]
        slopes = [chance.randint(1, 5) for _ in range(chance.randint(1, 3))]
        aim = chance.randint(0, 1)
        own.price(occasions_of, aim, slopes)
        if chance.random() < 0.2:
            own.price([(-1, v) for _, v in occasions_of], -aim - 1, slopes)
    office = [(1, v) for u in range(units) for v in own.model.groups["units"][u][:2]]
    if chance.random() < 0.5:
        health.append((chance.randint(1, 3), own.excess(office, chance.randint(1, 4))))
    own.constant = chance.randint(-3, 3)
    return own, health


@pytest.mark.parametrize("seed", few(range(300), 25))
@pytest.mark.parametrize("sifted", [False, True])
def test_no_roster_as_good_as_held_is_below_the_bound(
    seed: int, sifted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sifted:
        monkeypatch.setattr(ways, "_MANY", 4)
        monkeypatch.setattr(occasions, "_WAYS", 3)
    model = by_chance(seed)
    rosters = lawful(model)
    for holes in sorted({cover for cover, *_ in rosters})[:2]:
        scores = sorted({health for cover, health, _ in rosters if cover <= holes})
        for score in scores[:3]:
            bound = tally_bound(Index(model), 2, (holes, score, 0))
            best = min(t for cover, health, t in rosters if cover <= holes and health <= score)
            assert bound is None or bound <= best


def test_the_held_step_often_raises_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that is true and says nothing more would pass the test above."""
    found = 0
    for seed in range(25):
        model = by_chance(seed)
        least = min((cover, health) for cover, health, _ in lawful(model))
        with monkeypatch.context() as without:
            without.setattr(Held, "before", lambda *_: None)
            before = tally_bound(Index(model), 2, (*least, 0))
        now = tally_bound(Index(model), 2, (*least, 0))
        found += now is not None and (before is None or now > before)
    assert found >= 3


def nights(weekends: int) -> Model:
    """A day and a night each weekend; a night is a departure to the second of two doctors."""
    own = Posted(2, 2 * weekends)
    for has in own.has:
        every = [own.any_of(has[u : u + 2]) for u in range(0, len(has), 2)]
        own.price([(1, some) for some in every], 1, [5, 10])
    return held(own, [(100, night) for night in own.has[1][1::2]])


@pytest.mark.parametrize(("room", "least"), [(0, 20), (99, 20), (100, 5)])
def test_what_one_alone_can_have_without_a_departure_is_not_shared(room: int, least: int) -> None:
    """The first has all three nights, or two of them where there is room for one departure."""
    model = nights(3)
    best = min(total for cover, health, total in lawful(model) if cover == 0 and health <= room)
    assert best == tally_bound(Index(model), 2, (0, room, 0)) == least


def test_a_search_leaves_out_in_large_models_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(nights(3))
    assert step_bounds.tallied(index, 2, (0, 0, 0), lambda: False) == 20
    monkeypatch.setattr(step_bounds, "HELD", 0)
    assert step_bounds.tallied(index, 2, (0, 0, 0), lambda: False) == 5
    assert step_bounds.tallied(index, 0, (0, 0, 0), lambda: False) is None


def test_weekends_near_each_other_go_to_more_doctors_where_that_is_held() -> None:
    """Two in a row are a departure: of three weekends nobody has more than two."""
    own = Posted(2, 6)
    near = []
    for has in own.has:
        every = [own.any_of(has[u : u + 2]) for u in range(0, 6, 2)]
        own.price([(1, some) for some in every], 1, [7, 7])
        own.demand(tuple(has[:2]), None, 1)
        near += [(100, own.excess([(1, one), (1, other)], 1)) for one, other in pairwise(every)]
    model = held(own, near)
    rosters = lawful(model)
    assert min(total for cover, health, total in rosters if (cover, health) == (0, 100)) == 14
    assert tally_bound(Index(model), 2, (0, 100, 0)) == 14
    assert min(health for cover, health, _ in rosters if cover == 0) == 100


@pytest.mark.parametrize("asked", range(1, 9))
def test_what_is_known_when_time_is_out_is_told(asked: int) -> None:
    model = nights(3)
    answers = iter((False,) * asked)
    assert tally_bound(Index(model), 2, (0, 0, 0), lambda: next(answers, True)) in {None, 5, 20}
