"""From how many doctors on a spread without names tells of nobody."""

import pytest

from api.service.crowd import tells_of_one


@pytest.mark.parametrize(
    ("doctors", "unnamed", "hidden"),
    [
        pytest.param(5, 4, False, id="a doctor among five"),
        pytest.param(4, 3, True, id="a doctor among four"),
        pytest.param(2, 1, True, id="a doctor of two: the other is the rest"),
        pytest.param(4, 4, True, id="four that somebody without a part of it looks at"),
        pytest.param(9, 4, False, id="a manager who knows five of nine"),
        pytest.param(9, 3, True, id="a manager who knows six of nine"),
        pytest.param(3, 0, False, id="who sees all by name anyhow"),
    ],
)
def test_a_spread_is_told_only_where_it_tells_of_nobody(
    doctors: int, unnamed: int, hidden: bool
) -> None:
    assert tells_of_one(doctors, unnamed) is hidden
