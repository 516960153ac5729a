"""Simulated annealing on small models: exact values, never worse, the same with the same seed."""

import math
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from scheduler.solving.board import BROKEN, PENALTY, WEIGHT, weigh
from scheduler.solving.construct import construct
from scheduler.solving.cool import HOT, Annealer, Crew, blame
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.grid import LONGEST, filled, grid
from scheduler.solving.moves import EMPTY, KINDS, propose
from scheduler.solving.state import Index, State
from tests.solving.models import random_model


def never(_: int) -> bool:
    return False


def a_model(seed: int) -> Index:
    return Index(random_model(seed, doctors=5, units=9))


@pytest.mark.parametrize("seed", range(20))
def test_what_annealing_keeps_is_lawful_scored_exactly_and_never_worse(seed: int) -> None:
    index = a_model(seed)
    state = construct(index, seed)
    if state.violation:
        return
    for current in range(len(index.model.steps)):
        before = state.score()
        better = Annealer(index, seed).run(state, current, proposals=20_000, over=never)
        values = settle(index.model, state.chosen)
        assert not any(broken(index.model, values))
        assert step_values(index.model, values) == state.score()
        assert state.values == values
        assert (state.score() < before) == better
        assert state.score() <= before


def test_annealing_improves_a_poor_roster() -> None:
    index = a_model(1)
    state = State(index)
    before = state.score()
    assert state.violation == 0
    assert Annealer(index, 1).run(state, 0, proposals=20_000, over=never)
    assert state.score() < before


def test_same_seed_same_roster_after_annealing() -> None:
    found = []
    for _ in range(2):
        index = a_model(4)
        state = State(index)
        Annealer(index, 7).run(state, 0, proposals=40_000, over=never)
        found.append(state.chosen)
    assert found[0] == found[1]


def test_a_crew_of_two_takes_the_better_roster() -> None:
    index = a_model(2)
    state = State(index)
    crew = Crew(index, 1, 2, threading.Event())
    alone = []
    for seed in (1, 2):
        own = State(index)
        Annealer(index, seed).run(own, 0, proposals=20_000, over=never)
        alone.append(own.score())
    calls = iter([60.0, 0.0])
    crew.anneal(state, 0, until=lambda: next(calls, 0.0), enough=lambda: -1)
    assert state.score() == min(alone)


@pytest.mark.parametrize(("spared", "working"), [(0, 2), (1, 1), (2, 1)])
def test_a_crew_leaves_processors_to_others_but_one(spared: int, working: int) -> None:
    index = a_model(2)
    crew = Crew(index, 1, 2, threading.Event())
    crew.spared = spared
    calls = iter([60.0, 0.0])
    assert crew.anneal(State(index), 0, until=lambda: next(calls, 0.0), enough=lambda: -1)
    assert [own.proposed > 0 for own in crew.annealers] == [True, working == 2]


def test_a_stopped_crew_changes_nothing() -> None:
    index = a_model(2)
    state, stop = State(index), threading.Event()
    stop.set()
    assert not Crew(index, 1, 1, stop).anneal(state, 0, until=lambda: 60.0, enough=lambda: -1)
    assert state.chosen == []


def test_a_crew_tells_in_what_time_a_way_at_full_heat_cools_down() -> None:
    index = a_model(2)
    crew = Crew(index, 1, 2, threading.Event())
    assert crew.ample() == math.inf
    left = iter([60.0])
    crew.anneal(State(index), 0, until=lambda: next(left, 50.0), enough=lambda: -1)
    assert [own.proposed for own in crew.annealers] == [20_000, 20_000]  # one slice in 10 s
    assert crew.ample() == pytest.approx(200 * index.model.decisions / 2_000)


@pytest.mark.parametrize("kind", [kind for kind in range(KINDS) if kind != EMPTY])
def test_a_move_names_different_decisions(kind: int) -> None:
    index = a_model(3)
    chance = np.array([12345], dtype=np.int64)
    picked = np.zeros(LONGEST, dtype=np.int64)
    own = filled(grid(index.packed), np.arange(2, index.model.decisions, 3))
    counts = set()
    for _ in range(2_000):
        count = propose(kind, own, chance, picked)
        move = picked[:count].tolist()
        counts.add(count)
        assert len(set(move)) == count
        assert all(2 <= v <= index.model.decisions + 1 for v in move)
    assert max(counts) > 0


@pytest.mark.parametrize("kind", [0, 1, 3])
def test_moves_of_single_duties_leave_as_many_duties(kind: int) -> None:
    index = a_model(3)
    decided = np.arange(2, index.model.decisions, 3)
    own = filled(grid(index.packed), decided)
    chance = np.array([99], dtype=np.int64)
    picked = np.zeros(LONGEST, dtype=np.int64)
    for _ in range(500):
        count = propose(kind, own, chance, picked)
        taken = sum(1 for v in picked[:count].tolist() if v in set(decided.tolist()))
        assert 2 * taken == count


def test_the_search_runs_where_no_machine_code_can_be_kept(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    code = "from scheduler.solving import jit; print(jit._CACHE)"
    environment = {**os.environ, "XDG_CACHE_HOME": str(blocked)}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "None"


def test_a_clock_that_stands_still_does_no_harm() -> None:
    """Some systems' clocks move only every sixteen milliseconds."""
    index = a_model(1)
    state = State(index)
    before = state.score()
    crew = Crew(index, 1, 1, threading.Event())
    assert crew.anneal(state, 0, until=lambda: 7.0, enough=lambda: -1)
    assert state.score() < before


def test_a_part_of_the_patience_is_a_part_of_the_proposals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = a_model(1)
    asked = []

    def noted(*_: object, proposals: int, **__: object) -> bool:
        asked.append(proposals)
        return False

    monkeypatch.setattr(Annealer, "run", noted)
    crew = Crew(index, 1, 1, threading.Event())
    for part in (1.0, 0.1):
        crew.anneal(State(index), 0, until=lambda: 7.0, enough=lambda: -1, part=part)
    assert asked == [1_000 * index.model.decisions, 100 * index.model.decisions]


def test_time_that_is_gone_ends_the_way_down() -> None:
    index = a_model(1)
    slices = []

    def over(_: int) -> bool:
        slices.append(1)
        return False

    gone = [0.0, 0.4, 1.0]
    Annealer(index, 1).run(
        State(index), 0, proposals=10_000_000, over=over, spent=lambda: gone[len(slices)]
    )
    assert len(slices) == 2


def test_a_way_whose_time_is_long_gone_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Annealer, "_bearable", lambda *_: 1e-9)  # no heat would be small enough
    index = a_model(1)
    annealer = Annealer(index, 1)
    late = iter([0.0, 0.0, 0.001])
    annealer.run(
        State(index),
        0,
        proposals=10_000_000,
        over=lambda _: False,
        spent=lambda: next(late, 1e6),
    )
    assert 0.0 < annealer.heat <= HOT


@pytest.mark.parametrize(
    ("decisions", "slices", "part", "heat"),
    [
        (105_000, 5_000, 1 / 120, 20_000 * 120 / 105_000 / 200),  # a region, 15 s
        (105_000, 10, 0.0, 20_000 * 10 / 105_000 / 200),  # no clock, but few proposals
        (1_000, 5_000, 1 / 120, 1.0),  # a small plan
    ],
)
def test_a_way_that_is_short_for_its_plan_begins_cooler(
    decisions: int, slices: int, part: float, heat: float
) -> None:
    index = a_model(1)
    index.model.decisions = decisions
    assert Annealer(index, 1)._bearable(slices, part) == pytest.approx(heat)


@pytest.mark.parametrize("seed", range(6))
def test_penalties_follow_the_roster_with_every_constraint_s_weight(seed: int) -> None:
    index = a_model(seed)
    state = State(index)
    chance = random.Random(seed)
    weights = np.array([chance.randint(1, 9) for _ in index.model.constraints], dtype=np.int64)
    weigh(state.board, weights)
    for _ in range(60):
        state.flip(chance.randrange(2, index.model.decisions + 2))
        by_hand = state.board.constraints[:, BROKEN]
        assert state.violation == by_hand.sum()
        assert state.board.counts[PENALTY] == (by_hand * weights).sum()


def test_what_stays_broken_gets_heavier_and_lighter_once_it_is_kept() -> None:
    index = a_model(3)
    state = State(index, index.model.groups["units"][0])  # all of them on one duty
    wrong = state.board.constraints[:, BROKEN] > 0
    assert wrong.any()
    assert not wrong.all()
    blame(state.board, blamed=False)
    assert (state.board.constraints[:, WEIGHT] == 1).all()
    blame(state.board, blamed=True)
    blame(state.board, blamed=True)
    assert (state.board.constraints[:, WEIGHT] == np.where(wrong, 4, 1)).all()
    assert state.board.counts[PENALTY] == 4 * state.violation
    for var in state.chosen:
        state.flip(var)
    assert state.violation == 0
    blame(state.board, blamed=False)
    assert (state.board.constraints[:, WEIGHT] == np.where(wrong, 2, 1)).all()
