"""Parts of a roster solved anew: exact values, earlier levels kept, what is broken mended."""

import random
import threading
from typing import Any

import numpy as np
import pytest

from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.evaluate import broken, settle, step_values, total
from scheduler.solving.exchange import exchange
from scheduler.solving.improve import Improver, combined
from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Model
from scheduler.solving.neighbourhoods import Kind, Neighbourhoods
from scheduler.solving.part import Part, part
from scheduler.solving.state import Index, State
from tests.solving.models import random_model


def a_state(seed: int, *, doctors: int = 4, units: int = 6) -> State:
    model = random_model(seed, doctors=doctors, units=units)
    chance = random.Random(seed)
    return State(Index(model), [v for v in range(2, model.decisions + 2) if chance.random() < 0.3])


def some_free(state: State, seed: int, share: float = 0.5) -> np.ndarray:
    chance = random.Random(seed + 1000)
    decisions = range(2, state.model.decisions + 2)
    return np.array([v for v in decisions if chance.random() < share], dtype=np.int64)


def settled(own: Part, chosen: set[int]) -> dict[int, int]:
    """The part's own arithmetic: what its definitions give for a choice of what is free."""
    values = {0: 0, TRUE: 1} | {v: int(v in chosen) for v in own.decisions}
    for d in own.definitions:
        height = sum(c * values[v] for c, v in d.terms)
        values[d.var] = (
            int(height >= d.threshold) if d.kind == AT_LEAST else max(0, height - d.threshold)
        )
    return values


@pytest.mark.parametrize("seed", range(30))
def test_a_part_says_of_every_change_what_the_whole_model_says(seed: int) -> None:
    state = a_state(seed)
    model, free = state.model, some_free(state, seed)
    own = part(state, free)
    fixed = set(state.chosen) - set(free.tolist())
    chance = random.Random(seed)
    for _ in range(10):
        picked = {v for v in free.tolist() if chance.random() < 0.5}
        values, here = settle(model, fixed | picked), settled(own, picked)
        assert all(values[v] == height for v, height in here.items())
        for number, step in enumerate(own.steps):
            heights = [sum(c * here[v] for c, v in t) + k for t, k in step.entries]
            plain = sum(c * here[v] for c, v in step.terms) + step.constant
            mine = sum(sorted(heights)[-step.worst :]) if step.worst else plain
            assert mine == step_values(model, values)[number]
        kept = {c.reason for c in own.constraints if not _broken(c, here)}
        numbers = {n for n, c in enumerate(model.constraints) if c in list(broken(model, values))}
        assert {c.reason for c in own.constraints} - kept <= numbers
        untouched = {n for n in numbers if n not in {c.reason for c in own.constraints}}
        assert untouched <= {n for n, c in enumerate(model.constraints) if _always(c, state)}


def _broken(c: Constraint, values: dict[int, int]) -> bool:
    height = sum(k * values[v] for k, v in c.terms)
    low, high = c.low is not None and height < c.low, c.high is not None and height > c.high
    return bool(values[c.only_if]) and (low or high)


def _always(c: Constraint, state: State) -> bool:
    """Whether the roster, as it stood, broke the constraint."""
    height = total(c.terms, state.values)
    return (c.low is not None and height < c.low) or (c.high is not None and height > c.high)


@pytest.mark.parametrize("seed", range(12))
def test_improving_never_gives_up_an_earlier_step(seed: int) -> None:
    state = a_state(seed)
    if state.violation:
        return
    improver = Improver(state.index, seed, 1, threading.Event())
    for current in range(len(state.model.steps)):
        before = state.score()
        improver.run(
            state,
            current,
            good_enough=lambda: -1000,
            until=lambda: 5.0,
            patience=3,
            found=lambda _: None,
        )
        values = settle(state.model, state.chosen)
        assert step_values(state.model, values) == state.score() <= before
        assert not any(broken(state.model, values))


@pytest.mark.parametrize("seed", range(12))
def test_mending_breaks_nothing_more_and_ends_lawful_where_that_is_possible(seed: int) -> None:
    model = random_model(seed, doctors=3, units=4)
    everything = range(2, model.decisions + 2)
    state = State(Index(model), everything)
    before = state.violation
    assert before > 0
    Improver(state.index, seed, 1, threading.Event()).run(
        state,
        0,
        good_enough=lambda: -1000,
        until=lambda: 5.0 if state.violation else 0.0,
        patience=20,
        found=lambda _: None,
    )
    empty = settle(model, [])
    assert state.violation < before
    assert (state.violation == 0) == (not any(broken(model, settle(model, state.chosen))))
    if not any(broken(model, empty)):
        assert state.violation == 0


@pytest.mark.parametrize("name", ["window", "staff", "mixed", "contrast", "costs", "holes"])
def test_a_neighbourhood_is_of_decisions_and_about_as_large_as_it_should_be(name: str) -> None:
    state = a_state(3, doctors=8, units=40)
    own = Neighbourhoods(state.index, random.Random(1))
    for size in (10, 60, 150):
        for current in range(len(state.model.steps)):
            free = getattr(own, name)(state, current, size)
            assert len(free) > 0
            assert len(set(free.tolist())) == len(free) <= 3 * size
            assert 2 <= free.min() <= free.max() <= state.model.decisions + 1


@pytest.mark.parametrize(
    ("solved", "variables", "size"),
    [(True, 19_999, 345), (True, 20_000, 300), (True, 40_000, 150), (False, 19_999, 264)],
)
def test_a_kind_grows_no_further_than_there_is_room_for(
    solved: bool, variables: int, size: int
) -> None:
    """What is easily solved grows by 15 %, and halves where it is twice as large as it may be."""
    kind = Kind("window", lambda *_: np.zeros(0, dtype=np.int64))
    kind.learn(better=False, solved=solved, work=0.1, variables=variables)
    assert round(kind.size) == size


def test_an_improver_tells_a_kind_how_many_variables_its_part_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []
    state = a_state(3)
    improver = Improver(state.index, 1, 1, threading.Event())
    sizes: list[int] = []
    solve = Improver._solve

    def solving(self: Improver, own: Part, *rest: Any) -> Any:
        sizes.append(len(own.values))
        return solve(self, own, *rest)

    monkeypatch.setattr(Improver, "_solve", solving)
    monkeypatch.setattr(Kind, "learn", lambda _, *, variables, **__: told.append(variables))
    improver.run(
        state, 0, good_enough=lambda: -1, until=lambda: 60.0, patience=3, found=lambda _: None
    )
    assert told
    assert told == sizes


def test_what_is_broken_is_looked_for_first() -> None:
    model = random_model(1, doctors=4, units=6)
    guilty = model.groups["doctors"][2]
    model.demand(Constraint(tuple((1, v) for v in guilty), None, 0, TRUE, 0))
    state = State(Index(model), guilty[:1])
    assert state.violation == 1
    drawn = Neighbourhoods(state.index, random.Random(1)).broken(state, 0, 100)
    assert sorted(drawn.tolist()) == sorted(guilty)


def test_a_part_is_solved_to_its_optimum() -> None:
    state = a_state(2, doctors=3, units=4)
    model = state.model
    free = np.arange(2, model.decisions + 2)
    if state.violation:
        state = State(state.index)
    own = part(state, free)
    compiled = Compiled.part(model.uppers, own)
    objective = combined(own.steps, 0, state.index.packed.uppers)
    answer = compiled.solve(objective, Effort(5, 1, 1), threading.Event())
    assert answer.verdict is Verdict.OPTIMAL
    best = min(
        step_values(model, values)[0]
        for bits in range(1 << model.decisions)
        for values in [settle(model, [v + 2 for v in range(model.decisions) if bits >> v & 1])]
        if not any(broken(model, values))
    )
    assert answer.chosen is not None
    assert step_values(model, settle(model, answer.chosen))[0] == best


def left_behind(model: Model, state: State) -> list[tuple[int, ...]]:
    """Gifts and exchanges of single duties that would make the roster better, one by one."""
    units = {v: n for n, own in enumerate(model.groups["units"]) for v in own}
    doctors = {v: n for n, own in enumerate(model.groups["doctors"]) for v in own}
    cell = {(doctors[v], units[v]): v for v in units}
    chosen, score = set(state.chosen), state.score()
    moves: list[tuple[int, ...]] = [
        (a, b) for a in chosen for b in model.groups["units"][units[a]] if b not in chosen
    ]
    for a in chosen:
        for b in chosen:
            there = cell.get((doctors[a], units[b])), cell.get((doctors[b], units[a]))
            if doctors[a] == doctors[b] or units[a] == units[b] or None in there:
                continue
            if chosen.isdisjoint(there):
                moves.append((a, b, *there))  # type: ignore[arg-type]
    found: list[tuple[int, ...]] = []
    for move in moves:
        values = settle(model, chosen ^ set(move))
        if not any(broken(model, values)) and step_values(model, values) < score:
            found.append(move)
    return found


def test_after_the_exchanges_none_is_left_that_would_be_better() -> None:
    changed = 0
    for seed in range(12):
        state = a_state(seed, doctors=4, units=6)
        if state.violation:
            state = State(state.index)
        before = state.score()
        assert exchange(state.index, state, lambda: False) == (state.score() < before)
        assert left_behind(state.model, state) == []
        changed += state.score() < before
    assert changed > 0


def test_less_of_what_is_near_enough_is_no_reason_to_exchange() -> None:
    left = 0
    for seed in range(60):
        state = a_state(seed, doctors=4, units=6)
        if state.violation:
            state = State(state.index)
        before = state.score()
        exchange(state.index, state, lambda: False, {2: before[2]})
        after = state.score()
        assert after <= before
        for move in left_behind(state.model, state):
            # What is left is better by less of the step alone of which there is little enough.
            other = State(state.index, set(state.chosen) ^ set(move)).score()
            assert other[:2] == after[:2]
            assert other[2] < after[2] <= before[2]
            assert other[3] >= after[3]
            left += 1
    assert left > 0


def test_exchanges_end_when_they_are_told_to() -> None:
    state = a_state(2)
    before = state.chosen
    assert not exchange(state.index, state, lambda: True)
    assert state.chosen == before
