"""Good multipliers for a decomposition, by column generation within a trust region.

A linear program chooses for each doctor a mixture of own rosters that are known, so that the
rows that tie are kept; at its multipliers new rosters are looked for. With few rosters these
jump about, and at wild ones a doctor's cheapest roster is hard to find. So they are held near
the best so far: breaking a row is allowed, at a cost that keeps its multiplier in a box. How
good they are decides how good the bound is, never whether it is true.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence

from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from scheduler.solving.decomposition import Decomposition, Relaxed

_CLOSE = 1e-6
_SERIOUS = 0.1  # of the rise that was promised; the box moves and grows
_GROWS, _SHRINKS = 2.0, 0.6
_WORTH = 0.005  # of the gap: a rise of less is in vain
_PATIENCE = 20  # multipliers asked in vain before it is given up
_WIDEST = 1e12  # a box that is felt still: there is no mixture that keeps the rows
_FIRST = 0.1  # of the gap, shared among the subproblems: the first size of the box


class Master:
    """The linear program over rosters of single doctors.

    Args:
        parts: what is taken apart.
    """

    def __init__(self, parts: Decomposition) -> None:
        """Rows, free columns and a box for each row; no rosters yet."""
        self.parts = parts
        program = parts.program
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self._solver.infinity()
        self._heaviest = [max((abs(c) for c, _ in row.terms), default=1) for row in program.rows]
        self._rows = [
            self._solver.Constraint(
                -infinity if row.low is None else row.low,
                infinity if row.high is None else row.high,
            )
            for row in program.rows
        ]
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        for column in parts.free:
            low, high = program.ranges[column]
            cost = program.costs.get(column, 0)
            self._column(low, high, cost, dict(parts.rows_on(column)))
        self._boxes = [
            tuple(self._column(0, infinity, 0, {number: sign}) for sign in (1, -1))
            for number in range(len(self._rows))
        ]
        self._one = [self._solver.Constraint(1, 1) for _ in parts.split.subproblems]

    def add(self, number: int, chosen: frozenset[int]) -> None:
        """A roster of one doctor."""
        share = self._column(0, self._solver.infinity(), *self.parts.weigh(number, chosen))
        self._one[number].SetCoefficient(share, 1)

    def _column(
        self, low: float, high: float, cost: int, activity: dict[int, int]
    ) -> pywraplp.Variable:
        variable = self._solver.NumVar(low, high, "")
        self._objective.SetCoefficient(variable, cost)
        for row, coefficient in activity.items():
            self._rows[row].SetCoefficient(variable, coefficient)
        return variable

    def hold(self, multipliers: Sequence[float], size: float) -> None:
        """Keep the multipliers within so much of these, in what a row's heaviest term costs."""
        for (more, less), price, heaviest in zip(
            self._boxes, multipliers, self._heaviest, strict=True
        ):
            self._objective.SetCoefficient(more, price + size / heaviest)
            self._objective.SetCoefficient(less, size / heaviest - price)

    def solve(self, seconds: float) -> tuple[float, list[float], bool] | None:
        """The least value over all mixtures, the rows' multipliers, and whether no box is felt.

        None if the time did not suffice.
        """
        self._solver.set_time_limit(max(1, int(seconds * 1000)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        value = self._objective.Value() + self.parts.constant
        kept = all(own.solution_value() < _CLOSE for box in self._boxes for own in box)
        return value, [row.dual_value() for row in self._rows], kept


class Generation:
    """Better and better multipliers for one decomposition.

    Args:
        parts: what is taken apart.
        end: on the monotonic clock.
        stop: set from outside to end early.
        goal: a bound of this is enough.
        found: called whenever there is a better bound.
    """

    def __init__(
        self,
        parts: Decomposition,
        end: float,
        stop: threading.Event,
        *,
        goal: int,
        found: Callable[[Relaxed], None] = lambda _: None,
    ) -> None:
        """Nothing is known but the roster."""
        self.parts, self.end, self.stop, self.goal = parts, end, stop, goal
        self._found = found
        self.best: Relaxed | None = None
        self.at: list[float] = [0.0] * len(parts.program.rows)
        self.known: list[set[frozenset[int]]] = [{own} for own in parts.hints]

    def ask(self, multipliers: Sequence[float]) -> tuple[Relaxed, int]:
        """What these multipliers prove, and how many new rosters were met."""
        relaxed = self.parts.relax(multipliers, self.end, self.stop)
        fresh = 0
        for known, chosen in zip(self.known, relaxed.found, strict=True):
            if chosen is not None and chosen not in known:
                known.add(chosen)
                fresh += 1
        if self.best is None or relaxed.exact > self.best.exact:
            self.best, self.at = relaxed, list(multipliers)
            self._found(relaxed)
        return relaxed, fresh

    def run(self) -> bool:
        """Improve while time is left and it gets on.

        Returns:
            Whether no multipliers are better.
        """
        master = Master(self.parts)
        added: list[set[frozenset[int]]] = [set() for _ in self.known]
        if self.best is None:
            self.ask(self.at)
        at, here = self.at, self._exact()
        size = max(1.0, _FIRST * (self.goal - here) / len(self.known))
        vain = 0
        while not self._done() and vain < _PATIENCE:
            for number, known in enumerate(self.known):
                for chosen in sorted(known - added[number], key=sorted):
                    master.add(number, chosen)
                added[number] |= known
            master.hold(at, size)
            solved = master.solve(self.end - time.monotonic())
            if solved is None:
                return False
            value, asked, free = solved
            promised = value - here
            if promised <= _CLOSE * max(1.0, abs(value)):
                if free or size > _WIDEST:
                    return free
                size *= _GROWS * _GROWS
                continue
            relaxed, fresh = self.ask(asked)
            rise = relaxed.exact - here
            vain = 0 if rise > _WORTH * (self.goal - here) else vain + 1
            if rise > _SERIOUS * promised:
                size *= _GROWS
            elif rise < -promised or not fresh:
                size *= _SHRINKS
            if rise > 0:
                here, at = relaxed.exact, asked
            elif not fresh and size < _CLOSE:
                return False
        return False

    def _exact(self) -> float:
        return -math.inf if self.best is None else self.best.exact

    def _done(self) -> bool:
        reached = self.best is not None and self.best.bound >= self.goal
        return reached or time.monotonic() >= self.end or self.stop.is_set()
