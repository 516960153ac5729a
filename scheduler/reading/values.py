"""The values of rule settings, read in one way from a cell, YAML or JSON."""

import re
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from scheduler.reading.scalars import PLACES, tidy, wrong

BIG = 1_000_000_000
UNSET = "ikke satt"
_WORDS: dict[str, bool | None] = {"ja": True, "nei": False, UNSET: None}
_NUMBER = re.compile(r"-?[0-9]{1,10}([.,][0-9]{1,12})?")


def _scalar(value: object) -> bool | int | float | str | None:
    """A switch («ja», «nei»), a number («7,5»), a word, or no value at all («ikke satt»)."""
    if isinstance(value, str):
        value = tidy(value)
        if value.casefold() in _WORDS:
            return _WORDS[value.casefold()]
        if not _NUMBER.fullmatch(value):
            if not value or len(value) > 60 or not value.isprintable():
                raise wrong("Verdien er tom eller kan ikke leses.", "Skriv et tall eller et ord.")
            return value
        value = float(value.replace(",", "."))
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, int | float) or not abs(value) <= BIG:
        raise wrong(
            "Verdien kan ikke brukes som innstilling.", "Skriv et tall, et ord, ja eller nei."
        )
    return int(value) if value == value // 1 else round(value, PLACES)


def _value(value: object) -> object:
    if isinstance(value, dict):
        return {tidy(str(key)): _scalar(inner) for key, inner in value.items()}
    return _scalar(value)


def settings_without_blanks(value: object) -> object:
    """Rules and tables without a single value are the same as none."""
    if not isinstance(value, dict):
        return value
    kept: dict[Any, Any] = {}
    for rule, chosen in value.items():
        if isinstance(chosen, dict):
            chosen = {name: v for name, v in chosen.items() if v != {}}
        if chosen != {}:
            kept[rule] = chosen
    return kept


_SIMPLE = {"type": ["boolean", "number", "string", "null"]}
Setting = Annotated[
    bool | int | float | str | dict[str, bool | int | float | str | None] | None,
    PlainValidator(_value),
    WithJsonSchema({"anyOf": [_SIMPLE, {"type": "object", "additionalProperties": _SIMPLE}]}),
]
