"""What is left of a roster after what happened, and what may change hands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from scheduler.changes.move import Hand
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.repairing.judging import breaches, tolerated
from scheduler.rule import Case, Rule


@dataclass(frozen=True)
class Situation:
    """A roster with duties that have lost their doctors.

    Attributes:
        before: the published roster on the problem as it was.
        left: what is left of it on the problem as it is now.
        rules: the rules of the problem as it is now.
        moment: nothing that began before it changes, UTC.
        frozen_until: what begins before it changes only if it has lost its doctor, UTC.
        fallen: doctors who are concerned by what happened; they are not counted as touched.
        lost: who no longer has which unit.
        drift: breaches of the roster as a whole that the plan brings as it has become since,
            whatever happened: a repair mends them if it can.
        excused: those of them that it need not mend, since it could not mend them too.
    """

    before: Timetable
    left: Timetable
    rules: tuple[Rule, ...]
    moment: datetime
    frozen_until: datetime
    fallen: frozenset[str]
    lost: tuple[Hand, ...]
    drift: frozenset[Case] = frozenset()
    excused: frozenset[Case] = frozenset()

    @property
    def problem(self) -> Problem:
        """The problem as it is now."""
        return self.left.problem

    @cached_property
    def wanted(self) -> Mapping[str, int]:
        """How many doctors each unit, or each choice of units, should have again.

        As many as before, no more than are needed now, and all that are needed more than before.
        """
        found: dict[str, int] = {}
        old = self.before.problem
        for key, units in self.groups.items():
            duties = [self.problem.units[unit][0] for unit in units]
            was = [old.duty_by_id[duty.id] for duty in duties if duty.id in old.duty_by_id]
            if all(self.problem.units[unit][0].start < self.moment for unit in units):
                found[key] = self.have(key, self.left)  # what has begun is not repaired
                continue
            had = sum(len(self.before.doctors_on(duty.id)) for duty in was)
            needed = duties[0].needed
            more = needed - was[0].needed if was else needed
            found[key] = min(needed, had + max(0, more))
        return found

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """What is wanted together: the units of a choice, or a unit by itself."""
        found: dict[str, list[str]] = {}
        for unit, duties in self.problem.units.items():
            found.setdefault(duties[0].choice or unit, []).append(unit)
        return {key: tuple(units) for key, units in found.items()}

    @cached_property
    def gaps(self) -> Mapping[str, int]:
        """For each unit or choice that lacks doctors now: how many it lacks."""
        return {
            key: lacks
            for key, wanted in self.wanted.items()
            if (lacks := wanted - self.have(key, self.left)) > 0
        }

    def have(self, key: str, timetable: Timetable) -> int:
        """How many doctors a unit or choice has."""
        firsts = (self.problem.units[unit][0] for unit in self.groups[key])
        return sum(len(timetable.doctors_on(duty.id)) for duty in firsts)

    @cached_property
    def open_units(self) -> frozenset[str]:
        """Units that may change hands freely: none of their duties begins in the frozen window."""
        return frozenset(
            unit
            for unit, duties in self.problem.units.items()
            if duties[0].start >= max(self.moment, self.frozen_until)
        )

    @cached_property
    def fillable(self) -> frozenset[str]:
        """Units that may get a doctor because they lack one, the frozen window included."""
        return frozenset(
            unit
            for key in self.gaps
            for unit in self.groups[key]
            if self.problem.units[unit][0].start >= self.moment
        )


def closed_duties(
    problem: Problem, rules: Sequence[Rule], doctors: Collection[str]
) -> dict[str, set[str]]:
    """For each of the doctors: ids of the duties that a rule closes from the start."""
    return {
        doctor.id: {
            duty for rule in rules for case in rule.stops(problem, doctor) for duty in case.duties
        }
        for doctor in problem.doctors
        if doctor.id in doctors
    }


def newly_closed(
    before: Timetable,
    was: Sequence[Rule],
    problem: Problem,
    rules: Sequence[Rule],
    moment: datetime,
) -> Iterator[tuple[str, Duty]]:
    """Who had which duty from the moment on that is closed now and was not before."""
    doctors = {own.doctor for own in before.roster.assignments}
    old, new = closed_duties(before.problem, was, doctors), closed_duties(problem, rules, doctors)
    for own in before.roster.assignments:
        duty = problem.duty_by_id.get(own.duty)
        fresh = new.get(own.doctor, set()) - old.get(own.doctor, set())
        if duty and duty.start >= moment and own.duty in fresh:
            yield own.doctor, duty


def cut(before: Timetable, closed: Sequence[tuple[str, Duty]], moment: datetime) -> set[str]:
    """Ids of closed duties whose block has begun: they can only be given away by themselves."""
    return {
        duty.id
        for doctor, duty in closed
        if duty.id in before.problem.duty_by_id
        and any(
            other.start < moment and doctor in before.doctors_on(other.id)
            for other in before.problem.units[before.problem.duty_by_id[duty.id].unit]
        )
    }


def situation(
    before: Timetable,
    problem: Problem,
    rules: Sequence[Rule],
    closed: Sequence[tuple[str, Duty]],
    *,
    moment: datetime,
    frozen_until: datetime,
    fallen: Collection[str],
) -> Situation:
    """What is left when those who can no longer have their duties are off them.

    Args:
        before: the published roster on the problem as it was.
        problem: as it is now.
        rules: of the problem as it is now.
        closed: what `newly_closed` found.
        moment: nothing that began before it changes, UTC.
        frozen_until: what begins before it changes only if it has lost its doctor, UTC.
        fallen: doctors whom something happened to.
    """
    lost = {(doctor, problem.duty_by_id[duty.id].unit) for doctor, duty in closed}
    left = _without(before, problem, lost)
    # A duty that was moved stays with its doctor unless that breaks something.
    for own in before.roster.assignments:
        old, new = before.problem.duty_by_id.get(own.duty), problem.duty_by_id.get(own.duty)
        if old and new and old.interval != new.interval and new.start >= moment:
            doctor = problem.doctor_by_id[own.doctor]
            known = breaches(before, rules, doctor)
            for case in breaches(left, rules, doctor):
                if new.id in case.duties and not tolerated(case, known):
                    lost.add((doctor.id, new.unit))
    left = _without(before, problem, lost)
    everybody = {*fallen, *(doctor for doctor, _ in lost)}
    return Situation(
        before,
        left,
        tuple(rules),
        moment,
        frozen_until,
        frozenset(everybody),
        tuple(sorted(lost, key=lambda hand: (problem.units[hand[1]][0].start, hand))),
    )


def _without(before: Timetable, problem: Problem, lost: Collection[Hand]) -> Timetable:
    """The roster on another problem, without some hands and without duties that are gone."""
    kept = [
        Assignment(own.duty, own.doctor)
        for own in before.roster.assignments
        if own.duty in problem.duty_by_id
        and own.doctor in problem.doctor_by_id
        and (own.doctor, problem.duty_by_id[own.duty].unit) not in lost
    ]
    return Timetable(problem, Roster.of(problem, kept))
