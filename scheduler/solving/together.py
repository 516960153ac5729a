"""How many must be counted at least where several demands are of one occasion, by CP-SAT.

A weekend is one for a doctor, however many of its duties the doctor has. How many doctors it takes
depends on what a doctor can have of it, and that is more than which two exclude each other. CP-SAT
is asked of one occasion at a time: its demands and all that the model says of its decisions alone.
Constraints that reach beyond it count with the most that what is beyond could give.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.asked import Asked
from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.model import (
    AT_LEAST,
    EXCESS,
    FALSE,
    TRUE,
    Constraint,
    Definition,
    Terms,
)
from scheduler.solving.packed import Packed
from scheduler.solving.state import Index
from scheduler.solving.tallies import Row

_WORK = 10.0  # in CP-SAT's own measure, at most, for all occasions of one kind
_EACH = 1.0  # for one of them
_SOON = 0.3  # of that, with smaller linear programs first
_SECONDS = 20.0  # wall time of one, should its measure fail
_SEED = 1


class Together:
    """What the model says of some decisions.

    Args:
        index: the plain model.
        decisions: all that is going to be asked of.
        over: asked now and then; nothing more is found out once it says so.
    """

    def __init__(
        self, index: Index, decisions: Collection[int], over: Callable[[], bool] = lambda: False
    ) -> None:
        """Note which definitions follow from the decisions."""
        self._index, self._over = index, over
        self._inside = _inside(index.packed, decisions)

    def least(self, rows: Sequence[Row], atom_of: Sequence[int], known: int, occasions: int) -> int:
        """How many atoms are true at least, where each that is lacking counts like one.

        Args:
            rows: what is demanded.
            atom_of: what counts, by decision: true if one of its decisions is.
            known: a number that it cannot be below.
            occasions: among so many the work is divided.
        """
        if known >= sum(row.needed for row in rows) or self._over():
            return known
        decisions = sorted({own for row in rows for own in row.decisions})
        definitions = self._following(decisions)
        built = {*decisions, *(d.var for d in definitions)}
        counted, definitions = _counted(decisions, atom_of, built, definitions)
        uppers = self._index.model.uppers[:]
        for row in rows:
            terms = tuple((-1, own) for own in row.decisions)
            definitions.append(Definition(len(uppers), EXCESS, terms, -row.needed, row.needed))
            counted.append(len(uppers))
            uppers.append(row.needed)
        compiled = Compiled(
            uppers,
            {FALSE: 0, TRUE: 1},
            definitions=definitions,
            constraints=self._within(built),
            decisions=decisions,
        )
        work = min(_EACH, _WORK / occasions)
        effort = Effort(_SECONDS, 1, _SEED, deterministic=work, soon=_SOON * work)
        found = compiled.cheapest(dict.fromkeys(counted, 1), effort, Asked(self._over))
        return max(known, found.bound or 0)

    def _following(self, decisions: Sequence[int]) -> list[Definition]:
        """What follows from these decisions alone and is asked for, in the order of the variables.

        Most of what follows has a price and is never demanded.
        """
        known, found = set(decisions), dict[int, Definition]()
        pending = list(decisions)
        while pending:
            for number in self._index.definitions_on(pending.pop()):
                if not self._inside[number]:
                    continue
                d = self._index.model.definitions[number]
                if d.var not in found and all(var in known for _, var in d.terms):
                    found[d.var] = d
                    known.add(d.var)
                    pending.append(d.var)
        asked, kept = set[int](), list[Definition]()
        for var in sorted(found, reverse=True):
            if var in asked or self._index.constraints_on(var):
                kept.append(found[var])
                asked.update(own for _, own in found[var].terms)
        return kept[::-1]

    def _within(self, built: Collection[int]) -> list[Constraint]:
        """What is demanded of these variables, whatever the others are."""
        model = self._index.model
        numbers = {number for var in built for number in self._index.constraints_on(var)}
        found = []
        for number in sorted(numbers):
            c = model.constraints[number]
            if c.only_if != TRUE and c.only_if not in built:
                continue
            own = tuple((a, var) for a, var in c.terms if var in built)
            beyond = tuple((a, var) for a, var in c.terms if var not in built)
            low, high = _span(beyond, model.uppers)
            found.append(
                Constraint(
                    own,
                    None if c.low is None else c.low - high,
                    None if c.high is None else c.high - low,
                    c.only_if,
                    c.reason,
                )
            )
        return found


def _inside(packed: Packed, decisions: Collection[int]) -> NDArray[np.bool_]:
    """Of each definition whether it follows from these decisions alone."""
    sight = np.zeros(packed.size, dtype=np.bool_)
    sight[list(decisions)] = True
    while True:
        inside = packed.definitions.every(sight[packed.definitions.variables])
        new = packed.defined[inside]
        if sight[new].all():
            return inside
        sight[new] = True


def _counted(
    decisions: Sequence[int],
    atom_of: Sequence[int],
    built: Collection[int],
    definitions: Sequence[Definition],
) -> tuple[list[int], list[Definition]]:
    """The atoms of some decisions, with definitions that speak of no other decisions."""
    by_atom: dict[int, list[int]] = defaultdict(list)
    for own in decisions:
        by_atom[atom_of[own]].append(own)
    more = [
        Definition(atom, AT_LEAST, tuple((1, own) for own in parts), 1, 1)
        for atom, parts in by_atom.items()
        if atom not in built
    ]
    return list(by_atom), [*definitions, *more]


def _span(terms: Terms, uppers: Sequence[int]) -> tuple[int, int]:
    """The least and the most that a sum can be."""
    low = sum(a * uppers[var] for a, var in terms if a < 0)
    return low, sum(a * uppers[var] for a, var in terms if a > 0)
