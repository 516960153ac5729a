"""When one doctor's own practice is open, as a row of intervals that is kept with the problem."""

from datetime import date

from constraints.facts.closures import hours_of
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.time import Interval


def openings_in_order(
    problem: Problem, doctor: Doctor, first: date, last: date
) -> tuple[Interval, ...]:
    """The opening hours of these days without the absences, in order of time."""
    return problem.remembered(
        ("openings in order", doctor.id, first, last),
        lambda: hours_of(problem, doctor).in_order(first, last),
    )
