"""Days and clock times as people and programs write them."""

import datetime as dt

import pytest

from scheduler.reading.roster_cells import clock_in, day_in


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("27/3/27", dt.date(2027, 3, 27)),
        ("lør. 27.03.2027", dt.date(2027, 3, 27)),
        ("17. mai 2027", dt.date(2027, 5, 17)),
        ("2027-05-17T00:00:00", dt.date(2027, 5, 17)),
        (dt.datetime(2027, 5, 16, 23, 59, 59, 999_999), dt.date(2027, 5, 17)),
        ("31.04.2027", None),
        ("i morgen", None),
        (12, None),
        (True, None),
        (float("nan"), None),
        (None, None),
    ],
)
def test_days(written: object, day: dt.date | None) -> None:
    assert day_in(written) == day


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("08:00", dt.time(8)),
        ("8.30", dt.time(8, 30)),
        ("kl 23", dt.time(23)),
        ("0730", dt.time(7, 30)),
        ("24:00", dt.time(0)),
        ("23:00:00", dt.time(23)),
        (0.9583333333333334, dt.time(23)),
        (8, dt.time(8)),
        (8.0, dt.time(8)),
        (1530, dt.time(15, 30)),
        (dt.datetime(1899, 12, 30, 8), dt.time(8)),
        ("25:00", None),
        ("8:75", None),
        ("natt", None),
        (True, None),
        (None, None),
    ],
)
def test_clock_times(written: object, clock: dt.time | None) -> None:
    assert clock_in(written) == clock
