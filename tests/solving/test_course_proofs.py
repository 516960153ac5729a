"""Bounds and cases in whole numbers against enumeration."""

import random
import threading
from itertools import product
from math import inf

import numpy as np
import pytest

from scheduler.solving import course_proofs
from scheduler.solving.board import BROKEN
from scheduler.solving.bounding import Method
from scheduler.solving.branching import Branching, Outcome
from scheduler.solving.course_proofs import CourseProofs
from scheduler.solving.courses import Courses
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.grid import grid
from scheduler.solving.labels import (
    NEVER,
    Labels,
    cheapest,
    labels,
    link_prices,
    narrow,
    rest_of,
)
from scheduler.solving.model import TRUE, Constraint, Model
from scheduler.solving.packed import Numbers
from scheduler.solving.proving import Prover
from scheduler.solving.search import Search
from scheduler.solving.state import Index, State
from scheduler.solving.trellis import Trellis, trellis
from scheduler.solving.whole_bounds import WholeRows, sides
from tests.solving.test_courses import own_model
from tests.solving.test_whole_courses import best, lawful, mixed_model
from tests.support import few


def walks(t: Trellis, own: Labels, prices: Numbers) -> list[int]:
    """What every walk costs, one by one."""
    found: list[int] = []

    def follow(label: int, spent: int) -> None:
        if label == own.end:
            found.append(spent)
            return
        for arc in range(own.arc_at[label], own.arc_at[label + 1]):
            follow(own.heads[arc], spent + int(prices[own.links[arc]]))

    if own.end >= 0:
        follow(0, 0)
    return sorted(found)


@pytest.mark.parametrize("seed", few(range(40), 10))
def test_labels_hold_every_lawful_course_within_the_limit(seed: int) -> None:
    index = Index(own_model(seed) if seed % 2 else mixed_model(seed, units=7))
    courses = Courses(index.packed, grid(index.packed))
    chance = np.random.default_rng(seed)
    for doctor in range(len(courses)):
        course = courses.of(doctor)
        size = len(course.decisions) + len(course.variables)
        graph = trellis(course, np.ones(size, dtype=np.bool_))
        if graph is None:
            continue
        costs = chance.integers(-9, 10, size)
        lawful_costs = []
        for bits in product((0, 1), repeat=len(course.decisions)):
            state = State(index, course.decisions[np.flatnonzero(bits)].tolist())
            if not state.board.constraints[course.constraints, BROKEN].any():
                values = state.board.values[[*course.decisions, *course.variables]]
                lawful_costs.append(int(costs @ values))
        lawful_costs.sort()
        prices = link_prices(graph, costs)
        tolls = chance.integers(-5, 6, len(graph.lows))
        tolls[(np.abs(graph.highs) >= NEVER >> 1) & (tolls > 0)] = 0
        tolls[(np.abs(graph.lows) >= NEVER >> 1) & (tolls < 0)] = 0
        for limit in (-100, lawful_costs[0] - 1, lawful_costs[0], lawful_costs[0] + 3, 1000):
            own = labels(graph, prices, tolls, limit, 10**6)
            assert own is not None
            wanted = [cost for cost in lawful_costs if cost <= limit]
            met = walks(graph, own, prices)
            assert [cost for cost in met if cost <= limit] == wanted
            assert all(cost in lawful_costs for cost in met)
            none = np.zeros(len(prices), dtype=np.bool_)
            rest = rest_of(own, prices, none)
            if wanted:
                assert rest[0] == wanted[0]
                assert prices[cheapest(own, prices, rest)].sum() == wanted[0]
                closer = narrow(own, prices, wanted[0], none)
                assert walks(graph, closer, prices)[0] == wanted[0]
                banned = chance.random(len(prices)) < 0.2
                left = walks(graph, narrow(own, prices, 1000, banned), prices)
                assert len(left) <= len(met)
            else:
                assert own.end < 0
        assert labels(graph, prices, tolls, 1000, 1) is None or len(lawful_costs) <= 1
        between = sides(graph, costs, prices, np.zeros(len(graph.lows)))
        assert between.low <= lawful_costs[0]
        assert between.high is None or between.high >= lawful_costs[0]


@pytest.mark.parametrize("seed", few(range(20), 5))
def test_no_multipliers_prove_more_than_the_best(seed: int) -> None:
    index = Index(mixed_model(seed))
    generator = Generator.of(index.packed)
    assert generator is not None
    rows, least = WholeRows(generator.coupling, generator.trellises), best(index)
    chance = np.random.default_rng(seed)
    size = len(generator.coupling.lows)
    for scale in (0.0, 1.0, 30.0, 1e4, inf):
        multipliers = chance.normal(size=size) * scale if scale < inf else np.full(size, inf)
        tolls = chance.normal(size=len(rows.classes)) * min(scale, 1e4)
        weighed = rows.weigh(multipliers, tolls)
        low = weighed.rest
        for graph, prices in zip(rows.trellises, weighed.prices, strict=True):
            if graph is not None:
                none = np.zeros(len(graph.lows), dtype=np.int64)
                own = labels(graph, prices, none, NEVER >> 2, 10**6)
                assert own is not None
                low += int(rest_of(own, prices, np.zeros(len(prices), dtype=np.bool_))[0])
        assert rows.rounded(low, weighed.digits) <= least


@pytest.mark.parametrize("seed", few(range(30), 10))
def test_the_bound_is_the_best_and_the_best_is_found(seed: int) -> None:
    model = mixed_model(seed, doctors=3 + seed % 2, units=5 - seed % 2)
    if seed % 3 == 0:
        model.groups = {**model.groups, "doctors": [*model.groups["doctors"], []]}
    index = Index(model)
    generator = Generator.of(index.packed)
    assert generator is not None
    state, least = lawful(index), best(index)
    proofs = CourseProofs(generator)
    told: list[int] = []
    present = generator.present(state)
    chosen = proofs.run(present, state.score()[0], lambda: 60.0, raised=told.append)
    found = state.score()[0] if chosen is None else State(index, chosen).score()[0]
    assert chosen is None or not State(index, chosen).violation
    assert proofs.bound == least == found
    assert told == sorted(set(told))
    again = CourseProofs(generator)
    assert again.run(present, state.score()[0], lambda: 60.0) == chosen
    assert again.run(present, state.score()[0], lambda: 0.0) is None


@pytest.mark.parametrize("seed", few(range(30), 10))
def test_generating_ends_only_when_no_course_betters_the_mixture(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where multipliers are weighed in every round, and courses were met in that round."""
    monkeypatch.setattr(course_proofs, "_FIRST", 1)
    index = Index(mixed_model(seed, doctors=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    proofs = CourseProofs(generator)
    proofs.run(generator.present(lawful(index)), 10**6, lambda: 60.0)
    mixed = proofs._columns.solve(lambda: 60.0)
    assert mixed is not None
    wishes = {n: Wish(worth) for n, worth in enumerate(mixed.worth.tolist())}
    answers = generator.ask(mixed.multipliers, wishes, 1, None)
    known = {(own.doctor, own.decisions) for own in proofs._columns.columns}
    assert known.issuperset((c.doctor, c.decisions) for own in answers for c in own.columns)


@pytest.mark.parametrize("seed", few(range(30), 10))
def test_cases_alone_tell_which_scores_there_are(seed: int) -> None:
    """From nothing but one column each, and all walks, however dear."""
    index = Index(mixed_model(seed))
    generator = Generator.of(index.packed)
    assert generator is not None
    rows, least = WholeRows(generator.coupling, generator.trellises), int(best(index))
    every = []
    for graph in rows.trellises:
        assert graph is not None
        zeros = np.zeros(len(graph.heads), dtype=np.int64)
        own = labels(graph, zeros, np.zeros(len(graph.lows), dtype=np.int64), 0, 10**6)
        assert own is not None
        every.append(own)
    for score in (least - 1, least, least + 2):
        branching = Branching(rows, generator.present(lawful(index)))
        outcome, taken = branching.run(every, score, lambda: 60.0)
        assert outcome is (Outcome.NONE if score < least else Outcome.FOUND)
        if taken:
            met = rows.score(taken)
            state = State(index, [v for column in taken for v in column.decisions])
            assert not state.violation
            assert met == state.score()[0] <= score
    late = Branching(rows, generator.present(lawful(index)))
    assert late.run(every, least - 1, lambda: 0.0)[0] is Outcome.UNKNOWN


def test_a_row_that_may_not_be_broken_has_no_score() -> None:
    model = mixed_model(1)
    crew = tuple((1, own[1]) for own in model.groups["doctors"])
    model.demand(Constraint(crew, None, 1, TRUE, 0))
    generator = Generator.of(Index(model).packed)
    assert generator is not None
    rows = WholeRows(generator.coupling, generator.trellises)
    present = generator.present(lawful(Index(model)))
    assert rows.score(present) is not None
    limited = next(n for n, over in enumerate(generator.coupling.over) if over == inf)
    many = [own._replace(rows=np.array([limited]), amounts=np.array([9.0])) for own in present]
    assert rows.score(many) is None


def proven(model: Model, chosen: tuple[int, ...]) -> tuple[int, str]:
    own = Prover(model, chosen, seconds=60, workers=1, seed=1, stop=threading.Event()).run()
    return own.steps[0].bound, own.steps[0].method


def test_a_search_ends_when_it_is_proven_and_the_certificate_says_how() -> None:
    chance = random.Random(5)
    model = mixed_model(chance.randrange(99), doctors=12, units=9)
    search = Search(model, seconds=300.0, workers=1, seed=1, stop=threading.Event(), small=0)
    result = search.run()
    assert result.chosen is not None
    assert result.steps[0].proven
    bound, method = proven(model, result.chosen)
    assert bound == result.steps[0].value
    assert method in set(Method)
