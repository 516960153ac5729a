"""The draft: what rules write into, in the words of the domain.

A rule asks who could work what (`works`, `work_of`, `candidates`), and posts constraints and
penalties. The draft turns them into the plain model and remembers which rule, doctor and
duties stand behind each constraint.
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import lcm

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment
from scheduler.rule import Level, Rule
from scheduler.solving.model import (
    AT_LEAST,
    EXCESS,
    FALSE,
    TRUE,
    Constraint,
    Definition,
    Model,
    Step,
    Term,
    Terms,
    collect,
)

Var = int


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands behind a posted constraint."""

    rule: str
    doctor: str | None = None
    duties: tuple[str, ...] = ()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold back the search for cyclic garbage: millions of small tuples are made, and all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Priced:
    """What one rule adds to a level: the terms' sum and the constant, `fine` times as fine."""

    rule: str
    level: Level
    terms: Terms
    constant: int
    fine: int


@dataclass(frozen=True, slots=True)
class _Worst:
    """What `Draft.minimise_worst` was told."""

    level: Level
    title: str
    depth: int
    entries: tuple[tuple[Terms, int], ...]
    scale: float
    unit: str

    def steps(self) -> Iterator[Step]:
        """One for each of the worst-off that is looked at."""
        for k in range(1, min(self.depth, len(self.entries)) + 1):
            yield Step(
                level=self.level,
                key=f"{self.level.name.lower()}_worst_{k}",
                title=self.title,
                unit=self.unit,
                scale=self.scale,
                worst=k,
                entries=self.entries,
            )


class Draft:
    """A model in the making for one problem.

    Args:
        problem: what is to be rostered.
        rules: the rules; their `stops` decide which assignments get a variable at all.
        released: ids of rules whose `stops` are not obeyed, to see what they cost.
        only: where given, no other assignments than these get one: enough to settle what a
            finished roster is worth, and much smaller.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Sequence[Rule],
        *,
        released: Collection[str] = (),
        only: Iterable[Assignment] | None = None,
    ) -> None:
        """Make a decision variable for each doctor and unit that no rule stops."""
        self.problem = problem
        self.rules = tuple(rules)
        self.model = Model()
        self.reasons: list[Reason] = []
        self.priced: list[Priced] = []
        self._rule = ""
        self._sums: dict[tuple[Level, int], list[Term]] = {}
        self._worst: list[_Worst] = []
        self._decision: dict[tuple[str, str], Var] = {}
        self._owner: list[tuple[str, str]] = []
        named = None if only is None else set(self._named(only))
        for doctor in problem.doctors:
            stopped = {
                duty_id
                for rule in rules
                if rule.id not in released
                for case in rule.stops(problem, doctor)
                for duty_id in case.duties
            }
            stopped_units = {problem.duty_by_id[duty_id].unit for duty_id in stopped}
            for unit in problem.units:
                if unit not in stopped_units and (named is None or (doctor.id, unit) in named):
                    self._decision[doctor.id, unit] = self._new(1)
                    self._owner.append((doctor.id, unit))
        self.model.decisions = len(self._owner)
        with _uncollected():
            for rule in rules:
                self._rule = rule.id
                if rule.binds or rule.weighs:
                    rule.encode(self)
            self._finish()
            self._group()

    # --- who could work what -------------------------------------------------------------

    def works(self, doctor: str, duty: Duty) -> Var:
        """The variable «doctor has duty»; duties of one block share it; FALSE if stopped."""
        return self._decision.get((doctor, duty.unit), FALSE)

    @cached_property
    def _work(self) -> Mapping[str, tuple[tuple[Duty, Var], ...]]:
        found: dict[str, list[tuple[Duty, Var]]] = {
            doctor: [(duty, TRUE) for duty in tail] for doctor, tail in self.problem.tail_of.items()
        }
        for doctor, unit in self._owner:
            var = self._decision[doctor, unit]
            found[doctor].extend((duty, var) for duty in self.problem.units[unit])
        return {
            doctor: tuple(sorted(work, key=lambda w: (w[0].start, w[0].end, w[0].id)))
            for doctor, work in found.items()
        }

    def work_of(self, doctor: str) -> tuple[tuple[Duty, Var], ...]:
        """Everything the doctor did (the tail, TRUE) or could do, in order of time."""
        return self._work[doctor]

    @cached_property
    def _candidates(self) -> Mapping[str, tuple[tuple[str, Var], ...]]:
        found: dict[str, list[tuple[str, Var]]] = {unit: [] for unit in self.problem.units}
        for doctor, unit in self._owner:
            found[unit].append((doctor, self._decision[doctor, unit]))
        return {unit: tuple(own) for unit, own in found.items()}

    def candidates(self, duty: Duty) -> tuple[tuple[str, Var], ...]:
        """The doctors who could have the duty, with their variables."""
        return self._candidates[duty.unit]

    # --- hard constraints ----------------------------------------------------------------

    def linear(
        self,
        terms: Iterable[Term],
        *,
        low: int | None = None,
        high: int | None = None,
        only_if: Var = TRUE,
        doctor: str | None = None,
        duties: Iterable[Duty] = (),
    ) -> None:
        """Demand low <= sum of coefficient * variable <= high.

        Work of the tail cannot be undone: where it alone is over `high`, no more may come.
        A `low` that nothing can reach makes the model infeasible.

        Args:
            terms: pairs (coefficient, variable).
            low: smallest allowed sum, or None.
            high: largest allowed sum, or None.
            only_if: demanded only where this variable is true.
            doctor: whom it is about, for explanations.
            duties: what it is about, for explanations.
        """
        own, constant = collect(terms)
        if only_if == FALSE or (not own and (low is None or constant >= low)):
            return
        lowest, highest = self._span(own)
        own_high = None if high is None else max(high - constant, lowest)
        own_low = None if low is None else low - constant
        if (own_high is None or highest <= own_high) and (own_low is None or lowest >= own_low):
            return
        self.reasons.append(Reason(self._rule, doctor, tuple(duty.id for duty in duties)))
        self.model.constraints.append(
            Constraint(own, own_low, own_high, only_if, len(self.reasons) - 1)
        )

    def at_most(
        self,
        limit: int,
        variables: Iterable[Var],
        *,
        doctor: str | None = None,
        duties: Iterable[Duty] = (),
    ) -> None:
        """At most `limit` of the variables are true."""
        self.linear([(1, v) for v in variables], high=limit, doctor=doctor, duties=duties)

    def not_both(self, doctor: str, first: tuple[Duty, Var], second: tuple[Duty, Var]) -> None:
        """The doctor has at most one of two duties."""
        self.at_most(1, (first[1], second[1]), doctor=doctor, duties=(first[0], second[0]))

    def implies(
        self,
        condition: Var,
        any_of: Iterable[Var],
        *,
        doctor: str | None = None,
        duties: Iterable[Duty] = (),
    ) -> None:
        """Where the condition holds, at least one of the variables does."""
        terms = [(1, v) for v in any_of]
        if any(v == TRUE for _, v in terms):
            return
        self.linear([*terms, (-1, condition)], low=0, doctor=doctor, duties=duties)

    def fix(self, variable: Var, value: bool, *, doctor: str, duty: Duty) -> None:
        """Settle an assignment (a pin). An impossible one makes the model infeasible."""
        bound = 1 if value else 0
        self.linear([(1, variable)], low=bound, high=bound, doctor=doctor, duties=(duty,))

    # --- values that follow --------------------------------------------------------------

    def at_least(self, terms: Iterable[Term], threshold: int) -> Var:
        """A variable that is true exactly where the sum reaches the threshold."""
        own, constant = collect(terms)
        rest = threshold - constant
        lowest, highest = self._span(own)
        if lowest >= rest:
            return TRUE
        if highest < rest:
            return FALSE
        if len(own) == 1 and self.model.uppers[own[0][1]] == 1 and own[0][0] > 0:
            return own[0][1]
        return self._define(AT_LEAST, own, rest, 1)

    def any_of(self, variables: Iterable[Var]) -> Var:
        """A variable that is true exactly where one of these is."""
        own = set(variables)
        own.discard(FALSE)
        if TRUE in own:
            return TRUE
        if len(own) == 1:
            [var] = own
            if self.model.uppers[var] == 1:
                return var
        if not own:
            return FALSE
        return self._define(AT_LEAST, tuple([(1, var) for var in sorted(own)]), 1, 1)

    def all_of(self, variables: Iterable[Var]) -> Var:
        """A variable that is true exactly where all of these are."""
        own = set(variables)
        return self.at_least([(1, v) for v in own], len(own))

    def excess(self, terms: Iterable[Term], over: int) -> Var:
        """A number: how far the sum goes over `over`, or 0. To be made small, never large.

        Where only work of the tail is summed it is FALSE: history costs nothing.
        """
        own, constant = collect(terms)
        rest = over - constant
        upper = self._span(own)[1] - rest
        if upper <= 0 or not own:
            return FALSE
        return self._define(EXCESS, own, rest, upper)

    # --- what is to be made small --------------------------------------------------------

    def penalise(
        self, level: Level, terms: Iterable[Term], constant: int = 0, *, fine: int = 1
    ) -> None:
        """Add coefficient * variable to what is minimised on a level.

        Args:
            level: where it stands.
            terms: pairs (coefficient, variable).
            constant: is added as it is.
            fine: the coefficients are so many times finer than the level's own integers.
        """
        self._sums.setdefault((level, fine), []).extend((*terms, (constant, TRUE)))
        own, own_constant = collect(terms)
        self.priced.append(Priced(self._rule, level, own, constant + own_constant, fine))

    def minimise_worst(
        self,
        level: Level,
        title: str,
        entries: Iterable[tuple[Iterable[Term], int]],
        *,
        depth: int,
        scale: float,
        unit: str,
    ) -> None:
        """First the largest of the entries, then the largest two together, ... to `depth`.

        Minimising the sums of the k largest one after the other is leximin (Ogryczak).

        Args:
            level: where it stands; on its level it comes before the penalties.
            title: bokmål.
            entries: (terms, constant) for each doctor; integers.
            depth: how many of the worst-off are looked at.
            scale: how many of the entries' integers make one `unit`.
            unit: bokmål.
        """
        plain = []
        for terms, constant in entries:
            own, own_constant = collect(terms)
            plain.append((own, constant + own_constant))
        if plain:
            self._worst.append(_Worst(level, title, depth, tuple(plain), scale, unit))

    # --- inside --------------------------------------------------------------------------

    def _span(self, terms: Terms) -> tuple[int, int]:
        """The smallest and the largest value that the sum could have."""
        uppers = self.model.uppers
        low = high = 0
        for coefficient, var in terms:
            if coefficient > 0:
                high += coefficient * uppers[var]
            else:
                low += coefficient * uppers[var]
        return low, high

    def _new(self, upper: int) -> Var:
        self.model.uppers.append(upper)
        return len(self.model.uppers) - 1

    def _define(self, kind: str, terms: Terms, threshold: int, upper: int) -> Var:
        key = (kind, terms, threshold)
        known = self._known.get(key)
        if known is not None:
            return known
        var = self._new(upper)
        self.model.definitions.append(Definition(var, kind, terms, threshold, upper))
        self._known[key] = var
        return var

    @cached_property
    def _known(self) -> dict[tuple[str, Terms, int], Var]:
        return {}

    def _finish(self) -> None:
        """Lay the steps of the objective in order."""
        for level in Level:
            for worst in self._worst:
                if worst.level is level:
                    self.model.steps.extend(worst.steps())
            parts = {fine: own for (at, fine), own in self._sums.items() if at is level}
            if parts:
                finest = lcm(*parts)
                terms, constant = collect(
                    (c * (finest // fine), v) for fine, own in parts.items() for c, v in own
                )
                self.model.steps.append(
                    Step(
                        level=level,
                        key=level.name.lower(),
                        title=level.title,
                        unit=level.unit,
                        scale=level.scale * finest,
                        terms=terms,
                        constant=constant,
                    )
                )

    def _group(self) -> None:
        """Tell the search which decisions belong together: by doctor, and by unit in time.

        `days` holds the numbers of the units that begin on one day.
        """
        doctors: dict[str, list[int]] = {doctor.id: [] for doctor in self.problem.doctors}
        for (doctor, _), var in self._decision.items():
            doctors[doctor].append(var)
        units = sorted(
            self.problem.units, key=lambda unit: (self.problem.units[unit][0].start, unit)
        )
        held = [unit for unit in units if self._candidates[unit]]
        days: dict[date, list[int]] = {}
        for number, unit in enumerate(held):
            days.setdefault(self.problem.units[unit][0].day, []).append(number)
        self.model.groups = {
            "doctors": [own for own in doctors.values() if own],
            "units": [[var for _, var in self._candidates[unit]] for unit in held],
            "days": list(days.values()),
        }

    # --- reading results -----------------------------------------------------------------

    def owner(self, var: Var) -> str:
        """The doctor whose decision it is, or from whose decisions alone it follows.

        Raises:
            IndexError: the variable is a constant.
        """
        if var < 2:
            raise IndexError(f"var ({var}) must be a decision or follow from one")
        while var > self.model.decisions + 1:
            var = self._terms_of[var][0][1]
        return self._owner[var - 2][0]

    @cached_property
    def _terms_of(self) -> Mapping[Var, Terms]:
        return {d.var: d.terms for d in self.model.definitions}

    def decision_indices(self, assignments: Iterable[Assignment]) -> Iterator[Var]:
        """The decision variables that these assignments make true (unknown ones left out)."""
        for a in assignments:
            duty = self.problem.duty_by_id.get(a.duty)
            if duty is not None:
                var = self.works(a.doctor, duty)
                if var != FALSE:
                    yield var

    def _named(self, assignments: Iterable[Assignment]) -> Iterator[tuple[str, str]]:
        """Pairs of doctor and unit (unknown duties left out)."""
        for a in assignments:
            duty = self.problem.duty_by_id.get(a.duty)
            if duty is not None:
                yield a.doctor, duty.unit

    def assignments(self, chosen: Iterable[Var]) -> Iterator[Assignment]:
        """The assignments behind the decision variables that are true."""
        for var in chosen:
            doctor, unit = self._owner[var - 2]
            for duty in self.problem.units[unit]:
                yield Assignment(duty.id, doctor)
