"""Offers for rings in a table: a workbook or csv file with the columns Lege, Gir and Tar."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.reading.faults import Path as Place
from scheduler.reading.faults import PlanError
from scheduler.reading.places import Source
from scheduler.reading.roster_grids import Grid, csv_grids, workbook_grids

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "doctor": ("lege", "navn", "doctor"),
    "gives": ("gir", "gir bort", "vil bli kvitt", "gives"),
    "takes": ("tar", "kan ta", "tar i stedet", "takes"),
}
_SEARCHED = 30  # rows in which the headings may stand
_PARTS = re.compile(r"[;,\n]")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _TablePlaces:
    """Cells of one table.

    Attributes:
        rows: of each offer, as the spreadsheet shows it.
        columns: field -> heading.
    """

    table: str
    rows: Sequence[int]
    columns: Mapping[str, str]

    def name(self, path: Place) -> str:
        """«Ark «Bytter», rad 3, kolonne «Gir»»."""
        text = self.table
        if len(path) > 1 and isinstance(path[1], int):
            text += f", rad {self.rows[path[1]]}"
        if len(path) > 2 and path[2] in self.columns:
            text += f", kolonne «{self.columns[str(path[2])]}»"
        return text


def table_of(content: bytes, name: str) -> Source:
    """The first table with the headings, in the shape of the text file.

    Raises:
        PlanError: it cannot be opened, or there is no such table.
    """
    grids = workbook_grids(content, name) if content.startswith(_ZIP) else csv_grids(content, name)
    for grid in grids:
        if (found := _read(grid)) is not None:
            return found
    raise PlanError.of(
        name,
        "Fant ingen tabell med byttetilbud.",
        "Tabellen må ha kolonnene Lege, Gir og Tar, med overskriftene på én rad.",
    )


def _read(grid: Grid) -> Source | None:
    for place, (_, cells) in enumerate(grid.rows[:_SEARCHED]):
        found = _columns(cells)
        if {"doctor", "gives"} <= found.keys():
            below = [(n, own) for n, own in grid.rows[place + 1 :] if _any(own, found)]
            offers = [
                {field: _value(field, own, column) for field, column in found.items()}
                for _, own in below
            ]
            _fits(grid, cells, below)
            headings = {field: str(cells[column]) for field, column in found.items()}
            places = _TablePlaces(grid.place, [n for n, _ in below], headings)
            return Source({"offers": offers}, places)
    return None


def _fits(grid: Grid, head: Sequence[Any], rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
    """In a csv file «;» between duties of one cell makes a cell too many, unless it is quoted.

    Raises:
        PlanError: a row has more than the headings.
    """
    for number, cells in rows:
        if any(cell is not None for cell in cells[len(head) :]):
            raise PlanError.of(
                f"{grid.place}, rad {number}".lstrip(", "),
                "Raden har flere celler enn overskriftene.",
                'Sett anførselstegn rundt celler med semikolon i: "natt; kveld 30.06.2027".',
                str(cells[len(head)]),
            )


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    """Where each field stands, by the headings; of two alike the first."""
    words = [" ".join(str(cell or "").split()).casefold() for cell in cells]
    found: dict[str, int] = {}
    for field, names in HEADINGS.items():
        place = next((n for n, word in enumerate(words) if word in names), None)
        if place is not None:
            found[field] = place
    return found


def _any(cells: Sequence[Any], columns: Mapping[str, int]) -> bool:
    return any(_cell(cells, column) is not None for column in columns.values())


def _cell(cells: Sequence[Any], column: int) -> Any:
    return cells[column] if column < len(cells) else None


def _value(field: str, cells: Sequence[Any], column: int) -> Any:
    """The cell; what somebody would take is a list with «;», «,» or new lines between."""
    value = _cell(cells, column)
    if field == "takes" and isinstance(value, str):
        return [part.strip() for part in _PARTS.split(value) if part.strip()]
    return value
