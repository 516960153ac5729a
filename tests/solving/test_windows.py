"""Windows of time against enumeration, and rosters that get better by them."""

from itertools import product

import numpy as np
import pytest

from scheduler.solving import windows as windows_module
from scheduler.solving.descent import Descent
from scheduler.solving.diving import Mixing
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.grid import grid
from scheduler.solving.sections import days_of_courses, section
from scheduler.solving.state import Index, State
from scheduler.solving.windows import Windows
from tests.solving.test_whole_courses import best, lawful, mixed_model
from tests.support import few


@pytest.mark.parametrize("seed", few(range(16), 5))
def test_a_section_costs_what_the_roster_costs_and_what_it_offers_is_lawful(seed: int) -> None:
    index = Index(mixed_model(seed, doctors=3, units=5))
    whole = Generator.of(index.packed)
    assert whole is not None
    state, chance = lawful(index), np.random.default_rng(seed)
    days = days_of_courses(whole, grid(index.packed))
    for first, end in ((0, 2), (1, 4), (2, 5), (0, 5)):
        own = section(whole, days, whole.present(state), first, end)
        assert Descent(own.generator, own.present).value == pytest.approx(state.score()[0])
        multipliers = chance.integers(-9, 10, len(own.generator.coupling.lows)).astype(np.float64)
        answers = own.generator.ask(multipliers, {d: Wish(np.inf) for d in range(3)}, 5, None)
        for doctor, answer in enumerate(answers):
            for column in answer.columns:
                other = State(index, state.chosen)
                mine = np.array(own.present[doctor].decisions, dtype=np.int64)
                kept = np.setdiff1d(other.decided, mine)
                other.become(np.union1d(kept, np.array(column.decisions, dtype=np.int64)))
                courses = Descent(own.generator, own.present)
                courses.take(doctor)
                courses.give(column)
                assert bool(other.violation) != courses.lawful
                if courses.lawful:
                    assert courses.value == pytest.approx(other.score()[0])


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_no_mixture_of_a_section_costs_more_than_the_best_of_what_it_can_be(seed: int) -> None:
    """The whole time is a section too, and nothing is left out of it."""
    index = Index(mixed_model(seed, doctors=3, units=4))
    whole = Generator.of(index.packed)
    assert whole is not None
    state = lawful(index)
    days = days_of_courses(whole, grid(index.packed))
    own = section(whole, days, whole.present(state), 0, 4)
    mixing = Mixing(own.generator, own.present, range(3), lambda: 60.0)
    assert mixing.generate(200)
    assert mixing.bound <= best(index) + 1e-6


@pytest.mark.parametrize("seed", few(range(8), 3))
def test_windows_make_a_roster_better_and_never_worse(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows_module, "_SHORTEST", 1)
    monkeypatch.setattr(windows_module, "_ROWS", 6)
    index = Index(mixed_model(seed, doctors=3, units=5))
    whole = Generator.of(index.packed)
    assert whole is not None
    reached = []
    for _ in range(2):
        state = lawful(index)
        windows = Windows(whole, grid(index.packed), seed)
        score = state.score()
        for _ in range(6):
            for first, end in windows.cut():
                own = windows.section(state, first, end)
                columns = windows.mixed(own, seed, lambda: 60.0)
                if columns is not None and windows.merge(state, own.present, columns):
                    assert state.score() < score
                    score = state.score()
                assert not state.violation
                assert state.score() == score
        reached.append(state.chosen)
        assert state.score() < lawful(index).score()
        assert state.score()[0] >= best(index)
    assert reached[0] == reached[1]


def test_windows_cover_the_time() -> None:
    index = Index(mixed_model(1))
    whole = Generator.of(index.packed)
    assert whole is not None
    windows = Windows(whole, grid(index.packed), 1)
    for _ in range(5):
        days = sorted(day for first, end in windows.cut() for day in range(first, end))
        assert days == list(range(5))


def test_what_changed_meanwhile_is_judged_by_the_whole_model() -> None:
    index = Index(mixed_model(2, doctors=3, units=5))
    state = lawful(index)
    whole = Generator.of(index.packed)
    assert whole is not None
    windows = Windows(whole, grid(index.packed), 1)
    own = windows.section(state, 0, 5)
    courses = [[n + 2 for n, bit in enumerate(bits) if bit] for bits in product((0, 1), repeat=5)]
    others = [v for v in state.chosen if v > 6]
    course = next(own for own in courses if State(index, [*others, *own]).violation)
    before = state.chosen
    columns = [own.present[0]._replace(decisions=tuple(course))]
    assert not windows.merge(state, own.present[:1], columns)
    assert state.chosen == before
