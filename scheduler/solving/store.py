"""What the rules have posted so far, as long arrays that grow.

A number costs eight bytes here and more than thirty as an object of Python, and a year for a
hundred doctors holds millions of them. Definitions that are alike are one: they are found by a
hash of their terms, and compared, so a hash that fits by chance does no harm.
"""

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.keys import Hashes, Keys
from scheduler.solving.model import Terms
from scheduler.solving.packed import NO_LIMIT, Numbers, Sums

EXCESS_KIND, AT_LEAST_KIND = 0, 1
"""As in `packed.Packed.kinds`."""

_MASK = (1 << 64) - 1
_NARROW, _WIDE = 1 << 31, 8  # what 32 bits do not hold, and the bytes of 64
_MANY = 40  # terms from which on numpy is quicker
_FIRST, _SECOND, _KIND, _THRESHOLD = (
    0x9E3779B97F4A7C15,
    0xBF58476D1CE4E5B9,
    0x94D049BB133111EB,
    0xD6E8FEB86659FD93,
)


def growing() -> "array[int]":
    """An empty list of whole numbers of 64 bits."""
    return array("q")


def narrow() -> "array[int]":
    """An empty list of whole numbers of 32 bits: variables, and what is counted like them."""
    return array("i")


def take(numbers: "array[int]", places: Numbers) -> Numbers:
    """The numbers at these places, copied: a list that is looked into cannot grow."""
    if not len(places):
        return _NONE
    found: Numbers = np.frombuffer(numbers, numbers.typecode)[places].astype(np.int64, copy=False)
    return found


def seen(numbers: "array[int]") -> Numbers:
    """All of the numbers; as long as somebody looks at them so, none can be added."""
    return np.frombuffer(numbers, numbers.typecode) if numbers else _NONE


def extend(numbers: "array[int]", more: Numbers) -> None:
    """Add numbers at the end; they must fit."""
    numbers.frombytes(np.ascontiguousarray(more, dtype=numbers.typecode).view(np.uint8).data)


def places_of(begins: Numbers, counts: Numbers) -> Numbers:
    """For stretches that begin there and are so long: every place in them, one after the other."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.arange(total) - np.repeat(before - begins, counts)


_NONE = np.empty(0, dtype=np.int64)


class Rows:
    """Sums of terms, one after the other; those of a sum in order of their variables."""

    def __init__(self) -> None:
        """No sum at all."""
        self.ends = narrow()
        self.coefficients = narrow()
        self.variables = narrow()

    def __len__(self) -> int:
        """How many sums there are."""
        return len(self.ends)

    def add(self, terms: Terms) -> None:
        """One more."""
        coefficients = [coefficient for coefficient, _ in terms]
        self._make_room(min(coefficients, default=0), max(coefficients, default=0))
        self.coefficients.extend(coefficients)
        self.variables.extend([var for _, var in terms])
        self.ends.append(len(self.variables))

    def extend(self, counts: Numbers, coefficients: Numbers, variables: Numbers) -> None:
        """Many more: how many terms each has, and the terms."""
        extend(self.ends, np.cumsum(counts) + len(self.variables))
        if len(coefficients):
            self._make_room(int(coefficients.min()), int(coefficients.max()))
        extend(self.coefficients, coefficients)
        extend(self.variables, variables)

    def _make_room(self, low: int, high: int) -> None:
        """Go over to 64 bits if coefficients from `low` to `high` need them."""
        if self.coefficients.itemsize < _WIDE and not -_NARROW <= low <= high < _NARROW:
            wide = growing()
            extend(wide, seen(self.coefficients))
            self.coefficients = wide

    def begin(self, number: int) -> int:
        """Where the terms of a sum begin."""
        return self.ends[number - 1] if number else 0

    def terms(self, number: int) -> Terms:
        """The terms of a sum."""
        own = slice(self.begin(number), self.ends[number])
        return tuple(zip(self.coefficients[own], self.variables[own], strict=True))

    def stretches(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Where the terms of these sums begin, and how many there are."""
        begins = take(self.ends, np.maximum(numbers - 1, 0))
        begins[numbers == 0] = 0
        return begins, take(self.ends, numbers) - begins

    def sums(self) -> Sums:
        """All of them as arrays."""
        begins = np.zeros(len(self.ends) + 1, dtype=np.int64)
        begins[1:] = seen(self.ends)
        return Sums(begins, seen(self.coefficients), seen(self.variables))


class Definitions:
    """Variables that follow from others; see `model.Definition`."""

    def __init__(self) -> None:
        """None yet."""
        self.rows = Rows()
        self.variables = narrow()
        self.kinds = narrow()
        self.thresholds = growing()
        self._known = Keys()

    def __len__(self) -> int:
        """How many there are."""
        return len(self.variables)

    def known(self, kind: int, terms: Terms, threshold: int) -> tuple[int, int | None]:
        """The hash of a definition, and its variable where there is one already."""
        if len(terms) > _MANY:
            both = np.array(terms, dtype=np.int64)
            own = Family(np.array([len(terms)]), both[:, 0], both[:, 1])
            [key] = _hashes(own, np.array([kind]), np.array([threshold])).tolist()
        else:
            key = 0
            for coefficient, var in terms:
                mixed = var * _FIRST & _MASK
                mixed = (mixed ^ mixed >> 29) * _SECOND & _MASK
                key += coefficient * (mixed ^ mixed >> 32)
            key = (key & _MASK) ^ (kind * _KIND + threshold * _THRESHOLD & _MASK)
        number = self._known.get(key)
        if number is None or not self._same(number, kind, terms, threshold):
            return key, None
        return key, self.variables[number]

    def add(self, key: int, var: int, kind: int, terms: Terms, threshold: int) -> None:
        """One more, with the hash that `known` gave."""
        self._known.add(key, len(self.variables))
        self.rows.add(terms)
        self.variables.append(var)
        self.kinds.append(kind)
        self.thresholds.append(threshold)

    def extend(
        self, new: "Family", kinds: Numbers, thresholds: Numbers, first: int
    ) -> tuple[Numbers, Numbers]:
        """Many at once, those that are there already left out.

        Args:
            new: the sums.
            kinds: of each.
            thresholds: of each.
            first: the first variable that is free.

        Returns:
            The variable of each, and the numbers of those that were new, in the order of their
            variables, which follow one another from `first`.
        """
        keys = _hashes(new, kinds, thresholds)
        _, places, same = np.unique(keys, return_index=True, return_inverse=True)
        # Each in the order of its first: a seed shall give one model.
        order = np.argsort(places)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        places, same = places[order], rank[same]
        doubtful = ~new.alike(places[same], kinds, thresholds)
        numbers = self._known.find(keys[places])
        met = np.flatnonzero(numbers >= 0)
        if len(met):
            fits = self._fit(numbers[met], new, places[met], kinds, thresholds)
            numbers[met[~fits]] = -1
        variables = np.empty(len(places), dtype=np.int64)
        was = numbers >= 0
        variables[was] = take(self.variables, numbers[was])
        fresh = np.flatnonzero(~was)
        variables[fresh] = first + np.arange(len(fresh))
        given = variables[same]
        own = places[fresh]
        # What shares a hash with another by chance gets a variable of its own.
        strange = np.flatnonzero(doubtful)
        given[strange] = first + len(fresh) + np.arange(len(strange))
        own = np.concatenate((own, strange))
        begin = len(self.variables)
        self.rows.extend(*new.of(own))
        extend(self.variables, given[own])
        extend(self.kinds, kinds[own])
        extend(self.thresholds, thresholds[own])
        self._known.extend(keys[own], begin)
        return given, own

    def _same(self, number: int, kind: int, terms: Terms, threshold: int) -> bool:
        return (
            self.kinds[number] == kind
            and self.thresholds[number] == threshold
            and self.rows.terms(number) == terms
        )

    def _fit(
        self,
        numbers: Numbers,
        new: "Family",
        places: Numbers,
        kinds: Numbers,
        thresholds: Numbers,
    ) -> NDArray[np.bool_]:
        """Whether these that are there are the same as the new ones at these places."""
        begins, counts = self.rows.stretches(numbers)
        fits: NDArray[np.bool_] = (
            (counts == new.counts[places])
            & (take(self.kinds, numbers) == kinds[places])
            & (take(self.thresholds, numbers) == thresholds[places])
        )
        old = np.flatnonzero(fits)
        here = places_of(begins[old], counts[old])
        there = places_of(new.begins[places[old]], counts[old])
        differs = (take(self.rows.variables, here) != new.variables[there]) | (
            take(self.rows.coefficients, here) != new.coefficients[there]
        )
        fits[np.repeat(old, counts[old])[differs]] = False
        return fits

    def owners(self) -> Iterator[tuple[int, Terms]]:
        """Each variable with the sum that it follows from."""
        for number, var in enumerate(self.variables):
            yield var, self.rows.terms(number)


class Family:
    """Sums of terms that are posted at once; those of a sum in order of their variables.

    Attributes:
        counts: how many terms each sum has.
        begins: where they begin.
    """

    def __init__(self, counts: Numbers, coefficients: Numbers, variables: Numbers) -> None:
        """The sums one after the other."""
        self.counts = counts
        self.begins = np.cumsum(counts) - counts
        self.coefficients = coefficients
        self.variables = variables

    @property
    def owners(self) -> Numbers:
        """For each term the number of its sum."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def totals(self, numbers: Numbers) -> Numbers:
        """For each sum the total of these, one for each of its terms."""
        running = np.zeros(len(numbers) + 1, dtype=np.int64)
        np.cumsum(numbers, out=running[1:])
        found: Numbers = running[self.begins + self.counts] - running[self.begins]
        return found

    def of(self, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Counts and terms of some of the sums."""
        counts = self.counts[numbers]
        places = places_of(self.begins[numbers], counts)
        return counts, self.coefficients[places], self.variables[places]

    def alike(self, others: Numbers, kinds: Numbers, thresholds: Numbers) -> NDArray[np.bool_]:
        """Whether each sum is the same as another one of these, kind and threshold included."""
        fits: NDArray[np.bool_] = (
            (self.counts == self.counts[others])
            & (kinds == kinds[others])
            & (thresholds == thresholds[others])
        )
        twins = np.flatnonzero(fits & (others != np.arange(len(others))))
        counts = self.counts[twins]
        here = places_of(self.begins[twins], counts)
        there = places_of(self.begins[others[twins]], counts)
        differs = (self.variables[here] != self.variables[there]) | (
            self.coefficients[here] != self.coefficients[there]
        )
        fits[np.repeat(twins, counts)[differs]] = False
        return fits


class Constraints:
    """Sums between two limits; see `model.Constraint`."""

    def __init__(self) -> None:
        """None yet."""
        self.rows = Rows()
        self.lows = growing()
        self.highs = growing()
        self.guards = narrow()
        self.reasons = narrow()

    def add(self, terms: Terms, low: int | None, high: int | None, guard: int, reason: int) -> None:
        """One more."""
        self.rows.add(terms)
        self.lows.append(-NO_LIMIT if low is None else low)
        self.highs.append(NO_LIMIT if high is None else high)
        self.guards.append(guard)
        self.reasons.append(reason)

    def extend(
        self, new: Family, lows: Numbers, highs: Numbers, guards: Numbers, first_reason: int
    ) -> None:
        """Many more; their reasons follow one another."""
        self.rows.extend(new.counts, new.coefficients, new.variables)
        extend(self.lows, lows)
        extend(self.highs, highs)
        extend(self.guards, guards)
        extend(self.reasons, first_reason + np.arange(len(lows)))


def _hashes(new: Family, kinds: Numbers, thresholds: Numbers) -> Hashes:
    """As `Definitions.known` counts them, for many."""
    mixed = new.variables.astype(np.uint64) * np.uint64(_FIRST)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(_SECOND)
    mixed = (mixed ^ (mixed >> np.uint64(32))) * new.coefficients.astype(np.uint64)
    sums = np.zeros(len(mixed) + 1, dtype=np.uint64)
    np.cumsum(mixed, out=sums[1:])
    keys = sums[new.begins + new.counts] - sums[new.begins]
    tail = kinds.astype(np.uint64) * np.uint64(_KIND)
    tail += thresholds.astype(np.uint64) * np.uint64(_THRESHOLD)
    found: Hashes = keys ^ tail
    return found
