"""Who had which great holiday, and when last: the memory from roster to roster.

A duty that touches two great holidays (17 May 2027 is also Whit Monday) marks both (E24).
"""

from collections.abc import Iterable

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable

Holiday = tuple[GreatHoliday, int]
"""A great holiday of one year; Christmas and New Year of one winter have the same year."""


def holidays_of(duty: Duty) -> tuple[Holiday, ...]:
    """The great holidays of which the shift takes at least a minute; none for a session."""
    if not duty.is_shift or not duty.holidays:  # nearly every duty touches none
        return ()
    return tuple((block.holiday, block.year) for block in duty.holidays)


def holiday_shifts(timetable: Timetable, doctor: Doctor) -> list[Duty]:
    """The doctor's shifts of the period that touch a great holiday, in order of time."""
    return timetable.remembered(
        doctor.id,
        holiday_shifts,
        lambda: [own for own in timetable.duties_of(doctor.id) if own.is_shift and own.holidays],
    )


def known_holidays(problem: Problem, doctor: Doctor) -> frozenset[Holiday]:
    """The great holidays that the doctor has had by the ledger and the former roster."""
    ledger = problem.account_of[doctor.id].holidays.items()
    return frozenset(ledger) | frozenset(_worked(problem.tail_of[doctor.id]))


def holidays_worked(timetable: Timetable, doctor: Doctor) -> dict[GreatHoliday, int]:
    """The last year in which the doctor has each great holiday, this roster included."""
    last: dict[GreatHoliday, int] = {}
    had = known_holidays(timetable.problem, doctor)
    for holiday, year in (*had, *_worked(timetable.duties_of(doctor.id))):
        last[holiday] = max(year, last.get(holiday, year))
    return dict(sorted(last.items()))


def _worked(duties: Iterable[Duty]) -> Iterable[Holiday]:
    return (holiday for duty in duties for holiday in holidays_of(duty))
