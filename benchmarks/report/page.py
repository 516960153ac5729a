"""The whole report, from files of results."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.guard import ceilings
from benchmarks.record import Results, load
from benchmarks.report import desk, districts, growth, published, table

COMMANDS = "`python -m benchmarks all` measures and writes it, `python -m benchmarks report` writes"


def write_report(files: Sequence[Path], out: Path, note: str = "") -> None:
    """Write the report and, beside it, the curves that it shows.

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
    out.write_text(text(results, drawn, note), encoding="utf-8")


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
    )


def text(results: Results, drawn: dict[str, str] | None = None, note: str = "") -> str:
    """The report as Markdown; `drawn` holds the line that shows each picture."""
    drawn = drawn or {}
    runs = results.runs
    parts = [
        _head(results, note),
        table.section(runs),
        drawn.get("table", ""),
        published.section(runs),
        drawn.get("published", ""),
        districts.section(runs),
        growth.section(runs),
        drawn.get("growth", ""),
        desk.tasks(results.tasks),
        desk.rules(results.rules),
        desk.guarded(ceilings.read()),
    ]
    return "\n".join(part for part in parts if part).rstrip("\n") + "\n"


def _head(results: Results, note: str) -> str:
    machine = results.machine
    versions = ", ".join(f"{name} {own}" for name, own in machine["packages"].items())
    seeds = sorted({run.seed for run in results.runs})
    loads = [run.load for run in results.runs] or [0.0]
    lines = [
        "# Measured\n",
        *([f"**{note}**\n"] if note else []),
        f"{COMMANDS} it from files in `benchmarks/results/`, where every figure below comes from. "
        f"{results.day}, {machine['cores']} cores of a shared virtual machine "
        f"({machine['architecture']}), Python {machine['python']}, {versions}. "
        f"Seeds {', '.join(map(str, seeds)) or 'none'}, medians over them. The load before a run "
        f"was {min(loads):.1f} to {max(loads):.1f}: seconds of the wall are shared with whatever "
        "else the machine does, and differences under 15 % are noise.\n",
    ]
    return "\n".join(lines)
