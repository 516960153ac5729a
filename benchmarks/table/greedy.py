"""The greedy start: one duty after the other, each to whom it is lawful and costs the sum least.

What it costs is what the doctors lack in the five burdens, the weekends that lie too close and
the wishes that are refused. Nothing is looked ahead and nothing undone. The way from here to the
bound is what engines are measured by, so it must not move when our own construction gets
better: it is kept here, and asks the plain model only what a flip does.
"""

from collections.abc import Sequence

from scheduler.domain.problem import Assignment, Problem
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.model import FALSE
from scheduler.solving.state import Index, State


def greedy(problem: Problem, rules: Sequence[Rule]) -> tuple[Assignment, ...]:
    """A lawful roster; a duty that nobody can lawfully have when its turn comes is a hole."""
    draft = Draft(problem, rules)
    state = State(Index(draft.model))
    for _, duties in sorted(problem.units.items(), key=lambda own: (own[1][0].start, own[0])):
        candidates = [var for _, var in draft.candidates(duties[0]) if var != FALSE]
        for _ in range(duties[0].needed):
            costs = [(_cost(state, var), var) for var in candidates if not state.value(var)]
            lawful = [(cost, var) for cost, var in costs if cost is not None]
            if lawful:
                state.flip(min(lawful)[1])
    return tuple(draft.assignments(state.chosen))


def _cost(state: State, var: int) -> tuple[int, ...] | None:
    """The score if the decision were true; None where something would be broken by it."""
    broken = state.violation
    state.flip(var)
    cost = state.score() if state.violation <= broken else None
    state.flip(var)
    return cost
