"""What loads cost is never more than what their prices come to, whatever lies beyond them."""

import random
from itertools import product

import numpy as np
import pytest

from scheduler.solving.evaluate import settle
from scheduler.solving.loads import limits_of, loads_of
from scheduler.solving.model import Step
from tests.solving.posted import Posted
from tests.support import few


@pytest.mark.parametrize("seed", few(range(40), 15))
def test_no_roster_costs_less_than_its_loads(seed: int) -> None:
    """At any toll for one more the cheapest amount is no dearer than the amount there is."""
    chance = random.Random(seed)
    own = Posted(1, 5)
    (has,) = own.has
    unit = chance.choice((1, 2, 3))
    terms = [(unit * chance.choice((1, 2, 5, -1)), v) for v in has]
    if chance.random() < 0.6:
        terms.append((chance.choice((2, -2)), own.excess([(1, v) for v in has], 2)))
    own.price(terms, chance.randint(-2, 6), [chance.randint(1, 5) for _ in range(2)])
    own.price([(-c, v) for c, v in terms], chance.randint(-6, 2), [chance.randint(1, 5)])
    model = own.done()
    least = 0 if terms[0][0] < 0 else chance.choice((0, 4, 8))
    limits = {tuple(terms): least} if least else {}
    (load,) = loads_of(model, model.steps[1], limits, ())
    tight = False
    for bits in product((False, True), repeat=5):
        values = settle(model, tuple(v for v, bit in zip(has, bits, strict=True) if bit))
        if least and sum(c * values[v] for c, v in terms) > least:
            continue
        price = sum(c * values[v] for c, v in model.steps[1].terms)
        amount = sum(c * values[v] for c, v in load.terms)
        for toll in range(-20, 21):
            cheapest = int((load.costs - toll * load.amounts).min())
            assert cheapest <= price - toll * amount
            tight |= cheapest == price - toll * amount
    assert tight or least or len(terms) > 5


def test_what_is_priced_elsewhere_is_no_load() -> None:
    own = Posted(1, 3)
    (has,) = own.has
    own.price([(1, v) for v in has], 1, [3])
    model = own.done()
    (load,) = loads_of(model, model.steps[1], {}, ())
    assert load.variables == tuple(has)
    assert np.array_equal(load.amounts, [0, 1, 3])
    assert np.array_equal(load.costs, [0, 0, 6])
    assert not loads_of(model, model.steps[1], {}, {tuple(has)})


def test_limits_come_from_the_single_worst_off_and_the_lowest_holds() -> None:
    entries = ((((2, 2), (3, 3)), -5), ((), 0), (((-1, 2),), 0))
    one, two = (Step(4, "", "", "", 1, worst=k, entries=entries) for k in (1, 2))
    assert limits_of([two, one], (9, 4)) == {((2, 2), (3, 3)): 9}
    assert limits_of([one, one], (9, 4)) == {((2, 2), (3, 3)): 9}
    assert limits_of([two], (9,)) == {}
