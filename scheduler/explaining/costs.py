"""What a change of a roster does to each step of the objective."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.engine import step_title
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the objective before and after, in its unit."""

    step: str
    title: str
    before: float
    after: float
    unit: str


@dataclass(frozen=True, slots=True)
class Value:
    """What a roster is worth on one step of the objective, in its unit."""

    step: str
    title: str
    amount: float
    unit: str


def values(problem: Problem, rules: Sequence[Rule], roster: Roster) -> tuple[Value, ...]:
    """What a roster is worth on every step, in their order."""
    draft = Draft(problem, rules, released=[rule.id for rule in rules], only=roster.assignments)
    chosen = set(draft.decision_indices(roster.assignments))
    found = step_values(draft.model, settle(draft.model, chosen))
    return tuple(
        Value(step.key, step_title(step), own / step.scale, step.unit)
        for step, own in zip(draft.model.steps, found, strict=True)
    )


def changes(
    problem: Problem, rules: Sequence[Rule], before: Roster, after: Roster
) -> tuple[Change, ...]:
    """The steps whose value changes, in their order.

    What rules close is let through, so that a roster in which something is let go has a value too.
    """
    both = (*before.assignments, *after.assignments)
    draft = Draft(problem, rules, released=[rule.id for rule in rules], only=both)
    both_values = [
        step_values(draft.model, settle(draft.model, set(draft.decision_indices(own.assignments))))
        for own in (before, after)
    ]
    return tuple(
        Change(step.key, step_title(step), was / step.scale, now / step.scale, step.unit)
        for step, was, now in zip(draft.model.steps, *both_values, strict=True)
        if was != now
    )
