"""The linear program over courses that are known: a mixture for each doctor, rows at their prices.

What it pays in each row tells which other courses would help. A doctor can be settled on one
course; the others' mixtures are then about what is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from scheduler.solving.annealing import Reals
from scheduler.solving.coupling import Coupling
from scheduler.solving.packed import Numbers

_CLOSE = 1e-6
_NOTHING = 10.0  # times that: what it costs that a doctor has no course
_BROKEN = 100.0  # times the dearest price: what a row costs that may not be broken


class Column(NamedTuple):
    """One course of one doctor.

    Attributes:
        decisions: that are true in it, ascending.
        cost: its own.
        rows, amounts: what it adds to which rows.
    """

    doctor: int
    decisions: tuple[int, ...]
    cost: float
    rows: Numbers
    amounts: Reals


@dataclass(frozen=True)
class Mixed:
    """A solution of the program.

    Attributes:
        value: of the step, constants included.
        multipliers: what each row pays.
        worth: what each doctor's mixture costs with what the rows pay.
        shares: of each column.
        lawful: every doctor has a whole mixture, and no row is broken that may not be.
    """

    value: float
    multipliers: Reals
    worth: Reals
    shares: Reals
    lawful: bool


class Mixture:
    """The program, to which columns are added.

    Args:
        coupling: the rows.
        settled: what the rows have already from doctors who are not in it.
        doctors: those who are in it.
    """

    def __init__(self, coupling: Coupling, settled: Reals, doctors: Iterable[int]) -> None:
        """Lay out rows and their slacks; no columns yet."""
        self.coupling = coupling
        self.columns: list[Column] = []
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._infinity = self._solver.infinity()
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        prices = np.concatenate((coupling.under, coupling.over))
        dearest = float(np.max(prices, initial=1.0, where=np.isfinite(prices)))
        dearest = max([dearest, *(float(np.abs(s.costs).max(initial=0)) for s in coupling.shares)])
        self.broken = _BROKEN * dearest
        self._lacks: list[pywraplp.Variable] = []
        self._rows = []
        for low, high, under, over, done in zip(
            coupling.lows, coupling.highs, coupling.under, coupling.over, settled, strict=True
        ):
            row = self._solver.Constraint(
                -self._infinity if low == -np.inf else low - done,
                self._infinity if high == np.inf else high - done,
            )
            self._rows.append(row)
            for price, sign in ((under, 1), (over, -1)):
                if price > 0:
                    row.SetCoefficient(self._slack(price), sign)
        self._one = {doctor: self._solver.Constraint(1, 1) for doctor in doctors}
        for one in self._one.values():
            one.SetCoefficient(self._lack(_NOTHING * self.broken), 1)
        self._shares: list[pywraplp.Variable] = []

    def _slack(self, price: float) -> pywraplp.Variable:
        if price == np.inf:
            return self._lack(self.broken)
        slack = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(slack, price)
        return slack

    def _lack(self, price: float) -> pywraplp.Variable:
        """What there is in place of something lawful."""
        lack = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(lack, price)
        self._lacks.append(lack)
        return lack

    def add(self, column: Column) -> None:
        """Another course of one of the doctors."""
        share = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(share, column.cost)
        for row, amount in zip(column.rows.tolist(), column.amounts.tolist(), strict=True):
            self._rows[row].SetCoefficient(share, amount)
        self._one[column.doctor].SetCoefficient(share, 1)
        self._shares.append(share)
        self.columns.append(column)

    def drop(self, number: int) -> None:
        """Leave a column out from now on."""
        self._shares[number].SetUb(0.0)

    def solve(self, seconds: float) -> Mixed | None:
        """The best mixtures; None if the time did not suffice."""
        self._solver.set_time_limit(max(1, int(1000 * seconds)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        worth = np.full(len(self.coupling.shares), np.nan)
        for doctor, one in self._one.items():
            worth[doctor] = one.dual_value()
        return Mixed(
            self._objective.Value() + self.coupling.constant,
            np.array([row.dual_value() for row in self._rows]),
            worth,
            np.array([share.solution_value() for share in self._shares]),
            all(lack.solution_value() < _CLOSE for lack in self._lacks),
        )
