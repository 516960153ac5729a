"""When a doctor who may not be alone on duty owes a share (AMF § 7, F-33.18)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from constraints.backup_for_dependent import BackupForDependent
from constraints.facts.company import closed_days, could_be_guarded
from constraints.radio_training import RadioTraining
from scheduler.domain.doctor import Competence, Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.fairness.availability import LostDays, available_days, lost_days
from tests.support import BACKUP, DAYTIME, EVENING, HOME, NIGHT, NURSING_HOME, doctor, duty, problem

RULE = BackupForDependent()
LONG_AGO = date(2015, 1, 1)
READY = Competence(
    specialist_from=LONG_AGO,
    emergency_course_from=LONG_AGO,
    violence_course_from=LONG_AGO,
    radio_from=LONG_AGO,
)
LATER = doctor("Nils", competence=replace(READY, emergency_course_from=date(2027, 1, 18)))
DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(31)]
JANUARY: dict[str, Any] = {"first_day": DAYS[0], "last_day": DAYS[-1]}


def evenings(days: Iterable[date] = DAYS, **more: Any) -> list[Duty]:
    return [duty(f"{day} 16:00", "22:00", EVENING, **more) for day in days]


def plan(*duties: Duty, who: Doctor = LATER) -> Problem:
    return problem([who], duties, **JANUARY)


def owed(own: Problem, letter: Letter = Letter.OUT_OF_HOURS) -> int:
    return available_days(own, [RULE], own.doctors[0], letter)


def test_before_the_day_of_competence_nothing_is_owed_where_nobody_stands_by() -> None:
    own = plan(*evenings())
    assert owed(own) == 14
    assert lost_days(own, [RULE], LATER) == (
        LostDays("kan ikke være alene på vakt", date(2027, 1, 1), date(2027, 1, 17)),
    )
    assert owed(own, Letter.MUNICIPAL) == 31


def test_a_competent_doctor_owes_every_day() -> None:
    assert owed(plan(*evenings(), who=doctor("Eva", competence=READY))) == 31


def test_with_a_backup_the_doctor_takes_part_from_the_first_day() -> None:
    behind = [duty(f"{day} 16:00", "22:00", BACKUP) for day in DAYS]
    assert owed(plan(*evenings(), *behind)) == 31
    short = [duty(f"{day} 16:00", "21:59", BACKUP) for day in DAYS]
    assert owed(plan(*evenings(), *short)) == 14
    late = [duty(f"{day} 16:01", "22:00", BACKUP) for day in DAYS]
    assert owed(plan(*evenings(), *late)) == 14


def test_two_backups_in_turn_guard_a_duty_and_a_gap_between_them_does_not() -> None:
    evening = evenings(DAYS[:1])[0]
    first = duty("2027-01-01 15:00", "19:00", BACKUP)
    second = duty("2027-01-01 19:00", "23:00", BACKUP)
    gap = duty("2027-01-01 19:01", "23:00", BACKUP)
    assert could_be_guarded(plan(evening, first, second), evening)
    assert not could_be_guarded(plan(evening, first, gap), evening)
    assert not could_be_guarded(plan(evening, second), evening)


def test_a_second_doctor_or_a_colleague_on_site_stands_by_and_one_at_home_does_not() -> None:
    evening = evenings(DAYS[:1])[0]
    assert could_be_guarded(plan(replace(evening, needed=2)), replace(evening, needed=2))
    for kind, guards in ((NIGHT, True), (HOME, False), (NURSING_HOME, False)):
        other = duty("2027-01-01 16:00", "22:00", kind)
        assert could_be_guarded(plan(evening, other), evening) == guards
    assert not could_be_guarded(plan(evening), evening)


def test_only_days_on_which_somebody_could_stand_by_are_owed() -> None:
    behind = [duty(f"{day} 16:00", "22:00", BACKUP) for day in DAYS if day.weekday() >= 5]
    # Six of the days before the eighteenth are Saturdays or Sundays: 2, 3, 9, 10, 16, 17.
    assert owed(plan(*evenings(), *behind)) == 14 + 6


def test_days_without_shifts_are_as_those_before_them() -> None:
    weekend = [day for day in DAYS if day.weekday() >= 5]
    assert owed(plan(*evenings(weekend))) == 14
    behind = [duty(f"{day} 16:00", "22:00", BACKUP) for day in weekend]
    assert owed(plan(*evenings(weekend), *behind)) == 31
    assert owed(plan()) == 31
    # Where the first shift comes after the competence, nothing was ever closed.
    assert owed(plan(*evenings(DAYS[17:]))) == 31
    seen = list(
        closed_days(
            plan(*evenings([DAYS[3], DAYS[6]])),
            Letter.OUT_OF_HOURS,
            DAYS[9],
            lambda own: own.day == DAYS[6],
        )
    )
    assert seen == DAYS[:6]


def test_a_duty_over_midnight_touches_both_days() -> None:
    nights = [duty(f"{day} 22:00", f"{day + timedelta(days=1)} 08:00", NIGHT) for day in DAYS[:16]]
    own = plan(*nights, *evenings(DAYS[16:], needed=2))
    # From the seventeenth there is always a second doctor, and the last night ends that day.
    assert owed(own) == 15


def test_daytime_duty_has_days_of_its_own() -> None:
    by_day = [duty(f"{day} 08:00", "15:00", DAYTIME, needed=2) for day in DAYS]
    own = plan(*evenings(), *by_day)
    assert (owed(own), owed(own, Letter.DAYTIME)) == (14, 31)
    alone = plan(*evenings(needed=2), *(replace(own, needed=1) for own in by_day))
    assert (owed(alone), owed(alone, Letter.DAYTIME)) == (31, 14)


def test_no_share_before_the_radio_training_either() -> None:
    untrained = doctor("Nils", competence=replace(READY, radio_from=date(2027, 1, 11)))
    own = plan(*evenings(), who=untrained)
    assert lost_days(own, [RadioTraining(), RULE], untrained) == (
        LostDays("uten opplæring i nødnett", date(2027, 1, 1), date(2027, 1, 10)),
    )
