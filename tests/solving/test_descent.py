"""Courses in turn: lawful where each is, never for the worse, and judged by the whole model."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from scheduler.solving import generating, whole_courses
from scheduler.solving import trellis as trellis_of
from scheduler.solving.annealing import Reals
from scheduler.solving.cool import Crew
from scheduler.solving.courses import Courses
from scheduler.solving.descent import Descent, Prices, Worth, first_columns
from scheduler.solving.first import First
from scheduler.solving.generating import Answer, Generator, Wish
from scheduler.solving.grid import grid
from scheduler.solving.improve import Improver
from scheduler.solving.mixture import Column
from scheduler.solving.model import EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.packed import Numbers
from scheduler.solving.result import Ending
from scheduler.solving.state import Index, State
from scheduler.solving.whole_courses import WholeCourses
from scheduler.solving.windows import Windows
from tests.solving.test_whole_courses import best, lawful, mixed_model
from tests.support import few


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_a_first_roster_is_lawful_and_no_doctor_alone_betters_it(seed: int) -> None:
    index = Index(mixed_model(seed, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    columns = first_columns(generator, seed, lambda: False)
    again = first_columns(generator, seed, lambda: False)
    if columns is None:  # a limit on several doctors may stand in the way of who comes last
        assert again is None
        return
    assert again is not None
    assert [c.decisions for c in columns] == [c.decisions for c in again]
    descent = Descent(generator, sorted(columns))
    state = State(index, descent.decided.tolist())
    assert not state.violation
    assert state.score()[0] == pytest.approx(descent.value)
    assert descent.value >= best(index)
    assert not descent.turn(range(4), lambda: False)


@pytest.mark.parametrize("seed", few(range(12), 4))
@pytest.mark.parametrize("workers", [1, 2])
def test_a_turn_makes_nothing_worse_and_counts_as_the_model_counts(seed: int, workers: int) -> None:
    index = Index(mixed_model(seed, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    state = lawful(index)
    with ThreadPoolExecutor(workers) as pool:
        descent = Descent(generator, generator.present(state), pool, workers)
        assert descent.lawful
        assert descent.value == pytest.approx(state.score()[0])
        for _ in range(5):
            before = descent.value
            better = descent.turn(range(4), lambda: False)
            assert descent.lawful
            assert descent.value <= before + 1e-6
            assert better or descent.value == pytest.approx(before)
            state.become(descent.decided)
            assert not state.violation
            assert state.score()[0] == pytest.approx(descent.value)


def test_who_gets_no_course_at_what_rows_pay_gets_one_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    generator = Generator.of(Index(mixed_model(1)).packed)
    assert generator is not None
    ask = Generator.ask

    def picky(own: Generator, multipliers: Reals, *given: Any) -> list[Answer]:
        answers = ask(own, multipliers, *given)
        return [replace(answer, columns=()) for answer in answers] if multipliers.any() else answers

    monkeypatch.setattr(Generator, "ask", picky)
    descent = Descent(generator, [None] * 3)
    assert descent.multipliers.any()
    assert descent.build(range(3), lambda: False)


def test_a_limit_that_no_course_alone_keeps_is_told() -> None:
    """Somebody must have the first duty, and nobody can."""
    model = mixed_model(1)
    first = [own[0] for own in model.groups["doctors"]]
    model.demand(Constraint(tuple((1, v) for v in first), 1, None, TRUE, 0))
    for var in first:
        model.demand(Constraint(((1, var),), None, 0, TRUE, 0))
    generator = Generator.of(Index(model).packed)
    assert generator is not None
    assert first_columns(generator, 1, lambda: False) is None
    assert first_columns(generator, 1, lambda: True) is None  # nor without time


def test_courses_come_before_annealing_where_the_construction_breaks_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = mixed_model(4, doctors=4, units=6)
    for own in model.groups["doctors"]:
        model.demand(Constraint(tuple((1, v) for v in own), 2, None, TRUE, 0))
    index, stop = Index(model), threading.Event()
    annealed: list[State] = []
    monkeypatch.setattr(Crew, "anneal", lambda _, state, *__, **___: annealed.append(state))
    first = First(
        index,
        Crew(index, 1, 1, stop),
        Improver(index, 1, 1, stop),
        1,
        1,
        lambda: 20.0,
        -1000,
        stop,
        WholeCourses(index, 1, 1, stop),
    )
    state = first.find(())
    assert isinstance(state, State)
    assert not state.violation
    assert not annealed


def test_where_there_are_many_rows_windows_are_mixed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole_courses, "_MIXED", 0)
    index = Index(mixed_model(5, doctors=4, units=4))
    reached = []
    for _ in range(2):
        courses = WholeCourses(index, 1, 1, threading.Event())
        assert courses.serves()
        state = lawful(index)
        left = iter(range(300, 0, -1))
        courses.improve(
            state,
            until=lambda: float(next(left, 0)),  # noqa: B023 (called here and now)
            enough=lambda: -1000,
            found=lambda _: None,
        )
        assert not state.violation
        reached.append((state.score()[0], state.chosen))
    assert reached[0] == reached[1]
    assert best(index) <= reached[0][0] < lawful(index).score()[0]


def test_columns_that_were_met_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generating, "_ROOM", 0)
    monkeypatch.setattr(generating, "_LEAST", 4)
    index = Index(mixed_model(5, doctors=4, units=4))
    courses = WholeCourses(index, 1, 1, threading.Event())
    assert courses.serves()
    state = lawful(index)
    courses.improve(state, until=lambda: 60.0, enough=lambda: -1000, found=lambda _: None)
    assert state.score()[0] == best(index)


def scarce_model() -> Model:
    """Nobody beside another, though one more in a stretch saves far more than its price."""
    doctors, units = 2, 8
    model = Model(decisions=doctors * units, uppers=[0, 1] + [1] * (doctors * units))
    cells = [[2 + d * units + u for u in range(units)] for d in range(doctors)]
    for u in range(units):
        model.demand(Constraint(tuple((1, own[u]) for own in cells), None, 1, TRUE, 0))
    priced = []
    for begin in (0, 4):
        wanted = 480 * 8
        model.uppers.append(wanted)
        var = len(model.uppers) - 1
        minutes = tuple((-480, own[u]) for own in cells for u in range(begin, begin + 4))
        model.define(Definition(var, EXCESS, minutes, -wanted, wanted))
        priced.append((1, var))
    model.steps = [Step(1, "sum", "", "", 1, terms=tuple(priced))]
    model.groups = {"doctors": cells, "units": [list(own) for own in zip(*cells, strict=True)]}
    return model


def all_and(index: Index, generator: Generator, others: bool) -> Descent:
    """All units for the first doctor, and for the second as well or none."""
    some = index.model.groups["doctors"][: 2 if others else 1]
    decided = [v for own in some for v in own]
    return Descent(generator, generator.present(State(index, decided)))


def test_what_breaks_more_is_never_taken_whatever_it_saves() -> None:
    index = Index(scarce_model())
    generator = Generator.of(index.packed)
    assert generator is not None
    descent, broken = all_and(index, generator, False), all_and(index, generator, True)
    assert descent.lawful
    assert not broken.lawful
    assert broken.worth.off == 8
    second = [column for column in broken.columns if column is not None][1]
    weak = descent.twin()
    weak.prices = Prices(generator.coupling)
    weak.prices._under, weak.prices._over = (
        np.minimum(own, 1.0) for own in (weak.prices._under, weak.prices._over)
    )
    value = weak.value
    weak.turn([1], lambda: False)
    assert weak.worth.off == 0
    assert weak.value == value
    weak.take(1)
    weak.give(second)
    assert weak.value < value  # it would have been cheaper
    columns = first_columns(generator, 1, lambda: False)
    assert columns is not None
    assert Descent(generator, sorted(columns)).lawful


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_a_row_costs_more_than_any_course_saves(seed: int) -> None:
    for model in (mixed_model(seed), scarce_model()):
        generator = Generator.of(Index(model).packed)
        assert generator is not None
        rows = generator.coupling
        prices = Prices(rows)
        none = np.zeros(len(rows.lows))
        for doctor, share in enumerate(rows.shares):
            size = len(share.course.decisions)
            for bits in product((0, 1), repeat=min(size, 8)):
                values = np.zeros(len(share.costs))
                values[: len(bits)] = bits
                cost, amounts = share.weigh(values, len(none))
                soft = ~np.isinf(rows.under) & ~np.isinf(rows.over)
                saved = prices.of(none)[soft].sum() - prices.of(amounts)[soft].sum() - cost
                assert abs(saved) < prices.broken, doctor


def test_more_is_told_before_cheaper() -> None:
    assert Worth(0.0, 9.0).better(Worth(1.0, 3.0))
    assert Worth(1.0, 3.0).better(Worth(1.0, 4.0))
    assert not Worth(1.0, 3.0).no_worse(Worth(0.0, 9.0))
    assert Worth(1.0, 3.0).no_worse(Worth(1.0, 3.0))
    assert not Worth(1.0, 3.0).better(Worth(1.0, 3.0))


def test_what_the_model_finds_unlawful_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_courses, "_MIXED", 0)
    index = Index(scarce_model())
    courses = WholeCourses(index, 1, 1, threading.Event())
    assert courses.serves()
    generator = Generator.of(index.packed)
    assert generator is not None
    broken = [c for c in all_and(index, generator, True).columns if c is not None]
    asked: list[int] = []

    def blind(*_: object) -> list[Column]:
        asked.append(1)
        return broken

    monkeypatch.setattr(Windows, "mixed", blind)
    state = State(index, index.model.groups["doctors"][0])
    before, told = state.chosen, list[int]()
    left = iter(range(9, 0, -1))
    courses.improve(
        state,
        until=lambda: float(next(left, 0)),
        enough=lambda: -1000,
        found=lambda own: told.append(own.violation),
    )
    assert asked
    assert not told
    assert state.chosen == before


def test_laying_out_is_ended_from_outside_and_can_be_put_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = Index(mixed_model(5, doctors=4, units=4))
    stop = threading.Event()
    courses = WholeCourses(index, 1, 1, stop)
    assert not courses.serves(later=lambda: True)
    assert courses.serves()
    stop.set()
    assert not WholeCourses(index, 1, 1, stop).serves()
    waited: list[int] = []

    def endless(*given: object) -> None:
        ended = given[-1]
        assert isinstance(ended, np.ndarray)
        while not ended[0]:
            waited.append(1)
            time.sleep(0.001)

    monkeypatch.setattr(generating, "trellis", endless)
    asked = iter((False, True))
    assert Generator.of(index.packed, lambda: next(asked, True)) is None
    assert waited


def test_an_impossible_plan_is_told_while_courses_are_laid_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who looks at the whole beside it is heard while it goes on."""
    model = mixed_model(1)
    first = [own[0] for own in model.groups["doctors"]]
    model.demand(Constraint(tuple((1, v) for v in first), 1, None, TRUE, 0))
    for var in first:
        model.demand(Constraint(((1, var),), None, 0, TRUE, 0))
    index, stop = Index(model), threading.Event()

    def endless(*given: object) -> None:
        ended = given[-1]
        assert isinstance(ended, np.ndarray)
        while not ended[0]:
            time.sleep(0.001)

    monkeypatch.setattr(generating, "trellis", endless)
    own = (index, Crew(index, 1, 2, stop), Improver(index, 1, 2, stop))
    courses = WholeCourses(index, 1, 2, stop)
    assert First(*own, 1, 2, lambda: 600.0, -1000, stop, courses).find(()) is Ending.IMPOSSIBLE


def test_states_that_would_fill_the_memory_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(mixed_model(0))
    course = Courses(index.packed, grid(index.packed)).of(0)
    priced = np.ones(len(course.decisions) + len(course.variables), dtype=np.bool_)
    assert trellis_of.trellis(course, priced) is not None
    assert trellis_of.trellis(course, priced, ended=np.array([True])) is None
    monkeypatch.setattr(trellis_of, "_CELLS", course.room + 24)
    assert trellis_of.trellis(course, priced) is None


def test_walks_are_no_wider_than_memory_allows_and_end_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = Index(mixed_model(5, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    widths: list[int] = []

    def none(*given: object) -> tuple[float, Reals, Numbers, Numbers]:
        widths.append(int(str(given[3])))
        nothing = np.zeros(0, dtype=np.int64)
        return -np.inf, np.zeros(0), nothing, nothing

    monkeypatch.setattr(generating, "walk", none)

    def asked(over: bool) -> list[int]:
        widths.clear()
        multipliers = np.zeros(len(generator.coupling.lows))
        generator.ask(multipliers, {0: Wish(np.inf)}, 1, None, lambda: over)
        return widths.copy()

    assert asked(False) == [8, 32, 128]
    assert asked(True) == [8]
    own = generator.trellises[0]
    assert own is not None
    monkeypatch.setattr(generating, "_KEPT", 20 * len(own.link_at) * (6 + len(own.lows)))
    assert asked(False) == [8, 20]
    monkeypatch.setattr(generating, "_TRIED", 15 * 15 * len(own.heads))
    assert asked(False) == [8, 15]
    monkeypatch.setattr(generating, "_TRIED", 0)
    assert asked(False) == [8]
