"""What each kind of count may come to: against enumeration of every roster."""

import itertools
import random

import pytest

from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import Model
from scheduler.solving.pots import Pot, pots_of
from scheduler.solving.state import Index, State
from tests.solving.posted import Posted
from tests.support import few


def rosters(model: Model) -> list[tuple[list[int], tuple[int, ...]]]:
    """The values of every lawful roster, with its steps."""
    variables = range(2, model.decisions + 2)
    found = []
    for bits in itertools.product((False, True), repeat=model.decisions):
        values = settle(model, tuple(itertools.compress(variables, bits)))
        if not any(broken(model, values)):
            found.append((list(values), step_values(model, values)))
    return found


def drawn(chance: random.Random) -> Model:
    """Three doctors, four units: counts, who takes part, points, and wishes."""
    own = Posted(3, 4)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [chance.randint(1, 4), 5])
        own.terms.append((chance.randint(1, 6), own.any_of(has[:2])))
        weights = [chance.randint(1, 9) for _ in has]
        own.price(list(zip(weights, has, strict=True)), chance.randint(1, 12), [1, 2])
        own.terms.append((-chance.randint(1, 5), chance.choice(has)))
        if chance.random() < 0.5:
            own.demand(tuple(chance.sample(has, 2)), None, 1)
    own.constant = chance.randint(0, 3)
    return own.done()


def cost(pot: Pot, values: list[int]) -> int:
    return sum(price * values[var] for price, var in pot.terms)


@pytest.mark.parametrize("seed", few(range(60), 15))
def test_a_roster_that_meets_the_bound_has_no_more_of_any_kind(seed: int) -> None:
    chance = random.Random(seed)
    model = drawn(chance)
    index = Index(model)
    found = rosters(model)
    best = min(scores for _, scores in found)
    begun = chance.choice([values for values, scores in found if scores[0] == best[0]])
    pots = pots_of(index, 1, best[1], best, begun)
    for values, scores in found:
        if scores == best:
            assert all(cost(pot, values) <= pot.most for pot in pots)


def test_what_is_weighed_is_in_no_kind_and_all_else_in_one() -> None:
    own = Posted(2, 3)
    for has in own.has:
        own.price([(1, v) for v in has], 1, [1])
    counted = sorted(own.terms)
    own.price([(2, own.has[0][0]), (3, own.has[0][1])], 2, [1, 1])
    model = own.done()
    pots = pots_of(Index(model), 1, 9, (0, 9), State(Index(model)).values)
    assert sorted(term for pot in pots for term in pot.terms) == counted


def test_doctors_who_are_asked_for_the_same_units_are_one_kind() -> None:
    own = Posted(3, 4)
    for has in own.has:
        own.price([(1, v) for v in has[:2]], 0, [1])
        own.price([(1, v) for v in has[2:]], 0, [1])
    model = own.done()
    pots = pots_of(Index(model), 1, 4, (0, 4), State(Index(model)).values)
    assert sorted(len(pot.terms) for pot in pots) == [3, 3]


def test_a_kind_may_cost_what_the_others_leave_of_the_bound() -> None:
    own = Posted(2, 4)
    for has in own.has:
        own.price([(1, v) for v in has[:2]], 0, [3])
        own.price([(1, v) for v in has[2:]], 0, [5])
    model = own.done()
    values = State(Index(model), own.has[0]).values
    pots = pots_of(Index(model), 1, 17, (0, 16), values)
    assert sorted(pot.most for pot in pots) == [17 - 10, 17 - 6]
