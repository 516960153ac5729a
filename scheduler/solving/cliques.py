"""At-most-one constraints merged: pairs that exclude each other become whole cliques.

Rules speak of two duties at a time. Where three or more exclude each other in pairs, one
row for all of them says the same of whole numbers and far more of fractions: three halves
keep every pair and break the clique.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from scheduler.solving.model import TRUE, Constraint, Model


def is_at_most_one(constraint: Constraint, uppers: Sequence[int]) -> bool:
    """Whether it says, always, that at most one of some Booleans is true."""
    return (
        constraint.only_if == TRUE
        and constraint.high == 1
        and (constraint.low is None or constraint.low <= 0)
        and all(c == 1 and uppers[v] == 1 for c, v in constraint.terms)
    )


def merged(model: Model, sight: Collection[int] | None = None) -> tuple[tuple[int, ...], ...]:
    """Cliques that together forbid every pair that the model's at-most-ones forbid.

    Args:
        model: the plain model.
        sight: where given, only pairs of these variables are meant.
    """
    rows = [
        row
        for c in model.constraints
        if is_at_most_one(c, model.uppers)
        and len(row := [v for _, v in c.terms if sight is None or v in sight]) > 1
    ]
    return cover(rows)


def cover(rows: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Maximal cliques that hold every row, grown greedily in a fixed order.

    Args:
        rows: variables of which at most one is true.
    """
    own = sorted({tuple(sorted(set(row))) for row in rows}, key=lambda row: (-len(row), row))
    near: dict[int, set[int]] = {}
    for row in own:
        for var in row:
            near.setdefault(var, set()).update(row)
    for var, others in near.items():
        others.discard(var)
    told: dict[int, set[int]] = {var: set() for var in near}
    found = []
    for row in own:
        if all(set(row) <= told[var] | {var} for var in row):
            continue
        clique = _grown(row, near)
        for var in clique:
            told[var].update(clique)
        found.append(clique)
    return tuple(found)


def _grown(row: Sequence[int], near: Mapping[int, set[int]]) -> tuple[int, ...]:
    """The row with every variable that excludes all that are in it already."""
    clique = list(row)
    common = set.intersection(*(near[var] for var in row))
    while common:
        var = min(common)
        clique.append(var)
        common &= near[var]
    return tuple(sorted(clique))
