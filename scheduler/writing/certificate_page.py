"""`sertifikat.json`, `.html` and `.pdf`: a certificate on one page, and for machines.

None of them names a doctor. Who stands where is in `sertifikat-leger.csv`, and what whose
restrictions cost in `sertifikat-priser.csv`; these two are for those who keep the plan.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from scheduler.certificate import Certificate, StepProof
from scheduler.domain.problem import Problem
from scheduler.prices import Price, PriceList
from scheduler.writing.certificate import gap, heaviest, says_something, statement
from scheduler.writing.phrases import counted
from scheduler.writing.prices import what
from scheduler.writing.table_csv import FORMULA_STARTS
from scheduler.writing.wording import number, on_day, period

FORMAT, VERSION = "rettvakt-certificate", 1
METHODS = {
    "ranges": "kan ikke bli mindre",
    "linear": "lineær programmering",
    "tallies": "det som må fordeles, talt opp",
    "counted": "like vakter talt sammen, alle hensyn under ett",
    "whole_duties": "lineær programmering med hele vakter",
    "by_doctor": "lege for lege",
    "courses": "alle lovlige vaktforløp, tilfelle for tilfelle",
    "combination": "lege for lege, så alle kombinasjoner",
    "exhaustion": "uttømmende søk",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step in the table."""

    title: str
    value: str
    bound: str
    gap: str
    method: str
    proven: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The page; text is bokmål and ready made."""

    title: str
    period: str
    judged_on: str
    kind: str
    sign: str
    statements: tuple[str, ...]
    remarks: tuple[str, ...]
    lines: tuple[Line, ...]
    vector: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    command: str


def page(problem: Problem, certificate: Certificate) -> Page:
    """Put a certificate in words."""
    worst = certificate.worst
    statements = statement(certificate.steps)
    whole = all(step.proven for step in certificate.steps if step.level.startswith("fairness"))
    kind = (
        "proven" if whole and worst else "bounded" if worst and worst.bound is not None else "open"
    )
    sign = {"proven": "Bevist", "bounded": "Grense funnet", "open": "Ikke bevist"}[kind]
    return Page(
        title=" ".join(problem.title.split()),
        period=period(problem.first_day, problem.last_day),
        judged_on=on_day(certificate.judged_on),
        kind=kind,
        sign=sign,
        statements=(*statements, *filter(None, [heaviest(certificate)])),
        remarks=tuple(remarks(certificate)),
        lines=tuple(_line(step) for step in certificate.steps),
        vector=tuple(number(over) for over in certificate.vector),
        facts=tuple(_facts(certificate)),
        command=command(certificate),
    )


def remarks(certificate: Certificate) -> Sequence[str]:
    """What must be known to read the certificate rightly."""
    found = []
    if certificate.other_plan:
        found.append(
            "Vaktplanen er laget for en annen utgave av planen. Sertifikatet gjelder planen slik "
            "den er nå."
        )
    better = next((step for step in certificate.steps if step.better is not None), None)
    if better is not None and better.better is not None:
        found.append(
            f"Det finnes en bedre plan: på trinnet «{better.title}» ble {number(better.better)} "
            f"funnet, mot {number(better.value)} her."
        )
    found += [
        f"Vaktplanen oppgir {number(step.claimed)} som nedre grense for «{step.title}». "
        "Det er ikke gjenfunnet på denne tiden."
        for step in certificate.steps
        if step.claimed is not None
    ]
    if certificate.stopped:
        found.append("Kontrollen ble stoppet før tiden var ute.")
    return found


def command(certificate: Certificate) -> str:
    """What to type on another machine."""
    return (
        f"rettvakt certify PLAN VAKTPLAN --time-limit {certificate.time_limit:g} "
        f"--seed {certificate.seed} --workers {certificate.workers}"
    )


def to_document(
    problem: Problem, certificate: Certificate, prices: PriceList | None = None
) -> dict[str, Any]:
    """The certificate as plain values; no doctor is named."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "plan_hash": certificate.problem_hash,
        "roster_hash": certificate.roster_hash,
        "rule_set": certificate.rule_set,
        "solver": certificate.solver,
        "seed": certificate.seed,
        "workers": certificate.workers,
        "time_limit": certificate.time_limit,
        "seconds": certificate.seconds,
        "judged_on": certificate.judged_on.isoformat(),
        "other_plan": certificate.other_plan,
        "stopped": certificate.stopped,
        "better_found": certificate.better_found,
        "statement": list(statement(certificate.steps)),
        "steps": [_step(step) for step in certificate.steps],
        "vector": list(certificate.vector),
        "prices": [_price(own) for own in prices.prices] if prices else None,
    }


def to_json(problem: Problem, certificate: Certificate, prices: PriceList | None = None) -> str:
    """The document as JSON text, indented, ending in a newline."""
    document = to_document(problem, certificate, prices)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_html(problem: Problem, certificate: Certificate) -> str:
    """One page without scripts and without other files."""
    from scheduler.writing.html_template import template

    return template("certificate.html.jinja").render(page=page(problem, certificate))


def to_pdf(problem: Problem, certificate: Certificate) -> bytes:
    """The same on A4, PDF/UA-1."""
    # Imported late: typst takes its time, and only those who print need it.
    from scheduler.writing.typeset import typeset

    content = asdict(page(problem, certificate))
    return typeset("certificate.typ", content, certificate.judged_on)


def to_names(problem: Problem, certificate: Certificate) -> bytes:
    """`sertifikat-leger.csv`: who stands where, the heaviest-loaded first."""
    return _csv(
        ("Lege", "Poeng", "Rettferdig andel etter saldo", "Over andelen"),
        (
            (_name(problem, own.doctor), own.points, own.aim, own.over)
            for own in certificate.standings
        ),
    )


def to_prices(problem: Problem, prices: PriceList) -> bytes:
    """`sertifikat-priser.csv`: what each restriction costs the worst-off, the dearest first."""
    return _csv(
        ("Begrensning", "Pris i poeng", "Minst", "Høyst", "Bevist"),
        (
            (what(problem, own.restriction), own.estimate, own.low, own.high, _yes(own.proven))
            for own in prices.prices
        ),
    )


def _csv(head: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """As Norwegian Excel opens it: «;» between cells, decimal comma, byte order mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(
            cell if isinstance(cell, str) else f"{cell:.2f}".replace(".", ",") for cell in row
        )
    return out.getvalue().encode("utf-8-sig")


def _name(problem: Problem, doctor: str) -> str:
    """The name, so that a spreadsheet does not take it for a formula."""
    name = " ".join(problem.doctor_by_id[doctor].name.split())
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name


def _yes(truth: bool) -> str:
    return "ja" if truth else "nei"


def _line(step: StepProof) -> Line:
    known = step.proven or says_something(step)
    distance = gap(step).removeprefix("avstand ") if known else "–"
    return Line(
        title=step.title,
        value=f"{number(step.value)} {step.unit}".strip(),
        bound=number(step.bound or 0) if known else "ikke kjent",
        gap="0" if step.proven else distance,
        method=METHODS[step.method] if known else "–",
        proven=step.proven,
    )


def _facts(certificate: Certificate) -> list[tuple[str, str]]:
    return [
        ("Planens kontrollsum", certificate.problem_hash),
        ("Vaktplanens kontrollsum", certificate.roster_hash),
        ("Regelsett", certificate.rule_set),
        ("Løser", certificate.solver),
        ("Startverdi", str(certificate.seed)),
        ("Tråder", str(certificate.workers)),
        (
            "Tid brukt",
            f"{counted_seconds(certificate.seconds)} av {number(certificate.time_limit)}",
        ),
    ]


def counted_seconds(seconds: float) -> str:
    """«1 sekund», «12,5 sekunder»."""
    return counted(1, "sekund", "sekunder") if seconds == 1 else f"{number(seconds)} sekunder"


def _step(step: StepProof) -> Mapping[str, Any]:
    return {
        "level": step.level,
        "title": step.title,
        "unit": step.unit,
        "value": step.value,
        "bound": step.bound,
        "gap": None if step.gap is None else round(step.gap, 6),
        "gap_percent": None if step.gap_percent is None else round(step.gap_percent, 2),
        "proven": step.proven,
        "method": step.method,
        "claimed": step.claimed,
        "better": step.better,
    }


def _price(price: Price) -> Mapping[str, Any]:
    return {
        "kind": price.restriction.kind.value,
        "low": price.low,
        "high": price.high,
        "estimate": price.estimate,
        "proven": price.proven,
    }
