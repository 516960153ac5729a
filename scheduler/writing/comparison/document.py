"""`sammenligning.json`: the comparison for other programs."""

import json
from typing import Any

from scheduler.domain.roster import LevelResult
from scheduler.whatif.gap import differences
from scheduler.writing.comparison.measures import told, verdict
from scheduler.writing.comparison.source import Alternative, Comparison, Figures
from scheduler.writing.comparison.towns import rows

FORMAT = "rettvakt-comparison"


def to_json(comparison: Comparison) -> str:
    """The comparison as indented JSON; English names, numbers as they are."""
    return json.dumps(document(comparison), ensure_ascii=False, indent=2) + "\n"


def document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values."""
    base = comparison.base.figures
    return {
        "format": FORMAT,
        "version": 1,
        "title": comparison.title,
        "question": comparison.question,
        "plan": comparison.plan_title,
        "anonymous": comparison.anonymous,
        "seconds_each": comparison.seconds,
        "stopped": comparison.stopped,
        "seed": comparison.seed,
        "solver": comparison.solver,
        "rule_set": comparison.rule_set,
        "alternatives": [_alternative(own, comparison, base) for own in comparison.alternatives],
        "municipalities": _towns(comparison),
    }


def _alternative(own: Alternative, comparison: Comparison, base: Figures | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": own.id,
        "name": own.name,
        "builds_on": own.builds_on or None,
        "changes": list(own.changes if comparison.anonymous else own.own_changes),
        "first_day": own.first_day.isoformat(),
        "last_day": own.last_day.isoformat(),
        "trouble": own.trouble or None,
        "cut_off": own.cut_off,
    }
    if own.figures is None:
        return found
    figures = own.figures
    found["lawful"] = figures.lawful
    found["measures"] = {
        measure.key: {
            "value": _round(measure.value(figures)),
            "difference": _difference(
                measure.value(figures), measure.value(base) if base else None
            ),
            "verdict": worth.value
            if base and (worth := verdict(measure, base, figures)) and figures is not base
            else None,
        }
        for measure in told(comparison.alternatives)
    }
    found["levels"] = [_level(level) for level in figures.levels]
    if base is not None and figures is not base:
        found["level_verdicts"] = {
            own_difference.before.level: own_difference.verdict.value
            for own_difference in differences(base.levels, figures.levels)
        }
    found["exceptions"] = {count.rule: count.count for count in figures.exceptions}
    found["more_by_base_settings"] = figures.by_base_settings
    found["cost"] = {
        "duty": _round(figures.cost.duty),
        "municipal": _round(figures.cost.municipal),
        "unpriced_hours": _round(figures.cost.unpriced_hours),
    }
    found["doctors"] = [
        {
            "name": comparison.names[doctor],
            **({} if comparison.anonymous else {"municipality": line.municipality}),
            "points": _round(line.points),
            "aim": _round(line.aim),
            "nights": line.nights,
            "weekends": line.weekends,
            "great_holidays": line.holidays,
            "duty_hours": _round(line.duty_hours),
            "ordered_hours": _round(line.ordered_hours),
            "lost_practice_hours": _round(line.lost_hours),
        }
        for doctor, line in sorted(
            figures.doctors.items(), key=lambda pair: comparison.names[pair[0]]
        )
    ]
    return found


def _towns(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "alternatives": {
                alternative.id: {
                    "points_each": _round(own.points_each),
                    "nights": own.nights,
                    "ordered_hours": _round(own.ordered_hours),
                    "lost_practice_hours": _round(own.lost_hours),
                    "municipal_cost": _round(own.municipal_cost),
                }
                for alternative, own in zip(comparison.alternatives, row.figures, strict=True)
                if own is not None
            },
        }
        for row in rows(comparison, discreet=comparison.anonymous)
    ]


def _level(level: LevelResult) -> dict[str, Any]:
    return {
        "level": level.level,
        "title": level.title,
        "value": level.value,
        "bound": level.bound,
        "proven": level.proven,
        "unit": level.unit,
    }


def _difference(value: float | None, before: float | None) -> float | None:
    return None if value is None or before is None else _round(value - before)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
