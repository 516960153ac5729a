"""A change of a roster: what some doctors no longer have, and what some have instead."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Timetable

Hand = tuple[str, str]
"""A doctor and a unit (ids): a duty, or a block that is given away as one."""


@dataclass(frozen=True, slots=True)
class Move:
    """Units that change hands.

    Attributes:
        off: who no longer has which unit.
        on: who has which unit instead.
    """

    off: tuple[Hand, ...] = ()
    on: tuple[Hand, ...] = ()

    @property
    def doctors(self) -> tuple[str, ...]:
        """Everybody it touches: first those who get something, then the others."""
        return tuple(dict.fromkeys(doctor for doctor, _ in (*self.on, *self.off)))

    def taken(self, problem: Problem, doctor: str) -> tuple[Duty, ...]:
        """The duties that the doctor gets."""
        return tuple(duty for who, unit in self.on if who == doctor for duty in problem.units[unit])

    def given(self, problem: Problem, doctor: str) -> tuple[Duty, ...]:
        """The duties of which the doctor is spared."""
        return tuple(
            duty for who, unit in self.off if who == doctor for duty in problem.units[unit]
        )


def moved(timetable: Timetable, move: Move) -> Timetable:
    """The roster after the move."""
    problem = timetable.problem
    return timetable.with_changes(
        off=_assignments(problem, move.off), on=_assignments(problem, move.on)
    )


def _assignments(problem: Problem, hands: tuple[Hand, ...]) -> Iterator[Assignment]:
    for doctor, unit in hands:
        for duty in problem.units[unit]:
            yield Assignment(duty.id, doctor)
