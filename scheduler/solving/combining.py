"""One roster for each doctor out of a list, so that together they are the best.

A mixed integer program with a Boolean for each roster of one doctor, under the rows that tie.
Its linear relaxation is nearly whole, so SCIP has little to branch on; CP-SAT, which leans on
it less, was ten times slower. Here a solver in floating point is trusted: numbers that it could
lose are not given to it, and what it may call too much is a hundredth more than what is asked.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from scheduler.solving.cpsat import Verdict
from scheduler.solving.decomposition import Decomposition

_LARGEST = 10**7  # numbers of more than so much would be lost within the solver's tolerance
_MORE = 0.01
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Combined:
    """What came of it.

    Attributes:
        verdict: infeasible only where it is shown that there is no such combination.
        chosen: decisions of the best that was met, or None; to be evaluated anew.
        bound: no combination of those that count is below it; None if nothing is known.
    """

    verdict: Verdict
    chosen: frozenset[int] | None = None
    bound: int | None = None


def combine(
    parts: Decomposition,
    rosters: Sequence[Sequence[frozenset[int]]],
    seconds: float,
    *,
    score: int | None = None,
) -> Combined:
    """The best combination.

    Args:
        parts: what was taken apart.
        rosters: for each subproblem the choices of decisions of which it gets one.
        seconds: wall time at most.
        score: where given, only combinations with this value or less count.
    """
    end = time.monotonic() + seconds
    solver = pywraplp.Solver.CreateSolver("SCIP")
    infinity = solver.infinity()
    rows = [
        solver.Constraint(
            -infinity if row.low is None else row.low, infinity if row.high is None else row.high
        )
        for row in parts.program.rows
    ]
    objective = solver.Objective()
    objective.SetMinimization()
    limit = infinity if score is None else score - parts.constant
    capped = solver.Constraint(-infinity, limit + _MORE)
    heaviest = 0 if score is None else abs(limit)

    def put(variable: pywraplp.Variable, cost: int, activity: Mapping[int, int]) -> None:
        nonlocal heaviest
        objective.SetCoefficient(variable, cost)
        capped.SetCoefficient(variable, cost)
        for row, coefficient in activity.items():
            rows[row].SetCoefficient(variable, coefficient)
        heaviest = max(heaviest, abs(cost), *map(abs, activity.values()), 0)

    for column in parts.free:
        low, high = parts.program.ranges[column]
        cost = parts.program.costs.get(column, 0)
        put(solver.IntVar(low, high, ""), cost, dict(parts.rows_on(column)))
    shares: list[tuple[frozenset[int], pywraplp.Variable]] = []
    for number, choices in enumerate(rosters):
        one = solver.Constraint(1, 1)
        for chosen in choices:
            share = solver.BoolVar("")
            one.SetCoefficient(share, 1)
            put(share, *parts.weigh(number, chosen))
            shares.append((chosen, share))
    left = end - time.monotonic()
    if heaviest > _LARGEST or left <= 0:
        return Combined(Verdict.UNKNOWN)
    solver.SetTimeLimit(max(1, int(1000 * left)))
    status = solver.Solve()
    if status == pywraplp.Solver.INFEASIBLE:
        return Combined(Verdict.INFEASIBLE)
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return Combined(Verdict.UNKNOWN)
    taken = (chosen for chosen, share in shares if share.solution_value() > _HALF)
    verdict = Verdict.OPTIMAL if status == pywraplp.Solver.OPTIMAL else Verdict.FEASIBLE
    bound = math.ceil(objective.BestBound() + parts.constant - _MORE)
    return Combined(verdict, frozenset[int]().union(*taken), bound)
