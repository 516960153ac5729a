"""The rows of one part of a plan: named by keys, changed one by one or many at once.

A row with an id is named by it. One without is named by a digest of what it says: its key changes
when the row does, and never comes to mean another row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api.service.documents import canonical, digest
from api.service.errors import NotFoundError
from scheduler.reading.faults import Path
from scheduler.reading.fields import Described, described, sheets
from scheduler.reading.places import dotted

Item = dict[str, Any]
Document = dict[str, Any]
_DIGITS = 16  # of a digest: 64 bits, among some thousands of rows
_HEAD = ("title", "first_day", "last_day", "judged_on")


class Mode(StrEnum):
    """What becomes of the rows that are there when many are sent."""

    ADD = "add"  # they stay; an id that is used already is a fault
    MERGE = "merge"  # a row with the same id is replaced, the others stay
    REPLACE = "replace"  # only what is sent is left


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """Names places of a plan by the keys of its rows.

    Attributes:
        keys: part -> the keys of its rows, in order.
        sent: part and index -> which of the rows that were sent it is, from 1.
    """

    keys: Mapping[str, Sequence[str]]
    sent: Mapping[tuple[str, int], int]

    def name(self, path: Path) -> str:
        """«doctors[kari].born», with « (rad 3)» for the third of many that were sent."""
        match path:
            case (str(part), int(index), *inner):
                keys = self.keys.get(part, ())
                key = keys[index] if index < len(keys) else ""
                row = self.sent.get((part, index))
            case _:
                return dotted(path)
        # A digest of a row that is not stored yet would tell nobody anything.
        own = key and not (row and part in _BY_NAME and not has_ids(_BY_NAME[part]))
        text = f"{part}[{key}]" if own else part
        if inner:
            text += f".{dotted(tuple(inner))}"
        return f"{text} (rad {row})" if row else text


@dataclass(frozen=True, slots=True)
class Edited:
    """A plan's document after a change.

    Attributes:
        touched: indices of the rows that were put in, in the part that was changed.
        sent: for faults, see `KeyPlaces`.
    """

    document: Document
    touched: tuple[int, ...] = ()
    sent: Mapping[tuple[str, int], int] | None = None

    def places(self) -> KeyPlaces:
        """How to name places in it."""
        return KeyPlaces(
            {own.name: keys_of(self.document.get(own.name, ())) for own in sheets()},
            self.sent or {},
        )


def part_named(name: str) -> Described:
    """The part of a plan that is a list of rows.

    Raises:
        KeyError: there is none of this name.
    """
    return _BY_NAME[name]


_BY_NAME = {own.name: own for own in sheets()}


def has_ids(part: Described) -> bool:
    """Whether the rows of a part have ids of their own."""
    return part.model is not None and any(own.name == "id" for own in described(part.model))


def keys_of(items: Sequence[Item]) -> list[str]:
    """The key of each row; rows that say the same are told apart by a number."""
    found: list[str] = []
    times: dict[str, int] = {}
    for item in items:
        own = item.get("id")
        key = own if isinstance(own, str) else digest(canonical(item))[:_DIGITS]
        times[key] = times.get(key, 0) + 1
        found.append(key if times[key] == 1 else f"{key}-{times[key]}")
    return found


def index_of(document: Document, part: str, key: str) -> int:
    """Where the row with a key stands.

    Raises:
        NotFoundError: there is none.
    """
    try:
        return keys_of(document.get(part, [])).index(key)
    except ValueError:
        raise NotFoundError from None


def added(document: Document, part: str, rows: Sequence[Item], mode: Mode) -> Edited:
    """Many rows put in; see `Mode`."""
    items: list[Item] = [] if mode is Mode.REPLACE else list(document.get(part, []))
    at = {key: index for index, key in enumerate(keys_of(items))} if mode is Mode.MERGE else {}
    touched = []
    for row in rows:
        # Each key is met once: of two rows with one id the second is added, and told as a fault.
        index = at.pop(keys_of([row])[0], None)
        if index is None:
            items.append(row)
            index = len(items) - 1
        else:
            items[index] = row
        touched.append(index)
    sent = {(part, index): number for number, index in enumerate(touched, 1)}
    return Edited({**document, part: items}, tuple(touched), sent)


def put(document: Document, part: str, key: str, row: Item) -> Edited:
    """A row in place of another.

    Raises:
        NotFoundError: there is none with the key.
    """
    items = list(document.get(part, []))
    index = index_of(document, part, key)
    items[index] = row
    return Edited({**document, part: items}, (index,))


def patched(document: Document, part: str, key: str, changes: Item) -> Edited:
    """A row with some of its fields changed.

    Args:
        document: the plan.
        part: in which the row stands.
        key: of the row.
        changes: field -> value; None takes the value away; parts of the row are merged likewise.

    Raises:
        NotFoundError: there is none with the key.
    """
    index = index_of(document, part, key)
    return put(document, part, key, merged(document[part][index], changes))


def without(document: Document, part: str, key: str) -> Edited:
    """The plan with a row less.

    Raises:
        NotFoundError: there is none with the key.
    """
    index = index_of(document, part, key)
    items = document[part]
    return Edited({**document, part: [*items[:index], *items[index + 1 :]]})


def merged(item: Mapping[str, Any], changes: Mapping[str, Any]) -> Item:
    """A merge patch (RFC 7396)."""
    found = dict(item)
    for name, value in changes.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, Mapping):
            below = found.get(name)
            found[name] = merged(below if isinstance(below, Mapping) else {}, value)
        else:
            found[name] = value
    return found


def with_head(document: Document, changes: Mapping[str, Any]) -> Edited:
    """The plan with another title, period or day of judgement."""
    return Edited({**document, **{name: changes[name] for name in _HEAD if name in changes}})


def with_settings(document: Document, settings: Mapping[str, Any]) -> Edited:
    """The plan with other settings of its rules; a rule without any is left out."""
    return Edited({**document, "settings": {rule: own for rule, own in settings.items() if own}})
