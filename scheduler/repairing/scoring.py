"""What options cost: one small model that holds what is left and what is offered, nothing else."""

from collections.abc import Iterator, Sequence

from scheduler.changes.move import Move
from scheduler.domain.problem import Assignment, Problem
from scheduler.engine import step_title
from scheduler.repairing.options import LevelChange
from scheduler.repairing.situation import Situation
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index, State

Score = tuple[int, ...]


class Scores:
    """Scores moves in what is left of a roster."""

    def __init__(self, situation: Situation, moves: Sequence[Move]) -> None:
        """Build the model of what was, what is left and what is offered.

        Nothing is closed in it: the duties of those who fell out are scored as they were.
        """
        problem = situation.problem
        left, was = situation.left.roster.assignments, situation.before.roster.assignments
        offered = [own for move in moves for own in _assignments(problem, move)]
        self._problem = problem
        self._draft = Draft(
            problem,
            situation.rules,
            released=[rule.id for rule in situation.rules],
            only=[*left, *was, *offered],
        )
        index = Index(self._draft.model)
        self._before = State(index, set(self._draft.decision_indices(was))).score()
        self._state = State(index, set(self._draft.decision_indices(left)))

    def score(self, move: Move) -> Score:
        """The steps of the objective after the move, in their integers."""
        flips = [
            self._draft.works(doctor, self._problem.units[unit][0])
            for doctor, unit in (*move.off, *move.on)
        ]
        own = [var for var in flips if var]
        for var in own:
            self._state.flip(var)
        try:
            return self._state.score()
        finally:
            for var in own:
                self._state.flip(var)

    def levels(self, score: Score) -> tuple[LevelChange, ...]:
        """The steps in the units that are shown, beside those of the published roster.

        Both are measured as the plan is now: whoever is away owes less.
        """
        steps = self._draft.model.steps
        return tuple(
            LevelChange(step.key, step_title(step), step.unit, old / step.scale, new / step.scale)
            for step, old, new in zip(steps, self._before, score, strict=True)
        )


def _assignments(problem: Problem, move: Move) -> Iterator[Assignment]:
    for doctor, unit in move.on:
        for duty in problem.units[unit]:
            yield Assignment(duty.id, doctor)
