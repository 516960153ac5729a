"""One doctor's sheet: the own duties in order of time, nobody else's."""

from xlsxwriter.worksheet import Worksheet

from scheduler.calendar_words import WEEKDAYS
from scheduler.domain.calendar import day_name
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.roster import Timetable
from scheduler.tallies import Tally
from scheduler.writing.rows import Cell, municipality_name, place_name
from scheduler.writing.sheets.look import (
    A4,
    DAY_FORMAT,
    HOURS_FORMAT,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    Look,
    height,
    page,
    put,
)
from scheduler.writing.wording import LETTERS, PRESENCES, ROLES, clock, hours, period

COLUMNS = (
    ("Dato", 12),
    ("Ukedag", 10),
    ("Merkedag", 23),
    ("Tid", 13),
    ("Vakt", 24),
    ("Rolle", 23),
    ("Sted", 22),
    ("Timer", 8),
    ("Poeng", 8),
)
FORMATS = (DAY_FORMAT, "", "", "", "", "", "", HOURS_FORMAT, NUMBER_FORMAT)
TOP = 4


def write(
    sheet: Worksheet, timetable: Timetable, doctor: Doctor, own: Tally, look: Look, foot: str
) -> None:
    """Fill the sheet of one doctor, with sums below."""
    problem = timetable.problem
    duties = timetable.duties_of(doctor.id)
    put(sheet, 0, 0, doctor.name, look.title)
    sheet.set_row(0, 24)
    put(
        sheet,
        1,
        0,
        f"{municipality_name(timetable, doctor)}. {problem.title}, "
        f"{period(problem.first_day, problem.last_day)}.",
        look.note,
    )
    put(sheet, 2, 0, _summary(own), look.note)
    for column, (title, width) in enumerate(COLUMNS):
        aside = NUMBER if title in ("Timer", "Poeng") else TEXT
        put(sheet, TOP - 1, column, title, look.header(**aside))
        sheet.set_column(column, column, width)
    for row, duty in enumerate(duties, TOP):
        cells = _cells(timetable, duty)
        for column, value in enumerate(cells):
            aside = NUMBER if isinstance(value, float) else {"text_wrap": True, **TEXT}
            put(sheet, row, column, value, look.on(duty.day, num_format=FORMATS[column], **aside))
        sheet.set_row(
            row,
            height(
                *(
                    (cell, width)
                    for cell, (_, width) in zip(cells, COLUMNS, strict=True)
                    if isinstance(cell, str)
                )
            ),
        )
    end = TOP + len(duties)
    if duties:
        for column in range(len(COLUMNS) - 2):
            put(sheet, end, column, "" if column else "Sum", look.of(bold=True, **TEXT))
        minutes = own.shift_minutes + own.municipal_minutes
        put(sheet, end, 7, minutes / 60, look.of(bold=True, num_format=HOURS_FORMAT, **NUMBER))
        put(sheet, end, 8, own.points, look.of(bold=True, num_format=NUMBER_FORMAT, **NUMBER))
    else:
        put(sheet, TOP, 0, "Ingen vakter i perioden.", look.note)
    sheet.freeze_panes(TOP, 0)
    sheet.repeat_rows(TOP - 1)
    page(sheet, foot, paper=A4)


def _summary(own: Tally) -> str:
    """«12 vakter (96 timer), 4 netter, 3 helger, jul; kommunale oppgaver 7,5 timer.»."""
    parts = [
        f"{own.shifts} {'vakt' if own.shifts == 1 else 'vakter'} ({hours(own.shift_minutes)})",
        f"{own.nights} {'natt' if own.nights == 1 else 'netter'}",
        f"{len(own.weekends)} {'helg' if len(own.weekends) == 1 else 'helger'}",
        *own.great_holidays,
    ]
    told = ", ".join(parts)
    if own.sessions:
        told += f"; kommunale oppgaver {hours(own.municipal_minutes)}"
    return f"{told}."


def _cells(timetable: Timetable, duty: Duty) -> tuple[Cell, ...]:
    kind = duty.type
    role = (
        f"{ROLES[kind.role]}, {PRESENCES[kind.presence]}"
        if isinstance(kind, ShiftPattern)
        else LETTERS[duty.letter]
    )
    return (
        duty.day,
        WEEKDAYS[duty.day.weekday()],
        day_name(duty.day) or "",
        f"{clock(duty.start)}–{clock(duty.end)}",
        kind.name,
        role,
        place_name(timetable, duty),
        duty.minutes / 60,
        duty.burden / 100,
    )
