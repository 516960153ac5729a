"""What is kept of measurements: runs with what they reached, tasks, rules, and the machine."""

import importlib.metadata
import json
import math
import os
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.tasks.timing import Timing

FORMAT = "rettvakt-benchmark"
_PACKAGES = ("ortools", "numba", "numpy", "pandas")
PARALLEL = ("rettvakt", "certify", "cp-sat-whole")
"""Engines that keep all their workers busy, once they search."""
ENOUGH = 0.75
"""Of the cores that an engine has workers for: with less, the rest of the machine took part."""
_SHORT = 10.0
_NEAR = 1e-6
_Kept = TypeVar("_Kept")

Key = tuple[str, str, float, int, int]
"""Instance, engine, limit, seed, workers: what makes two runs the same measurement."""


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
        peak_mb: the most that the process and its children held at once (`memory.Watched`).
        curve: the way there.
        cpu: processor seconds of the engine and its children; on a shared machine two cores give
            less than twice the wall time.
        load: the machine's load before the run began.
        heaviest: burden points of whoever is furthest over the fair share; None where nobody is
            compared or nobody has any.
        drawn: what the roster costs around which the instance was made up; None for others.
        day: of the run, in ISO form.
        commit: of the code that ran, in short; with a plus where it was changed after that.
        machine: cores, kind of processor and versions, in one line.
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
    cpu: float = 0.0
    load: float = 0.0
    drawn: int | None = None
    heaviest: float | None = None
    day: str = ""
    commit: str = ""
    machine: str = ""

    @property
    def key(self) -> Key:
        """What makes two runs the same measurement; the newer one takes the place of the other."""
        return self.instance, self.engine, self.limit, self.seed, self.workers

    @property
    def found(self) -> bool:
        """There is a roster, and it breaks nothing."""
        return bool(self.values) and not self.broken

    @property
    def proven(self) -> bool:
        """Every step of a lawful roster has reached its bound."""
        return self.found and all(
            bound is not None and value <= bound + _NEAR * max(1.0, abs(bound))
            for value, bound in zip(self.values, self.bounds, strict=True)
        )

    @property
    def cores(self) -> float:
        """Processor seconds in each second of the wall."""
        return self.cpu / self.seconds if self.seconds > 0 else 0.0

    @property
    def starved(self) -> bool:
        """The machine gave a parallel engine too little for its figures to be compared.

        A run of a few seconds is left out: it is mostly start and building, on one core.
        """
        return (
            self.engine in PARALLEL
            and self.seconds >= _SHORT
            and self.cores < ENOUGH * self.workers
        )


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What one rule costs on one instance.

    Attributes:
        stops_ms, encode_ms, check_ms: processor milliseconds of its verbs over all doctors.
        variables, constraints, nonzeros: what it adds to the model; a definition that another
            rule has made already counts for that one.
    """

    instance: str
    rule: str
    stops_ms: float
    encode_ms: float
    check_ms: float
    variables: int
    constraints: int
    nonzeros: int


def machine() -> dict[str, Any]:
    """What a reader needs to judge the seconds, without naming the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
    }


def told(own: dict[str, Any]) -> str:
    """What `machine` gives, in one line; empty for none."""
    if not own:
        return ""
    versions = ", ".join(f"{name} {version}" for name, version in own["packages"].items())
    return f"{own['cores']} cores ({own['architecture']}), Python {own['python']}, {versions}"


@dataclass(frozen=True, slots=True)
class Results:
    """A file of results: when and on what, runs, tasks and what each rule costs.

    Attributes:
        topics: of tasks, measured to their end -> the commit that was measured.
    """

    day: str = ""
    machine: dict[str, Any] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    tasks: tuple[Timing, ...] = ()
    rules: tuple[RuleCost, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)


def save(
    path: Path,
    day: str,
    *,
    runs: Iterable[Run] = (),
    tasks: Iterable[Timing] = (),
    rules: Iterable[RuleCost] = (),
    topics: Mapping[str, str] | None = None,
) -> None:
    """Add to a file, with the machine and the day; what is measured anew replaces the older.

    Raises:
        ValueError: the file is of another machine or of other versions, or no results at all.
    """
    known = load(path) if path.exists() else Results()
    if known.machine and known.machine != machine():
        raise ValueError(
            f"{path} was measured on another machine or with other versions ({known.machine}); "
            "give another file, or move this one away"
        )
    kept = {own.key: own for own in (*known.runs, *runs)}
    timed = {(own.task, own.instance): own for own in (*known.tasks, *tasks)}
    costs = {(own.instance, own.rule): own for own in (*known.rules, *rules)}
    document = {
        "format": FORMAT,
        "day": day,
        "machine": machine(),
        "topics": {**known.topics, **(topics or {})},
        "tasks": [asdict(own) for own in timed.values()],
        "rules": [asdict(own) for own in costs.values()],
        "runs": [asdict(own) for own in kept.values()],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(_written(document), encoding="utf-8")
    aside.replace(path)


def _written(document: dict[str, Any]) -> str:
    """One line for each run, task and rule: small, and a difference can be read."""
    parts = []
    for name, value in document.items():
        if isinstance(value, list):
            lines = ",\n  ".join(_plain(own) for own in value)
            parts.append(f" {_plain(name)}: [\n  {lines}\n ]" if value else f" {_plain(name)}: []")
        else:
            parts.append(f" {_plain(name)}: {_plain(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(path: Path) -> Results:
    """What is in a file.

    Raises:
        ValueError: it is no file of benchmark results.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ValueError(f"{path} must be a file of benchmark results: {fault}") from fault
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"{path} must be a file of benchmark results ({FORMAT})")
    day, where, topics = document.get("day"), document.get("machine"), document.get("topics", {})
    if not (isinstance(day, str) and isinstance(where, dict) and isinstance(topics, dict)):
        raise ValueError(f"{path} must have day, machine and topics")
    return Results(
        day,
        where,
        _each(path, document, "runs", from_plain),
        _each(path, document, "tasks", lambda own: Timing(**own)),
        _each(path, document, "rules", lambda own: RuleCost(**own)),
        topics,
    )


def _each(
    path: Path, document: dict[str, Any], name: str, made: Callable[[Any], _Kept]
) -> tuple[_Kept, ...]:
    """What a list of a file holds; a fault in it is told with its place, counted from 1."""
    plain = document.get(name)
    if not isinstance(plain, list):
        raise ValueError(f"{path} must have a list of {name}")
    found = []
    for number, own in enumerate(plain, start=1):
        try:
            found.append(made(own))
        except (TypeError, ValueError) as fault:
            raise ValueError(f"{path}, {name} {number}: {fault}") from fault
    return tuple(found)


def from_plain(plain: object) -> Run:
    """A run from what JSON says of it.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(plain, dict):
        raise ValueError("a run must be an object")
    fields = dict(plain)
    try:
        for name in ("titles", "values", "bounds", "broken"):
            fields[name] = tuple(fields[name])
        fields["curve"] = tuple(Point(p["seconds"], tuple(p["values"])) for p in fields["curve"])
        return Run(**fields)
    except KeyError as fault:
        raise ValueError(f"a run must have {fault}") from fault
    except TypeError as fault:
        raise ValueError(f"no run: {fault}") from fault
