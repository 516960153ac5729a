"""The report of a file of results: tables and curves in Markdown, medians over seeds."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.record import Run, load

BEST_KNOWN = {
    "1": 607,
    "2": 828,
    "3": 1001,
    "4": 1716,
    "5": 1143,
    "7": 1056,
    "9": 439,
    "11": 3443,
    "13": 1348,
    "15": 3834,
    "17": 5746,
    "19": 3149,
    "21": 21159,
    "23": 17428,
}
"""Best published objective values (schedulingbenchmarks.org, as compiled in November 2026)."""

Group = tuple[str, str, float]
"""Instance, engine, time limit: what runs with different seeds have in common."""


def write_report(results: Path, out: Path) -> None:
    """Write the report and, beside it, the curves that it shows."""
    from benchmarks.curves import curves_svg  # heavy, and not needed for the tables

    runs = load(results)
    pictures = out.parent / "images"
    pictures.mkdir(parents=True, exist_ok=True)
    drawn = []
    for instance in _instances(runs):
        own = [run for run in runs if run.instance == instance and len(run.curve) > 1]
        if own:
            name = f"benchmark-{instance.replace('/', '-')}.svg"
            (pictures / name).write_text(curves_svg(instance, own), encoding="utf-8")
            drawn.append((instance, name))
    out.write_text(text(runs, drawn), encoding="utf-8")


def text(runs: Sequence[Run], pictures: Iterable[tuple[str, str]] = ()) -> str:
    """The report as Markdown."""
    groups = _groups(runs)
    parts = [
        "# Measured\n\nMade by `python -m benchmarks report`; every figure comes from the results "
        "file. Medians over seeds; seconds of wall time, on a shared machine.\n"
    ]
    published = {g: own for g, own in groups.items() if g[0].startswith("published/")}
    if published:
        parts += ["## Published instances\n", _published(published)]
    others = {g: own for g, own in groups.items() if g not in published}
    if others:
        parts += ["## Districts\n", _districts(others)]
    growth = growth_exponents(runs)
    if growth:
        parts += ["## Growth\n", _growth(growth)]
    parts += [f"![{name}: the best roster over time](images/{file})\n" for name, file in pictures]
    return "\n".join(parts)


def _instances(runs: Iterable[Run]) -> list[str]:
    return list(dict.fromkeys(run.instance for run in runs))


def _groups(runs: Iterable[Run]) -> dict[Group, list[Run]]:
    found: dict[Group, list[Run]] = {}
    for run in runs:
        found.setdefault((run.instance, run.engine, run.limit), []).append(run)
    return found


def _published(groups: Mapping[Group, list[Run]]) -> str:
    rows = [
        "| Instance | People × days | Engine | Limit | Seeds | Median | Best known | Ratio "
        "| Bound | First | Memory |",
        "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    ratios: dict[tuple[str, float], list[float]] = {}
    for (instance, engine, limit), runs in groups.items():
        best = BEST_KNOWN.get(instance.partition("/")[2])
        scores = [math.inf if r.score is None or r.broken else r.score for r in runs]
        middle = median(scores)
        ratio = middle / best if best else math.nan
        ratios.setdefault((engine, limit), []).append(ratio)
        # The published objective is an integer; one step holds all of it, shown in hours.
        proven = [r.bounds[0] * 60 for r in runs if r.bounds and r.bounds[0] is not None]
        rows.append(
            f"| {instance} | {runs[0].people} × {runs[0].days} | {engine} | {limit:g} s "
            f"| {len(runs)} | {_number(middle)} | {best or '–'} | {_number(ratio, 3)} "
            f"| {_number(max(proven)) if proven else '–'} | {_middle(r.first for r in runs)} "
            f"| {median(r.peak_mb for r in runs):.0f} MB |"
        )
    means = [
        f"- {engine}, {limit:g} s: geometric mean of the ratios {_number(_geometric(own), 3)} "
        f"over {len(own)} instances"
        for (engine, limit), own in ratios.items()
    ]
    return "\n".join([*rows, "", *means, ""])


def _districts(groups: Mapping[Group, list[Run]]) -> str:
    rows = [
        "| Instance | Doctors × days | Duties | Engine | Limit | Seeds | Build | First | Full "
        "| Memory | Worst seed |",
        "|---|---|--:|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for (instance, engine, limit), runs in groups.items():
        worst = max(runs, key=lambda r: r.values or (math.inf,))
        rows.append(
            f"| {instance} | {worst.people} × {worst.days} | {worst.duties} | {engine} "
            f"| {limit:g} s | {len(runs)} | {_middle(r.build for r in runs)} "
            f"| {_middle(r.first for r in runs)} | {_middle(r.full for r in runs)} "
            f"| {median(r.peak_mb for r in runs):.0f} MB | {_levels(worst)} |"
        )
    return "\n".join([*rows, "", "Levels: value (proven bound).", ""])


def _levels(run: Run) -> str:
    if not run.values:
        return "no roster"
    return ", ".join(
        f"{title} {_number(value, 1)} ({'–' if bound is None else _number(bound, 1)})"
        for title, value, bound in zip(run.titles, run.values, run.bounds, strict=True)
    )


def growth_exponents(runs: Iterable[Run]) -> dict[tuple[str, str], float]:
    """How build, first full roster and memory grow with doctors × weeks, by engine.

    The slope of a straight line through the logarithms; 1 is in proportion. Only invented
    districts of at least three sizes count.
    """
    points: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for run in runs:
        if run.instance.startswith("district/"):
            size = math.log(run.people * run.days)
            for what, value in (("build", run.build), ("full", run.full), ("memory", run.peak_mb)):
                if value:
                    points.setdefault((run.engine, what), []).append((size, math.log(value)))
    return {key: _slope(own) for key, own in points.items() if len({size for size, _ in own}) >= 3}


def _slope(points: Sequence[tuple[float, float]]) -> float:
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return sum((p[0] - x) * (p[1] - y) for p in points) / sum((p[0] - x) ** 2 for p in points)


def _growth(exponents: Mapping[tuple[str, str], float]) -> str:
    rows = ["| Engine | What | Exponent in doctors × days |", "|---|---|--:|"]
    rows += [
        f"| {engine} | {what} | {_number(slope, 2)} |"
        for (engine, what), slope in exponents.items()
    ]
    return "\n".join([*rows, ""])


def _middle(seconds: Iterable[float | None]) -> str:
    known = [math.inf if s is None else s for s in seconds]
    middle = median(known)
    return "–" if math.isinf(middle) else f"{middle:.1f} s"


def _geometric(ratios: Sequence[float]) -> float:
    known = [ratio for ratio in ratios if not math.isnan(ratio)]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan


def _number(value: float, digits: int = 0) -> str:
    if not math.isfinite(value):
        return "–"
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
