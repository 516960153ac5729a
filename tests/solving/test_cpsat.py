"""What is read off CP-SAT's answers."""

import random
import threading

import pytest

from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.model import TRUE, Constraint, Model, Step
from scheduler.solving.state import Index


def rewarded() -> Model:
    """Many decisions, each worth something, under an equation for which no hint is at hand."""
    chance = random.Random(1)
    count = 200
    model = Model(decisions=count, uppers=[0, 1, *[1] * count])
    variables = range(2, count + 2)
    weights = tuple((chance.randint(5, 99), var) for var in variables)
    model.constraints = [
        Constraint(tuple((1, v) for v in sorted(chance.sample(variables, 6))), None, 2, TRUE, -1)
        for _ in range(2 * count)
    ]
    model.constraints.append(Constraint(weights, 8 * count + 1, 8 * count + 1, TRUE, -1))
    worth = tuple((-chance.randint(1, 9), var) for var in variables)
    model.steps = [Step(4, "", "", "", 1, terms=worth)]
    return model


@pytest.mark.parametrize("work", [0.0, 0.01])
def test_a_search_that_found_nothing_claims_no_bound_it_does_not_have(work: float) -> None:
    """The solver's own answer is 0 then, and every roster is worth less than that."""
    model = rewarded()
    compiled = Compiled.whole(Index(model), [0, 1, *[0] * model.decisions])
    effort = Effort(seconds=20, workers=1, seed=1, deterministic=work)
    answer = compiled.solve([(1, model.steps[0])], effort, threading.Event())
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.bound is None or answer.bound < 0
