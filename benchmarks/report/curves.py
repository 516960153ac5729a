"""The pictures: what is closed over time, ratios over time, growth; as SVG."""

from collections.abc import Iterator, Sequence
from typing import Any

import altair
import vl_convert

from benchmarks.record import Run
from benchmarks.report.closing import scales, total
from benchmarks.report.growth import WHAT, sizes
from benchmarks.report.published import BEST_KNOWN
from benchmarks.table.model import SUM

Row = dict[str, Any]
_COLUMNS = 2
_TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600]
_FARTHEST = 2.0  # ratios beyond it are drawn at it
_COLOURS = {
    "rettvakt": "#0b5fa5",
    "cp-sat-whole": "#c2571a",
    "highs": "#3b7d23",
    "timefold": "#8a3a9c",
    "scip": "#7a6a00",
}


def pictures(runs: Sequence[Run]) -> Iterator[tuple[str, str, str]]:
    """Name, title and SVG of each picture that the runs are enough for."""
    closed = list(_closed(runs))
    if closed:
        scale = altair.Scale(domain=[0, 1], clamp=True)
        chart = _lines(closed, "closed", "closed (0: start or worse)", scale, ".0%")
        yield "table", "The part of the way that is closed, over time", _svg(chart)
    ratios = list(_ratios(runs))
    if ratios:
        scale = altair.Scale(domain=[1, _FARTHEST], clamp=True)
        chart = _lines(
            ratios, "ratio", f"ratio to the best known (at most {_FARTHEST:g})", scale, ".2f"
        )
        yield "published", "Ratio to the best known value, over time", _svg(chart)
    grown = list(_grown(runs))
    if len({row["work"] for row in grown}) > 2:
        yield "growth", "Growth with doctors and weeks", _svg(_growth(grown))


def _closed(runs: Sequence[Run]) -> Iterator[Row]:
    known = scales(runs)
    for run in runs:
        scale = known.get(run.instance)
        if scale is None or total(run) is None or run.engine not in _COLOURS:
            continue
        place = run.titles.index(SUM)
        points = [(p.seconds, p.values[place]) for p in run.curve if p.values[0] <= 0]
        for seconds, value in _held(points, run):
            yield _row(run, seconds) | {"closed": scale.closed(value)}


def _ratios(runs: Sequence[Run]) -> Iterator[Row]:
    for run in runs:
        best = BEST_KNOWN.get(run.instance.partition("/")[2])
        if not run.instance.startswith("published/") or best is None or run.broken:
            continue
        points = [(p.seconds, p.values[0] * 60 / best) for p in run.curve]
        for seconds, ratio in _held(points, run):
            yield _row(run, seconds) | {"ratio": ratio}


def _held(points: list[tuple[float, float]], run: Run) -> list[tuple[float, float]]:
    """The improvements, and the last one held to the end of the run."""
    if not points:
        return []
    return [*points, (max(run.limit, points[-1][0]), points[-1][1])]


def _row(run: Run, seconds: float) -> Row:
    return {
        "seconds": max(seconds, 0.1),
        "instance": run.instance,
        "engine": run.engine,
        "run": f"{run.engine}/{run.seed}/{run.limit:g}",
    }


def _lines(rows: list[Row], field: str, title: str, scale: altair.Scale, shown: str) -> Any:
    """A small picture for each instance, a line for each engine and seed."""
    engines = [own for own in _COLOURS if any(row["engine"] == own for row in rows)]
    order = list(dict.fromkeys(row["instance"] for row in rows))
    return (
        altair.Chart(altair.InlineData(rows))
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=altair.X(
                "seconds:Q",
                scale=altair.Scale(type="log", domain=_range(rows), nice=False),
                axis=altair.Axis(values=_TICKS, format="~g"),
                title="seconds",
            ),
            y=altair.Y(f"{field}:Q", scale=scale, title=title, axis=altair.Axis(format=shown)),
            color=altair.Color(
                "engine:N",
                scale=altair.Scale(domain=engines, range=[_COLOURS[own] for own in engines]),
            ),
            # Not by colour alone.
            strokeDash=altair.StrokeDash("engine:N", scale=altair.Scale(domain=engines)),
            detail="run:N",
            facet=altair.Facet("instance:N", columns=_COLUMNS, sort=order, title=None),
        )
        .properties(width=330, height=170)
        .resolve_scale(x="shared")
    )


def _range(rows: list[Row]) -> list[float]:
    seconds = [row["seconds"] for row in rows]
    return [min(seconds), max(seconds)]


def _grown(runs: Sequence[Run]) -> Iterator[Row]:
    for size in sizes(runs):
        for what in WHAT:
            if what in size.figures:
                yield {
                    "work": size.doctors * size.weeks,
                    "doctors": str(size.doctors),
                    "what": {"build": "build, s", "full": "first full roster, s"}.get(
                        what, "peak memory, MB"
                    ),
                    "value": size.figures[what],
                }


def _growth(rows: list[Row]) -> Any:
    doctors = sorted({row["doctors"] for row in rows}, key=int)
    return (
        altair.Chart(altair.InlineData(rows))
        .mark_line(point=True)
        .encode(
            x=altair.X("work:Q", scale=altair.Scale(type="log"), title="doctors × weeks"),
            y=altair.Y("value:Q", scale=altair.Scale(type="log"), title=None),
            color=altair.Color(
                "doctors:N", scale=altair.Scale(domain=doctors, scheme="viridis"), title="doctors"
            ),
            shape=altair.Shape("doctors:N", scale=altair.Scale(domain=doctors), title="doctors"),
            facet=altair.Facet("what:N", columns=3, title=None),
        )
        .properties(width=230, height=190)
        .resolve_scale(y="independent")
    )


def _svg(chart: Any) -> str:
    plain = chart.configure(background="white", font="sans-serif").to_dict()
    return str(vl_convert.vegalite_to_svg(plain))
