"""The picture of a level: where its lines run, and the numbers beside it."""

from api.pages.jobs.curve import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Point, curve

FLOOR, CEILING, END = HEIGHT - BOTTOM, TOP, WIDTH - RIGHT


def test_a_value_falls_in_steps_from_the_ceiling_and_its_bound_lies_on_the_floor() -> None:
    own = curve([Point(0, 12, None), Point(5, 12, 4), Point(10, 8, 4)])
    middle = (LEFT + END) / 2
    assert own.value == (
        f"{LEFT:g},{CEILING:g} {middle:g},{CEILING:g} {END:g},{CEILING:g} {END:g},74"
    )
    assert own.bound == f"{middle:g},{FLOOR:g} {END:g},{FLOOR:g}"
    assert own.between.startswith(own.bound)
    assert own.between.endswith(f"{middle:g},{CEILING:g}")
    assert (own.value_end, own.bound_end) == ((END, 74.0), (END, FLOOR))
    assert (own.low, own.high) == (4, 12)


def test_a_level_without_a_bound_has_one_line() -> None:
    own = curve([Point(0, 3, None), Point(1, 2, None)])
    assert (own.bound, own.between, own.bound_end) == ("", "", None)
    assert (own.low, own.high) == (2, 3)


def test_a_bound_that_was_far_below_does_not_flatten_the_picture() -> None:
    own = curve([Point(0, 10, -1000), Point(1, 10, 8)])
    assert own.low == 8
    assert own.bound.split()[0] == f"{LEFT:g},{FLOOR:g}"


def test_the_numbers_are_where_something_changed_and_never_too_many() -> None:
    still = curve([Point(0, 1, None), Point(1, 1, None), Point(2, 0, None)])
    assert [own.seconds for own in still.rows] == [0, 2]
    long = curve([Point(n, 100 - n, None) for n in range(90)])
    assert len(long.rows) == 12
    assert (long.rows[0].seconds, long.rows[-1].seconds) == (0, 89)
