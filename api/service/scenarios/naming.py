"""Names in scenarios become ids, so that a person can write either."""

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.reading.plan import Plan

# Fields of changes that name something of the plan, and the list in which it stands.
_NAMED = {
    "doctor": "doctors",
    "municipality": "municipalities",
    "pattern": "patterns",
    "keep": "patterns",
    "others": "patterns",
    "place": "places",
    "reach": "places",
    "duty_moves_to": "places",
}
_KEYED = {"shares": "municipalities"}


def with_ids(document: Mapping[str, Any], plan: Plan, plans: Mapping[str, str]) -> dict[str, Any]:
    """The scenarios with ids where names stand; what is neither is left to be told as a fault.

    Args:
        document: scenarios, of any shape.
        plan: the base plan, whose names are meant.
        plans: title -> id of the plans that a municipality can come from.
    """
    known = {
        items: _by_name([(own.id, own.name) for own in getattr(plan, items)])
        for items in {*_NAMED.values(), *_KEYED.values()}
    }
    scenarios = document.get("scenarios")
    if not isinstance(scenarios, list):
        return dict(document)
    return {**document, "scenarios": [_scenario(own, known, plans) for own in scenarios]}


def _by_name(items: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Name -> id of what alone has the name; an id is taken as it stands."""
    ids = {own for own, _ in items}
    names = [_folded(name) for _, name in items]
    return {
        _folded(name): own
        for own, name in items
        if names.count(_folded(name)) == 1 and name not in ids
    }


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _scenario(
    scenario: Any, known: Mapping[str, Mapping[str, str]], plans: Mapping[str, str]
) -> Any:
    changes = scenario.get("changes") if isinstance(scenario, dict) else None
    if not isinstance(changes, list):
        return scenario
    return {**scenario, "changes": [_change(own, known, plans) for own in changes]}


def _change(change: Any, known: Mapping[str, Mapping[str, str]], plans: Mapping[str, str]) -> Any:
    if not isinstance(change, dict):
        return change
    joins = change.get("change") == "municipality_joins"
    found: dict[str, Any] = {}
    for field, value in change.items():
        if field == "plan":
            found[field] = _id(value, plans)
        elif field in _KEYED and isinstance(value, dict):
            found[field] = {_id(key, known[_KEYED[field]]): own for key, own in value.items()}
        elif field in _NAMED and not (joins and field == "municipality"):
            found[field] = _id(value, known[_NAMED[field]])
        else:
            found[field] = value
    return found


def _id(value: Any, by_name: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_id(own, by_name) for own in value]
    return by_name.get(_folded(value), value) if isinstance(value, str) else value
