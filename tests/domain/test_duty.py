"""What a duty knows of itself: night, weekend, length, unit."""

from datetime import date

import pytest

from scheduler.domain.duty import Letter
from tests.support import BACKUP, HOME, NIGHT, NURSING_HOME, duty


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("2027-02-02 23:00", "2027-02-03 08:00", True),
        ("2027-02-02 16:00", "2027-02-03 01:59", False),
        ("2027-02-02 16:00", "2027-02-03 02:00", True),
        ("2027-02-02 16:00", "2027-02-02 23:00", False),
        ("2027-02-03 04:00", "2027-02-03 12:00", True),
        ("2027-02-03 04:01", "2027-02-03 12:00", False),
    ],
)
def test_a_night_takes_three_hours_between_23_and_07(start: str, end: str, night: bool) -> None:
    assert duty(start, end).is_night is night


def test_the_night_of_the_clock_change_lasts_eight_hours() -> None:
    assert duty("2027-03-27 23:00", "2027-03-28 08:00", NIGHT).minutes == 8 * 60


@pytest.mark.parametrize(
    ("start", "end", "weekends"),
    [
        ("2027-02-05 16:00", "2027-02-05 23:00", ()),
        ("2027-02-05 16:00", "2027-02-06 00:00", ()),
        ("2027-02-05 23:00", "2027-02-06 08:00", (date(2027, 2, 6),)),
        ("2027-02-06 08:00", "2027-02-06 15:00", (date(2027, 2, 6),)),
        ("2027-02-07 23:00", "2027-02-08 08:00", (date(2027, 2, 6),)),
        ("2027-02-08 00:00", "2027-02-08 08:00", ()),
        ("2027-02-05 16:00", "2027-02-15 08:00", (date(2027, 2, 6), date(2027, 2, 13))),
    ],
)
def test_a_weekend_is_saturday_and_sunday(start: str, end: str, weekends: tuple[date, ...]) -> None:
    assert duty(start, end).weekends == weekends


def test_home_duty_is_class_1_unless_agreed_otherwise() -> None:
    assert duty("2027-02-02 16:00", "23:00", HOME).duty_class == 1
    assert duty("2027-02-02 16:00", "23:00", NIGHT).duty_class is None
    assert duty("2027-02-02 08:00", "12:00", NURSING_HOME).duty_class is None


def test_kinds() -> None:
    session = duty("2027-02-02 08:00", "12:00", NURSING_HOME)
    assert (session.letter, session.is_shift, session.is_home) == (Letter.MUNICIPAL, False, False)
    assert duty("2027-02-02 16:00", "23:00", BACKUP).is_backup
    assert session.unit == session.id
    assert duty("2027-02-02 08:00", "12:00", block="uke 5").unit == "uke 5"


def test_the_week_of_a_duty_is_that_of_its_start() -> None:
    assert str(duty("2027-02-07 23:00", "2027-02-08 08:00").week) == "uke 5 (2027)"
