"""Values of a model for a given choice of decisions, without a solver.

The result is exact: an interrupted solver may leave slack in its auxiliary variables, so
every roster is scored here and nowhere else.
"""

from collections.abc import Iterable, Iterator, Sequence

from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Definition, Model, Step, Term


def total(terms: Sequence[Term], values: Sequence[int]) -> int:
    """The sum of coefficient * value."""
    return sum(coefficient * values[var] for coefficient, var in terms)


def settle(model: Model, chosen: Iterable[int]) -> list[int]:
    """The value of every variable when exactly the chosen decisions are true."""
    values = [0] * model.size
    values[TRUE] = 1
    for var in chosen:
        values[var] = 1
    for d in model.definitions:
        own = total(d.terms, values)
        if d.kind == AT_LEAST:
            values[d.var] = 1 if own >= d.threshold else 0
        else:
            values[d.var] = max(0, own - d.threshold)
    return values


def settle_some(chosen: Iterable[int], definitions: Iterable[Definition]) -> dict[int, int]:
    """The values of these decisions and definitions, which follow from nothing else."""
    values = {TRUE: 1, **dict.fromkeys(chosen, 1)}
    for d in definitions:
        own = sum(c * values.get(v, 0) for c, v in d.terms)
        if d.kind == AT_LEAST:
            values[d.var] = 1 if own >= d.threshold else 0
        else:
            values[d.var] = max(0, own - d.threshold)
    return values


def broken(model: Model, values: Sequence[int]) -> Iterator[Constraint]:
    """The constraints that these values do not keep."""
    return (c for _, c in broken_numbers(model, values))


def broken_numbers(model: Model, values: Sequence[int]) -> Iterator[tuple[int, Constraint]]:
    """The same with their numbers: a constraint may be made anew each time it is looked at."""
    for number, c in enumerate(model.constraints):
        if values[c.only_if]:
            own = total(c.terms, values)
            if (c.low is not None and own < c.low) or (c.high is not None and own > c.high):
                yield number, c


def step_value(step: Step, values: Sequence[int]) -> int:
    """What a step of the objective is worth (smaller is better)."""
    if step.worst:
        heights = sorted(
            (total(terms, values) + constant for terms, constant in step.entries), reverse=True
        )
        return sum(heights[: step.worst])
    return total(step.terms, values) + step.constant


def step_values(model: Model, values: Sequence[int]) -> tuple[int, ...]:
    """The values of all steps, in their order of precedence."""
    return tuple(step_value(step, values) for step in model.steps)
