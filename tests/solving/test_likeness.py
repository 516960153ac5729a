"""Days that are alike, and rows that are kept once."""

import random
from itertools import product
from math import inf

import numpy as np
import pytest

from scheduler.solving import trellis as trellis_of
from scheduler.solving.board import BROKEN
from scheduler.solving.courses import Courses
from scheduler.solving.distinct import Distinct
from scheduler.solving.grid import grid
from scheduler.solving.likeness import days_of
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.state import Index, State
from scheduler.solving.trellis import trellis
from scheduler.solving.walks import walk
from tests.support import few


def daily_model(seed: int, *, days: int = 6, odd: int = -1) -> Model:
    """One doctor: every day two shifts of which one can be had, and what ties days together.

    Args:
        seed: of what is demanded.
        days: how many.
        odd: the day on which more is demanded than on the others.
    """
    chance = random.Random(seed)
    model = Model(decisions=2 * days, uppers=[0, 1] + [1] * (2 * days))
    cells = [(2 + 2 * day, 3 + 2 * day) for day in range(days)]
    priced: list[tuple[int, int]] = []

    def define(kind: str, terms: tuple[tuple[int, int], ...], threshold: int, upper: int) -> int:
        model.uppers.append(upper)
        model.define(Definition(len(model.uppers) - 1, kind, terms, threshold, upper))
        return len(model.uppers) - 1

    worked = [define(AT_LEAST, ((1, early), (1, late)), 1, 1) for early, late in cells]
    bars, rests = chance.random() < 0.7, chance.random() < 0.7
    most, price = chance.randint(1, 2), chance.randint(1, 5)
    for day, (early, late) in enumerate(cells):
        model.demand(Constraint(((1, early), (1, late)), None, 1, TRUE, 0))
        if bars and day + 1 < days:
            model.demand(Constraint(((1, cells[day + 1][0]),), None, 0, late, 0))
        if rests and day + most < days:
            run = tuple((1, own) for own in worked[day : day + most + 1])
            model.demand(Constraint(run, None, most, TRUE, 0))
        if day + 1 < days:
            both = ((1, early), (1, cells[day + 1][1]))
            priced.append((price, define(EXCESS, both, 1, 1)))
        if day == odd:
            model.demand(Constraint(((1, early),), None, 0, TRUE, 0))
    hours = tuple((n + 2, var) for own in cells for n, var in enumerate(own))
    model.demand(Constraint(hours, 3, 3 + 2 * days, TRUE, 0))
    model.steps = [Step(1, "sum", "", "", 1, terms=tuple(priced))]
    model.groups = {
        "doctors": [list(range(2, 2 * days + 2))],
        "units": [[var] for own in cells for var in own],
        "days": [[2 * day, 2 * day + 1] for day in range(days)],
    }
    return model


@pytest.mark.parametrize("seed", few(range(24), 8))
def test_days_that_are_alike_lead_to_the_same_courses(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 3 == 2:
        monkeypatch.setattr(trellis_of, "_CELLS", 2_000)  # what was worked out is forgotten
    index = Index(daily_model(seed, odd=seed % 7 - 1))
    course = Courses(index.packed, grid(index.packed)).of(0)
    size = len(course.decisions) + len(course.variables)
    graph = trellis(course, np.ones(size, dtype=np.bool_))
    chance = np.random.default_rng(seed)
    costs = np.array(chance.integers(-9, 10, size), dtype=np.float64)
    cheapest = inf
    for bits in product((0, 1), repeat=len(course.decisions)):
        state = State(index, course.decisions[np.flatnonzero(bits)].tolist())
        if not state.board.constraints[course.constraints, BROKEN].any():
            own = state.board.values[[*course.decisions, *course.variables]]
            cheapest = min(cheapest, float(costs @ own))
    if graph is None:
        assert cheapest == inf
        return
    _, found, _, _ = walk(graph, costs, np.zeros(len(graph.lows)), 500, inf)
    assert found[0] == pytest.approx(cheapest)


def test_most_days_are_alike_but_for_the_first_the_last_and_what_is_near_an_odd_one() -> None:
    def distinct(odd: int) -> int:
        index = Index(daily_model(1, days=30, odd=odd))
        course = Courses(index.packed, grid(index.packed)).of(0)
        days = days_of(course, np.ones(course.shares.shape[1], dtype=np.bool_))
        assert len(days.alike) == 30
        assert (days.alike <= np.arange(30)).all()
        return len(np.unique(days.alike))

    assert distinct(-1) <= 8
    assert distinct(-1) < distinct(15) <= 14


def test_what_has_no_price_is_told_from_what_has() -> None:
    index = Index(daily_model(1, days=12))
    course = Courses(index.packed, grid(index.packed)).of(0)
    priced = np.ones(course.shares.shape[1], dtype=np.bool_)
    same = days_of(course, priced).alike
    at = len(course.decisions) + np.flatnonzero(np.isin(course.variables, [14 + 12 + 12 + 6]))
    assert len(at) == 1
    priced[at] = False
    assert (days_of(course, priced).alike != same).any()


def test_rows_are_numbered_as_they_come_and_kept_once() -> None:
    distinct = Distinct(2)
    chance = np.random.default_rng(1)
    known: dict[tuple[int, ...], int] = {}
    for count in (0, 3, 200, 1_000):
        rows = chance.integers(0, 20, (count, 2)).astype(np.int32)
        numbers = distinct.numbers(rows)
        for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
            assert known.setdefault(tuple(row), len(known)) == number
            assert distinct.rows[number].tolist() == row
        assert len(distinct) == len(known)
