"""A roster in the making: values kept up to date as single decisions change.

What the rules posted is evaluated incrementally, so trying a change costs only what it
touches. `evaluate` computes the same from nothing and is the judge in tests.
"""

from collections.abc import Iterable

from scheduler.solving.evaluate import settle, step_value, total
from scheduler.solving.model import AT_LEAST, Model


class Index:
    """For each variable: where it appears."""

    def __init__(self, model: Model) -> None:
        """Walk the model once."""
        size = model.size
        self.model = model
        self.definitions: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        self.constraints: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        self.guards: list[list[int]] = [[] for _ in range(size)]
        self.steps: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        self.entries: list[list[int]] = [[] for _ in range(size)]
        for number, d in enumerate(model.definitions):
            for coefficient, var in d.terms:
                self.definitions[var].append((number, coefficient))
        for number, c in enumerate(model.constraints):
            for coefficient, var in c.terms:
                self.constraints[var].append((number, coefficient))
            if c.only_if > 1:
                self.guards[c.only_if].append(number)
        for number, s in enumerate(model.steps):
            for coefficient, var in s.terms:
                self.steps[var].append((number, coefficient))
            for terms, _ in s.entries:
                for _, var in terms:
                    self.entries[var].append(number)


class State:
    """Values, sums and violations for the current choice of decisions."""

    def __init__(self, index: Index, chosen: Iterable[int] = ()) -> None:
        """Evaluate the choice from nothing."""
        model = index.model
        self.index = index
        self.model = model
        self.values = settle(model, chosen)
        self._definition_sums = [total(d.terms, self.values) for d in model.definitions]
        self._constraint_sums = [total(c.terms, self.values) for c in model.constraints]
        self._violations = [0] * len(model.constraints)
        self.violation = 0
        for number in range(len(model.constraints)):
            self._judge(number)
        self.sums = [total(s.terms, self.values) + s.constant for s in model.steps]

    @property
    def chosen(self) -> list[int]:
        """The decisions that are true."""
        return [v for v in range(2, self.model.decisions + 2) if self.values[v]]

    def score(self) -> tuple[int, ...]:
        """The values of all steps, in their order of precedence."""
        return tuple(
            step_value(s, self.values) if s.worst else self.sums[number]
            for number, s in enumerate(self.model.steps)
        )

    def flip(self, var: int) -> None:
        """Change one decision, and everything that follows from it."""
        changed = [(var, 1 - 2 * self.values[var])]
        self.values[var] += changed[0][1]
        index, model = self.index, self.model
        while changed:
            source, delta = changed.pop()
            for number, coefficient in index.steps[source]:
                self.sums[number] += coefficient * delta
            for number, coefficient in index.constraints[source]:
                self._constraint_sums[number] += coefficient * delta
                self._judge(number)
            for number in index.guards[source]:
                self._judge(number)
            for number, coefficient in index.definitions[source]:
                d = model.definitions[number]
                self._definition_sums[number] += coefficient * delta
                own = self._definition_sums[number]
                if d.kind == AT_LEAST:
                    new = 1 if own >= d.threshold else 0
                else:
                    new = own - d.threshold if own > d.threshold else 0
                old = self.values[d.var]
                if new != old:
                    self.values[d.var] = new
                    changed.append((d.var, new - old))

    def _judge(self, number: int) -> None:
        c = self.model.constraints[number]
        own = self._constraint_sums[number]
        now = 0
        if self.values[c.only_if]:
            if c.high is not None and own > c.high:
                now = own - c.high
            elif c.low is not None and own < c.low:
                now = c.low - own
        self.violation += now - self._violations[number]
        self._violations[number] = now
