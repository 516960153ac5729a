"""One run in a process of its own, so that its memory can be told: ``python -m benchmarks.child``.

Takes the task as one JSON line on standard input and answers with the run as JSON. The roster is
judged here, after the time and the memory of the engine have been noted.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import judge
from benchmarks.engines.found import Effort, Found
from benchmarks.instances import Loaded, load
from benchmarks.memory import Watched
from benchmarks.record import Run, thinned

_MODULES = {
    "rettvakt": "ours",
    "certify": "certified",
    "construct": "construction",
    "cp-sat-whole": "whole_cpsat",
    "highs": "linear",
    "scip": "linear",
    "greedy": "start",
    "timefold": "timefold",
}
"""Where each engine is. No more than one is loaded: the solvers that the others bring along are
larger than a whole search's parent, which needs none of them."""

MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Used:
    """What the engine took: wall seconds, memory, processor seconds."""

    seconds: float
    peak_mb: float
    cpu: float


def main() -> None:
    """Read the task, run it, write the answer."""
    task: dict[str, Any] = json.loads(sys.stdin.readline())
    folder = Path(task["published"]) if task["published"] else None
    loaded = load(task["instance"], folder)
    effort = Effort(task["seconds"], task["workers"], task["seed"])
    begun, before = time.monotonic(), _cpu_seconds()
    with Watched() as memory:
        found = engine(task["engine"], task["timefold"])(loaded, effort)
        seconds = time.monotonic() - begun
    used = Used(seconds, memory.peak_mb, _cpu_seconds() - before)
    json.dump(_run(task, loaded, effort, found, used), sys.stdout)


def engine(name: str, timefold: str | None = None) -> Callable[[Loaded, Effort], Found]:
    """What runs the engine of that name, loaded now.

    Args:
        name: of the engine.
        timefold: a Python that has Timefold, for the engine of that name.
    """
    run: Callable[..., Found] = import_module(f"benchmarks.engines.{_MODULES[name]}").run
    if name == "timefold":
        return lambda loaded, effort: run(loaded, effort, timefold)
    return partial(run, name) if _MODULES[name] == "linear" else run


def _run(
    task: dict[str, Any],
    loaded: Loaded,
    effort: Effort,
    found: Found,
    used: Used,
) -> dict[str, Any]:
    problem = loaded.problem
    score: int | None = None
    broken: list[str] = []
    heaviest: float | None = None
    values = found.values
    if found.assignments is not None:
        scored = loaded.score(found.assignments)
        if scored is not None:
            score, broken = scored
        else:
            scorer = judge.Scorer(loaded)
            values = scorer.values(found.assignments)
            heaviest = scorer.heaviest(found.assignments)
            broken = judge.faults(loaded, found, values)
    shown = [*([found.early] if found.early else []), *found.curve]
    full = None
    if loaded.published is None and "cover" in found.titles:
        cover = found.titles.index("cover")
        full = next((p.seconds for p in shown if p.values[cover] <= 0), None)
    return asdict(
        Run(
            instance=loaded.name,
            people=len(problem.doctors),
            days=(problem.last_day - problem.first_day).days + 1,
            duties=len(problem.duties),
            engine=task["engine"],
            seed=effort.seed,
            workers=effort.workers,
            limit=effort.seconds,
            seconds=round(used.seconds, 2),
            build=round(found.build, 2),
            first=shown[0].seconds if shown else None,
            full=full,
            titles=found.titles,
            values=values,
            bounds=found.bounds,
            score=score,
            broken=tuple(broken[:MOST_FAULTS]),
            peak_mb=round(used.peak_mb, 1),
            curve=thinned(found.curve),
            cpu=round(used.cpu, 1),
            drawn=loaded.drawn,
            heaviest=heaviest,
        )
    )


def _cpu_seconds() -> float:
    """Of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(own.ru_utime + own.ru_stime for own in used)


if __name__ == "__main__":
    main()
