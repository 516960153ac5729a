"""Occasions weighed with the loads that their duties add to: against every roster there is."""

import random
from dataclasses import replace

import pytest

from scheduler.solving import covering, weighing, within_held
from scheduler.solving.model import Model, Step
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from scheduler.solving.weighing import Weighing
from tests.solving.posted import Posted, lawful
from tests.solving.test_held_sharing import held, occasions_by_chance
from tests.support import few


def by_chance(seed: int) -> Model:
    """Weekends and health, with nights, points, who takes part, and the worst-off held."""
    chance = random.Random(f"loads {seed}")
    own, health = occasions_by_chance(seed)
    units = range(len(own.has[0]))
    for unit in units:
        if chance.random() < 0.3:
            loosen(own.model, unit, chance.randint(1, 2), chance.choice((2, 3, None)))
    nights = [u for u in units if chance.random() < 0.6] or [0]
    burden = [chance.randint(1, 4) for _ in units]
    unit = chance.choice((1, 1, 2, -1))
    compared = []
    for has in own.has:
        if chance.random() < 0.8:
            slopes = [chance.randint(1, 9) for _ in range(chance.randint(1, 2))]
            own.price([(unit, has[u]) for u in nights], chance.randint(0, 1) * unit, slopes)
            if chance.random() < 0.5:
                below = [(-unit, has[u]) for u in nights]
                own.price(below, -chance.randint(0, 2) * unit, [chance.randint(1, 5)])
        points = [(burden[u] * chance.choice((1,) * 19 + (-1,)), has[u]) for u in units]
        if chance.random() < 0.15:
            points.append((chance.choice((1, -1)), own.excess([(1, v) for v in has], 1)))
        if chance.random() < 0.7:
            slopes = [chance.randint(1, 4) for _ in range(chance.randint(1, 3))]
            own.price(points, chance.randint(0, 5), slopes)
            if chance.random() < 0.5:
                less = [(-c, v) for c, v in points]
                own.price(less, -chance.randint(0, 5), [chance.randint(1, 4)])
        compared.append((tuple(points), -chance.randint(0, 4)))
    if chance.random() < 0.3:
        taking = [own.any_of([has[u] for u in nights]) for has in own.has]
        if chance.random() < 0.5:
            taking = [has[0] for has in own.has]
        beyond = own.excess([(1, v) for v in taking], chance.randint(0, 1))
        own.terms.append((chance.randint(1, 6), beyond))
    model = held(own, health, chance.randint(-2, 2))
    if chance.random() < 0.8:
        worst = chance.choice((1, 1, 1, 2))
        model.steps.insert(2, Step(4, "worst", "", "", 1, worst=worst, entries=tuple(compared)))
    return model


def loosen(model: Model, unit: int, needed: int, most: int | None) -> None:
    """Let a unit want so many doctors in place of one, and have so many at most."""
    assert isinstance(model.definitions, list)
    assert isinstance(model.constraints, list)
    lacking = model.definitions[unit]
    model.definitions[unit] = replace(lacking, threshold=-needed, upper=needed)
    model.uppers[lacking.var] = needed
    model.constraints[unit] = replace(model.constraints[unit], high=most)


@pytest.mark.parametrize("seed", few(range(200), 25))
def test_no_roster_as_good_as_held_is_below_the_bound(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(within_held, "_FEW", 0)
    monkeypatch.setattr(weighing, "_STEPS", 300)
    chance = random.Random(seed)
    model = by_chance(seed)
    rosters = lawful(model)
    known = sorted({own[:-1] for own in rosters})
    for scores in (known[0], chance.choice(known), chance.choice(known)):
        bound = tally_bound(Index(model), len(scores), (*scores, 0))
        best = min(
            own[-1]
            for own in rosters
            if all(now <= then for now, then in zip(own, scores, strict=False))
        )
        assert bound is None or bound <= best


def test_weighing_often_raises_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that is true and says nothing more would pass the test above."""
    found = 0
    for seed in range(25):
        model = by_chance(seed)
        scores = (*min(own[:-1] for own in lawful(model)), 0)
        now = tally_bound(Index(model), len(scores) - 1, scores)
        with monkeypatch.context() as without:
            without.setattr(Weighing, "of", lambda *_: None)
            before = tally_bound(Index(model), len(scores) - 1, scores)
        found += now is not None and (before is None or now > before)
    assert found >= 3


def test_what_counts_in_two_occasions_is_not_weighed() -> None:
    """Found by enumeration: 145 where 56 can be had."""
    model = by_chance(20874)
    best = min(own[-1] for own in lawful(model) if own[0] == 0 and own[1] <= 11)
    bound = tally_bound(Index(model), 2, (0, 11, 0))
    assert bound is not None
    assert bound <= best


def weekends(limit: int | None, price: int = 0) -> Model:
    """Three weekends of a day and a night; nights of the second doctor are a departure.

    The third had better have nothing. The first can have two nights as it were: more are over the
    limit, if there is one, or have a price.
    """
    own = Posted(3, 6)
    for has, slopes in zip(own.has, ([0, 5, 10], [0, 5, 10], [30, 30, 30]), strict=True):
        every = [own.any_of(has[u : u + 2]) for u in range(0, 6, 2)]
        own.price([(1, some) for some in every], 0, slopes)
    if price:
        own.price([(1, night) for night in own.has[0][1::2]], 2, [price])
    model = held(own, [(100, night) for night in own.has[1][1::2]])
    if limit is not None:
        entries = tuple((tuple((1, night) for night in has[1::2]), -2) for has in own.has)
        model.steps.insert(2, Step(4, "worst", "", "", 1, worst=1, entries=entries))
    return model


@pytest.mark.parametrize(
    ("limit", "price", "scores", "least"),
    [
        (None, 0, (0, 0), 20),
        (0, 0, (0, 0, 1), 20),
        (0, 0, (0, 0, 0), 35),
        (None, 7, (0, 0), 27),
        (None, 100, (0, 0), 35),
    ],
)
def test_what_is_too_much_for_one_goes_to_another(
    limit: int | None, price: int, scores: tuple[int, ...], least: int
) -> None:
    """The first has all nights, or one of them goes to the third, who then has a weekend."""
    model = weekends(limit, price)
    assert tally_bound(Index(model), len(scores), (*scores, 0)) == least


@pytest.mark.parametrize("asked", range(1, 60, 4))
def test_what_is_known_when_time_is_out_is_told(asked: int) -> None:
    answers = iter((False,) * asked)
    bound = tally_bound(Index(weekends(0)), 3, (0, 0, 0, 0), lambda: next(answers, True))
    assert bound is None or bound <= 35


@pytest.mark.parametrize("holes", [0, 1])
def test_what_cannot_be_weighed_is_shared_out_as_before(
    holes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not holes:
        monkeypatch.setattr(covering, "_STATES", 3)
    monkeypatch.setattr(weighing, "_chosen", None)  # not to be called
    assert tally_bound(Index(weekends(0)), 3, (holes, 0, 0, 0)) == (5 if holes else 20)


def test_numbers_in_which_nothing_would_be_exact_are_not_weighed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weighing, "_UNIT", 1 << 52)
    assert tally_bound(Index(weekends(0)), 3, (0, 0, 0, 0)) == 20


def test_more_work_than_is_allowed_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "_WORK", 1_000)
    assert tally_bound(Index(weekends(0)), 3, (0, 0, 0, 0)) == 20
