"""The independent checkers: every rule judges a finished roster, whoever made it.

Nothing here knows the model. A roster that fails a hard rule is reported case by case;
the caller decides what to do with it (the engine never hands one out as lawful).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome, Rule

CLOSEST = 3
_MOST_TRIES = 2_000  # doctors tried on holes; in an almost empty roster nothing would stop them


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

    @property
    def departures(self) -> tuple[Case, ...]:
        """Exceptions on which the municipality has put a price: a matter of quality."""
        return self.exceptions if self.rule.prices else ()

    @property
    def from_main_rule(self) -> tuple[Case, ...]:
        """Exceptions from a main rule, as the rule itself allows them."""
        return () if self.rule.prices else self.exceptions


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a doctor cannot fill a hole: the first case against it, or None if nothing is."""

    doctor: str
    rule: Rule | None
    case: Case | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Hole:
    """Uncovered duties that would be given away together, and what stops each doctor.

    Attributes:
        stops: one for each doctor who is not on it; empty in a roster with so many holes that
            explaining them all would take minutes.
    """

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
    closest: list[Case] = []
    farthest = math.inf
    kept = Outcome.KEPT
    for case in rule.check(timetable):
        checked += 1
        if case.outcome is not kept:
            found[case.outcome].append(case)
        elif case.margin is not None and case.margin < farthest:
            closest = nsmallest(CLOSEST, [*closest, case], key=_margin)
            farthest = _margin(closest[-1]) if len(closest) == CLOSEST else math.inf
    return RuleReport(
        rule,
        checked,
        breaches=tuple(found[Outcome.BREACH]),
        holes=tuple(found[Outcome.HOLE]),
        exceptions=tuple(found[Outcome.EXCEPTION]),
        notices=tuple(found[Outcome.NOTICE]),
        closest=tuple(closest),
    )


def _margin(case: Case) -> float:
    return case.margin or 0.0


def _holes(timetable: Timetable, rules: Sequence[Rule]) -> Iterator[Hole]:
    """Each hole once, a block as a whole, with what stops each doctor."""
    if not timetable.holes:
        return
    search = _StopSearch(timetable, rules)
    seen: set[str] = set()
    for duty in timetable.holes:
        if duty.unit in seen:
            continue
        seen.add(duty.unit)
        duties = timetable.problem.units[duty.unit]
        on_duty = timetable.doctors_on(duty.id)
        others = [d for d in timetable.problem.doctors if d.id not in on_duty]
        stops = [search.stop(doctor, duties) for doctor in others] if search.goes_on else []
        yield Hole(duties, timetable.missing(duty), tuple(stops))


class _StopSearch:
    """Finds the first case against a doctor on some duties.

    First what closes the duty to the doctor from the start, then what the doctor's own work
    says, last what concerns several doctors: each in the order of the rules.
    """

    def __init__(self, timetable: Timetable, rules: Sequence[Rule]) -> None:
        self._timetable = timetable
        self._rules = [rule for rule in rules if rule.binds]
        self._tries = _MOST_TRIES
        self._joint = [r for r in self._rules if type(r).check_roster is not Rule.check_roster]
        self._holes = {d.id for h in timetable.holes for d in timetable.problem.units[h.unit]}
        self._closed: dict[str, Mapping[str, Stop]] = {}
        self._before: dict[str, frozenset[Case]] = {}

    @property
    def goes_on(self) -> bool:
        """Whether there is still time to explain."""
        return self._tries > 0

    def stop(self, doctor: Doctor, duties: Sequence[Duty]) -> Stop:
        """The first case against giving the doctor all of the duties."""
        if doctor.id not in self._closed:
            self._closed[doctor.id] = self._closed_to(doctor)
        for duty in duties:
            if duty.id in self._closed[doctor.id]:
                return self._closed[doctor.id][duty.id]
        self._tries -= 1
        tried = self._timetable.with_assignment(doctor.id, [duty.id for duty in duties])
        for rule in self._rules:
            for case in rule.check_doctor(tried, doctor):
                if case.outcome is Outcome.BREACH and case not in self._own(doctor):
                    return self._told(doctor, rule, case)
        for rule in self._joint:
            for case in rule.check_roster(tried):
                if case.outcome is Outcome.BREACH and case not in self._common:
                    return self._told(doctor, rule, case)
        return Stop(doctor.id, None, None, f"{doctor.name} kan ta dette uten at noen regel brytes.")

    def _told(self, doctor: Doctor, rule: Rule, case: Case) -> Stop:
        return Stop(doctor.id, rule, case, rule.explain(self._timetable.problem, case))

    def _closed_to(self, doctor: Doctor) -> Mapping[str, Stop]:
        """For each hole closed to the doctor from the start: the first rule that closes it."""
        found: dict[str, Stop] = {}
        for rule in self._rules:
            for case in rule.stops(self._timetable.problem, doctor):
                for duty_id in self._holes.intersection(case.duties):
                    found.setdefault(duty_id, self._told(doctor, rule, case))
        return found

    def _own(self, doctor: Doctor) -> frozenset[Case]:
        """What the doctor's work breaks already."""
        if doctor.id not in self._before:
            self._before[doctor.id] = frozenset(
                case
                for rule in self._rules
                for case in rule.check_doctor(self._timetable, doctor)
                if case.outcome is Outcome.BREACH
            )
        return self._before[doctor.id]

    @cached_property
    def _common(self) -> frozenset[Case]:
        """What the roster as a whole breaks already."""
        return frozenset(
            case
            for rule in self._joint
            for case in rule.check_roster(self._timetable)
            if case.outcome is Outcome.BREACH
        )
