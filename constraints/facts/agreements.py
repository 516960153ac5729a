"""Which recorded agreements and offers cover a piece of work."""

from collections.abc import Iterator

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Agreement, Problem
from scheduler.domain.time import days_touched


def agreements_on(problem: Problem, doctor: str, duty: Duty) -> Iterator[Agreement]:
    """The doctor's agreements and offers for this kind of work that hold all its days."""
    for agreement in problem.agreements_of.get(doctor, ()):
        if agreement.duty == duty.type.id and all(
            agreement.span.contains(day) for day in days_touched(duty.interval)
        ):
            yield agreement


def is_agreed(problem: Problem, doctor: str, duty: Duty) -> bool:
    """Whether a signed agreement, not only an offer, covers the duty."""
    return any(agreement.signed for agreement in agreements_on(problem, doctor, duty))
