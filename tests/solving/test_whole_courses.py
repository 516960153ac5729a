"""Walks, mixtures and dives against enumeration."""

import random
import threading
from collections.abc import Callable
from itertools import pairwise, product
from math import inf

import numpy as np
import pytest

from scheduler.solving import mixture
from scheduler.solving.board import BROKEN
from scheduler.solving.courses import Courses
from scheduler.solving.diving import STEADY, Mixing
from scheduler.solving.generating import Generator
from scheduler.solving.grid import grid
from scheduler.solving.mixture import Mixture
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.packed import pack
from scheduler.solving.search import Search
from scheduler.solving.state import Index, State
from scheduler.solving.trellis import trellis
from scheduler.solving.walks import walk
from scheduler.solving.whole_courses import Dives, WholeCourses
from tests.solving.test_courses import own_model
from tests.support import few


def mixed_model(seed: int, *, doctors: int = 3, units: int = 5) -> Model:
    """Doctors with limits, wishes and pairs of their own; too few and too many have a price."""
    chance = random.Random(seed)
    model = Model(decisions=doctors * units, uppers=[0, 1] + [1] * (doctors * units))
    cells = [[2 + d * units + u for u in range(units)] for d in range(doctors)]
    priced: list[tuple[int, int]] = []

    def define(kind: str, terms: list[tuple[int, int]], threshold: int, upper: int) -> int:
        model.uppers.append(upper)
        var = len(model.uppers) - 1
        model.define(Definition(var, kind, tuple(terms), threshold, upper))
        return var

    for own in cells:
        for first, second in pairwise(own):
            if chance.random() < 0.4:
                model.demand(Constraint(((1, first), (1, second)), None, 1, TRUE, 0))
        least = chance.randint(0, 2)
        hours = tuple((chance.randint(1, 3), v) for v in own)
        model.demand(Constraint(hours, least, least + 4, TRUE, 0))
        pair = define(AT_LEAST, [(1, own[0]), (1, own[2])], 2, 1)
        priced += [(chance.randint(1, 6), pair), (chance.randint(1, 4), chance.choice(own))]
    for u in range(units):
        wanted = chance.randint(1, 2)
        crew = [(1, own[u]) for own in cells]
        lacking = define(EXCESS, [(-1, v) for _, v in crew], -wanted, wanted)
        much = define(EXCESS, crew, wanted, doctors)
        priced += [(chance.randint(5, 20), lacking), (chance.randint(1, 3), much)]
    if chance.random() < 0.5:
        model.demand(Constraint(tuple((1, own[0]) for own in cells), None, 2, TRUE, 0))
    model.steps = [Step(1, "sum", "", "", 1, terms=tuple(priced), constant=chance.randint(0, 9))]
    model.groups = {"doctors": cells, "units": [list(own) for own in zip(*cells, strict=True)]}
    return model


def best(index: Index) -> float:
    """The least value of a lawful roster, by enumeration."""
    least = inf
    for bits in product((0, 1), repeat=index.model.decisions):
        state = State(index, [n + 2 for n, bit in enumerate(bits) if bit])
        if not state.violation:
            least = min(least, state.score()[0])
    return least


def lawful(index: Index) -> State:
    """Some lawful roster."""
    chance = random.Random(1)
    while True:
        some = [v for v in range(2, index.model.decisions + 2) if chance.random() < 0.3]
        state = State(index, some)
        if not state.violation:
            return state


@pytest.mark.parametrize("seed", few(range(40), 10))
def test_the_cheapest_walk_is_the_cheapest_course_and_no_bound_is_above_it(seed: int) -> None:
    index = Index(own_model(seed) if seed % 2 else mixed_model(seed, units=7))
    courses = Courses(index.packed, grid(index.packed))
    chance = np.random.default_rng(seed)
    walked = 0
    for doctor in range(len(courses)):
        course = courses.of(doctor)
        size = len(course.decisions) + len(course.variables)
        graph = trellis(course, np.ones(size, dtype=np.bool_))
        if graph is None:
            continue
        costs = np.array(chance.integers(-9, 10, size), dtype=np.float64)
        cheapest = inf
        for bits in product((0, 1), repeat=len(course.decisions)):
            state = State(index, course.decisions[np.flatnonzero(bits)].tolist())
            if not state.board.constraints[course.constraints, BROKEN].any():
                own = state.board.values[[*course.decisions, *course.variables]]
                cheapest = min(cheapest, float(costs @ own))
        tolls = np.array(chance.integers(-5, 6, len(graph.lows)), dtype=np.float64)
        for width in (1, 2):
            low, found, _, _ = walk(graph, costs, tolls.copy(), width, inf)
            assert low <= cheapest + 1e-6
            assert all(cheapest - 1e-6 <= cost for cost in found)
        low, found, _, _ = walk(graph, costs, tolls.copy(), 200, inf)
        assert low <= cheapest + 1e-6
        assert found[0] == pytest.approx(cheapest)
        _, found, _, _ = walk(graph, costs, tolls.copy(), 1, cheapest)
        assert not len(found)  # what costs as much is not wanted
        walked += 1
    assert walked or seed % 2


def test_links_that_are_too_many_are_told() -> None:
    index = Index(mixed_model(0))
    course = Courses(index.packed, grid(index.packed)).of(0)
    priced = np.ones(len(course.decisions) + len(course.variables), dtype=np.bool_)
    assert trellis(course, priced) is not None
    assert trellis(course, priced, 4) is None


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_a_mixture_costs_no_more_than_the_best_roster_and_a_dive_no_less(seed: int) -> None:
    index = Index(mixed_model(seed))
    generator = Generator.of(index.packed)
    assert generator is not None
    state, least = lawful(index), best(index)
    mixing = Mixing(generator, generator.present(state), range(3), lambda: 60.0)
    assert mixing.generate(0)
    assert mixing.value == pytest.approx(state.score()[0])  # one column each: the roster itself
    assert mixing.generate(200)
    assert mixing.bound <= mixing.value + 1e-6
    assert mixing.bound <= least + 1e-6
    assert mixing.value <= least + 1e-6
    columns = mixing.dive(STEADY, inf)
    assert columns is not None
    found = State(index, [v for column in columns for v in column.decisions])
    assert not found.violation
    assert found.score()[0] == pytest.approx(mixing.value)
    assert found.score()[0] >= least


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_dives_for_all_and_for_some_reach_the_best_of_a_small_model(seed: int) -> None:
    index = Index(mixed_model(seed, doctors=4, units=4))
    least = best(index)
    rosters = []
    for _ in range(2):
        courses = WholeCourses(index, seed, 1, threading.Event())
        assert courses.serves()
        state = lawful(index)
        told: list[int] = []
        courses.improve(
            state,
            until=lambda: 60.0,
            enough=lambda: -1000,
            found=lambda own, told=told: told.append(own.score()[0]),  # type: ignore[misc]
        )
        assert not state.violation
        assert state.score()[0] == least
        assert told == sorted(told, reverse=True)
        rosters.append(state.chosen)
    assert rosters[0] == rosters[1]  # one worker, one seed: one roster


def test_without_time_the_roster_stays_as_it_is() -> None:
    index = Index(mixed_model(3))
    courses = WholeCourses(index, 1, 1, threading.Event())
    assert courses.serves()
    state = lawful(index)
    before = state.chosen
    courses.improve(state, until=lambda: 0.0, enough=lambda: 0, found=lambda _: None)
    assert state.chosen == before
    assert not WholeCourses(index, 1, 1, threading.Event()).serves(lambda: True)


def test_what_ties_doctors_otherwise_is_not_mixed() -> None:
    """A worst-off, a guard of several doctors, or a shortfall that is used elsewhere."""
    plain = mixed_model(1)
    assert Generator.of(pack(plain)) is not None
    worst = mixed_model(1)
    worst.steps = [Step(1, "", "", "", 1, worst=1, entries=((((1, 2),), 0), (((1, 7),), 0)))]
    guarded = mixed_model(1)
    guarded.demand(Constraint(((1, 2), (1, 7)), None, 1, 12, 0))
    used = mixed_model(1)
    used.demand(Constraint(((1, used.steps[0].terms[-1][1]),), None, 1, TRUE, 0))
    for model in (worst, guarded, used):
        assert Generator.of(pack(model)) is None


def test_who_can_have_nothing_hinders_nobody() -> None:
    model = mixed_model(2)
    model.groups = {**model.groups, "doctors": [*model.groups["doctors"], []]}
    index = Index(model)
    courses = WholeCourses(index, 1, 1, threading.Event())
    assert courses.serves()
    state = lawful(index)
    courses.improve(state, until=lambda: 60.0, enough=lambda: -1000, found=lambda _: None)
    assert state.score()[0] == best(index)


def test_numbers_that_32_bits_do_not_hold_are_not_mixed() -> None:
    model = mixed_model(1)
    hours = tuple((10**9, v) for v in model.groups["doctors"][0])
    model.demand(Constraint(hours, None, 2 * 10**9, TRUE, 0))
    assert Generator.of(pack(model)) is None


def test_a_program_that_lost_its_way_is_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(mixed_model(4))
    generator = Generator.of(index.packed)
    assert generator is not None
    mixing = Mixing(generator, generator.present(lawful(index)), range(3), lambda: 60.0)
    tried: list[bool] = []
    solve = Mixture._solved

    def once(own: Mixture, left: Callable[[], float]) -> bool:
        tried.append(solve(own, left))
        return len(tried) > 1 and tried[-1]

    monkeypatch.setattr(Mixture, "_solved", once)
    assert mixing.generate(200)
    assert mixing.value <= best(index) + 1e-6


@pytest.mark.parametrize("seed", few(range(6), 2))
def test_a_search_that_mixes_reaches_what_it_would_without(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no dive betters anything: what is left of the time is annealed."""

    def reached() -> int:
        search = Search(
            mixed_model(seed, units=9),
            seconds=5.0,
            workers=1,
            seed=1,
            stop=threading.Event(),
            small=0,
        )
        steps = search.run().steps
        return int(steps[0].value)

    usual = reached()
    asked: list[WholeCourses] = []
    monkeypatch.setattr(WholeCourses, "improve", lambda own, *_, **__: asked.append(own))
    assert reached() == usual
    assert asked


def program(generator: Generator) -> Mixture:
    """Of all doctors, without columns."""
    rows = generator.coupling
    return Mixture(rows, np.zeros(len(rows.lows)), range(len(generator)))


@pytest.mark.parametrize("seed", few(range(6), 2))
def test_a_program_goes_on_slice_by_slice_and_ends_when_told(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(mixed_model(seed, doctors=5, units=6))
    generator = Generator.of(index.packed)
    assert generator is not None
    mixing = Mixing(generator, generator.present(lawful(index)), range(5), lambda: 60.0)
    assert mixing.generate(200)
    known = [own for columns in generator.known for own in columns.values()]
    whole = program(generator)
    assert whole.put(known) == len(known)
    at_once = whole.solve(lambda: 60.0)
    assert at_once is not None
    asked: list[float] = []

    def left() -> float:
        asked.append(60.0)
        return asked[-1]

    monkeypatch.setattr(mixture, "_SLICE", 1)
    sliced = program(generator)
    sliced.put(known)
    found = sliced.solve(left)
    assert found is not None
    assert len(asked) > 2
    assert found.value == pytest.approx(at_once.value)
    assert sliced.solve(lambda: 0.0) is None


@pytest.mark.parametrize("seed", few(range(6), 2))
def test_a_column_that_is_left_out_is_in_no_mixture_until_it_is_taken_in_again(seed: int) -> None:
    index = Index(mixed_model(seed))
    generator = Generator.of(index.packed)
    assert generator is not None
    Mixing(generator, generator.present(lawful(index)), range(3), lambda: 60.0).generate(200)
    known = [own for columns in generator.known for own in columns.values()]
    whole = program(generator)
    whole.put(known)
    first = whole.solve(lambda: 60.0)
    assert first is not None
    used = int(np.argmax(first.shares))
    whole.drop(used)
    without = whole.solve(lambda: 60.0)
    rest = program(generator)
    rest.put(own for number, own in enumerate(known) if number != used)
    expected = rest.solve(lambda: 60.0)
    assert without is not None
    assert expected is not None
    assert without.shares[used] == 0
    assert without.value == pytest.approx(expected.value)
    assert whole.put([known[used]]) == 1
    again = whole.solve(lambda: 60.0)
    assert again is not None
    assert again.value == pytest.approx(first.value)


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_what_doctors_cost_over_the_mixture_is_no_more_than_what_the_roster_does(seed: int) -> None:
    index = Index(mixed_model(seed))
    generator = Generator.of(index.packed)
    assert generator is not None
    state = lawful(index)
    present = generator.present(state)
    mixing = Mixing(generator, present, range(3), lambda: 60.0)
    assert mixing.generate(200)
    assert mixing.mixed is not None
    regrets = Dives(generator, mixing.mixed, lambda: 60.0, lambda: False).regrets(present)
    assert regrets.min() >= 0
    assert regrets.sum() <= state.score()[0] - mixing.value + 1e-6


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_a_dive_that_is_ended_rounds_what_it_had(seed: int) -> None:
    index = Index(mixed_model(seed))
    generator = Generator.of(index.packed)
    assert generator is not None
    asked = [60.0]
    present = generator.present(lawful(index))
    mixing = Mixing(generator, present, range(3), lambda: asked[0])
    assert mixing.generate(200)
    asked[0] = 0.0
    columns = mixing.dive(STEADY, inf)
    assert columns is not None
    assert [column.doctor for column in columns] == [0, 1, 2]
    for column in columns:  # each a lawful course of its doctor
        rest = [v for own in present if own.doctor != column.doctor for v in own.decisions]
        state = State(index, [*column.decisions, *rest])
        course = generator.coupling.shares[column.doctor].course
        assert not state.board.constraints[course.constraints, BROKEN].any()
    assert mixing.dive(STEADY, mixing.value) is None  # nothing better is in it


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_what_was_settled_and_is_taken_back_leaves_nothing_behind(seed: int) -> None:
    """Duties that nobody might have together, too: then somebody is without a course in between."""
    chance = random.Random(seed)
    index = Index(mixed_model(seed, doctors=4, units=6))
    generator = Generator.of(index.packed)
    assert generator is not None
    mixing = Mixing(generator, generator.present(lawful(index)), range(4), lambda: 60.0)
    mixing.generate(100)
    before, out = mixing.value, set(mixing._mixture.out)
    met = sorted({v for column in mixing._mixture.columns for v in column.decisions})
    for _ in range(4):
        chosen = chance.sample(met, 4)
        dropped = mixing._force(chosen)
        assert mixing._solve()
        assert mixing._mend(2, inf)
        mixing._free(chosen, dropped)
        assert mixing._solve()
        assert mixing.lawful
        assert mixing.value <= before + 1e-6  # courses that were met may have bettered it
        assert mixing._mixture.out <= out
        assert not any(mixing._forced.values())
