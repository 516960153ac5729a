"""The draft: what rules write into, in the words of the domain.

A rule asks who could work what (`works`, `work_of`, `candidates`), and posts constraints and
penalties; what it says of all doctors alike it posts once, into `stencils`. The draft turns
it into the plain model and remembers which rule, doctor and duties stand behind each
constraint.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment
from scheduler.eligibility import closed_units
from scheduler.garbage import uncollected
from scheduler.rule import Level, Rule
from scheduler.solving.model import FALSE, TRUE, Model, Step, Term, Terms, collect
from scheduler.solving.objective import Objective, Priced
from scheduler.solving.openings import Openings
from scheduler.solving.packed import NO_LIMIT, Numbers, Packed, model_of
from scheduler.solving.posting import Posting, Reason, Var
from scheduler.solving.reasons import Reasons
from scheduler.solving.stencil import Origins, Stencil
from scheduler.solving.store import (
    AT_LEAST_KIND,
    EXCESS_KIND,
    Constraints,
    Definitions,
    Family,
    extend,
    growing,
    seen,
    take,
)

__all__ = ["Draft", "Priced", "Reason", "Var"]


class Draft(Posting):
    """A model in the making for one problem.

    Args:
        problem: what is to be rostered.
        rules: the rules; what they close decides which assignments get a variable at all.
        released: ids of rules whose closing is not obeyed, to see what they cost.
        only: where given, no other assignments than these get one: enough to settle what a
            finished roster is worth, and much smaller.
        demands_first: post what is demanded, and what is priced along with it, and leave the rest
            to `complete`. Enough for a lawful roster, and much sooner there.

    Attributes:
        openings: who could have what; it outlives the draft where rosters are read.
        memo: what rules have posted together and keep, each under its own key.
        rule: id of the rule that posts.
        demands_first: whether what only has a price still waits for `complete`.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Sequence[Rule],
        *,
        released: Collection[str] = (),
        only: Iterable[Assignment] | None = None,
        demands_first: bool = False,
    ) -> None:
        """Make a decision variable for each doctor and unit that no rule stops.

        Raises:
            ValueError: a rule that does not bind demands something.
        """
        self.problem = problem
        self.rules = tuple(rules)
        self.memo: dict[Any, Any] = {}
        self.rule = ""
        named = None if only is None else set(self._named(only))
        with uncollected():
            closed = [closed_units(problem, rule) for rule in rules if rule.id not in released]
            self.openings = Openings(problem, closed, named)
        self.decisions = self.openings.decisions
        self._uppers = growing()
        extend(self._uppers, np.ones(self.decisions + 2, dtype=np.int64))
        self._uppers[FALSE] = 0
        self._definitions = Definitions()
        self._constraints = Constraints()
        self.reasons = Reasons(self.openings.concerns)
        self._objective = Objective()
        self.demands_first = demands_first
        self._waiting: list[tuple[str, Stencil]] = []
        self._later = [rule for rule in rules if demands_first and not rule.binds]
        with uncollected():
            for rule in rules:
                if rule.binds or (rule.weighs and not demands_first):
                    self._encode(rule)

    def complete(self, between: Callable[[], None] = lambda: None) -> None:
        """Post what `demands_first` left.

        Args:
            between: called now and then; it may look at what was posted, and post nothing.

        Raises:
            ValueError: as for the draft, or what was to come afterwards demands something.
        """
        self._waiting.reverse()
        self.demands_first = False
        later, self._later = self._later, []
        while self._waiting:
            rule, stencil = self._waiting.pop()
            self.rule = self._objective.rule = rule
            stencil.draw_priced()
            del stencil
            between()
        for own in later:
            if own.weighs:
                with uncollected():
                    self._encode(own)
                between()
        self.memo.clear()
        self.openings.forget()

    def _encode(self, rule: Rule) -> None:
        self.rule = self._objective.rule = rule.id
        known = len(self.reasons)
        rule.encode(self)
        if not rule.binds and len(self.reasons) > known:
            raise ValueError(f"rule ({rule.id}) must bind, since it demands something")

    # --- who could work what -------------------------------------------------------------

    def works(self, doctor: str, duty: Duty) -> Var:
        """The variable «doctor has duty»; duties of one block share it; FALSE if stopped."""
        return self.openings.variable(doctor, duty.unit)

    def work_of(self, doctor: str) -> tuple[tuple[Duty, Var], ...]:
        """Everything the doctor did (the tail, TRUE) or could do, in order of time."""
        return self.openings.work_of(doctor)

    def sessions_of(self, doctor: str) -> tuple[tuple[Duty, Var], ...]:
        """The municipal work among `work_of`."""
        return self.openings.sessions_of(doctor)

    def candidates(self, duty: Duty) -> tuple[tuple[str, Var], ...]:
        """The doctors who could have the duty, with their variables."""
        return self.openings.candidates(duty.unit)

    def crews(self, groups: Sequence[Sequence[Duty]]) -> Family:
        """For each of these groups of duties the sum of all candidates' variables."""
        return self.openings.crews([[duty.unit for duty in own] for own in groups])

    def stencils(self, doctors: Collection[str] | None = None) -> Iterator[Stencil]:
        """A stencil for each group of doctors who could have much the same shifts.

        What is posted into it is drawn for its doctors when the next one is asked for.

        Args:
            doctors: only these are meant.
        """
        for held in self.openings.groups(doctors):
            stencil = Stencil(self, held)
            yield stencil
            if not self.demands_first:
                stencil.draw()
                continue
            stencil.draw_demanded()
            if stencil.prices:
                self._waiting.append((self.rule, stencil))

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
        """As in `Posting`."""
        own, constant = collect(terms)
        if only_if == FALSE or (not own and (low is None or constant >= low)):
            return
        lowest, highest = self._span(own)
        own_high = None if high is None else max(high - constant, lowest)
        own_low = None if low is None else low - constant
        if (own_high is None or highest <= own_high) and (own_low is None or lowest >= own_low):
            return
        self._constraints.add(own, own_low, own_high, only_if, len(self.reasons))
        self.reasons.add(Reason(self.rule, doctor, tuple([duty.id for duty in duties])))

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

    def demand_all(
        self, sums: Family, lows: Numbers, highs: Numbers, guards: Numbers, origins: Origins
    ) -> None:
        """`linear` for many sums, whose constants are taken off the limits (`NO_LIMIT`: none)."""
        self.reasons.extend(self.rule, origins.of(self._demand(sums, lows, highs, guards)))

    def at_most_each(self, limits: Numbers, sums: Family, duties: Sequence[Sequence[Duty]]) -> None:
        """Each sum, of which these duties are the reason, is at most its limit."""
        lows, guards = np.full(len(limits), -NO_LIMIT), np.full(len(limits), TRUE)
        for number in self._demand(sums, lows, limits, guards).tolist():
            self.reasons.add(Reason(self.rule, None, tuple([d.id for d in duties[number]])))

    def _demand(self, sums: Family, lows: Numbers, highs: Numbers, guards: Numbers) -> Numbers:
        """Post what of these sums can be broken; the numbers of those."""
        lowest, highest = self._spans(sums)
        highs = np.where(highs == NO_LIMIT, highs, np.maximum(highs, lowest))
        idle = (sums.counts == 0) & (lows <= 0)
        kept = np.flatnonzero((guards != FALSE) & ~idle & ((highest > highs) | (lowest < lows)))
        own = Family(*sums.of(kept))
        self._constraints.extend(own, lows[kept], highs[kept], guards[kept], len(self.reasons))
        return kept

    # --- values that follow --------------------------------------------------------------

    def at_least(self, terms: Iterable[Term], threshold: int) -> Var:
        """As in `Posting`."""
        own, constant = collect(terms)
        rest = threshold - constant
        lowest, highest = self._span(own)
        if lowest >= rest:
            return TRUE
        if highest < rest:
            return FALSE
        if len(own) == 1 and self._uppers[own[0][1]] == 1 and own[0][0] > 0:
            return own[0][1]
        return self._define(AT_LEAST_KIND, own, rest, 1)

    def any_of(self, variables: Iterable[Var]) -> Var:
        """As in `Posting`."""
        own = set(variables)
        own.discard(FALSE)
        if TRUE in own:
            return TRUE
        if len(own) == 1:
            [var] = own
            if self._uppers[var] == 1:
                return var
        if not own:
            return FALSE
        return self._define(AT_LEAST_KIND, tuple([(1, var) for var in sorted(own)]), 1, 1)

    def excess(self, terms: Iterable[Term], over: int, *, spares_past: bool = False) -> Var:
        """As in `Posting`."""
        own, constant = collect(terms)
        rest = max(over, constant) - constant if spares_past else over - constant
        upper = self._span(own)[1] - rest
        if upper <= 0 or not own:
            return FALSE
        return self._define(EXCESS_KIND, own, rest, upper)

    def define_all(self, kinds: Numbers, sums: Family, thresholds: Numbers) -> Numbers:
        """`at_least` and `excess` for many sums, whose constants are taken off the thresholds."""
        lowest, highest = self._spans(sums)
        found = np.full(len(kinds), -1, dtype=np.int64)
        reaches = kinds == AT_LEAST_KIND
        found[reaches & (highest < thresholds)] = FALSE
        found[reaches & (lowest >= thresholds)] = TRUE
        found[~reaches & ((highest <= thresholds) | (sums.counts == 0))] = FALSE
        alone = np.flatnonzero((found < 0) & reaches & (sums.counts == 1))
        places = sums.begins[alone]
        plain = (take(self._uppers, sums.variables[places]) == 1) & (sums.coefficients[places] > 0)
        found[alone[plain]] = sums.variables[places[plain]]
        left = np.flatnonzero(found < 0)
        if not len(left):
            return found
        uppers = np.where(reaches, 1, highest - thresholds)[left]
        given, new = self._definitions.extend(
            Family(*sums.of(left)), kinds[left], thresholds[left], len(self._uppers)
        )
        extend(self._uppers, uppers[new])
        found[left] = given
        return found

    def shortfalls(self, sums: Family, least: Numbers) -> Numbers:
        """For each sum a variable: how far it stays under the least, or FALSE."""
        under = Family(sums.counts, -sums.coefficients, sums.variables)
        return self.define_all(np.full(len(least), EXCESS_KIND), under, -least)

    # --- what is to be made small --------------------------------------------------------

    def penalise_each(
        self, level: Level, prices: Numbers, variables: Numbers, constant: int
    ) -> None:
        """`penalise` each of these variables with its price, and the constant."""
        own = np.flatnonzero((variables != FALSE) & (prices != 0))
        terms = Family(np.ones(len(own), dtype=np.int64), prices[own], variables[own])
        self.penalise_all(level, 1, terms, constant)

    def penalise(
        self, level: Level, terms: Iterable[Term], constant: int = 0, *, fine: int = 1
    ) -> None:
        """As in `Posting`."""
        own, own_constant = collect(terms)
        self._objective.add(level, fine, own, constant + own_constant)

    def penalise_all(self, level: Level, fine: int, sums: Family, constant: int) -> None:
        """`penalise` for many sums and their constants together."""
        self._objective.extend(level, fine, sums, constant)

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
            self._objective.compare(level, title, tuple(plain), depth, scale, unit)

    # --- inside --------------------------------------------------------------------------

    def _span(self, terms: Terms) -> tuple[int, int]:
        """The smallest and the largest value that the sum could have."""
        uppers = self._uppers
        low = high = 0
        for coefficient, var in terms:
            if coefficient > 0:
                high += coefficient * uppers[var]
            else:
                low += coefficient * uppers[var]
        return low, high

    def _spans(self, sums: Family) -> tuple[Numbers, Numbers]:
        """The same of many."""
        most = sums.coefficients * take(self._uppers, sums.variables)
        return sums.totals(np.minimum(most, 0)), sums.totals(np.maximum(most, 0))

    def _define(self, kind: int, terms: Terms, threshold: int, upper: int) -> Var:
        key, known = self._definitions.known(kind, terms, threshold)
        if known is not None:
            return known
        var = len(self._uppers)
        self._uppers.append(upper)
        self._definitions.add(key, var, kind, terms, threshold)
        return var

    # --- the model -----------------------------------------------------------------------

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the objective in their order, without what they sum."""
        return self._objective.outline()

    @property
    def priced(self) -> Iterator[Priced]:
        """What each rule adds to each level, in parts."""
        return self._objective.priced()

    @property
    def packed(self) -> Packed:
        """The model as arrays, which go to the search. While they are in use, post no more."""
        definitions, constraints = self._definitions, self._constraints
        steps, step_constants, tops, entries, entry_constants, families = self._objective.packed()
        return Packed(
            decisions=self.decisions,
            uppers=seen(self._uppers),
            definitions=definitions.rows.sums(),
            kinds=seen(definitions.kinds),
            thresholds=seen(definitions.thresholds),
            defined=seen(definitions.variables),
            constraints=constraints.rows.sums(),
            lows=seen(constraints.lows),
            highs=seen(constraints.highs),
            guards=seen(constraints.guards),
            reasons=seen(constraints.reasons),
            steps=steps,
            step_constants=step_constants,
            tops=tops,
            entries=entries,
            entry_constants=entry_constants,
            families=families,
            groups=self.openings.groupings(),
            titles=[[s.level, s.key, s.title, s.unit, s.scale] for s in self.steps],
        )

    @property
    def model(self) -> Model:
        """The model as objects of Python: for those who look at single definitions and rows.

        It takes many times the room of `packed`, and is made anew if more was posted.
        """
        stamp = len(self._uppers), len(self.reasons), self._objective.stamp
        if self._model is None or self._model[0] != stamp:
            self._model = stamp, model_of(self.packed)
        return self._model[1]

    _model: tuple[tuple[int, int, int], Model] | None = None

    # --- reading results -----------------------------------------------------------------

    def owner(self, var: Var) -> str:
        """The doctor whose decision it is, or from whose decisions alone it follows.

        Raises:
            IndexError: the variable is a constant.
        """
        if var < 2:
            raise IndexError(f"var ({var}) must be a decision or follow from one")
        while var > self.decisions + 1:
            var = self._first_of[var]
        return self.openings.owner(var)[0]

    @cached_property
    def _first_of(self) -> Mapping[Var, Var]:
        return {var: terms[0][1] for var, terms in self._definitions.owners()}

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
        return self.openings.assignments(chosen)
