"""`rettvakt rules`: the catalogue, with sources, confidence and settings in force."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap

from api import library
from api.cli.console import OK, out, plain
from api.cli.guard import reading
from api.rules import AUTHORITY, CONFIDENCE, allowed, described, setting, shown_default
from constraints.catalogue import ALL_RULES, VOCABULARY
from constraints.facts.points import RATE_BASIS
from scheduler.domain.duty import ShiftPattern
from scheduler.domain.points import DEFAULT_RATES, Rates
from scheduler.reading.book import Note
from scheduler.rule import Rule
from scheduler.writing.phrases import listed
from scheduler.writing.report.rates import NO_RATE, points, rate_rows
from scheduler.writing.report.rates import patterns as patterns_of
from scheduler.writing.report.words import basis, rulebook_id

_WIDEST = 100
_SILENT = "Av til planen gir dem en verdi"


def run(plan: Path | None, as_json: bool) -> int:
    """List the rules; gives the exit code."""
    rates, patterns = DEFAULT_RATES, tuple[ShiftPattern, ...]()
    if plan is None:
        chosen: tuple[Rule, ...] = tuple(kind() for kind in (*ALL_RULES, *VOCABULARY))
    else:
        with reading(plan):
            loaded = library.read(plan)
        chosen = loaded.rules
        rates, patterns = loaded.problem.rates, patterns_of(loaded.problem)
    if as_json:
        listed = [described(rule) for rule in chosen]
        text = json.dumps(listed, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write(text + "\n")
        return OK
    width = min(out.width, _WIDEST)
    part = ""
    for rule in chosen:
        own = _SILENT if type(rule) in VOCABULARY else AUTHORITY[rule.authority].capitalize()
        if own != part:
            part = own
            out.print(f"[bold underline]{part}[/]\n")
        for line in lines(rule, width):
            out.print(line)
        out.print()
    for line in rate_lines(rates, patterns, width):
        out.print(line)
    out.print()
    where = "i planen" if plan else "der ingenting annet er satt"
    out.print(f"{len(chosen)} regler. Verdiene er de som gjelder {where}.")
    out.print("Alt om hver regel, til et program: rettvakt rules --json")
    return OK


def lines(rule: Rule, width: int) -> Iterator[str]:
    """The rule in lines of plain text that fit the width, its title first.

    No table: these lines read alike on a narrow terminal, a wide one and in a file.
    """
    kind = "krav" if rule.hard else "veier, binder ikke"
    yield f"[bold]{plain(rule.title)}[/] ({kind})"
    sources = "; ".join(map(str, rule.citations))
    numbers = f" · {', '.join(map(rulebook_id, rule.rulebook))}" if rule.rulebook else ""
    yield from _wrapped("Navn: ", f"{rule.id}{numbers}", width)
    yield from _wrapped("Kilde: ", f"{sources} ({CONFIDENCE[rule.confidence]})", width)
    if rule.sfs_only:
        yield from _wrapped("", "Gjelder ikke i Oslo.", width)
    for own in rule.parameters():
        text = setting(own, getattr(rule, own.name))
        yield from _wrapped(f"{own.name}: ", text, width)


def rate_lines(rates: Rates, patterns: Iterable[ShiftPattern], width: int) -> Iterator[str]:
    """The rates of burden points, one class a line, then what they rest on."""
    yield "[bold underline]Belastningspoeng per time[/]"
    yield ""
    for row in rate_rows(rates, patterns):
        cells = (
            f"{value} {where}"
            for value, where in (
                (row.on_site, "tilstede"),
                (row.home, "hjemme"),
                (row.backup, "som bakvakt hjemme"),
            )
            if value != NO_RATE
        )
        whose = f" for «{row.pattern}»" if row.pattern else ""
        text = f"{listed(cells)} ({row.set_by})"
        yield from _wrapped(f"{row.hours}{whose}, {row.when}: ", text, width)
    for kind in patterns:
        if kind.burden is not None:
            text = f"{points(kind.burden)} poeng for hele vakten, etter avtale"
            yield from _wrapped(f"«{kind.name}»: ", text, width)
    for claim, citation in RATE_BASIS:
        if citation is not None:
            claim += f" Kilde: {citation} ({CONFIDENCE[citation.confidence]})."
        yield from _wrapped("", claim, width)


def _wrapped(label: str, text: str, width: int) -> Iterator[str]:
    """The text with its label, further lines further in."""
    for line in wrap(label + text, width, initial_indent="  ", subsequent_indent="      "):
        yield plain(line)


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
