"""The sheet «Rader»: the plain table, which can be changed by hand and read back."""

from datetime import date, time

from xlsxwriter.worksheet import Worksheet

from scheduler.domain.roster import Timetable
from scheduler.writing.rows import COLUMNS, Cell, cells, rows
from scheduler.writing.sheets.look import (
    A3,
    DAY_FORMAT,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    TIME_FORMAT,
    Look,
    page,
    put,
)

WIDTHS = (12, 11, 8, 12, 8, 8, 24, 19, 14, 11, 22, 30, 18, 7, 7, 20, 9, 26, 18)


def write(sheet: Worksheet, timetable: Timetable, look: Look, foot: str) -> None:
    """Fill the sheet with the same columns as `vaktplan.csv`, headings in the first row."""
    for column, (title, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        put(sheet, 0, column, title, look.header(**TEXT))
        sheet.set_column(column, column, width)
    last = 0
    for last, row in enumerate(rows(timetable), 1):
        for column, value in enumerate(cells(timetable, row)):
            aside = NUMBER if isinstance(value, int | float) else TEXT
            properties = {"num_format": _shown(value), **aside}
            form = look.of(**properties) if row.doctor else look.hole(**properties)
            put(sheet, last, column, value, form)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    page(sheet, foot, paper=A3)


def _shown(value: Cell) -> str:
    if isinstance(value, date):
        return DAY_FORMAT
    if isinstance(value, time):
        return TIME_FORMAT
    return "@" if isinstance(value, str) else NUMBER_FORMAT
