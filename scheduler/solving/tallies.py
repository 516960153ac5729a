"""Counts that a step prices, read off the model: nights, weekends, sessions of one doctor.

What is demanded of them and what taking part costs is read here too. `sharing` finds what it costs
at least to hand all of it out.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Model, Step, Terms
from scheduler.solving.packed import Numbers

_CHARGES = 4  # kinds of work of one doctor that have a price for taking part; no more are counted


@dataclass(frozen=True)
class Row:
    """At least so many of these decisions are true, but for what the cover may lack.

    Attributes:
        most: how many may be true; None where there is no limit.
    """

    decisions: tuple[int, ...]
    needed: int
    most: int | None


@dataclass
class Tally:
    """A count of one doctor, and what it costs.

    Attributes:
        unit: of the sum for each one that is counted.
        atoms: what is counted; an atom is true if one of its decisions is.
        atom_of: an atom of each decision.
        rises: (sign, threshold, price): each costs price * max(0, sign * sum - threshold).
        charges: (price, decisions): what taking part in them costs at least; no more than
            `_CHARGES` of them.
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
        charges = self.charges
        named = frozenset().union(*(own for _, own in charges))
        free = sum(1 for own in self.atom_of if own not in named)
        least = np.full(len(counts), sum(price for price, _ in charges), dtype=np.int64)
        for size in range(len(charges)):
            for kinds in combinations(charges, size):
                room = free + len(frozenset().union(*(own for _, own in kinds)))
                price = sum(price for price, _ in kinds)
                least = np.where(counts <= room, np.minimum(least, price), least)
        return least


def rows_of(model: Model, score: int) -> tuple[list[Row], int]:
    """What is demanded, absolutely or at a price of the first step; how much of it may lack."""
    limits = {
        tuple(v for _, v in c.terms): c.high
        for c in model.constraints
        if c.only_if == TRUE and c.high is not None and all(a == 1 for a, _ in c.terms)
    }

    def row(terms: Terms, needed: int) -> Row:
        decisions = tuple(v for _, v in terms)
        return Row(decisions, needed, limits.get(decisions))

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
        if c.only_if != TRUE or c.low is None or c.low <= 0:
            continue
        if all(a == 1 and _is_decision(model, v) for a, v in c.terms):
            rows.append(row(c.terms, c.low))
    return rows, missing


def tallies_of(model: Model, step: Step) -> tuple[list[Tally], int]:
    """The counts that the step prices, and what all else of it costs at least."""
    found: dict[Terms, Tally | None] = {}
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


def _tally(model: Model, terms: Terms) -> Tally | None:
    """The count of a sum whose terms weigh alike; None where it is no count."""
    if len({c for c, _ in terms}) != 1 or terms[0][0] <= 0:
        return None
    atom_of: dict[int, int] = {}
    for _, atom in terms:
        decisions = _any_of(model, atom)
        if decisions is None:
            return None
        atom_of |= dict.fromkeys(decisions, atom)
    return Tally(terms[0][0], tuple(atom for _, atom in terms), atom_of)


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


def charge(model: Model, step: Step, tallies: list[Tally]) -> int:
    """Give the tallies what taking part costs where the step prices how many take part.

    The count of those who take part is then no tally of its own: nothing is counted twice.

    Returns:
        What is to be taken off the bound: so many take part at no price.
    """
    common = Counter(tally.unit for tally in tallies)
    owner: dict[int, Tally] = {}
    for tally in sorted(tallies, key=lambda own: common[own.unit]):
        if all(atom in tally.atom_of for atom in tally.atoms):
            owner |= dict.fromkeys(tally.atoms, tally)
    by_terms = {(tally.unit, tally.atoms): tally for tally in tallies}
    taken: set[int] = set()
    free = 0
    for price, var in step.terms:
        d = model.definition_of.get(var)
        if price <= 0 or d is None or d.kind != EXCESS or d.threshold < 0:
            continue
        counted = by_terms.get((1, tuple(v for _, v in d.terms)))
        if counted is None or len(d.terms) < 2:
            continue
        taking = [_taking(model, v, owner) if c == 1 else None for c, v in d.terms]
        parts = [each for each in taking if each is not None]
        if len({id(tally) for tally, _ in parts}) == len(d.terms):
            taken.add(id(counted))
            free += price * d.threshold
            for tally, decisions in parts:
                if len(tally.charges) < _CHARGES:
                    tally.charges.append((price, decisions))
    tallies[:] = [tally for tally in tallies if id(tally) not in taken]
    return free


def _taking(
    model: Model, var: int, owner: Mapping[int, Tally]
) -> tuple[Tally, frozenset[int]] | None:
    """Whose tally a variable is about that is true where any of its decisions is."""
    decisions = _any_of(model, var)
    if not decisions or decisions[0] not in owner:
        return None
    tally = owner[decisions[0]]
    if any(owner.get(own) is not tally for own in decisions):
        return None
    return tally, frozenset(decisions)
