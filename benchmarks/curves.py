"""Anytime curves: the best roster of each engine over time, as SVG."""

from collections.abc import Sequence
from typing import Any

import altair
import vl_convert

from benchmarks.record import Run

_MOST_STEPS = 4


def curves_svg(instance: str, runs: Sequence[Run]) -> str:
    """One small picture for each step that changes on the way, a line an engine and seed."""
    titles = max((run.titles for run in runs), key=len)
    changing = [
        number
        for number, _ in enumerate(titles)
        if any(len({point.values[number] for point in run.curve}) > 1 for run in runs)
    ][:_MOST_STEPS]
    charts = [_chart(titles[number], _rows(runs, number)) for number in changing]
    picture = altair.vconcat(*charts).properties(title=f"{instance}: the best roster over time")
    return str(vl_convert.vegalite_to_svg(picture.to_dict()))


def _rows(runs: Sequence[Run], number: int) -> list[dict[str, Any]]:
    """Each improvement, and the end of the run with the value that it kept."""
    rows = []
    for run in runs:
        kept = [*((point.seconds, point.values[number]) for point in run.curve)]
        kept.append((max(run.seconds, kept[-1][0]), kept[-1][1]))
        rows += [
            {
                "seconds": max(seconds, 0.01),
                "value": value,
                "engine": run.engine,
                "run": f"{run.engine}/{run.seed}",
            }
            for seconds, value in kept
        ]
    return rows


def _chart(title: str, rows: list[dict[str, Any]]) -> altair.Chart:
    chart: altair.Chart = (
        altair.Chart(altair.InlineData(rows))
        .mark_line(interpolate="step-after")
        .encode(
            x=altair.X("seconds:Q", scale=altair.Scale(type="log"), title="seconds"),
            y=altair.Y("value:Q", scale=altair.Scale(zero=False), title=title),
            color=altair.Color("engine:N"),
            strokeDash=altair.StrokeDash("engine:N"),
            detail="run:N",
        )
        .properties(width=520, height=160)
    )
    return chart
