"""Definitions and constraints of a packed model as objects that are made when looked at.

A year for a hundred doctors has half a million of them, and the search looks at few: as
objects of Python they would take five times the room of the arrays.
"""

from abc import abstractmethod
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar, overload

import numpy as np

from scheduler.solving.model import AT_LEAST, EXCESS, Constraint, Definition, Model, Term, Terms
from scheduler.solving.packed import NO_LIMIT, Numbers, Packed, Sums, group_of, steps_of, unpack

T = TypeVar("T")

WHOLE = 50_000
"""Definitions: a model with no more is small enough to be made as a whole."""

_AT_A_TIME, _TERMS = 4_096, 16_384
"""Rows that are made together by one who wants to see all of them, and their terms; a single row
may have more."""


class _View(Sequence[T]):
    """Rows of a packed model."""

    def __init__(self, sums: Sums) -> None:
        self._sums = sums

    def __len__(self) -> int:
        return len(self._sums.begins) - 1

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(f"place ({place}) must be below {len(self)}")
        return self._one(number)

    def __iter__(self) -> Iterator[T]:
        first, begins = 0, self._sums.begins
        while first < len(self):
            last = int(np.searchsorted(begins, int(begins[first]) + _TERMS, side="right")) - 1
            last = min(max(last, first + 1), first + _AT_A_TIME, len(self))
            yield from self._made(first, last)
            first = last

    @abstractmethod
    def _one(self, number: int) -> T:
        """The object of one row."""

    @abstractmethod
    def _made(self, first: int, last: int) -> Iterator[T]:
        """The objects of the rows from `first` to before `last`."""

    def _terms_of(self, number: int) -> Terms:
        own = self._sums
        low, high = own.begins[number], own.begins[number + 1]
        return tuple(
            zip(own.coefficients[low:high].tolist(), own.variables[low:high].tolist(), strict=True)
        )

    def _terms(self, first: int, last: int) -> Iterator[Terms]:
        ends = self._sums.begins[first : last + 1].tolist()
        coefficients = self._sums.coefficients[ends[0] : ends[-1]].tolist()
        variables = self._sums.variables[ends[0] : ends[-1]].tolist()
        terms = tuple(zip(coefficients, variables, strict=True))
        for low, high in pairwise(ends):
            yield terms[low - ends[0] : high - ends[0]]


class SeenTerms(Sequence[Term]):
    """The terms of one sum, made when they are looked at."""

    def __init__(self, coefficients: Numbers, variables: Numbers) -> None:
        """The arrays that they stand in."""
        self._coefficients = coefficients
        self._variables = variables

    def __len__(self) -> int:
        return len(self._variables)

    @overload
    def __getitem__(self, place: int) -> Term: ...
    @overload
    def __getitem__(self, place: slice) -> "SeenTerms": ...
    def __getitem__(self, place: int | slice) -> "Term | SeenTerms":
        if isinstance(place, slice):
            return SeenTerms(self._coefficients[place], self._variables[place])
        return int(self._coefficients[place]), int(self._variables[place])

    def __iter__(self) -> Iterator[Term]:
        return zip(self._coefficients.tolist(), self._variables.tolist(), strict=True)


def _seen_terms(sums: Sums) -> Iterator[SeenTerms]:
    for low, high in pairwise(sums.begins.tolist()):
        yield SeenTerms(sums.coefficients[low:high], sums.variables[low:high])


class Definitions(_View[Definition]):
    """The definitions of a packed model, in their order."""

    def __init__(self, packed: Packed) -> None:
        """Nothing is made yet."""
        super().__init__(packed.definitions)
        self._packed = packed

    def _one(self, number: int) -> Definition:
        own = self._packed
        var = own.defined.item(number)
        return Definition(
            var,
            AT_LEAST if own.kinds[number] else EXCESS,
            self._terms_of(number),
            own.thresholds.item(number),
            own.uppers.item(var),
        )

    def _made(self, first: int, last: int) -> Iterator[Definition]:
        own = self._packed
        variables = own.defined[first:last]
        return (
            Definition(var, AT_LEAST if kind else EXCESS, terms, threshold, upper)
            for var, kind, terms, threshold, upper in zip(
                variables.tolist(),
                own.kinds[first:last].tolist(),
                self._terms(first, last),
                own.thresholds[first:last].tolist(),
                own.uppers[variables].tolist(),
                strict=True,
            )
        )


class Constraints(_View[Constraint]):
    """The constraints of a packed model, in their order."""

    def __init__(self, packed: Packed) -> None:
        """Nothing is made yet."""
        super().__init__(packed.constraints)
        self._packed = packed

    def _one(self, number: int) -> Constraint:
        own = self._packed
        return _constraint(
            self._terms_of(number),
            own.lows.item(number),
            own.highs.item(number),
            own.guards.item(number),
            own.reasons.item(number),
        )

    def _made(self, first: int, last: int) -> Iterator[Constraint]:
        own = self._packed
        return (
            _constraint(terms, low, high, guard, reason)
            for terms, low, high, guard, reason in zip(
                self._terms(first, last),
                own.lows[first:last].tolist(),
                own.highs[first:last].tolist(),
                own.guards[first:last].tolist(),
                own.reasons[first:last].tolist(),
                strict=True,
            )
        )


def _constraint(terms: Terms, low: int, high: int, guard: int, reason: int) -> Constraint:
    return Constraint(
        terms,
        None if low == -NO_LIMIT else low,
        None if high == NO_LIMIT else high,
        guard,
        reason,
    )


class Defined(Mapping[int, Definition]):
    """The definitions by their variables."""

    def __init__(self, definitions: Definitions, packed: Packed) -> None:
        """Remember where each variable's definition stands."""
        self._definitions = definitions
        self._place = np.full(packed.size, -1, dtype=np.int32)
        self._place[packed.defined] = np.arange(len(packed.defined))
        self._variables = packed.defined

    def __getitem__(self, var: int) -> Definition:
        """The definition of a variable.

        Raises:
            KeyError: it has none.
        """
        if not 0 <= var < len(self._place) or self._place[var] < 0:
            raise KeyError(var)
        return self._definitions[int(self._place[var])]

    def __iter__(self) -> Iterator[int]:
        """The variables in the order of their definitions."""
        return iter(self._variables.tolist())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._variables)


class GroupLists(Mapping[str, list[list[int]]]):
    """Which decisions belong together, as lists that are made when asked for and not kept."""

    def __init__(self, packed: Packed) -> None:
        """Nothing is made yet."""
        self._packed = packed.groups

    def __getitem__(self, name: str) -> list[list[int]]:
        """The groups of that name.

        Raises:
            KeyError: there are none.
        """
        return group_of(self._packed[name])

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._packed)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._packed)


class _Seen(Model):
    """A model whose definitions, constraints and groups are views, and whose ranges an array."""

    def __init__(self, packed: Packed) -> None:
        definitions = Definitions(packed)
        super().__init__(
            decisions=packed.decisions,
            uppers=_compact(packed.uppers),
            definitions=definitions,
            constraints=Constraints(packed),
            steps=steps_of(packed, _seen_terms),
            groups=GroupLists(packed),
        )
        self.__dict__["definition_of"] = Defined(definitions, packed)  # as if asked for before


def _compact(numbers: Numbers) -> "array[int]":
    """The numbers in 32 bits each, or in 64 where these are too few."""
    narrow = int(numbers.max(initial=0)) <= np.iinfo(np.int32).max
    code, width = ("i", np.int32) if narrow else ("q", np.int64)
    return array(code, numbers.astype(width).tobytes())


def looked_into(packed: Packed, *, whole: int = WHOLE) -> Model:
    """The model that `pack` was given; a large one is made piece by piece when looked at.

    Args:
        packed: the model.
        whole: with no more definitions than that it is made as a whole.
    """
    return unpack(packed) if len(packed.defined) <= whole else _Seen(packed)
