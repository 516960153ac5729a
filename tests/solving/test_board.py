"""The board's width follows from the model, and nothing else does."""

import random
from dataclasses import replace

import numpy as np
import pytest

from scheduler.solving.board import limits
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.model import Model
from scheduler.solving.part import part
from scheduler.solving.state import Index, State
from tests.solving.models import random_model


def enlarged(model: Model, factor: int) -> Model:
    """The same with every sum so many times as large."""
    model.definitions = [
        replace(
            d,
            terms=tuple((factor * c, v) for c, v in d.terms),
            threshold=factor * d.threshold,
            upper=factor * d.upper if d.kind == "excess" else d.upper,
        )
        if all(v < model.decisions + 2 for _, v in d.terms)
        else d
        for d in model.definitions
    ]
    for d in model.definitions:
        model.uppers[d.var] = d.upper
    return model


@pytest.mark.parametrize(
    ("factor", "width"), [(1, np.int32), (1 << 28, np.int32), (1 << 34, np.int64)]
)
def test_large_numbers_get_room(factor: int, width: type) -> None:
    model = random_model(2, doctors=4, units=6)
    if factor == 1 << 28:
        # As large as 32 bits allow: no sum of the definitions has so much.
        model.constraints = [replace(c, high=(1 << 30) - 1) for c in model.constraints]
    else:
        model = enlarged(model, factor)
    state = State(Index(model))
    assert {state.board.edges.dtype, state.board.constraints.dtype} == {np.dtype(width)}
    chance = random.Random(1)
    for _ in range(40):
        state.flip(chance.randrange(2, model.decisions + 2))
        values = settle(model, state.chosen)
        assert state.values == list(values)
        assert state.score() == tuple(step_values(model, values))
    for number, own in enumerate(model.constraints):
        assert limits(state.board, number) == (own.low, own.high)
    own_part = part(state, np.arange(2, model.decisions + 2))
    assert {(d.var, d.threshold) for d in own_part.definitions} == {
        (d.var, d.threshold) for d in model.definitions
    }
