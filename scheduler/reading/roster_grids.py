"""Csv files and workbooks to grids of cells with the places they stood in."""

import csv
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from scheduler.reading.archive import refuse_hostile, unbroken
from scheduler.reading.faults import PlanError, shown

MAX_ROWS = 50_000
MAX_COLUMNS = 100
SEPARATORS = (";", ",", "\t")
# A byte order mark, or what a text editor of Windows writes without one.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells.

    Attributes:
        place: «Ark «Rader»», or the name of the csv file.
        sheet: name of the sheet; empty for a csv file.
        rows: row number as the spreadsheet shows it, and the cells; None is an empty cell.
    """

    place: str
    sheet: str
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def csv_grids(content: bytes, name: str) -> list[Grid]:
    """The file read with each separator that may have been meant.

    UTF-8, UTF-16 with its mark, or else the Windows character set of Western Europe.

    Raises:
        PlanError: it is no text, or longer than any roster.
    """
    text = _decoded(content, name)
    return [Grid(name, "", _csv_rows(text, separator, name)) for separator in SEPARATORS]


def workbook_grids(content: bytes, name: str) -> list[Grid]:
    """All sheets of a workbook.

    Raises:
        PlanError: it cannot be opened safely, or is larger than any roster.
    """
    refuse_hostile(content, name)
    return list(_sheets(content, name))


def _decoded(content: bytes, name: str) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise PlanError.of(
            name,
            "Filen er verken vaktplan.json, csv eller Excel-arbeidsbok.",
            "Lagre vaktplanen som .xlsx eller .csv fra regnearket.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            return content.decode("latin-1")


def _csv_rows(
    text: str, separator: str, name: str
) -> tuple[tuple[int, tuple[str | None, ...]], ...]:
    found = []
    try:
        for number, row in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=separator), 1
        ):
            if number > MAX_ROWS:
                raise _too_long(name)
            cells = tuple(_unguarded(cell) for cell in row[:MAX_COLUMNS])
            if any(cell is not None for cell in cells):
                found.append((number, cells))
    except csv.Error as error:
        raise PlanError.of(
            f"{name}, rad {len(found) + 1}",
            "Raden kan ikke leses som csv.",
            "Kontroller anførselstegnene på denne raden.",
        ) from error
    return tuple(found)


def _unguarded(cell: str) -> str | None:
    """The cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS):
        cell = cell[1:]
    return cell if cell.strip() else None


def _sheets(content: bytes, name: str) -> Iterator[Grid]:
    for title, rows in unbroken(_read(content), name):
        place = f"Ark «{shown(title)}»"
        yield Grid(place, title, tuple(_filled(unbroken(rows, name), place)))


def _read(content: bytes) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    with warnings.catch_warnings():  # openpyxl warns of decorations that it does not read
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield (
                    sheet.title,
                    sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True),
                )
        finally:
            book.close()


def _filled(rows: Iterable[tuple[Any, ...]], place: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for number, row in enumerate(rows, 1):
        cells = tuple(None if isinstance(c, str) and not c.strip() else c for c in row)
        if any(cell is not None for cell in cells):
            if number > MAX_ROWS:
                raise _too_long(place)
            yield number, cells


def _too_long(place: str) -> PlanError:
    return PlanError.of(
        place, f"Tabellen har flere enn {MAX_ROWS} rader.", "Slett det som ikke hører til."
    )
