"""Where in the user's own file a value of the document stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scheduler.reading.faults import Fault, Path, shown


class Places(Protocol):
    """Names the place of a path in the words of the file it came from."""

    def name(self, path: Path) -> str:
        """The place of the value, or of the nearest thing around it that exists."""
        ...


def dotted(path: Path) -> str:
    """«doctors[2].born»; the whole document is «$»."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{shown(step)}" if text else shown(step)
    return text or "$"


@dataclass(frozen=True, slots=True)
class TextPlaces:
    """Paths of a YAML or JSON document, with the line where it is known."""

    lines: Mapping[Path, int] = field(default_factory=dict)

    def name(self, path: Path) -> str:
        """«doctors[2].born (linje 14)»."""
        for length in range(len(path), 0, -1):
            if line := self.lines.get(path[:length]):
                return f"{dotted(path)} (linje {line})"
        return dotted(path)


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Cells of a workbook.

    Attributes:
        sheets: list of the plan -> name of its sheet.
        rows: path of an item -> row number as the spreadsheet shows it.
        columns: list and path inside an item -> header of the column.
    """

    sheets: Mapping[str, str]
    rows: Mapping[Path, int]
    columns: Mapping[tuple[str, Path], str]

    def name(self, path: Path) -> str:
        """«Ark «Leger», rad 5, kolonne «Født»»."""
        start, inner = self._item(path)
        sheet = self.sheets.get(start, self.sheets[""])
        text = f"Ark «{sheet}»"
        if start == "settings":
            inner = ()
        row = next(
            (self.rows[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.rows), 0
        )
        if not start:
            row = self.rows.get((), 0)
        if row:
            text += f", rad {row}"
        for length in range(len(inner), 0, -1):
            if column := self.columns.get((start, inner[:length])):
                return f"{text}, kolonne «{column}»"
        return text

    def _item(self, path: Path) -> tuple[str, Path]:
        """The list and the path inside one of its items; the plan's own fields are list «»."""
        if path and isinstance(path[0], str) and path[0] in self.sheets and path[0]:
            return path[0], path[2:]
        return "", path


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was read: plain values, and where each stands.

    Attributes:
        unread: paths whose value could not be read, and which already have their fault.
        faults: those faults, told together with the rest.
    """

    data: object
    places: Places = field(default_factory=TextPlaces)
    unread: frozenset[Path] = frozenset()
    faults: tuple[Fault, ...] = ()
