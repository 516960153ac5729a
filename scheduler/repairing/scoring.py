"""What options cost: one small model that holds what is left and what is offered, nothing else."""

from collections.abc import Iterator, Sequence

from scheduler.changes.move import Move
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Timetable
from scheduler.engine import step_title
from scheduler.repairing.options import LevelChange
from scheduler.repairing.situation import Situation
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index, State

Score = tuple[int, ...]


class Scores:
    """Scores moves in what is left of a roster."""

    def __init__(self, situation: Situation, moves: Sequence[Move]) -> None:
        """Build both models: as it was, and as it is with all that is offered."""
        problem = situation.problem
        left = situation.left.roster.assignments
        offered = [own for move in moves for own in _assignments(problem, move)]
        self._problem = problem
        self._draft = Draft(problem, situation.rules, only=[*left, *offered])
        chosen = set(self._draft.decision_indices(left))
        self._state = State(Index(self._draft.model), chosen)
        self._before = _before(situation)

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
        """The steps in the units that are shown, beside those of the published roster."""
        return tuple(
            LevelChange(
                step.key,
                step_title(step),
                step.unit,
                self._before.get(step.key, 0.0),
                value / step.scale,
            )
            for step, value in zip(self._draft.model.steps, score, strict=True)
        )


def _before(situation: Situation) -> dict[str, float]:
    before: Timetable = situation.before
    draft = Draft(before.problem, situation.rules, only=before.roster.assignments)
    chosen = set(draft.decision_indices(before.roster.assignments))
    values = State(Index(draft.model), chosen).score()
    return {
        step.key: value / step.scale for step, value in zip(draft.model.steps, values, strict=True)
    }


def _assignments(problem: Problem, move: Move) -> Iterator[Assignment]:
    for doctor, unit in move.on:
        for duty in problem.units[unit]:
            yield Assignment(duty.id, doctor)
