"""Two plans, in words: what the one has that the other has not, and what is changed.

For whoever keeps the plan. It names doctors, but never the ground of an exemption nor the kind
of an absence: those lists are told by their number alone.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from scheduler.reading.fields import Described, described, sheets
from scheduler.reading.plan import Plan
from scheduler.reading.values import UNSET
from scheduler.reading.words import word
from scheduler.writing.wording import number

_COUNTED = {"exemptions", "absences"}
_MOST = 12


def differences(before: Plan, after: Plan) -> tuple[str, ...]:
    """One line a difference, in the order of the plan's parts."""
    return (*_fields(before, after), *_lists(before, after), *_settings(before, after))


def _fields(before: Plan, after: Plan) -> Iterator[str]:
    for field in described(Plan):
        if not field.many and field.name != "settings":
            old, new = getattr(before, field.name), getattr(after, field.name)
            if old != new:
                yield f"{field.title}: {_shown(old)} → {_shown(new)}"


def _lists(before: Plan, after: Plan) -> Iterator[str]:
    for sheet in sheets():
        old, new = getattr(before, sheet.name), getattr(after, sheet.name)
        if old == new:
            continue
        named = bool(sheet.model and "id" in sheet.model.model_fields)
        if named and sheet.name not in _COUNTED:
            yield from _items(sheet, old, new)
        else:
            yield from _counts(sheet, old, new)


def _items(sheet: Described, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[str]:
    was, now = {own.id: own for own in old}, {own.id: own for own in new}
    lines = [f"{sheet.title}: − {_name(was[own])}" for own in was if own not in now]
    lines += [f"{sheet.title}: + {_name(now[own])}" for own in now if own not in was]
    for own in was:
        if own in now and was[own] != now[own]:
            lines += [
                f"{sheet.title}, {_name(now[own])}: {change}"
                for change in _changes(was[own], now[own])
            ]
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"{sheet.title}: … og {len(lines) - _MOST} forskjeller til"


def _changes(old: BaseModel, new: BaseModel) -> Iterator[str]:
    for field in described(type(old)):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was == now:
            continue
        if isinstance(was, BaseModel) and isinstance(now, BaseModel):
            yield from _changes(was, now)
        else:
            yield f"{field.title.lower()} {_shown(was)} → {_shown(now)}"


def _counts(sheet: Described, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[str]:
    was, now = Counter(map(repr, old)), Counter(map(repr, new))
    gone, come = (was - now).total(), (now - was).total()
    parts = [f"{gone} færre"] if gone else []
    parts += [f"{come} nye"] if come else []
    if parts:
        yield f"{sheet.title}: {' og '.join(parts)} ({len(old)} → {len(new)})"
    else:
        yield f"{sheet.title}: annen rekkefølge"


def _settings(before: Plan, after: Plan) -> Iterator[str]:
    for rule in sorted({*before.settings, *after.settings}):
        old, new = before.settings.get(rule, {}), after.settings.get(rule, {})
        for name in sorted({*old, *new}):
            was = _shown(old[name]) if name in old else "standard"
            now = _shown(new[name]) if name in new else "standard"
            if was != now:
                yield f"Regler, {rule}.{name}: {was} → {now}"


def _name(item: Any) -> str:
    return str(getattr(item, "name", item.id))


def _shown(value: Any) -> str:
    if value is None:
        return UNSET
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(own)}" for key, own in value.items())
    if isinstance(value, tuple):
        if any(isinstance(own, BaseModel) for own in value):
            return f"{len(value)} oppført"
        return ", ".join(map(_shown, value)) or "ingen"
    if hasattr(value, "hour") and not hasattr(value, "year"):
        return f"{value:%H:%M}"
    if hasattr(value, "year"):
        return f"{value:%d.%m.%Y}"
    if hasattr(value, "value"):
        return word(value)
    if isinstance(value, str):
        return value
    return number(float(value))
