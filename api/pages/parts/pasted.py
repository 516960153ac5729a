"""Rows that were pasted from a spreadsheet, to rows of a part."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from api.pages.parts.cells import BY_NAME, names_in, with_id
from api.service.plans.part_routes import MOST_ROWS
from scheduler.reading.faults import Fault, PlanError, meant, shown
from scheduler.reading.fields import Described
from scheduler.reading.places import SheetPlaces
from scheduler.reading.scalars import tidy
from scheduler.reading.sheets import MARK, Column, Sheet, inside
from scheduler.reading.workbook import read_table
from scheduler.writing.phrases import listed
from scheduler.writing.table_csv import plain_text


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted.

    Attributes:
        items: the rows, as the plan format has them.
        lines: in which line each stands, from 1.
        headed: the first line named the columns; else they were taken in order.
        columns: in which something stands.
        faults: cells that could not be read.
    """

    items: tuple[dict[str, Any], ...]
    lines: tuple[int, ...]
    headed: bool
    columns: tuple[Column, ...]
    faults: tuple[Fault, ...]


def pasted(sheet: Sheet, text: str, document: Mapping[str, Any]) -> Pasted:
    """Read lines with cells between tabs, or semicolons where there is no tab.

    Args:
        sheet: the part.
        text: as the spreadsheet gives it to the clipboard.
        document: the plan, for names and ids.

    Raises:
        PlanError: there is nothing in it, or more than can be taken at once.
    """
    lines = _lines(text)
    if not lines:
        raise PlanError.of("Teksten", "Her er ingen rader.", "Kopier rader fra regnearket.")
    headed = _is_header(sheet, lines[0][1])
    header = lines[0][1] if headed else [own.title for own in _own_columns(sheet)]
    body = lines[1:] if headed else lines
    if len(body) > MOST_ROWS:
        raise PlanError.of(
            "Teksten", f"Her er flere enn {MOST_ROWS} rader.", "Lim inn færre om gangen."
        )
    has_id = any(own.path == ("id",) for own in sheet.columns)
    id_column = next((own for own in sheet.columns if own.path == ("id",)), None)
    made_id = id_column is not None and id_column.title.casefold() not in {
        tidy(own).casefold() for own in header
    }
    cells = [(0, (*header, *([id_column.title] if made_id and id_column else [])))]
    for number, row in body:
        padded = [*row, *[""] * (len(header) - len(row))]
        own = _with_ids(sheet, header, padded, document)
        cells.append((number, (*own, *([f"rad{number}"] if made_id else []))))
    source = read_table(
        sheet, [(number, tuple(own or None for own in row)) for number, row in cells]
    )
    found: list[dict[str, Any]] = list(source.data.get(sheet.name, ()))  # type: ignore[attr-defined]
    rows = source.places.rows if isinstance(source.places, SheetPlaces) else {}
    where = [rows[sheet.name, index] for index in range(len(found))]
    taken = {str(own["id"]) for own in document.get(sheet.name, ()) if "id" in own}
    if has_id:
        found = [_named(sheet, own, taken, made=made_id) for own in found]
    columns = tuple(
        own for own in sheet.columns if any(inside(item, own.path) is not None for item in found)
    )
    return Pasted(tuple(found), tuple(where), headed, columns, source.faults)


def unknown_names(sheet: Sheet, found: Pasted, document: Mapping[str, Any]) -> Iterator[Fault]:
    """Names that the plan does not have, told together with the cells that could not be read.

    Args:
        sheet: the part.
        found: what was pasted.
        document: the plan. What refers to the part itself may be among the rows: that is told once
            all of them can be read.
    """
    for column in sheet.columns:
        field = column.field
        if not field.refers or sheet.name in field.refers:
            continue
        known = names_in(document, field.refers)
        titles = listed((f"«{BY_NAME[own].title}»" for own in field.refers), "eller")
        for line, item in zip(found.lines, found.items, strict=True):
            value = inside(item, column.path)
            every = value if isinstance(value, list | tuple) else [] if value is None else [value]
            for own in every:
                if own not in known:
                    near = meant(str(own), known.values())
                    yield Fault(
                        f"linje {line}, «{column.title}»",
                        shown(own),
                        f"Navnet finnes ikke under {titles}.",
                        f"{near} Rett navnet, eller legg det til der.".strip(),
                    )


def _named(sheet: Sheet, item: dict[str, Any], taken: set[str], *, made: bool) -> dict[str, Any]:
    if made:
        item = {name: own for name, own in item.items() if name != "id"}
    return with_id(sheet, item, taken) if not item.get("id") else item


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines with something in them, numbered as they stand."""
    mark = "\t" if "\t" in text else ";" if ";" in text else "\t"
    rows = csv.reader(StringIO(text.replace("\x00", "")), delimiter=mark)
    try:
        found = [
            (number, [plain_text(tidy(own)) for own in row]) for number, row in enumerate(rows, 1)
        ]
    except csv.Error as error:
        raise PlanError.of(
            "Teksten", "Her er en celle uten ende.", "Se etter et anførselstegn som mangler."
        ) from error
    return [(number, row) for number, row in found if any(row)]


def _is_header(sheet: Sheet, row: Sequence[str]) -> bool:
    known = {*sheet.by_title, MARK.casefold()}
    return sum(own.casefold() in known for own in row) * 2 >= sum(1 for own in row if own)


def _own_columns(sheet: Sheet) -> list[Column]:
    """The columns in their order, without the id, which people do not write."""
    return [own for own in sheet.columns if own.path != ("id",)]


def _with_ids(
    sheet: Sheet, header: Sequence[str], row: list[str], document: Mapping[str, Any]
) -> list[str]:
    """Names in place of ids put right: «Kari Nordmann» becomes «kari»."""
    fields = [sheet.by_title.get(tidy(own).casefold()) for own in header]
    return [
        _id_of(column.field, text, document) if column and column.field.refers and text else text
        for column, text in zip([*fields, *[None] * (len(row) - len(fields))], row, strict=True)
    ]


def _id_of(field: Described, text: str, document: Mapping[str, Any]) -> str:
    by_name = {
        name.casefold(): own for own, name in reversed(names_in(document, field.refers).items())
    }
    parts = [part.strip() for part in text.split(",")] if field.many else [text]
    return ", ".join(by_name.get(part.casefold(), part) for part in parts)
