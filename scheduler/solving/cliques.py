"""At-most-one constraints merged: pairs that exclude each other become whole cliques.

Rules speak of two duties at a time. Where three or more exclude each other in pairs, one
row for all of them says the same of whole numbers and far more of fractions: three halves
keep every pair and break the clique.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from scheduler.solving.model import TRUE, Constraint, Model

Row = tuple[int, ...]

_KEPT = 256  # variables of which it is remembered what they exclude: rows in succession share them


def is_at_most_one(constraint: Constraint, uppers: Sequence[int]) -> bool:
    """Whether it says, always, that at most one of some Booleans is true."""
    return (
        constraint.only_if == TRUE
        and constraint.high == 1
        and (constraint.low is None or constraint.low <= 0)
        and all(c == 1 and uppers[v] == 1 for c, v in constraint.terms)
    )


def merged(model: Model, sight: Collection[int] | None = None) -> tuple[Row, ...]:
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


def cover(rows: Iterable[Sequence[int]]) -> tuple[Row, ...]:
    """Maximal cliques that hold every row, grown greedily in a fixed order.

    Only the rows and the cliques of each variable are kept. What it excludes is put together when
    it is asked for, and soon forgotten: in a large plan these are millions of pairs.

    Args:
        rows: variables of which at most one is true.
    """
    own = sorted({tuple(sorted(set(row))) for row in rows}, key=lambda row: (-len(row), row))
    rows_of: dict[int, list[Row]] = {}
    for row in own:
        for var in row:
            rows_of.setdefault(var, []).append(row)
    cliques_of: dict[int, set[int]] = {var: set() for var in rows_of}
    found: list[Row] = []

    @lru_cache(_KEPT)
    def excluded(var: int) -> frozenset[int]:
        """What cannot be true beside a variable."""
        return frozenset().union(*rows_of[var]) - {var}

    for row in own:
        pairs = combinations(row, 2)
        if all(not cliques_of[one].isdisjoint(cliques_of[other]) for one, other in pairs):
            continue
        clique = _grown(row, excluded)
        for var in clique:
            cliques_of[var].add(len(found))
        found.append(clique)
    return tuple(found)


def _grown(row: Row, excluded: Callable[[int], frozenset[int]]) -> Row:
    """The row with every variable that excludes all that are in it already."""
    clique = list(row)
    common = set(excluded(row[0]).difference(row))
    for var in row[1:]:
        if not common:  # as nearly always, long before all of a long row are asked
            return row
        common &= excluded(var)
    while common:
        var = min(common)
        clique.append(var)
        common &= excluded(var)
    return tuple(sorted(clique))
