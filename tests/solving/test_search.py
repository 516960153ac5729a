"""The search against enumeration of every roster, level by level."""

import itertools
import json
import threading
from functools import cache
from typing import Any

import pytest

from scheduler.solving.bounding import linear_bound
from scheduler.solving.cool import Crew
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.focus import glance, terms_of
from scheduler.solving.improve import Improver
from scheduler.solving.model import EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.packed import from_bytes, pack, to_bytes, unpack
from scheduler.solving.result import Ending, Progress, Result
from scheduler.solving.search import Search
from scheduler.solving.state import Index, State
from tests.solving.models import random_model


def enumerated(model: Model) -> tuple[int, ...] | None:
    """The lexicographically best step values over all choices of decisions."""
    variables = range(2, model.decisions + 2)
    best: tuple[int, ...] | None = None
    for bits in itertools.product((0, 1), repeat=model.decisions):
        values = settle(model, [v for v, bit in zip(variables, bits, strict=True) if bit])
        if not any(broken(model, values)):
            score = step_values(model, values)
            best = score if best is None or score < best else best
    return best


@cache
def best_of(seed: int) -> tuple[int, ...] | None:
    """The same of the random model of a seed, enumerated once for all tests."""
    return enumerated(random_model(seed))


def searched(model: Model, stop: threading.Event | None = None, small: int = 1000) -> Result:
    event = stop or threading.Event()
    return Search(model, seconds=20, workers=1, seed=1, stop=event, small=small).run()


@pytest.mark.parametrize("seed", range(200))
def test_optimum_equals_enumeration_level_by_level(seed: int) -> None:
    model = random_model(seed, doctors=2 + seed % 2, units=4 - seed % 2)
    expected = enumerated(model)
    result = searched(model)
    if expected is None:
        assert result.ending is Ending.IMPOSSIBLE
        assert result.chosen is None
        return
    assert result.ending is Ending.SOLVED
    assert tuple(step.value for step in result.steps) == expected
    assert all(step.proven and step.bound == step.value for step in result.steps)
    assert result.chosen is not None
    values = settle(model, result.chosen)
    assert not any(broken(model, values))
    assert step_values(model, values) == expected


@pytest.mark.parametrize("seed", range(20))
def test_bounds_are_never_above_the_optimum_when_stopped_early(seed: int) -> None:
    model, expected = random_model(seed), best_of(seed)
    stop = threading.Event()
    stop.set()
    result = searched(model, stop=stop)
    if result.ending is Ending.SOLVED and expected is not None:
        assert result.stopped
        assert result.steps[0].bound <= expected[0] <= result.steps[0].value


@pytest.mark.parametrize("seed", range(20))
def test_improving_in_parts_reaches_the_optimum_of_small_models(seed: int) -> None:
    model, expected = random_model(seed), best_of(seed)
    result = searched(model, small=0)
    if expected is not None:
        assert tuple(step.value for step in result.steps) == expected
        assert all(step.bound <= best for step, best in zip(result.steps, expected, strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_the_linear_bound_never_exceeds_the_optimum(seed: int) -> None:
    model = random_model(seed)
    best = best_of(seed)
    result = searched(model)
    if best is None or result.chosen is None:
        return
    values = settle(model, result.chosen)
    for number, value in enumerate(best):
        bound = linear_bound(model, values, number, 10)
        assert bound is not None
        assert bound <= value


def test_the_linear_bound_is_tight_where_nothing_is_fractional() -> None:
    model = random_model(2)
    result = searched(model)
    assert result.chosen is not None
    values = settle(model, result.chosen)
    assert linear_bound(model, values, 0, 10) == result.steps[0].value


def test_too_large_a_relaxation_is_not_tried() -> None:
    model = random_model(2)
    values = settle(model, [])
    assert linear_bound(model, values, 0, 10, largest=1) is None
    assert linear_bound(model, values, 0, 10, largest=model.size) is not None
    terms = terms_of(glance(model, 0, step_values(model, values)).model)
    assert linear_bound(model, values, 0, 10, most=terms - 1) is None
    assert linear_bound(model, values, 0, 10, most=terms) is not None


def test_contradicting_pins_are_proven_impossible() -> None:
    model = random_model(1)
    contradiction = [Constraint(((1, 2),), pin, pin, TRUE, 0) for pin in (1, 0)]
    model.constraints = [*model.constraints, *contradiction]
    assert searched(model).ending is Ending.IMPOSSIBLE


def test_a_pin_on_what_cannot_be_is_proven_impossible() -> None:
    model = random_model(1)
    model.constraints = [*model.constraints, Constraint((), 1, None, TRUE, 0)]
    assert searched(model).ending is Ending.IMPOSSIBLE


@pytest.mark.parametrize("small", [0, 1000])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_plan_in_which_nobody_can_do_anything_ends(small: int, workers: int) -> None:
    model = Model(groups={"doctors": [], "units": []}, uppers=[0, 1, 3])
    model.definitions = [Definition(2, EXCESS, (), -3, 3)]
    model.steps = [Step(1, "holes", "", "", 1, constant=5), Step(5, "more", "", "", 1, ((1, 2),))]

    def run() -> Result:
        event = threading.Event()
        return Search(model, seconds=5, workers=workers, seed=1, stop=event, small=small).run()

    found = run()
    assert (found.ending, found.chosen) == (Ending.SOLVED, ())
    assert [step.value for step in found.steps] == [5, 3]
    model.constraints = [Constraint((), 1, None, TRUE, 0)]
    assert run().ending is Ending.IMPOSSIBLE


def test_progress_names_the_step_that_is_worked_on() -> None:
    model, told = random_model(7, doctors=3, units=4), list[Progress]()
    event = threading.Event()
    run = Search(
        model, seconds=20, workers=1, seed=1, stop=event, small=1000, tell=told.append
    ).run()
    assert run.ending is Ending.SOLVED
    steps = [own.step for own in told]
    assert steps[0] == 0
    assert len(set(steps)) > 1
    assert steps == sorted(steps)


def test_a_bound_is_dropped_where_a_step_that_it_rests_on_gets_worse() -> None:
    """What is better on the first step may be worse on the second, and the third was under that."""
    model = Model(
        decisions=2, uppers=[0, 1, 1, 1], groups={"doctors": [[2, 3]], "units": [[2], [3]]}
    )
    model.constraints = [Constraint(((1, 2), (1, 3)), None, 1, TRUE, 0)]
    model.steps = [
        Step(1, "first", "", "", 1, ((-1, 2),), 1),
        Step(4, "second", "", "", 1, ((1, 2),)),
        Step(5, "third", "", "", 1, ((-3, 2), (-2, 3)), 5),
    ]
    search = Search(model, seconds=20, workers=1, seed=1, stop=threading.Event())
    state = State(search.index, [3])
    assert state.score() == (1, 0, 3)
    search._whole(state, 2, 10.0)
    assert (state.score(), search.bounds[2]) == ((1, 0, 3), 3)
    search._take(state, frozenset([2]))
    assert (state.score(), search.bounds[2]) == ((0, 1, 2), 0)


@pytest.mark.parametrize("small", [0, 1000])
def test_what_breaks_something_is_never_kept_whoever_says_that_it_is_better(
    small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, forbidden = random_model(2), 2
    model.constraints = [*model.constraints, Constraint(((1, forbidden),), None, 0, TRUE, 0)]
    kept = list[list[int]]()

    def spoil(*arguments: Any, **_: Any) -> bool:
        [state] = [own for own in arguments if isinstance(own, State)]
        if not state.value(forbidden):
            state.flip(forbidden)
        return True

    def spoil_in_parts(improver: Improver, state: State, _: int, **more: Any) -> bool:
        spoil(state)
        more["found"](state)
        return spoil(state)

    monkeypatch.setattr("scheduler.solving.search.exchange", spoil)
    monkeypatch.setattr(Crew, "anneal", spoil)
    monkeypatch.setattr(Improver, "run", spoil_in_parts)
    result = Search(
        model,
        seconds=20,
        workers=1,
        seed=1,
        stop=threading.Event(),
        small=small,
        keep=kept.append,
    ).run()
    assert result.chosen is not None
    assert kept
    for chosen in (*kept, result.chosen):
        assert not any(broken(model, settle(model, chosen)))


@pytest.mark.parametrize("seed", [2, 5, 7])
def test_a_short_cooling_comes_before_the_long_one_and_what_it_finds_is_handed_on(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found by the short one is told before the other begins, which takes far longer."""
    kept: list[list[int]] = []
    calls: list[tuple[float, float, int, bool]] = []
    anneal = Crew.anneal

    def noted(crew: Crew, state: State, current: int, **more: Any) -> bool:
        if more["hot"] < 1.0:
            return anneal(crew, state, current, **more)  # of a later turn
        seconds, before = more["until"](), len(kept)
        found = anneal(crew, state, current, **more)
        calls.append((more.get("part", 1.0), seconds, before, found))
        return found

    monkeypatch.setattr(Crew, "anneal", noted)
    model = random_model(seed, doctors=4, units=6)
    search = Search(
        model,
        seconds=20,
        workers=1,
        seed=1,
        stop=threading.Event(),
        small=0,
        keep=kept.append,
        start=(),
    )
    assert search.run().ending is Ending.SOLVED
    assert any(found for part, _, _, found in calls if part < 1)
    pairs = [(one, two) for one, two in itertools.pairwise(calls) if one[0] < 1 and two[0] == 1]
    assert pairs
    for (_, short, before, found), (_, long, after, _) in pairs:
        assert short < long
        assert after == before + found


def test_same_seed_same_roster() -> None:
    model = random_model(7, doctors=3, units=4)
    assert searched(model).chosen == searched(model).chosen


@pytest.mark.parametrize("seed", range(30))
def test_incremental_values_equal_values_from_nothing(seed: int) -> None:
    model = random_model(seed, doctors=4, units=6)
    state = State(Index(model))
    for step in range(60):
        state.flip(2 + (step * 7 + seed) % model.decisions)
        values = settle(model, state.chosen)
        assert state.values == values
        assert state.score() == step_values(model, values)
        assert (state.violation == 0) == (not any(broken(model, values)))


def test_a_model_survives_the_way_to_another_process() -> None:
    model = random_model(3)
    head, body = to_bytes(pack(model))
    assert unpack(from_bytes(json.loads(json.dumps(head)), body)) == model
