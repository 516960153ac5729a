"""The independent checkers: every rule judges a finished roster, whoever made it.

Nothing here knows the model. A roster that fails a hard rule is reported case by case;
the caller decides what to do with it (the engine never hands one out as lawful).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome, Rule

CLOSEST = 3


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What one rule's checker found.

    Attributes:
        checked: number of judgements made.
        closest: kept cases with the least margin, closest first.
    """

    rule: Rule
    checked: int
    breaches: tuple[Case, ...]
    holes: tuple[Case, ...]
    exceptions: tuple[Case, ...]
    notices: tuple[Case, ...]
    closest: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a doctor cannot fill a hole: the first case against it, or None if nothing is."""

    doctor: str
    rule: Rule | None
    case: Case | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Hole:
    """Uncovered duties that would be given away together, and what stops each doctor."""

    duties: tuple[Duty, ...]
    missing: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Report:
    """The judgement of all rules on a roster."""

    timetable: Timetable
    rules: tuple[RuleReport, ...]
    holes: tuple[Hole, ...] = ()
    unknown: tuple[Assignment, ...] = field(default=())

    @property
    def breaches(self) -> tuple[Case, ...]:
        """All breaches of hard rules, in the order of the rules."""
        return tuple(case for rule in self.rules for case in rule.breaches)

    @property
    def uncovered(self) -> tuple[Case, ...]:
        """Everything that lacks cover."""
        return tuple(case for rule in self.rules for case in rule.holes)

    @property
    def lawful(self) -> bool:
        """No hard rule is broken and every assignment is known."""
        return not self.breaches and not self.unknown

    @property
    def complete(self) -> bool:
        """Nothing is uncovered."""
        return not self.uncovered

    def sentence(self, case: Case) -> str:
        """The rule's sentence about the case."""
        rule = next(own.rule for own in self.rules if own.rule.id == case.rule)
        return rule.explain(self.timetable.problem, case)


def check(timetable: Timetable, rules: Sequence[Rule], *, explain_holes: bool = True) -> Report:
    """Let every rule judge the roster.

    Args:
        timetable: the roster laid out on its problem.
        rules: in the order in which they are to be explained.
        explain_holes: also find out, for each hole, what stops each doctor.
    """
    reports = tuple(_report(rule, timetable) for rule in rules)
    holes = tuple(_holes(timetable, rules)) if explain_holes else ()
    return Report(timetable, reports, holes, timetable.unknown)


def _report(rule: Rule, timetable: Timetable) -> RuleReport:
    checked = 0
    found: dict[Outcome, list[Case]] = {outcome: [] for outcome in Outcome}
    for case in rule.check(timetable):
        checked += 1
        if case.outcome is not Outcome.KEPT or case.margin is not None:
            found[case.outcome].append(case)
    return RuleReport(
        rule,
        checked,
        breaches=tuple(found[Outcome.BREACH]),
        holes=tuple(found[Outcome.HOLE]),
        exceptions=tuple(found[Outcome.EXCEPTION]),
        notices=tuple(found[Outcome.NOTICE]),
        closest=tuple(nsmallest(CLOSEST, found[Outcome.KEPT], key=lambda c: c.margin or 0.0)),
    )


def _holes(timetable: Timetable, rules: Sequence[Rule]) -> Iterator[Hole]:
    """Each hole once, a block as a whole, with what stops each doctor."""
    if not timetable.holes:
        return
    problem = timetable.problem
    stopped = {doctor.id: _first_stops(timetable, rules, doctor.id) for doctor in problem.doctors}
    before: dict[str, frozenset[Case]] = {}
    seen: set[str] = set()
    for duty in timetable.holes:
        if duty.unit in seen:
            continue
        seen.add(duty.unit)
        duties = problem.units[duty.unit]
        stops = []
        for doctor in problem.doctors:
            if doctor.id in timetable.doctors_on(duty.id):
                continue
            stop = next(
                (stopped[doctor.id][d.id] for d in duties if d.id in stopped[doctor.id]), None
            )
            if stop is None:
                if doctor.id not in before:
                    before[doctor.id] = _breaches_of(timetable, rules, doctor.id)
                stop = _stop(timetable, rules, doctor.id, duties, before[doctor.id])
            stops.append(stop)
        yield Hole(duties, timetable.missing(duty), tuple(stops))


def _first_stops(timetable: Timetable, rules: Sequence[Rule], doctor_id: str) -> Mapping[str, Stop]:
    """For each duty closed to the doctor from the start: the first rule that closes it."""
    problem = timetable.problem
    doctor = problem.doctor_by_id[doctor_id]
    holes = {d.id for hole in timetable.holes for d in problem.units[hole.unit]}
    found: dict[str, Stop] = {}
    for rule in rules:
        for case in rule.stops(problem, doctor):
            for duty_id in case.duties:
                if duty_id in holes and duty_id not in found:
                    found[duty_id] = Stop(doctor_id, rule, case, rule.explain(problem, case))
    return found


def _breaches_of(timetable: Timetable, rules: Sequence[Rule], doctor_id: str) -> frozenset[Case]:
    doctor = timetable.problem.doctor_by_id[doctor_id]
    return frozenset(
        case
        for rule in rules
        for case in (*rule.check_doctor(timetable, doctor), *rule.check_roster(timetable))
        if case.outcome is Outcome.BREACH
    )


def _stop(
    timetable: Timetable,
    rules: Sequence[Rule],
    doctor_id: str,
    duties: Sequence[Duty],
    before: frozenset[Case],
) -> Stop:
    """Give the duties to the doctor and take the first breach that comes of it."""
    problem = timetable.problem
    doctor = problem.doctor_by_id[doctor_id]
    tried = timetable.with_assignment(doctor_id, [duty.id for duty in duties])
    for rule in rules:
        for case in (*rule.check_doctor(tried, doctor), *rule.check_roster(tried)):
            if case.outcome is Outcome.BREACH and case not in before:
                return Stop(doctor_id, rule, case, rule.explain(problem, case))
    return Stop(doctor_id, None, None, f"{doctor.name} kan ta dette uten at noen regel brytes.")
