"""A first blend of courses: counted rightly, priced truly, the same again with the same seed."""

import numpy as np
import pytest

from scheduler.solving.blending import Blend
from scheduler.solving.diving import Mixing
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.state import Index
from tests.solving.test_whole_courses import best, lawful, mixed_model
from tests.support import few


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_a_blend_is_no_better_than_the_best_mixture_nor_its_prices_than_the_truth(
    seed: int,
) -> None:
    index = Index(mixed_model(seed, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    state = lawful(index)
    present = generator.present(state)
    mixing = Mixing(generator, present, range(4), lambda: 60.0)
    blend, again = (Blend(generator, present, seed) for _ in range(2))
    assert blend.value == pytest.approx(state.score()[0])
    for _ in range(8):
        blend.turn(lambda: False)
        again.turn(lambda: False)
    np.testing.assert_array_equal(blend.multipliers, again.multipliers)
    rows = generator.coupling
    assert (blend.multipliers <= rows.under).all()
    assert (-blend.multipliers <= rows.over).all()
    wishes = {doctor: Wish(np.inf) for doctor in range(4)}
    answers = generator.ask(blend.multipliers, wishes, 1, None)
    assert (
        generator.bound(blend.multipliers, np.zeros(len(rows.lows)), answers) <= best(index) + 1e-6
    )
    mixing.recall(blend.multipliers)
    assert mixing.generate(100)
    assert mixing.value <= blend.value + 1e-6


def test_a_blend_that_is_cut_short_stays_as_it_is() -> None:
    index = Index(mixed_model(1, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    blend = Blend(generator, generator.present(lawful(index)), 1)
    before = blend.value
    blend.turn(lambda: True)
    assert blend.value == before
    assert not blend.multipliers.any()
