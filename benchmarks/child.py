"""One run in a process of its own, so that its memory can be told: ``python -m benchmarks.child``.

Takes the task as one JSON line on standard input and answers with the run as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.engines import highs, ours, timefold, whole_cpsat
from benchmarks.engines.found import Effort, Found
from benchmarks.instances import Loaded, load
from benchmarks.record import Run
from scheduler.checking import check
from scheduler.domain.roster import Roster, Timetable

ENGINES: dict[str, Callable[[Loaded, Effort], Found]] = {
    "rettvakt": ours.run,
    "cp-sat-whole": whole_cpsat.run,
    "highs": highs.run,
}


def main() -> None:
    """Read the task, run it, write the answer."""
    task: dict[str, Any] = json.loads(sys.stdin.readline())
    folder = Path(task["published"]) if task["published"] else None
    loaded = load(task["instance"], folder)
    effort = Effort(task["seconds"], task["workers"], task["seed"])
    begun = time.monotonic()
    if task["engine"] == "timefold":
        found = timefold.run(loaded, effort, task["timefold"])
    else:
        found = ENGINES[task["engine"]](loaded, effort)
    run = _run(task, loaded, effort, found, time.monotonic() - begun)
    json.dump(run, sys.stdout)


def _run(
    task: dict[str, Any], loaded: Loaded, effort: Effort, found: Found, seconds: float
) -> dict[str, Any]:
    problem = loaded.problem
    score: int | None = None
    broken: list[str] = []
    if found.assignments is not None:
        scored = loaded.score(found.assignments)
        if scored is not None:
            score, broken = scored
        else:
            timetable = Timetable(problem, Roster.of(problem, found.assignments))
            report = check(timetable, loaded.rules, explain_holes=False)
            broken = [report.sentence(case) for case in report.breaches]
    full = None
    if loaded.published is None and "cover" in found.titles:
        cover = found.titles.index("cover")
        full = next((p.seconds for p in found.curve if p.values[cover] <= 0), None)
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
            seconds=round(seconds, 2),
            build=round(found.build, 2),
            first=found.curve[0].seconds if found.curve else None,
            full=full,
            titles=found.titles,
            values=found.values,
            bounds=found.bounds,
            score=score,
            broken=tuple(broken),
            peak_mb=round(_peak_mb(), 1),
            curve=found.curve,
        )
    )


def _peak_mb() -> float:
    """This process and its largest child; both stand in memory at the same time."""
    kilobytes = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return kilobytes / 1024 / (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    main()
