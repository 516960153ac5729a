"""What a change would have cost: the model of the whole plan, tried and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from scheduler.changes.move import Hand, Move
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.model import FALSE, Step
from scheduler.solving.state import Index, State

Changes = tuple[int, ...]
"""For each step of the objective: its value after a move less its value before."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the objective, before and after a move, in the step's integers."""

    step: Step
    before: int
    after: int

    @property
    def amount(self) -> float:
        """How much is added, in the step's unit."""
        return float((self.after - self.before) / self.step.scale)


class Ground:
    """The model of a plan, which all its rosters share; seconds for a large plan."""

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        """Build it."""
        self.draft = Draft(problem, rules)
        self.index = Index(self.draft.model)


class Trials:
    """Prices moves of one roster: a millisecond each."""

    def __init__(
        self, timetable: Timetable, rules: Sequence[Rule], ground: Ground | None = None
    ) -> None:
        """Score the roster as it stands.

        Args:
            timetable: the roster.
            rules: of its plan.
            ground: the model of the same plan, where it is at hand; else it is built.
        """
        own = ground or Ground(timetable.problem, rules)
        self._draft = own.draft
        self._units = timetable.problem.units
        chosen = set(self._draft.decision_indices(timetable.roster.assignments))
        self._state = State(own.index, chosen)
        self._violation = self._state.violation
        self._score = self._state.score()

    def open(self, hand: Hand) -> bool:
        """Whether no rule closes the unit to the doctor from the start."""
        return self._variable(hand) != FALSE

    def changes(self, move: Move, best: Changes | None = None) -> Changes | None:
        """What the move does to each step of the objective.

        Args:
            move: what changes hands.
            best: only a move that is better than this is asked for.

        Returns:
            None where a hard rule would be broken that is not broken now, or where the move is
            not better than `best`.
        """
        variables = self._flips(move)
        if variables is None:
            return None
        for var in variables:
            self._state.flip(var)
        try:
            if self._state.violation > self._violation:
                return None
            found = tuple(
                own - was for own, was in zip(self._state.score(), self._score, strict=True)
            )
            return found if best is None or found < best else None
        finally:
            for var in variables:
                self._state.flip(var)

    def all(self, changes: Changes) -> tuple[Change, ...]:
        """Every step that a move changes, the most important first."""
        steps = zip(self._draft.model.steps, self._score, changes, strict=True)
        return tuple(Change(step, was, was + change) for step, was, change in steps if change)

    def first(self, changes: Changes) -> Change | None:
        """The first step that a move changes, or None if it changes none."""
        for step, was, change in zip(self._draft.model.steps, self._score, changes, strict=True):
            if change:
                return Change(step, was, was + change)
        return None

    def _variable(self, hand: Hand) -> int:
        doctor, unit = hand
        return self._draft.works(doctor, self._units[unit][0])

    def _flips(self, move: Move) -> list[int] | None:
        """The decisions that a move turns, or None where it cannot be made."""
        found = []
        for hand, on in chain(((h, 0) for h in move.off), ((h, 1) for h in move.on)):
            var = self._variable(hand)
            if var == FALSE and on:
                return None
            if self._state.value(var) != on:
                found.append(var)
        return found
