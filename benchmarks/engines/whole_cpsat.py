"""The textbook way: one whole CP-SAT model, one level after the other."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from benchmarks.engines.found import Effort, Found, Track, proven, shown
from benchmarks.instances import Loaded
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.model import AT_LEAST, TRUE, Model, Step, Term

_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def run(loaded: Loaded, effort: Effort) -> Found:
    """Minimise step after step, each with an equal part of the time that is left."""
    track = Track()
    draft = Draft(loaded.problem, loaded.rules)
    model, steps = draft.model, draft.model.steps
    whole = _Whole(model)
    build = track.elapsed
    chosen: list[int] | None = None
    bounds = [-float("inf")] * len(steps)
    for number, step in enumerate(steps):
        left = effort.seconds - track.elapsed
        if left <= 0:
            break
        height = whole.height(step)
        whole.cp.minimize(height)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = effort.workers
        solver.parameters.random_seed = effort.seed
        # Until there is a roster at all, the first step may have all the time.
        share = left / (len(steps) - number) if chosen is not None else left
        solver.parameters.max_time_in_seconds = max(0.1, share)
        status = solver.solve(whole.cp, _Watch(whole, track, model, steps))
        if status not in _FOUND:
            break
        chosen = [v for v in range(2, model.decisions + 2) if solver.value(whole.vars[v])]
        bounds[number] = solver.best_objective_bound
        whole.cp.add(height <= round(solver.objective_value))
        whole.hint(settle(model, chosen))
    if chosen is None:
        return Found(build, (), None, (), (), ())
    values = shown(steps, step_values(model, settle(model, chosen)))
    return Found(
        build,
        tuple(step.key for step in steps),
        tuple(draft.assignments(chosen)),
        values,
        proven(steps, bounds, values),
        tuple(track.points),
    )


class _Watch(cp_model.CpSolverSolutionCallback):
    """Scores each roster that the solver finds, from its decisions alone."""

    def __init__(self, whole: "_Whole", track: Track, model: Model, steps: Sequence[Step]) -> None:
        super().__init__()
        self._whole, self._track, self._model, self._steps = whole, track, model, steps

    def on_solution_callback(self) -> None:
        decisions = range(2, self._model.decisions + 2)
        chosen = [v for v in decisions if self.value(self._whole.vars[v])]
        values = step_values(self._model, settle(self._model, chosen))
        self._track.note(shown(self._steps, values))


class _Whole:
    """Every variable and constraint of the plain model in CP-SAT, as a textbook writes them."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.cp = cp_model.CpModel()
        self.vars = {0: self.cp.new_constant(0), 1: self.cp.new_constant(1)}
        for var in range(2, model.decisions + 2):
            self.vars[var] = self.cp.new_bool_var("")
        for d in model.definitions:
            own = self.cp.new_int_var(0, d.upper, "")
            self.vars[d.var] = own
            if d.kind == AT_LEAST:
                on = self.cp.new_bool_var("")
                self.cp.add(own == on)
                self.cp.add(self._sum(d.terms) >= d.threshold).only_enforce_if(on)
                self.cp.add(self._sum(d.terms) <= d.threshold - 1).only_enforce_if(on.negated())
            else:
                self.cp.add(self._sum(d.terms) - own <= d.threshold)
        for c in model.constraints:
            posted = []
            if c.low is not None:
                posted.append(self.cp.add(self._sum(c.terms) >= c.low))
            if c.high is not None:
                posted.append(self.cp.add(self._sum(c.terms) <= c.high))
            if c.only_if != TRUE:
                guard = self.cp.new_bool_var("")
                self.cp.add(self.vars[c.only_if] == guard)
                for own_constraint in posted:
                    own_constraint.only_enforce_if(guard)

    def _sum(self, terms: Sequence[Term]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(
            [self.vars[v] for _, v in terms], [c for c, _ in terms]
        )

    def height(self, step: Step) -> cp_model.LinearExpr:
        """The step's value; for the k largest, a threshold and what goes beyond it."""
        if not step.worst:
            return self._sum(step.terms) + step.constant
        reach = max(
            abs(c) + sum(abs(k) * self._model.uppers[v] for k, v in terms)
            for terms, c in step.entries
        )
        threshold = self.cp.new_int_var(-reach, reach, "")
        beyond = []
        for terms, constant in step.entries:
            own = self.cp.new_int_var(0, 2 * reach, "")
            self.cp.add(self._sum(terms) + constant - threshold <= own)
            beyond.append(own)
        return cp_model.LinearExpr.sum(beyond) + step.worst * threshold

    def hint(self, values: Sequence[int]) -> None:
        """Begin the next step with the roster of the last one."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for var, own in self.vars.items():
            if var > 1:
                self.cp.add_hint(own, values[var])
