"""Squares as convex prices: exact at the breaks, close in between."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from constraints.facts.squares import SQUARE, price_counts, price_steps, rounded
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.model import Term
from tests.support import doctor, duty, problem

NUMBER = 12
PLAN = problem(
    [doctor("Kari")], [duty(f"2027-02-{day + 1:02} 16:00", "22:00") for day in range(NUMBER)]
)


def prices(size: int, post: Callable[[Draft, list[Term]], None]) -> list[Fraction]:
    """What 0, 1, 2, ... duties cost, in squared steps; each duty is `size` units."""
    draft = Draft(PLAN, [])
    variables = range(2, 2 + NUMBER)
    post(draft, [(size, var) for var in variables])
    found = []
    for number in range(NUMBER + 1):
        values = settle(draft.model, list(variables)[:number])
        found.append(Fraction(sum(step_values(draft.model, values)), SQUARE))
    return found


def steps(size: int, aim: int, *, step: int, both: bool, weight: float = 1) -> list[Fraction]:
    return prices(
        size,
        lambda draft, terms: price_steps(
            draft, terms, aim, Fraction(step), both=both, weight=Fraction(weight)
        ),
    )


def counts(aim: Fraction, *, both: bool, weight: int = 1) -> list[Fraction]:
    return prices(
        1,
        lambda draft, terms: price_counts(draft, terms, aim, both=both, weight=Fraction(weight)),
    )


def test_halves_are_rounded_upwards() -> None:
    assert [rounded(Fraction(n, 4)) for n in (-2, -1, 1, 2, 5, 6)] == [0, 0, 0, 1, 1, 2]


def test_both_sides_of_the_aim_cost_alike() -> None:
    found = steps(1000, 6000, step=1000, both=True)
    assert found == [36, 26, 16, 9, 4, 1, 0, 1, 4, 9, 16, 26, 36]
    found = steps(1000, 6000, step=1000, both=False)
    assert found == [0] * 7 + [1, 4, 9, 16, 26, 36]
    squares = [36, 25, 16, 9, 4, 1, 0, 1, 4, 9, 16, 25, 36]
    assert counts(Fraction(6), both=True) == squares


@pytest.mark.parametrize("off", [100, 250, 400, 500, 750, 1000, 1250, 1400, 1750, 2500, 3500, 5000])
def test_between_the_breaks_the_price_is_close_to_the_square(off: int) -> None:
    over = steps(off, 0, step=1000, both=False)[1]
    under = steps(off, off, step=1000, both=True)[0]
    square = Fraction(off, 1000) ** 2
    assert over == under
    most = square * Fraction(25, 24) if off >= 1000 else square + Fraction(1, 16)
    assert square <= over <= most


def test_between_two_and_three_the_price_is_straight() -> None:
    assert steps(2500, 0, step=1000, both=False)[1] == (4 + 9) / 2


def test_beyond_the_last_break_the_price_goes_straight_on() -> None:
    found = steps(1000, 0, step=1000, both=False)
    assert [b - a for a, b in pairwise(found)][6:] == [14] * 6
    found = counts(Fraction(0), both=False)
    assert [b - a for a, b in pairwise(found)] == [1, 3, 5, 7, 9, 11, 13, 13, 13, 13, 13, 13]


@pytest.mark.parametrize("aim", [Fraction(1, 4), Fraction(5, 2), Fraction(13, 4)])
def test_counts_are_exact_wherever_the_aim_lies(aim: Fraction) -> None:
    both, above = counts(aim, both=True, weight=2), counts(aim, both=False, weight=2)
    for number in range(8):
        assert both[number] == 2 * (number - aim) ** 2
        assert above[number] == 2 * max(Fraction(0), number - aim) ** 2


def test_an_aim_below_nothing_makes_every_one_dearer() -> None:
    found = counts(Fraction(-3, 2), both=False)
    assert [b - a for a, b in pairwise(found)][:4] == [4, 6, 8, 10]


def test_the_price_is_measured_in_steps() -> None:
    found = steps(225, 450, step=450, both=False, weight=0.5)
    squares = [max(0, n - 2) ** 2 / 8 for n in range(9)]
    # Two whole numbers a minute where one and a half would be right, and the like.
    assert [float(own) for own in found[:9]] == pytest.approx(squares, rel=0.05, abs=0.06)


def test_what_weighs_nothing_posts_nothing() -> None:
    draft = Draft(PLAN, [])
    size = draft.model.size
    price_steps(draft, [(1, 2)], 0, Fraction(1), both=True, weight=Fraction(0))
    price_counts(draft, [(1, 2)], Fraction(0), both=True, weight=Fraction(0))
    assert draft.model.size == size


@pytest.mark.parametrize("both", [True, False])
@pytest.mark.parametrize("aim", [-3, 0, 2, 5])
def test_who_has_nothing_that_counts_is_as_far_from_the_aim_as_who_could_have(
    aim: int, both: bool
) -> None:
    def bare(post: Callable[[Draft, list[Term]], None]) -> Fraction:
        draft = Draft(PLAN, [])
        post(draft, [])
        return Fraction(sum(step_values(draft.model, settle(draft.model, []))), SQUARE)

    step, weight = Fraction(1000), Fraction(1)
    assert (
        bare(
            lambda draft, terms: price_steps(
                draft, terms, 1000 * aim, step, both=both, weight=weight
            )
        )
        == steps(1000, 1000 * aim, step=1000, both=both)[0]
    )
    assert (
        bare(
            lambda draft, terms: price_counts(draft, terms, Fraction(aim), both=both, weight=weight)
        )
        == counts(Fraction(aim), both=both)[0]
    )
