"""What a solved scenario comes to: the figures of its roster, by doctor and by municipality.

Here the law's accounts are read (§ 32, lost opening hours, what municipal work costs), so that
what is told of an alternative is what the rules themselves say of it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.legality import targets
from api.library import LoadedPlan
from constraints.catalogue import rules_for
from constraints.facts.orders import order_weeks
from constraints.fair_share import FairShare
from constraints.municipal_cost import MunicipalCost
from constraints.practice_hours_lost import PracticeHoursLost
from constraints.round_the_clock import RoundTheClock
from scheduler.checking import Report, check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.fairness.measures import Measure
from scheduler.rule import Authority, Rule
from scheduler.tallies import tally
from scheduler.whatif.cost import duty_cost
from scheduler.whatif.scenarios import CostRate
from scheduler.writing.comparison.source import (
    Cost,
    DoctorFigures,
    Figures,
    RuleCount,
    TownFigures,
)

_NO_MAIN_RULE = (Authority.FAIRNESS, Authority.WISH)


def figures(
    loaded: LoadedPlan, roster: Roster, rates: Sequence[CostRate], base: LoadedPlan
) -> Figures:
    """Everything that is compared.

    Args:
        loaded: the scenario's plan.
        roster: of it.
        rates: kroner an hour of duty.
        base: the plan as it is; the roster is also judged by its settings.
    """
    timetable = Timetable(loaded.problem, roster)
    report = check(timetable, _judging(loaded.rules), explain_holes=False)
    doctors = doctor_figures(timetable, loaded.rules)
    duties = duty_cost(timetable, rates)
    municipal = municipal_cost(timetable, loaded.rules)
    needed, covered = _hours(timetable)
    return Figures(
        doctors=doctors,
        towns=_towns(timetable.problem, doctors, municipal),
        needed_hours=needed,
        covered_hours=covered,
        holes=len(timetable.holes),
        lawful=report.lawful,
        exceptions=_exceptions(report),
        departures=sum(len(own.departures) for own in report.rules),
        cost=Cost(
            None if duties.kroner is None else float(duties.kroner),
            sum(municipal.values()) if municipal is not None else None,
            duties.unpriced_minutes / 60 if rates else 0.0,
        ),
        levels=roster.provenance.levels,
        unplanned_hours=_unplanned(report),
        night_places=_night_places(timetable),
        by_base_settings=_by_base_settings(timetable, report, base.problem),
    )


def _judging(rules: Sequence[Rule]) -> list[Rule]:
    """The rules that can be broken or departed from: shares are told by doctor already."""
    return [rule for rule in rules if not isinstance(rule, FairShare)]


def doctor_figures(timetable: Timetable, rules: tuple[Rule, ...]) -> Mapping[str, DoctorFigures]:
    """What every doctor carries, in the words of the rules."""
    problem = timetable.problem
    fair = next(rule for rule in rules if isinstance(rule, FairShare))
    worked = fair.worked(timetable)
    aims = targets(timetable, rules)
    ordered = Counter[str]()
    for week in order_weeks(timetable):
        ordered[week.doctor] += week.ordered
    lost = lost_minutes(timetable, rules)
    found = {}
    for doctor, own in zip(problem.doctors, tally(timetable), strict=True):
        found[doctor.id] = DoctorFigures(
            municipality=doctor.municipality,
            points=float(worked[doctor.id, Measure.POINTS]) / 100,
            aim=aims[doctor.id].aim,
            nights=own.nights,
            weekends=len(own.weekends),
            holidays=own.holiday_count,
            duty_hours=own.shift_minutes / 60,
            ordered_hours=ordered[doctor.id] / 60,
            lost_hours=lost[doctor.id] / 60,
        )
    return found


def lost_minutes(timetable: Timetable, rules: Sequence[Rule]) -> Counter[str]:
    """Opening hours that duties and the rest after nights take, by doctor."""
    rule = next(
        (rule for rule in rules if isinstance(rule, PracticeHoursLost)), PracticeHoursLost()
    )
    found = Counter[str]()
    for doctor in timetable.problem.doctors:
        for case in rule.check_doctor(timetable, doctor):
            found[doctor.id] += round((case.measured or 0.0) * 60)
    return found


def municipal_cost(timetable: Timetable, rules: Sequence[Rule]) -> Mapping[str, float] | None:
    """Kroner by municipality; None unless the municipality has set rates of its own.

    The rates that the rule begins with are those of 2024 and are nobody's choice.
    """
    chosen = timetable.problem.settings.get(MunicipalCost.id, {})
    if not any(value is not None for value in chosen.values()):
        return None
    rule = next((rule for rule in rules if isinstance(rule, MunicipalCost)), None)
    if rule is None:
        return None
    # Only what the municipality itself has set has a price; the rest counts as nothing.
    values: dict[str, Any] = {
        parameter.name: chosen.get(parameter.name) or _nothing(parameter.default)
        for parameter in rule.parameters()
    }
    own = replace(rule, **values)
    return {
        str(case.fact("municipality")): float(case.measured or 0)
        for case in own.check_roster(timetable)
    }


def _nothing(default: object) -> int | None:
    return None if default is None else 0


def _hours(timetable: Timetable) -> tuple[float, float]:
    """Doctor hours that the plan asks for, and those that are covered; choices count once."""
    needed = missing = 0
    seen: set[str] = set()
    for duty in timetable.problem.duties:
        if duty.choice is None or duty.choice not in seen:
            needed += duty.minutes * duty.needed
            seen.update((duty.choice,) if duty.choice else ())
    for duty in timetable.holes:
        missing += duty.minutes * timetable.missing(duty)
    return needed / 60, (needed - missing) / 60


def _unplanned(report: Report) -> float:
    """Hours in which nobody is on duty and no duty is planned."""
    return sum(
        case.when.minutes / 60
        for own in report.rules
        if isinstance(own.rule, RoundTheClock)
        for case in own.holes
        if case.when and not case.duties
    )


def _night_places(timetable: Timetable) -> tuple[str, ...]:
    """Where somebody is first in line at night."""
    problem = timetable.problem
    own = {
        duty.type.place
        for duty in problem.duties
        if duty.is_shift and duty.is_night and not duty.is_backup
    }
    return tuple(place.name for place in problem.places if place.id in own)


def _exceptions(report: Report) -> tuple[RuleCount, ...]:
    """Departures from main rules; that a wish was refused or a share not met is none."""
    return tuple(
        RuleCount(own.rule.id, own.rule.title, len(own.from_main_rule))
        for own in report.rules
        if own.from_main_rule and own.rule.authority not in _NO_MAIN_RULE
    )


def _by_base_settings(timetable: Timetable, report: Report, base: Problem) -> int | None:
    """How many more breaches and exceptions there are by the settings of the base plan."""
    problem = timetable.problem
    if problem.settings == base.settings:
        return None
    as_before = replace(problem, settings=base.settings)
    again = check(
        Timetable(as_before, Roster.of(as_before, timetable.roster.assignments)),
        _judging(rules_for(as_before)),
        explain_holes=False,
    )
    return max(0, _departing(again) - _departing(report))


def _departing(report: Report) -> int:
    return sum(len(own.breaches) + len(own.from_main_rule) for own in report.rules)


def _towns(
    problem: Problem,
    doctors: Mapping[str, DoctorFigures],
    municipal: Mapping[str, float] | None,
) -> Mapping[str, TownFigures]:
    found = {}
    for town in problem.municipalities:
        own = [figure for figure in doctors.values() if figure.municipality == town.id]
        found[town.id] = TownFigures(
            name=town.name,
            doctors=sum(figure.owes for figure in own),
            points=sum(figure.points for figure in own),
            nights=sum(figure.nights for figure in own),
            ordered_hours=sum(figure.ordered_hours for figure in own),
            lost_hours=sum(figure.lost_hours for figure in own),
            municipal_cost=None if municipal is None else municipal.get(town.id, 0.0),
        )
    return found
