"""Rosters that begin with who has which weekend."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

import pytest

from scheduler.solving import beginning, search
from scheduler.solving.choosing import Choice
from scheduler.solving.cool import HOT, Crew
from scheduler.solving.cooling import WARM
from scheduler.solving.model import Model, Step
from scheduler.solving.occasions_first import TAKES, OccasionsFirst, Spell
from scheduler.solving.search import Search
from scheduler.solving.sharing import weighed_bound
from scheduler.solving.state import Index, State
from tests.solving.posted import Posted, lawful
from tests.solving.test_held_sharing import held
from tests.solving.test_weighing import by_chance
from tests.support import few

HEALTH, COMPARED, SUM = 1, 2, 3  # steps


def weekends(doctors: int = 3, count: int = 4) -> Model:
    """So many weekends of a day and a night, each of which one doctor can have or two.

    Nights of the last doctor are a departure. Each part is dearer than the one before: 1, 3, 6, 10
    in all. How many duties each has is compared.
    """
    own = Posted(doctors, 2 * count)
    for has in own.has:
        every = [own.any_of(has[unit : unit + 2]) for unit in range(0, 2 * count, 2)]
        own.price([(1, some) for some in every], 0, [1] * count)
    model = held(own, [(100, night) for night in own.has[-1][1::2]])
    entries = tuple((tuple((1, v) for v in has), -2) for has in own.has)
    model.steps.insert(COMPARED, Step(4, "worst", "", "", 1, worst=1, entries=entries))
    return model


def scattered(model: Model) -> State:
    """Every duty goes to the next one: as many parts as can be."""
    index = Index(model)
    chosen = [
        own
        for unit in range(len(index.grid.unit_at) - 1)
        if (own := int(index.grid.cells[unit % len(index.grid.cells), unit]))
    ]
    return State(index, chosen)


def first_of(index: Index) -> OccasionsFirst:
    return OccasionsFirst(index, HEALTH, SUM, 1, 1, threading.Event())


def spell(met: list[tuple[int, ...]], seconds: float = 60.0) -> Spell:
    def within(part: float) -> Callable[[], float]:
        return lambda: part * seconds

    return Spell(within, lambda _: 0, lambda own: met.append(own.score()))


def test_a_roster_begins_with_the_fewest_parts() -> None:
    begun = scattered(weekends())
    own, met = first_of(begun.index), list[tuple[int, ...]]()
    least = own.weigh(begun.score(), lambda: False)
    assert (least, own.ready) == (0, True)
    made = own.make(begun, spell(met))
    assert made is not None
    # The first two doctors have two weekends each, for the third would depart from her nights.
    assert made.score() == (0, 0, 2, 3 + 3)
    assert not made.violation
    assert made.score()[SUM] < begun.score()[SUM]
    assert met[-1] == made.score()
    assert begun.chosen == scattered(weekends()).chosen  # it stays as it is


def test_nothing_is_made_where_nothing_was_weighed() -> None:
    begun = scattered(weekends())
    own, met = first_of(begun.index), list[tuple[int, ...]]()
    assert own.make(begun, spell(met)) is None
    assert own.weigh(begun.score(), lambda: True) == 0  # health is at least nothing
    assert (own.ready, own.make(begun, spell(met)), met) == (False, None, [])


def against_health(monkeypatch: pytest.MonkeyPatch) -> tuple[State, OccasionsFirst]:
    """The choice gives all to whom nights are a departure for, and no two may share that out."""
    index = Index(weekends())
    has = index.grid.cells.tolist()
    begun = State(index, [has[unit % 2][unit] for unit in range(8)])
    assert begun.score()[:2] == (0, 0)
    among = frozenset(range(2, index.model.decisions + 2))
    choice = Choice(among, frozenset(has[2]), 0.0)
    monkeypatch.setattr(OccasionsFirst, "_choice", lambda *_: choice)
    monkeypatch.setattr(OccasionsFirst, "_mend", lambda *_: None)
    return begun, first_of(index)


def test_what_two_cannot_mend_cools_without_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, own = against_health(monkeypatch)
    made = own.make(begun, spell([]))
    assert made is not None
    assert made.score()[:2] == (0, 0)


def test_it_cools_without_the_choice_as_long_as_more_is_to_be_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Though the roster that was had is no better."""
    begun, own = against_health(monkeypatch)
    begun = State(begun.index, [*begun.index.grid.cells[2].tolist()])
    assert begun.score()[:2] == (0, 400)
    made = own.make(begun, spell([]))
    assert made is not None
    assert made.score()[:2] == (0, 0)


@pytest.mark.parametrize("enough", [0, 400])
def test_what_is_at_its_least_does_not_cool_without_the_choice(
    enough: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would only give up of the choice; here nights cost 400 with it, and none is mended."""
    begun, own = against_health(monkeypatch)
    heats: list[float] = []
    cool = OccasionsFirst._cool

    def cooling(self: OccasionsFirst, state: State, number: int, hot: float, *rest: Any) -> None:
        heats.append(hot)
        cool(self, state, number, hot, *rest)

    monkeypatch.setattr(OccasionsFirst, "_cool", cooling)
    own.make(begun, replace(spell([]), enough=lambda _: enough))
    assert (WARM in heats) is (enough == 0)


@pytest.mark.parametrize(("enough", "choices"), [(1, 1), (0, 2)])
def test_another_choice_is_made_where_more_is_to_be_had(
    enough: int, choices: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the numbers of rosters have choices of their own."""
    begun, own = against_health(monkeypatch)
    begun = State(begun.index, [*begun.index.grid.cells[2].tolist()])
    made: list[int] = []

    def making(self: OccasionsFirst, begun: State, spell: Spell, seed: int) -> State:
        made.append(seed)
        return begun

    monkeypatch.setattr(OccasionsFirst, "_made", making)
    sure = 400 * enough
    for number in (0, 1):
        own.make(begun, replace(spell([]), enough=lambda _: sure), number)
    assert made == ([1, 3] if choices == 1 else [1, 2, 3, 4])


def test_nothing_is_told_that_is_worse_on_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, own = against_health(monkeypatch)
    cool, met = OccasionsFirst._cool, list[tuple[int, ...]]()

    def with_the_choice(
        self: OccasionsFirst, state: State, number: int, hot: float, *rest: Any
    ) -> None:
        if hot == HOT:
            cool(self, state, number, hot, *rest)

    monkeypatch.setattr(OccasionsFirst, "_cool", with_the_choice)
    assert own.make(begun, spell(met)) is None
    assert met == []


def test_a_bound_is_known_of_the_sum_for_rosters_that_are_as_good_as_what_it_rests_on() -> None:
    begun = scattered(weekends())
    own = first_of(begun.index)
    assert own.known(SUM, (0, 0, 5, 100)) is None
    own.weigh(begun.score(), lambda: False)
    assert own.known(SUM, (0, 0, 5, 100)) == (6, (0, 0, inf))
    assert own.known(SUM, (0, 100, 5, 100)) is None
    assert own.known(HEALTH, (0, 0, 5, 100)) is None


@pytest.mark.parametrize("seed", few(range(120), 20))
def test_no_roster_that_is_as_good_before_the_comparisons_is_below_the_bound(seed: int) -> None:
    """Whatever doctors are compared at."""
    model = by_chance(seed)
    rosters = lawful(model)
    number = len(model.steps) - 1
    for scores in sorted({own[:2] for own in rosters})[:3]:
        weighed = weighed_bound(Index(model), number, scores, lambda: False)
        if weighed is None or weighed.bound is None:
            continue
        assert weighed.under[1] <= min(own[1] for own in rosters if own[0] <= scores[0])
        best = [own[-1] for own in rosters if all(map(int.__le__, own, weighed.under))]
        assert all(value >= weighed.bound for value in best)


def test_other_steps_judge_the_same_rosters() -> None:
    chance = random.Random(1)
    index = Index(weekends())
    steps = index.model.steps
    other = index.with_steps([steps[SUM], replace(steps[COMPARED], worst=2), steps[0]])
    for _ in range(10):
        chosen = [v for v in range(2, index.model.decisions + 2) if chance.random() < 0.3]
        one, two = State(index, chosen), State(other, chosen)
        assert two.score()[0] == one.score()[SUM]
        assert two.score()[2] == one.score()[0]
        assert two.violation == one.violation
    assert index.model.steps == steps
    assert other.grid is index.grid


def searched(monkeypatch: pytest.MonkeyPatch, workers: int = 1) -> tuple[Search, list[str]]:
    """A search of a model that counts as large; and what became of its weekends."""
    told: list[str] = []
    make, weigh = OccasionsFirst.make, OccasionsFirst.weigh

    def making(self: OccasionsFirst, begun: State, own: Spell, number: int) -> State | None:
        made = make(self, begun, own, number)
        told.append("made" if made else "not made")
        return made

    def weighing(self: OccasionsFirst, *args: object) -> int | None:
        told.append("weighed")
        return weigh(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(OccasionsFirst, "make", making)
    monkeypatch.setattr(OccasionsFirst, "weigh", weighing)
    stop = threading.Event()
    own = Search(weekends(), seconds=20.0, workers=workers, seed=1, stop=stop, small=0)
    return own, told


def test_a_search_begins_anew_with_its_weekends(monkeypatch: pytest.MonkeyPatch) -> None:
    own, told = searched(monkeypatch)
    result = own.run()
    assert told[:2] == ["weighed", "made"]
    # Nobody has more than three duties, which takes more parts than the fewest.
    assert [step.value for step in result.steps] == [0, 0, 1, 9]
    assert 6 <= result.steps[SUM].bound <= 9


def test_what_is_weighed_beside_cooling_has_a_processor_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spared: list[tuple[int, int]] = []
    anneal = Crew.anneal

    def annealing(self: Crew, state: State, current: int, **own: Any) -> bool:
        spared.append((current, self.spared))
        return anneal(self, state, current, **own)

    monkeypatch.setattr(Crew, "anneal", annealing)
    monkeypatch.setattr(search, "trivial_bound", lambda *_: -1)  # health is not proven before
    own, told = searched(monkeypatch, workers=2)
    own.run()
    assert "weighed" in told
    assert (HEALTH, 1) in spared
    assert own.crew.spared == 0
    assert {number for number, own in spared if own} == {HEALTH}


def test_weekends_are_not_weighed_where_there_is_no_time_for_every_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, told = searched(monkeypatch)
    monkeypatch.setattr(type(own.comparing), "has_time", lambda *_: False)
    own.run()
    assert told == []


def test_weekends_are_not_weighed_where_that_takes_longer_than_there_is_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beginning, "_READING", 1.0)  # so many seconds for each variable
    own, told = searched(monkeypatch)
    own.run()
    assert told == []


def test_a_large_model_has_no_weekends_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "HELD", 1)
    own, told = searched(monkeypatch)
    own.run()
    assert told == []


def test_beginning_anew_leaves_most_of_the_time() -> None:
    assert 0 < TAKES < 0.4
