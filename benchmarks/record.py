"""What is kept of one run: the instance, the engine, what it reached, and on what machine."""

import importlib.metadata
import json
import math
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORMAT = "rettvakt-benchmark"
_PACKAGES = ("ortools", "numpy", "pandas")


@dataclass(frozen=True, slots=True)
class Point:
    """The best roster at one moment: seconds since the start, value of each step."""

    seconds: float
    values: tuple[float, ...]


MOST_POINTS = 60


def thinned(curve: tuple[Point, ...]) -> tuple[Point, ...]:
    """At most so many points that a file stays small: the last one of each stretch of log time."""
    if len(curve) <= MOST_POINTS:
        return curve
    first, last = (math.log(max(0.01, own.seconds)) for own in (curve[0], curve[-1]))
    kept: dict[int, Point] = {}
    for own in curve[1:]:
        place = (math.log(max(0.01, own.seconds)) - first) / (last - first)
        kept[int(place * (MOST_POINTS - 2))] = own
    return curve[0], *kept.values()


@dataclass(frozen=True, slots=True)
class Run:
    """One engine on one instance.

    Attributes:
        instance: its name, such as «published/4» or «district/40x52».
        people, days, duties: its size.
        engine: «rettvakt», «cp-sat-whole», «highs», ...
        limit: wall seconds that the engine was given, building included.
        seconds: wall seconds that it took.
        build: wall seconds until the model stood; 0 where an engine has none.
        first: seconds to the first roster that keeps all hard demands; None without one.
        full: seconds to the first roster without a hole; None without one, or where an
            instance knows no holes.
        titles: of the steps of the objective, first the most important.
        values, bounds: reached and proven, in the units in which steps are shown; empty without a
            roster. A bound is None where nothing was proven.
        score: the value by a scorer of the instance's own, where it has one.
        broken: hard demands that scorer or checker finds broken; must be empty.
        peak_mb: largest resident memory of the process and of its largest child, added.
        curve: the way there.
    """

    instance: str
    people: int
    days: int
    duties: int
    engine: str
    seed: int
    workers: int
    limit: float
    seconds: float
    build: float
    first: float | None
    full: float | None
    titles: tuple[str, ...]
    values: tuple[float, ...]
    bounds: tuple[float | None, ...]
    score: int | None
    broken: tuple[str, ...]
    peak_mb: float
    curve: tuple[Point, ...]


def machine() -> dict[str, Any]:
    """What a reader needs to judge the seconds, without naming the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
    }


def save(path: Path, runs: Iterable[Run], day: str) -> None:
    """Write runs with the machine and the day; earlier runs in the file are kept."""
    known = load(path) if path.exists() else []
    document = {
        "format": FORMAT,
        "day": day,
        "machine": machine(),
        "runs": [asdict(run) for run in (*known, *runs)],
    }
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    aside.replace(path)


def load(path: Path) -> list[Run]:
    """The runs of a file.

    Raises:
        ValueError: it is no file of benchmark results.
    """
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"{path} must be a file of benchmark results ({FORMAT})")
    return [from_plain(run) for run in document["runs"]]


def from_plain(plain: dict[str, Any]) -> Run:
    """A run from what JSON says of it."""
    fields = dict(plain)
    for name in ("titles", "values", "bounds", "broken"):
        fields[name] = tuple(fields[name])
    fields["curve"] = tuple(Point(p["seconds"], tuple(p["values"])) for p in fields["curve"])
    return Run(**fields)
