"""The whole report as one value of plain text and numbers, which is only placed and drawn."""

from dataclasses import dataclass

from scheduler.writing.fairness.calculation import Calculation, calculations
from scheduler.writing.fairness.gaps import GapPart, gap_parts
from scheduler.writing.fairness.municipalities import TownPart, town_part
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.statement import Statement, statement
from scheduler.writing.fairness.targets import COLUMNS, MeasurePart, measure_parts
from scheduler.writing.fairness.weeks import LEGEND, WeekPage, week_pages
from scheduler.writing.fairness.wishes import WishPart, wish_part
from scheduler.writing.fairness.years import YearPart, year_part
from scheduler.writing.report.content import SHORT_HASH
from scheduler.writing.wording import on_day, period, short_day

TARGET_KEY = (
    "Loddrett strek: målet. Pil: det legen har i vaktplanen; spissen peker bort fra målet. Til "
    "høyre: har / mål (avvik). Den som er mest over målet, står øverst."
)
BALANCE_KEY = (
    "Åpen sirkel: saldo før perioden. Fylt sirkel: saldo etter. Til høyre for null har legen "
    "gjort mer enn sin andel."
)
GAP_KEY = (
    "Sirkel: så langt var det mellom to; større sirkel betyr at det skjedde oftere. Loddrett "
    "strek: medianen. Til høyre: korteste / median / lengste."
)
TOWN_KEY = "Loddrett strek: kommunens andel. Pil: det legene i kommunen bærer."


@dataclass(frozen=True, slots=True)
class Keys:
    """How each kind of chart is read."""

    targets: str = TARGET_KEY
    balances: str = BALANCE_KEY
    gaps: str = GAP_KEY
    towns: str = TOWN_KEY


@dataclass(frozen=True, slots=True)
class Content:
    """The report. Text is bokmål, numbers are printed, nothing needs computing.

    Attributes:
        columns: of the tables of measures.
        calculations, weeks, gaps, years, wishes: None or empty in an anonymous report.
    """

    title: str
    period: str
    judged_on: str
    foot: str
    anonymous: bool
    statement: Statement
    columns: tuple[str, ...]
    measures: tuple[MeasurePart, ...]
    calculations: tuple[Calculation, ...]
    weeks: tuple[WeekPage, ...]
    weeks_legend: str
    gaps: tuple[GapPart, ...]
    years: YearPart | None
    wishes: WishPart | None
    towns: TownPart
    made: tuple[str, ...]
    keys: Keys


def content(report: FairnessReport) -> Content:
    """Put everything in words."""
    problem = report.problem
    personal = not report.anonymous
    short = problem.content_hash[:SHORT_HASH]
    return Content(
        title=" ".join(problem.title.split()),
        period=period(problem.first_day, problem.last_day),
        judged_on=on_day(problem.judged_on),
        foot=f"Opplysninger per {short_day(problem.judged_on)} · kontrollsum {short}",
        anonymous=report.anonymous,
        statement=statement(report),
        columns=COLUMNS,
        measures=measure_parts(report),
        calculations=calculations(report) if personal else (),
        weeks=week_pages(report) if personal else (),
        weeks_legend=LEGEND if personal else "",
        gaps=gap_parts(report) if personal else (),
        years=year_part(report) if personal else None,
        wishes=wish_part(report) if personal else None,
        towns=town_part(report),
        made=_made(report),
        keys=Keys(),
    )


def _made(report: FairnessReport) -> tuple[str, ...]:
    """What is needed to reckon it again; what is not known is left out."""
    own = report.provenance
    facts = (
        ("Planens kontrollsum", report.problem.content_hash),
        ("regelsett", report.rule_set or own.rule_set),
        ("startverdi", "" if own.seed is None else str(own.seed)),
    )
    return tuple(f"{name} {value}" for name, value in facts if value)
