"""The whole report as one value of plain text, which the templates only place."""

from dataclasses import dataclass

from scheduler.writing.legality import ExemptionRow, LegalityReport
from scheduler.writing.report.accounts import COLUMNS, Ledger, ledgers
from scheduler.writing.report.burden import BurdenLine, burden
from scheduler.writing.report.findings import Depth, Group, groups
from scheduler.writing.report.holes import HolesPart, holes
from scheduler.writing.report.proof import LevelLine, Rerun, levels, rerun
from scheduler.writing.report.quality import QualityLine, quality
from scheduler.writing.report.rates import RatesPart, rates
from scheduler.writing.report.rulebook import (
    RuleChapter,
    RuleSettings,
    Unconfirmed,
    chapters,
    own_settings,
    settings,
    unconfirmed,
)
from scheduler.writing.report.verdict import Fact, Verdict, facts, verdict
from scheduler.writing.wording import on_day, period, short_day

SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of long lists is told; the rest is counted.

    Attributes:
        findings: sentences of one rule.
        stop_lines: sentences about why a doctor cannot fill a hole, over all holes.
    """

    findings: Depth
    stop_lines: int


@dataclass(frozen=True, slots=True)
class Content:
    """The report. Text is bokmål, numbers are printed, nothing needs computing."""

    title: str
    period: str
    judged_on: str
    foot: str
    verdict: Verdict
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    holes: HolesPart
    breaches: tuple[Group, ...]
    unknown: tuple[str, ...]
    levels: tuple[LevelLine, ...]
    exceptions: tuple[Group, ...]
    quality: tuple[QualityLine, ...]
    departures: tuple[Group, ...]
    priced: bool
    notices: tuple[Group, ...]
    chapters: tuple[RuleChapter, ...]
    settings: tuple[RuleSettings, ...]
    rates: RatesPart
    exemptions: tuple[ExemptionRow, ...]
    order_basis: str
    order_columns: tuple[str, ...]
    ledgers: tuple[Ledger, ...]
    burden: tuple[BurdenLine, ...]
    unconfirmed: tuple[Unconfirmed, ...]
    own_settings: tuple[str, ...]
    rerun: Rerun


def content(legality: LegalityReport, limits: Limits) -> Content:
    """Put everything in words."""
    problem, report = legality.problem, legality.report
    short = problem.content_hash[:SHORT_HASH]
    return Content(
        title=" ".join(problem.title.split()),
        period=period(problem.first_day, problem.last_day),
        judged_on=on_day(problem.judged_on),
        foot=f"Opplysninger per {short_day(problem.judged_on)} · kontrollsum {short}",
        verdict=verdict(legality),
        facts=facts(legality),
        remarks=legality.remarks,
        holes=holes(legality, limits.stop_lines),
        breaches=groups(legality, lambda own: own.breaches, limits.findings),
        unknown=tuple(f"{a.doctor} på {a.duty}" for a in report.unknown),
        levels=levels(legality),
        exceptions=groups(legality, lambda own: own.from_main_rule, limits.findings),
        quality=quality(legality),
        priced=bool(legality.costs),
        departures=groups(legality, lambda own: own.departures, limits.findings),
        notices=groups(legality, lambda own: own.notices, limits.findings),
        chapters=chapters(legality),
        settings=settings(legality),
        rates=rates(legality),
        exemptions=legality.exemptions,
        order_basis=legality.order_basis,
        order_columns=COLUMNS,
        ledgers=ledgers(legality),
        burden=burden(legality),
        unconfirmed=unconfirmed(legality),
        own_settings=own_settings(legality),
        rerun=rerun(legality),
    )
