from datetime import date

from scheduler.domain.calendar import GreatHoliday
from scheduler.tallies import tally
from tests.support import BACKUP, EVENING, NIGHT, doctor, duty
from tests.writing.sample import alone, nobody, sample


def test_minutes_are_real_on_both_clock_change_nights() -> None:
    kari = tally(sample())[0]
    assert kari.on_site_minutes == 8 * 60 + 10 * 60
    assert (kari.home_minutes, kari.backup_minutes) == (0, 0)
    assert kari.nights == 2


def test_home_backup_and_municipal_minutes_are_kept_apart() -> None:
    kari, ola, _ = tally(sample())
    assert (ola.on_site_minutes, ola.home_minutes, ola.backup_minutes) == (420, 420, 480)
    assert ola.shift_minutes == 420 + 420 + 480
    assert kari.municipal_minutes == 450
    assert (kari.shifts, kari.sessions, kari.duties) == (2, 1, 3)


def test_points_sum_the_burden_of_shifts_and_sessions() -> None:
    kari, ola, _ = tally(sample())
    assert (kari.burden, kari.points) == (300, 3.0)
    assert ola.points == 0.5 + 1 + 1


def test_a_doctor_without_duties_has_zeros() -> None:
    for own in tally(nobody()):
        assert (own.duties, own.shift_minutes, own.burden, own.weekends) == (0, 0, 0, ())


def test_two_duties_of_one_weekend_are_one_weekend() -> None:
    own = tally(
        alone(
            doctor(),
            duty("2027-01-08 23:00", "2027-01-09 08:00", NIGHT),  # a Friday night
            duty("2027-01-10 16:00", "23:00"),
            duty("2027-01-16 16:00", "23:00"),
        )
    )[0]
    assert own.weekends == (date(2027, 1, 9), date(2027, 1, 16))


def test_two_duties_of_one_easter_are_one_holiday() -> None:
    own = tally(
        alone(
            doctor(),
            duty("2027-03-26 16:00", "23:00"),
            duty("2027-03-28 16:00", "23:00", BACKUP),
            duty("2027-05-01 16:00", "23:00", EVENING),
        )
    )[0]
    assert own.great_holidays == (GreatHoliday.EASTER, GreatHoliday.LABOUR_DAY)


def test_17_may_on_whit_monday_is_one_holiday_as_in_the_shares() -> None:
    own = tally(
        alone(
            doctor(),
            duty("2027-05-16 16:00", "23:00"),
            duty("2027-05-17 16:00", "23:00"),
        )
    )[0]
    assert own.great_holidays == (GreatHoliday.WHITSUN, GreatHoliday.CONSTITUTION_DAY)
    assert own.holiday_count == 1


def test_a_session_in_the_holiday_block_is_no_holiday_duty() -> None:
    kari = tally(sample())[0]
    assert kari.great_holidays == (GreatHoliday.EASTER,)  # the night, not the nursing home
