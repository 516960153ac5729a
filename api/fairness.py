"""Puts the fairness report together from a plan and a roster.

Here the law's accounts are read (§ 32), and the rule of wishes is asked for its answers.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from api.library import LoadedPlan
from constraints.facts.orders import order_weeks
from constraints.facts.wishes import parts, refused_parts
from constraints.fair_share import FairShare
from constraints.wishes import Wishes
from scheduler.domain.duty import MunicipalDuty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Kind
from scheduler.rule import Outcome, Rule
from scheduler.writing.fairness.charts import pictures
from scheduler.writing.fairness.content import content
from scheduler.writing.fairness.source import Earlier, FairnessReport, Receipt, YearToDate

NAME = "fordeling"
ANONYMOUS = "fordeling-uten-navn"


def fairness(
    loaded: LoadedPlan, roster: Roster, *, earlier: Earlier | None = None, anonymous: bool = False
) -> FairnessReport:
    """Everything that the report tells of a roster.

    Args:
        loaded: the plan with its rules.
        roster: any roster of it.
        earlier: what an account book tells of earlier periods.
        anonymous: with pseudonyms and without what is personal.
    """
    timetable = Timetable(loaded.problem, roster)
    rule = next(rule for rule in loaded.rules if isinstance(rule, FairShare))
    return FairnessReport(
        timetable,
        rule.shares(loaded.problem),
        rule.settlements(timetable),
        rule_set=loaded.rule_set,
        order_weeks=order_weeks(timetable),
        needed_hours=needed_hours(loaded.problem),
        receipts=() if anonymous else tuple(_receipts(timetable, loaded.rules)),
        earlier=earlier,
        anonymous=anonymous,
    )


def fairness_files(report: FairnessReport) -> dict[str, bytes]:
    """fordeling.html, .pdf and .xlsx; an anonymous report has names of its own."""
    from scheduler.writing.fairness_html import to_html
    from scheduler.writing.fairness_pdf import to_pdf
    from scheduler.writing.fairness_workbook import to_workbook

    told = content(report)
    drawn = pictures(told)
    name = ANONYMOUS if report.anonymous else NAME
    judged_on = report.problem.judged_on
    return {
        f"{name}.html": to_html(told, drawn).encode(),
        f"{name}.pdf": to_pdf(told, drawn, judged_on),
        f"{name}.xlsx": to_workbook(told, judged_on),
    }


def earlier(book: Book, problem: Problem) -> Earlier:
    """What the closed periods of the year in which the plan begins have given everybody.

    A period that ends on the plan's first day or later is not told: it is this one.
    """
    year = problem.first_day.year
    worked: dict[str, Counter[Measure]] = {}
    parts: dict[str, Counter[Measure]] = {}
    for entry in book.closings:
        if entry.period and entry.period.first_day.year == year:
            if entry.period.last_day >= problem.first_day:
                continue
            for line in entry.lines:
                if line.doctor is not None and line.measure is not None:
                    if line.kind is Kind.WORKED:
                        worked.setdefault(line.doctor, Counter())[line.measure] += line.amount
                    elif line.kind is Kind.SHARE:
                        parts.setdefault(line.doctor, Counter())[line.measure] -= line.amount
    return Earlier(
        year,
        {
            doctor: YearToDate(
                _in_units(worked.get(doctor, Counter())), _in_units(parts.get(doctor, Counter()))
            )
            for doctor in sorted({*worked, *parts})
        },
        {doctor.id: book.holidays(doctor.id) for doctor in problem.doctors},
    )


def _in_units(steps: Mapping[Measure, int]) -> Mapping[Measure, Fraction]:
    return {measure: amount * measure.resolution for measure, amount in steps.items()}


def needed_hours(problem: Problem) -> Mapping[str, float]:
    """Hours of § 32 work that each municipality asks for; of a choice only what is used."""
    found: dict[str, float] = {town.id: 0.0 for town in problem.municipalities}
    seen: set[str] = set()
    for duty in problem.duties:
        if isinstance(duty.type, MunicipalDuty) and duty.choice not in seen:
            found[duty.type.municipality] += duty.minutes * duty.needed / 60
            seen.update((duty.choice,) if duty.choice else ())
    return found


def _receipts(timetable: Timetable, rules: tuple[Rule, ...]) -> Iterator[Receipt]:
    """The answers of the rule of wishes; a wish that means no duty has none."""
    for rule in rules:
        if isinstance(rule, Wishes):
            for case in rule.check(timetable):
                if case.outcome is not Outcome.NOTICE and case.doctor is not None:
                    yield Receipt(
                        case.doctor,
                        case.outcome is Outcome.KEPT,
                        rule.explain(timetable.problem, case),
                        partly=_partly(timetable, str(case.fact("wish"))),
                    )


def _partly(timetable: Timetable, wish_id: str) -> bool:
    """Whether some, but not all, of what the wish asks for was refused."""
    wish = next(own for own in timetable.problem.wishes if own.id == wish_id)
    return 0 < refused_parts(timetable, wish) < len(parts(timetable.problem, wish))
