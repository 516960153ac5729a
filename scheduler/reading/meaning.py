"""A plan to a `Problem`: all faults of meaning at once, remarks beside."""

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from scheduler.domain.problem import Problem
from scheduler.reading import convert
from scheduler.reading.checks import check_parts, check_period
from scheduler.reading.expand import duties_of
from scheduler.reading.faults import PlanError, Remark
from scheduler.reading.findings import Findings
from scheduler.reading.load import load
from scheduler.reading.naming import check_tail, pins, published
from scheduler.reading.places import Places, TextPlaces
from scheduler.reading.plan import Plan
from scheduler.reading.rates import check_rates, general_rates
from scheduler.reading.references import check_ids, check_references
from scheduler.reading.settings import Parameters, check_settings
from scheduler.reading.shape import plan_of
from scheduler.reading.wishes import check_wishes, remark_wishes


@dataclass(frozen=True, slots=True)
class Reading:
    """A problem to solve, and what a person should know about the plan it came from."""

    problem: Problem
    remarks: tuple[Remark, ...]


def read_problem(path: Path, parameters: Parameters | None = None) -> Reading:
    """The problem in a plan file; faults name sheet, row and column, or path and line.

    Raises:
        PlanError: with all faults of shape, or else all faults of meaning.
    """
    source = load(path)
    return to_problem(plan_of(source), parameters, source.places)


def to_problem(
    plan: Plan, parameters: Parameters | None = None, places: Places | None = None
) -> Reading:
    """What the plan means.

    Args:
        plan: a plan of the right shape.
        parameters: rule id -> the rule's parameters; None leaves the settings unjudged.
        places: how to name places in the file that the plan came from.

    Raises:
        PlanError: with all faults of meaning.
    """
    findings = Findings(places or TextPlaces())
    usable = check_period(plan, findings)
    check_ids(plan, findings)
    check_references(plan, findings)
    check_parts(plan, findings)
    check_wishes(plan, findings)
    if parameters is not None:
        check_settings(plan, parameters, findings)
    if not usable:
        raise PlanError(findings.faults)
    kinds = convert.kinds_of(plan)
    duties = duties_of(plan, kinds, findings)
    check_tail(plan, kinds, findings)
    check_rates(plan, kinds, duties, findings)
    by_id = {duty.id: duty for duty in duties}
    own_pins = sorted(pins(plan, by_id, kinds, findings), key=attrgetter("duty", "doctor"))
    own_published = sorted(published(plan, by_id, kinds, findings))
    remark_wishes(plan, duties, findings)
    if findings.faults:
        raise PlanError(findings.faults)
    by_time = attrgetter("doctor", "interval.start", "interval.end")
    problem = Problem(
        title=plan.title,
        first_day=plan.first_day,
        last_day=plan.last_day,
        judged_on=plan.judged_on,
        municipalities=tuple(sorted(convert.municipalities(plan), key=attrgetter("id"))),
        places=tuple(sorted(convert.places(plan), key=attrgetter("id"))),
        doctors=tuple(
            sorted((convert.doctor(own, plan) for own in plan.doctors), key=attrgetter("id"))
        ),
        types=tuple(kinds.values()),
        duties=duties,
        agreements=tuple(sorted(convert.agreements(plan), key=repr)),
        meetings=tuple(sorted(convert.meetings(plan), key=by_time)),
        exemptions=tuple(sorted(convert.exemptions(plan), key=attrgetter("doctor", "id"))),
        absences=tuple(sorted(convert.absences(plan), key=by_time)),
        wishes=tuple(sorted(convert.wishes(plan), key=attrgetter("doctor", "id"))),
        pins=tuple(own_pins),
        tail=tuple(convert.tail(plan, kinds)),
        ledger=tuple(sorted(map(convert.account, plan.ledger), key=attrgetter("doctor"))),
        published=tuple(own_published),
        settings=plan.settings,
        rates=general_rates(plan),
    )
    return Reading(problem, tuple(findings.remarks))
