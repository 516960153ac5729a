"""The prices of a sum, kind by kind: what each may come to in a roster that meets the sum's bound.

A roster that meets the bound has each kind of count (weekends, great holidays, sessions) near its
least at once: a kind may cost what the bound leaves beside the least of all others. To a solver
that says far more than the sum. What weighs differently, the burden points, is in no kind: it can
be evened out afterwards (`balance`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduler.solving.balance import weighs
from scheduler.solving.model import Model, Step, Terms
from scheduler.solving.sharing import shared_bound
from scheduler.solving.state import Index

_ALIKE = 0.5  # of the units that two prices speak of: so many in common make them one kind


@dataclass(frozen=True)
class Pot:
    """Prices of one kind.

    Attributes:
        terms: of the step.
        most: what they come to in a roster that meets the bound, at most.
    """

    terms: Terms
    most: int


def pots_of(
    index: Index,
    number: int,
    bound: int,
    scores: Sequence[int],
    values: Sequence[int],
    over: Callable[[], bool] = lambda: False,
) -> list[Pot]:
    """All that is counted in a step, kind by kind.

    Args:
        index: of the model.
        number: of a step that is a sum.
        bound: of the step.
        scores: of a roster; the first is what the cover may lack.
        values: of all variables in it. What costs the least there is, has no share in the bound.
        over: asked now and then; what is not known by then counts as free.
    """
    model, step = index.model, index.model.steps[number]

    def shared(own: Step) -> int:
        found = shared_bound(index, own, scores[0], over)
        return _least(model, own) if found is None else found

    whole = shared(step)
    found = []
    for terms in _kinds(index, number):
        own = replace(step, terms=terms, constant=0)
        others = whole - _least(model, own)
        if sum(price * values[var] for price, var in terms) > _least(model, own):
            kind = set(terms)
            others = shared(replace(step, terms=tuple(t for t in step.terms if t not in kind)))
        found.append(Pot(terms, bound - others))
    return found


def _least(model: Model, step: Step) -> int:
    """What a step costs at least, as far as each price tells by itself."""
    return step.constant + sum(min(0, price * model.uppers[var]) for price, var in step.terms)


def _kinds(index: Index, number: int) -> list[Terms]:
    """What is counted in a step by the units that it speaks of, whoever it is that has them."""
    found: list[tuple[frozenset[int], list[tuple[int, int]]]] = []
    units = _Units(index)
    counted = [own for own in index.model.steps[number].terms if not weighs(index.model, *own)]
    spoken = [(units.of(var), (price, var)) for price, var in counted]
    for own, term in sorted(spoken, key=lambda each: -len(each[0])):
        for known, terms in found:
            if len(own & known) >= _ALIKE * len(own | known):
                terms.append(term)
                break
        else:
            found.append((own, [term]))
    return [tuple(terms) for _, terms in found]


class _Units:
    """Of which units variables speak."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[int, frozenset[int]] = {}

    def of(self, var: int) -> frozenset[int]:
        """The units of the decisions that a variable follows from."""
        if var not in self._known:
            definition = self._index.model.definition_of.get(var)
            if definition is None:
                self._known[var] = frozenset({int(self._index.grid.unit_of[var])})
            else:
                below = (self.of(own) for _, own in definition.terms)
                self._known[var] = frozenset().union(*below)
        return self._known[var]
