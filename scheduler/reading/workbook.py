"""An Excel workbook to a document of plain values with the cells they stood in."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scheduler.reading.archive import refuse_hostile, unbroken
from scheduler.reading.cells import CellError, read_cell
from scheduler.reading.faults import Fault, Path, PlanError, listed, meant, nearest, shown
from scheduler.reading.places import SheetPlaces, Source
from scheduler.reading.scalars import tidy
from scheduler.reading.sheets import (
    EXAMPLE,
    GUIDE,
    MARK,
    OWN_NOTES,
    PLAN,
    PREFILLED,
    SETTINGS,
    Column,
    Sheet,
    all_sheets,
    put,
)

MAX_ROWS = 10_000
MAX_COLUMNS = 200
_OF_A_ROSTER = {"Kalender", "Rader", "Om planen"}  # sheets that a finished roster has, and no plan

Row = tuple[int, tuple[Any, ...]]


@dataclass
class _Reading:
    """The document as it grows, with places and faults."""

    document: dict[str, Any] = field(default_factory=dict)
    rows: dict[Path, int] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, value: object, problem: str, remedy: str) -> None:
        self.faults.append(Fault(place, shown(value), problem, remedy))


def read_workbook(content: bytes, name: str) -> Source:
    """The document of a workbook's bytes.

    Cells that cannot be read become faults of the source; the rest is read on.

    Raises:
        PlanError: it is no workbook, a hostile one, or not a single sheet is known.
    """
    refuse_hostile(content, name)
    reading = _Reading()
    titles: list[str] = []
    for title, rows in unbroken(_sheets(content, name), name):
        titles.append(title)
        _read_sheet(title, rows, reading)
    if {*titles} >= _OF_A_ROSTER:
        raise PlanError.of(
            name,
            "Dette er en ferdig vaktplan, ikke en plan.",
            "Oppgi arbeidsboken som den ble laget av, eller vaktplan.json, som har planen i seg.",
        )
    if not any(_could_be_ours(title) for title in titles):
        raise PlanError.of(
            name,
            f"Dette er ingen plan: {listed(map(shown, titles))} er ikke ark i en plan.",
            "Begynn med malen for planer, og lim inn det du har, i arkene der.",
        )
    if reading.document.keys() <= {*PREFILLED} and not reading.faults:
        raise PlanError.of(
            name, "Arbeidsboken er tom.", "Fyll ut arkene i malen. Eksempelradene leses ikke."
        )
    places = SheetPlaces(
        {sheet.name: sheet.title for sheet in all_sheets()},
        reading.rows,
        {(s.name, column.path): column.title for s in all_sheets() for column in s.columns},
    )
    return Source(reading.document, places, frozenset(reading.unread), tuple(reading.faults))


def read_table(sheet: Sheet, rows: Iterable[Row]) -> Source:
    """The rows of one list, with a header above them, as they stand in a table of text.

    Args:
        sheet: the list.
        rows: number of each line and its cells; None where a cell is empty.

    Cells that cannot be read become faults of the source, as in a workbook.
    """
    reading = _Reading()
    _SheetReader(sheet, reading).read(rows)
    places = SheetPlaces(
        {sheet.name: sheet.title, PLAN: sheet.title},
        reading.rows,
        {(sheet.name, column.path): column.title for column in sheet.columns},
    )
    return Source(reading.document, places, frozenset(reading.unread), tuple(reading.faults))


def _sheets(content: bytes, name: str) -> Iterator[tuple[str, Iterable[Row]]]:
    with warnings.catch_warnings():  # openpyxl warns of decorations that it does not read
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield sheet.title, unbroken(_rows(sheet), name)
        finally:
            book.close()


def _could_be_ours(title: str) -> bool:
    """Whether a plan has a sheet of that name, or one that is hardly different."""
    return bool(nearest(tidy(title), [GUIDE, *(sheet.title for sheet in all_sheets())]))


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows with something in them."""
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    for number, row in enumerate(rows, start=1):
        if row.count(None) == len(row):  # quick, for there may be a million of these
            continue
        cells = tuple(None if isinstance(c, str) and not c.strip() else c for c in row)
        if cells.count(None) < len(cells):
            yield number, cells


def _read_sheet(title: str, rows: Iterable[Row], reading: _Reading) -> None:
    asked = tidy(title).casefold()
    if asked == GUIDE.casefold() or asked.startswith(OWN_NOTES):
        return
    known = {sheet.title.casefold(): sheet for sheet in all_sheets()}
    if asked not in known:
        hint = meant(title, [sheet.title for sheet in all_sheets()])
        reading.fault(
            f"Ark «{shown(title)}»",
            None,
            "Arket er ukjent.",
            f"{hint} Rett navnet, slett arket, eller la navnet begynne med «Notat».".strip(),
        )
        return
    _SheetReader(known[asked], reading).read(rows)


class _SheetReader:
    """Reads one sheet, row by row."""

    def __init__(self, sheet: Sheet, reading: _Reading) -> None:
        self.sheet, self.reading = sheet, reading
        self.place = f"Ark «{sheet.title}»"
        self.columns: list[Column | None] = []
        self.mark: int | None = None
        self.lacking: list[Column] = []
        self.headed: set[int] = set()

    def read(self, rows: Iterable[Row]) -> None:
        """Read the header and then every row that is not an example."""
        for number, cells in rows:
            if number > MAX_ROWS:
                self.reading.fault(
                    self.place,
                    None,
                    f"Arket har flere enn {MAX_ROWS} rader.",
                    "Slett det som ikke hører til planen.",
                )
                return
            if not self.columns:
                self._header(number, cells)
            elif not self._is_example(number, cells):
                self._row(number, cells)

    def _header(self, number: int, cells: tuple[Any, ...]) -> None:
        known = self.sheet.by_title
        place = f"{self.place}, rad {number}"
        for index, cell in enumerate(cells):
            asked = tidy(str(cell)).casefold() if cell is not None else ""
            column = known.get(asked)
            if asked:
                self.headed.add(index)
            if asked == MARK.casefold():
                self.mark = index
            elif column and column in self.columns:
                self.reading.fault(
                    place, cell, "Kolonnen står to ganger.", "Slett den ene av kolonnene."
                )
                column = None
            elif asked and not column:
                hint = meant(str(cell), [c.title for c in self.sheet.columns])
                self.reading.fault(
                    place,
                    cell,
                    "Kolonnen er ukjent.",
                    f"{hint} Rett overskriften, eller slett kolonnen.".strip(),
                )
            self.columns.append(column)
        self.lacking = [c for c in self.sheet.columns if c.field.required and c not in self.columns]
        for column in self.lacking:
            self.reading.fault(
                place,
                None,
                f"Kolonnen «{column.title}» mangler.",
                f"Sett den inn. {column.field.description}",
            )

    def _is_example(self, number: int, cells: tuple[Any, ...]) -> bool:
        text = cells[self.mark] if self.mark is not None and self.mark < len(cells) else None
        if text is None:
            return False
        if tidy(str(text)).casefold().startswith(EXAMPLE):
            return True
        self.reading.fault(
            f"{self.place}, rad {number}, kolonne «{MARK}»",
            text,
            "Her kan bare ordet «eksempel» stå.",
            "Slett det, eller skriv «eksempel» for å hoppe over raden.",
        )
        return False

    def _row(self, number: int, cells: tuple[Any, ...]) -> None:
        values: dict[str, object] = {}
        unread: list[Path] = [column.path for column in self.lacking]
        self._tell_of_headless(number, cells)
        for column, cell in zip(self.columns, cells, strict=False):
            if column is None or cell is None:
                continue
            try:
                put(values, column.path, read_cell(column.field, cell))
            except CellError as error:
                place = f"{self.place}, rad {number}, kolonne «{column.title}»"
                self.reading.fault(place, cell, error.problem, error.remedy)
                unread.append(column.path)
        if not values and len(unread) == len(self.lacking):
            return
        if self.sheet.name == SETTINGS:
            self._setting(number, values, unread)
        else:
            above = self._add(number, values)
            self.reading.unread.update((*above, *path) for path in unread)

    def _tell_of_headless(self, number: int, cells: tuple[Any, ...]) -> None:
        """Say once of each column without a header that something stands in it."""
        for index, cell in enumerate(cells):
            if cell is not None and index not in self.headed:
                self.headed.add(index)
                self.reading.fault(
                    f"{self.place}, rad {number}, kolonne {get_column_letter(index + 1)}",
                    cell,
                    "Kolonnen har ingen overskrift.",
                    "Skriv overskriften i den øverste raden, eller slett det som står her.",
                )

    def _add(self, number: int, values: dict[str, object]) -> Path:
        document, rows = self.reading.document, self.reading.rows
        if self.sheet.name == PLAN:
            if () in rows:
                self.reading.fault(
                    f"{self.place}, rad {number}",
                    None,
                    "Arket kan bare ha én utfylt rad.",
                    "Slett den overflødige raden.",
                )
                return ()
            document.update(values)
            rows[()] = number
            return ()
        items = document.setdefault(self.sheet.name, [])
        path: Path = (self.sheet.name, len(items))
        items.append(values)
        rows[path] = number
        return path

    def _setting(self, number: int, values: dict[str, object], unread: list[Path]) -> None:
        place = f"{self.place}, rad {number}"
        rule, name, key = (values.get(part) for part in ("rule", "parameter", "key"))
        if unread:
            return
        if not rule or not name or "value" not in values:
            self.reading.fault(
                place,
                None,
                "Raden er ikke fullstendig.",
                "Fyll ut regel, innstilling og verdi. Skriv «ikke satt» når verdien er åpen.",
            )
            return
        table = self.reading.document.setdefault(SETTINGS, {}).setdefault(rule, {})
        path: Path = (SETTINGS, str(rule), str(name))
        if key is not None:
            path = (*path, str(key))
            name, table = key, table.setdefault(name, {})
        if not isinstance(table, dict) or name in table:
            self.reading.fault(
                place, name, "Innstillingen står to ganger.", "Slett den ene av radene."
            )
            return
        table[name] = values["value"]
        self.reading.rows[path] = number
        for length in (2, 3):  # of the rule, and of the setting
            self.reading.rows.setdefault(path[:length], number)
