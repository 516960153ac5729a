"""Colours, cell formats and page set-up, the same on every sheet.

Nothing is told by colour alone: holes say UDEKKET, red days and eves have their names.
"""

from datetime import date, datetime, time
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.calendar import is_eve, is_red
from scheduler.domain.time import SATURDAY
from scheduler.writing.rows import Cell

INK = "#1B2B34"
HEADER = "#1F4E5F"
LINE = "#C9D3D9"
WEEKEND = "#E7EDF1"
RED_DAY = "#F9DDDA"
EVE = "#FFF1D0"
HOLE = "#B3261E"

DAY_FORMAT = "dd.mm.yyyy"
TIME_FORMAT = "hh:mm"
NUMBER_FORMAT = "#,##0.0#"
HOURS_FORMAT = "#,##0.0"

A3, A4 = 8, 9
TEXT = {"align": "left", "indent": 1}
NUMBER = {"align": "right", "indent": 1}
LINE_HEIGHT = 15.5  # points, of one line of 11 point text
MOST_LINES = 20
LONGEST_CELL = 32_767  # what a cell can hold; Excel drops longer text altogether
LONGEST_FOOTER = 80


class Look:
    """Formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """A cell format: dark ink, thin lines, centred from top to bottom, and what is given."""
        whole = {
            "font_name": "Calibri",
            "font_size": 11,
            "font_color": INK,
            "valign": "vcenter",
            "border": 1,
            "border_color": LINE,
        } | properties
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    @property
    def title(self) -> Format:
        """The first line of a sheet."""
        return self.of(bold=True, font_size=16, border=0)

    @property
    def note(self) -> Format:
        """Small text without lines around."""
        return self.of(font_size=9, font_color="#4A5A63", border=0)

    def header(self, **properties: Any) -> Format:
        """The heading of a column."""
        return self.of(
            bold=True,
            font_color="#FFFFFF",
            bg_color=HEADER,
            border_color="#FFFFFF",
            text_wrap=True,
            **properties,
        )

    def on(self, day: date, **properties: Any) -> Format:
        """A cell of a day: red days, eves and weekends are shaded, in that order."""
        return self.of(**day_colour(day), **properties)

    def hole(self, **properties: Any) -> Format:
        """A cell that says that a doctor lacks."""
        return self.of(bold=True, font_color="#FFFFFF", bg_color=HOLE, text_wrap=True, **properties)


def day_colour(day: date) -> dict[str, str]:
    """The shade of a day, as properties of a format."""
    if is_red(day):
        return {"bg_color": RED_DAY}
    if is_eve(day):
        return {"bg_color": EVE}
    if day.weekday() >= SATURDAY:
        return {"bg_color": WEEKEND}
    return {}


def height(*texts: tuple[str, float]) -> float:
    """The height in points of a row that holds these texts in columns of these widths."""
    lines = max(
        sum(max(1, ceil(len(line) / width)) for line in text.split("\n")) for text, width in texts
    )
    return LINE_HEIGHT * min(lines, MOST_LINES) + 3


def put(sheet: Worksheet, row: int, column: int, value: Cell, form: Format) -> None:
    """Write a value as what it is: text is never taken for a formula or an address."""
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value[:LONGEST_CELL], form)
        else:
            sheet.write_blank(row, column, None, form)
    elif isinstance(value, datetime | date | time):
        sheet.write_datetime(row, column, value, form)
    else:
        sheet.write_number(row, column, value, form)


def page(sheet: Worksheet, foot: str, *, paper: int) -> None:
    """Landscape paper, margins and footer; one page wide and as many high as it takes.

    Args:
        sheet: the sheet.
        foot: what stands at the left of the footer, cut where Excel would refuse it.
        paper: A3 or A4.
    """
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    own = " ".join(foot.split())[:LONGEST_FOOTER].replace("&", "&&")
    sheet.set_footer(f"&L&9 {own}&R&9Side &P av &N")
    sheet.hide_gridlines(2)
