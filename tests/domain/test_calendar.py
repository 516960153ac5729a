"""Red days, eves and the great holidays; spring 2027 has most of the traps."""

from datetime import date

import pytest

from scheduler.domain.calendar import (
    GreatHoliday,
    day_name,
    easter_sunday,
    great_holidays,
    holiday_blocks,
    is_eve,
    is_red,
    is_rest_day,
)
from tests.support import span, utc


@pytest.mark.parametrize(
    ("year", "day"),
    [(2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2028, date(2028, 4, 16))],
)
def test_easter(year: int, day: date) -> None:
    assert easter_sunday(year) == day


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2027, 3, 25),
        date(2027, 3, 26),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 16),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ],
)
def test_red_days_of_2027(day: date) -> None:
    assert is_red(day)
    assert not is_eve(day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 3, 24), "Onsdag før skjærtorsdag"),
        (date(2027, 3, 27), "Påskeaften"),
        (date(2027, 5, 15), "Pinseaften"),
        (date(2027, 12, 24), "Julaften"),
        (date(2027, 12, 31), "Nyttårsaften"),
    ],
)
def test_eves_are_not_red(day: date, name: str) -> None:
    assert day_name(day) == name
    assert is_eve(day)
    assert not is_red(day)


def test_an_ordinary_sunday_is_a_rest_day_but_not_red() -> None:
    assert is_rest_day(date(2027, 2, 7))
    assert not is_red(date(2027, 2, 7))
    assert not is_rest_day(date(2027, 2, 8))
    assert day_name(date(2027, 2, 8)) is None


@pytest.mark.parametrize(
    ("holiday", "start", "end"),
    [
        (GreatHoliday.EASTER, "2027-03-24 16:00", "2027-03-30 08:00"),
        (GreatHoliday.WHITSUN, "2027-05-15 15:00", "2027-05-18 08:00"),
        (GreatHoliday.CONSTITUTION_DAY, "2027-05-17 00:00", "2027-05-18 08:00"),
        (GreatHoliday.LABOUR_DAY, "2027-05-01 00:00", "2027-05-03 08:00"),  # into the weekend
        (GreatHoliday.ASCENSION, "2027-05-06 00:00", "2027-05-07 08:00"),
    ],
)
def test_blocks_of_spring_2027(holiday: GreatHoliday, start: str, end: str) -> None:
    blocks = holiday_blocks(date(2027, 1, 10), date(2027, 6, 30))
    [block] = [b for b in blocks if b.holiday == holiday]
    assert (block.interval.start, block.interval.end) == (utc(start), utc(end))


def test_new_year_belongs_to_the_year_that_ends() -> None:
    found = great_holidays(span("2027-01-01 23:00", "2027-01-02 07:00"))
    assert [(b.holiday, b.year) for b in found] == [(GreatHoliday.NEW_YEAR, 2026)]


def test_17_may_2027_is_also_whit_monday() -> None:
    found = great_holidays(span("2027-05-17 08:00", "16:00"))
    assert {b.holiday for b in found} == {GreatHoliday.WHITSUN, GreatHoliday.CONSTITUTION_DAY}


@pytest.mark.parametrize(("start", "count"), [("2027-03-24 15:00", 0), ("2027-03-24 15:01", 1)])
def test_a_minute_of_the_holiday_is_enough(start: str, count: int) -> None:
    end = "2027-03-24 16:00" if count == 0 else "2027-03-24 16:01"
    assert len(great_holidays(span(start, end))) == count
