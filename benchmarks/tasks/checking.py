"""The checkers on a large roster, and large plans and rosters read and written."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api import library, outputs
from benchmarks.districts import district
from benchmarks.rosters import constructed
from benchmarks.tasks.timing import Timing, timed
from scheduler.checking import check
from scheduler.domain.roster import Timetable
from scheduler.reading.write import write_plan

LARGE = (100, 52)
RUNS = 3


def measure() -> Iterator[Timing]:
    """A year for a hundred doctors: read, judged, written."""
    name = f"district/{LARGE[0]}x{LARGE[1]}"
    loaded, timetable = constructed(name)
    report = check(timetable, loaded.rules, explain_holes=False)
    made = sum(own.checked for own in report.rules)
    note = f"{made} comparisons, {len(report.breaches)} breaches"
    # What a problem or a timetable keeps must be found again, as in every command.
    fresh = iter([Timetable(replace(loaded.problem), timetable.roster) for _ in range(RUNS)])
    yield timed(
        "check a roster",
        name,
        lambda: check(next(fresh), loaded.rules, explain_holes=False),
        runs=RUNS,
        note=note,
    )
    yield timed(
        "check it again",
        name,
        lambda: check(timetable, loaded.rules, explain_holes=False),
        runs=RUNS,
        note=note,
    )
    yield from _files(name, timetable)


def _files(name: str, timetable: Timetable) -> Iterator[Timing]:
    plan = district(*LARGE)
    with TemporaryDirectory() as folder:
        for ending in ("yaml", "json", "xlsx"):
            file = Path(folder) / f"plan.{ending}"
            write_plan(plan.plan, file)
            size = f"{file.stat().st_size / 1024:.0f} kB"
            yield timed(
                f"read a plan ({ending})", name, partial(library.read, file), runs=2, note=size
            )
    for kind in ("json", "csv", "xlsx", "pdf"):
        size = f"{len(outputs.export_one(plan, timetable.roster, kind)) / 1024:.0f} kB"
        yield timed(
            f"write a roster ({kind})",
            name,
            partial(outputs.export_one, plan, timetable.roster, kind),
            runs=2,
            note=size,
        )
    feeds = outputs.calendars(plan, timetable.roster)
    yield timed(
        "write calendars",
        name,
        lambda: outputs.calendars(plan, timetable.roster),
        runs=2,
        note=f"{len(feeds)} files",
    )
