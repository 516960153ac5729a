"""`rettvakt rules`: the catalogue, with sources, confidence and settings in force."""

import json
import sys
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from api import library
from api.cli.console import OK, guarded, out
from constraints.catalogue import ALL_RULES, VOCABULARY
from scheduler.rule import Authority, Confidence, Parameter, Rule

AUTHORITY = {
    Authority.LAW: "lov og forskrift",
    Authority.AGREEMENT: "avtale",
    Authority.MUNICIPALITY: "kommunen",
    Authority.HEALTH: "helse",
    Authority.FAIRNESS: "fordeling",
    Authority.WISH: "ønske",
}
CONFIDENCE = {
    Confidence.TEXT: "lest i teksten",
    Confidence.SECONDARY: "lest i annen kilde – må bekreftes",
    Confidence.DERIVED: "utledet – må bekreftes",
    Confidence.UNVERIFIED: "ikke bekreftet",
    Confidence.POLICY: "kommunens valg",
}


@guarded
def run(plan: Path | None, as_json: bool) -> int:
    """List the rules; gives the exit code."""
    if plan is not None:
        chosen: tuple[Rule, ...] = library.read(plan).rules
    else:
        chosen = tuple(kind() for kind in (*ALL_RULES, *VOCABULARY))
    if as_json:
        text = json.dumps([described(rule) for rule in chosen], ensure_ascii=False, indent=2)
        sys.stdout.write(text + "\n")
        return OK
    table = Table(title="Regler", title_justify="left", show_lines=True)
    for heading in ("Regel", "Myndighet og kilde", "Sikkerhet", "Innstillinger"):
        table.add_column(heading, overflow="fold")
    for rule in chosen:
        kind = "" if rule.hard else " (veier, binder ikke)"
        table.add_row(
            f"[bold]{escape(rule.title)}[/]{kind}\n[dim]{rule.id} · {', '.join(rule.rulebook)}[/]",
            f"{AUTHORITY[rule.authority]}\n{escape('; '.join(map(str, rule.citations)))}",
            CONFIDENCE[rule.confidence],
            escape("\n".join(setting(p, getattr(rule, p.name)) for p in rule.parameters())),
        )
    out.print(table)
    return OK


def setting(parameter: Parameter, value: Any) -> str:
    """«Minste hvile mellom to arbeidsperioder: 8 h (8–11, S-04)»."""
    shown = "ikke satt" if value is None or value == {} else shown_value(value)
    unit = f" {parameter.unit}" if parameter.unit else ""
    if parameter.fixed:
        span = "fast"
    elif parameter.choices:
        span = " | ".join(parameter.choices)
    elif parameter.low is not None and parameter.high is not None:
        span = f"{shown_value(parameter.low)}–{shown_value(parameter.high)}"
    else:
        span = ""
    basis = "kommunens valg" if parameter.basis == "policy" else parameter.basis
    inside = ", ".join(part for part in (span, basis) if part)
    return f"{parameter.title}: {shown}{unit} ({inside})"


def shown_value(value: Any) -> str:
    """A setting as a Norwegian writes it."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def described(rule: Rule) -> dict[str, Any]:
    """The rule as plain values."""
    return {
        "id": rule.id,
        "rulebook": list(rule.rulebook),
        "title": rule.title,
        "title_en": rule.title_en,
        "authority": rule.authority.value,
        "hard": rule.hard,
        "citations": [
            {"text": str(c), "confidence": c.confidence.value, "url": getattr(c, "url", None)}
            for c in rule.citations
        ],
        "confidence": rule.confidence.value,
        "settings": [
            {
                "name": p.name,
                "title": p.title,
                "value": getattr(rule, p.name),
                "unit": p.unit,
                "low": p.low,
                "high": p.high,
                "choices": list(p.choices),
                "fixed": p.fixed,
                "basis": p.basis,
            }
            for p in rule.parameters()
        ],
    }
