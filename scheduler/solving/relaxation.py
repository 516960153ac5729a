"""A bound by linear relaxation: what no roster, even one cut in fractions, can undercut.

Built of what one step of the objective speaks of, what the first step demands of the same
decisions, and the constraints between them. CP-SAT's own bound starts far lower on models
whose doctors are alike.
"""

import math
from collections.abc import Mapping, Sequence

from ortools.linear_solver.python import model_builder as mb

from scheduler.solving.model import AT_LEAST, TRUE, Definition, Model, Step, Terms


def linear_bound(
    model: Model, values: Sequence[int], number: int, seconds: float, *, largest: int | None = None
) -> int | None:
    """The smallest value of a step that the relaxation admits; None if not found in time.

    Args:
        model: the plain model.
        values: a complete evaluation of a roster; its first step is kept.
        number: of the step to bound.
        seconds: wall time at most.
        largest: where the step speaks of more variables than this, it is not tried.
    """
    place = {d.var: d for d in model.definitions}
    spoken_of = _spoken_of(model.steps[number], place)
    if largest is not None and len(spoken_of) > largest:
        return None
    relaxed = _Relaxed(model, model.steps[number], place, spoken_of)
    if number > 0:
        relaxed.keep(model.steps[0], values)
    relaxed.constrain()
    return relaxed.solve(seconds)


def _spoken_of(step: Step, place: Mapping[int, Definition]) -> set[int]:
    """The variables of a step, and all from which they follow."""
    pending = {v for _, v in step.terms}
    pending |= {v for terms, _ in step.entries for _, v in terms}
    seen: set[int] = set()
    while pending:
        var = pending.pop()
        if var not in seen:
            seen.add(var)
            if var in place:
                pending.update(v for _, v in place[var].terms)
    return seen


class _Relaxed:
    def __init__(
        self, model: Model, step: Step, place: Mapping[int, Definition], variables: set[int]
    ) -> None:
        self._model = model
        self._lp = mb.Model()  # type: ignore[no-untyped-call]
        self._place = place
        self._vars: dict[int, mb.Variable] = {}
        for var in sorted(variables):
            self._add(var)
        self._lp.minimize(self._height(step))

    def _add(self, var: int) -> None:
        self._vars[var] = self._lp.new_num_var(0, self._model.uppers[var], "")
        if var in self._place:
            self._define(self._place[var])

    def _sum(self, terms: Terms) -> mb.LinearExpr:
        return mb.LinearExpr.weighted_sum(
            [self._vars[v] for _, v in terms], [float(c) for c, _ in terms]
        )

    def _define(self, d: Definition) -> None:
        own, var = self._sum(d.terms), self._vars[d.var]
        if d.kind != AT_LEAST:
            self._lp.add(own - var <= d.threshold)
            return
        uppers = self._model.uppers
        low = sum(min(0, c * uppers[v]) for c, v in d.terms)
        high = sum(max(0, c * uppers[v]) for c, v in d.terms)
        self._lp.add(own - (d.threshold - low) * var >= low)
        if d.threshold == 1 and all(c == 1 and uppers[v] == 1 for c, v in d.terms):
            for _, v in d.terms:
                self._lp.add(self._vars[v] <= var)
        else:
            self._lp.add(own - (high - d.threshold + 1) * var <= d.threshold - 1)

    def _height(self, step: Step) -> mb.LinearExpr:
        if not step.worst:
            return self._sum(step.terms) + step.constant
        threshold = self._lp.new_num_var(-math.inf, math.inf, "")
        over = []
        for terms, constant in step.entries:
            part = self._lp.new_num_var(0, math.inf, "")
            self._lp.add(self._sum(terms) - threshold - part <= -constant)
            over.append(part)
        height: mb.LinearExpr = mb.LinearExpr.sum(over) + step.worst * threshold
        return height

    def keep(self, first: Step, values: Sequence[int]) -> None:
        """What the first step, a sum of shortfalls, demands of the decisions in sight."""
        if first.worst or any(c < 0 for c, _ in first.terms):
            return
        demands = [
            (c, v)
            for c, v in first.terms
            if v in self._place and all(w in self._vars for _, w in self._place[v].terms)
        ]
        if not demands:
            return
        for _, v in demands:
            self._add(v)
        # The terms left out are at least 0, so these together are at most the whole.
        total = sum(c * values[v] for c, v in first.terms)
        self._lp.add(self._sum(tuple(demands)) <= total)

    def constrain(self) -> None:
        """The constraints between the variables in sight."""
        for c in self._model.constraints:
            if c.only_if == TRUE and all(v in self._vars for _, v in c.terms):
                if c.high is not None:
                    self._lp.add(self._sum(c.terms) <= c.high)
                if c.low is not None:
                    self._lp.add(self._sum(c.terms) >= c.low)

    def solve(self, seconds: float) -> int | None:
        solver = mb.Solver("glop")
        solver.set_time_limit_in_seconds(max(0.1, seconds))
        status = solver.solve(self._lp)
        if status != mb.SolveStatus.OPTIMAL:
            return None
        reached = solver.objective_value
        # Rounded up to an integer, with room for the arithmetic of floating point.
        return math.ceil(reached - 1e-6 * max(1.0, abs(reached)))
