"""The linear program over known columns, with what a case limits; it proposes, and proves nothing.

Beside the rows of `coupling.py` a case (`branching.py`) can limit how much is lacking in all rows
of one price together. Columns can be left out for a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from scheduler.solving.annealing import Reals
from scheduler.solving.mixture import Column
from scheduler.solving.whole_bounds import Limits, WholeRows

_BROKEN = 100.0  # times the dearest price: what it costs that a limit is broken
_NOTHING = 10.0  # times that: what it costs that a doctor has no course


@dataclass(frozen=True)
class Proposal:
    """A solution of the program.

    Attributes:
        value: what it costs, without the constant.
        multipliers: what each row pays.
        tolls: what one that is lacking pays, by price.
        worth: what each doctor's mixture costs with what the rows pay.
        shares: of each column.
        lacking: how much is lacking in all rows of a price, by price.
    """

    value: float
    multipliers: Reals
    tolls: Reals
    worth: Reals
    shares: Reals
    lacking: Reals


class ColumnPool:
    """The program, and the columns in it by number.

    Attributes:
        columns: all that were put in.
        out: the numbers of those that are left out.

    Args:
        rows: what ties doctors together.
        columns: to begin with.
    """

    def __init__(self, rows: WholeRows, columns: Iterable[Column] = ()) -> None:
        """Lay out the rows."""
        self.rows = rows
        self.columns: list[Column] = []
        self.out: set[int] = set()
        self._numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._limits = rows.free
        self._lay_out()
        self.put(columns)

    def _lay_out(self) -> None:
        own = self.rows.coupling
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._infinity = infinity = self._solver.infinity()
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        prices = np.concatenate((own.under, own.over))
        dearest = float(np.max(prices, initial=1.0, where=np.isfinite(prices)))
        dearest = max([dearest, *(float(np.abs(s.costs).max(initial=0)) for s in own.shares)])
        self._broken = _BROKEN * dearest
        self._rows: list[pywraplp.Constraint] = []
        self._lacks: list[pywraplp.Variable | None] = []
        for low, high, under, over in zip(own.lows, own.highs, own.under, own.over, strict=True):
            row = self._solver.Constraint(
                -infinity if low == -np.inf else low, infinity if high == np.inf else high
            )
            self._rows.append(row)
            self._lacks.append(self._slack(row, 1, min(under, self._broken)) if under else None)
            if over:
                self._slack(row, -1, min(over, self._broken))
        self._totals = []
        for members in self.rows.classes:
            total = self._solver.Constraint(-infinity, infinity)
            for row_number in members:
                total.SetCoefficient(self._lacks[row_number], 1)
            self._loosen(total)
            self._totals.append(total)
        self._one = []
        for _ in own.shares:
            one = self._solver.Constraint(1, 1)
            self._slack(one, 1, _NOTHING * self._broken)
            self._one.append(one)
        self._shares: list[pywraplp.Variable] = []
        for column in self.columns:
            self._add(column)
        for number in self.out:
            self._shares[number].SetUb(0.0)
        self._apply(self._limits)

    def _slack(self, row: pywraplp.Constraint, sign: int, price: float) -> pywraplp.Variable:
        slack = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(slack, price)
        row.SetCoefficient(slack, sign)
        return slack

    def _loosen(self, row: pywraplp.Constraint) -> None:
        for sign in (1, -1):
            self._slack(row, sign, self._broken)

    def _add(self, column: Column) -> None:
        share = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(share, column.cost)
        for row, amount in zip(column.rows.tolist(), column.amounts.tolist(), strict=True):
            self._rows[row].SetCoefficient(share, amount)
        self._one[column.doctor].SetCoefficient(share, 1)
        self._shares.append(share)

    def put(self, columns: Iterable[Column]) -> int:
        """Have these columns in the program; how many were not."""
        fresh = 0
        for column in columns:
            key = (column.doctor, column.decisions)
            number = self._numbers.get(key)
            if number is None:
                self._numbers[key] = len(self.columns)
                self.columns.append(column)
                self._add(column)
                fresh += 1
            elif number in self.out:
                self.allow(number)
                fresh += 1
        return fresh

    def drop(self, number: int) -> None:
        """Leave a column out."""
        if number not in self.out:
            self.out.add(number)
            self._shares[number].SetUb(0.0)

    def allow(self, number: int) -> None:
        """Have a column in again."""
        if number in self.out:
            self.out.discard(number)
            self._shares[number].SetUb(self._infinity)

    def limit(self, limits: Limits) -> None:
        """Have the limits of a case, in place of those of the last one."""
        self._limits = limits
        self._apply(limits)

    def _apply(self, limits: Limits) -> None:
        for total, least, most in zip(self._totals, limits.fewest, limits.most, strict=True):
            total.SetBounds(least, most)

    def solve(self, seconds: float) -> Proposal | None:
        """The best mixture; None if the time did not suffice.

        After many changes GLOP may lose its way in numbers, with time left: then it begins anew.
        """
        self._solver.set_time_limit(max(1, int(1000 * seconds)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            self._lay_out()
            self._solver.set_time_limit(max(1, int(1000 * seconds)))
            if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
                return None
        multipliers = np.array([row.dual_value() for row in self._rows])
        shares = np.array([share.solution_value() for share in self._shares])
        lacks = np.array([0.0 if own is None else own.solution_value() for own in self._lacks])
        return Proposal(
            self._objective.Value(),
            multipliers,
            np.array([total.dual_value() for total in self._totals]),
            np.array([one.dual_value() for one in self._one]),
            shares,
            np.array([lacks[list(members)].sum() for members in self.rows.classes]),
        )
