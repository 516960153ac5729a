"""One roster for each doctor out of a list, so that together they are the best.

The only model of CP-SAT beside `cpsat`: a Boolean for each roster of one doctor, the rows that
tie over what these come to. All numbers are whole, so nothing is lost on the way.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.solving.cpsat import Effort, Verdict, ceiled, run, solver_for
from scheduler.solving.decomposition import Decomposition


@dataclass(frozen=True, slots=True)
class Combined:
    """What came of it.

    Attributes:
        chosen: decisions of the best that was met, or None.
        bound: no combination is below it; None if nothing is known.
    """

    verdict: Verdict
    chosen: frozenset[int] | None
    bound: int | None


def combine(
    parts: Decomposition,
    rosters: Sequence[Sequence[frozenset[int]]],
    effort: Effort,
    stop: threading.Event,
    *,
    score: int | None = None,
) -> Combined:
    """The best combination.

    Args:
        parts: what was taken apart.
        rosters: for each block the choices of decisions of which it gets one.
        effort: how hard to try.
        stop: set from outside to end early.
        score: where given, only combinations with this value or less count.
    """
    cp = cp_model.CpModel()
    program = parts.program
    sums: list[list[tuple[int, cp_model.IntVar]]] = [[] for _ in program.rows]
    costs: list[tuple[int, cp_model.IntVar]] = []
    for column in parts.free:
        low, high = program.ranges[column]
        own = cp.new_int_var(low, high, "")
        costs.append((program.costs.get(column, 0), own))
        for row, coefficient in parts.rows_on(column):
            sums[row].append((coefficient, own))
    literals: list[list[cp_model.IntVar]] = []
    for number, choices in enumerate(rosters):
        literals.append([cp.new_bool_var("") for _ in choices])
        cp.add_exactly_one(literals[-1])
        for chosen, literal in zip(choices, literals[-1], strict=True):
            cost, activity = parts.weigh(number, chosen)
            costs.append((cost, literal))
            for row, amount in activity.items():
                sums[row].append((amount, literal))
    for row, terms in zip(program.rows, sums, strict=True):
        whole = _sum(terms)
        if row.low is not None:
            cp.add(whole >= row.low)
        if row.high is not None:
            cp.add(whole <= row.high)
    value = _sum([(c, v) for c, v in costs if c]) + parts.constant
    if score is not None:
        cp.add(value <= score)
    cp.minimize(value)
    solver = solver_for(effort)
    status = run(solver, cp, stop)
    if status == cp_model.INFEASIBLE:
        return Combined(Verdict.INFEASIBLE, None, None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Combined(Verdict.UNKNOWN, None, None)
    taken = [
        chosen
        for choices, own in zip(rosters, literals, strict=True)
        for chosen, literal in zip(choices, own, strict=True)
        if solver.value(literal)
    ]
    return Combined(
        Verdict.OPTIMAL if status == cp_model.OPTIMAL else Verdict.FEASIBLE,
        frozenset[int]().union(*taken),
        ceiled(solver.best_objective_bound),
    )


def _sum(terms: Sequence[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([v for _, v in terms], [c for c, _ in terms])
