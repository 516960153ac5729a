"""Doctors who are compared: the sum first with that left open, then all brought down together."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from math import inf

import pytest

from scheduler.solving import comparing
from scheduler.solving.comparing import Comparing
from scheduler.solving.cool import Crew
from scheduler.solving.groups import Groups, Pull
from scheduler.solving.levelling import Levelling
from scheduler.solving.loosely import Loosely
from scheduler.solving.model import Model, Step
from scheduler.solving.reshuffle import Reshuffle, heights
from scheduler.solving.search import Search
from scheduler.solving.state import Index, State
from scheduler.solving.turns import Turn
from tests.solving.posted import Posted

PATIENCE = 40
SESSION, EVENING = 8, 2  # points
FIRST, SUM = 1, 3  # steps


def district(others: int) -> tuple[Model, list[int]]:
    """One has two sessions and can have nothing else; each of the others has three evenings.

    With both sessions she is 3 points over her share, with one of them 5 points under it. Whoever
    takes one is 8 points over, and no better off than she is now before as many as four share
    that. It costs 1 to give one away.

    Args:
        others: how many.
    """
    own = Posted(1 + others, 2 + 3 * others)
    entries = []
    for doctor, has in enumerate(own.has):
        points = [SESSION, SESSION, *([EVENING] * 3 * others)]
        barred = has[2:] if doctor == 0 else has[: 0 if doctor == 1 else 2]
        if barred:
            own.demand(tuple(barred), None, 0)
        could = [(c, v) for c, v in zip(points, has, strict=True) if v not in barred]
        entries.append((tuple(could), -13 if doctor == 0 else -3 * EVENING))
    own.model.steps += [
        Step(4, f"worst_{worst}", "", "", 1, worst=worst, entries=tuple(entries))
        for worst in (1, 2)
    ]
    own.terms = [(1, own.has[1][0]), (1, own.has[1][1])]
    chosen = own.has[0][:2]
    for doctor in range(1, 1 + others):
        chosen += own.has[doctor][3 * doctor - 1 : 3 * doctor + 2]
    return own.done(), chosen


def lopsided() -> State:
    """One of those who can have evenings has all of them."""
    model, chosen = district(4)
    index = Index(model)
    units = index.grid.unit_of[chosen[2:]]
    return State(index, [*chosen[:2], *index.grid.cells[2, units].tolist()])


def turn(told: list[tuple[int, ...]], seconds: float = 60.0, patience: int = PATIENCE) -> Turn:
    return Turn(lambda _: 0, lambda: seconds, patience, lambda own: told.append(own.score()))


def levelled(model: Model, chosen: list[int], tops: dict[int, int]) -> State:
    state = State(Index(model), chosen)
    Levelling(state.index, FIRST, SUM, tops, 1, 1, threading.Event()).run(
        state,
        enough=lambda: 0,
        until=lambda: 60.0,
        patience=PATIENCE,
        found=lambda _: None,
    )
    return state


def test_where_too_few_can_share_out_anew_they_do_not_help_who_stands_out() -> None:
    model, chosen = district(3)
    state = State(Index(model), chosen)
    told: list[tuple[int, ...]] = []
    Comparing(state.index, 1, 1, threading.Event()).reshuffle(state, FIRST, turn(told))
    assert (state.score(), told) == ((0, 3, 3, 0), [])


def test_who_is_to_stay_under_gives_away_whatever_that_does_to_others() -> None:
    model, chosen = district(4)
    state = levelled(model, chosen, {0: -5})
    assert heights(state, FIRST)[0] == -5
    assert not state.violation


def test_all_are_brought_down_together_though_none_of_them_betters_the_worst() -> None:
    """Two are 4 over and two at their share: each pair makes one of them as good as the other."""
    own = Posted(4, 8)
    entries = tuple((tuple((2, v) for v in has), -4) for has in own.has)
    own.model.steps += [
        Step(4, f"worst_{worst}", "", "", 1, worst=worst, entries=entries) for worst in (1, 2)
    ]
    own.terms = [(1, own.has[0][0])]
    chosen = [*own.has[0][:4], *own.has[1][4:]]
    model = own.done()
    state = levelled(model, chosen, dict.fromkeys(range(4), 0))
    assert state.score() == (0, 0, 0, 0)  # and among equals the sum decides


def test_who_may_be_anywhere_is_not_counted_and_who_is_under_is_left_alone() -> None:
    model, chosen = district(4)
    state = levelled(model, chosen, {1: 0, 2: 0})
    assert state.chosen == sorted(chosen)


@pytest.mark.parametrize(("price", "shared"), [(3, False), (5, True), (None, True)])
def test_who_is_over_gives_something_away_where_the_price_is_higher_than_what_the_sum_loses(
    price: int | None, shared: bool
) -> None:
    """One is 5 over with both duties; one of them costs 20 where the other has it."""
    own = Posted(2, 2)
    entries = tuple((tuple((5, v) for v in has), -5) for has in own.has)
    own.model.steps.append(Step(4, "worst", "", "", 1, worst=1, entries=entries))
    own.terms = [(20, own.has[1][0]), (20, own.has[1][1])]
    state = State(Index(own.done()), own.has[0])
    job = Levelling(state.index, 1, 2, {0: 0, 1: 0}, 1, 1, threading.Event())
    job.price = price
    job.run(
        state,
        enough=lambda: 0,
        until=lambda: 60.0,
        patience=PATIENCE,
        found=lambda _: None,
    )
    assert state.score() == ((0, 0, 20) if shared else (0, 5, 0))
    assert job.over(state).tolist() == ([0, 0] if shared else [5, 0])


def test_the_price_of_standing_out_rises_until_nobody_is_to_whatever_it_costs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prices: list[int | None] = []
    monkeypatch.setattr(Levelling, "run", lambda own, *_, **__: prices.append(own.price))
    model, chosen = district(4)
    model.steps[SUM] = replace(model.steps[SUM], constant=810)
    state = State(Index(model), chosen)  # one is 3 points over her share
    own = Comparing(state.index, 1, 1, threading.Event())
    own._bring_down(state, turn([]))
    assert prices == [6, 13, 25, 51, 101, 202, 405, 810]  # a fiftieth of the sum is 5 a point
    prices.clear()
    own._bring_down(state, turn([]), highest=0.1)
    assert prices == [10, 20, 40, 81]
    prices.clear()
    own._bring_down(
        state, turn([], seconds=0.18)
    )  # a fifth of all pairs can be tried some four times
    assert prices == [30, 90, 270, 810]
    prices.clear()
    own._bring_down(state, turn([], seconds=0.05))  # not so many of them can be tried each time
    assert prices == [810]


def test_where_there_is_no_sum_to_be_lost_one_price_says_it_all() -> None:
    assert comparing._rising(0.0, 0.0, 2.0) == [1]
    assert comparing._rising(2.0, 54.0, 3.0) == [2, 6, 18, 54]


def test_low_prices_have_more_time_than_high_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    until = iter(range(1000, 0, -1))  # the clock stands still but for being asked
    monkeypatch.setattr(Levelling, "run", lambda *_, until, **__: given.append(until()))
    model, chosen = district(4)
    model.steps[SUM] = replace(model.steps[SUM], constant=810)
    state = State(Index(model), chosen)
    own = Comparing(state.index, 1, 1, threading.Event())
    own._bring_down(state, replace(turn([]), until=lambda: float(next(until))))
    assert len(given) == 8
    assert given[0] > 2 * 1000 / len(given)


def test_whoever_gives_is_asked_with_everybody_though_two_work_at_a_time() -> None:
    """While she shares out with one nobody else can be asked with her, and that ends nothing."""
    model, chosen = district(4)
    state = State(Index(model), chosen)
    groups, pull = Groups(state.index.grid, random.Random(1)), Pull({0: 1})
    drawn = set()
    while (group := groups.draw(state, set(), pull)) is not None and len(group) == 2:
        assert groups.draw(state, set(group), pull) is None
        assert not groups.failed(1)
        drawn.add(group)
    assert drawn == {(0, other) for other in range(1, 5)}


def test_with_the_comparisons_open_the_sum_is_bettered_though_somebody_is_worse_off() -> None:
    own = Posted(2, 2)
    entries = tuple((tuple((5, v) for v in has), -5) for has in own.has)
    own.model.steps.append(Step(4, "worst", "", "", 1, worst=1, entries=entries))
    own.terms = [(1, own.has[1][0]), (1, own.has[1][1])]
    model = own.done()
    state = State(Index(model), [own.has[0][0], own.has[1][1]])
    assert state.score() == (0, 0, 1)

    def shuffled(**how: object) -> tuple[int, ...]:
        loose = State(state.index, state.chosen)
        Reshuffle(state.index, 2, 1, 1, threading.Event(), **how).run(  # type: ignore[arg-type]
            loose,
            enough=lambda: 0,
            until=lambda: 60.0,
            patience=PATIENCE,
            found=lambda _: None,
        )
        return loose.score()

    assert shuffled() == (0, 0, 1)
    assert shuffled(held=1) == (0, 5, 0)
    assert shuffled(held=1, below={0: 0}) == (0, 0, 1)  # she is to stay where she is


def test_a_roster_of_which_the_comparisons_were_left_open_is_better_as_a_whole() -> None:
    """From where one has nearly everything, past who stands out, to where nobody can be better."""
    state = lopsided()
    before = state.score()
    told: list[tuple[int, ...]] = []
    own = Comparing(state.index, 1, 1, threading.Event())
    own.share_loosely(state, turn(told))
    assert own.loosened
    assert state.score()[FIRST] < before[FIRST]
    for number in (FIRST, FIRST + 1):
        own.reshuffle(state, number, turn(told))
    assert state.score() == (0, 2, 4, 1)
    assert told == sorted(told, reverse=True)


def test_a_roster_that_gets_no_better_is_left_as_it_is() -> None:
    model, chosen = district(4)
    state = State(Index(model), chosen)
    levelled_first = levelled(model, chosen, {0: -5}).score()
    own, told = Comparing(state.index, 1, 1, threading.Event()), list[tuple[int, ...]]()
    calls = count()
    # Time for the first who is to stay under, and for nothing else.
    own.share_loosely(
        state,
        Turn(lambda _: 0, lambda: 60.0 if next(calls) < 4 else 0.0, PATIENCE, told.append),  # type: ignore[arg-type]
    )
    assert levelled_first > state.score()
    assert (state.chosen, told, own.loosened) == (sorted(chosen), [], False)


def test_near_enough_is_told_only_after_the_comparisons_were_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A typical portion is 2 points, and half of it is near to what the worst-off must be."""
    monkeypatch.setattr(comparing, "_NEAR", 0.5)
    state = lopsided()
    own = Comparing(state.index, 1, 1, threading.Event())
    assert own.near(FIRST) is None
    own.share_loosely(state, turn([]))
    assert [own.near(n) for n in range(4)] == [None, 1, 2, None]


def test_once_the_sum_has_stalled_the_worst_off_come_nearer_to_the_least() -> None:
    own = Posted(4, 8)
    entries = tuple((tuple((2, v) for v in has), -4) for has in own.has)
    own.model.steps.append(Step(4, "worst", "", "", 1, worst=1, entries=entries))
    own.terms = [(1, own.has[0][0])]
    chosen = [*own.has[0][:4], *own.has[1][4:]]
    state, told = State(Index(own.done()), chosen), list[tuple[int, ...]]()
    compared = Comparing(state.index, 1, 1, threading.Event())
    compared.loosened, compared._slack = True, 4
    compared.reshuffle(state, FIRST + 1, turn(told))
    assert (state.score(), compared.near(FIRST)) == ((0, 0, 0), 0)
    assert told == sorted(told, reverse=True)


def test_what_is_no_nearer_at_any_price_is_near_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_NEAR", 0.5)
    state = lopsided()
    own, told = Comparing(state.index, 1, 1, threading.Event()), list[tuple[int, ...]]()
    own.share_loosely(state, turn(told))
    own.reshuffle(state, SUM, turn(told))
    assert 0 < state.score()[FIRST] == own.near(FIRST)
    assert told == sorted(told, reverse=True)


def test_what_is_given_up_is_not_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    model, chosen = district(4)
    state = State(Index(model), chosen)
    own = Comparing(state.index, 1, 1, threading.Event())
    monkeypatch.setattr(Loosely, "better", lambda *_: None)
    assert not own.share_loosely(state, turn([]))
    assert (own.loosened, own.opens(FIRST), state.chosen) == (False, False, sorted(chosen))


def test_no_other_board_is_laid_out_where_there_is_no_time_for_every_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = lopsided()
    own = Comparing(state.index, 1, 1, threading.Event())
    monkeypatch.delattr(comparing, "State")
    own.share_loosely(state, turn([], seconds=0.1))
    assert not own.loosened
    with pytest.raises(NameError):  # with time for it another board is asked for
        own.share_loosely(state, turn([]))


def test_only_the_first_comparison_opens_and_only_where_a_sum_follows() -> None:
    model, _ = district(2)
    own = Comparing(Index(model), 1, 1, threading.Event())
    assert [own.opens(n) for n in range(4)] == [False, True, False, False]
    assert [own.serves(n) for n in range(4)] == [False, True, True, True]
    model.steps.pop()
    assert not Comparing(Index(model), 1, 1, threading.Event()).opens(FIRST)
    model.steps[1:] = []
    nobody = Comparing(Index(model), 1, 1, threading.Event())
    assert not nobody.serves(0)
    assert not nobody.opens(0)


def test_pairs_are_those_who_could_have_the_same() -> None:
    model, chosen = district(3)
    state = State(Index(model), chosen)
    groups = Groups(state.index.grid, random.Random(1))
    drawn = {groups.draw(state, set()) for _ in range(groups.pairs)}
    assert groups.pairs == 6
    assert {len(group or ()) for group in drawn} == {2}
    assert len(drawn) == groups.pairs


@pytest.mark.parametrize(
    ("number", "ample", "seconds"),
    [
        (0, 4.0, [1, 2]),  # it betters nothing, though it was half as long as need be
        (0, 12.0, [1, 10]),  # there is no time for one at full heat
        (0, inf, [1, 10]),
        (SUM, 4.0, [1, 10]),  # nobody waits
    ],
)
def test_a_step_that_has_stalled_hands_its_time_on_to_the_comparisons(
    number: int, ample: float, seconds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    model, chosen = district(2)
    took: list[int] = []

    def anneal(*_: object, until: Callable[[], float], **__: object) -> bool:
        took.append(round(until()))
        return False

    monkeypatch.setattr(Crew, "anneal", anneal)
    monkeypatch.setattr(Crew, "ample", lambda _: ample)
    monkeypatch.setattr(Search, "_mixes", lambda *_: False)
    search = Search(model, seconds=60, workers=1, seed=1, stop=threading.Event(), small=0)
    dear = model.groups["doctors"][1][0]
    state = State(search.index, chosen[1:] if number == 0 else [dear])
    search._anneal(state, number, 10.0)
    assert took == seconds


@pytest.mark.parametrize(("number", "seconds"), [(0, 10), (SUM, 100)])
def test_parts_have_no_more_time_where_the_comparisons_wait_for_it(
    number: int, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, chosen = district(2)
    given: list[int] = []

    def improve(*own: float) -> bool:
        given.append(round(own[-2] - time.monotonic()))
        return True

    monkeypatch.setattr("scheduler.solving.search.WHOLE", 0)
    search = Search(model, seconds=600, workers=1, seed=1, stop=threading.Event(), small=0)
    monkeypatch.setattr(search, "_cool_and_bound", lambda *_: None)
    monkeypatch.setattr(search, "_improve", improve)
    dear = model.groups["doctors"][1][0]
    state = State(search.index, chosen[1:] if number == 0 else [dear])
    search._work_on(state, number, 100.0, PATIENCE, 0)
    assert given == [seconds]
