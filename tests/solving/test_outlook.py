"""What variables can be where some things are settled: against every choice there is."""

import random
from itertools import product

import pytest

from scheduler.solving.evaluate import settle
from scheduler.solving.outlook import Outlook
from scheduler.solving.state import Index
from tests.solving.test_held_sharing import by_chance
from tests.support import few


@pytest.mark.parametrize("seed", few(range(60), 10))
def test_no_choice_in_which_something_is_true_is_outside_what_follows(seed: int) -> None:
    model = by_chance(seed)
    chance = random.Random(seed)
    prices = {var: chance.choice((-1, 1)) for var in range(2, model.size)}
    outlook = Outlook(Index(model), prices)
    true = frozenset(chance.sample([d.var for d in model.definitions], 2))
    spans = outlook.settled(true)
    assert true <= spans.keys()
    decisions = range(2, model.decisions + 2)
    for chosen in product((0, 1), repeat=model.decisions):
        values = settle(model, [v for v, on in zip(decisions, chosen, strict=True) if on])
        if all(values[var] for var in true):
            for var, (low, high) in spans.items():
                assert low <= values[var] <= high
            assert all(
                outlook.lows[var] <= value <= outlook.highs[var] for var, value in enumerate(values)
            )


def test_what_follows_from_what_is_true_is_told_nearer_than_what_could_be() -> None:
    nearer = 0
    for seed in range(20):
        model = by_chance(seed)
        outlook = Outlook(Index(model), dict.fromkeys(range(2, model.size), 1))
        for d in model.definitions:
            spans = outlook.settled({d.var})
            assert spans[d.var][0] >= 1
            nearer += any(int(spans[v][0]) > outlook.lows[v] for v in spans if v != d.var)
    assert nearer > 0
