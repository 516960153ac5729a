"""Good prices for a decomposition, by column generation.

A linear program chooses for each doctor a mixture of own rosters that are known, so that the
rows that tie are kept; its multipliers are the prices at which new rosters are looked for.
They jump about at first, so what is asked lies between them and the best prices so far
(Wentges). How good the prices are decides how good the bound is, never whether it is true.
"""

import threading
import time
from collections.abc import Callable, Sequence

from ortools.linear_solver import pywraplp

from scheduler.solving.decomposition import Decomposition, Priced

_STEADY = 0.7  # of the best prices in those that are asked
_CLOSE = 1e-6


class Master:
    """The linear program over rosters of single doctors.

    Args:
        parts: what is taken apart.
    """

    def __init__(self, parts: Decomposition) -> None:
        """Rows and free columns, and the known roster as a first column for everybody."""
        self.parts = parts
        program = parts.program
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self._solver.infinity()
        self._rows = [
            self._solver.Constraint(
                -infinity if row.low is None else row.low, infinity if row.high is None else row.high
            )
            for row in program.rows
        ]
        self._on: list[list[tuple[int, int]]] = [[] for _ in program.ranges]
        for number, row in enumerate(program.rows):
            for coefficient, column in row.terms:
                self._on[column].append((number, coefficient))
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        for column in parts.free:
            low, high = program.ranges[column]
            self._column(low, high, program.costs.get(column, 0), dict(self._on[column]))
        self._one = [self._solver.Constraint(1, 1) for _ in parts.split.blocks]
        self.known: list[dict[frozenset[int], pywraplp.Variable]] = [{} for _ in self._one]
        for number, chosen in enumerate(parts.hints):
            self.add(number, chosen)

    def add(self, number: int, chosen: frozenset[int]) -> bool:
        """A roster of one doctor; False if it is known."""
        if chosen in self.known[number]:
            return False
        columns, costs = self.parts.columns(number), self.parts.program.costs
        cost = 0
        activity: dict[int, int] = {}
        for var, value in self.parts.block_values(number, chosen).items():
            if value and var in columns:
                cost += costs.get(columns[var], 0) * value
                for row, coefficient in self._on[columns[var]]:
                    activity[row] = activity.get(row, 0) + coefficient * value
        share = self._column(0, self._solver.infinity(), cost, activity)
        self._one[number].SetCoefficient(share, 1)
        self.known[number][chosen] = share
        return True

    def _column(
        self, low: float, high: float, cost: int, activity: dict[int, int]
    ) -> pywraplp.Variable:
        variable = self._solver.NumVar(low, high, "")
        self._objective.SetCoefficient(variable, cost)
        for row, coefficient in activity.items():
            self._rows[row].SetCoefficient(variable, coefficient)
        return variable

    def solve(self, seconds: float) -> tuple[float, list[float]] | None:
        """The least value over all mixtures, and the rows' multipliers; None if not in time."""
        self._solver.set_time_limit(max(1, int(seconds * 1000)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        value = self._objective.Value() + self.parts.constant
        return value, [row.dual_value() for row in self._rows]


def generate(
    parts: Decomposition,
    end: float,
    stop: threading.Event,
    *,
    goal: int,
    first: Sequence[float] | None = None,
    found: Callable[[Priced], None] = lambda _: None,
) -> tuple[Priced | None, Master]:
    """Improve the prices until the bound reaches the goal or cannot rise, or the time is out.

    Args:
        parts: what is taken apart.
        end: on the monotonic clock.
        stop: set from outside to end early.
        goal: a bound of this is enough.
        first: prices to begin with.
        found: called whenever there is a better bound.

    Returns:
        The best prices, and the program with all rosters that were met.
    """
    master = Master(parts)
    best: Priced | None = None
    at: list[float] | None = None if first is None else list(first)
    steady = 0.0 if first is None else 1.0
    while time.monotonic() < end and not stop.is_set():
        solved = master.solve(end - time.monotonic())
        if solved is None:
            break
        value, multipliers = solved
        if best is not None and best.bound >= value - _CLOSE * max(1.0, abs(value)):
            break  # no prices are better
        asked = multipliers
        if at is not None and steady:
            asked = [steady * a + (1 - steady) * m for a, m in zip(at, multipliers, strict=True)]
        priced = parts.price(asked, end, stop)
        fresh = [
            chosen is not None and master.add(number, chosen)
            for number, chosen in enumerate(priced.found)
        ]
        if best is None or priced.rest + sum(priced.lows) > (
            (best.rest + sum(best.lows)) * 2.0 ** (priced.digits - best.digits)
        ):
            best, at = priced, asked
            found(best)
        if best.bound >= goal:
            break
        if not any(fresh) and not steady:
            break
        steady = _STEADY if any(fresh) else 0.0
    return best, master
