"""The charts of a comparison: how heavy the duties are, and what is proven of each alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from scheduler.writing.comparison.measures import amount, withheld
from scheduler.writing.comparison.source import Alternative, Comparison, Figures
from scheduler.writing.fairness.charts import (
    DEEP,
    INK,
    LEFT,
    QUIET,
    RIGHT,
    axis,
    data_of,
    drawn,
    shortened,
)
from scheduler.writing.fairness.svg import Picture, picture

if TYPE_CHECKING:
    import altair as alt

FEWEST_FOR_SPREAD = 5
"""With fewer doctors on duty than this, a spread would show each of them."""

BURDEN_LEGEND = (
    "Strek: den midterste legen. Stolpe: den midterste halvparten av legene som har vakt. "
    "Punkt: den tyngst belastede. Tall: midterste / tyngst."
)
PROOF_LEGEND = (
    "Punkt: planen som ble funnet. Linje til venstre: så langt ned det ikke er bevist umulig å "
    "komme. Linjer som overlapper, kan ikke skilles. Tall: bevist nedre grense – funnet."
)


def pictures(comparison: Comparison, *, discreet: bool = False) -> tuple[Picture, ...]:
    """All that can be drawn of the alternatives that have a roster.

    Args:
        comparison: the alternatives.
        discreet: leave out those that would tell of one or two doctors.
    """
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        return tuple(_pictures(comparison, discreet))


def _pictures(comparison: Comparison, discreet: bool) -> Iterator[Picture]:
    solved = [
        own
        for own in enumerate(comparison.alternatives)
        if own[1].figures and not (discreet and withheld(own[1]))
    ]
    if not solved:
        return
    burden = [_burden(number, own, own.figures) for number, own in solved if own.figures]
    yield _drawn("belastning", "Belastning per lege, poeng", BURDEN_LEGEND, burden, _spread)
    proofs = [
        row
        for number, own in solved
        if own.figures and (row := _proof(number, own, own.figures)) is not None
    ]
    if proofs:
        title = "Hvor langt den hardest rammede ligger over sin rettferdige andel, poeng"
        yield _drawn("bevist", title, PROOF_LEGEND, proofs, _stretch)


def _burden(number: int, own: Alternative, figures: Figures) -> dict[str, Any]:
    points = sorted(doctor.points for doctor in figures.doctors.values() if doctor.points)
    middle = median(points) if points else 0.0
    low = high = middle
    if len(points) >= FEWEST_FOR_SPREAD:
        low, _, high = quantiles(points, n=4, method="inclusive")
    most = max(points, default=0.0)
    return {
        "navn": _name(number, own),
        "lav": low,
        "midt": middle,
        "høy": high,
        "mest": most,
        "tekst": f"{amount(middle, 0)} / {amount(most, 0)}",
    }


def _proof(number: int, own: Alternative, figures: Figures) -> dict[str, Any] | None:
    worst = figures.worst
    if worst is None:
        return None
    exact = "bevist" if worst.proven else f"{amount(worst.bound, 1)}–{amount(worst.value, 1)}"
    text = f"{amount(worst.value, 1)} (bevist)" if worst.proven else exact
    return {
        "navn": _name(number, own),
        "lav": min(worst.bound, worst.value),
        "mest": worst.value,
        "tekst": text,
    }


def _name(number: int, own: Alternative) -> str:
    return shortened(f"{number} {own.name}")


def _drawn(
    name: str, title: str, told: str, rows: Sequence[Mapping[str, Any]], draw: Any
) -> Picture:
    numbered = [{**row, "rad": place} for place, row in enumerate(rows)]
    values = [row[key] for row in rows for key in ("lav", "mest")]
    domain = [min(0.0, *values), max(1.0, *values)]
    return picture(drawn(draw(numbered, domain), len(rows)), name, title, told)


def _spread(rows: Sequence[Mapping[str, Any]], domain: Sequence[float]) -> list[alt.Chart]:
    import altair as alt

    base = _base(rows)
    x = alt.X("lav:Q", scale=_scale(domain), axis=axis())
    return [
        base.mark_rule(color=QUIET, strokeWidth=1.5).encode(x=x, x2="mest:Q"),
        base.mark_bar(color="#a9c6d1", height=12).encode(x=x, x2="høy:Q"),
        base.mark_tick(color=INK, thickness=3, size=15).encode(x=alt.X("midt:Q")),
        base.mark_point(filled=True, opacity=1, size=70, color=DEEP).encode(x=alt.X("mest:Q")),
    ]


def _stretch(rows: Sequence[Mapping[str, Any]], domain: Sequence[float]) -> list[alt.Chart]:
    import altair as alt

    base = _base(rows)
    x = alt.X("lav:Q", scale=_scale(domain), axis=axis())
    return [
        base.mark_rule(color="#7f9aa8", strokeWidth=5).encode(x=x, x2="mest:Q"),
        base.mark_tick(color=DEEP, thickness=2, size=12).encode(x=x),
        base.mark_point(filled=True, opacity=1, size=70, color=DEEP).encode(x=alt.X("mest:Q")),
    ]


def _scale(domain: Sequence[float]) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=list(domain), range=[LEFT, RIGHT], nice=True, zero=False)


def _base(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    import altair as alt

    y = alt.Y("rad:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    return alt.Chart(data_of(rows)).encode(y=y)
