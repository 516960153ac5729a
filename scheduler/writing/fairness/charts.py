"""The charts: Vega-Lite specifications made with Altair, drawn as SVG without a browser.

Nothing is told by colour alone: results are arrows that point away from the aim, balances are
open and filled circles, and the numbers stand beside every row. A long chart is cut into
pictures with a common scale. Names and numbers have fixed columns, so that the same doctors
stand at the same places in every chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.writing.fairness.content import Content
from scheduler.writing.fairness.gaps import GapPart
from scheduler.writing.fairness.municipalities import TownPart
from scheduler.writing.fairness.svg import Picture, picture
from scheduler.writing.fairness.targets import MeasurePart
from scheduler.writing.typeset import SANS

if TYPE_CHECKING:
    import altair as alt

INK, DEEP, ALARM, QUIET, LINE = "#1b2b34", "#1f4e5f", "#b3261e", "#4a5a63", "#c9d3d9"
FONT = "Source Sans Pro, Source Sans 3, Segoe UI, system-ui, sans-serif"
WIDTH, LEFT, RIGHT = 700, 190, 505  # names end left of LEFT, numbers begin right of RIGHT
LONGEST_NAME = 24
ROW = 20
ROWS_A_PICTURE = 44  # what a sheet of A4 holds below a heading
VEGA_LITE = "6.1"

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of a report, by what they show.

    Attributes:
        targets, balances: by slug of the measure.
        gaps: by slug of the gap.
        towns: of the municipalities.
    """

    targets: Mapping[str, tuple[Picture, ...]]
    balances: Mapping[str, tuple[Picture, ...]]
    gaps: Mapping[str, tuple[Picture, ...]]
    towns: tuple[Picture, ...]


def pictures(content: Content) -> Pictures:
    """Draw everything that is drawn; the same content gives the same bytes."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):  # checking every part of a specification would take half the time
        return Pictures(
            {part.slug: tuple(_targets(part)) for part in content.measures},
            {part.slug: tuple(_balances(part)) for part in content.measures if part.balances_told},
            {part.slug: tuple(_gaps(part)) for part in content.gaps},
            tuple(_towns(content.towns)),
        )


def _targets(part: MeasurePart) -> Iterator[Picture]:
    rows = [
        _towards(line.doctor, line.has, line.should, f"{line.result} / {line.aim} ({line.off})")
        for line in part.lines
    ]
    top = max([1.0, *(own["har"] for own in rows), *(own["mål"] for own in rows)])
    low = min([0.0, *(own["mål"] for own in rows)])
    title = f"{part.title}: mål og resultat for hver lege"
    yield from _cut(f"mal-{part.slug}", title, part.told, rows, [low, top], _arrows)


def _towns(part: TownPart) -> Iterator[Picture]:
    rows = [
        _towards(line.name, line.has, line.should, line.text)
        for line in part.lines
        if line.has or line.should
    ]
    if len(rows) > 1:
        top = max([1.0, *(own["har"] for own in rows), *(own["mål"] for own in rows)])
        title = "Poeng som kommunenes leger bærer, og det som er deres andel"
        yield from _cut("kommuner", title, part.told, rows, [0.0, top], _arrows)


def _towards(name: str, has: float, should: float, text: str) -> Mapping[str, Any]:
    shape = "triangle-right" if has > should else "triangle-left" if has < should else "circle"
    return {"navn": name, "har": has, "mål": should, "form": shape, "tekst": text}


def _balances(part: MeasurePart) -> Iterator[Picture]:
    rows: Rows = [
        {
            "navn": line.doctor,
            "før": line.before,
            "etter": line.after,
            "tekst": f"{line.opening} → {line.closing}",
        }
        for line in part.lines
    ]
    values = [0.0, *(own[key] for own in rows for key in ("før", "etter"))]
    title = f"{part.title}: saldo før og etter perioden"
    domain = [min(values), max(values)]
    yield from _cut(f"saldo-{part.slug}", title, part.balances_told, rows, domain, _dumbbells)


def _gaps(part: GapPart) -> Iterator[Picture]:
    rows = [
        {
            "navn": line.doctor,
            "midt": line.median,
            "antall": [{"lengde": length, "ganger": times} for length, times in line.counts],
            "tekst": f"{line.shortest} / {line.middle} / {line.longest}",
        }
        for line in part.lines
    ]
    top = max(length for line in part.lines for length, _ in line.counts)
    title = f"{part.title}, lege for lege"
    yield from _cut(f"avstand-{part.slug}", title, part.told, rows, [0, top], _strips)


def _cut(
    name: str,
    title: str,
    told: str,
    rows: Rows,
    domain: Sequence[float],
    draw: Any,
) -> Iterator[Picture]:
    """Pictures of about equal height."""
    pages = ceil(len(rows) / ROWS_A_PICTURE)
    for page in range(pages):
        own = rows[len(rows) * page // pages : len(rows) * (page + 1) // pages]
        numbered = [
            {**row, "rad": place, "navn": shortened(row["navn"])} for place, row in enumerate(own)
        ]
        of = f" (del {page + 1} av {pages})" if pages > 1 else ""
        svg = drawn(draw(numbered, domain), len(own))
        yield picture(svg, f"{name}-{page + 1}", f"{title}{of}", told)


def shortened(name: str) -> str:
    """A name that fits its column in any typeface."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _arrows(rows: Rows, domain: Sequence[float]) -> list[alt.Chart]:
    """A bar for the aim, a line to the result, and an arrow head there."""
    import altair as alt

    base = _base(rows)
    x = _x(domain)
    return [
        base.mark_rule(color=QUIET, strokeWidth=2).encode(x=x, x2="har:Q"),
        base.mark_tick(color=INK, thickness=3, size=14).encode(x=x),
        base.mark_point(filled=True, opacity=1, size=110, color=DEEP).encode(
            x=alt.X("har:Q"), shape=alt.Shape("form:N", scale=None)
        ),
    ]


def _dumbbells(rows: Rows, domain: Sequence[float]) -> list[alt.Chart]:
    """An open circle before, a filled one after, and the line of zero."""
    import altair as alt

    base = _base(rows)
    x = _x(domain, "før:Q")
    zero = alt.Chart(data_of([{"null": 0}])).mark_rule(color=INK, strokeWidth=1.5)
    return [
        zero.encode(x=alt.X("null:Q")),
        base.mark_rule(color=QUIET, strokeWidth=2).encode(x=x, x2="etter:Q"),
        base.mark_point(filled=True, opacity=1, size=60, color="#ffffff", stroke=DEEP).encode(x=x),
        base.mark_point(filled=True, opacity=1, size=60, color=DEEP).encode(x=alt.X("etter:Q")),
    ]


def _strips(rows: Rows, domain: Sequence[float]) -> list[alt.Chart]:
    """A circle for each length, larger where it comes more often, and a bar at the median."""
    import altair as alt

    single = [{"rad": row["rad"], **count} for row in rows for count in row["antall"]]
    scale = alt.Scale(type="sqrt", domain=list(domain), range=[LEFT, RIGHT], nice=True)
    ticks = [value for value in (0, 1, 2, 4, 7, 14, 28, 56, 112, 224) if value <= domain[1]]
    x = alt.X("lengde:Q", scale=scale, axis=axis(ticks))
    most = max(row["ganger"] for row in single)
    return [
        alt.Chart(data_of(single))
        .mark_point(filled=True, opacity=1, color="#7f9aa8", stroke=DEEP, strokeWidth=0.8)
        .encode(
            x=x,
            y=_y(),
            size=alt.Size(
                "ganger:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, 180])
            ),
        ),
        _base(rows).mark_tick(color=ALARM, thickness=3, size=16).encode(x=alt.X("midt:Q")),
    ]


def data_of(rows: Rows) -> alt.InlineData:
    """The rows as data that stands in the specification itself."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def _base(rows: Rows) -> alt.Chart:
    import altair as alt

    return alt.Chart(data_of(rows)).encode(y=_y())


def _y() -> alt.Y:
    import altair as alt

    return alt.Y("rad:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _x(domain: Sequence[float], field: str = "mål:Q") -> alt.X:
    import altair as alt

    scale = alt.Scale(domain=list(domain), range=[LEFT, RIGHT], nice=True, zero=False)
    return alt.X(field, scale=scale, axis=axis())


def axis(ticks: Sequence[float] | None = None) -> alt.Axis:
    """The axis of numbers above a chart, with a decimal comma."""
    import altair as alt

    values = {"values": list(ticks)} if ticks else {"tickCount": 6}
    return alt.Axis(
        orient="top",
        title=None,
        labelExpr="replace(format(datum.value, '~r'), '.', ',')",
        domain=False,
        tickSize=0,
        labelPadding=4,
        gridColor=LINE,
        labelColor=QUIET,
        labelFontSize=12,
        **values,
    )


def drawn(layers: Sequence[alt.Chart], rows: int) -> str:
    """The raw SVG."""
    import vl_convert

    register_fonts()
    specification = whole(layers, rows).to_dict(validate=False)
    return str(vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE))


def whole(layers: Sequence[alt.Chart], rows: int) -> alt.LayerChart:
    """The layers of one picture with names on the left and numbers on the right."""
    import altair as alt

    base = layers[-1]
    words: Mapping[str, Any] = {"baseline": "middle", "fontSize": 13, "color": INK}
    names = base.mark_text(align="right", **words).encode(x=alt.value(LEFT - 10), text="navn:N")
    numbers = base.mark_text(align="left", **words).encode(x=alt.value(RIGHT + 12), text="tekst:N")
    chart: alt.LayerChart = (
        alt.layer(*layers, names, numbers)
        .properties(width=WIDTH, height=rows * ROW, background="transparent", padding=4)
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
    )
    return chart


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """The report's own typeface for measuring text, whatever the machine has."""
    import vl_convert

    found = find_spec(SANS)
    if found and found.origin:
        vl_convert.register_font_directory(str(Path(found.origin).parent / "files"))
