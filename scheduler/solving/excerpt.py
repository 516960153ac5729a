"""An excerpt of a model: some of its constraints, and the variables of which they speak."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Definition, Model, Terms


class Excerpt:
    """A small model with numbers of its own; what is left out is free.

    Attributes:
        model: only these constraints.
        decisions: for each decision of the whole model that is spoken of, its number here.
        switches: for each list of constraints that can be turned on, the decision that does it.
    """

    def __init__(
        self,
        whole: Model,
        numbers: Iterable[int],
        switched: Sequence[Iterable[int]] = (),
        more: Iterable[int] = (),
    ) -> None:
        """Copy the constraints with all that they depend on.

        Args:
            whole: the model.
            numbers: constraints that are demanded.
            switched: lists of constraints, each demanded only where its switch is on.
            more: decisions that are wanted whether a constraint speaks of them or not.
        """
        self._whole = whole
        plain = sorted(set(numbers))
        parts = [sorted(set(own)) for own in switched]
        decisions, definitions = _spoken_of(whole, {*plain, *(n for own in parts for n in own)})
        self.decisions: Mapping[int, int] = {
            var: place for place, var in enumerate(sorted({*decisions, *more}), start=2)
        }
        first = len(self.decisions) + 2
        self.switches = tuple(range(first, first + len(parts)))
        self._var = {0: 0, 1: 1, **self.decisions}
        self.model = Model(
            decisions=first + len(parts) - 2, uppers=[0, 1, *(1 for _ in range(2, first))]
        )
        self.model.uppers += [1] * len(parts)
        for definition in definitions:
            self._define(definition)
        for number in plain:
            self._demand(number, TRUE)
        for own, switch in zip(parts, self.switches, strict=True):
            for number in own:
                self._demand(number, switch)

    def chosen(self, found: Collection[int]) -> frozenset[int]:
        """The decisions of the whole model behind those that are true here."""
        return frozenset(var for var, own in self.decisions.items() if own in found)

    def settle(self, free: Collection[int], chosen: Collection[int]) -> None:
        """Fix every decision of the whole model but the free ones at what is chosen."""
        for var, own in self.decisions.items():
            if var not in free:
                value = int(var in chosen)
                self.model.demand(Constraint(((1, own),), value, value, TRUE, -1))

    def any_of(self, decisions: Iterable[int]) -> None:
        """Demand that one of these is true (numbers of the excerpt)."""
        terms = tuple((1, own) for own in decisions)
        self.model.demand(Constraint(terms, 1, None, TRUE, -1))

    def _terms(self, terms: Terms) -> Terms:
        return tuple([(coefficient, self._var[var]) for coefficient, var in terms])

    def _define(self, d: Definition) -> None:
        self._var[d.var] = self._new(d.kind, self._terms(d.terms), d.threshold, d.upper)

    def _new(self, kind: str, terms: Terms, threshold: int, upper: int) -> int:
        var = self.model.size
        self.model.uppers.append(upper)
        self.model.define(Definition(var, kind, terms, threshold, upper))
        return var

    def _demand(self, number: int, switch: int) -> None:
        c = self._whole.constraints[number]
        guard = self._var[c.only_if]
        if switch != TRUE:
            both = ((1, guard), (1, switch))
            guard = switch if guard == TRUE else self._new(AT_LEAST, both, 2, 1)
        self.model.demand(Constraint(self._terms(c.terms), c.low, c.high, guard, c.reason))


def _spoken_of(model: Model, numbers: Iterable[int]) -> tuple[set[int], list[Definition]]:
    """The decisions and the definitions (in order) on which constraints depend."""
    pending: list[int] = []
    for number in numbers:
        constraint = model.constraints[number]
        pending.append(constraint.only_if)
        pending += [var for _, var in constraint.terms]
    first = model.decisions + 2  # definitions have the numbers from here on, in their order
    decisions: set[int] = set()
    found: set[int] = set()
    while pending:
        var = pending.pop()
        if var < first:
            if var > TRUE:
                decisions.add(var)
        elif var not in found:
            found.add(var)
            pending += [own for _, own in model.definitions[var - first].terms]
    return decisions, [model.definitions[var - first] for var in sorted(found)]
