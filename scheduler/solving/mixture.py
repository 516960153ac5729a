"""The linear program over courses that are known: a mixture for each doctor, rows at their prices.

What it pays in each row tells which other courses would help. Columns are added, left out and
taken in again; a case of a proof (`branching.py`) can limit how much is lacking in all rows of one
price together. It proposes, and proves nothing.

GLOP goes on from the basis it ended with as long as nothing but columns and bounds has changed, and
the program is not rewritten before it sees it: so there is neither preprocessing nor scaling. Where
nothing came in since then the basis is dual feasible or nearly so, and the dual simplex method is
faster.
"""

from collections.abc import Callable, Iterable, Sequence
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
_SLICE = 1_000  # steps of the simplex method between looks at the time
_INCREMENTAL = "use_preprocessing: false use_scaling: false"


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
        tolls: what one that is lacking pays, by class of rows.
        worth: what each doctor's mixture costs with what the rows pay.
        shares: of each column.
        lacking: how much is lacking in all rows of a class, by class.
        lawful: every doctor has a whole mixture, and nothing is broken that may not be.
    """

    value: float
    multipliers: Reals
    tolls: Reals
    worth: Reals
    shares: Reals
    lacking: Reals
    lawful: bool


class Mixture:
    """The program, and the columns in it by number.

    Attributes:
        columns: all that were put in.
        out: the numbers of those that are left out.

    Args:
        coupling: the rows.
        settled: what the rows have already from doctors who are not in it.
        doctors: those who are in it.
        classes: rows in which what is lacking can be limited together.
    """

    def __init__(
        self,
        coupling: Coupling,
        settled: Reals,
        doctors: Iterable[int],
        classes: Sequence[Sequence[int]] = (),
    ) -> None:
        """Lay out rows and their slacks; no columns yet."""
        self.coupling, self._settled = coupling, settled
        self._doctors, self._classes = tuple(doctors), classes
        self.columns: list[Column] = []
        self.out: set[int] = set()
        self._grown = True  # columns came in since the last solution
        self._numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._limits: Sequence[tuple[float, float]] = [(-np.inf, np.inf)] * len(classes)
        prices = np.concatenate((coupling.under, coupling.over))
        dearest = float(np.max(prices, initial=1.0, where=np.isfinite(prices)))
        dearest = max([dearest, *(float(np.abs(s.costs).max(initial=0)) for s in coupling.shares)])
        self.broken = _BROKEN * dearest
        self._lay_out()

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
            self._grown = True
            self._shares[number].SetUb(self._infinity)

    def limit(self, fewest: Sequence[float], most: Sequence[float]) -> None:
        """Limit how much is lacking in each class of rows, in place of former limits."""
        self._limits = list(zip(fewest, most, strict=True))
        self._apply()

    def solve(self, left: Callable[[], float]) -> Mixed | None:
        """The best mixtures; None if the time did not suffice.

        After many changes GLOP may lose its way in numbers, with time left: then it begins anew.

        Args:
            left: seconds left; asked again and again.
        """
        if not self._solved(left):
            if left() <= 0:
                return None
            self._lay_out()
            if not self._solved(left):
                return None
        worth = np.full(len(self.coupling.shares), np.nan)
        for doctor, one in self._one.items():
            worth[doctor] = one.dual_value()
        short = [0.0 if lack is None else lack.solution_value() for lack in self._short]
        return Mixed(
            self._objective.Value() + self.coupling.constant,
            np.array([row.dual_value() for row in self._rows]),
            np.array([total.dual_value() for total in self._totals]),
            worth,
            np.array([share.solution_value() for share in self._shares]),
            np.array([sum(short[row] for row in rows) for rows in self._classes]),
            all(lack.solution_value() < _CLOSE for lack in self._lacks),
        )

    def _solved(self, left: Callable[[], float]) -> bool:
        """Whether the best is found; the method goes on slice by slice while there is time."""
        dual = "false" if self._grown else "true"
        self._solver.SetSolverSpecificParametersAsString(
            f"{_INCREMENTAL} max_number_of_iterations: {_SLICE} use_dual_simplex: {dual}"
        )
        while (seconds := left()) > 0:
            self._solver.set_time_limit(max(1, int(1000 * seconds)))
            status = self._solver.Solve()
            if status == pywraplp.Solver.OPTIMAL:
                self._grown = False
                return True
            goes_on = status in (pywraplp.Solver.FEASIBLE, pywraplp.Solver.NOT_SOLVED)
            if not goes_on or not self._solver.iterations():  # without a step it stands still
                break
        return False

    def _lay_out(self) -> None:
        own = self.coupling
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._grown = True
        self._infinity = self._solver.infinity()
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._lacks: list[pywraplp.Variable] = []  # what there is in place of something lawful
        self._short: list[pywraplp.Variable | None] = []  # what is lacking in each row
        self._rows: list[pywraplp.Constraint] = []
        for low, high, under, over, done in zip(
            own.lows, own.highs, own.under, own.over, self._settled, strict=True
        ):
            row = self._row(low - done, high - done)
            self._rows.append(row)
            self._short.append(self._slack(row, 1, under) if under else None)
            if over:
                self._slack(row, -1, over)
        self._totals: list[pywraplp.Constraint] = []
        for rows in self._classes:
            total = self._row(-np.inf, np.inf)
            for number in rows:
                total.SetCoefficient(self._short[number], 1)
            for sign in (1, -1):
                self._slack(total, sign, np.inf)
            self._totals.append(total)
        self._one = {doctor: self._row(1, 1) for doctor in self._doctors}
        for one in self._one.values():
            self._slack(one, 1, np.inf, _NOTHING)
        self._shares: list[pywraplp.Variable] = []
        for column in self.columns:
            self._add(column)
        for number in self.out:
            self._shares[number].SetUb(0.0)
        self._apply()

    def _row(self, low: float, high: float) -> pywraplp.Constraint:
        return self._solver.Constraint(
            -self._infinity if low == -np.inf else low, self._infinity if high == np.inf else high
        )

    def _slack(
        self, row: pywraplp.Constraint, sign: int, price: float, times: float = 1.0
    ) -> pywraplp.Variable:
        """How far a row is off its limit; what may not be is dear, so many times."""
        slack = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(slack, self.broken * times if price == np.inf else price)
        row.SetCoefficient(slack, sign)
        if price == np.inf:
            self._lacks.append(slack)
        return slack

    def _add(self, column: Column) -> None:
        share = self._solver.NumVar(0, self._infinity, "")
        self._objective.SetCoefficient(share, column.cost)
        for row, amount in zip(column.rows.tolist(), column.amounts.tolist(), strict=True):
            self._rows[row].SetCoefficient(share, amount)
        self._one[column.doctor].SetCoefficient(share, 1)
        self._shares.append(share)
        self._grown = True

    def _apply(self) -> None:
        for total, (least, most) in zip(self._totals, self._limits, strict=True):
            total.SetBounds(
                -self._infinity if least == -np.inf else least,
                self._infinity if most == np.inf else most,
            )
