"""What the plan's models say of their own fields: title, kind, references."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scheduler.reading.faults import Path
from scheduler.reading.plan import Plan
from scheduler.reading.scalars import Kind, Refers


@dataclass(frozen=True, slots=True)
class Described:
    """One field, stripped of its wrappings.

    Attributes:
        base: the innermost type.
        many: it holds several.
        kind: how it is shown in a workbook.
        refers: lists of the plan in which its ids stand, or empty.
    """

    name: str
    title: str
    description: str
    required: bool
    base: Any
    many: bool
    kind: str
    refers: tuple[str, ...]

    @property
    def model(self) -> type[BaseModel] | None:
        """The model of the part or of the items, if the field has parts."""
        return (
            self.base if isinstance(self.base, type) and issubclass(self.base, BaseModel) else None
        )

    @property
    def words(self) -> type[StrEnum] | None:
        """The enumeration, if the field is a choice."""
        return self.base if isinstance(self.base, type) and issubclass(self.base, StrEnum) else None


@cache
def described(model: type[BaseModel]) -> tuple[Described, ...]:
    """The fields of a model, in order."""
    return tuple(_describe(name, info) for name, info in model.model_fields.items())


@cache
def sheets() -> tuple[Described, ...]:
    """The lists of the plan, each a sheet of the workbook."""
    return tuple(field for field in described(Plan) if field.many and field.model)


def field_at(path: Path, root: type[BaseModel] = Plan) -> Described | None:
    """The field that a path of a document leads to, or None."""
    model: type[BaseModel] | None = root
    found: Described | None = None
    for step in path:
        if isinstance(step, int):
            continue
        found = next((f for f in described(model) if f.name == step), None) if model else None
        if found is None:
            return None
        model = found.model
    return found


def references(plan: Plan) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Every id in the plan that names another item: path, id, the lists it may stand in."""
    for sheet in sheets():
        for index, item in enumerate(getattr(plan, sheet.name)):
            yield from _references(item, (sheet.name, index))


def _references(part: BaseModel, path: Path) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for field in described(type(part)):
        value = getattr(part, field.name)
        here = (*path, field.name)
        if isinstance(value, BaseModel):
            yield from _references(value, here)
        elif field.refers and isinstance(value, tuple):
            yield from (((*here, number), one, field.refers) for number, one in enumerate(value))
        elif field.refers and value is not None:
            yield here, value, field.refers


def _describe(name: str, info: FieldInfo) -> Described:
    base, marks, many = _unwrap(info.annotation, tuple(info.metadata))
    kind = next((m.name for m in marks if isinstance(m, Kind)), "")
    refers = next((m.lists for m in marks if isinstance(m, Refers)), ())
    if not kind:
        is_words = isinstance(base, type) and issubclass(base, StrEnum)
        is_number = base is int or get_args(base) == (1,)  # the format's version is Literal[1]
        kind = "word" if is_words else "flag" if base is bool else "whole" if is_number else "text"
    return Described(
        name,
        info.title or name,
        info.description or "",
        info.is_required(),
        base,
        many,
        kind,
        refers,
    )


def _unwrap(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...], bool]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _unwrap(inner, (*marks, *more))
    if origin in (Union, UnionType):
        inner = [part for part in get_args(annotation) if part is not NoneType]
        return _unwrap(inner[0], marks)
    if origin is tuple:
        base, marks, _ = _unwrap(get_args(annotation)[0], marks)
        return base, marks, True
    return annotation, marks, False
