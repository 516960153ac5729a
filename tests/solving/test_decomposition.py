"""Bounds by doctor against enumeration: true at any multipliers, closed where they are good."""

import itertools
import math
import random
import threading
import time
from dataclasses import replace

import pytest

from scheduler.solving.bounding import Bounder, Method
from scheduler.solving.closing import Closing
from scheduler.solving.columns import Generation
from scheduler.solving.combining import combine
from scheduler.solving.cpsat import Effort, Verdict
from scheduler.solving.decomposition import Decomposition
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.focus import focus
from scheduler.solving.model import Model
from scheduler.solving.subproblems import split
from tests.solving.models import random_model
from tests.solving.test_proving import Roster, least, some

SEEDS = range(12)
NEVER = threading.Event()


def taken_apart(model: Model, number: int, roster: Roster) -> Decomposition:
    scores, chosen = roster
    return Decomposition(focus(model, number, scores), settle(model, chosen), 1, 1)


def in_a_minute() -> float:
    return time.monotonic() + 60


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prices_prove_too_much(seed: int) -> None:
    """Multipliers that are wrong, wild or no numbers at all: as if the linear solver lied."""
    chance = random.Random(seed)
    for model, roster, all_of_them in some(seed):
        for number in range(len(model.steps)):
            best = least(number, roster[0], all_of_them)
            parts = taken_apart(model, number, roster)
            proposed = parts.first(10)
            assert proposed is not None
            perturbed = [own + chance.uniform(-2, 2) for own in proposed]
            wild = [chance.choice((-1, 1)) * 10 ** chance.uniform(0, 14) for _ in proposed]
            broken_off = [chance.choice((math.nan, math.inf, -own)) for own in proposed]
            for multipliers in (proposed, perturbed, wild, broken_off, [0.0] * len(proposed)):
                assert parts.relax(multipliers, in_a_minute(), NEVER).bound <= best, number
            out_of_time = parts.relax(proposed, time.monotonic() - 1, NEVER)
            assert out_of_time.bound <= best
            assert out_of_time.found == (None,) * len(out_of_time.found)


def test_bounds_by_doctor_never_exceed_the_best_and_often_reach_it() -> None:
    reached = asked = 0
    for model, (scores, chosen), all_of_them in itertools.chain(*map(some, SEEDS)):
        for number in range(len(model.steps)):
            best = least(number, scores, all_of_them)
            bounder = Bounder(model, settle(model, chosen), workers=1, seed=1)
            told: list[int] = []
            found = bounder.by_doctor(number, -1000, 30, told.append)
            assert found.bound is not None
            assert max(told, default=-1000) <= found.bound <= best, number
            assert found.method in (Method.BY_DOCTOR, Method.COMBINATION)
            asked += 1
            reached += found.bound == best
    assert reached > asked / 2


def test_what_is_left_near_the_bound_raises_it() -> None:
    raised = met = 0
    for seed in range(30):
        for model, roster, all_of_them in some(seed):
            number = len(model.steps) - 1
            best = least(number, roster[0], all_of_them)
            parts = taken_apart(model, number, roster)
            relaxed = parts.relax([0.0] * len(parts.program.rows), in_a_minute(), NEVER)
            closing = Closing(parts, relaxed, Effort(20, 1, 1), NEVER)
            closed = closing.run(roster[0][number], relaxed.bound)
            assert relaxed.bound <= closed.bound <= best, seed
            raised += closed.bound > relaxed.bound
            if closed.chosen is not None:
                values = settle(model, closed.chosen)
                met += not any(broken(model, values)) and step_values(model, values)[number] == best
    assert raised
    assert met


def test_all_rosters_of_a_doctor_are_found() -> None:
    several = 0
    for seed in range(20):
        model = random_model(seed)
        scores, values = (0,) * len(model.steps), settle(model, ())
        parts = Decomposition(focus(model, 0, scores), values, 1, 1)
        for number, own_part in enumerate(parts.split.subproblems):
            own_rules = replace(
                model,
                constraints=[parts.focus.model.constraints[n] for n in own_part.constraints],
            )
            lawful = {
                frozenset(own)
                for bits in itertools.product((False, True), repeat=len(own_part.decisions))
                if not any(
                    broken(
                        own_rules,
                        settle(model, own := tuple(itertools.compress(own_part.decisions, bits))),
                    )
                )
            }
            solver = parts.solver(number)
            found = solver.every(1000, Effort(10, 1, 1), NEVER)
            assert found is not None
            assert set(found) == lawful, (seed, number)
            several += len(lawful) > 2
            if len(lawful) > 2:
                assert solver.every(1, Effort(10, 1, 1), NEVER) is None
    assert several


def test_rosters_are_combined_to_the_best() -> None:
    combined = 0
    for seed in range(10):
        for model, roster, all_of_them in some(seed):
            parts = taken_apart(model, 0, roster)
            solvers = [parts.solver(number) for number in range(len(parts.split.subproblems))]
            every = [own.every(1000, Effort(10, 1, 1), NEVER) or [] for own in solvers]
            found = combine(parts, every, 20)
            best = all_of_them[0][0][0]
            assert found.bound is not None
            assert found.bound <= best, seed
            if found.chosen is not None:
                values = settle(model, found.chosen)
                if not any(broken(model, values)):
                    assert step_values(model, values)[0] == found.bound == best
                    combined += 1
            below = combine(parts, every, 20, score=found.bound - 1)
            assert below.verdict is Verdict.INFEASIBLE
            assert combine(parts, every, 0).verdict is Verdict.UNKNOWN
    assert combined


def test_good_prices_are_found_from_none() -> None:
    better = 0
    for seed in range(30):
        for model, roster, all_of_them in some(seed):
            best = least(0, roster[0], all_of_them)
            parts = taken_apart(model, 0, roster)
            multipliers = Generation(parts, in_a_minute(), NEVER, goal=best)
            nothing, _ = multipliers.ask([0.0] * len(parts.program.rows))
            multipliers.run()
            assert multipliers.best is not None
            assert nothing.bound <= multipliers.best.bound <= best, seed
            better += multipliers.best.bound > nothing.bound
    assert better


def test_a_stop_ends_it_with_what_is_proven() -> None:
    model, roster, all_of_them = next(some(3))
    stop = threading.Event()
    stop.set()
    bounder = Bounder(model, settle(model, roster[1]), workers=1, seed=1, stop=stop)
    found = bounder.by_doctor(2, -1000, 30)
    assert found.bound is None or found.bound <= least(2, roster[0], all_of_them)
    assert not found.chosen


def test_a_block_is_what_speaks_of_one_doctor() -> None:
    model = random_model(2)
    parts = split(model)
    assert len(parts.subproblems) == len(model.groups["doctors"])
    seen_definitions: set[int] = set(parts.definitions)
    seen_constraints: set[int] = set(parts.constraints)
    for number, subproblem in enumerate(parts.subproblems):
        assert list(subproblem.decisions) == sorted(model.groups["doctors"][number])
        for own in subproblem.definitions:
            terms = model.definitions[own].terms
            assert {parts.owner[v] for _, v in terms} == {number}
        seen_definitions.update(subproblem.definitions)
        seen_constraints.update(subproblem.constraints)
    assert parts.definitions
    assert seen_definitions == set(range(len(model.definitions)))
    assert seen_constraints == set(range(len(model.constraints)))
    alone = split(replace(model, groups={}))
    assert [subproblem.decisions for subproblem in alone.subproblems] == [
        (var,) for var in range(2, model.decisions + 2)
    ]
