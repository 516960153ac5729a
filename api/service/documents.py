"""JSON as it is stored: the same document is always the same text, and has one digest."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


def canonical(document: Mapping[str, Any]) -> str:
    """The document as text, keys sorted, without blanks."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(content: str | bytes) -> str:
    """SHA-256 of a text (as UTF-8) or of bytes."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that two documents have differently.

    Attributes:
        path: «doctors[kari].share»; a list's items go by their ids where they have any.
        before, after: the values; None where there is none.
    """

    path: str
    before: Any
    after: Any


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """All differences, in the order of the paths."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            own = f"{path}.{key}" if path else key
            yield from differences(before.get(key), after.get(key), own)
    elif isinstance(before, list) and isinstance(after, list):
        old, new = _named(before), _named(after)
        for key in sorted({*old, *new}):
            yield from differences(old.get(key), new.get(key), f"{path}[{key}]")
    elif before != after:
        yield Difference(path, before, after)


def _named(items: list[Any]) -> Mapping[str, Any]:
    """The items by id where each has one of its own, else by their text: order says nothing."""
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    if all(isinstance(own, str) for own in ids) and len(set(ids)) == len(ids):
        return {str(own): item for own, item in zip(ids, items, strict=True)}
    found: dict[str, Any] = {}
    for item in items:
        key = canonical(item) if isinstance(item, dict) else str(item)
        while key in found:
            key += "'"
        found[key] = item
    return found
