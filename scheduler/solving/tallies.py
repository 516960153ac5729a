"""A bound on a step that prices counts, from how much must be handed out in all.

Nights, weekends or ordered sessions of one doctor are a count, and the step prices it. Whoever is
spared leaves it to somebody else: what the cover demands together has to be shared, in whole
numbers. The cheapest way to share it out is found exactly by dynamic programming, count by count,
and so is how many may take part where each one more has a price. No solver is asked.

All of it is read off the model: which counts are priced, what is demanded of them, and which
units no doctor can have together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

import numpy as np

from scheduler.solving.cliques import is_at_most_one
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Model, Step, Terms
from scheduler.solving.packed import Numbers

_POTS = 12  # kinds of counts, at most; those that speak of most come first
MOST = 1_000  # to be shared out of one kind; more would take too long
_CHARGES = 4  # kinds of work of one doctor that have a price for taking part; no more are counted


@dataclass(frozen=True)
class _Row:
    """At least so many of these decisions are true, but for what the cover may lack.

    Attributes:
        most: how many may be true; None where there is no limit.
    """

    decisions: tuple[int, ...]
    needed: int
    most: int | None


@dataclass
class _Tally:
    """A count of one doctor, and what it costs.

    Attributes:
        unit: of the sum for each one that is counted.
        atoms: what is counted; an atom is true if one of its decisions is.
        atom_of: an atom of each decision.
        rises: (sign, threshold, price): each costs price * max(0, sign * sum - threshold).
        charges: (price, decisions): what taking part in them costs at least.
    """

    unit: int
    atoms: tuple[int, ...]
    atom_of: dict[int, int]
    rises: list[tuple[int, int, int]] = field(default_factory=list)
    charges: list[tuple[int, frozenset[int]]] = field(default_factory=list)

    def costs(self, most: int) -> Numbers:
        """What each count costs at least, from none to `most` or more."""
        counts = np.arange(max(len(self.atoms), most) + 1, dtype=np.int64)
        sums = counts * self.unit
        found = np.zeros_like(counts)
        for sign, threshold, price in self.rises:
            found += price * np.maximum(0, sign * sums - threshold)
        found += self._charged(counts)
        found = found[: len(self.atoms) + 1]
        if len(found) > most + 1:
            found = np.append(found[:most], found[most:].min())
        return found

    def _charged(self, counts: Numbers) -> Numbers:
        """The cheapest kinds of work that have room for each count."""
        charges = self.charges[:_CHARGES]
        named = frozenset().union(*(own for _, own in charges))
        free = sum(1 for own in self.atom_of if own not in named)
        least = np.full(len(counts), sum(price for price, _ in charges), dtype=np.int64)
        for size in range(len(charges)):
            for kinds in combinations(charges, size):
                room = free + len(frozenset().union(*(own for _, own in kinds)))
                price = sum(price for price, _ in kinds)
                least = np.where(counts <= room, np.minimum(least, price), least)
        return least


def tally_bound(model: Model, number: int, scores: Sequence[int]) -> int | None:
    """What no roster that is as good on the first step undercuts; None where nothing is counted.

    Args:
        model: the plain model.
        number: of a step that is a sum.
        scores: of a roster; the first is what the cover may lack.
    """
    step = model.steps[number]
    if step.worst or number == 0:
        return None
    rows, missing = _rows(model, scores[0])
    tallies, rest = _tallies(model, step)
    rest -= _charge(model, step, tallies)
    apart = _Apart(model)
    shared = [_share(*pot, missing, apart) for pot in islice(_pots(tallies, rows), _POTS)]
    return rest + sum(shared) if any(shared) else None


def _rows(model: Model, score: int) -> tuple[list[_Row], int]:
    """What is demanded, absolutely or at a price of the first step; how much of it may lack."""
    limits = {
        tuple(v for _, v in c.terms): c.high
        for c in model.constraints
        if c.only_if == TRUE and c.high is not None and all(a == 1 for a, _ in c.terms)
    }

    def row(terms: Terms, needed: int) -> _Row:
        decisions = tuple(v for _, v in terms)
        return _Row(decisions, needed, limits.get(decisions))

    first = model.steps[0]
    left = score - first.constant
    rows, prices = [], []
    for price, var in first.terms if not first.worst and all(c > 0 for c, _ in first.terms) else ():
        d = model.definition_of.get(var)
        if d is None or d.kind != EXCESS or d.threshold >= 0:
            continue
        if all(c == -1 and _is_decision(model, v) for c, v in d.terms):
            rows.append(row(d.terms, -d.threshold))
            prices.append(price)
    missing = max(0, left) // min(prices) if prices else 0
    for c in model.constraints:
        if c.only_if == TRUE and c.low is not None and c.low > 0:
            if all(a == 1 and _is_decision(model, v) for a, v in c.terms):
                rows.append(row(c.terms, c.low))
    return rows, missing


def _tallies(model: Model, step: Step) -> tuple[list[_Tally], int]:
    """The counts that the step prices, and what all else of it costs at least."""
    found: dict[Terms, _Tally | None] = {}
    rest = step.constant
    for price, var in step.terms:
        base = _base(model, var) if price > 0 else None
        if base is None:
            rest += min(0, price * model.uppers[var])
            continue
        terms, threshold = base
        sign = 1 if terms[0][0] > 0 else -1
        key = tuple((sign * c, v) for c, v in terms)
        if key not in found:
            found[key] = _tally(model, key)
        own = found[key]
        if own is not None:
            own.rises.append((sign, threshold, price))
    return [own for own in found.values() if own is not None], rest


def _base(model: Model, var: int) -> tuple[Terms, int] | None:
    """The sum and the threshold over which an excess counts, seen through an excess of it."""
    d = model.definition_of.get(var)
    if d is None or d.kind != EXCESS or not d.terms:
        return None
    if len(d.terms) == 1 and d.terms[0][0] == 1 and d.threshold >= 0:
        below = _base(model, d.terms[0][1])
        if below is not None:
            return below[0], below[1] + d.threshold
    return d.terms, d.threshold


def _tally(model: Model, terms: Terms) -> _Tally | None:
    """The count of a sum whose terms weigh alike; None where it is no count."""
    if len({c for c, _ in terms}) != 1 or terms[0][0] <= 0:
        return None
    atom_of: dict[int, int] = {}
    for _, atom in terms:
        decisions = _any_of(model, atom)
        if decisions is None:
            return None
        atom_of |= dict.fromkeys(decisions, atom)
    return _Tally(terms[0][0], tuple(atom for _, atom in terms), atom_of)


def _any_of(model: Model, var: int) -> tuple[int, ...] | None:
    """The decisions of which one makes it true; None where it follows otherwise."""
    if _is_decision(model, var):
        return (var,)
    d = model.definition_of.get(var)
    if d is None or d.kind != AT_LEAST or d.threshold != 1:
        return None
    if all(c == 1 and _is_decision(model, v) for c, v in d.terms):
        return tuple(v for _, v in d.terms)
    return None


def _is_decision(model: Model, var: int) -> bool:
    return TRUE < var < model.decisions + 2


def _charge(model: Model, step: Step, tallies: list[_Tally]) -> int:
    """Give the tallies what taking part costs where the step prices how many take part.

    The count of those who take part is then no tally of its own: nothing is counted twice.

    Returns:
        What is to be taken off the bound: so many take part at no price.
    """
    common = Counter(tally.unit for tally in tallies)
    owner: dict[int, _Tally] = {}
    for tally in sorted(tallies, key=lambda own: common[own.unit]):
        if all(atom in tally.atom_of for atom in tally.atoms):
            owner |= dict.fromkeys(tally.atoms, tally)
    free = 0
    for price, var in step.terms:
        d = model.definition_of.get(var)
        if price <= 0 or d is None or d.kind != EXCESS or d.threshold < 0:
            continue
        own = tuple(v for _, v in d.terms)
        taking = [_taking(model, v, owner) if c == 1 else None for c, v in d.terms]
        parts = [each for each in taking if each is not None]
        apart = len({id(tally) for tally, _ in parts}) == len(own)
        if apart and any(tally.atoms == own for tally in tallies):
            tallies[:] = [tally for tally in tallies if tally.atoms != own]
            free += price * d.threshold
            for tally, decisions in parts:
                tally.charges.append((price, decisions))
    return free


def _taking(
    model: Model, var: int, owner: Mapping[int, _Tally]
) -> tuple[_Tally, frozenset[int]] | None:
    """Whose tally a variable is about that is true where any of its decisions is."""
    decisions = _any_of(model, var)
    if not decisions or decisions[0] not in owner:
        return None
    tally = owner[decisions[0]]
    if any(owner.get(own) is not tally for own in decisions):
        return None
    return tally, frozenset(decisions)


def _pots(
    tallies: Sequence[_Tally], rows: Sequence[_Row]
) -> Iterable[tuple[list[_Tally], list[_Row]]]:
    """The tallies among which something is shared, with the rows that speak of nobody else.

    Where a decision counts in several, it goes where most of the same rows are shared; whoever
    counts most comes first.
    """
    row_of: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for decision in row.decisions:
            row_of[decision].append(number)
    touched = [{n for own in tally.atom_of for n in row_of[own]} for tally in tallies]
    counting: dict[int, list[int]] = defaultdict(list)
    for number, tally in enumerate(tallies):
        for decision in tally.atom_of:
            counting[decision].append(number)
    taken: set[int] = set()
    for first in sorted(range(len(tallies)), key=lambda n: -len(touched[n])):
        if first in taken:
            continue
        pot, unit = {first}, tallies[first].unit

        def like(other: int, model: set[int] = touched[first]) -> tuple[float, int]:
            return len(model & touched[other]) / len(model | touched[other]), -other

        for number in sorted(touched[first]):
            decisions = rows[number].decisions
            free = [
                [n for n in counting[own] if n not in taken and tallies[n].unit == unit]
                for own in decisions
            ]
            if all(free):
                pot |= {max(own, key=like) for own in free}
        taken |= pot
        members = [tallies[n] for n in sorted(pot)]
        known = {own for tally in members for own in tally.atom_of}
        numbers = sorted({n for member in pot for n in touched[member]})
        inside = [rows[n] for n in numbers if known.issuperset(rows[n].decisions)]
        if inside:
            yield members, inside


class _Apart:
    """Which decisions exclude each other."""

    def __init__(self, model: Model) -> None:
        """Note the at-most-ones by their decisions."""
        self._in: dict[int, set[int]] = defaultdict(set)
        for number, c in enumerate(model.constraints):
            if is_at_most_one(c, model.uppers):
                for _, var in c.terms:
                    self._in[var].add(number)

    def excluded(self, one: int, other: int) -> bool:
        """Whether the two are never true together."""
        return one != other and not self._in[one].isdisjoint(self._in[other])


def _share(
    tallies: Sequence[_Tally], rows: Sequence[_Row], missing: int, apart: _Apart
) -> int:
    """What the cheapest way to share costs; 0 where there is nothing to share."""
    limit = _limit(tallies, rows)
    asked = sum(row.needed for row in rows)
    if limit is None and asked <= sum(map(_gratis, tallies)):
        return 0
    due = max(0, _due(tallies, rows, apart) - missing)
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


def _gratis(tally: _Tally) -> int:
    """How many cost nothing."""
    costs = tally.costs(len(tally.atoms))
    return int(np.flatnonzero(costs == 0).max(initial=0))


def _limit(tallies: Sequence[_Tally], rows: Sequence[_Row]) -> int | None:
    """How many can be counted at most in all, by what each row allows; None if that is not said."""
    inside = {own for row in rows for own in row.decisions if row.most is not None}
    if all(inside.issuperset(tally.atoms) for tally in tallies):
        return sum(row.most for row in rows if row.most is not None)
    return None


def _due(tallies: Sequence[_Tally], rows: Sequence[_Row], apart: _Apart) -> int:
    """How much must be counted in all where the rows are kept.

    Rows that share an atom add up only where no doctor can have both. Of those that hang together
    as many are taken as a greedy choice from each of them finds.
    """
    atom_of = {own: atom for tally in tallies for own, atom in tally.atom_of.items()}
    by_atom: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for decision in row.decisions:
            by_atom[atom_of[decision]].append(number)
    due, seen = 0, set[int]()
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
        own = [rows[n] for n in sorted(together)]
        due += max(_added(own, first, atom_of, apart) for first in range(len(own)))
    return due


def _added(rows: Sequence[_Row], first: int, atom_of: Mapping[int, int], apart: _Apart) -> int:
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
