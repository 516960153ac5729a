"""The choices that are weighed are each the cheapest there is: against every choice."""

import random
from itertools import product

import numpy as np
import pytest

from scheduler.solving.covering import FAR, Covering
from scheduler.solving.occasions import Occasion
from scheduler.solving.packed import Numbers
from scheduler.solving.taking_part import TakingPart
from scheduler.solving.tallies import Row
from scheduler.solving.weighing import Others
from tests.support import few


def occasion(chance: random.Random, decisions: tuple[int, ...]) -> Occasion:
    every = [way for way in product((0, 1), repeat=len(decisions)) if any(way)]
    ways = np.array(chance.sample(every, chance.randint(1, len(every))), dtype=np.int64)
    costs = np.array([chance.choice((0, 0, 2, 5)) for _ in ways], dtype=np.int64)
    near = (chance.choice((0, 3, 9)), chance.choice((0, 2)))
    return Occasion(decisions, ways, costs, chance.random() < 0.8, near)


@pytest.mark.parametrize("seed", few(range(60), 20))
def test_what_hangs_together_is_covered_at_the_least_cost(seed: int) -> None:
    chance = random.Random(seed)
    units = chance.randint(1, 3)
    own = [occasion(chance, tuple(2 + d * units + u for u in range(units))) for d in range(3)]
    rows = [
        Row(
            tuple(2 + d * units + u for d in range(3)),
            chance.randint(1, 2),
            chance.choice((1, 2, 2, 3, None)),
        )
        for u in range(units)
    ]
    prices = np.array([0, 0, *(chance.randint(-4, 9) for _ in range(3 * units))], dtype=np.int64)
    parts = np.array([chance.randint(-5, 5) for _ in own], dtype=np.int64)
    toll = chance.randint(0, 3)

    def cost(choice: tuple[int, ...]) -> int | None:
        total, true = 0, set[int]()
        for each, way, part in zip(own, choice, parts.tolist(), strict=True):
            if way < 0:
                if not each.spared:
                    return None
                continue
            taken = [each.decisions[place] for place in np.flatnonzero(each.ways[way])]
            total += toll * int(each.costs[way]) + part + int(prices[taken].sum())
            true.update(taken)
        for row in rows:
            given = len(true.intersection(row.decisions))
            # More than is needed is let go where the row does not allow for exactly that.
            if given < row.needed or (row.most == row.needed and given > row.needed):
                return None
        return total

    choices = product(*(range(-1, len(each.ways)) for each in own))
    costs = [known for known in map(cost, choices) if known is not None]
    used, had = np.zeros(len(prices), dtype=np.int64), np.zeros(3, dtype=np.int64)
    found = Covering(own, [rows]).cheapest(prices, parts, toll, used, had)
    if not costs:
        assert found.cost >= FAR // 2
        return
    assert found.cost == min(costs)
    assert found.cost == used @ prices + had @ parts + toll * found.spent
    assert all(used[list(row.decisions)].sum() >= row.needed for row in rows)


def test_too_many_demands_together_are_refused() -> None:
    rows = [Row((2 + u,), 1, 1) for u in range(14)]
    every = np.ones((1, 14), dtype=np.int64)
    own = Occasion(tuple(range(2, 16)), every, np.zeros(1, dtype=np.int64), True, (0, 0))
    with pytest.raises(ValueError, match="16384"):
        Covering([own], [rows])


def test_occasions_that_are_not_in_one_family_each_are_refused() -> None:
    """What is paid for a part must be paid by somebody, once."""
    one, other = (
        Occasion((v,), np.ones((1, 1), np.int64), np.zeros(1, np.int64), True, (0, 0))
        for v in (2, 3)
    )
    first, second = Row((2,), 1, 1), Row((3,), 1, 1)
    assert Covering([one, other], [[first], [second]]).size == 6
    for occasions, families in (
        ([one, other], [[first]]),
        ([one, other], [[first], [second], [second]]),
        ([one, one], [[first]]),
    ):
        with pytest.raises(ValueError, match="one"):
            Covering(occasions, families)


@pytest.mark.parametrize("seed", few(range(60), 20))
def test_parts_are_taken_where_they_pay_best(seed: int) -> None:
    chance = random.Random(seed)
    shared = [[occasion(chance, (2,)) for _ in range(chance.randint(1, 5))] for _ in range(2)]
    if chance.random() < 0.3:  # one that nobody can have any more
        none: Numbers = np.empty((0, 1), dtype=np.int64)
        shared[0][0] = Occasion((2,), none, np.empty(0, dtype=np.int64), True, (0, 0))
    prices = [
        np.array([chance.randint(0, 9) for _ in range(len(own) + 1)], dtype=np.int64)
        for own in shared
    ]
    room, toll, unit = chance.choice((2, 4, 9)), chance.randint(0, 2), chance.choice((1, 3))
    pays = np.array([chance.randint(-3, 9) for own in shared for _ in own], dtype=np.int64)

    def cost(number: int, had: tuple[int, ...]) -> int | None:
        own, first = shared[number], len(shared[0]) * number
        total = unit * int(prices[number][sum(had) :].min())
        for place, taken in enumerate(had):
            if (taken and not len(own[place].ways)) or (not taken and not own[place].spared):
                return None
            if not taken:
                continue
            total -= int(pays[first + place])
            for back, near in enumerate(own[place].near, start=1):
                if back <= place and had[place - back]:
                    if near > room:
                        return None
                    total += toll * near
        return total

    least = 0
    for number, own in enumerate(shared):
        known = [cost(number, had) for had in product((0, 1), repeat=len(own))]
        lawful = [each for each in known if each is not None]
        least = FAR if least == FAR or not lawful else least + min(lawful)
    had = np.zeros(len(pays), dtype=np.int64)
    found = TakingPart(shared, prices, room).cheapest(pays, toll, unit, had)
    assert found.cost == least
    if least < FAR:
        parts = tuple(had.tolist())
        split = len(shared[0])
        told = cost(0, parts[:split]), cost(1, parts[split:])
        assert sum(each for each in told if each is not None) == least


@pytest.mark.parametrize("seed", few(range(60), 20))
def test_other_duties_go_where_they_are_cheapest(seed: int) -> None:
    """What is in no row of its own is had only where it is paid for."""
    chance = random.Random(seed)
    prices = np.array([0, 0, *(chance.randint(-3, 5) for _ in range(9))], dtype=np.int64)
    rows = [
        Row((2, 3, 4), chance.randint(0, 2), chance.choice((2, 3, None))),
        Row((5, 6), 1, chance.choice((1, 2))),
        Row((6, 7), 1, 1),  # speaks of what is in a row already
        Row((8, 9), 1, 1),  # speaks of what is chosen elsewhere
    ]
    named, inside = set(range(2, 11)), {9}
    used = np.zeros(len(prices), dtype=np.int64)
    found = Others(named, inside, rows).cheapest(prices, used)
    least = min(
        sum(int(prices[v]) for v in true)
        for bits in product((0, 1), repeat=8)
        for true in [[v for v, bit in zip((2, 3, 4, 5, 6, 7, 8, 10), bits, strict=True) if bit]]
        if all(
            row.needed <= len(set(true) & set(row.decisions)) <= (row.most or 3) for row in rows[:2]
        )
    )
    assert found == least == used @ prices
