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
from scheduler.reading.book import Note
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


def settings_note() -> Note:
    """Every setting of every rule, for looking up in the template workbook."""
    return Note(
        "Notat – innstillinger",
        (
            ("Regel", 26),
            ("Innstilling", 26),
            ("Hva den gjelder", 50),
            ("Verdi når ingenting er satt", 20),
            ("Enhet", 12),
            ("Kan være", 26),
            ("Grunnlag", 18),
            ("Regelen", 40),
            ("Kilde", 40),
        ),
        tuple(
            (
                rule.id,
                p.name,
                p.title,
                shown_default(p.default),
                p.unit,
                allowed(p),
                basis(p),
                rule.title,
                "; ".join(map(str, rule.citations)),
            )
            for rule in (*ALL_RULES, *VOCABULARY)
            for p in rule.parameters()
        ),
    )


def shown_default(value: Any) -> str:
    """The value in force, or that none is."""
    return "ikke satt" if value is None or value == {} else shown_value(value)


def allowed(parameter: Parameter) -> str:
    """«8–11», «any | start», «fast»: what the municipality may choose."""
    if parameter.fixed:
        return "fast"
    if parameter.choices:
        return " | ".join(parameter.choices)
    if parameter.low is not None and parameter.high is not None:
        return f"{shown_value(parameter.low)}–{shown_value(parameter.high)}"
    return ""


def basis(parameter: Parameter) -> str:
    """The rulebook's id, or that the municipality chooses."""
    return "kommunens valg" if parameter.basis == "policy" else parameter.basis


def setting(parameter: Parameter, value: Any) -> str:
    """«Minste hvile mellom to arbeidsperioder: 8 h (8–11, S-04)»."""
    unit = f" {parameter.unit}" if parameter.unit else ""
    inside = ", ".join(part for part in (allowed(parameter), basis(parameter)) if part)
    return f"{parameter.title}: {shown_default(value)}{unit} ({inside})"


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
