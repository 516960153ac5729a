"""What a few doctors have shared out anew: against enumeration of every roster."""

import random
import threading

import numpy as np
import pytest

from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.groups import Groups, Pull, Size
from scheduler.solving.model import Model, Step
from scheduler.solving.part import part
from scheduler.solving.reshuffle import Reshuffle, hold
from scheduler.solving.state import Index, State
from tests.solving.posted import Posted, lawful
from tests.support import few

PATIENCE = 40
EFFORT = Effort(seconds=60.0, workers=1, seed=1)


def shuffled(
    model: Model,
    chosen: list[int],
    *,
    number: int | None = None,
    enough: int = 0,
    workers: int = 1,
) -> tuple[State, list[tuple[int, ...]]]:
    """The roster after a step, or else the last, was worked on, and what it scored on the way."""
    index = Index(model)
    state = State(index, chosen)
    told: list[tuple[int, ...]] = []
    number = len(model.steps) - 1 if number is None else number
    Reshuffle(index, number, 1, workers, threading.Event()).run(
        state,
        enough=lambda: enough,
        until=lambda: 60.0,
        patience=PATIENCE,
        found=lambda own: told.append(own.score()),
    )
    return state, told


def weekends(doctors: int) -> tuple[Posted, list[int]]:
    """As many weekends of two duties as doctors; each has the first of one, the second of another.

    Each doctor may have two duties, and each part in a weekend costs one.
    """
    own = Posted(doctors, 2 * doctors)
    for has in own.has:
        own.demand(tuple(has), None, 2)
        own.terms += [(1, own.any_of(has[n : n + 2])) for n in range(0, len(has), 2)]
    chosen = [own.has[d][2 * d] for d in range(doctors)]
    chosen += [own.has[d][(2 * d + 3) % (2 * doctors)] for d in range(doctors)]
    return own, chosen


@pytest.mark.parametrize("workers", [1, 2])
def test_two_who_share_two_weekends_take_one_each(workers: int) -> None:
    own, chosen = weekends(2)
    state, told = shuffled(own.done(), chosen, workers=workers)
    assert state.score() == (0, 2)
    assert told == [(0, 2)]


def test_three_whose_weekends_close_in_a_ring_are_shared_out_together() -> None:
    own, chosen = weekends(3)
    state, _ = shuffled(own.done(), chosen)
    assert state.score() == (0, 3)


def test_the_worst_off_gets_less_and_the_next_sum_breaks_ties() -> None:
    """Points of 5, 4, 3 and 2: who has 5 has 2 beside it, and a price tells whom 5 is given."""
    own = Posted(3, 4)
    weights = [5, 4, 3, 2]
    entries = tuple((tuple(zip(weights, has, strict=True)), 0) for has in own.has[:2])
    own.model.steps.append(Step(4, "worst", "", "", 1, worst=1, entries=entries))
    own.demand(tuple(own.has[2]), None, 0)  # a third who can have nothing
    own.terms = [(1, own.has[0][0]), (1, own.has[0][3])]
    state, told = shuffled(own.done(), own.has[0], number=1)
    assert state.score() == (0, 7, 0)
    assert told[-1] == (0, 7, 0)


def test_one_of_the_worst_off_is_in_every_group() -> None:
    own, chosen = weekends(4)
    index = Index(own.done())
    state, groups = State(index, chosen), Groups(index.grid, random.Random(1))
    drawn = []
    while (one := groups.draw(state, set(), Pull({2: 1}))) is not None:
        drawn.append(one)
    assert {(0, 2), (1, 2), (2, 3)} <= set(drawn)
    assert all(2 in group for group in drawn)


@pytest.mark.parametrize("count", [2, 3])
def test_who_has_too_much_is_drawn_with_whoever_has_most_room(count: int) -> None:
    """Of six doctors the first has nine times what the second has too much; the last has room."""
    own, chosen = weekends(6)
    state = State(Index(own.done()), chosen)
    pull = Pull({0: 9, 1: 1}, {5: 50})
    drawn = []
    for seed in range(200):
        groups = Groups(state.index.grid, random.Random(seed))
        groups._sizes = [Size(count)]
        drawn.append(groups.draw(state, set(), pull))
    assert all(group is not None and {0, 1} & set(group) for group in drawn)
    both = [group for group in drawn if group is not None and 5 in group]
    assert 130 < len(both) < 200  # others have a tenth of the mean room each
    assert sum(0 in group for group in both) > 4 * sum(0 not in group for group in both)


def test_what_is_good_enough_is_left_as_it_is() -> None:
    own, chosen = weekends(2)
    state, told = shuffled(own.done(), chosen, enough=4)
    assert (state.score(), told) == ((0, 4), [])


def test_who_can_have_nothing_of_one_another_shares_nothing_out() -> None:
    model = Model(decisions=2, uppers=[0, 1, 1, 1])
    model.groups = {"doctors": [[2], [3]], "units": [[2], [3]]}
    model.steps = [Step(1, "", "", "", 1), Step(4, "", "", "", 1, terms=((1, 2), (1, 3)))]
    state, told = shuffled(model, [2, 3])
    assert (state.score(), told) == ((0, 2), [])


def test_none_is_drawn_again_before_it_has_other_duties() -> None:
    own, chosen = weekends(2)
    index = Index(own.done())
    state, groups = State(index, chosen), Groups(index.grid, random.Random(1))
    assert groups.draw(state, set()) == (0, 1)
    assert groups.draw(state, set()) is None
    state.flip(chosen[0])
    assert groups.draw(state, {0}) is None
    assert groups.draw(state, set()) is not None


def drawn(groups: Groups, state: State, count: int, gains: dict[int, int]) -> list[int]:
    """How many doctors were in each group, where so many bring so much for the same work."""
    sizes = []
    for _ in range(count):
        group = groups.draw(state, set())
        if group is None:
            break
        sizes.append(len(group))
        gain = gains.get(len(group), 0)
        groups.learn(group, gain, 1.0, better=gain > 0, solved=True)
    return sizes


def test_what_brings_most_for_its_work_is_drawn_most_and_nothing_is_forgotten() -> None:
    own, chosen = weekends(9)
    state = State(Index(own.done()), chosen)
    groups = Groups(state.index.grid, random.Random(1))
    sizes = drawn(groups, state, 200, {3: 1})
    assert set(sizes[:20]) == {2}  # two are soon asked, so they come first
    assert sizes.count(3) > sizes[20:].count(2) > 0
    assert {4, 5} <= set(sizes)


def test_one_more_is_not_thought_of_before_so_many_are_solved() -> None:
    own, chosen = weekends(9)
    state = State(Index(own.done()), chosen)
    groups = Groups(state.index.grid, random.Random(1))
    for _ in range(30):
        group = groups.draw(state, set())
        assert group is not None
        assert len(group) == 2
        groups.learn(group, 0, 1.0, better=False, solved=False)
    assert not groups.failed(31)
    assert groups.failed(30)


def test_where_no_two_are_left_there_are_more_at_a_time_until_all_were_tried() -> None:
    own, chosen = weekends(4)
    state = State(Index(own.done()), chosen)
    sizes = drawn(Groups(state.index.grid, random.Random(1)), state, 20, {})
    assert sizes == [2] * 6 + [3] * 4 + [4]


@pytest.mark.parametrize("seed", few(range(80), 20))
def test_a_lawful_roster_stays_lawful_and_no_step_gets_worse(seed: int) -> None:
    chance = random.Random(seed)
    own = Posted(3, 4)
    entries = []
    for has in own.has:
        weights = [chance.randint(1, 9) for _ in has]
        points = tuple(zip(weights, has, strict=True))
        entries.append((points, -chance.randint(1, 12)))
        own.terms.append((chance.randint(1, 5), own.any_of(has[:2])))
        own.terms += [(chance.randint(1, 5), v) for v in has]
        if chance.random() < 0.5:
            own.demand(tuple(chance.sample(has, 2)), None, 1)
    for worst in (1, 2):
        own.model.steps.append(
            Step(4, f"worst_{worst}", "", "", 1, worst=worst, entries=tuple(entries))
        )
    model = own.done()
    best = min(lawful(model))
    chosen = [chance.choice(unit) for unit in zip(*own.has, strict=True) if chance.random() < 0.8]
    before = State(Index(model), chosen)
    if before.violation:
        return
    state, told = shuffled(model, chosen)
    assert not state.violation
    assert best <= state.score() <= before.score()
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize("seed", few(range(60), 15))
def test_the_worst_off_are_held_without_being_ranked(seed: int) -> None:
    """Whatever CP-SAT may choose then is no worse in any comparison."""
    chance = random.Random(seed)
    own = Posted(3, 4)
    entries = tuple(
        (tuple((chance.randint(1, 9), v) for v in has), -chance.randint(1, 12)) for has in own.has
    )
    own.model.steps += [
        Step(4, f"worst_{worst}", "", "", 1, worst=worst, entries=entries) for worst in (1, 2)
    ]
    for has in own.has:
        own.terms += [(chance.randint(-5, 5), v) for v in has]
    model = own.done()
    state = State(Index(model), [chance.choice(unit) for unit in zip(*own.has, strict=True)])
    whose = [v for has in chance.sample(own.has, 2) for v in has]
    free = np.array(sorted(whose), dtype=np.int64)
    parted = part(state, free)
    compiled = Compiled.part(model.uppers, parted)
    hold(compiled, parted, 3)
    before = state.score()
    answer = compiled.solve([(1, parted.steps[3])], EFFORT, threading.Event())
    assert answer.chosen is not None
    rest = set(state.chosen) - set(whose)
    after = State(state.index, rest | answer.chosen).score()
    assert all(now <= then for now, then in zip(after[:3], before[:3], strict=True))
