"""The sheets of the workbook and their columns, drawn from the plan's own models."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import BaseModel

from scheduler.reading.faults import Path
from scheduler.reading.fields import Described, described
from scheduler.reading.fields import sheets as lists
from scheduler.reading.plan import Plan

MARK = "Merke"
EXAMPLE = "eksempel"
GUIDE = "Veiledning"
OWN_NOTES = "notat"  # sheets whose name begins so are the user's own
PLAN, SETTINGS = "", "settings"
PREFILLED = ("points",)  # in the template these have rows that are read


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, and the field of an item that stands in it."""

    path: Path
    field: Described

    @property
    def title(self) -> str:
        """The header, in bokmål."""
        return self.field.title


@dataclass(frozen=True)
class Sheet:
    """One sheet: a list of the plan, the plan's own fields, or the settings.

    Attributes:
        name: the field of the plan; `PLAN` for its own fields.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """Columns by header, without regard to capitals."""
        return {column.title.casefold(): column for column in self.columns}


def _columns(model: type[BaseModel], above: Path = ()) -> tuple[Column, ...]:
    found: list[Column] = []
    for field in described(model):
        path = (*above, field.name)
        if field.model and not field.many:
            found.extend(_columns(field.model, path))
        else:
            found.append(Column(path, field))
    return tuple(found)


def _setting(name: str, title: str, description: str, *, kind: str = "text") -> Column:
    required = name in ("rule", "parameter")
    return Column((name,), Described(name, title, description, required, str, False, kind, ()))


@cache
def all_sheets() -> tuple[Sheet, ...]:
    """Every sheet, in the order of the workbook."""
    own = tuple(
        Column((field.name,), field)
        for field in described(Plan)
        if field.name != SETTINGS and not field.model
    )
    settings = next(field for field in described(Plan) if field.name == SETTINGS)
    return (
        Sheet(PLAN, "Plan", "Perioden og dagen den vurderes.", own),
        *(
            Sheet(field.name, field.title, field.description, _columns(field.model))
            for field in lists()
            if field.model
        ),
        Sheet(
            SETTINGS,
            settings.title,
            settings.description,
            (
                _setting("rule", "Regel", "Id til regelen."),
                _setting("parameter", "Innstilling", "Navnet på innstillingen."),
                _setting("key", "Nøkkel", "Bare for innstillinger med flere verdier."),
                _setting("value", "Verdi", "Tall, ord, ja, nei eller «ikke satt».", kind="setting"),
            ),
        ),
    )


def inside(item: Mapping[str, object], path: Path) -> object:
    """The value at a path inside an item, or None."""
    value: object = item
    for step in path:
        value = value.get(str(step)) if isinstance(value, Mapping) else None
    return value


def put(item: dict[str, object], path: Path, value: object) -> None:
    """Set the value at a path inside an item, making the parts on the way."""
    for step in path[:-1]:
        inner = item.setdefault(str(step), {})
        if not isinstance(inner, dict):
            return
        item = inner
    item[str(path[-1])] = value
