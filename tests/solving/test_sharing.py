"""What must be shared out bounds a step: against enumeration of every roster."""

import random
from threading import Event

import pytest

from scheduler.solving import sharing
from scheduler.solving.bounding import trivial_bound
from scheduler.solving.cpsat import Cheapest, Compiled
from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Model, Step
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from tests.solving.posted import Posted, lawful
from tests.support import few


def test_a_step_of_too_many_prices_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Posted(2, 4)
    for nights in own.has:
        own.price([(1, night) for night in nights], 0, [3, 2])
    model = own.done()
    assert tally_bound(Index(model), 1, (0, 0)) == 16  # two each: 3 and 5
    monkeypatch.setattr(sharing, "PRICED", len(model.steps[1].terms) - 1)
    assert tally_bound(Index(model), 1, (0, 0)) is None


def by_chance(seed: int) -> Model:
    """Counts of decisions and of occasions, on one side or both, and a price for taking part."""
    chance = random.Random(seed)
    doctors, units = chance.choice(((2, 5), (3, 4), (3, 3), (4, 3)))
    own = Posted(doctors, units)
    unit = chance.choice((1, 1, 3))
    kinds = [sorted(chance.sample(range(units), chance.randint(1, 2))) for _ in range(2)]
    counted = [u for u in range(units) if chance.random() < 0.8] or [0]
    pairs = [(u, u + 1) for u in range(0, units - 1, 2)]
    taking: list[list[tuple[int, int]]] = [[], []]
    for has in own.has:
        free = [u for u in counted if chance.random() < 0.9]
        if free:
            count = [(unit, has[u]) for u in free]
            aim = chance.randint(0, 2) * unit
            own.price(count, aim, [chance.randint(1, 9) for _ in range(2)])
            if chance.random() < 0.6:
                own.price([(-c, v) for c, v in count], -aim, [chance.randint(1, 9)])
        occasions = [(1, own.any_of([has[u] for u in pair])) for pair in pairs]
        own.price(occasions, 0, [1, chance.randint(1, 5)])
        for pair in pairs:
            if chance.random() < 0.5:
                own.demand(tuple(has[u] for u in pair), None, 1)
        for kind, terms in zip(kinds, taking, strict=True):
            terms.append((1, own.any_of([has[u] for u in kind])))
    for terms in taking:
        own.terms.append((chance.randint(1, 9), own.excess(terms, chance.randint(0, 1))))
    if chance.random() < 0.3:
        own.terms.append((-chance.randint(1, 5), chance.randint(2, own.model.decisions + 1)))
    own.constant = chance.randint(-5, 5)
    return own.done()


@pytest.mark.parametrize("seed", few(range(150), 40))
def test_no_roster_with_as_few_holes_is_below_the_bound(seed: int) -> None:
    model = by_chance(seed)
    rosters = lawful(model)
    for holes in sorted({cover for cover, _ in rosters})[:3]:
        bound = tally_bound(Index(model), 1, (holes, 0))
        best = min(total for cover, total in rosters if cover <= holes)
        assert bound is None or bound <= best


def test_the_bound_often_says_more_than_what_each_variable_can_be() -> None:
    """A bound that is true and says nothing would pass the test above."""
    models = [by_chance(seed) for seed in range(20)]
    found = [
        (tally_bound(Index(own), 1, (0, 0)), trivial_bound(own.steps[1], own)) for own in models
    ]
    assert sum(bound is not None and bound > least for bound, least in found) >= 10


def test_four_nights_for_three_doctors_cost_what_the_fourth_does() -> None:
    own = Posted(3, 4)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [7, 20])
    model = own.done()
    assert tally_bound(Index(model), 1, (0, 0)) == 7
    assert tally_bound(Index(model), 1, (1, 0)) is None  # one may be missing


def test_nobody_can_take_more_than_there_is() -> None:
    """Both sides are priced: with two nights for three doctors one lacks its own."""
    own = Posted(3, 2)
    for has in own.has:
        own.price([(-1, v) for v in has], -1, [5, 5])
    assert tally_bound(Index(own.done()), 1, (0, 0)) == 5


def test_duties_of_one_weekend_add_up_where_no_doctor_can_have_two_of_them() -> None:
    own = Posted(2, 2)
    for has in own.has:
        own.demand(tuple(has), None, 1)
        own.price([(1, own.any_of(has))], 0, [3, 3])
    assert tally_bound(Index(own.done()), 1, (0, 0)) == 6


def test_duties_of_one_weekend_count_once_where_one_doctor_can_have_both() -> None:
    own = Posted(2, 2)
    for has in own.has:
        own.price([(1, own.any_of(has))], 0, [3, 3])
    assert tally_bound(Index(own.done()), 1, (0, 0)) == 3


def test_sessions_go_to_as_few_as_is_cheapest_with_a_price_for_each_who_takes_part() -> None:
    own = Posted(3, 4)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [2, 4])
    present = [(1, own.any_of(has)) for has in own.has]
    own.terms.append((10, own.excess(present, 1)))
    model = own.done()
    # One alone: 2 + 6 + 6; two with two each: 10 + 2 + 2.
    assert tally_bound(Index(model), 1, (0, 0)) == min(t for c, t in lawful(model) if c == 0) == 14


def test_the_cover_itself_is_not_counted_and_what_compares_nobody_is_even() -> None:
    model = by_chance(1)
    model.steps.append(Step(5, "worst", "", "", 1, worst=1, entries=(((), 0),)))
    assert tally_bound(Index(model), 0, (0, 0, 0)) is None
    assert tally_bound(Index(model), 2, (0, 0, 0)) == 0


def test_what_counts_in_two_tallies_of_a_doctor_is_not_limited_by_one_row() -> None:
    """One doctor lacks something for each of two overlapping pairs: one duty serves both."""
    own = Posted(2, 3)
    first, second = own.has
    own.price([(-1, v) for v in first], -2, [10])
    own.price([(-1, v) for v in second[:2]], -1, [10])
    own.price([(-1, v) for v in second[1:]], -1, [10])
    model = own.done()
    best = min(total for cover, total in lawful(model) if cover == 0)
    bound = tally_bound(Index(model), 1, (0, 0))
    assert best == 0
    assert bound is None or bound <= best


@pytest.mark.parametrize("order", [1, -1])
def test_taking_part_is_priced_once_though_two_sums_weigh_it_differently(order: int) -> None:
    own = Posted(2, 3)
    present = [own.any_of(has) for has in own.has]
    for has in own.has:
        own.price([(1, v) for v in has], 0, [1])
    for price, weight in ((7, 1), (1, 3))[::order]:
        own.terms.append((price, own.excess([(weight, v) for v in present], 0)))
    model = own.done()
    best = min(total for cover, total in lawful(model) if cover == 0)
    bound = tally_bound(Index(model), 1, (0, 0))
    assert bound is not None
    assert bound <= best


def test_what_is_not_shared_out_in_time_counts_as_free() -> None:
    own = Posted(3, 4)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [7, 20])
    assert tally_bound(Index(own.done()), 1, (0, 0), lambda: True) is None


def weekends_by_chance(seed: int) -> Model:
    """Weekends of three duties, of which a doctor can have some only, for reasons of every kind."""
    chance = random.Random(seed)
    doctors, units = chance.choice(((2, 5), (3, 4), (2, 6), (4, 3)))
    own = Posted(doctors, units)
    weekends = [range(u, min(u + 3, units)) for u in range(0, units, 3)]
    for has in own.has:
        if chance.random() < 0.6:
            own.demand(tuple(has[:3]), None, chance.randint(1, 2))
        if chance.random() < 0.4:
            own.demand(tuple(has), None, chance.randint(1, 3))
        if chance.random() < 0.5:  # two together forbid a third, or ask for it
            both = own.define(AT_LEAST, [(1, v) for v in has[:2]], 2, 1)
            low, high = chance.choice(((None, 0), (1, None)))
            own.model.demand(Constraint(((1, chance.choice(has[2:])),), low, high, both, 0))
        if chance.random() < 0.4:  # hours, with something given back
            terms = tuple((chance.choice((2, 3, -1)), v) for v in has)
            own.model.demand(Constraint(terms, chance.choice((None, -1)), 4, TRUE, 0))
        occasions = [(1, own.any_of([has[u] for u in weekend])) for weekend in weekends]
        own.price(occasions, chance.randint(0, 1), [chance.randint(1, 5), chance.randint(1, 5)])
    return own.done()


@pytest.mark.parametrize("seed", few(range(120), 30))
def test_what_a_doctor_can_have_of_a_weekend_bounds_truly(seed: int) -> None:
    model = weekends_by_chance(seed)
    rosters = lawful(model)
    for holes in sorted({cover for cover, _ in rosters})[:3]:
        bound = tally_bound(Index(model), 1, (holes, 0))
        best = min(total for cover, total in rosters if cover <= holes)
        assert bound is None or bound <= best


def test_three_duties_take_two_doctors_where_no_one_can_have_all() -> None:
    """No two of them exclude each other, so only the three together tell."""
    own = Posted(3, 3)
    for has in own.has:
        own.demand(tuple(has), None, 2)
        own.price([(1, own.any_of(has))], 0, [3])
    model = own.done()
    assert tally_bound(Index(model), 1, (0, 0)) == 6 == min(t for c, t in lawful(model) if c == 0)
    assert tally_bound(Index(model), 1, (1, 0)) == 3 == min(t for c, t in lawful(model) if c <= 1)


def test_what_reaches_beyond_a_weekend_counts_as_far_as_it_goes() -> None:
    """Two of all four at most: a duty elsewhere can only make it fewer, so it takes two."""
    own = Posted(2, 4)
    for has in own.has:
        own.demand(tuple(has), None, 2)
        own.price([(1, own.any_of(has[:3]))], 0, [3])
    model = own.done()
    assert tally_bound(Index(model), 1, (0, 0)) == 6 == min(t for c, t in lawful(model) if c == 0)


def test_no_solver_is_asked_of_a_weekend_when_time_is_out() -> None:
    own = Posted(3, 3)
    for has in own.has:
        own.demand(tuple(has), None, 2)
        own.price([(1, own.any_of(has))], 0, [3])
    model = own.done()
    # Before it is looked at what is counted together, after that, and before the weekend.
    asked = iter((False, False, False))
    assert tally_bound(Index(model), 1, (0, 0), lambda: next(asked, True)) == 3


@pytest.mark.parametrize("seed", few(range(40), 8))
def test_what_is_found_before_time_is_out_bounds_truly(seed: int) -> None:
    model = weekends_by_chance(seed)
    index, rosters = Index(model), lawful(model)
    best = min((total for cover, total in rosters if not cover), default=None)
    for asks in range(12):
        asked = iter([False] * asks)
        bound = tally_bound(index, 1, (0, 0), lambda asked=asked: next(asked, True))  # type: ignore[misc]
        assert bound is None or best is None or bound <= best


def test_the_solver_of_an_occasion_is_stopped_when_time_is_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = Posted(3, 3)
    for has in own.has:
        own.demand(tuple(has), None, 2)
        own.price([(1, own.any_of(has))], 0, [3])
    late: list[bool] = []

    def solve(*told: object) -> Cheapest:
        stop = told[3]
        assert isinstance(stop, Event)
        assert not stop.is_set()
        late.append(True)
        assert stop.is_set()
        return Cheapest(None, None)

    monkeypatch.setattr(Compiled, "cheapest", solve)
    assert tally_bound(Index(own.done()), 1, (0, 0), lambda: bool(late)) == 3
    assert late
