"""What a difference between two plans is worth: always judged by value and bound."""

from itertools import product

import pytest

from scheduler.domain.roster import LevelResult
from scheduler.whatif.gap import Verdict, differences


def _level(value: float, bound: float, level: str = "cover") -> LevelResult:
    return LevelResult(level, level, value, bound, proven=value <= bound)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((5, 5), (5, 5), Verdict.SAME),
        ((5, 5), (6, 6), Verdict.CERTAIN),
        ((5, 5), (6, 5.5), Verdict.CERTAIN),
        ((5, 5), (6, 5), Verdict.WITHIN),  # the second may reach the first, and no less
        ((5, 3), (6, 4), Verdict.WITHIN),
        ((6, 4), (3, 1), Verdict.CERTAIN),
        ((6, 3), (3, 1), Verdict.WITHIN),
        ((5, 3), (5, 5), Verdict.WITHIN),  # equal as found, but one may be better
    ],
)
def test_stretches_that_overlap_mean_nothing(
    before: tuple[float, float], after: tuple[float, float], expected: Verdict
) -> None:
    (own,) = differences([_level(*before)], [_level(*after)])
    assert own.verdict is expected
    (back,) = differences([_level(*after)], [_level(*before)])
    assert back.verdict is expected


def test_a_verdict_is_true_of_every_pair_of_best_values() -> None:
    points = [0.0, 1.0, 2.0, 3.0]
    pairs = [(v, b) for v, b in product(points, points) if b <= v]
    for one, other in product(pairs, pairs):
        (own,) = differences([_level(*one)], [_level(*other)])
        orders = {
            (x > y) - (x < y)
            for x in points
            for y in points
            if one[1] <= x <= one[0] and other[1] <= y <= other[0]
        }
        if own.verdict is Verdict.CERTAIN:
            assert orders in ({1}, {-1})
        elif own.verdict is Verdict.SAME:
            assert orders == {0}
        else:
            assert own.verdict is Verdict.WITHIN
            assert 0 in orders
            assert len(orders) > 1 or one != other or one[0] != one[1]


def test_an_open_level_makes_all_later_ones_conditional() -> None:
    before = [_level(2, 1), _level(9, 9, "ordered")]
    after = [_level(2, 2), _level(3, 3, "ordered")]
    first, second = differences(before, after)
    assert first.verdict is Verdict.WITHIN
    assert second.verdict is Verdict.CONDITIONAL
    assert second.change == -6
    equal = [_level(2, 2), _level(9, 9, "ordered")]
    assert differences(before, equal)[1].verdict is Verdict.WITHIN


def test_levels_that_only_one_has_are_not_compared() -> None:
    before = [_level(1, 1), _level(2, 2, "fairness_worst_2")]
    (own,) = differences(before, [_level(1, 1)])
    assert own.before.level == "cover"
    assert own.verdict.sentence.startswith("ingen forskjell")
    assert "mindre enn det som gjenstår å bevise" in Verdict.WITHIN.sentence
