"""Whether every id is used once, and every id that is named exists."""

from collections.abc import Iterable

from scheduler.reading.faults import MOST_NEAR, Path, listed, meant
from scheduler.reading.fields import described, references, sheets
from scheduler.reading.findings import Findings
from scheduler.reading.plan import Plan

HINTED = 100  # faults with a hint: near misses take time to find, not for hostile files


def check_ids(plan: Plan, findings: Findings) -> None:
    """Each id once in its list; patterns and municipal duties are named alike and share theirs."""
    for sheet in sheets():
        if sheet.model and any(field.name == "id" for field in described(sheet.model)):
            others = plan.patterns if sheet.name == "municipal_duties" else ()
            taken = {other.id: ("patterns", number) for number, other in enumerate(others)}
            _check_once(
                sheet.name, (item.id for item in getattr(plan, sheet.name)), taken, findings
            )


def _check_once(
    name: str, ids: Iterable[str], taken: dict[str, tuple[str, int]], findings: Findings
) -> None:
    for number, own in enumerate(ids):
        if own in taken:
            where = findings.places.name(taken[own])
            findings.fault(
                (name, number, "id"),
                own,
                f"Id-en er allerede brukt ({where}).",
                "Gi den ene en annen id, og rett det som viser til den.",
            )
        taken.setdefault(own, (name, number))


def check_references(plan: Plan, findings: Findings) -> None:
    """Each id that is named exists in the list that is meant."""
    known = {s.name: [getattr(own, "id", "") for own in getattr(plan, s.name)] for s in sheets()}
    titles = {sheet.name: sheet.title for sheet in sheets()}
    by_lists: dict[tuple[str, ...], frozenset[str]] = {}
    for path, own, lists in references(plan):
        if lists not in by_lists:
            by_lists[lists] = frozenset(name for listing in lists for name in known[listing])
        if own not in by_lists[lists]:
            ids = [name for listing in lists for name in known[listing]]
            _unknown(path, own, [titles[listing] for listing in lists], ids, findings)


def _unknown(path: Path, own: str, where: list[str], ids: list[str], findings: Findings) -> None:
    there = " eller ".join(f"«{title}»" for title in where)
    hint = ""
    if not ids:
        hint = "Der er det tomt."
    elif len(findings.faults) < HINTED and len(ids) < MOST_NEAR:
        hint = meant(own, ids) or f"Der finnes {listed(dict.fromkeys(ids))}."
    findings.fault(
        path,
        own,
        f"Id-en finnes ikke under {there}.",
        f"{hint} Rett id-en, eller legg den til.".strip(),
    )
