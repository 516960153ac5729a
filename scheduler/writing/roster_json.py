"""`vaktplan.json`: a roster with what is needed to make it again, and the plan if wanted.

`scheduler.reading.roster` reads it back to an equal roster.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from scheduler.domain.roster import LevelResult, Roster

FORMAT = "rettvakt-roster"
VERSION = 1


def to_document(roster: Roster, plan_document: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The roster as plain dicts and lists.

    Args:
        roster: any roster; assignments are sorted, so equal rosters give equal documents.
        plan_document: the plan that the roster was made from, as its own format writes it.
            It knows kinds of absences and exemptions: only for those who keep the plan.
    """
    provenance = asdict(roster.provenance)
    provenance["levels"] = [_level(level) for level in roster.provenance.levels]
    return {
        "format": FORMAT,
        "version": VERSION,
        "problem_hash": roster.problem_hash,
        "plan": dict(plan_document) if plan_document is not None else None,
        "assignments": [
            {"duty": own.duty, "doctor": own.doctor} for own in sorted(roster.assignments)
        ],
        "provenance": provenance,
    }


def to_json(roster: Roster, plan_document: Mapping[str, Any] | None = None) -> str:
    """The document as JSON text, indented, ending in a newline."""
    document = to_document(roster, plan_document)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _level(level: LevelResult) -> dict[str, Any]:
    """JSON has no infinity: a value or a bound that the search never got is null."""
    plain = asdict(level)
    for name in ("value", "bound"):
        if not isfinite(plain[name]):
            plain[name] = None
    return plain
