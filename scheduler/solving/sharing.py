"""A bound on a step that prices counts, from how much must be handed out in all.

Nights, weekends or ordered sessions of one doctor are a count, and the step prices it. Whoever is
spared leaves it to somebody else: what the cover demands together has to be shared, in whole
numbers. The cheapest way to share it out is found exactly by dynamic programming, count by count,
and so is how many may take part where each one more has a price. A solver is asked only how many
an occasion of several duties takes (`together`).

All of it is read off the model: which counts are priced, what is demanded of them, and which
units no doctor can have together.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.evenness import even_bound
from scheduler.solving.held_sharing import Held
from scheduler.solving.mentions import Mentions
from scheduler.solving.model import TRUE, Step
from scheduler.solving.state import Index
from scheduler.solving.sure import sure_bound
from scheduler.solving.tallies import Pot, Row, Tally, charge, rows_of, tallies_of
from scheduler.solving.together import Together
from scheduler.solving.weighing import Weighing
from scheduler.solving.within_held import WithinHeld

_POTS = 12  # kinds of counts, at most; those that speak of most come first
_IN_VAIN = (
    3  # occasions in a row of which CP-SAT knows no better, and no more of the kind are asked
)
_KEPT = 4_096  # decisions of which it is remembered what excludes them: they come family by family
PRICED = 150_000  # prices of a step: where there are more, a dozen kinds of counts say nothing
MOST = 1_000  # to be shared out of one kind; more would take too long


def tally_bound(
    index: Index, number: int, scores: Sequence[int], over: Callable[[], bool] = lambda: False
) -> int | None:
    """What no roster that is as good on the first step undercuts; None where nothing is counted.

    Args:
        index: the plain model.
        number: of a step; one that compares doctors has its bound from `evenness`.
        scores: of a roster; the first is what the cover may lack.
        over: asked now and then; what is not shared out by then counts as free.
    """
    step = index.model.steps[number]
    if number == 0:
        return None
    if step.worst:
        return even_bound(index, step, scores[0])
    held = Held.before(index, number, scores, over)
    shares = _Shares(index, step, scores[0], over) if len(step.terms) <= PRICED else None
    by_weeks: int | None = None
    if shares is None or shares.bound is None:
        by_weeks = sure_bound(index, number, scores, over)
    if shares is not None and held is not None:
        shares.within(held, over)
    shared = None if shares is None else shares.bound
    if shared is not None and by_weeks is None and 2 * shared < scores[number]:
        by_weeks = sure_bound(index, number, scores, over)
    return max((own for own in (shared, by_weeks) if own is not None), default=None)


@dataclass(frozen=True)
class Weighed:
    """What is known of a sum that follows comparisons, whatever doctors are compared at.

    Attributes:
        under: what the sums before the comparisons are held at; the last one at what it is sure to
            come to.
        bound: what no such roster undercuts, if anything is known.
        kinds: what was weighed for it; the kinds that count most come first.
    """

    under: tuple[int, ...]
    bound: int | None
    kinds: Sequence[Weighing]


def weighed_bound(
    index: Index, number: int, scores: Sequence[int], over: Callable[[], bool]
) -> Weighed | None:
    """The same where the last sum before the comparisons is held at its least.

    Args:
        index: the plain model.
        number: of a sum that follows sums and comparisons.
        scores: of a roster, on the sums before the comparisons.
        over: asked now and then; what is not found out by then is left out.

    Returns:
        None where too little is held or too much is priced.
    """
    held = Held.before(index, len(scores), scores, over)
    if held is None or len(index.model.steps[number].terms) > PRICED:
        return None
    under = (*scores[:-1], held.least)
    shares = _Shares(index, index.model.steps[number], scores[0], over)
    kinds = shares.within(held.at(held.least), over)
    return Weighed(under, shares.bound, kinds)


def shared_bound(
    index: Index,
    step: Step,
    score: int,
    over: Callable[[], bool] = lambda: False,
    held: Held | None = None,
) -> int | None:
    """The same of any sum, by what is shared out alone; it need not be a step of the model.

    Args:
        index: the plain model.
        step: a sum.
        score: of a roster on the first step: what the cover may lack.
        over: asked now and then; what is not shared out by then counts as free.
        held: an earlier step, if what it is held at is to be looked at as well.
    """
    if len(step.terms) > PRICED:
        return None
    shares = _Shares(index, step, score, over)
    if held is not None:
        shares.within(held, over)
    return shares.bound


class _Shares:
    """What sharing out each kind of count costs at least."""

    def __init__(self, index: Index, step: Step, score: int, over: Callable[[], bool]) -> None:
        """Share out each kind by itself, with nothing held."""
        self._index, self._step = index, step
        self._demanded = rows, missing = rows_of(index, score)
        self._tallies, self._rest = tallies_of(index.model, step)
        self._counted = self._tallies[:]
        self._rest -= charge(index.model, step, self._tallies)
        self._demands = _Demands(index, self._tallies, over)
        self._pots: list[Pot] = []
        self._shared: list[int] = []
        for pot in islice(_pots(index.model.decisions, self._tallies, rows, over), _POTS):
            if over():
                break
            self._pots.append(pot)
            self._shared.append(_share(*pot, missing, self._demands))

    @property
    def bound(self) -> int | None:
        """What no roster undercuts; None where nothing is shared out at a price."""
        return self._rest + sum(self._shared) if any(self._shared) else None

    def within(self, held: Held, over: Callable[[], bool]) -> list[Weighing]:
        """Share out what costs more where an earlier step is looked at as well.

        Returns:
            What was weighed for it.
        """
        parts = {id(tally) for tally in self._tallies}
        charged = [tally.atoms for tally in self._counted if id(tally) not in parts]
        own = WithinHeld(self._index, self._step, held, self._demanded, charged)
        own.better(self._pots, self._shared, self._demands.each, over)
        return own.weighed


def due_of(
    index: Index, step: Step, score: int, over: Callable[[], bool] = lambda: False
) -> list[tuple[list[int], int]]:
    """Of which variables of a step so many are true at least, for what the cover demands.

    Args:
        index: the plain model.
        step: a sum; it need not be a step of the model.
        score: of a roster on the first step: what the cover may lack.
        over: asked now and then; what is not counted by then is left out.
    """
    rows, missing = rows_of(index, score)
    tallies, _ = tallies_of(index.model, step)
    demands = _Demands(index, tallies, over)
    found = []
    for pot, inside in islice(_pots(index.model.decisions, tallies, rows, over), _POTS):
        atoms = sorted({own for tally in pot for own in tally.atoms})
        due = demands.due(pot, inside) - missing
        if due > 0 and not over():
            found.append((atoms, due))
    return found


def _pots(
    decisions: int, tallies: Sequence[Tally], rows: Sequence[Row], over: Callable[[], bool]
) -> Iterable[Pot]:
    """The tallies among which something is shared, with the rows that speak of nobody else.

    Where a decision counts in several, it goes where most of the same rows are shared; whoever
    counts most comes first.
    """
    room = decisions + 2
    row_of = Mentions(room, ((number, row.decisions) for number, row in enumerate(rows)))
    counting = Mentions(room, ((number, tally.atom_of) for number, tally in enumerate(tallies)))

    def touched(number: int) -> frozenset[int]:
        return frozenset(n for own in tallies[number].atom_of for n in row_of.of(own))

    spoken = [len(touched(number)) for number in range(len(tallies))]
    taken: set[int] = set()
    for first in sorted(range(len(tallies)), key=lambda n: -spoken[n]):
        if over():
            return
        if first in taken:
            continue
        pot, unit = {first}, tallies[first].unit
        rows_of_first = touched(first)

        @cache
        def like(other: int, model: frozenset[int] = rows_of_first) -> tuple[float, int]:
            own = touched(other)
            return len(model & own) / len(model | own), -other

        for number in sorted(rows_of_first):
            free = [
                [n for n in counting.of(own) if n not in taken and tallies[n].unit == unit]
                for own in rows[number].decisions
            ]
            if all(free):
                pot |= {max(own, key=like) for own in free}
        taken |= pot
        members = [tallies[n] for n in sorted(pot)]
        known = {own for tally in members for own in tally.atom_of}
        numbers = sorted({n for member in pot for n in touched(member)})
        inside = [rows[n] for n in numbers if known.issuperset(rows[n].decisions)]
        if inside:
            yield members, inside


class _Apart:
    """Which decisions exclude each other."""

    def __init__(self, index: Index) -> None:
        """Nothing is noted before it is asked for."""
        self._index = index

    @cached_property
    def _in(self) -> Callable[[int], frozenset[int]]:
        """The numbers of the at-most-ones of a decision, remembered for a while."""
        ones, on = _at_most_ones(self._index), self._index.constraints_on
        return lru_cache(_KEPT)(lambda var: frozenset([n for n in on(var) if ones[n]]))

    def excluded(self, one: int, other: int) -> bool:
        """Whether the two are never true together."""
        return one != other and not self._in(one).isdisjoint(self._in(other))


def _at_most_ones(index: Index) -> NDArray[np.bool_]:
    """Of each constraint whether it says, always, that at most one of some Booleans is true."""
    packed, sums = index.packed, index.packed.constraints
    own = (packed.uppers == 1)[sums.variables] & (sums.coefficients == 1)
    always = (packed.guards == TRUE) & (packed.highs == 1) & (packed.lows <= 0)
    found: NDArray[np.bool_] = always & sums.every(own)
    return found


def _share(tallies: Sequence[Tally], rows: Sequence[Row], missing: int, demands: "_Demands") -> int:
    """What the cheapest way to share costs; 0 where there is nothing to share."""
    limit = _limit(tallies, rows)
    asked = sum(row.needed for row in rows)
    if limit is None and asked <= sum(map(_gratis, tallies)):
        return 0
    due = max(0, demands.due(tallies, rows) - missing)
    if max(due, limit or 0) > MOST:
        return 0
    far = np.iinfo(np.int64).max // 4
    size = due if limit is None else limit
    least = np.full(size + 1, far, dtype=np.int64)  # by how much is handed out
    least[0] = 0
    for tally in tallies:
        then = np.full_like(least, far)
        for count, cost in enumerate(tally.costs(size).tolist()):
            then[count:] = np.minimum(then[count:], least[: size + 1 - count] + cost)
            if limit is None:  # the last place stands for so much or more
                then[size] = min(then[size], int(least[size - count :].min()) + cost)
        least = then
    found = int(least[due:].min())
    return 0 if found >= far else found


def _gratis(tally: Tally) -> int:
    """How many cost nothing."""
    costs = tally.costs(tally.size)
    return int(np.flatnonzero(costs == 0).max(initial=0))


def _limit(tallies: Sequence[Tally], rows: Sequence[Row]) -> int | None:
    """How many can be counted at most in all, by what each row allows; None if that is not said.

    What counts in two tallies at once is in the sum twice, which no row allows for.
    """
    if sum(len(tally.atom_of) for tally in tallies) > len(
        {own for tally in tallies for own in tally.atom_of}
    ):
        return None
    inside = {own for row in rows for own in row.decisions if row.most is not None}
    if all(inside.issuperset(tally.atoms) for tally in tallies):
        return sum(row.most for row in rows if row.most is not None)
    return None


class _Demands:
    """How much must be counted in all where rows are kept.

    Rows that share an atom add up only where no doctor can have both. Of those that hang together
    as many are taken as a greedy choice from each of them finds; where that is less than they
    demand, CP-SAT is asked how many it takes.
    """

    def __init__(self, index: Index, tallies: Sequence[Tally], over: Callable[[], bool]) -> None:
        """Note what may be asked; most of the model is looked at only when it is."""
        self._index, self._tallies, self._over = index, tallies, over
        self._known: dict[tuple[int, ...], list[tuple[list[Row], int]]] = {}

    @cached_property
    def _apart(self) -> _Apart:
        return _Apart(self._index)

    @cached_property
    def _together(self) -> Together:
        decisions = {
            own
            for tally in self._tallies
            if len(tally.atom_of) > len(tally.atoms)
            for own in tally.atom_of
        }
        return Together(self._index, decisions, self._over)

    def due(self, tallies: Sequence[Tally], rows: Sequence[Row]) -> int:
        """The sum over the rows that hang together, as many of them as there is time for."""
        return sum(due for _, due in self.each(tallies, rows))

    def each(self, tallies: Sequence[Tally], rows: Sequence[Row]) -> list[tuple[list[Row], int]]:
        """The rows that hang together, as many as there is time for, and how much they take."""
        key = tuple(map(id, tallies))
        if key not in self._known:
            self._known[key] = self._asked(tallies, rows)
        return self._known[key]

    def _asked(self, tallies: Sequence[Tally], rows: Sequence[Row]) -> list[tuple[list[Row], int]]:
        atom_of = array("i", [0]) * (self._index.model.decisions + 2)
        for tally in tallies:
            for own, atom in tally.atom_of.items():
                atom_of[own] = atom
        families = _families(rows, atom_of)
        vain = 0
        found = []
        for family in families:
            if self._over():
                break
            known = max(_added(family, first, atom_of, self._apart) for first in range(len(family)))
            due = known
            if vain < _IN_VAIN and known < sum(row.needed for row in family):
                due = self._together.least(family, atom_of, known, len(families))
                vain = 0 if due > known else vain + 1
            found.append((family, due))
        return found


def _families(rows: Sequence[Row], atom_of: Sequence[int]) -> list[list[Row]]:
    """The rows by what hangs together: those that share an atom do."""
    by_atom: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for decision in row.decisions:
            by_atom[atom_of[decision]].append(number)
    families, seen = [], set[int]()
    for number in range(len(rows)):
        if number in seen:
            continue
        together, pending = {number}, [number]
        while pending:
            row = rows[pending.pop()]
            new = {n for own in row.decisions for n in by_atom[atom_of[own]]} - together
            together |= new
            pending += new
        seen |= together
        families.append([rows[n] for n in sorted(together)])
    return families


def _added(rows: Sequence[Row], first: int, atom_of: Sequence[int], apart: _Apart) -> int:
    """The sum of what rows demand that add up, chosen greedily from one of them on."""
    had: dict[int, list[int]] = defaultdict(list)
    needed = 0
    for row in (rows[first], *rows[:first], *rows[first + 1 :]):
        if all(
            apart.excluded(own, other) for own in row.decisions for other in had[atom_of[own]]
        ) and len({atom_of[own] for own in row.decisions}) == len(row.decisions):
            needed += row.needed
            for own in row.decisions:
                had[atom_of[own]].append(own)
    return needed
