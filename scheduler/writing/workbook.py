"""`vaktplan.xlsx`: the roster as a workbook to read, print and change.

Equal input gives equal bytes: the file is dated with the day on which the plan was judged.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from scheduler.domain.roster import Timetable
from scheduler.tallies import tally
from scheduler.writing.sheets import about, calendar, matrix, sums, table, views
from scheduler.writing.sheets.look import Look
from scheduler.writing.sheets.names import ABOUT, CALENDAR, DOCTORS, ROWS, SUMS, sheet_names

MOST_VIEWS = 60  # with more doctors than this nobody finds the own sheet


def to_workbook(
    timetable: Timetable,
    *,
    targets: Mapping[str, float] | None = None,
    ordered: Mapping[str, float] | None = None,
) -> bytes:
    """The workbook.

    Sheets: «Kalender», «Leger», «Summer», one for each doctor (up to MOST_VIEWS doctors),
    «Rader» (which `scheduler.reading.roster` reads back) and «Om planen».

    Args:
        timetable: the roster laid out on its problem.
        targets: each doctor's fair share in burden points, by id, shown in «Summer».
        ordered: burden points of what each doctor was ordered to do, by id; they are part of the
            points in «Leger» and «Summer», as in the reports.
    """
    problem = timetable.problem
    tallies = tally(timetable)
    loaded = [
        replace(own, burden=own.burden + round(100 * (ordered or {}).get(own.doctor, 0.0)))
        for own in tallies
    ]
    foot = about.footer(timetable)
    out = BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    judged = datetime.combine(problem.judged_on, time())
    book.set_properties({"title": problem.title[:200], "created": judged})
    look = Look(book)
    calendar.write(book.add_worksheet(CALENDAR), timetable, look, foot)
    matrix.write(book.add_worksheet(DOCTORS), timetable, loaded, look, foot)
    sums.write(book.add_worksheet(SUMS), timetable, loaded, targets, look, foot)
    if len(problem.doctors) <= MOST_VIEWS:
        names = sheet_names({doctor.id: doctor.name for doctor in problem.doctors})
        for doctor, own in zip(problem.doctors, tallies, strict=True):
            sheet = book.add_worksheet(names[doctor.id])
            views.write(sheet, timetable, doctor, own, look, foot)
    table.write(book.add_worksheet(ROWS), timetable, look, foot)
    about.write(book.add_worksheet(ABOUT), timetable, look, foot)
    book.close()
    return out.getvalue()
