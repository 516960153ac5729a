"""`vaktplan.csv`: one assignment a row, as Norwegian Excel opens it by a double click."""

import csv
from datetime import date, time
from io import StringIO

from scheduler.domain.roster import Timetable
from scheduler.writing.rows import COLUMNS, Cell, cells, rows
from scheduler.writing.wording import MINUS, number, short_day

# What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(timetable: Timetable) -> bytes:
    """The roster as csv: `;` between cells, decimal comma, UTF-8 with a byte order mark.

    A hole is a row with an empty doctor. Text that a spreadsheet would take for a formula
    gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(timetable):
        writer.writerow([csv_text(cell) for cell in cells(timetable, row)])
    return out.getvalue().encode("utf-8-sig")


def csv_text(cell: Cell) -> str:
    """A cell as Norwegian Excel reads it; text is never taken for a formula."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    if isinstance(cell, date):
        return short_day(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return number(cell).replace(MINUS, "-")  # a spreadsheet takes «−1» for text


def plain_text(cell: str) -> str:
    """Text that `csv_text` has guarded, as it was."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
