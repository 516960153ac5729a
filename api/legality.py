"""Puts the legality report together from a plan, a roster and its judgement.

Here the law's names for what the report tells are given: on what basis orders are counted,
and what is said of exemptions, whose kind and reason never leave the plan.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from api.library import LoadedPlan
from constraints.bars import ExemptionRule
from constraints.facts.orders import order_weeks
from constraints.facts.points import RATE_BASIS
from constraints.fair_share import FairShare
from scheduler.checking import Report
from scheduler.domain.doctor import Doctor, Exemption
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import DAY, Interval, local_day
from scheduler.fairness.measures import Measure
from scheduler.rule import Outcome, Rule
from scheduler.solving.costs import costs
from scheduler.writing.legality import ExemptionRow, LegalityReport, Target
from scheduler.writing.wording import short_day

EXEMPTION_BASIS = "fritak etter fastlegeforskriften § 33"
ORDER_BASIS = "fastlegeforskriften § 32"


def legality(loaded: LoadedPlan, roster: Roster, report: Report) -> LegalityReport:
    """Everything that the report tells of a roster.

    Args:
        loaded: the plan with its rules and remarks.
        roster: what was judged.
        report: its judgement by these rules.
    """
    timetable = Timetable(loaded.problem, roster)
    return LegalityReport(
        report=report,
        rule_set=loaded.rule_set,
        order_weeks=order_weeks(timetable),
        order_basis=ORDER_BASIS,
        targets=targets(timetable, loaded.rules),
        costs=costs(timetable, loaded.rules) if report.lawful else {},
        exemptions=tuple(exemption_rows(loaded.problem, loaded.rules)),
        discreet={r.id: EXEMPTION_BASIS for r in loaded.rules if isinstance(r, ExemptionRule)},
        remarks=loaded.remarks,
        rate_basis=RATE_BASIS,
    )


def targets(timetable: Timetable, rules: tuple[Rule, ...]) -> Mapping[str, Target]:
    """Everybody's fair share as the rule of fair shares judges it, by doctor id.

    Weekends and great holidays are shares of what was in fact worked.
    """
    rule = next((rule for rule in rules if isinstance(rule, FairShare)), None)
    if rule is None:
        return {}
    problem = timetable.problem
    shares = rule.shares(problem)
    worked = rule.worked(timetable)
    found: dict[Measure, Mapping[str, float]] = {}
    for measure in Measure:
        total = sum(worked[doctor.id, measure] for doctor in problem.doctors)
        owed = shares.owed(measure, total)
        found[measure] = {doctor: float(part) for doctor, part in owed.items()}
    points = found[Measure.POINTS]
    carried = {s.doctor: float(s.carried / 100) for s in shares.pool(Measure.POINTS)}
    return {
        doctor.id: Target(
            points[doctor.id] / 100 if doctor.id in points else None,
            carried.get(doctor.id, 0.0),
            found[Measure.NIGHTS].get(doctor.id),
            found[Measure.WEEKENDS].get(doctor.id),
            found[Measure.GREAT_HOLIDAYS].get(doctor.id),
            (worked[doctor.id, Measure.POINTS] - _shift_points(timetable, doctor)) / 100,
        )
        for doctor in problem.doctors
    }


def _shift_points(timetable: Timetable, doctor: Doctor) -> int:
    """Hundredths of a point that the doctor's shifts alone weigh."""
    return sum(duty.burden for duty in timetable.duties_of(doctor.id) if duty.is_shift)


def exemption_rows(problem: Problem, rules: tuple[Rule, ...]) -> list[ExemptionRow]:
    """The exemptions that hold in the period, and those that a human must settle first.

    Each record is tried alone, so that the row has its own days and case number.
    """
    own = [rule for rule in rules if isinstance(rule, ExemptionRule)]
    found = []
    for doctor in problem.doctors:
        for exemption in problem.exemptions_of.get(doctor.id, ()):
            found += _rows(problem, own, doctor, exemption)
    return found


def _rows(
    problem: Problem, rules: list[ExemptionRule], doctor: Doctor, exemption: Exemption
) -> list[ExemptionRow]:
    alone = replace(problem, exemptions=(exemption,))
    name = " ".join(doctor.name.split())
    intervals = [
        bar.interval
        for rule in rules
        for bar in rule.bars(alone, doctor)
        if bar.interval.overlaps(problem.period)
    ]
    if intervals:
        return [
            ExemptionRow(name, _days(problem, interval), EXEMPTION_BASIS, exemption.reference)
            for interval in intervals
        ]
    empty = Timetable(alone, Roster.of(alone, ()))
    asked = [
        case
        for rule in rules
        for case in rule.check_doctor(empty, doctor)
        if case.outcome is Outcome.NOTICE
    ]
    if not asked:
        return []
    return [ExemptionRow(name, "–", EXEMPTION_BASIS, exemption.reference, in_force=False)]


def _days(problem: Problem, interval: Interval) -> str:
    """The days inside the period alone: where an exemption begins or ends may tell why."""
    first = max(problem.first_day, local_day(interval.start))
    last = min(problem.last_day, local_day(interval.end) - DAY)
    if (first, last) == (problem.first_day, problem.last_day):
        return "hele perioden"
    return _span(first, last)


def _span(first: date, last: date) -> str:
    return short_day(first) if first == last else f"{short_day(first)}–{short_day(last)}"
