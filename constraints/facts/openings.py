"""When one doctor's own practice is open, as a row of intervals that is kept with the problem."""

from datetime import date

from constraints.facts.load import open_hours
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.time import Interval


def openings_in_order(
    problem: Problem, doctor: Doctor, first: date, last: date
) -> tuple[Interval, ...]:
    """The opening hours of these days without the absences, in order of time."""

    def row() -> tuple[Interval, ...]:
        found = open_hours(problem, doctor, first, last)
        return tuple(own for day in sorted(found) for own in found[day])

    return problem.remembered(("openings in order", doctor.id, first, last), row)
