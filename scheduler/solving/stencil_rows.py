"""Rows of a stencil: sums of its variables before they are drawn, and sums of the draft's after.

Numbers of a row may differ from doctor to doctor; a row stands for a circle of doctors.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeGuard

import numpy as np

from scheduler.domain.duty import Duty
from scheduler.solving.model import FALSE, TRUE
from scheduler.solving.packed import Numbers
from scheduler.solving.posting import Var
from scheduler.solving.store import Family

Amount = int | Numbers
"""One number for all, or an array with one for each doctor of the stencil."""


class Column:
    """Numbers of rows, of which some differ from doctor to doctor."""

    def __init__(self) -> None:
        self.plain: list[int] = []
        self.own: list[tuple[int, Numbers]] = []

    def add(self, amount: Amount) -> None:
        """One more row."""
        if isinstance(amount, np.ndarray):
            self.own.append((len(self.plain), amount))
            self.plain.append(0)
        else:
            self.plain.append(amount)

    def extend(self, amounts: list[Amount]) -> None:
        """So many more rows."""
        if is_plain(amounts):
            self.plain += amounts
        else:
            for amount in amounts:
                self.add(amount)

    def of(self, places: Numbers, doctors: Numbers) -> Numbers:
        """The numbers at these places, each for the doctor beside it."""
        found: Numbers = np.array(self.plain, dtype=np.int64)[places]
        if self.own:
            row_of = np.full(len(self.plain), -1)
            row_of[[place for place, _ in self.own]] = np.arange(len(self.own))
            rows = row_of[places]
            differs = np.flatnonzero(rows >= 0)
            table = np.array([own for _, own in self.own])
            found[differs] = table[rows[differs], doctors[differs]]
        return found


def is_plain(amounts: list[Amount]) -> TypeGuard[list[int]]:
    """Whether all are whole numbers of Python, the same for all doctors."""
    return {int}.issuperset(map(type, amounts))


class Rows:
    """Sums of the stencil's variables, each for a circle of doctors."""

    def __init__(self) -> None:
        self.counts: list[int] = []
        self.coefficients = Column()
        self.variables: list[Var] = []
        self.circles: list[int] = []

    def add(self, terms: Iterable[tuple[Amount, Var]], circle: int) -> None:
        """One more sum, without what no doctor can have."""
        own = [term for term in terms if term[1] != FALSE]
        self.coefficients.extend([coefficient for coefficient, _ in own])
        self.variables += [var for _, var in own]
        self.counts.append(len(own))
        self.circles.append(circle)


@dataclass(slots=True)
class Defined:
    """Definitions of one depth: they follow from variables of lesser depth."""

    rows: Rows = field(default_factory=Rows)
    variables: list[Var] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    thresholds: Column = field(default_factory=Column)
    spares: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class Demanded:
    """Constraints."""

    rows: Rows = field(default_factory=Rows)
    lows: Column = field(default_factory=Column)
    highs: Column = field(default_factory=Column)
    guards: list[Var] = field(default_factory=list)
    duties: list[tuple[Duty, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Some rows, drawn for each doctor of their circle.

    Attributes:
        rows, doctors: which row for which doctor, one pair a sum.
        sums: the sums in variables of the draft, without constants.
        constants: what stands beside each.
    """

    rows: Numbers
    doctors: Numbers
    sums: Family
    constants: Numbers


def gathered(
    rows: Numbers, doctors: Numbers, owners: Numbers, coefficients: Numbers, variables: Numbers
) -> Drawn:
    """Terms of equal variables added up, those of the constant 1 apart."""
    true = variables == TRUE
    constants = np.zeros(len(rows), dtype=np.int64)
    if true.any():
        np.add.at(constants, owners[true], coefficients[true])
        owners, coefficients, variables = owners[~true], coefficients[~true], variables[~true]
    if len(owners) > 1:
        unsorted = (owners[1:] == owners[:-1]) & (variables[1:] <= variables[:-1])
        if unsorted.any():
            torn = np.zeros(len(rows), dtype=np.bool_)
            torn[owners[1:][unsorted]] = True
            places = np.flatnonzero(torn[owners])
            order = places[np.lexsort((variables[places], owners[places]))]
            coefficients[places], variables[places] = coefficients[order], variables[order]
            first = np.ones(len(owners), dtype=np.bool_)
            first[1:] = (owners[1:] != owners[:-1]) | (variables[1:] != variables[:-1])
            begins = np.flatnonzero(first)
            coefficients = np.add.reduceat(coefficients, begins)
            owners, variables = owners[begins], variables[begins]
    kept = coefficients != 0
    if not kept.all():
        owners, coefficients, variables = owners[kept], coefficients[kept], variables[kept]
    counts = np.bincount(owners, minlength=len(rows))
    return Drawn(rows, doctors, Family(counts, coefficients, variables), constants)
