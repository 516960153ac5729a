"""Explanations: the model of everything that can be blamed, a hole with its ways out, why me.

The hole is made: whoever has a night is away, and so is everybody who has nothing at that time. The
others have other duties then.
"""

from collections.abc import Iterator
from dataclasses import replace

from api import library
from benchmarks.districts import district
from benchmarks.tasks.timing import Timing, timed
from constraints.waivers import leave
from scheduler.domain.doctor import Absence, AbsenceKind
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.explaining.conflict import Explainer, HoleAnswer
from scheduler.explaining.elements import demands
from scheduler.explaining.holders import Holders
from scheduler.explaining.ways import WaysOut
from scheduler.rule import Rule
from scheduler.solving.construct import construct
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index

SIZES = ((20, 13), (40, 26))


def measure() -> Iterator[Timing]:
    """The tasks on every size."""
    for doctors, weeks in SIZES:
        yield from _on(f"district/{doctors}x{weeks}", district(doctors, weeks))


def _on(instance: str, plan: library.LoadedPlan) -> Iterator[Timing]:
    full = _roster(plan.problem, plan.rules)
    asked = _night(plan.problem, full)
    problem = _with_hole(plan.problem, full, asked)
    left = Roster.of(problem, _possible(problem, full))
    timetable = Timetable(problem, left)
    yield timed("explain, model", instance, lambda: Explainer(problem, plan.rules), runs=2)
    explainer = Explainer(problem, plan.rules)
    answers: list[HoleAnswer] = []
    yield timed(
        "explain, one hole", instance, lambda: answers.append(explainer.hole(timetable, asked))
    )
    conflict = answers[-1].conflict
    told = f"{len(conflict.elements)} elements" if conflict else answers[-1].finding.value
    ways = WaysOut(explainer, plan.rules, leave(problem, plan.rules))
    duties = next(own for own in demands(problem) if asked in own)
    found = ways.of_hole(timetable, duties)
    yield timed(
        "explain, ways out",
        instance,
        lambda: ways.of_hole(timetable, duties),
        runs=1,
        note=f"{told}; {len(found)} ways",
    )
    first = next(duty for duty in problem.duties if duty.is_shift and timetable.doctors_on(duty.id))
    holder = timetable.doctors_on(first.id)[0]
    others = Holders(timetable, plan.rules).others(holder, first.unit)
    yield timed(
        "explain, why this doctor",
        instance,
        lambda: Holders(timetable, plan.rules).others(holder, first.unit),
        runs=1,
        note=f"{sum(own.stop is None for own in others)} of {len(others)} able",
    )


def _roster(problem: Problem, rules: tuple[Rule, ...]) -> Roster:
    """The first roster of the search."""
    draft = Draft(problem, rules)
    state = construct(Index(draft.model), seed=1)
    return Roster.of(problem, draft.assignments(state.chosen))


def _night(problem: Problem, full: Roster) -> Duty:
    """A night in the middle of the plan that one doctor has."""
    timetable = Timetable(problem, full)
    nights = [d for d in problem.duties if d.is_night and d.is_shift and timetable.doctors_on(d.id)]
    return nights[len(nights) // 2]


def _with_hole(problem: Problem, full: Roster, asked: Duty) -> Problem:
    """Everybody is away that night but those who have another duty then."""
    near = {
        own.doctor
        for own in full.assignments
        if problem.duty_by_id[own.duty].interval.overlaps(asked.interval)
    }
    gone = sorted({doctor.id for doctor in problem.doctors} - near)
    holder = Timetable(problem, full).doctors_on(asked.id)
    away = tuple(Absence(doctor, asked.interval, AbsenceKind.OTHER) for doctor in (*gone, *holder))
    return replace(problem, absences=(*problem.absences, *away))


def _possible(problem: Problem, full: Roster) -> Iterator[Assignment]:
    """What is left of a roster when those who are away have nothing then."""
    for own in full.assignments:
        interval = problem.duty_by_id[own.duty].interval
        absences = problem.absences_of.get(own.doctor, ())
        if not any(absence.interval.overlaps(interval) for absence in absences):
            yield own
