"""What stands in the cells of a part: shown, filled in, and read as the workbook's cells are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from api.pages.forms import Form
from scheduler.reading.cells import CellError, read_cell, write_cell
from scheduler.reading.fields import Described
from scheduler.reading.sheets import PLAN, SETTINGS, Column, Sheet, all_sheets, inside, put
from scheduler.reading.words import WORDS
from scheduler.writing.table_csv import csv_text

Document = Mapping[str, Any]
Filled = Mapping[str, Sequence[str]]
"""What was filled in: the name of a field -> its values."""

_LETTERS = str.maketrans({" ": "-", "æ": "a", "ø": "o", "å": "a"})
_OF_AN_ID = re.compile(r"^Id(-er)? til ")
_TYPES = {"date": "date", "clock": "time"}


def slug(sheet: Sheet) -> str:
    """What the part is called in an address: «forrige-plan»."""
    return sheet.title.casefold().translate(_LETTERS)


SHEETS: Mapping[str, Sheet] = {
    slug(own): own for own in all_sheets() if own.name not in (PLAN, SETTINGS)
}
"""The parts that are lists, by what they are called in an address."""
BY_NAME: Mapping[str, Sheet] = {own.name: own for own in SHEETS.values()}
HEAD = next(own for own in all_sheets() if own.name == PLAN)


def field_name(column: Column) -> str:
    """What the field of a column is called in a form: «competence.radio_from»."""
    return ".".join(map(str, column.path))


def input_type(field: Described) -> str:
    """Kind of the input for a field with one value that is written."""
    return _TYPES.get(field.kind, "text")


def page_hint(field: Described) -> str:
    """What the format says of a field, for a page: there one chooses by name, not by id."""
    if not field.refers:
        return field.description
    plain = _OF_AN_ID.sub("", field.description)
    return plain[:1].upper() + plain[1:]


def names_in(document: Document, lists: Sequence[str]) -> dict[str, str]:
    """Id -> name of what a field may refer to."""
    return {
        item["id"]: item.get("name", item["id"])
        for part in lists
        for item in document.get(part, ())
        if "id" in item
    }


def choices(document: Document, field: Described) -> Sequence[tuple[str, str]]:
    """What can be chosen in a field, as value and word; empty if it is written."""
    if field.refers:
        return tuple(names_in(document, field.refers).items())
    if field.kind == "flag":
        return (("true", "ja"), ("false", "nei"))
    if field.words:
        return tuple((one.value, own) for one, own in WORDS[field.words].items())
    return ()


def shown(document: Document, column: Column, item: Mapping[str, Any]) -> str:
    """A cell in words; empty where nothing stands."""
    return _words(_cell(document, column, item))


def in_file(document: Document, column: Column, item: Mapping[str, Any]) -> str:
    """A cell of a file that a spreadsheet opens: the words, and what is no number kept as text."""
    value = _cell(document, column, item)
    return _words(value) if isinstance(value, int | float) else csv_text(_words(value))


def _cell(document: Document, column: Column, item: Mapping[str, Any]) -> Any:
    value: Any = inside(item, column.path)
    if value is None:
        return ""
    if column.field.refers:
        names = names_in(document, column.field.refers)
        every = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(own) or str(own) for own in every)
    return write_cell(column.field, value)


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}".replace(".", ",")
    return str(value)


def form_of(sheet: Sheet, item: Mapping[str, Any]) -> Form:
    """The form of a row as it stands."""
    return Form({name: "\n".join(values) for name, values in _filled(sheet, item)})


def _filled(sheet: Sheet, item: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    for column in sheet.columns:
        value: Any = inside(item, column.path)
        field = column.field
        if value is None:
            continue
        if isinstance(value, bool):
            told: Sequence[str] = ["true" if value else "false"]
        elif field.many and (field.refers or field.words):
            told = list(value)
        elif field.refers or field.words or field.kind in _TYPES:
            told = [str(value)]
        else:
            told = [_words(write_cell(field, value))]
        yield field_name(column), told


def item_of(sheet: Sheet, filled: Filled) -> tuple[dict[str, Any], Form]:
    """The row that a form says, and the form again with what could not be read."""
    item: dict[str, Any] = {}
    values: dict[str, str] = {}
    faults: dict[str, str] = {}
    for column in sheet.columns:
        name, field = field_name(column), column.field
        given = [own.strip() for own in filled.get(name, ()) if own.strip()]
        values[name] = "\n".join(given)
        if not given:
            continue
        try:
            put(item, column.path, _read(field, given))
        except CellError as error:
            faults[name] = f"{error.problem} {error.remedy}"
    return item, Form(values, faults)


def _read(field: Described, given: list[str]) -> object:
    if field.kind == "flag" and given[0] in ("true", "false"):
        return given[0] == "true"
    if field.refers or field.words:
        return given if field.many else given[0]
    return read_cell(field, given[0])


def with_id(sheet: Sheet, item: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    """The row with an id, made of its name or of what it is, if it has none.

    Args:
        sheet: of the row.
        item: the row.
        taken: ids of the part; the new one is added.
    """
    if not any(column.path == ("id",) for column in sheet.columns):
        return item
    if not item.get("id"):
        word = str(item.get("name", "")).casefold().split()
        plain = word[0].translate(_LETTERS) if word else sheet.title.casefold()[0]
        base = "".join(own for own in plain if own.isascii() and own.isalnum()) or "x"
        base = base if word else f"{base}1"
        stem = base if word else base[:-1]
        own, number = base, 1
        while own in taken:
            number += 1
            own = f"{stem}{number}"
        item = {"id": own, **item}
    taken.add(str(item["id"]))
    return item


def label(document: Document, sheet: Sheet, item: Mapping[str, Any]) -> str:
    """What a person would call the row: its name, or its first three cells."""
    if "name" in item:
        return str(item["name"])
    cells = [shown(document, own, item) for own in sheet.columns if own.path != ("id",)]
    return ", ".join([own for own in cells if own][:3]) or str(item.get("id", ""))
