"""The whole report, from files of results."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.guard import ceilings
from benchmarks.record import Results, load, told
from benchmarks.report import desk, districts, growth, peers, published, table, targets
from benchmarks.report.figures import STARVED

SOURCES = "From"
HOW = """\
Every figure below is reckoned from files in `benchmarks/results/`: `python -m benchmarks all`
measures a campaign (`benchmarks/campaigns/`) and writes this page, `python -m benchmarks report`
writes it of several files. The machine is virtual, and its seconds are shared with whatever else it
does; differences under 15 % are noise.
"""
_LOADED = """\
Figures with ¹ are of runs in which an engine that keeps two cores busy got less than 1.5 of
them: the machine did other work too, and they are worse than they would be.
"""


def write_report(
    files: Sequence[Path], out: Path, note: str = "", others: Sequence[Path] = ()
) -> None:
    """Write the report and, beside it, the curves that it shows.

    Args:
        files: of results; where two hold the same measurement, the later file counts.
        out: the page.
        note: a sentence for its head.
        others: pages that hold the table of targets between marks, where they are there.

    Raises:
        ValueError: a file holds no results.
    """
    from benchmarks.report.curves import pictures  # heavy, and not needed for the tables

    results = joined([load(file) for file in files])
    folder = out.parent / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("benchmark-*.svg"):
        old.unlink()
    drawn = {}
    for name, title, svg in pictures(results.runs):
        (folder / f"benchmark-{name}.svg").write_text(svg, encoding="utf-8")
        drawn[name] = f"![{title}](images/benchmark-{name}.svg)\n"
    names = [file.name for file in files]
    out.write_text(text(results, drawn, note, names), encoding="utf-8")
    for page in others:
        if page.is_file():
            targets.put_into(page, results, note)


def joined(files: Sequence[Results]) -> Results:
    """All of them as one; the last one's machine and day stand for it.

    Raises:
        ValueError: there is none.
    """
    if not files:
        raise ValueError("files of results must be given")
    runs = {own.key: own for file in files for own in file.runs}
    timed = {(own.task, own.instance): own for file in files for own in file.tasks}
    costs = {(own.instance, own.rule): own for file in files for own in file.rules}
    return replace(
        files[-1],
        runs=tuple(runs.values()),
        tasks=tuple(timed.values()),
        rules=tuple(costs.values()),
        topics={topic: commit for file in files for topic, commit in file.topics.items()},
    )


def text(
    results: Results,
    drawn: dict[str, str] | None = None,
    note: str = "",
    files: Sequence[str] = (),
) -> str:
    """The report as Markdown; `drawn` holds the line that shows each picture."""
    drawn = drawn or {}
    runs = results.runs
    parts = [
        _head(results, note, files),
        targets.section(results),
        peers.section(runs),
        table.section(runs),
        drawn.get("table", ""),
        published.section(runs),
        drawn.get("published", ""),
        published.made(runs),
        districts.section(runs),
        growth.section(runs),
        drawn.get("growth", ""),
        desk.tasks(results.tasks),
        desk.rules(results.rules),
        desk.guarded(ceilings.read()),
    ]
    return "\n".join(part for part in parts if part).rstrip("\n") + "\n"


def sources(page: str) -> list[str]:
    """The names of the files that a report says it was written from."""
    line = next((own for own in page.splitlines() if own.startswith(f"{SOURCES} `")), "")
    return line.removeprefix(SOURCES).partition(":")[0].replace("`", "").replace(",", "").split()


def _head(results: Results, note: str, files: Sequence[str]) -> str:
    runs = results.runs
    machines = list(dict.fromkeys(run.machine for run in runs if run.machine))
    commits = list(dict.fromkeys(run.commit for run in runs if run.commit))
    days = sorted({run.day for run in runs if run.day} | {results.day})
    loads = [run.load for run in runs] or [0.0]
    seeds = sorted({run.seed for run in runs})
    starved = sum(run.starved for run in runs)
    facts = [
        f"{days[0]} to {days[-1]}" if len(days) > 1 else days[0],
        " / ".join(machines or [told(results.machine)]),
        f"commits {', '.join(commits)}" if commits else "",
        f"{len(runs)} runs with the seeds {', '.join(map(str, seeds)) or 'none'}",
        f"load before a run {min(loads):.1f} to {max(loads):.1f}",
        f"{starved} of the runs with too little processor ({STARVED})" if starved else "",
    ]
    named = ", ".join(f"`{file}`" for file in files)
    lines = [
        "# Measured\n",
        *([f"**{note}**\n"] if note else []),
        f"{SOURCES} {named}: " if named else "",
    ]
    lines[-1] += f"{'; '.join(fact for fact in facts if fact)}.\n"
    return "\n".join([*lines, HOW, *([_LOADED] if starved else [])])
