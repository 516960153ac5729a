"""How many must be counted at least where several demands are of one occasion, by CP-SAT.

A weekend is one for a doctor, however many of its duties the doctor has. How many doctors it takes
depends on what a doctor can have of it, and that is more than which two exclude each other. CP-SAT
is asked of one occasion at a time: its demands and all that the model says of its decisions alone.
Constraints that reach beyond it count with the most that what is beyond could give.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from threading import Event

from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.mentions import Mentions
from scheduler.solving.model import (
    AT_LEAST,
    EXCESS,
    FALSE,
    TRUE,
    Constraint,
    Definition,
    Model,
    Terms,
)
from scheduler.solving.tallies import Row

_WORK = 10.0  # in CP-SAT's own measure, at most, for all occasions of one kind
_EACH = 1.0  # for one of them
_SECONDS = 20.0  # wall time of one, should its measure fail
_SEED = 1


class Together:
    """What the model says of some decisions.

    Args:
        model: the plain model.
        decisions: all that is going to be asked of.
        over: asked between occasions; nothing more is found out once it says so.
    """

    def __init__(
        self, model: Model, decisions: Collection[int], over: Callable[[], bool] = lambda: False
    ) -> None:
        """Note which constraints and definitions speak of the decisions."""
        self._model, self._over = model, over
        sight = bytearray(model.size)  # 1 for each variable that follows from the decisions alone
        for own in decisions:
            sight[own] = 1
        self._definitions = Mentions(model.size, _defining(model, sight))
        self._constraints = Mentions(
            model.size,
            (
                (number, {var for var in (c.only_if, *(v for _, v in c.terms)) if sight[var]})
                for number, c in enumerate(model.constraints)
            ),
        )

    def least(
        self, rows: Sequence[Row], atom_of: Mapping[int, int], known: int, occasions: int
    ) -> int:
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
        uppers = array("q", self._model.uppers)
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
        effort = Effort(_SECONDS, 1, _SEED, deterministic=work)
        found = compiled.cheapest(dict.fromkeys(counted, 1), effort, Event())
        return max(known, found.bound or 0)

    def _following(self, decisions: Sequence[int]) -> list[Definition]:
        """What follows from these decisions alone and is asked for, in the order of the variables.

        Most of what follows has a price and is never demanded.
        """
        known, found = set(decisions), dict[int, Definition]()
        pending = list(decisions)
        while pending:
            for number in self._definitions.of(pending.pop()):
                d = self._model.definitions[number]
                if d.var not in found and all(var in known for _, var in d.terms):
                    found[d.var] = d
                    known.add(d.var)
                    pending.append(d.var)
        asked, kept = set[int](), list[Definition]()
        for var in sorted(found, reverse=True):
            if var in asked or var in self._constraints:
                kept.append(found[var])
                asked.update(own for _, own in found[var].terms)
        return kept[::-1]

    def _within(self, built: Collection[int]) -> list[Constraint]:
        """What is demanded of these variables, whatever the others are."""
        model = self._model
        numbers = {number for var in built for number in self._constraints.of(var)}
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


def _defining(model: Model, sight: bytearray) -> Iterator[tuple[int, Collection[int]]]:
    """The definitions of what is in sight alone; what they define is then in sight too."""
    for number, d in enumerate(model.definitions):
        if all(sight[var] for _, var in d.terms):
            sight[d.var] = 1
            yield number, {var for _, var in d.terms}


def _counted(
    decisions: Sequence[int],
    atom_of: Mapping[int, int],
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
