"""The doctors' own parts of a model, and what ties them together.

Most of what is demanded speaks of one doctor alone: rest, load, the own points. Cover, and
what earlier steps are held at, speak of several. So a model falls into one subproblem a doctor and
a few coupling rows; nothing here knows what the rows mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.solving.model import FALSE, TRUE, Model, Terms


@dataclass(frozen=True, slots=True)
class Subproblem:
    """Decisions, and whatever speaks of nothing else, by number in the model."""

    decisions: tuple[int, ...]
    definitions: tuple[int, ...]
    constraints: tuple[int, ...]


@dataclass(frozen=True)
class Split:
    """A model by subproblems.

    Attributes:
        owner: the subproblem of each variable that follows from one subproblem alone.
        definitions, constraints: numbers of those that tie subproblems together.
    """

    subproblems: tuple[Subproblem, ...]
    owner: dict[int, int]
    definitions: frozenset[int]
    constraints: frozenset[int]


def split(model: Model) -> Split:
    """The model by doctors, or by single decisions where no doctors are told."""
    decisions = [tuple(sorted(own)) for own in model.groups.get("doctors", ()) if own]
    told = {var for own in decisions for var in own}
    decisions += [(var,) for var in range(2, model.decisions + 2) if var not in told]
    owner = {var: number for number, own in enumerate(decisions) for var in own}
    definitions: list[list[int]] = [[] for _ in decisions]
    constraints: list[list[int]] = [[] for _ in decisions]
    tying_definitions, tying_constraints = set(), set()
    for number, d in enumerate(model.definitions):
        whose = _only(owner, d.terms)
        if whose is None:
            tying_definitions.add(number)
        else:
            owner[d.var] = whose
            definitions[whose].append(number)
    for number, c in enumerate(model.constraints):
        whose = _only(owner, c.terms, (c.only_if,))
        if whose is None:
            tying_constraints.add(number)
        else:
            constraints[whose].append(number)
    return Split(
        tuple(
            Subproblem(own, tuple(definitions[n]), tuple(constraints[n]))
            for n, own in enumerate(decisions)
        ),
        owner,
        frozenset(tying_definitions),
        frozenset(tying_constraints),
    )


def _only(owner: dict[int, int], terms: Terms, more: Iterable[int] = ()) -> int | None:
    """The subproblem from which alone all of these follow, or None."""
    found = {owner.get(v) for v in (*(v for _, v in terms), *more) if v not in (FALSE, TRUE)}
    return found.pop() if len(found) == 1 else None
