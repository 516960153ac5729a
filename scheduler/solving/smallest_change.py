"""The exact search for the smallest change of a roster: who is touched, what changes hands.

A part of the model is free and the rest stands as it is (`cpsat.Compiled.around`). What the roster
breaks already may stay broken as it is, but not more; what must be mended is named. Then CP-SAT
minimises one thing after the other: people, changes, and the steps of the objective.
"""

import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from ortools.sat.python import cp_model

from scheduler.rule import Level
from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.draft import Var
from scheduler.solving.evaluate import settle, step_value, total
from scheduler.solving.model import Model
from scheduler.solving.state import Index

Literals = frozenset[tuple[Var, bool]]
"""Decisions, each with the value that it has after a change."""


class Aim(Enum):
    """What is asked for."""

    FULL = "full"  # everything that is wanted has its doctors again
    MOST = "most"  # as much of it as can be


@dataclass(frozen=True)
class Scope:
    """What may change, in the model's variables.

    Attributes:
        base: the decisions that are true in the roster as it stands.
        free: the decisions that may change.
        people: the free decisions of everybody who counts as touched, by doctor.
        others: those of doctors who do not count.
        units: the free decisions by unit.
        demands: decisions, how many of them are true now, and how many are wanted.
        mend: numbers of constraints that the roster breaks and a repair must not.
    """

    base: frozenset[Var]
    free: frozenset[Var]
    people: Mapping[str, tuple[Var, ...]]
    others: Mapping[str, tuple[Var, ...]]
    units: tuple[tuple[Var, ...], ...]
    demands: tuple[tuple[tuple[Var, ...], int, int], ...]
    mend: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question.

    Attributes:
        people: exactly so many are touched; None: as few as can be.
        paid: nobody is only relieved: whoever gives something takes something.
        without: sets of doctors who are not to be touched together again.
        refused: changes that are not to be made again in just this way.
    """

    aim: Aim = Aim.FULL
    people: int | None = None
    paid: bool = False
    without: tuple[frozenset[str], ...] = ()
    refused: tuple[Literals, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An answer.

    Attributes:
        chosen: all decisions that are true; None if there is no such roster, or none was found.
        proven_none: it is proven that there is none.
        people, changes: how many doctors are touched, how many units change.
        fewest: it is proven that fewer do not suffice.
        best: it is proven that none with as few is better on the steps of the objective.
    """

    chosen: frozenset[Var] | None = None
    proven_none: bool = False
    people: int = 0
    changes: int = 0
    fewest: bool = False
    best: bool = False


class Exchange:
    """Answers questions about one roster."""

    def __init__(self, model: Model, scope: Scope) -> None:
        """Loosen what the roster breaks already."""
        self.scope = scope
        self._values = settle(model, scope.base)
        self._model = _loosened(model, self._values, scope.mend)
        self._index = Index(self._model)

    def search(self, wanted: Wanted, effort: Effort, stop: threading.Event) -> Found:
        """The smallest change that keeps all hard rules, and of those the best.

        Args:
            wanted: what is asked for.
            effort: the time is for all of it together.
            stop: set from outside to end early.
        """
        return _Search(self._index, self._values, self.scope, wanted).run(effort, stop)

    def literals(self, chosen: Collection[Var]) -> Literals:
        """What is different in a roster."""
        return frozenset((var, var in chosen) for var in self.scope.base ^ set(chosen))


def _loosened(model: Model, values: Sequence[int], mend: Collection[int]) -> Model:
    """The model in which nothing that is broken now is demanded, but no more of it allowed."""
    constraints = list(model.constraints)
    for number, own in enumerate(constraints):
        if number in mend or not values[own.only_if]:
            continue
        now = total(own.terms, values)
        low = None if own.low is None else min(own.low, now)
        high = None if own.high is None else max(own.high, now)
        if (low, high) != (own.low, own.high):
            constraints[number] = replace(own, low=low, high=high)
    return replace(model, constraints=constraints)


@dataclass
class _Search:
    index: Index
    values: Sequence[int]
    scope: Scope
    wanted: Wanted
    touched: dict[str, cp_model.IntVar] = field(default_factory=dict)
    changed: list[cp_model.IntVar] = field(default_factory=list)

    def run(self, effort: Effort, stop: threading.Event) -> Found:
        """One objective after the other, each held while the next is worked on."""
        until = time.monotonic() + effort.seconds
        own = Compiled.around(self.index, self.values, set(self.scope.free))
        self._count(own)
        self._demand(own)
        found = Found()
        for stage in self._stages():
            left = until - time.monotonic()
            if left <= 0 or stop.is_set():
                return replace(found, best=False)
            own.cp.clear_hints()  # type: ignore[no-untyped-call]
            height = self._height(own, stage)
            if isinstance(height, int):
                continue
            own.cp.minimize(height)
            answer = own.solve((), replace(effort, seconds=left), stop)
            if answer.chosen is None:
                none = answer.verdict is Verdict.INFEASIBLE and found.chosen is None
                return replace(found, proven_none=none, best=False)
            fixed = self.scope.base - self.scope.free
            chosen = frozenset(answer.chosen | fixed)
            proven = answer.verdict is Verdict.OPTIMAL
            found = self._noted(found, stage, chosen, proven=proven)
            own.values = settle(self.index.model, chosen)
            own.cp.add(height <= self._value(stage, chosen, own.values))
        return found

    def _stages(self) -> list[str | int]:
        """What is minimised, in order: words for counts, numbers for steps."""
        steps = self.index.model.steps
        cover = [number for number, step in enumerate(steps) if step.level == Level.COVER]
        rest = [number for number in range(len(steps)) if number not in cover]
        people: list[str | int] = ["people"] if self.wanted.people is None else []
        if self.wanted.aim is Aim.MOST:
            return [*cover, *people, "changes", *rest]
        return [*people, "changes", *rest]

    def _noted(
        self, found: Found, stage: str | int, chosen: frozenset[Var], *, proven: bool
    ) -> Found:
        differs = self.scope.base ^ chosen
        first = found.chosen is None
        counted = stage in ("people", "changes") or self.wanted.aim is Aim.MOST
        fewest = (first or found.fewest) and proven if counted else found.fewest
        return Found(
            chosen,
            people=sum(any(v in differs for v in own) for own in self.scope.people.values()),
            changes=sum(any(v in differs for v in own) for own in self.scope.units),
            fewest=fewest,
            best=(first or found.best) and proven,
        )

    def _height(self, own: Compiled, stage: str | int) -> cp_model.LinearExpr | int:
        if stage == "people":
            return cp_model.LinearExpr.sum(list(self.touched.values())) if self.touched else 0
        if stage == "changes":
            return cp_model.LinearExpr.sum(self.changed) if self.changed else 0
        return own.height(self.index.model.steps[int(stage)])

    def _value(self, stage: str | int, chosen: frozenset[Var], values: Sequence[int]) -> int:
        differs = self.scope.base ^ chosen
        if stage == "people":
            return sum(any(v in differs for v in own) for own in self.scope.people.values())
        if stage == "changes":
            return sum(any(v in differs for v in own) for own in self.scope.units)
        return step_value(self.index.model.steps[int(stage)], values)

    def _different(self, own: Compiled, var: Var) -> cp_model.LiteralT:
        """True where the decision is not as it stands."""
        return own.vars[var].negated() if var in self.scope.base else own.vars[var]

    def _count(self, own: Compiled) -> None:
        """Who is touched and which units change."""
        for doctor, variables in self.scope.people.items():
            touched = own.cp.new_bool_var("")
            differs = [self._different(own, var) for var in variables]
            for literal in differs:
                own.cp.add_implication(literal, touched)
            own.cp.add_bool_or([*differs, touched.negated()])
            self.touched[doctor] = touched
        for variables in self.scope.units:
            changed = own.cp.new_bool_var("")
            for var in variables:
                own.cp.add_implication(self._different(own, var), changed)
            self.changed.append(changed)
        if self.wanted.people is not None:
            own.cp.add(cp_model.LinearExpr.sum(list(self.touched.values())) == self.wanted.people)
        for together in self.wanted.without:
            if together <= set(self.touched):
                own.cp.add_bool_or([self.touched[doctor].negated() for doctor in together])
        for literals in self.wanted.refused:
            if all(var in own.vars for var, _ in literals):
                told = {var for var, _ in literals}
                same = [own.vars[v].negated() if on else own.vars[v] for v, on in literals]
                more = [self._different(own, v) for v in own.decisions if v not in told]
                own.cp.add_bool_or([*same, *more])
        if self.wanted.paid:
            for variables in (*self.scope.people.values(), *self.scope.others.values()):
                taken = [own.vars[var] for var in variables if var not in self.scope.base]
                for var in variables:
                    if var in self.scope.base:
                        own.cp.add_bool_or([own.vars[var], *taken])

    def _demand(self, own: Compiled) -> None:
        """As many doctors as are wanted, or at least no fewer than now."""
        for variables, now, wanted in self.scope.demands:
            least = wanted if self.wanted.aim is Aim.FULL else min(now, wanted)
            fixed = sum(1 for var in variables if var not in own.vars and var in self.scope.base)
            free = [own.vars[var] for var in variables if var in own.vars]
            if free:
                # Holes that were there before are not filled on the way.
                most = max(now, wanted)
                own.cp.add_linear_constraint(
                    cp_model.LinearExpr.sum(free), max(0, least - fixed), most - fixed
                )
            elif least > fixed:
                own.cp.add_bool_or([])
