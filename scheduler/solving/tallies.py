"""Counts that a step prices, read off the model: nights, weekends, sessions of one doctor.

What is demanded of them and what taking part costs is read here too. `sharing` finds what it costs
at least to hand all of it out.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Model, Step, Terms
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.state import Index

_CHARGES = 4  # kinds of work of one doctor that have a price for taking part; no more are counted
_WIDTH = 4  # bytes of a variable's number


@dataclass(frozen=True)
class Row:
    """At least so many of these decisions are true, but for what the cover may lack.

    Attributes:
        most: how many may be true; None where there is no limit.
    """

    decisions: tuple[int, ...]
    needed: int
    most: int | None


Rise = tuple[int, int, int]


@dataclass(slots=True)
class Tally:
    """A count of one doctor, and what it costs; a step may have a hundred thousand.

    Attributes:
        unit: of the sum for each one that is counted.
        rises: (sign, threshold, price): each costs price * max(0, sign * sum - threshold).
        charges: (price, decisions in short): what taking part in them costs at least; no more
            than `_CHARGES` of them.
    """

    unit: int
    rises: tuple[Rise, ...]
    _atoms: bytes
    _of: bytes | None
    charges: tuple[tuple[int, bytes], ...] = ()

    @property
    def key(self) -> bytes:
        """The atoms in short, to be compared."""
        return self._atoms

    @property
    def atoms(self) -> tuple[int, ...]:
        """What is counted; an atom is true if one of its decisions is."""
        return _numbers(self._atoms)

    @property
    def size(self) -> int:
        """How many atoms there are."""
        return len(self._atoms) // _WIDTH

    @property
    def atom_of(self) -> dict[int, int]:
        """An atom of each decision."""
        if self._of is None:
            return {own: own for own in self.atoms}
        own = _numbers(self._of)
        return dict(zip(own[::2], own[1::2], strict=True))

    def costs(self, most: int) -> Numbers:
        """What each count costs at least, from none to `most` or more."""
        size = self.size
        counts = np.arange(max(size, most) + 1, dtype=np.int64)
        sums = counts * self.unit
        found = np.zeros_like(counts)
        for sign, threshold, price in self.rises:
            found += price * np.maximum(0, sign * sums - threshold)
        found += self._charged(counts)
        found = found[: size + 1]
        if len(found) > most + 1:
            found = np.append(found[:most], found[most:].min())
        return found

    def _charged(self, counts: Numbers) -> Numbers:
        """The cheapest kinds of work that have room for each count."""
        charges = [(price, frozenset(_numbers(own))) for price, own in self.charges]
        named = frozenset().union(*(own for _, own in charges))
        free = sum(1 for own in self.atom_of if own not in named)
        least = np.full(len(counts), sum(price for price, _ in charges), dtype=np.int64)
        for size in range(len(charges)):
            for kinds in combinations(charges, size):
                room = free + len(frozenset().union(*(own for _, own in kinds)))
                price = sum(price for price, _ in kinds)
                least = np.where(counts <= room, np.minimum(least, price), least)
        return least


Pot = tuple[list[Tally], list[Row]]
"""Tallies among which something is shared, and the rows that speak of nobody else."""


def rows_of(index: Index, score: int) -> tuple[list[Row], int]:
    """What is demanded, absolutely or at a price of the first step; how much of it may lack."""
    model, packed, sums = index.model, index.packed, index.packed.constraints
    known: dict[int, int] = {}  # the decisions are told often: one number of Python for each

    def told(decisions: Iterable[int]) -> tuple[int, ...]:
        return tuple([known.setdefault(own, own) for own in decisions])

    asked: list[tuple[tuple[int, ...], int]] = []
    first = model.steps[0]
    left = score - first.constant
    prices = []
    for price, var in first.terms if not first.worst and all(c > 0 for c, _ in first.terms) else ():
        d = model.definition_of.get(var)
        if d is None or d.kind != EXCESS or d.threshold >= 0:
            continue
        if all(c == -1 and _is_decision(model, v) for c, v in d.terms):
            asked.append((told(v for _, v in d.terms), -d.threshold))
            prices.append(price)
    missing = max(0, left) // min(prices) if prices else 0
    is_decision = (sums.variables > TRUE) & (sums.variables < model.decisions + 2)
    counts = sums.every(is_decision & (sums.coefficients == 1)) & (packed.guards == TRUE)
    for number in np.flatnonzero(counts & (packed.lows > 0)).tolist():
        decisions = told(v for _, v in model.constraints[number].terms)
        asked.append((decisions, int(packed.lows[number])))
    limited = np.flatnonzero(counts & (packed.highs < NO_LIMIT))
    limits = _limits(index, limited, {decisions for decisions, _ in asked})
    return [Row(own, needed, limits.get(own)) for own, needed in asked], missing


def _limits(
    index: Index, numbers: Numbers, among: Set[tuple[int, ...]]
) -> Mapping[tuple[int, ...], int]:
    """How many of these decisions together may be true, as constraints say; the last one holds.

    Args:
        index: the model.
        numbers: of the constraints that count decisions and allow so many.
        among: the decisions that are asked for.
    """
    sums = index.packed.constraints
    lengths = np.diff(sums.begins)[numbers]
    found = {}
    for number in numbers[np.isin(lengths, list(set(map(len, among))))].tolist():
        own = tuple(sums.variables[sums.begins[number] : sums.begins[number + 1]].tolist())
        if own in among:
            found[own] = int(index.packed.highs[number])
    return found


def tallies_of(model: Model, step: Step) -> tuple[list[Tally], int]:
    """The counts that the step prices, and what all else of it costs at least."""
    found: dict[tuple[int, bytes], Tally] = {}
    known: dict[tuple[Rise, ...], tuple[Rise, ...]] = {}  # few kinds of prices, told often
    rest = step.constant
    for price, var in step.terms:
        base = base_of(model, var) if price > 0 else None
        if base is None:
            rest += min(0, price * model.uppers[var])
            continue
        terms, threshold = base
        sign, unit = (1 if terms[0][0] > 0 else -1), terms[0][0]
        if any(c != unit for c, _ in terms):
            continue
        key = abs(unit), _bytes([v for _, v in terms])
        if key not in found:
            tally = _tally(model, *key)
            if tally is None:
                continue
            found[key] = tally
        own = found[key]
        rises = (*own.rises, (sign, threshold, price))
        own.rises = known.setdefault(rises, rises)
    return list(found.values()), rest


def base_of(model: Model, var: int) -> tuple[Terms, int] | None:
    """The sum and the threshold over which an excess counts, seen through an excess of it."""
    d = model.definition_of.get(var)
    if d is None or d.kind != EXCESS or not d.terms:
        return None
    if len(d.terms) == 1 and d.terms[0][0] == 1 and d.threshold >= 0:
        below = base_of(model, d.terms[0][1])
        if below is not None:
            return below[0], below[1] + d.threshold
    return d.terms, d.threshold


def _tally(model: Model, unit: int, atoms: bytes) -> Tally | None:
    """The count of these variables; None where one of them is nothing that is counted."""
    pairs: dict[int, int] = {}
    own = _numbers(atoms)
    for atom in own:
        decisions = _any_of(model, atom)
        if decisions is None:
            return None
        pairs |= dict.fromkeys(decisions, atom)
    plain = all(decision == atom for decision, atom in pairs.items())
    of = None if plain else _bytes(list(chain.from_iterable(pairs.items())))
    return Tally(unit, (), atoms, of)


def _bytes(numbers: Sequence[int]) -> bytes:
    return array("i", numbers).tobytes()


def _numbers(own: bytes) -> tuple[int, ...]:
    return tuple(memoryview(own).cast("i").tolist())


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
    owner = _Owners(model.decisions, tallies)
    for number in sorted(range(len(tallies)), key=lambda n: common[tallies[n].unit]):
        atoms, atom_of = tallies[number].atoms, tallies[number].atom_of
        if all(atom in atom_of for atom in atoms):
            owner.give(atoms, number)
    counts = {tally.key: tally for tally in tallies if tally.unit == 1 and tally.size > 1}
    taken: set[int] = set()
    free = 0
    for price, var in step.terms:
        d = model.definition_of.get(var)
        if price <= 0 or d is None or d.kind != EXCESS or d.threshold < 0:
            continue
        counted = counts.get(_bytes([v for _, v in d.terms]))
        if counted is None:
            continue
        taking = [_taking(model, v, owner) if c == 1 else None for c, v in d.terms]
        parts = [each for each in taking if each is not None]
        if len({id(tally) for tally, _ in parts}) == len(d.terms):
            taken.add(id(counted))
            free += price * d.threshold
            for tally, decisions in parts:
                if len(tally.charges) < _CHARGES:
                    tally.charges = (*tally.charges, (price, decisions))
    tallies[:] = [tally for tally in tallies if id(tally) not in taken]
    return free


class _Owners:
    """The tally of each decision, if it has one."""

    def __init__(self, decisions: int, tallies: Sequence[Tally]) -> None:
        self._tallies = tallies
        self._number = array("i", [-1]) * (decisions + 2)

    def give(self, decisions: Iterable[int], number: int) -> None:
        """Give them to the tally of that number."""
        for own in decisions:
            self._number[own] = number

    def of(self, decisions: Sequence[int]) -> Tally | None:
        """The tally that has them all."""
        number = self._number[decisions[0]]
        if number < 0 or any(self._number[own] != number for own in decisions):
            return None
        return self._tallies[number]


def _taking(model: Model, var: int, owner: _Owners) -> tuple[Tally, bytes] | None:
    """Whose tally a variable is about that is true where any of its decisions is."""
    decisions = _any_of(model, var)
    if not decisions:
        return None
    tally = owner.of(decisions)
    return None if tally is None else (tally, _bytes(decisions))
