"""Courses in turn: lawful where each is, never for the worse, and judged by the whole model."""

import random
import threading

import pytest

from scheduler.solving import generating, whole_courses
from scheduler.solving.cool import Crew
from scheduler.solving.descent import Descent, first_columns
from scheduler.solving.first import First
from scheduler.solving.generating import Generator
from scheduler.solving.improve import Improver
from scheduler.solving.model import TRUE, Constraint
from scheduler.solving.state import Index, State
from scheduler.solving.whole_courses import WholeCourses
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
def test_courses_given_anew_cost_no_more_and_are_counted_as_the_model_counts(seed: int) -> None:
    index = Index(mixed_model(seed, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    state = lawful(index)
    descent = Descent(generator, generator.present(state))
    assert descent.lawful
    assert descent.value == pytest.approx(state.score()[0])
    chance = random.Random(seed)
    for _ in range(20):
        before = descent.value
        columns = descent.twin().anew(chance.sample(range(4), 2))
        assert descent.value == before  # only the twin was changed
        if columns is None:
            continue
        assert descent.merge(columns)
        assert descent.value <= before + 1e-6
        state.become(descent.decided)
        assert not state.violation
        assert state.score()[0] == pytest.approx(descent.value)


def test_what_would_cost_more_is_not_merged() -> None:
    index = Index(mixed_model(2, doctors=4, units=4))
    generator = Generator.of(index.packed)
    assert generator is not None
    columns = first_columns(generator, 1, lambda: False)
    assert columns is not None
    descent = Descent(generator, sorted(columns))
    kept, value = descent.decided.tolist(), descent.value
    worse = Descent(generator, generator.present(lawful(index)))
    assert worse.value > value
    assert not descent.merge([c for c in worse.columns if c is not None])
    assert descent.decided.tolist() == kept
    assert descent.value == pytest.approx(value)


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


def test_where_there_are_many_rows_courses_are_given_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole_courses, "_MIXED", 0)
    monkeypatch.setattr(whole_courses, "_TURNING", 1.0)
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
