"""What is sure in single weeks: against enumeration of every roster."""

import random

import pytest

from scheduler.solving import sure, within_held
from scheduler.solving.held_sharing import Held
from scheduler.solving.model import Model, Step
from scheduler.solving.outlook import Outlook
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from scheduler.solving.sure import Sure, prices_of, sums_before, sure_bound, surely
from tests.solving import test_held_sharing, test_weighing
from tests.solving.posted import Posted, lawful
from tests.support import few


def by_chance(seed: int) -> Model:
    """Weekends, health and loads, perhaps with one more sum in between."""
    chance = random.Random(f"sure {seed}")
    model = test_weighing.by_chance(seed) if seed % 2 else test_held_sharing.by_chance(seed)
    if chance.random() < 0.5:
        some = chance.sample(range(2, model.size), chance.randint(1, 5))
        terms = tuple((chance.choice((1, 2, 3, -1)), var) for var in some)
        model.steps.insert(1, Step(2, "ordered", "", "", 1, terms=terms, constant=seed % 3 - 1))
    return model


@pytest.mark.parametrize("seed", few(range(150), 12))
def test_no_roster_as_good_as_held_is_below_the_bound(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(sure, "DAYS", chance.choice((1, 2, 3, 7)))
    monkeypatch.setattr(sure, "_FEW", chance.choice((0, 4)))
    monkeypatch.setattr(within_held, "_FEW", chance.choice((0, 200)))
    model = by_chance(seed)
    index, rosters = Index(model), lawful(model)
    known = sorted({own[:-1] for own in rosters})
    for scores in (known[0], chance.choice(known)):
        for number, step in enumerate(model.steps):
            if number == 0 or step.worst:
                continue
            best = min(
                own[number]
                for own in rosters
                if all(now <= then for now, then in zip(own[:number], scores, strict=False))
            )
            for ask in (sure_bound, tally_bound):
                bound = ask(index, number, (*scores, 1_000))
                assert bound is None or bound <= best


def test_what_is_sure_often_raises_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that is true and says nothing more would pass the test above."""
    monkeypatch.setattr(sure, "DAYS", 3)
    higher = less_room = 0
    for seed in range(12):
        model = by_chance(seed)
        number = len(model.steps) - 1
        scores = (*min(own[:-1] for own in lawful(model)), 1_000)
        index = Index(model)
        higher += sure_bound(index, number, scores) is not None
        held = Held.before(index, number, scores)
        assert held is not None
        now = held.room
        with monkeypatch.context() as without:
            without.setattr("scheduler.solving.held_sharing.surely", lambda *_: [])
            before = Held.before(index, number, scores)
            assert before is not None
            less_room += now < before.room
    assert higher >= 2
    assert less_room >= 2


def on_call() -> Model:
    """Two weeks of two days. One doctor must have the first day, and pays for it in health.

    The other doctor would have it as an order, which comes before health. Health is not sure of
    any one decision where orders may be had, and each night of the last week costs health too.
    """
    own = Posted(2, 4)
    first, second = own.has
    own.price([(1, v) for v in first], 0, [1, 2, 3])
    own.price([(1, v) for v in second], 0, [5, 5, 5])
    model = own.done()
    health = ((100, first[0]), (100, first[1]), (100, first[3]))
    model.steps.insert(1, Step(2, "ordered", "", "", 1, terms=((60, second[0]), (60, second[1]))))
    model.steps.insert(2, Step(3, "health", "", "", 1, terms=health))
    model.groups = {**model.groups, "days": [[unit] for unit in range(4)]}
    return model


@pytest.mark.parametrize(("ordered", "least"), [(0, 200), (60, 100), (120, 0)])
def test_the_sums_before_it_are_held(
    ordered: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sure, "DAYS", 2)
    model = on_call()
    rosters = lawful(model)
    assert min(own[2] for own in rosters if own[0] == 0 and own[1] <= ordered) == least
    assert sure_bound(Index(model), 2, (0, ordered, 300, 0)) == (least or None)


def test_what_is_to_blame_is_told_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sure, "DAYS", 4)
    model = on_call()
    index, prices = Index(model), prices_of(model.steps[2])
    outlook = Outlook(index, prices)
    held = sums_before(model.steps, 2, (0, 0))
    assert surely(index, outlook, held, prices) == [Sure(frozenset({2, 3}), 200)]
    assert surely(index, outlook, held, prices, few=0) == [Sure(frozenset({2, 3, 5}), 200)]


def test_the_rest_has_less_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sure, "DAYS", 2)
    index = Index(on_call())
    held = Held.before(index, 3, (0, 0, 300, 0))
    assert held is not None
    assert held.room == 100


def test_nothing_is_told_where_no_roster_is_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sure, "DAYS", 2)
    model = on_call()
    model.steps[1] = Step(2, "ordered", "", "", 1, terms=((60, 2), (60, 6)))
    assert sure_bound(Index(model), 2, (0, 0, 300, 0)) is None


@pytest.mark.parametrize("asked", range(6))
def test_what_is_known_when_time_is_out_is_told(
    asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sure, "DAYS", 1)
    answers = iter((False,) * asked)
    bound = sure_bound(Index(on_call()), 2, (0, 0, 300, 0), lambda: next(answers, True))
    assert bound in {None, 100, 200}
