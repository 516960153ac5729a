"""Where faults of a change stand: in a field of the form, in a pasted line, or elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.pages.forms import Form
from api.pages.parts.cells import BY_NAME, HEAD, field_name, label
from api.service.plans import parts
from scheduler.reading.faults import Fault, Path, PlanError
from scheduler.reading.sheets import Column, Sheet


@dataclass
class HumanPlaces:
    """Names places of a plan as its pages do, and remembers which path each name stood for.

    Attributes:
        document: the plan after the change.
        lines: part and index -> number of the pasted line.
    """

    document: Mapping[str, Any]
    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)

    def name(self, path: Path) -> str:
        """«Leger, Kari Nordmann, «Født»»."""
        told = self._told(path)
        self.paths.setdefault(told, path)
        return told

    def _told(self, path: Path) -> str:
        sheet, inner = HEAD, path
        words: list[str] = []
        if path and path[0] in BY_NAME:
            sheet, inner = BY_NAME[str(path[0])], path[2:]
            words.append(sheet.title)
            if len(path) > 1 and isinstance(path[1], int):
                words.append(self._row(sheet, path[1]))
        elif path and path[0] == "settings":
            words.append("Regler")
            words += [str(own) for own in path[1:]]
            return ", ".join(words)
        column = column_at(sheet, inner)
        if column:
            words.append(f"«{column.title}»")
        return ", ".join(words) or "Planen"

    def _row(self, sheet: Sheet, index: int) -> str:
        if line := self.lines.get((sheet.name, index)):
            return f"linje {line}"
        items = self.document.get(sheet.name, ())
        return label(self.document, sheet, items[index]) if index < len(items) else ""


def column_at(sheet: Sheet, inner: Path) -> Column | None:
    """The column in which a value inside a row stands."""
    for length in range(len(inner), 0, -1):
        for column in sheet.columns:
            if column.path == inner[:length]:
                return column
    return None


@dataclass(frozen=True)
class Told(parts.Edited):
    """A change whose faults are told in the words of the pages."""

    human: HumanPlaces = field(default_factory=lambda: HumanPlaces({}))

    def places(self) -> Any:
        """How to name places in it."""
        return self.human


class Telling:
    """Makes an edit tell its faults for people, and sorts them afterwards.

    Args:
        edit: from the document that stands to the new one.
        lines: for pasted rows: the number of each, in order.
    """

    def __init__(
        self, edit: Callable[[parts.Document], parts.Edited], lines: Sequence[int] = ()
    ) -> None:
        """Keep them."""
        self._edit, self._lines = edit, lines
        self.human = HumanPlaces({})
        self.touched: tuple[int, ...] = ()

    def __call__(self, document: parts.Document) -> parts.Edited:
        """The change."""
        own = self._edit(document)
        self.touched = own.touched
        lines = {}
        if self._lines and own.sent:
            lines = {at: self._lines[number - 1] for at, number in own.sent.items()}
        self.human = HumanPlaces(own.document, lines)
        return Told(own.document, own.touched, own.sent, self.human)

    def sorted(
        self, error: PlanError, sheet: Sheet, form: Form, index: int | None
    ) -> tuple[Form, list[Fault]]:
        """The form with the faults of its fields, and the faults that stand elsewhere.

        Args:
            error: what is wrong.
            sheet: of the row.
            form: as it was filled in.
            index: of the row; None for the plan's own fields.
        """
        beside = dict(form.faults)
        elsewhere: list[Fault] = []
        above: Path = () if index is None else (sheet.name, index)
        for fault in error.faults:
            path = self.human.paths.get(fault.place, ("?",))
            inside = path[: len(above)] == above
            column = column_at(sheet, path[len(above) :]) if inside else None
            if column is None:
                elsewhere.append(fault)
            else:
                beside.setdefault(field_name(column), f"{fault.problem} {fault.remedy}")
        return Form(form.values, beside), elsewhere
