"""The only file that builds CP-SAT models.

A whole model or a part of it (some decisions free, the rest as they stand) becomes a
`CpModel`; the answer is a set of decisions, to be scored by `state` or `evaluate`, since an
interrupted solver may leave slack in what follows from them.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from scheduler.solving.cpsat_run import (
    Answer,
    Cheapest,
    Collected,
    Effort,
    Verdict,
    ceiled,
    run,
    solver_for,
)
from scheduler.solving.model import AT_LEAST, Constraint, Definition, Step, Term
from scheduler.solving.part import Part
from scheduler.solving.state import Index

__all__ = ["Answer", "Cheapest", "Compiled", "Effort", "Verdict"]  # what is asked for and answered


class Compiled:
    """A CP-SAT model of what is free, with the rest fixed at `values`."""

    def __init__(
        self,
        uppers: Sequence[int],
        values: Mapping[int, int] | Sequence[int],
        *,
        definitions: Iterable[Definition],
        constraints: Iterable[Constraint],
        decisions: Iterable[int],
        broken: Mapping[int, tuple[int, int]] | None = None,
    ) -> None:
        """Build variables for the decisions, then what follows and what is demanded.

        Args:
            uppers: the largest value of each variable.
            values: a complete evaluation of whatever is named here; it fixes what is not built
                and serves as hint.
            definitions: what follows from the decisions, in order of their variables.
            constraints: what is demanded of it.
            decisions: the decisions that may change.
            broken: what these values break: a constraint's `reason` -> by how many of its largest
                terms, and how large that is. It may stay as broken, at a price.
        """
        self.uppers = uppers
        self.values = values
        self.cp = cp_model.CpModel()
        self.vars: dict[int, cp_model.IntVar] = {}
        self.decisions = tuple(sorted(decisions))
        self.broken = broken or {}
        self.breaches: list[cp_model.IntVar] = []
        for var in self.decisions:
            upper = uppers[var]
            own = self.cp.new_bool_var("") if upper == 1 else self.cp.new_int_var(0, upper, "")
            self.vars[var] = own
        for definition in definitions:
            self._define(definition)
        for constraint in constraints:
            self._constrain(constraint)

    @classmethod
    def whole(cls, index: Index, values: Sequence[int]) -> "Compiled":
        """Everything is free."""
        model = index.model
        return cls(
            model.uppers,
            values,
            definitions=model.definitions,
            constraints=model.constraints,
            decisions=range(2, model.decisions + 2),
        )

    @classmethod
    def part(cls, uppers: Sequence[int], own: Part) -> "Compiled":
        """Some decisions are free; whatever does not depend on them is not even looked at."""
        return cls(
            uppers,
            own.values,
            definitions=own.definitions,
            constraints=own.constraints,
            decisions=own.decisions,
            broken=own.broken,
        )

    @classmethod
    def around(cls, index: Index, values: Sequence[int], free: set[int]) -> "Compiled":
        """Some decisions are free in values that no board holds; the rest stays as it is.

        Args:
            index: of the model.
            values: a complete evaluation.
            free: the decisions that may change.
        """
        definitions, constraints = _reached(index, free)
        return cls.of(index, values, definitions, constraints, free)

    @classmethod
    def of(
        cls,
        index: Index,
        values: Sequence[int],
        definitions: Iterable[int],
        constraints: Iterable[int],
        decisions: Iterable[int],
    ) -> "Compiled":
        """What is named by its numbers in a model: definitions in order of their variables."""
        model = index.model
        return cls(
            model.uppers,
            values,
            definitions=[model.definitions[number] for number in definitions],
            constraints=[model.constraints[number] for number in constraints],
            decisions=decisions,
        )

    def _split(self, terms: Sequence[Term]) -> tuple[list[Term], int]:
        """The terms that are variables here, and the sum of the rest."""
        own = [(c, v) for c, v in terms if v in self.vars]
        rest = sum(c * self.values[v] for c, v in terms if v not in self.vars)
        return own, rest

    def _range(self, own: list[tuple[int, int]]) -> tuple[int, int]:
        uppers = self.uppers
        low = sum(c * uppers[v] for c, v in own if c < 0)
        high = sum(c * uppers[v] for c, v in own if c > 0)
        return low, high

    def _plain(self, own: list[tuple[int, int]]) -> bool:
        """Whether these are Booleans that each count once."""
        return all(c == 1 and self.uppers[v] == 1 for c, v in own)

    def _any(self, own: list[tuple[int, int]], floor: int) -> list[cp_model.LiteralT]:
        """Literals of which one must be true where the sum must be so much; none if it is more."""
        if floor != 1 - sum(c < 0 for c, _ in own):
            return []
        if not all(abs(c) == 1 and self.uppers[v] == 1 for c, v in own):
            return []
        return [self.vars[v] if c > 0 else self.vars[v].negated() for c, v in own]

    def _sum(self, own: list[tuple[int, int]]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum([self.vars[v] for _, v in own], [c for c, _ in own])

    def _define(self, d: Definition) -> None:
        own, rest = self._split(d.terms)
        threshold = d.threshold - rest
        low, high = self._range(own)
        if d.kind == AT_LEAST:
            var = self.cp.new_bool_var("")
            self.vars[d.var] = var
            if low >= threshold:
                self.cp.add(var == 1)
            elif high < threshold:
                self.cp.add(var == 0)
            elif literals := self._any(own, threshold):
                self.cp.add_bool_or([*literals, var.negated()])
                for literal in literals:
                    self.cp.add_implication(literal, var)
            else:
                expression = self._sum(own)
                self.cp.add(expression >= threshold).only_enforce_if(var)
                self.cp.add(expression <= threshold - 1).only_enforce_if(var.negated())
        else:
            # Where the whole model has a Boolean the part has one too: clauses may hold it.
            top = 1 if d.upper == 1 else max(0, high - threshold)
            var = self.cp.new_bool_var("") if top == 1 else self.cp.new_int_var(0, top, "")
            self.vars[d.var] = var
            if high > threshold:
                self.cp.add(self._sum(own) - var <= threshold)

    def _constrain(self, c: Constraint) -> None:
        guard = self.vars.get(c.only_if)
        if guard is None and not self.values[c.only_if]:
            return
        if c.reason in self.broken:
            self._may_stay_broken(c, guard)
            return
        own, rest = self._split(c.terms)
        low, high = self._range(own)
        floor = None if c.low is None or c.low - rest <= low else c.low - rest
        ceiling = None if c.high is None or c.high - rest >= high else c.high - rest
        plain = self._plain(own)
        if ceiling is not None:
            if guard is None and plain and ceiling == 1:
                self.cp.add_at_most_one([self.vars[v] for _, v in own])
            else:
                posted = self.cp.add(self._sum(own) <= ceiling)
                if guard is not None:
                    posted.only_enforce_if(guard)
        if floor is not None:
            if literals := self._any(own, floor):
                posted = self.cp.add_bool_or(literals)
            else:
                posted = self.cp.add(self._sum(own) >= floor)
            if guard is not None:
                posted.only_enforce_if(guard)

    def _may_stay_broken(self, c: Constraint, guard: cp_model.IntVar | None) -> None:
        """Demand it as far as it is kept now: each breach is counted, as the board counts it."""
        amount, largest = self.broken[c.reason]
        own, rest = self._split(c.terms)
        breach = self.cp.new_int_var(0, amount, "")
        self.breaches.append(breach)
        self.cp.add_hint(breach, amount)
        expression = self._sum(own) + rest
        for posted in (
            self.cp.add(expression - largest * breach <= c.high) if c.high is not None else None,
            self.cp.add(expression + largest * breach >= c.low) if c.low is not None else None,
        ):
            if posted is not None and guard is not None:
                posted.only_enforce_if(guard)

    def height(self, step: Step) -> cp_model.LinearExpr | int:
        """The step's value as an expression (for `worst`: at least the value, tight when low)."""
        if not step.worst:
            own, rest = self._split(step.terms)
            return self._sum(own) + rest + step.constant if own else rest + step.constant
        threshold_upper = max(
            1, *(abs(c) + sum(abs(k) * self.uppers[v] for k, v in t) for t, c in step.entries)
        )
        threshold = self.cp.new_int_var(-threshold_upper, threshold_upper, "")
        over = []
        heights = sorted((self._now(terms) + c for terms, c in step.entries), reverse=True)
        level = heights[min(step.worst, len(heights)) - 1]
        self.cp.add_hint(threshold, level)
        for terms, constant in step.entries:
            own, rest = self._split(terms)
            part = self.cp.new_int_var(0, 2 * threshold_upper, "")
            self.cp.add_hint(part, max(0, self._now(terms) + constant - level))
            if own:
                self.cp.add(self._sum(own) + rest + constant - threshold <= part)
            else:
                self.cp.add(rest + constant - threshold <= part)
            over.append(part)
        return cp_model.LinearExpr.sum(over) + step.worst * threshold

    def _now(self, terms: Sequence[Term]) -> int:
        return sum(c * self.values[v] for c, v in terms)

    def keep(self, step: Step, value: int) -> None:
        """Demand that the step is not worse than the value."""
        expression = self.height(step)
        if not isinstance(expression, int):
            self.cp.add(expression <= value)

    def limit(self, costs: Mapping[int, int], low: int, high: int) -> None:
        """Demand that what some variables cost lies between two numbers."""
        own, rest = self._split([(cost, v) for v, cost in costs.items()])
        self.cp.add_linear_constraint(self._sum(own), low - rest, high - rest)

    def solve(
        self,
        objective: Sequence[tuple[int, Step]],
        effort: Effort,
        stop: threading.Event,
        floor: int | None = None,
        mending: int = 0,
    ) -> Answer:
        """Minimise the weighted steps (an empty list: just find something).

        Args:
            objective: pairs (weight, step).
            effort: how hard to try.
            stop: set from outside to end early.
            floor: a bound that is known; reaching it ends the search.
            mending: the weight of each breach that stays.
        """
        for var, cp_var in self.vars.items():
            self.cp.add_hint(cp_var, self.values[var])
        parts = [(weight, self.height(step)) for weight, step in objective]
        constant = sum(w * p for w, p in parts if isinstance(p, int))
        free = [w * p for w, p in parts if not isinstance(p, int)]
        free += [mending * breach for breach in self.breaches]
        if free:
            whole = cp_model.LinearExpr.sum(free) + constant
            self.cp.minimize(whole)
            if floor is not None:
                self.cp.add(whole >= floor)
        solver = solver_for(effort)
        # A search that ends before it has any bound answers 0, which may lie over the optimum.
        told: list[float] = []
        solver.best_bound_callback = told.append
        status = run(solver, self.cp, stop)
        work = solver.response_proto.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            chosen = frozenset(v for v in self.decisions if solver.value(self.vars[v]))
            reached = ceiled(solver.best_objective_bound) if free else constant
            verdict = Verdict.OPTIMAL if status == cp_model.OPTIMAL else Verdict.FEASIBLE
            return Answer(verdict, chosen, reached, work)
        if status == cp_model.INFEASIBLE:
            return Answer(Verdict.INFEASIBLE, None, None, work)
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(f"model is invalid: {self.cp.validate()}")
        return Answer(Verdict.UNKNOWN, None, ceiled(max(told)) if told else None, work)

    def cheapest(
        self,
        costs: Mapping[int, int],
        effort: Effort,
        stop: threading.Event,
        hint: frozenset[int] = frozenset(),
    ) -> Cheapest:
        """Minimise a sum of costs; the same object can be asked again with other costs.

        Args:
            costs: of single variables. All together they must be less than 2**53, up to where
                CP-SAT's bounds are exact.
            effort: how hard to try.
            stop: set from outside to end early.
            hint: decisions to begin with.
        """
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for var in self.decisions:
            self.cp.add_hint(self.vars[var], var in hint)
        own = [(cost, v) for v, cost in costs.items() if cost]
        self.cp.clear_objective()  # type: ignore[no-untyped-call]
        if own:
            self.cp.minimize(self._sum(own))
        found, done = self._told(bool(own), effort, stop)
        if effort.soon and not done and not stop.is_set():
            found, done = self._told(bool(own), replace(effort, soon=0.0), stop)
        return found

    def _told(self, priced: bool, effort: Effort, stop: threading.Event) -> tuple[Cheapest, bool]:
        """What one solve tells, and whether that is all there is to tell."""
        solver = solver_for(effort)
        # Small models are asked many times; preparing for a long search costs more than it gives.
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        told: list[float] = []
        solver.best_bound_callback = told.append
        status = run(solver, self.cp, stop)
        if status == cp_model.INFEASIBLE:
            return Cheapest(None, None, impossible=True), True
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            chosen = frozenset(v for v in self.decisions if solver.value(self.vars[v]))
            bound = ceiled(solver.best_objective_bound) if priced else 0
            return Cheapest(bound, chosen), status == cp_model.OPTIMAL
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(f"model is invalid: {self.cp.validate()}")
        return Cheapest(ceiled(max(told)) if told else None, None), False

    def every(
        self, most: int, effort: Effort, stop: threading.Event
    ) -> list[frozenset[int]] | None:
        """All choices of decisions that keep what is demanded; None if that is not found out.

        Args:
            most: if there are more choices than this, the search is given up.
            effort: how hard to try; one worker is used.
            stop: set from outside to end early.
        """
        solver = solver_for(effort)
        solver.parameters.num_workers = 1
        solver.parameters.enumerate_all_solutions = True
        collected = Collected(self.decisions, self.vars, most)
        status = run(solver, self.cp, stop, collected)
        if status == cp_model.INFEASIBLE:
            return []
        # Each choice may come many times, with slack in what follows from it.
        return sorted(collected.found, key=sorted) if status == cp_model.OPTIMAL else None

    def core(
        self, assumed: Sequence[int], effort: Effort, stop: threading.Event
    ) -> tuple[Verdict, frozenset[int]]:
        """Whether all can hold with these decisions true, and which of them are at fault if not.

        The solver's own answer as it is: neither surely small nor, in every version, surely right.
        """
        self.cp.add_assumptions([self.vars[var] for var in assumed])
        solver = solver_for(effort)
        solver.parameters.num_workers = 1  # the core is poor with more
        status = run(solver, self.cp, stop)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Verdict.FEASIBLE, frozenset()
        if status != cp_model.INFEASIBLE:
            return Verdict.UNKNOWN, frozenset()
        blamed = set(solver.sufficient_assumptions_for_infeasibility())
        return Verdict.INFEASIBLE, frozenset(
            var for var in assumed if self.vars[var].index in blamed
        )


def _reached(index: Index, free: Iterable[int]) -> tuple[list[int], list[int]]:
    """Definitions and constraints that depend on a free decision, in order."""
    definitions = index.model.definitions
    active: set[int] = set()
    touched: set[int] = set()
    pending = list(free)
    while pending:
        var = pending.pop()
        touched.update(index.constraints_on(var))
        for number in index.definitions_on(var):
            if number not in active:
                active.add(number)
                pending.append(definitions[number].var)
    return sorted(active, key=lambda n: definitions[n].var), sorted(touched)
