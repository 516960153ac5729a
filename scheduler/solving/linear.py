"""Linear programs with bounds that do not rest on floating-point arithmetic.

A linear solver answers in floating point and may be a little wrong. Its multipliers are taken
as a proposal only: rounded to whole numbers and put into the Lagrangian of a program whose
variables all have finite ranges, they give a bound in exact integer arithmetic, whoever
proposed them (Neumaier and Shcherbina 2004).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ortools.linear_solver.python import model_builder as mb

from scheduler.solving.lean import give_back
from scheduler.solving.model import Term

_DIGITS = 32  # binary digits kept of a multiplier
SOLVER = "glop"  # HiGHS answers here without usable multipliers


@dataclass
class Row:
    """low <= sum of coefficient * column <= high."""

    terms: tuple[Term, ...]
    low: int | None
    high: int | None


@dataclass
class Program:
    """Minimise `costs` over columns with finite ranges, under rows; all numbers are integers.

    Attributes:
        ranges: smallest and largest value of each column.
        costs: of each column that has one.
    """

    ranges: list[tuple[int, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    costs: dict[int, int] = field(default_factory=dict)

    def column(self, low: int, high: int) -> int:
        """A new column."""
        self.ranges.append((low, high))
        return len(self.ranges) - 1

    def add(self, terms: Iterable[Term], low: int | None, high: int | None) -> None:
        """A new row."""
        self.rows.append(Row(tuple(terms), low, high))

    def bound(self, seconds: float) -> int | None:
        """A whole number that no integral point undercuts; None if the time did not suffice."""
        multipliers = self.multipliers(seconds)
        return None if multipliers is None else self.certified(multipliers)

    def certified(self, multipliers: Sequence[float]) -> int:
        """The bound that these multipliers of the rows prove, in exact arithmetic.

        Any multipliers are right; bad ones give a poor bound.
        """
        unit = 1 << _DIGITS
        constant, reduced = self.lagrangian(whole(multipliers, _DIGITS), unit)
        for cost, (low, high) in zip(reduced, self.ranges, strict=True):
            constant += cost * (low if cost > 0 else high)
        return -(-constant // unit)

    def lagrangian(self, factors: Sequence[int], unit: int) -> tuple[int, list[int]]:
        """The rows weighed in: a constant and the cost of each column, both `unit` times as large.

        Constant and costs together are never over `unit` times the costs at a point that keeps
        all rows, whatever the factors are.

        Args:
            factors: of the rows; over 0 their low sides count, else their high sides.
            unit: how much 1 of the costs is.
        """
        constant = 0
        reduced = [0] * len(self.ranges)
        for column, cost in self.costs.items():
            reduced[column] = cost * unit
        for row, factor in zip(self.rows, factors, strict=True):
            side = row.low if factor > 0 else row.high
            if not factor or side is None:
                continue
            constant += factor * side
            for coefficient, column in row.terms:
                reduced[column] -= factor * coefficient
        return constant, reduced

    def multipliers(self, seconds: float) -> list[float] | None:
        """What a linear solver proposes for the rows; None if the time did not suffice."""
        model = mb.Model()  # type: ignore[no-untyped-call]
        columns = [model.new_num_var(low, high, "") for low, high in self.ranges]
        rows = []
        for row in self.rows:
            expression = mb.LinearExpr.weighted_sum(
                [columns[v] for _, v in row.terms], [float(c) for c, _ in row.terms]
            )
            own = model.add_linear_constraint(
                expression,
                -math.inf if row.low is None else row.low,
                math.inf if row.high is None else row.high,
            )
            rows.append(own)
        model.minimize(
            mb.LinearExpr.weighted_sum(
                [columns[v] for v in self.costs], [float(c) for c in self.costs.values()]
            )
        )
        del columns
        give_back()  # the solver lays it all out once more
        solver = mb.Solver(SOLVER)
        solver.set_time_limit_in_seconds(max(0.1, seconds))
        if solver.solve(model) != mb.SolveStatus.OPTIMAL:
            return None
        # One by one: all at once is for data frames, which are not there in a child (`lean`).
        return [float(solver.dual_value(own)) for own in rows]


def whole(multipliers: Sequence[float], digits: int) -> list[int]:
    """Multipliers as whole numbers, so many binary digits finer; what is no number is 0."""
    return [round(m * (1 << digits)) if math.isfinite(m) else 0 for m in multipliers]
