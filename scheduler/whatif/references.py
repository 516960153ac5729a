"""What is said of something in a plan goes when the thing goes, or follows it to another name."""

from collections.abc import Mapping, Set
from typing import Any

from pydantic import BaseModel

from scheduler.reading.fields import Described, described, references, sheets
from scheduler.reading.parts.points import HourRate
from scheduler.reading.parts.terms import Wish
from scheduler.reading.plan import Plan

Gone = Mapping[str, Set[str]]
"""Ids that are taken out, by their list."""

# No pattern means «all» in these: without its patterns such an item would say something else.
_ALL_IF_EMPTY = (Wish, HourRate)


def without(plan: Plan, gone: Gone) -> Plan:
    """The plan without these items and without all that was said of them alone."""
    kept: dict[str, Any] = {}
    for sheet in sheets():
        own = gone.get(sheet.name, frozenset())
        items = (i for i in getattr(plan, sheet.name) if getattr(i, "id", None) not in own)
        trimmed = (_trimmed(item, gone) for item in items)
        kept[sheet.name] = tuple(item for item in trimmed if item is not None)
    return plan.model_copy(update=kept)


def _trimmed(part: BaseModel, gone: Gone) -> BaseModel | None:
    """The part without the ids that are gone; None where it is about one of them."""
    changed: dict[str, Any] = {}
    for field in described(type(part)):
        value = getattr(part, field.name)
        if isinstance(value, BaseModel):
            changed[field.name] = _trimmed(value, gone)
        elif field.refers and isinstance(value, tuple):
            left = tuple(own for own in value if not _is_gone(own, field, gone))
            if value and not left and isinstance(part, _ALL_IF_EMPTY):
                return None
            changed[field.name] = left
        elif field.refers and value is not None and _is_gone(value, field, gone):
            if field.required or isinstance(part, _ALL_IF_EMPTY):
                return None
            changed[field.name] = None
    return part.model_copy(update=changed) if changed else part


def _is_gone(own: str, field: Described, gone: Gone) -> bool:
    return any(own in gone.get(name, ()) for name in field.refers)


def used(plan: Plan, items: str) -> frozenset[str]:
    """The ids of a list that something in the plan refers to."""
    return frozenset(own for _, own, lists in references(plan) if items in lists)
