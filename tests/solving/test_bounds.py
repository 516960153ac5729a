"""What is proven of a step holds as long as the roster keeps what it was proven under."""

from math import inf

from scheduler.solving.bounds import Bounds


def test_a_bound_is_dropped_where_a_step_that_it_rests_on_gets_worse() -> None:
    bounds = Bounds([0, 0, -9])
    bounds.better(2, 4, (0, 3, 7))
    bounds.leave((0, 3, 5))
    assert (list(bounds), bounds.dropped) == ([0, 0, 4], False)
    bounds.leave((0, 4, 5))
    assert (list(bounds), bounds.dropped) == ([0, 0, -9], True)


def test_a_bound_that_rests_on_the_first_step_alone_outlives_the_others() -> None:
    bounds = Bounds([0, 0, -9])
    bounds.better(2, 4, (0, inf))
    bounds.leave((0, 100, 5))
    assert list(bounds) == [0, 0, 4]
    bounds.leave((1, 0, 5))
    assert list(bounds) == [0, 0, -9]


def test_a_higher_bound_rests_on_all_that_it_and_the_lower_one_did() -> None:
    bounds = Bounds([0, 0, -9])
    bounds.better(2, 4, (0, inf))
    bounds.better(2, 3, (0, 1))
    bounds.leave((0, 2, 5))
    assert list(bounds) == [0, 0, 4]
    bounds.better(2, 5, (0, 6))
    bounds.leave((0, 7, 5))
    assert list(bounds) == [0, 0, -9]
