"""Rosters that race: who goes on, who is given up, and how long that takes."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.rivals import Rival, Rivals
from scheduler.solving.state import State

PAIRS = 10


class Roster:
    """Stands for one: what is held, and the sum after so many groups."""

    def __init__(self, held: int, sums: Callable[[int], int]) -> None:
        self.held, self.sums, self.groups = held, sums, 0

    def score(self) -> tuple[int, ...]:
        return self.held, 0, self.sums(self.groups)


class Job:
    """Stands for those who share out anew; gives up after so many groups."""

    pairs = PAIRS

    def __init__(self, patience: int = 1_000) -> None:
        self.tried, self.patience = 0, patience


def race(
    rosters: list[Roster | None], groups: int, patience: int = 1_000, longer: float = 1.0
) -> tuple[Roster, list[int]]:
    """What came furthest where there is time for so many groups in all, and who had how many."""
    left = [groups]

    def run(job: Any, state: Any, until: Callable[[], float]) -> None:
        while until() > 0 and job.tried < job.patience:
            job.tried += 1
            state.groups += 1
            left[0] -= 1

    def job(number: int) -> Reshuffle:
        return cast(Reshuffle, Job(patience))

    def begin(number: int) -> State | None:
        return cast(State, rosters[number]) if number < len(rosters) else None

    rivals = Rivals(1, 2, run, lambda: float(left[0]), longer)
    first = Rival(cast(State, rosters[0]), job(0))
    best = cast(Roster, rivals.best(first, begin, job))
    return best, [own.groups if own else 0 for own in rosters]


def falling(start: int, slope: int, held: int = 0) -> Roster:
    return Roster(held, lambda groups: start - slope * groups)


def test_one_by_itself_has_all_the_time() -> None:
    own = falling(1_000, 1)
    assert race([own], 70) == (own, [70])


def test_the_one_that_came_furthest_goes_on() -> None:
    rosters = [falling(1_000, 1), falling(1_000, 2), falling(1_000, 1)]
    best, groups = race(cast(list[Roster | None], rosters), 90)
    assert best is rosters[1]
    assert groups == [20, 20 + 30, 20]


def test_who_is_behind_after_as_many_groups_is_given_up() -> None:
    rosters = [falling(1_000, 10), falling(1_100, 10), falling(1_000, 9)]
    best, groups = race(cast(list[Roster | None], rosters), 200)
    assert best is rosters[0]
    assert groups == [200 - 5 - 20, 5, 20]  # a leg is half of the pairs; 5 % behind is too much


def test_another_begins_only_where_there_is_time_for_as_many_groups() -> None:
    rosters = [falling(1_000, 1), falling(1_000, 2)]
    best, groups = race(cast(list[Roster | None], rosters), 39)
    assert (best, groups) == (rosters[0], [39, 0])


@pytest.mark.parametrize(("groups", "others"), [(59, 0), (61, 1)])
def test_who_is_to_go_on_for_long_has_more_time_left(groups: int, others: int) -> None:
    rosters = cast(list[Roster | None], [falling(1_000, 2), falling(1_000, 1), falling(1_000, 1)])
    best, had = race(rosters, groups, longer=2.0)
    assert (best, had) == (rosters[0], [groups - 20 * others, 20 * others, 0])


@pytest.mark.parametrize("held", [1, 0])
def test_who_is_worse_on_what_is_held_does_not_race(held: int) -> None:
    rosters = [falling(1_000, 1), falling(500, 2, held)]
    best, groups = race(cast(list[Roster | None], rosters), 60)
    assert best is rosters[1 - held]
    assert groups == ([60, 0] if held else [20, 40])


def test_who_is_better_on_what_is_held_goes_on_whatever_the_sum() -> None:
    rosters = [falling(1_000, 1, held=1), falling(1_000, 0)]
    best, _ = race(cast(list[Roster | None], rosters), 60)
    assert best is rosters[1]


def test_one_that_cannot_begin_is_passed_over() -> None:
    last = falling(900, 1)
    best, groups = race([falling(1_000, 1), None, last], 80)
    assert (best, groups) == (last, [20, 0, 60])


def test_where_all_stall_as_many_begin_as_are_thought_of() -> None:
    rosters = [falling(1_000 - number, 0) for number in range(12)]
    best, groups = race(cast(list[Roster | None], rosters), 10_000, patience=3)
    assert best is rosters[7]
    assert groups == [3] * 8 + [0] * 4
