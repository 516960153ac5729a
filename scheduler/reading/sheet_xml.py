"""The rows of one sheet exchanged inside a workbook; every other byte of it stays.

Programs that read a workbook and write it again lose what they do not know: answers of formulas,
pictures, the user's own formats. Here only the rows of one sheet are replaced, in the text of its
XML. What is out of the ordinary is left alone, and the caller is told by None.
"""

import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scheduler.reading.cells import write_cell
from scheduler.reading.scalars import tidy
from scheduler.reading.sheets import EXAMPLE, MARK, Column, Sheet, inside

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_DATA = re.compile(r"<sheetData>(.*)</sheetData>|<sheetData\s*/>", re.DOTALL)
_ROW = re.compile(r'<row\b[^>]*?\br="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_COLUMN = re.compile(r"<col\b[^>]*>")
_DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')


def with_rows(content: bytes, sheet: Sheet, items: Sequence[Mapping[str, Any]]) -> bytes | None:
    """The workbook with other rows in one of its sheets; header and example rows stay.

    Args:
        content: a workbook that has been read before, and is therefore known to be harmless.
        sheet: which sheet.
        items: what the new rows say, as plain values.

    Returns:
        None where the workbook has no such sheet, or one that cannot be changed safely.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = _layout(content, sheet)
        part = _part(archive, found.title) if found else None
        if found is None or part is None:
            return None
        text = archive.read(part).decode("utf-8")
        changed = _exchanged(text, found, items)
        if changed is None:
            return None
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in archive.infolist():
                own = changed.encode() if entry.filename == part else archive.read(entry)
                new.writestr(entry, own)
        return target.getvalue()


class _Layout:
    """How a sheet stands in the workbook.

    Attributes:
        title: its name there.
        header: the row with the headings.
        examples: rows that are never read.
        columns: column number -> what stands in it.
    """

    def __init__(self, title: str, header: int, columns: Mapping[int, Column]) -> None:
        self.title = title
        self.header = header
        self.columns = columns
        self.examples: set[int] = set()


def _layout(content: bytes, sheet: Sheet) -> _Layout | None:
    with warnings.catch_warnings():  # openpyxl warns of decorations that it does not read
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for page in book.worksheets:
                if tidy(page.title).casefold() == sheet.title.casefold():
                    page.reset_dimensions()
                    return _read_layout(page, sheet)
        finally:
            book.close()
    return None


def _read_layout(page: Any, sheet: Sheet) -> _Layout | None:
    found: _Layout | None = None
    mark: int | None = None
    for number, cells in enumerate(page.iter_rows(values_only=True), 1):
        words = [tidy(str(cell)).casefold() if cell is not None else "" for cell in cells]
        if found is None:
            if any(words):
                columns = {
                    place: sheet.by_title[word]
                    for place, word in enumerate(words, 1)
                    if word in sheet.by_title
                }
                found = _Layout(page.title, number, columns)
                mark = words.index(MARK.casefold()) if MARK.casefold() in words else None
        elif mark is not None and words[mark : mark + 1] and words[mark].startswith(EXAMPLE):
            found.examples.add(number)
    return found


def _part(archive: zipfile.ZipFile, title: str) -> str | None:
    """The file of the archive that holds the sheet."""
    book = ElementTree.fromstring(archive.read(_BOOK))
    relations = ElementTree.fromstring(archive.read(_BOOK_RELATIONS))
    targets = {own.get("Id"): str(own.get("Target")) for own in relations}
    for own in book.iter(f"{_MAIN}sheet"):
        if own.get("name") == title:
            target = targets.get(own.get(_RELATION), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _exchanged(text: str, layout: _Layout, items: Sequence[Mapping[str, Any]]) -> str | None:
    data = _DATA.search(text)
    if data is None or not data[1]:
        return None
    rows = {int(own[1]): own[0] for own in _ROW.finditer(data[1])}
    stays = {n: xml for n, xml in rows.items() if n <= layout.header or n in layout.examples}
    goes = [xml for n, xml in rows.items() if n not in stays]
    if any("<f" in xml for xml in goes):  # the chain of formulas would point to nothing
        return None
    looks = _looks(text)
    first = max(stays) + 1
    new = [_row(number, item, layout, looks) for number, item in enumerate(items, first)]
    end = f"{get_column_letter(max(layout.columns))}{first + len(new) - 1}"
    whole = f"<sheetData>{''.join([*stays.values(), *new])}</sheetData>"
    changed = f"{text[: data.start()]}{whole}{text[data.end() :]}"
    return _DIMENSION.sub(f'<dimension ref="A1:{end}"/>', changed, count=1)


def _looks(text: str) -> dict[int, str]:
    """Column number -> the format of its cells."""
    found: dict[int, str] = {}
    for own in _COLUMN.findall(text):
        given = dict(re.findall(r'(\w+)="(\d+)"', own))
        if "style" in given:
            for number in range(int(given["min"]), min(int(given["max"]), 200) + 1):
                found[number] = given["style"]
    return found


def _row(number: int, item: Mapping[str, Any], layout: _Layout, looks: Mapping[int, str]) -> str:
    cells = []
    for place, column in sorted(layout.columns.items()):
        value = inside(item, column.path)
        if value is not None:
            look = f' s="{looks[place]}"' if place in looks else ""
            at = f'r="{get_column_letter(place)}{number}"{look}'
            cells.append(_cell(at, write_cell(column.field, value)))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(at: str, value: object) -> str:
    if isinstance(value, bool | date | time):
        raise TypeError(f"value ({value!r}) must be text or a number")
    if isinstance(value, int | float):
        return f"<c {at}><v>{value!r}</v></c>"
    return f'<c {at} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
