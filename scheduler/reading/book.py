"""The look of the workbook: headers with notes, drop-downs, formats, frozen panes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from scheduler.reading.cells import write_cell
from scheduler.reading.sheets import EXAMPLE, MARK, Column, Sheet, all_sheets, inside
from scheduler.reading.words import WORDS

ROWS = 1_000  # so far down the drop-downs reach
MADE = datetime(2026, 1, 1)  # a fixed day, so that equal plans give equal workbooks
_FORMATS = {
    "date": "dd.mm.yyyy",
    "datetime": "dd.mm.yyyy hh:mm",
    "clock": "hh:mm",
    "share": "0.######%",
    "number": "General",
}
Item = tuple[bool, Mapping[str, Any]]  # whether it is an example, and its plain values


@dataclass(frozen=True, slots=True)
class Note:
    """A sheet that is only looked at; its title must begin with «Notat».

    Attributes:
        header: title and width of each column.
    """

    title: str
    header: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


def build(
    items: Mapping[str, Iterable[Item]],
    guide: tuple[str, Iterable[str]] | None,
    notes: Iterable[Note] = (),
) -> bytes:
    """A workbook with every sheet of the format.

    Args:
        items: name of a sheet -> its rows.
        guide: title and lines of an instruction sheet that stands first, or None.
        notes: sheets for a person to look things up in; they are not read back.
    """
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": MADE})
    if guide:
        _write_guide(book, *guide)
    for sheet in all_sheets():
        _SheetWriter(book, sheet).write(items.get(sheet.name, ()))
    for note in notes:
        _write_note(book, note)
    book.close()
    return target.getvalue()


def _write_guide(book: Any, title: str, lines: Iterable[str]) -> None:
    page = book.add_worksheet(title)
    page.hide_gridlines(2)
    page.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    heading = book.add_format({"bold": True, "font_size": 14})
    for number, line in enumerate(lines):
        page.write_string(number, 0, line, heading if number == 0 else None)


def _write_note(book: Any, note: Note) -> None:
    page = book.add_worksheet(note.title)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(note.rows), len(note.header) - 1)
    head = book.add_format({"bold": True, "bg_color": "#EFEFEF", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(note.header):
        page.set_column(column, column, width, body)
        page.write_string(0, column, title, head)
        for number, row in enumerate(note.rows, start=1):
            page.write_string(number, column, row[column], body)


class _SheetWriter:
    """Writes one sheet."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.page = book.add_worksheet(sheet.title)
        self.formats: dict[tuple[str, bool], Any] = {}

    def write(self, items: Iterable[Item]) -> None:
        """The header, the rows, and what helps a person to fill in more."""
        self.page.freeze_panes(1, 3 if len(self.sheet.columns) > 3 else 0)
        self._header()
        for row, (is_example, item) in enumerate(items, start=1):
            if is_example:
                self.page.write_string(row, 0, EXAMPLE, self._format("", is_example))
            for number, column in enumerate(self.sheet.columns, start=1):
                value = inside(item, column.path)
                if value is not None or (column.path == ("value",) and "value" in item):
                    self._cell(row, number, write_cell(column.field, value), column, is_example)
        for number, column in enumerate(self.sheet.columns, start=1):
            self._help(number, column)

    def _header(self) -> None:
        required = self.book.add_format({"bold": True, "bg_color": "#CFE2F3", "border": 1})
        optional = self.book.add_format({"bg_color": "#EFEFEF", "border": 1})
        self.page.write_string(0, 0, MARK, optional)
        self.page.write_comment(0, 0, "Rader med «eksempel» her blir ikke lest.")
        self.page.set_column(0, 0, 11)
        for number, column in enumerate(self.sheet.columns, start=1):
            look = required if column.field.required else optional
            self.page.write_string(0, number, column.title, look)
            must = " Må fylles ut." if column.field.required else ""
            self.page.write_comment(
                0, number, f"{column.field.description}{must}", {"x_scale": 2, "y_scale": 1.2}
            )

    def _cell(self, row: int, number: int, value: Any, column: Column, is_example: bool) -> None:
        kind = column.field.kind
        if isinstance(value, datetime):
            kind = "datetime"
        elif isinstance(value, date):
            kind = "date"
        look = self._format(kind, is_example)
        if isinstance(value, date | time):
            self.page.write_datetime(row, number, value, look)
        elif isinstance(value, str):
            self.page.write_string(row, number, value, look)
        else:
            self.page.write_number(row, number, value, look)

    def _format(self, kind: str, is_example: bool) -> Any:
        key = (kind, is_example)
        if key not in self.formats:
            look: dict[str, Any] = {"num_format": _FORMATS.get(kind, "@")}
            if kind in ("whole", "setting"):
                look["num_format"] = "General"
            if is_example:
                look |= {"italic": True, "font_color": "#595959"}
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]

    def _help(self, number: int, column: Column) -> None:
        field = column.field
        look = self._format("date" if field.kind == "moment" else field.kind, False)
        self.page.set_column(number, number, max(12, len(column.title) + 3), look)
        choices: list[str] | str | None = None
        if field.kind == "flag":
            choices = ["ja", "nei"]
        elif field.words and not field.many:
            choices = list(WORDS[field.words].values())
        elif len(field.refers) == 1 and not field.many:
            choices = _ids_of(field.refers[0])
        if choices:
            self.page.data_validation(
                1,
                number,
                ROWS,
                number,
                {
                    "validate": "list",
                    "source": choices,
                    "ignore_blank": True,
                    "error_title": "Ukjent verdi",
                    "error_message": "Velg en av verdiene i listen.",
                    "error_type": "warning",
                },
            )


def _ids_of(name: str) -> str:
    """The cells in which another sheet has its ids."""
    sheet = next(sheet for sheet in all_sheets() if sheet.name == name)
    number = next(n for n, column in enumerate(sheet.columns, 1) if column.path == ("id",))
    letter = xl_col_to_name(number)
    return f"='{sheet.title}'!${letter}$2:${letter}${ROWS + 1}"
