"""A sweep as sentences, a chart and JSON: one thing of a plan over several values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.whatif.gap import Verdict
from scheduler.writing.comparison.document import document
from scheduler.writing.comparison.measures import Measure, amount, by_key, verdict
from scheduler.writing.comparison.source import Alternative, Comparison, Figures
from scheduler.writing.fairness.charts import DEEP, FONT, INK, LINE, QUIET, VEGA_LITE, data_of
from scheduler.writing.fairness.svg import Picture, picture
from scheduler.writing.phrases import counted

FORMAT = "rettvakt-sweep"
_CURVES = (
    "uncovered",
    "ordered_hours",
    "health",
    "worst",
    "points_each",
    "heaviest",
    "lost_hours",
    "exceptions",
)
_WIDTH, _HEIGHT = 270, 130


@dataclass(frozen=True, slots=True)
class Sweep:
    """The plan solved once for each value, in the order of the values.

    Attributes:
        axis: what is turned, with its unit.
        values: what it was turned to; `labels` as a person writes it.
        current: the place of the plan as it is.
    """

    title: str
    axis: str
    values: tuple[float | int | str | bool | None, ...]
    labels: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    current: int


UNCOVERED = Measure(
    "uncovered",
    "Udekte timer",
    "timer",
    0,
    lambda own: own.needed_hours - own.covered_hours,
)


def measures() -> tuple[Measure, ...]:
    """What has a curve."""
    return tuple(UNCOVERED if key == "uncovered" else by_key(key) for key in _CURVES)


def in_short(sweep: Sweep) -> tuple[str, ...]:
    """What the curve says."""
    return tuple(_in_short(sweep))


def _in_short(sweep: Sweep) -> Iterator[str]:
    points = list(zip(sweep.labels, sweep.alternatives, strict=True))
    lost = [label for label, own in points if own.figures is None]
    if lost:
        yield f"Uten noen lovlig plan innen tiden: {', '.join(lost)}."
    full = [label for label, own in points if own.figures and not own.figures.holes]
    holes = [(label, own.figures) for label, own in points if own.figures and own.figures.holes]
    if not holes and full:
        yield "Hver vakt er dekket med alle verdiene."
    elif full:
        yield f"Hver vakt er dekket med {', '.join(full)}."
    for label, figures in holes:
        proof = "Det er bevist at det må bli noen" if _must_lack(figures) else "Flere kan finnes"
        yield (
            f"Med {label} er {counted(figures.holes, 'vakt', 'vakter')} udekket "
            f"({amount(figures.needed_hours - figures.covered_hours, 0)} timer). {proof}."
        )
    base = sweep.alternatives[sweep.current].figures
    if base is None:
        return
    for key in ("ordered_hours", "worst"):
        measure = by_key(key)
        certain, same, nothing = [], [], []
        for label, own in points:
            if own.figures is None or own.figures is base:
                continue
            worth = verdict(measure, base, own.figures)
            told = f"{label}: {amount(measure.value(own.figures), measure.decimals)}"
            if worth is Verdict.CERTAIN:
                certain.append(told)
            elif worth is Verdict.SAME:
                same.append(label)
            elif worth is not None:
                nothing.append(label)
        name = f"{measure.title} (i dag {amount(measure.value(base), measure.decimals)})"
        if certain:
            yield f"{name}: sikkert annerledes med {', '.join(certain)}."
        if same:
            yield f"{name}: bevist likt med {', '.join(same)}."
        if nothing:
            yield f"{name}: ikke avgjort med {', '.join(nothing)}."


def _must_lack(figures: Figures) -> bool:
    cover = figures.level("cover")
    return cover is not None and cover.bound > 0


def to_json(sweep: Sweep, comparison: Comparison) -> str:
    """The curve and all that lies behind it, as indented JSON."""
    by_id = {own["id"]: own for own in document(comparison)["alternatives"]}
    found = {
        **document(comparison),
        "format": FORMAT,
        "axis": sweep.axis,
        "current": sweep.values[sweep.current],
        "points": [
            {"value": value, "alternative": own.id}
            for value, own in zip(sweep.values, sweep.alternatives, strict=True)
        ],
    }
    found["alternatives"] = [by_id[own.id] for own in sweep.alternatives]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def rows(sweep: Sweep, measure: Measure) -> list[Mapping[str, Any]]:
    """The curve of one measure: value, what was found, and down to where nothing is proven."""
    found: list[Mapping[str, Any]] = []
    for value, label, own in zip(sweep.values, sweep.labels, sweep.alternatives, strict=True):
        if own.figures is None or (height := measure.value(own.figures)) is None:
            continue
        level = own.figures.level(measure.level) if measure.level else None
        found.append(
            {
                "x": value if _numeric(sweep) else label,
                "plass": sweep.labels.index(label),
                "funnet": height,
                "grense": min(level.bound, height) if level else height,
            }
        )
    return found


def _numeric(sweep: Sweep) -> bool:
    return all(isinstance(v, int | float) and not isinstance(v, bool) for v in sweep.values)


def curve(sweep: Sweep) -> Picture:
    """All curves that say something, two in a row; the band is what is left to prove."""
    import altair as alt
    import vl_convert
    from altair.utils.schemapi import debug_mode

    from scheduler.writing.fairness.charts import register_fonts

    register_fonts()
    with debug_mode(False):
        charts = [
            _curve(sweep, measure, own)
            for measure in measures()
            if (own := rows(sweep, measure)) and _moves(own)
        ] or [_curve(sweep, UNCOVERED, rows(sweep, UNCOVERED))]
        whole = (
            alt.concat(*charts, columns=2, spacing=28, align="each")
            .properties(background="transparent", padding=6)
            .configure(font=FONT, aria=False)
            .configure_view(stroke=None)
        )
        svg = vl_convert.vegalite_to_svg(whole.to_dict(validate=False), vl_version=VEGA_LITE)
    told = "; ".join(
        f"{sweep.axis} {label}: {_told(own)}"
        for label, own in zip(sweep.labels, sweep.alternatives, strict=True)
    )
    return picture(str(svg), "folsomhet", f"{sweep.title}: {sweep.axis}", told)


def _told(own: Alternative) -> str:
    if own.figures is None:
        return "ingen plan"
    worst = by_key("worst").value(own.figures)
    return (
        f"{counted(own.figures.holes, 'udekt vakt', 'udekte vakter')}, "
        f"lengst over sin andel {amount(worst, 1)} poeng"
    )


def _moves(found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the curve is more than a flat line on a proven floor."""
    return len({round(own[key], 6) for own in found for key in ("funnet", "grense")}) > 1


def _curve(sweep: Sweep, measure: Measure, found: Sequence[Mapping[str, Any]]) -> Any:
    import altair as alt

    title = measure.title
    if measure.unit and measure.unit.casefold() not in measure.title.casefold():
        title += f" ({measure.unit})"
    ticks: Mapping[str, Any] = {"values": list(sweep.values)} if len(sweep.values) <= 10 else {}
    axis = alt.Axis(
        title=sweep.axis,
        grid=False,
        labelColor=QUIET,
        titleColor=QUIET,
        titleFontWeight="normal",
        titleFontSize=12,
        labelFontSize=12,
        labelExpr="replace(format(datum.value, '~r'), '.', ',')",
        **ticks,
    )
    x: Any
    if _numeric(sweep):
        x = alt.X("x:Q", axis=axis, scale=alt.Scale(zero=False, nice=False, padding=12))
    else:
        plain = alt.Axis(
            title=sweep.axis,
            grid=False,
            labelAngle=0,
            labelColor=QUIET,
            titleColor=QUIET,
            titleFontWeight="normal",
            titleFontSize=12,
            labelFontSize=12,
        )
        x = alt.X("x:N", axis=plain, sort=list(sweep.labels))
    y_axis = alt.Axis(
        title=None,
        gridColor=LINE,
        domain=False,
        tickSize=0,
        labelColor=QUIET,
        labelFontSize=12,
        tickCount=5,
        labelExpr="replace(format(datum.value, '~r'), '.', ',')",
    )
    y = alt.Y("funnet:Q", axis=y_axis, scale=alt.Scale(zero=True, nice=True))
    base = alt.Chart(data_of(found))
    now = [own for own in found if own["plass"] == sweep.current]
    point = base.mark_point(filled=True, opacity=1, size=45, color=DEEP).encode(x=x, y=y)
    if _numeric(sweep):
        layers = [
            base.mark_area(color="#a9c6d1", opacity=0.6).encode(x=x, y=y, y2="grense:Q"),
            base.mark_line(color=DEEP, strokeWidth=2).encode(x=x, y=y),
            point,
        ]
    else:  # words have no order: between them there is nothing
        layers = [
            base.mark_bar(color="#a9c6d1", opacity=0.6, width=14).encode(x=x, y=y, y2="grense:Q"),
            point,
        ]
    if now:
        layers.append(
            alt.Chart(data_of(now))
            .mark_point(filled=True, opacity=1, size=110, shape="diamond", color=INK)
            .encode(x=x, y=y)
        )
    chart: Any = alt.layer(*layers).properties(
        width=_WIDTH,
        height=_HEIGHT,
        title=alt.TitleParams(title, anchor="start", frame="group", fontSize=14, color=INK),
    )
    return chart


CURVE_LEGEND = (
    "Linje: planene som ble funnet. Felt: ned til det som er bevist umulig å komme under. "
    "Ruter: i dag."
)
