"""How the time that is left is divided between the steps."""

import pytest

from scheduler.solving.budgets import part_of_time
from scheduler.solving.model import Step

COVER, HEALTH, WORST, SUM, WISHES = range(5)
STEPS = [
    Step(1, "", "", "", 1),
    Step(3, "", "", "", 1),
    Step(4, "", "", "", 1, worst=1),
    Step(4, "", "", "", 1),
    Step(5, "", "", "", 1),
]


def spent(opening: int | None) -> list[float]:
    """What part of all time each step has where each takes what it is given."""
    left, parts = 1.0, []
    for number in range(len(STEPS)):
        parts.append(left * part_of_time(STEPS, number, opening))
        left -= parts[-1]
    return parts


@pytest.mark.parametrize("opening", [None, WORST])
def test_the_last_step_has_all_that_is_left(opening: int | None) -> None:
    assert part_of_time(STEPS, WISHES, opening) == 1.0
    assert sum(spent(opening)) == pytest.approx(1.0)


def test_comparing_doctors_has_half_of_what_a_sum_of_that_level_has() -> None:
    parts = spent(None)
    assert parts[WORST] == pytest.approx(parts[SUM] / 2)
    assert parts[COVER] == pytest.approx(parts[HEALTH])


def test_where_the_sum_comes_before_the_comparisons_it_takes_most_of_what_is_left() -> None:
    usual, opened = spent(None), spent(WORST)
    left = 1 - opened[COVER] - opened[HEALTH]
    assert opened[WORST] == pytest.approx(0.65 * left)
    assert opened[HEALTH] < usual[HEALTH] < 2 * opened[HEALTH]
    assert opened[SUM] / opened[WISHES] == pytest.approx(usual[SUM] / usual[WISHES])
