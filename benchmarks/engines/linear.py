"""The same model as a mixed integer program, solved by HiGHS or SCIP, one level after the other."""

import math
from collections.abc import Sequence

from ortools.linear_solver.python import model_builder as mb

from benchmarks.engines.found import Effort, Found, Track, proven, shown
from benchmarks.instances import Loaded
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.model import AT_LEAST, TRUE, Definition, Model, Step, Term

_FOUND = (mb.SolveStatus.OPTIMAL, mb.SolveStatus.FEASIBLE)


def run(solver_name: str, loaded: Loaded, effort: Effort) -> Found:
    """Minimise step after step, each with an equal part of the time that is left.

    Neither solver tells of rosters on the way through this door, so the curve has a point a step.
    """
    track = Track()
    draft = Draft(loaded.problem, loaded.rules)
    model, steps = draft.model, draft.model.steps
    program = _Program(model)
    build = track.elapsed
    chosen: list[int] | None = None
    bounds = [-math.inf] * len(steps)
    for number, step in enumerate(steps):
        left = effort.seconds - track.elapsed
        if left <= 0:
            break
        height = program.height(step)
        program.mip.minimize(height)
        solver = mb.Solver(solver_name)
        # Until there is a roster at all, the first step may have all the time.
        share = left / (len(steps) - number) if chosen is not None else left
        solver.set_time_limit_in_seconds(max(0.1, share))
        solver.set_solver_specific_parameters(_settings(solver_name, effort))
        if solver.solve(program.mip) not in _FOUND:
            break
        decisions = range(2, model.decisions + 2)
        chosen = [v for v in decisions if solver.value(program.vars[v]) > 0.5]
        bounds[number] = solver.best_objective_bound
        values = step_values(model, settle(model, chosen))
        track.note(shown(steps, values))
        program.mip.add(height <= values[number] + 1e-6)
    if chosen is None:
        return Found(build, (), None, (), (), ())
    final = shown(steps, step_values(model, settle(model, chosen)))
    return Found(
        build,
        tuple(step.key for step in steps),
        tuple(draft.assignments(chosen)),
        final,
        proven(steps, bounds, final),
        tuple(track.points),
    )


def _settings(solver_name: str, effort: Effort) -> str:
    if solver_name == "scip":  # has one thread
        return f"randomization/randomseedshift = {effort.seed}\n"
    return f"random_seed={effort.seed}\nthreads={effort.workers}\n"


class _Program:
    """Every variable and constraint of the plain model as linear rows, with big M where needed."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.mip = mb.Model()  # type: ignore[no-untyped-call]
        self.vars: dict[int, mb.Variable] = {
            0: self.mip.new_int_var(0, 0, ""),
            1: self.mip.new_int_var(1, 1, ""),
        }
        for var in range(2, model.decisions + 2):
            self.vars[var] = self.mip.new_bool_var("")
        for d in model.definitions:
            self._define(d)
        for c in model.constraints:
            low, high = self._range(c.terms)
            slack = 1 - self.vars[c.only_if] if c.only_if != TRUE else None
            own = self._sum(c.terms)
            if c.high is not None and high > c.high:
                self.mip.add(own - ((high - c.high) * slack if slack is not None else 0) <= c.high)
            if c.low is not None and low < c.low:
                self.mip.add(own + ((c.low - low) * slack if slack is not None else 0) >= c.low)

    def _sum(self, terms: Sequence[Term]) -> mb.LinearExpr:
        return mb.LinearExpr.weighted_sum(
            [self.vars[v] for _, v in terms], [float(c) for c, _ in terms]
        )

    def _range(self, terms: Sequence[Term]) -> tuple[int, int]:
        uppers = self._model.uppers
        return (
            sum(min(0, c * uppers[v]) for c, v in terms),
            sum(max(0, c * uppers[v]) for c, v in terms),
        )

    def _define(self, d: Definition) -> None:
        own = self._sum(d.terms)
        if d.kind != AT_LEAST:
            self.vars[d.var] = self.mip.new_num_var(0, d.upper, "")
            self.mip.add(own - self.vars[d.var] <= d.threshold)
            return
        low, high = self._range(d.terms)
        var = self.vars[d.var] = self.mip.new_bool_var("")
        self.mip.add(own - (d.threshold - low) * var >= low)
        self.mip.add(own - (high - d.threshold + 1) * var <= d.threshold - 1)

    def height(self, step: Step) -> mb.LinearExpr:
        """The step's value; for the k largest, a threshold and what goes beyond it."""
        if not step.worst:
            return self._sum(step.terms) + step.constant
        threshold = self.mip.new_num_var(-math.inf, math.inf, "")
        beyond = []
        for terms, constant in step.entries:
            own = self.mip.new_num_var(0, math.inf, "")
            self.mip.add(self._sum(terms) - threshold - own <= -constant)
            beyond.append(own)
        total: mb.LinearExpr = mb.LinearExpr.sum(beyond) + step.worst * threshold
        return total
