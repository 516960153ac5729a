"""What is read off CP-SAT's answers."""

import random
import threading
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

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


@pytest.mark.parametrize("soon", [0.0, 1e-6, 0.1])
def test_what_is_tried_sooner_comes_to_the_same(soon: float) -> None:
    """The cheapest six of twelve, of which no two neighbours go together."""
    variables = range(2, 14)
    costs = {var: (var * 7) % 11 - 4 for var in variables}
    rows = [Constraint(((1, v), (1, v + 1)), None, 1, TRUE, -1) for v in variables[:-1]]
    rows.append(Constraint(tuple((1, v) for v in variables), 5, None, TRUE, -1))
    known = {0: 0, 1: 1}
    compiled = Compiled(
        [0, 1, *[1] * 12], known, definitions=[], constraints=rows, decisions=variables
    )
    effort = Effort(seconds=20, workers=1, seed=1, deterministic=1.0, soon=soon)
    found = compiled.cheapest(costs, effort, threading.Event())
    assert found.chosen is not None
    assert found.bound == sum(costs[var] for var in found.chosen)
    assert found.bound == min(
        sum(costs[var] for var in chosen)
        for chosen in combinations_of(variables, 5, 6)
        if all(b - a > 1 for a, b in pairwise(chosen))
    )


def test_what_was_not_told_sooner_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """With so little work no optimum is proven, so it is asked with all there is."""
    model = rewarded()
    compiled = Compiled.whole(Index(model), [0, 1, *[0] * model.decisions])
    costs = {var: cost for cost, var in model.steps[0].terms}
    asked: list[float] = []
    told = Compiled._told

    def telling(self: Compiled, priced: bool, effort: Effort, stop: threading.Event) -> object:
        asked.append(effort.soon)
        return told(self, priced, effort, stop)

    monkeypatch.setattr(Compiled, "_told", telling)
    effort = Effort(seconds=20, workers=1, seed=1, deterministic=0.02, soon=0.01)
    compiled.cheapest(costs, effort, threading.Event())
    assert asked == [0.01, 0.0]
    asked.clear()
    stop = threading.Event()
    stop.set()
    compiled.cheapest(costs, effort, stop)
    assert asked == [0.01]


def combinations_of(variables: Sequence[int], least: int, most: int) -> Iterator[tuple[int, ...]]:
    for count in range(least, most + 1):
        yield from combinations(variables, count)
