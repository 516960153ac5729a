"""Small models of doctors and units as rules post them, and every lawful roster of one."""

import itertools

from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Model, Step


class Posted:
    """A model of doctors and units in the making: each unit wants one doctor, at a price."""

    def __init__(self, doctors: int, units: int) -> None:
        self.model = Model(decisions=doctors * units)
        self.model.uppers += [1] * self.model.decisions
        self.has = [[2 + d * units + u for u in range(units)] for d in range(doctors)]
        self.model.groups = {
            "doctors": self.has,
            "units": list(map(list, zip(*self.has, strict=True))),
        }
        self.terms: list[tuple[int, int]] = []
        self.constant = 0
        missing = []
        for own in zip(*self.has, strict=True):
            self.demand(own, None, 1)
            missing.append((1, self.excess([(-1, v) for v in own], -1)))
        self.model.steps = [Step(1, "cover", "", "", 1, terms=tuple(missing))]

    def demand(self, decisions: tuple[int, ...], low: int | None, high: int | None) -> None:
        self.model.demand(Constraint(tuple((1, v) for v in decisions), low, high, TRUE, 0))

    def any_of(self, decisions: list[int]) -> int:
        return self.define(AT_LEAST, [(1, v) for v in decisions], 1, 1)

    def excess(self, terms: list[tuple[int, int]], threshold: int) -> int:
        upper = max(1, sum(c * self.model.uppers[v] for c, v in terms if c > 0) - threshold)
        return self.define(EXCESS, terms, threshold, upper)

    def price(self, terms: list[tuple[int, int]], aim: int, slopes: list[int]) -> None:
        """A convex price of what the sum is over the aim, as rules post it."""
        beyond = self.excess(terms, aim)
        for over, slope in enumerate(slopes):
            self.terms.append((slope, self.excess([(1, beyond)], over) if over else beyond))

    def done(self) -> Model:
        self.model.steps.append(
            Step(4, "sum", "", "", 1, terms=tuple(self.terms), constant=self.constant)
        )
        return self.model

    def define(self, kind: str, terms: list[tuple[int, int]], threshold: int, upper: int) -> int:
        self.model.uppers.append(upper)
        var = len(self.model.uppers) - 1
        self.model.define(Definition(var, kind, tuple(terms), threshold, upper))
        return var


def lawful(model: Model) -> list[tuple[int, ...]]:
    """The step values of every lawful roster."""
    variables = range(2, model.decisions + 2)
    found = []
    for bits in itertools.product((False, True), repeat=model.decisions):
        values = settle(model, tuple(itertools.compress(variables, bits)))
        if not any(broken(model, values)):
            found.append(step_values(model, values))
    return found
