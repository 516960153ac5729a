"""What a roster is worth on each step of the objective, and what a change does to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Roster
from scheduler.engine import step_title
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values


@dataclass(frozen=True, slots=True)
class Value:
    """What a roster is worth on one step of the objective, in its unit."""

    step: str
    title: str
    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the objective before and after, in its unit."""

    step: str
    title: str
    before: float
    after: float
    unit: str

    @property
    def better(self) -> bool:
        """Less than before."""
        return self.after < self.before


class Scorer:
    """Scores rosters of one plan in the model that the search has.

    Args:
        problem: the plan.
        rules: all of them.
        rosters: those to be scored; what they give is let through, whoever closes it.
    """

    def __init__(
        self, problem: Problem, rules: Sequence[Rule], rosters: Iterable[Roster] = ()
    ) -> None:
        """Build the model."""
        open_or_had = [*_open(problem, rules), *(a for own in rosters for a in own.assignments)]
        every = [rule.id for rule in rules]
        self._draft = Draft(problem, rules, released=every, only=open_or_had)

    def values(self, roster: Roster) -> tuple[Value, ...]:
        """What the roster is worth on every step, in their order."""
        return tuple(
            Value(step.key, step_title(step), own / step.scale, step.unit)
            for step, own in zip(self._draft.model.steps, self._score(roster), strict=True)
        )

    def changes(self, before: Roster, after: Roster) -> tuple[Change, ...]:
        """The steps whose value changes, in their order."""
        both = zip(self.values(before), self.values(after), strict=True)
        return tuple(
            Change(was.step, was.title, was.amount, now.amount, was.unit)
            for was, now in both
            if was != now
        )

    def _score(self, roster: Roster) -> tuple[int, ...]:
        chosen = set(self._draft.decision_indices(roster.assignments))
        return step_values(self._draft.model, settle(self._draft.model, chosen))


def _open(problem: Problem, rules: Sequence[Rule]) -> Iterable[Assignment]:
    """Every assignment that no rule closes from the start; one duty for each unit."""
    for doctor in problem.doctors:
        stopped = {
            problem.duty_by_id[duty].unit
            for rule in rules
            for case in rule.stops(problem, doctor)
            for duty in case.duties
        }
        for unit, duties in problem.units.items():
            if unit not in stopped:
                yield Assignment(duties[0].id, doctor.id)
