"""The independent checkers: every rule judges a finished roster, whoever made it.

Nothing here knows the model. A roster that fails a hard rule is reported case by case;
the caller decides what to do with it (the engine never hands one out as lawful).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain

from scheduler.changes.move import Move
from scheduler.changes.stops import Stop, Stops
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.garbage import uncollected
from scheduler.kept import Kept, parts_of
from scheduler.rule import Case, Outcome, Rule

CLOSEST = 3
_MOST_TRIES = 10_000  # doctors tried on holes; in an almost empty roster nothing would stop them


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
class Candidate:
    """A doctor who is not on a hole.

    Attributes:
        stop: the first case against filling the hole with the doctor; None if nothing is.
    """

    doctor: str
    stop: Stop | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Hole:
    """Uncovered duties that would be given away together, and what stops each doctor.

    Attributes:
        candidates: one for each doctor who is not on it; empty in a roster with so many holes
            that explaining them all would take minutes.
    """

    duties: tuple[Duty, ...]
    missing: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Report:
    """The judgement of all rules on a roster.

    Attributes:
        explains: whether `holes` tells what stops each doctor.
    """

    timetable: Timetable
    rules: tuple[RuleReport, ...]
    unknown: tuple[Assignment, ...] = ()
    explains: bool = True

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """Each hole with what stops each doctor; found out when it is asked for, which takes long.

        Empty where nothing is to be explained.
        """
        if not self.explains:
            return ()
        return tuple(_holes(self.timetable, [own.rule for own in self.rules]))

    @property
    def breaches(self) -> tuple[Case, ...]:
        """All breaches of hard rules, in the order of the rules."""
        return tuple(case for rule in self.rules for case in rule.breaches)

    @property
    def uncovered(self) -> tuple[Case, ...]:
        """Everything that lacks cover."""
        return tuple(case for rule in self.rules for case in rule.holes)

    @property
    def other_holes(self) -> tuple[Case, ...]:
        """What is uncovered without being told by a duty that lacks a doctor."""
        timetable = self.timetable
        told = {
            member.id
            for duty in timetable.holes
            for member in (timetable.choices[duty.choice] if duty.choice else (duty,))
        }
        return tuple(case for case in self.uncovered if not told.intersection(case.duties))

    @property
    def lacking(self) -> int:
        """How many duties lack a doctor, and times that lack one without a duty that does.

        Two rules may find one duty without a doctor; it is one hole.
        """
        return len(self.timetable.holes) + len(self.other_holes)

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
        explain_holes: the report also finds out, for each hole, what stops each doctor.
    """
    with uncollected():  # cases stay, and there are as many as comparisons
        reports = tuple(_report(rule, timetable) for rule in rules)
    return Report(timetable, reports, timetable.unknown, explain_holes)


def _report(rule: Rule, timetable: Timetable) -> RuleReport:
    checked = 0
    found: dict[Outcome, list[Case]] = {outcome: [] for outcome in Outcome}
    closest: list[Case] = []
    farthest = math.inf
    kept = Outcome.KEPT
    for cases in chain.from_iterable(map(parts_of, rule.judgements(timetable))):
        if isinstance(cases, Kept) and (cases.least is None or cases.least >= farthest):
            checked += cases.count
            continue
        for case in cases:
            checked += 1
            outcome, margin = case[1], case[7]  # quicker than by name, or all at once
            if outcome is not kept:
                found[outcome].append(case)
            elif margin is not None and margin < farthest:
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
    stops = Stops(timetable, rules)
    tries = 0
    seen: set[str] = set()
    for duty in timetable.holes:
        if duty.unit in seen:
            continue
        seen.add(duty.unit)
        duties = timetable.problem.units[duty.unit]
        on_duty = timetable.doctors_on(duty.id)
        found = []
        for doctor in timetable.problem.doctors if tries < _MOST_TRIES else ():
            if doctor.id not in on_duty:
                tries += stops.closed(doctor.id, duty.unit) is None
                found.append(_candidate(stops, doctor, duty.unit))
        yield Hole(duties, timetable.missing(duty), tuple(found))


def _candidate(stops: Stops, doctor: Doctor, unit: str) -> Candidate:
    """First what closes the unit, then what the doctor's work says, last what concerns several."""
    move = Move(on=((doctor.id, unit),))
    stop = stops.own(move) or stops.common(move)
    if stop is None:
        free = f"{doctor.name} kan ta dette uten at noen regel brytes."
        return Candidate(doctor.id, None, free)
    return Candidate(doctor.id, stop, stop.sentence(stops.timetable))
