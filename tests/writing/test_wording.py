from datetime import date

import pytest

from scheduler.writing.wording import clock, hours, number, on_day, period, short_day
from tests.support import utc


def test_days_are_written_as_norwegians_write_them() -> None:
    assert on_day(date(2027, 3, 27)) == "lørdag 27. mars 2027"
    assert short_day(date(2027, 3, 7)) == "07.03.2027"


def test_a_period_tells_its_year_once_where_it_has_one() -> None:
    assert period(date(2027, 1, 4), date(2027, 2, 28)) == "4. januar–28. februar 2027"
    assert period(date(2026, 12, 28), date(2027, 1, 3)) == "28. desember 2026–3. januar 2027"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(450, "7,5 timer"), (60, "1 time"), (0, "0 timer"), (500, "8,33 timer"), (600, "10 timer")],
)
def test_hours_have_a_decimal_comma(minutes: int, told: str) -> None:
    assert hours(minutes) == told


def test_numbers_have_no_needless_zeros() -> None:
    assert [number(x) for x in (1.0, 0.25, 100.0, 2.5)] == ["1", "0,25", "100", "2,5"]


def test_a_minus_is_a_minus_and_never_stands_before_nothing() -> None:
    assert [number(x) for x in (-0.5, -3, -0.001, -0.0)] == ["\u22120,5", "\u22123", "0", "0"]


def test_clocks_are_those_of_oslo() -> None:
    assert clock(utc("2027-07-01 08:05")) == "08:05"
