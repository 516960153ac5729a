"""YAML and JSON text to plain values with their lines; nothing is ever executed or expanded."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from scheduler.reading.faults import Fault, Path, PlanError, shown
from scheduler.reading.places import Source, TextPlaces, dotted

DEPTH = 12
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_TOO_DEEP = "Filen er nøstet dypere enn noen plan er."
_ONCE = "La feltet stå bare én gang."


def plain(text: str) -> object:
    """What an unquoted YAML word means: only null, true, false and decimal numbers are special."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


@dataclass
class _Level:
    """A list or mapping that is being read."""

    path: Path
    items: list[Any] | dict[str, Any]
    key: str | None = None
    seen: set[str] = field(default_factory=set)


class _Builder:
    """Builds plain values from YAML events without recursion, noting lines and faults."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.levels: list[_Level] = []
        self.root: object = None

    def take(self, event: Any) -> None:
        """Read one event.

        Raises:
            PlanError: the document goes too deep, or has a key that cannot be one.
        """
        if isinstance(event, events.NodeEvent):
            self._refuse_tricks(event)
        if isinstance(event, events.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, events.AliasEvent):
            self._put(None, event)
        elif isinstance(event, events.CollectionStartEvent):
            if len(self.levels) >= DEPTH:
                raise PlanError.of(
                    _line(event), _TOO_DEEP, "Rett innrykkene, eller begynn med en tom mal."
                )
            items: list[Any] | dict[str, Any] = (
                {} if isinstance(event, events.MappingStartEvent) else []
            )
            self.levels.append(_Level(self._put(items, event), items))
        elif isinstance(event, events.CollectionEndEvent):
            self.levels.pop()

    def _refuse_tricks(self, event: Any) -> None:
        tag = getattr(event, "tag", None)
        if event.anchor or (tag and tag != "!"):
            name = f"&{event.anchor}" if event.anchor else str(tag)
            self.faults.append(
                Fault(
                    _line(event),
                    shown(name),
                    "Ankere, henvisninger og typemerker (&, *, !) brukes ikke i planer.",
                    "Skriv verdien helt ut.",
                )
            )

    def _scalar(self, event: Any) -> None:
        value = plain(event.value) if event.implicit[0] else event.value
        level = self.levels[-1] if self.levels else None
        if level and isinstance(level.items, dict) and level.key is None:
            level.key = event.value
            if event.value in level.seen:
                place = f"{dotted((*level.path, event.value))} ({_line(event).lower()})"
                self.faults.append(
                    Fault(place, "", f"Feltet «{shown(event.value)}» står to ganger.", _ONCE)
                )
            level.seen.add(event.value)
        else:
            self._put(value, event)

    def _put(self, value: Any, event: Any) -> Path:
        line = event.start_mark.line + 1
        if not self.levels:
            self.root = value
            self.lines[()] = line
            return ()
        level = self.levels[-1]
        if isinstance(level.items, list):
            path: Path = (*level.path, len(level.items))
            level.items.append(value)
        elif level.key is None:
            raise PlanError.of(
                _line(event),
                "Et feltnavn må være et enkelt ord.",
                "Rett feltnavnet på denne linjen.",
            )
        else:
            path = (*level.path, level.key)
            level.items[level.key] = value
            level.key = None
        self.lines[path] = line
        return path


def _line(event: Any) -> str:
    return f"Linje {event.start_mark.line + 1}"


def read_yaml(text: str) -> Source:
    """The document of a YAML text.

    Raises:
        PlanError: it is not YAML, or uses more of YAML than a plan needs.
    """
    builder = _Builder()
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            documents += isinstance(event, events.DocumentStartEvent)
            if documents > 1:
                raise PlanError.of(
                    _line(event), "Filen inneholder flere dokumenter (---).", "Behold bare ett."
                )
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise PlanError.of(
            f"Linje {mark.line + 1}, tegn {mark.column + 1}" if mark else "Filen",
            "Teksten kan ikke leses som YAML.",
            "Kontroller innrykk, kolon og anførselstegn på denne linjen og linjen over.",
        ) from error
    if builder.faults:
        raise PlanError(builder.faults)
    return Source(builder.root, TextPlaces(builder.lines))


class _Object(dict[str, Any]):
    """A JSON object that remembers names given more than once."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        found.repeated = tuple(name for name in found if names.count(name) > 1)
    return found


def _refuse_constant(name: str) -> Any:
    raise PlanError.of(
        "$", f"{name} er ikke et tall som kan brukes.", "Skriv et vanlig tall.", name
    )


def read_json(text: str) -> Source:
    """The document of a JSON text.

    Raises:
        PlanError: it is not JSON, or has a name twice in one object, or no real number.
    """
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise PlanError.of(
            f"Linje {error.lineno}, tegn {error.colno}",
            "Teksten kan ikke leses som JSON.",
            "Kontroller komma, klammer og anførselstegn på denne linjen og linjen over.",
        ) from error
    except RecursionError as error:
        raise PlanError.of("$", _TOO_DEEP, "Begynn med en tom mal.") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise PlanError.of("$", "Et tall i filen er altfor stort.", "Rett tallet.") from error
    faults = list(_json_faults(data))
    if faults:
        raise PlanError(faults)
    return Source(data)


def _json_faults(data: object) -> Iterator[Fault]:
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > DEPTH:
            raise PlanError.of(dotted(path[:3]), _TOO_DEEP, "Begynn med en tom mal.")
        if isinstance(value, _Object):
            for name in value.repeated:
                yield Fault(
                    dotted((*path, name)), "", f"Feltet «{shown(name)}» står to ganger.", _ONCE
                )
            waiting.extend(((*path, name), inner) for name, inner in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, number), inner) for number, inner in enumerate(value))
        elif isinstance(value, float) and not math.isfinite(value):
            yield Fault(dotted(path), str(value), "Tallet er altfor stort.", "Rett tallet.")
