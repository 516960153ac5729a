"""The plain table of a roster: one row an assignment, and one for each doctor that lacks.

The csv file and the sheet «Rader» print these rows; `scheduler.reading.roster` reads both back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from scheduler.calendar_words import WEEKDAYS
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.roster import Timetable
from scheduler.domain.time import local
from scheduler.writing.wording import LETTERS, PRESENCES, ROLES

Cell = str | int | float | date | time

COLUMNS = (
    "Dato",
    "Ukedag",
    "Fra",
    "Til dato",
    "Til",
    "Timer",
    "Vakt",
    "Oppgave",
    "Vaktform",
    "Rolle",
    "Sted",
    "Lege",
    "Kommune",
    "Natt",
    "Helg",
    "Høytid",
    "Poeng",
    "Vakt-ID",
    "Lege-ID",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A duty with one of its doctors, or with None for a doctor that lacks."""

    duty: Duty
    doctor: Doctor | None


def rows(timetable: Timetable) -> Iterator[Row]:
    """Assignments and holes in order of time, holes after the doctors of the same duty."""
    problem = timetable.problem
    holes = {duty.id for duty in timetable.holes}
    for duty in problem.duties:
        for doctor in timetable.doctors_on(duty.id):
            yield Row(duty, problem.doctor_by_id[doctor])
        if duty.id in holes:
            for _ in range(timetable.missing(duty)):
                yield Row(duty, None)


def cells(timetable: Timetable, row: Row) -> tuple[Cell, ...]:
    """The row's values in the order of COLUMNS: local dates and clock times, real hours.

    Yes is «ja», no is empty. The hour and points are numbers; what is not known is empty.
    """
    duty, kind = row.duty, row.duty.type
    start, end = local(duty.start), local(duty.end)
    shift = kind if isinstance(kind, ShiftPattern) else None
    return (
        start.date(),
        WEEKDAYS[start.weekday()],
        start.time(),
        end.date(),
        end.time(),
        duty.minutes / 60,
        kind.name,
        LETTERS[duty.letter],
        PRESENCES[shift.presence] if shift else "",
        ROLES[shift.role] if shift else "",
        place_name(timetable, duty),
        row.doctor.name if row.doctor else "",
        municipality_name(timetable, row.doctor) if row.doctor else "",
        "ja" if duty.is_night else "",
        "ja" if duty.weekends else "",
        holiday_names(duty),
        duty.burden / 100,
        duty.id,
        row.doctor.id if row.doctor else "",
    )


def place_name(timetable: Timetable, duty: Duty) -> str:
    """The name of the duty's place, or its id where no such place is described."""
    names = {place.id: place.name for place in timetable.problem.places}
    return names.get(duty.type.place, duty.type.place)


def municipality_name(timetable: Timetable, doctor: Doctor) -> str:
    """The name of the doctor's municipality, or its id where it is not described."""
    names = {own.id: own.name for own in timetable.problem.municipalities}
    return names.get(doctor.municipality, doctor.municipality)


def holiday_names(duty: Duty) -> str:
    """«jul», «1. mai, Kristi himmelfart», or empty."""
    return ", ".join(block.holiday.value for block in duty.holidays)
