"""A sum in two goes: what is counted comes down alone first, then all of it with the counts held.

Burden points weigh duties differently, so whoever shares out anew has a knapsack to solve with
them. Weekends, nights and great holidays are counts: without points CP-SAT has the best way to
share them out several times as fast, and finds ways that nobody finds while points are looked at.
What points lose by it comes back with the counts held.
"""

from dataclasses import replace

from scheduler.solving.model import Model, Step
from scheduler.solving.state import Index
from scheduler.solving.tallies import base_of


def in_two_goes(index: Index, first: int, summing: int) -> Index | None:
    """The same model with a sum's counts as a step of their own, before all that is compared.

    Args:
        index: of the model.
        first: the first step that compares doctors.
        summing: the sum that follows the comparisons.

    Returns:
        Its steps are those before the comparisons, the counts (number `first`), the sum and all
        others that are no comparisons, and then the comparisons. None where the sum is not made
        up of both counts and sums that weigh.
    """
    steps = index.model.steps
    step = steps[summing]
    counts = tuple(term for term in step.terms if _is_count(index.model, term[1]))
    if not 0 < len(counts) < len(step.terms):
        return None
    alone = replace(step, key="counts", terms=counts, constant=0)
    later: list[Step] = sorted(steps[first:], key=lambda own: bool(own.worst))
    return index.with_steps([*steps[:first], alone, *later])


def _is_count(model: Model, var: int) -> bool:
    """Whether a price is of something that is counted by ones."""
    base = base_of(model, var)
    return base is None or all(abs(c) == 1 for c, _ in base[0])
