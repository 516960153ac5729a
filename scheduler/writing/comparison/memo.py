"""`notat.pdf`: two pages for the municipal council, A4, PDF/UA-1.

It is public: no doctor is named, whatever the comparison is, and no group is shown that is so
small that one of it could be known again. The template fits the text to the two pages.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from scheduler.writing.comparison.charts import pictures
from scheduler.writing.comparison.measures import (
    Measure,
    amount,
    signed,
    told,
    verdict,
    withheld,
)
from scheduler.writing.comparison.sentences import assumptions, certain, in_short, means
from scheduler.writing.comparison.source import Alternative, Comparison, Figures
from scheduler.writing.comparison.towns import rows
from scheduler.writing.wording import on_day, period

MOST_LAWS = 6
MOST_TOWNS = 14
_CUTS = {
    "hovedregler": "hoved\u00adregler",
    "belastede": "belas\u00adtede",
    "kontortid": "kontor\u00adtid",
}
LONGEST = 240  # letters of what somebody has written of an alternative


def to_memo(comparison: Comparison) -> bytes:
    """The memo."""
    # Imported late: typst takes its time, and only those who print need it.
    from scheduler.writing.typeset import typeset

    return typeset("memo.typ", content(comparison), comparison.judged_on)


def content(comparison: Comparison) -> Mapping[str, Any]:
    """Everything that the template places."""
    measures = [own for own in told(comparison.alternatives) if own.in_memo]
    base = comparison.base
    return {
        "title": comparison.title,
        "question": comparison.question,
        "plan": comparison.plan_title,
        "period": period(base.first_day, base.last_day),
        "judged_on": on_day(comparison.judged_on),
        "short": list(in_short(comparison)),
        "heads": [_breakable(own.title) for own in measures],
        "units": [own.unit for own in measures],
        "lines": [
            _line(number, own, measures, base.figures)
            for number, own in enumerate(comparison.alternatives)
        ],
        "means": [
            {
                "number": number,
                "name": own.name,
                "what": " ".join(_what(own)),
                "told": [list(pair) for pair in means(own, base.figures, discreet=True)],
            }
            for number, own in enumerate(comparison.alternatives)
        ],
        "pictures": [asdict(own) for own in pictures(comparison, discreet=True)],
        "towns": _towns(comparison),
        "withheld": any(withheld(own) for own in comparison.alternatives),
        "certain": [list(pair) for pair in certain(comparison, discreet=True)],
        "assumptions": list(assumptions(comparison)),
        "laws": [asdict(own) for own in comparison.laws[:MOST_LAWS]],
        "more_laws": max(0, len(comparison.laws) - MOST_LAWS),
        "foot": f"{comparison.solver} · regelsett {comparison.rule_set}",
    }


def _breakable(head: str) -> str:
    """The heading with the places where its long words may be cut."""
    for word, cut in _CUTS.items():
        head = head.replace(word, cut)
    return head


def _what(own: Alternative) -> tuple[str, ...]:
    if own.about:
        about = own.about if len(own.about) <= LONGEST else f"{own.about[: LONGEST - 1].rstrip()}…"
        return (about,)
    return own.changes


def _line(
    number: int, own: Alternative, measures: list[Measure], base: Figures | None
) -> Mapping[str, Any]:
    cells = []
    for measure in measures:
        if own.figures is None or (measure.personal and withheld(own)):
            cells.append({"value": "–", "change": "", "sign": ""})
            continue
        value = measure.value(own.figures)
        before = measure.value(base) if base and own.figures is not base else None
        cells.append(
            {
                "value": _shown(measure, value),
                "change": _change(measure, value, before),
                "sign": _sign(measure, base, own.figures) if before is not None else "",
            }
        )
    return {"number": number, "name": own.name, "cells": cells}


def _change(measure: Measure, value: float | None, before: float | None) -> str:
    if value is None or before is None:
        return ""
    if measure.unit == "kr":
        change = signed(round(value / 1000) - round(before / 1000), 0)
    else:
        change = signed(value - before, measure.decimals)
    return "" if change == "±0" else change


def _sign(measure: Measure, base: Figures | None, own: Figures) -> str:
    worth = verdict(measure, base, own) if base else None
    return worth.sign if worth else ""


def _shown(measure: Measure, value: float | None) -> str:
    if measure.unit == "kr" and value is not None:
        return amount(round(value / 1000), 0)
    return amount(value, measure.decimals)


def _towns(comparison: Comparison) -> Mapping[str, Any] | None:
    """Points a doctor in each municipality; nothing where there is but one."""
    found = rows(comparison, discreet=True)
    if len(found) < 2:
        return None
    return {
        "rows": [
            {
                "name": own.name,
                "cells": [
                    amount(town.points_each, 0) if town and not withheld(alternative) else "–"
                    for alternative, town in zip(comparison.alternatives, own.figures, strict=True)
                ],
            }
            for own in found[:MOST_TOWNS]
        ],
        "left": max(0, len(found) - MOST_TOWNS),
    }
