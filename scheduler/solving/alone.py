"""What a model says of some decisions, whatever all the others are.

Of each definition that depends on these decisions two are made: what it is at least and what it is
at most, the others counting with the end of their range that helps most. Where both are the same
it is the definition itself. Constraints and prices are asked of the end that surely holds. So every
lawful roster is a choice here, and no cheaper one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scheduler.solving.cpsat import Compiled
from scheduler.solving.evaluate import settle_some
from scheduler.solving.model import (
    AT_LEAST,
    FALSE,
    TRUE,
    Constraint,
    Definition,
    Term,
    Terms,
)
from scheduler.solving.outlook import Outlook
from scheduler.solving.state import Index

_End = tuple[int, int | None]
"""An amount that is settled, and a variable beside it or None."""


class Alone:
    """Some decisions, and what surely follows from them.

    Attributes:
        decisions: in their order.

    Args:
        index: the plain model.
        outlook: on it, of any prices.
        decisions: the others may be anything.
        uppers: the largest value of each variable; those that are made here are added.
        made: definitions by number, as far as they have been made; others are added, so that
            several of these programs have each but once.
    """

    def __init__(
        self,
        index: Index,
        outlook: Outlook,
        decisions: Iterable[int],
        uppers: list[int],
        made: dict[int, Definition],
    ) -> None:
        """Find what depends on the decisions, and demand of it what the model does."""
        self._index, self._ends = index, (outlook.lows, outlook.highs)
        self.decisions = sorted(decisions)
        self._uppers = uppers
        self._definitions: list[Definition] = []
        self._constraints: list[Constraint] = []
        self._known: dict[tuple[int, bool], _End] = {
            (var, most): (0, var) for var in self.decisions for most in (False, True)
        }
        self._touched = self._depending(made)
        self._demand_all()

    def spent(self, prices: Mapping[int, int]) -> tuple[int, dict[int, int]]:
        """What prices surely come to, over what they do where all decisions are open.

        Args:
            prices: of variables.

        Returns:
            An amount, and what is to be added for each of some variables.
        """
        found, constant = Counter[int](), 0
        for var, price in prices.items():
            if price and (var in self._touched or (var, False) in self._known):
                settled, own = self._end(var, price < 0)
                constant += price * (settled - self._ends[price < 0][var])
                if own is not None:
                    found[own] += price
        return constant, dict(found)

    def paid(self, prices: Mapping[int, int], chosen: Iterable[int]) -> dict[int, int]:
        """Which of these prices a choice surely pays, over what they come to in any case.

        Args:
            prices: of variables.
            chosen: the decisions that are true, all others of these false.
        """
        values = settle_some(chosen, self._definitions)
        found = {}
        for var, price in prices.items():
            constant, costs = self.spent({var: price})
            cost = constant + sum(c * values.get(own, 0) for own, c in costs.items())
            if cost:
                found[var] = cost
        return found

    def limit(self, costs: Mapping[int, int], most: int) -> None:
        """Demand that variables of `spent` cost no more than this."""
        terms = tuple((cost, var) for var, cost in costs.items())
        self._constraints.append(Constraint(terms, None, most, TRUE, 0))

    def compiled(self, asked: Iterable[int]) -> Compiled:
        """All that is demanded so far, with some variables of which costs are to be asked."""
        needed = {var for c in self._constraints for _, var in c.terms}
        needed.update(asked, (c.only_if for c in self._constraints))
        kept: list[Definition] = []
        for d in reversed(self._definitions):
            if d.var in needed:
                kept.append(d)
                needed.update(var for _, var in d.terms)
        return Compiled(
            self._uppers,
            {FALSE: 0, TRUE: 1},
            definitions=kept[::-1],
            constraints=self._constraints,
            decisions=self.decisions,
        )

    def _depending(self, made: dict[int, Definition]) -> dict[int, Definition]:
        """The definitions that depend on the decisions, by their variables."""
        index = self._index
        defined = index.packed.defined
        found, pending = dict[int, Definition](), self.decisions[:]
        while pending:
            for number in index.definitions_on(pending.pop()):
                var = int(defined[number])
                if var not in found:
                    if number not in made:
                        made[number] = index.model.definitions[number]
                    found[var] = made[number]
                    pending.append(var)
        return found

    def _demand_all(self) -> None:
        on = self._index.constraints_on
        for number in sorted({n for v in (*self.decisions, *self._touched) for n in on(v)}):
            c = self._index.model.constraints[number]
            settled, guard = self._end(c.only_if, False)
            if guard is None and not settled:
                continue
            for most, side in ((False, c.high), (True, c.low)):
                if side is None:
                    continue
                constant, own = self._sum(c.terms, most)
                low, high = self._span(own)
                left = side - constant
                only_if = TRUE if guard is None else guard
                if most and low < left:
                    self._constraints.append(Constraint(own, left, None, only_if, 0))
                elif not most and high > left:
                    self._constraints.append(Constraint(own, None, left, only_if, 0))

    def _end(self, var: int, most: bool) -> _End:
        """What a variable is at least, or at most."""
        if (var, most) not in self._known:
            d = self._touched.get(var)
            found = (self._ends[most][var], None) if d is None else self._followed(d, most)
            self._known[var, most] = found
        return self._known[var, most]

    def _followed(self, d: Definition, most: bool) -> _End:
        constant, own = self._sum(d.terms, most)
        low, high = (constant + end - d.threshold for end in self._span(own))
        if d.kind == AT_LEAST and (low >= 0 or high < 0):
            return int(low >= 0), None
        if d.kind != AT_LEAST and (high <= 0 or low == high):
            return max(0, high), None
        other = self._known.get((d.var, not most))
        if other is not None and self._sum(d.terms, not most) == (constant, own):
            return other
        upper = 1 if d.kind == AT_LEAST else high
        self._uppers.append(upper)
        new = len(self._uppers) - 1
        self._definitions.append(Definition(new, d.kind, own, d.threshold - constant, upper))
        return 0, new

    def _sum(self, terms: Sequence[Term], most: bool) -> tuple[int, Terms]:
        """The least that a sum can be, or the most, and what it is a sum of then."""
        sums, constant = Counter[int](), 0
        for c, var in terms:
            settled, own = self._end(var, most == (c > 0))
            constant += c * settled
            if own is not None:
                sums[own] += c
        return constant, tuple((c, var) for var, c in sorted(sums.items()) if c)

    def _span(self, own: Terms) -> tuple[int, int]:
        uppers = self._uppers
        low = sum(c * uppers[var] for c, var in own if c < 0)
        return low, sum(c * uppers[var] for c, var in own if c > 0)
