"""A model seen from one step: what the step needs, the steps before it held, nothing else.

Whatever later steps alone speak of is left out, steps before it become demands, and
at-most-ones are merged. Every roster that is as good on the earlier steps is still in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.solving.cliques import is_at_most_one, merged
from scheduler.solving.model import TRUE, Constraint, Definition, Model, Step


@dataclass(frozen=True)
class Focus:
    """One step to be minimised.

    Attributes:
        model: its only step is the one in focus; variables keep their numbers.
        held: earlier steps of several doctors together, with what each may be at most. The
            other earlier steps are constraints of the model.
    """

    model: Model
    held: tuple[tuple[Step, int], ...]

    @property
    def step(self) -> Step:
        """The step in focus."""
        return self.model.steps[0]


def focus(model: Model, number: int, scores: Sequence[int]) -> Focus:
    """The model for step `number` with the steps before it not worse than their scores."""
    step, reason = model.steps[number], -1
    constraints = _merged_constraints(model)
    held = []
    for own, score in zip(model.steps[:number], scores, strict=False):
        if own.worst > 1:
            held.append((own, score))
        elif own.worst == 1:
            constraints += [
                Constraint(tuple(terms), None, score - constant, TRUE, reason)
                for terms, constant in own.entries
            ]
        else:
            most = score - own.constant
            constraints.append(Constraint(tuple(own.terms), None, most, TRUE, reason))
    needed = {v for c in constraints for _, v in c.terms} | {c.only_if for c in constraints}
    for own in (step, *(own for own, _ in held)):
        needed |= _spoken_of(own)
    return Focus(_seen(model, step, constraints, _needed(model, needed)), tuple(held))


def glance(model: Model, number: int, scores: Sequence[int]) -> Focus:
    """A small part of the model for step `number`: only what the step itself speaks of.

    Of the constraints those that speak of nothing else, and of the earlier steps the first (if
    it is a sum of shortfalls), as far as it is about the same decisions. All else is left out,
    so bounds from it hold, and are seldom worse than those from everything.
    """
    step, reason = model.steps[number], -1
    definitions = _needed(model, _spoken_of(step))
    sight = _spoken_of(step) | {d.var for d in definitions} | {TRUE}
    sight |= {v for d in definitions for _, v in d.terms}
    first = model.steps[0]
    if number > 0 and not first.worst and all(c > 0 for c, _ in first.terms):
        shortfalls = model.definition_of
        terms = tuple(
            (c, v)
            for c, v in first.terms
            if v in sight or (v in shortfalls and all(w in sight for _, w in shortfalls[v].terms))
        )
        sight |= {v for _, v in terms}
        # What is left out is at least 0, so this part is at most the whole.
        demand = [Constraint(terms, None, scores[0] - first.constant, TRUE, reason)]
    else:
        demand = []
    constraints = [*_merged_constraints(model, sight), *demand]
    top = ceiling(model, number, scores)
    if top is not None:
        constraints += [
            Constraint(tuple(terms), None, top - constant, TRUE, reason)
            for terms, constant in step.entries
        ]
    return Focus(_seen(model, step, constraints, _needed(model, sight)), ())


def reaches_beyond(model: Model, number: int, most: int) -> bool:
    """Whether a step speaks of more variables than this, with all from which they follow."""
    found = _spoken_of(model.steps[number])
    pending = list(found)
    while pending and len(found) <= most:
        d = model.definition_of.get(pending.pop())
        if d is not None:
            new = {v for _, v in d.terms} - found
            found |= new
            pending += new
    return len(found) > most


def terms_of(model: Model) -> int:
    """How many terms all definitions and constraints of a model have."""
    return sum(len(d.terms) for d in model.definitions) + sum(
        len(c.terms) for c in model.constraints
    )


def ceiling(model: Model, number: int, scores: Sequence[int]) -> int | None:
    """What the single worst-off is held at where a step compares several together, or None."""
    step = model.steps[number]
    for own, score in zip(model.steps[:number], scores, strict=False):
        if own.worst == 1 and own.entries == step.entries:
            return score
    return None


def _merged_constraints(model: Model, sight: set[int] | None = None) -> list[Constraint]:
    """The constraints with the at-most-ones among them merged to cliques.

    Args:
        model: the plain model.
        sight: where given, only what speaks of these variables alone.
    """
    others = [
        c
        for c in model.constraints
        if not is_at_most_one(c, model.uppers)
        and (sight is None or (c.only_if in sight and all(v in sight for _, v in c.terms)))
    ]
    cliques = [
        Constraint(tuple((1, v) for v in clique), None, 1, TRUE, -1)
        for clique in merged(model, sight)
    ]
    return others + cliques


def _spoken_of(step: Step) -> set[int]:
    return {v for _, v in step.terms} | {v for terms, _ in step.entries for _, v in terms}


def _seen(
    model: Model, step: Step, constraints: list[Constraint], definitions: list[Definition]
) -> Model:
    return Model(
        decisions=model.decisions,
        uppers=model.uppers,
        definitions=definitions,
        constraints=constraints,
        steps=[step],
        groups=model.groups,
    )


def _needed(model: Model, needed: Iterable[int]) -> list[Definition]:
    """The definitions of these variables, and those that they follow from, in their order."""
    pending, found = list(needed), {}
    while pending:
        d = model.definition_of.get(pending.pop())
        if d is not None and d.var not in found:
            found[d.var] = d
            pending.extend(v for _, v in d.terms)
    return [found[var] for var in sorted(found)]
