"""Who has which weekend: choices beside every choice that there is."""

import random
from collections.abc import Callable
from itertools import count, product

import numpy as np
import pytest

from scheduler.solving.choosing import Choice, Prices, choose
from scheduler.solving.covering import Covering
from scheduler.solving.occasions import Occasion
from scheduler.solving.packed import Numbers
from scheduler.solving.taking_part import TakingPart
from scheduler.solving.tallies import Row
from tests.support import few

UNIT = 4
"""So many of what is added up are 1 of the sum."""


class Weekends:
    """Weekends of two duties and three doctors, made by chance."""

    def __init__(self, seed: int, weekends: int = 2) -> None:
        chance = random.Random(seed)
        self.occasions: list[Occasion] = []
        self.rows: list[list[Row]] = [[] for _ in range(weekends)]
        for doctor in range(3):
            for weekend in range(weekends):
                first = 2 + 2 * (weekends * doctor + weekend)
                costs = np.array([chance.choice((0, 0, 0, 2, 9)) for _ in range(3)], np.int64)
                near = (chance.choice((0, 0, 1, 9)) if weekend else 0, 0)
                ways = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.int64)
                self.occasions.append(Occasion((first, first + 1), ways, costs, True, near))
        for weekend, rows in enumerate(self.rows):
            for duty in range(2):
                own = tuple(2 + 2 * (weekends * d + weekend) + duty for d in range(3))
                rows.append(Row(own, 1, 1))
        self.weekends = weekends
        self.prices = [
            np.cumsum([0, *sorted(chance.randint(0, 9) for _ in range(weekends))]).astype(np.int64)
            for _ in range(3)
        ]
        duties = [chance.randint(0, 3) for _ in range(6 * weekends)]
        self.room, self.toll = chance.choice((0, 2, 4)), chance.randint(0, 2)
        self.duties: Numbers = np.array([0, 0, *duties], dtype=np.int64)

    def chosen(self, over: Callable[[], bool] = lambda: False, seed: int = 1) -> Choice | None:
        """What is met."""
        shared = [
            self.occasions[n : n + self.weekends]
            for n in range(0, len(self.occasions), self.weekends)
        ]
        return choose(
            self.occasions,
            Covering(self.occasions, self.rows).laid,
            TakingPart(shared, self.prices, self.room).laid,
            Prices(self.duties, self.toll, UNIT, self.room),
            seed,
            over,
        )

    def cost(self, had: frozenset[int]) -> float | None:
        """What these duties come to; None where somebody cannot have them or one is lacking."""
        if any(len(had.intersection(row.decisions)) != 1 for rows in self.rows for row in rows):
            return None
        total = int(self.duties[sorted(had)].sum())
        for doctor in range(3):
            parts = 0
            for weekend in range(self.weekends):
                own = self.occasions[self.weekends * doctor + weekend]
                mask = [int(v in had) for v in own.decisions]
                if not any(mask):
                    continue
                parts += 1
                spent = int(own.costs[own.ways.tolist().index(mask)])
                if spent > self.room:
                    return None
                before = self.occasions[self.weekends * doctor + weekend - 1]
                beside = own.near[0] if weekend and not had.isdisjoint(before.decisions) else 0
                if beside > self.room:
                    return None
                total += self.toll * (spent + beside)
            total += UNIT * int(self.prices[doctor][parts])
        return total / UNIT

    def costs(self) -> list[float]:
        """What each choice comes to."""
        rows = [row.decisions for rows in self.rows for row in rows]
        every = (self.cost(frozenset(had)) for had in product(*rows))
        return [own for own in every if own is not None]


@pytest.mark.parametrize("seed", few(range(60), 15))
def test_a_choice_covers_everything_and_costs_what_is_told(seed: int) -> None:
    own = Weekends(seed)
    choice, costs = own.chosen(), own.costs()
    if choice is None:
        assert not costs
        return
    assert choice.among == frozenset(range(2, 2 + 6 * own.weekends))
    assert choice.taken <= choice.among
    if not costs:  # what there is no room for is dear, and nothing else is left
        assert own.cost(choice.taken) is None
        return
    assert own.cost(choice.taken) == choice.cost
    assert choice.cost >= min(costs)


def test_most_choices_are_the_cheapest_there_is() -> None:
    found = []
    for seed in range(100, 140):
        own = Weekends(seed)
        choice, costs = own.chosen(), own.costs()
        if choice is not None and costs:
            found.append(choice.cost == min(costs))
    assert sum(found) >= 0.9 * len(found) > 20


def test_the_same_seed_leads_to_the_same_choice() -> None:
    own = Weekends(3, weekends=6)
    assert own.chosen(seed=5) == own.chosen(seed=5)


def test_what_nobody_can_cover_is_not_chosen() -> None:
    own = Weekends(1)
    for number, each in enumerate(own.occasions):
        if number % own.weekends == 0:  # the first weekend is too dear for everybody
            costs = np.full(3, own.room + 1, dtype=np.int64)
            own.occasions[number] = Occasion(each.decisions, each.ways, costs, True, each.near)
    assert own.chosen() is None


def test_the_best_that_is_known_when_time_is_out_is_told() -> None:
    own = Weekends(4, weekends=6)
    asked = count()
    assert own.chosen(over=lambda: True) is None
    found = own.chosen(over=lambda: next(asked) >= 2)
    assert found is not None
    assert own.cost(found.taken) == found.cost
