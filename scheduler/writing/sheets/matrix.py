"""The sheet «Leger»: doctors downwards, days across, codes in the cells, sums at the right."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from scheduler.calendar_words import MONTHS, WEEKDAYS
from scheduler.domain.calendar import day_name
from scheduler.domain.roster import Timetable
from scheduler.domain.time import days_between
from scheduler.tallies import Tally
from scheduler.writing.rows import municipality_name
from scheduler.writing.sheets.look import (
    A3,
    HOURS_FORMAT,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    Look,
    page,
    put,
)
from scheduler.writing.sheets.names import codes
from scheduler.writing.wording import UNCOVERED, period

FIRST = 2  # the first column of days, after name and municipality
TOP = 5  # the first row of doctors
SCALE = 72  # per cent, at which 31 days and the sums fit on A3
ROW_HEIGHT = 19
SUMS = ("Vakter", "Timer", "Netter", "Helger", "Høytider", "Poeng", "Kommunale timer")


def write(
    sheet: Worksheet, timetable: Timetable, tallies: Sequence[Tally], look: Look, foot: str
) -> None:
    """Fill the sheet; under the doctors a row counts what is uncovered, then come the codes."""
    problem = timetable.problem
    days = list(days_between(problem.first_day, problem.last_day))
    code = codes(problem.types)
    put(sheet, 0, 0, f"Leger – {problem.title}", look.title)
    sheet.set_row(0, 24)
    put(sheet, 1, 0, f"{period(problem.first_day, problem.last_day)}.", look.note)
    _headings(sheet, days, look)
    sheet.set_default_row(ROW_HEIGHT)
    for row, (doctor, own) in enumerate(zip(problem.doctors, tallies, strict=True), TOP):
        put(sheet, row, 0, doctor.name, look.of(bold=True, **TEXT))
        put(sheet, row, 1, municipality_name(timetable, doctor), look.of(**TEXT))
        found: dict[date, list[str]] = {}
        for duty in timetable.duties_of(doctor.id):
            found.setdefault(duty.day, []).append(code[duty.type.id])
        for column, day in enumerate(days, FIRST):
            text = "+".join(found.get(day, []))
            put(sheet, row, column, text, look.on(day, align="center", shrink=True))
        _sums(sheet, row, FIRST + len(days), own, look)

    row = TOP + len(problem.doctors)
    put(sheet, row, 0, UNCOVERED, look.of(bold=True, **TEXT))
    put(sheet, row, 1, "", look.of())
    lacking: dict[date, int] = {}
    for duty in timetable.holes:
        lacking[duty.day] = lacking.get(duty.day, 0) + timetable.missing(duty)
    for column, day in enumerate(days, FIRST):
        centred = look.hole(align="center") if day in lacking else look.on(day)
        put(sheet, row, column, lacking.get(day, ""), centred)

    used = {duty.type.id for duty in problem.duties}
    told = [f"{code[kind.id]} = {kind.name}" for kind in problem.types if kind.id in used]
    for line, text in enumerate(told, row + 2):
        put(sheet, line, 0, text, look.note)

    longest = max((len(doctor.name) for doctor in problem.doctors), default=0)
    sheet.set_column(0, 0, min(34, max(16, longest + 3)))
    sheet.set_column(1, 1, 14)
    sheet.set_column(FIRST, FIRST + len(days) - 1, 4.2)
    last = FIRST + len(days) + len(SUMS) - 1
    sheet.set_column(FIRST + len(days), last - 1, 10)
    sheet.set_column(last, last, 13)
    sheet.freeze_panes(TOP, FIRST)
    sheet.repeat_rows(2, TOP - 1)
    sheet.repeat_columns(0, 1)
    page(sheet, foot, paper=A3)
    # A month a page, the sums beside the last: so not fitted to one page like the other sheets.
    sheet.set_print_scale(SCALE)
    sheet.set_v_pagebreaks([c for c, day in enumerate(days, FIRST) if day.day == 1 and c > FIRST])


def _headings(sheet: Worksheet, days: Sequence[date], look: Look) -> None:
    """Months, weekdays and numbers of the days; a day with a name has it as a comment."""
    centred = look.header(align="center")
    for row in (2, 3, 4):
        put(sheet, row, 0, "Lege" if row == TOP - 1 else "", look.header(**TEXT))
        put(sheet, row, 1, "Kommune" if row == TOP - 1 else "", look.header(**TEXT))
    column = FIRST
    for (year, month), own in groupby(days, key=lambda day: (day.year, day.month)):
        length = len(list(own))
        title = f"{MONTHS[month - 1]} {year}" if length > 2 else ""
        if length > 1:
            sheet.merge_range(2, column, 2, column + length - 1, title, centred)
        else:
            put(sheet, 2, column, title, centred)
        column += length
    for column, day in enumerate(days, FIRST):
        form = look.on(day, bold=True, align="center")
        put(sheet, 3, column, WEEKDAYS[day.weekday()][:2], form)
        put(sheet, 4, column, day.day, form)
        name = day_name(day)
        if name:
            sheet.write_comment(3, column, name, {"author": ""})
    for column, name in enumerate(SUMS, FIRST + len(days)):
        for row in (2, 3):
            put(sheet, row, column, "", centred)
        put(sheet, TOP - 1, column, name, look.header(**NUMBER))
    sheet.set_row(TOP - 1, 34)


def _sums(sheet: Worksheet, row: int, column: int, own: Tally, look: Look) -> None:
    """The doctor's sums in the order of SUMS."""
    for offset, (value, shown) in enumerate(
        (
            (own.shifts, "0"),
            (own.shift_minutes / 60, HOURS_FORMAT),
            (own.nights, "0"),
            (len(own.weekends), "0"),
            (own.holiday_count, "0"),
            (own.points, NUMBER_FORMAT),
            (own.municipal_minutes / 60, HOURS_FORMAT),
        )
    ):
        put(sheet, row, column + offset, value, look.of(num_format=shown, **NUMBER))
