"""The legality report for a program: every doctor by every rule, as much as the reader may know."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Self

from pydantic import Field

from api.rules import AUTHORITY, CONFIDENCE, to_confirm
from api.service.advice.desks import Desk
from api.service.advice.matrix import Cell
from api.service.advice.readers import Reader
from api.service.shapes import Shape
from api.wish_reasons import TOLD
from scheduler.checking import RuleReport
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule
from scheduler.writing.legality import LegalityReport

_WORST = (Outcome.BREACH, Outcome.HOLE, Outcome.EXCEPTION, Outcome.NOTICE, Outcome.KEPT)


class CaseOut(Shape):
    """One thing that a checker found, or the kept one closest to its limit."""

    outcome: Outcome
    duties: list[str]
    start: datetime | None
    end: datetime | None
    measured: float | None
    limit: float | None
    margin: float | None = Field(description="How far inside the limit; negative: outside")
    unit: str
    sentence: str | None = Field(description="In bokmål; null: not for you")

    @classmethod
    def of(cls, case: Case, sentence: str | None) -> Self:
        """A case as it is told."""
        return cls(
            outcome=case.outcome,
            duties=list(case.duties),
            start=case.when.start if case.when else None,
            end=case.when.end if case.when else None,
            measured=case.measured,
            limit=case.limit,
            margin=case.margin,
            unit=case.unit,
            sentence=sentence,
        )


class CellOut(Shape):
    """What one rule says of one doctor."""

    rule: str | None = Field(
        description="Null: all rules together of which the reader may not know by itself what they "
        "say of this doctor"
    )
    outcome: Outcome = Field(description="The worst that was found")
    priced: bool = Field(description="An exception is a departure that has a price")
    checked: int | None = Field(description="Judgements made; null: not for you")
    found: list[CaseOut] = Field(description="What is not kept; empty if not for you")
    closest: CaseOut | None = Field(description="The kept one with the least margin")


class RowOut(Shape):
    """What the rules say of one doctor, or of what concerns several."""

    doctor: str | None = Field(description="Null: what concerns several at once")
    name: str | None
    cells: list[CellOut]


class JudgedRuleOut(Shape):
    """What one rule found in the whole roster."""

    rule: str
    title: str
    authority: Authority
    authority_title: str
    hard: bool
    citations: list[str]
    confidence: Confidence
    confidence_title: str
    to_confirm: bool
    checked: int | None = Field(description="Null: it would tell who is away, and is not for you")
    breaches: int
    holes: int
    exceptions: int = Field(description="From main rules, as these allow")
    departures: int = Field(description="That have a price")
    notices: int


class ExemptionOut(Shape):
    """An exemption as it may be told: never its kind, never its reason."""

    doctor_name: str
    days: str
    basis: str
    reference: str | None
    in_force: bool


class LegalityOut(Shape):
    """The legality report. It is made by the independent checkers, whoever made the roster."""

    version: int
    digest: str | None = Field(description="SHA-256 of the roster; null if not for you")
    rule_set: str
    lawful: bool
    complete: bool
    rules: list[JudgedRuleOut] = Field(description="Those of exemptions: for who keeps the plan")
    rows: list[RowOut] = Field(description="For a doctor the own row, for a manager one's own town")
    exemptions: list[ExemptionOut] = Field(description="For those who keep the plan")
    remarks: list[str] = Field(description="For those who keep the plan")


def legality_told(desk: Desk, reader: Reader, *, version: int, digest: str | None) -> LegalityOut:
    """The report as the reader may know it."""
    problem = desk.loaded.problem
    report = desk.legal
    rows = [
        RowOut(
            doctor=who,
            name=desk.names[who],
            cells=list(_cells(desk, report, reader, who)),
        )
        for who in reader.rows(problem, all_names=True)
    ]
    if not reader.doctor and not reader.municipality:
        cells = list(_cells(desk, report, reader, None))
        rows.append(RowOut(doctor=None, name=None, cells=cells))
    return LegalityOut(
        version=version,
        digest=digest,
        rule_set=report.rule_set,
        lawful=desk.report.lawful,
        complete=desk.report.complete,
        rules=[
            _rule(own, counted=reader.keeper or own.rule.id in TOLD)
            for own in desk.report.rules
            if reader.keeper or own.rule.id not in report.discreet
        ],
        rows=rows,
        exemptions=[
            ExemptionOut(
                doctor_name=own.doctor,
                days=own.days,
                basis=own.basis,
                reference=own.reference,
                in_force=own.in_force,
            )
            for own in (report.exemptions if reader.keeper else ())
        ],
        remarks=list(report.remarks) if reader.keeper else [],
    )


def _rule(own: RuleReport, *, counted: bool) -> JudgedRuleOut:
    rule: Rule = own.rule
    return JudgedRuleOut(
        rule=rule.id,
        title=rule.title,
        authority=rule.authority,
        authority_title=AUTHORITY[rule.authority],
        hard=rule.binds,
        citations=[str(citation) for citation in rule.citations],
        confidence=rule.confidence,
        confidence_title=CONFIDENCE[rule.confidence],
        to_confirm=to_confirm(rule),
        checked=own.checked if counted else None,
        breaches=len(own.breaches),
        holes=len(own.holes),
        exceptions=len(own.from_main_rule),
        departures=len(own.departures),
        notices=len(own.notices),
    )


def _cells(
    desk: Desk, report: LegalityReport, reader: Reader, who: str | None
) -> Iterator[CellOut]:
    """The cells of a row, in the order of the rules; what is private is put together in one."""
    mine = reader.keeper or (reader.doctor and who == reader.doctor)
    private: list[Cell] = []
    for rule in desk.loaded.rules:
        cell = desk.cells.get((who, rule.id))
        if cell is None:
            continue
        # Who has no exemption has no cell of these rules: a cell would tell of one.
        if not mine and (rule.id in report.discreet or (who is not None and rule.id not in TOLD)):
            private.append(cell)
            continue
        found = [
            CaseOut.of(case, _sentence(report, rule, case, mine=bool(mine))) for case in cell.found
        ]
        yield CellOut(
            rule=rule.id,
            outcome=cell.outcome,
            priced=bool(rule.prices),
            checked=cell.checked,
            found=found,
            closest=CaseOut.of(cell.closest, None) if cell.closest else None,
        )
    if not mine:
        yield CellOut(
            rule=None,
            outcome=_worst(private),
            priced=False,
            checked=None,
            found=[],
            closest=None,
        )


def _sentence(report: LegalityReport, rule: Rule, case: Case, *, mine: bool) -> str | None:
    """To oneself and to who keeps the plan everything; to others what the roster says anyhow."""
    if mine:
        return report.report.sentence(case)
    return report.report.sentence(case) if rule.id in TOLD else None


def _worst(cells: Iterable[Cell]) -> Outcome:
    return min((own.outcome for own in cells), key=_WORST.index, default=Outcome.KEPT)
