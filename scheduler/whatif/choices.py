"""Changes of what the municipality itself has settled: keys, points, settings, old balances."""

from collections.abc import Mapping
from typing import Any

from scheduler.fairness.keys import Key
from scheduler.reading.plan import Plan
from scheduler.whatif.changes import LeftOut, OtherKey, OtherPoints, OtherSetting
from scheduler.whatif.refusal import RefusalError, found
from scheduler.whatif.words import Dropped

_LISTS = {
    Dropped.BALANCES: "ledger",
    Dropped.PINS: "pins",
    Dropped.WISHES: "wishes",
    Dropped.PUBLISHED: "published",
}


def other_key(plan: Plan, change: OtherKey, key: tuple[str, str]) -> Plan:
    """Another key, with the agreed shares of the municipalities where it is an agreed one."""
    for town in change.shares:
        found(plan, "municipalities", town, "shares")
    custom = change.key is Key.CUSTOM
    if change.shares and not custom:
        raise RefusalError(
            "shares",
            None,
            "Andeler kan bare oppgis når nøkkelen er avtalt.",
            "Skriv key: custom, eller slett andelene.",
        )
    if custom and not (change.shares or any(own.key for own in plan.municipalities)):
        raise RefusalError(
            "shares",
            None,
            "En avtalt nøkkel trenger andelene til kommunene.",
            "Oppgi for eksempel shares: {fjell: 60 %, dal: 40 %}.",
        )
    towns = tuple(
        own.model_copy(update={"key": change.shares.get(own.id)}) if change.shares else own
        for own in plan.municipalities
    )
    settings = _settings(plan, *key, change.key.value)
    return plan.model_copy(update={"municipalities": towns, "settings": settings})


def other_points(plan: Plan, change: OtherPoints) -> Plan:
    """The new rows; where the plan has one for the same hours and pattern, what is given counts."""
    rows = {(own.hours, own.pattern): own for own in plan.points}
    for new in change.points:
        if new.pattern is not None:
            found(plan, "patterns", new.pattern, "points")
        old = rows.get((new.hours, new.pattern))
        given = {name: value for name, value in new if value is not None}
        rows[new.hours, new.pattern] = old.model_copy(update=given) if old else new
    return plan.model_copy(update={"points": tuple(rows.values())})


def other_setting(plan: Plan, change: OtherSetting) -> Plan:
    """Another value of one setting; of a table only the keys that are given."""
    value: Any = change.value
    old = plan.settings.get(change.rule, {}).get(change.parameter)
    if isinstance(value, Mapping) and isinstance(old, Mapping):
        value = {**old, **value}
    return plan.model_copy(
        update={"settings": _settings(plan, change.rule, change.parameter, value)}
    )


def left_out(plan: Plan, change: LeftOut) -> Plan:
    """The plan without what earlier periods or people have brought into it."""
    return plan.model_copy(update={_LISTS[own]: () for own in change.what})


def _settings(plan: Plan, rule: str, name: str, value: Any) -> dict[str, dict[str, Any]]:
    own = {key: dict(inner) for key, inner in plan.settings.items()}
    own.setdefault(rule, {})[name] = value
    return own
