"""Opening hours of a practice on eves: it closes at the agreed time, and afternoons fall away."""

from datetime import date, time

import pytest

from constraints.facts.practice import openings
from scheduler.domain.doctor import OpeningHours
from tests.support import doctor, span

HOURS = (OpeningHours(4, time(8), time(11)), OpeningHours(4, time(12), time(16)))
EVE, FRIDAY = date(2027, 12, 24), date(2027, 12, 17)


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        (None, [("08:00", "11:00"), ("12:00", "16:00")]),
        (time(12, 1), [("08:00", "11:00"), ("12:00", "12:01")]),
        (time(12), [("08:00", "11:00")]),
        (time(10), [("08:00", "10:00")]),
        (time(8), []),
    ],
)
def test_an_eve_ends_at_the_agreed_time(
    closing: time | None, expected: list[tuple[str, str]]
) -> None:
    kari = doctor("Kari", opening_hours=HOURS, eve_closing=closing)
    assert openings(kari, EVE) == tuple(span(f"{EVE} {a}", b) for a, b in expected)


def test_other_days_are_whole() -> None:
    kari = doctor("Kari", opening_hours=HOURS, eve_closing=time(10))
    whole = [("08:00", "11:00"), ("12:00", "16:00")]
    assert openings(kari, FRIDAY) == tuple(span(f"{FRIDAY} {a}", b) for a, b in whole)
