"""Decisions that a sum cannot tell apart, counted together: the sum as a small plain model.

Two decisions of one doctor that stand in the same sums of the step are alike to it: only how many
of them are true counts. So they become one count. Where one stands everywhere with a multiple of
the other's coefficients (a long night and a short one, in points), they are one count of weights.
What the step speaks of is kept as it is, over counts in place of decisions; rows of demand are
added up where somebody cannot tell them apart; a constraint is kept where it can be said of counts,
and else left out. So every roster is a solution, and what the small model costs at least no roster
undercuts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import chain, pairwise, takewhile
from math import gcd, lcm

from scheduler.solving.cliques import is_at_most_one
from scheduler.solving.model import FALSE, TRUE, Constraint, Definition, Model, Step, Term, Terms
from scheduler.solving.state import Index
from scheduler.solving.tallies import Row, base_of, rows_of

Sign = tuple[tuple[int, int], ...]
"""In what a decision stands, and with which coefficient."""

_Place = tuple[int, int, int]
"""Number of a family of rows, and what a decision counts in it: numerator and denominator. No
`Fraction`, of which telling one from another takes most of the time."""

_MOST = 10_000  # of one count; what each number of more costs is not said


@dataclass(frozen=True)
class Counted:
    """A sum over counts.

    Attributes:
        uppers: the largest value of each variable; 0 and 1 are false and true.
        groups: (weight, decision) of what each count is of; the counts are the variables from 2 on.
        holes: variables that say how much is lacking.
        definitions: what follows from them.
        constraints: what every roster of the model keeps.
        costs: of single variables.
        constant: what the sum costs beside them.
    """

    uppers: list[int]
    groups: tuple[Terms, ...]
    holes: tuple[int, ...]
    definitions: tuple[Definition, ...]
    constraints: tuple[Constraint, ...]
    costs: Mapping[int, int]
    constant: int

    @property
    def free(self) -> tuple[int, ...]:
        """The variables that follow from no others."""
        return (*range(2, len(self.groups) + 2), *self.holes)

    @property
    def largest(self) -> int:
        """What no sum is over, whatever its variables are."""
        sums: list[Terms] = [tuple((c, var) for var, c in self.costs.items())]
        sums += [d.terms for d in self.definitions]
        sums += [c.terms for c in self.constraints]
        return max(sum(abs(c) * self.uppers[var] for c, var in own) for own in sums)


class Counting:
    """Counts of one model, for any sums of it.

    Args:
        index: the plain model.
        score: of a roster on the first step: what the cover may lack.
    """

    def __init__(self, index: Index, score: int) -> None:
        """Read what is demanded."""
        self._model = index.model
        self._rows, self._missing = rows_of(index, score)

    @property
    def widest(self) -> int:
        """How many decisions a row speaks of at most."""
        return max((len(row.decisions) for row in self._rows), default=0)

    def counted(
        self,
        step: Step,
        due: Iterable[tuple[Sequence[int], int]] = (),
        over: Callable[[], bool] = lambda: False,
    ) -> Counted:
        """A sum over counts.

        Args:
            step: the sum; it need not be a step of the model.
            due: variables of which so many are true at least, as far as they can be said of counts.
            over: asked now and then; what is demanded is left out from then on.
        """
        return self._sum(step).done(due, over)

    def groups(self, step: Step) -> int:
        """How many counts that would be."""
        return len(self._sum(step).groups)

    def _sum(self, step: Step) -> "_Sum":
        return _Sum(self._model, step, self._rows, self._missing, self._exclusive)

    @cached_property
    def _exclusive(self) -> Mapping[int, set[int]]:
        """What each decision excludes."""
        found: dict[int, set[int]] = defaultdict(set)
        for c in self._model.constraints:
            if is_at_most_one(c, self._model.uppers):
                own = {var for _, var in c.terms}
                for var in own:
                    found[var] |= own
        return found


class _Sum:
    """The small model in the making."""

    def __init__(
        self,
        model: Model,
        step: Step,
        rows: Sequence[Row],
        missing: int,
        exclusive: Mapping[int, set[int]],
    ) -> None:
        self._model, self._step, self._missing = model, step, missing
        self._exclusive, self._known = exclusive, {row.decisions for row in rows}
        self._spoken = reached(model, step)
        signs, weights = self._signs()
        self._alike = _alike(rows, signs, weights)
        places: dict[int, list[_Place]] = defaultdict(list)
        for place, family in enumerate(self._alike):
            for factor, row in family:
                for own in row.decisions:
                    places[own].append((place, *_in_lowest_terms(factor, weights[own])))
        members: dict[tuple[Sign, tuple[_Place, ...]], list[int]] = defaultdict(list)
        for own in range(2, model.decisions + 2):
            members[signs[own], tuple(sorted(places[own]))].append(own)
        for group in members.values():
            if len({weights[own] for own in group}) == 1:
                weights.update(dict.fromkeys(group, 1))
        self._weights = weights
        self.groups = tuple(
            tuple((weights[own], own) for own in group) for group in members.values()
        )
        self._group_of = {own: n for n, group in enumerate(self.groups) for _, own in group}
        self._uppers = [0, 1, *([0] * len(self.groups))]
        self._holes: list[int] = []
        self._own = {FALSE: FALSE, TRUE: TRUE}  # variables of the small model by the model's

    def _signs(self) -> tuple[dict[int, Sign], dict[int, int]]:
        """In what each decision stands, divided by the weight that all of it has in common."""
        found: dict[int, list[tuple[int, int]]] = {
            own: [] for own in range(2, self._model.decisions + 2)
        }
        for price, var in self._step.terms:
            if var in found:
                found[var].append((-1, price))
        for d in self._spoken:
            for c, var in d.terms:
                if var in found:
                    found[var].append((d.var, c))
        weights = {own: gcd(*(c for _, c in sign)) or 1 for own, sign in found.items()}
        signs = {
            own: tuple(sorted((n, c // weights[own]) for n, c in sign))
            for own, sign in found.items()
        }
        return signs, weights

    def done(self, due: Iterable[tuple[Sequence[int], int]], over: Callable[[], bool]) -> Counted:
        """The small model."""
        self._uppers[2:] = map(self._room, self.groups)
        definitions: list[Definition] = []
        for d in self._spoken:
            terms = self._terms(d.terms)
            assert terms is not None, "groups are told apart by all that is spoken of"
            var = self._own[d.var] = self._new(d.upper)
            definitions.append(Definition(var, d.kind, terms, d.threshold, d.upper))
        demanded = chain(self._demands(), self._kept(), self._whole())
        constraints = list(takewhile(lambda _: not over(), demanded))
        for atoms, needed in due:
            terms = self._terms((1, own) for own in atoms)
            if terms is not None:
                constraints.append(Constraint(terms, needed, None, TRUE, 0))
        paid = self._terms(self._step.terms)
        assert paid is not None
        costs = Counter[int]()
        for price, var in paid:
            costs[var] += price
        constant = self._step.constant + costs.pop(TRUE, 0)
        costs.pop(FALSE, 0)
        return Counted(
            self._uppers,
            self.groups,
            tuple(self._holes),
            tuple(definitions),
            tuple(constraints),
            costs,
            constant,
        )

    def _new(self, upper: int) -> int:
        self._uppers.append(upper)
        return len(self._uppers) - 1

    def _room(self, group: Terms) -> int:
        """What they weigh at most: of those that exclude each other one."""
        cliques: list[tuple[int, list[int]]] = []
        for weight, own in sorted(group, reverse=True):
            out = self._exclusive.get(own, set())
            home = next((clique for _, clique in cliques if out.issuperset(clique)), None)
            if home is None:
                cliques.append((weight, [own]))
            else:
                home.append(own)
        return sum(weight for weight, _ in cliques)

    def _terms(self, terms: Iterable[Term]) -> Terms | None:
        """The same sum over counts; None where it cannot be said of them."""
        of_group: dict[int, list[Fraction]] = defaultdict(list)
        found: list[Term] = []
        for c, var in terms:
            if var in self._group_of:
                of_group[self._group_of[var]].append(Fraction(c, self._weights[var]))
            elif var in self._own:
                found.append((c, self._own[var]))
            else:
                return None
        for n, coefficients in of_group.items():
            one = coefficients[0]
            if len(coefficients) != len(self.groups[n]) or one.denominator != 1:
                return None
            if any(other != one for other in coefficients):
                return None
            found.append((one.numerator, n + 2))
        return tuple(found)

    def _demands(self) -> Iterable[Constraint]:
        """What rows that look alike demand together, and allow; some of it may be lacking."""
        for family in self._alike:
            parts: dict[int, Fraction] = defaultdict(Fraction)  # alike for all of a group
            for factor, row in family:
                for own in row.decisions:
                    n = self._group_of[own]
                    parts[n] += Fraction(factor, self._weights[own]) / len(self.groups[n])
            scale = lcm(*(part.denominator for part in parts.values()))
            terms = tuple((int(part * scale), n + 2) for n, part in parts.items())
            needed = scale * sum(factor * row.needed for factor, row in family)
            asked: Terms = terms
            if self._missing:
                hole = self._new(self._missing)
                self._holes.append(hole)
                asked = (*terms, (scale * max(factor for factor, _ in family), hole))
            yield Constraint(asked, needed, None, TRUE, 0)
            most = [row.most for _, row in family if row.most is not None]
            if len(most) == len(family):
                high = scale * sum(
                    factor * own for (factor, _), own in zip(family, most, strict=True)
                )
                yield Constraint(terms, None, high, TRUE, 0)
        if self._holes:
            yield Constraint(tuple((1, own) for own in self._holes), None, self._missing, TRUE, 0)

    def _kept(self) -> Iterable[Constraint]:
        """The constraints that can be said of counts."""
        for c in self._model.constraints:
            if c.only_if not in self._own or tuple(var for _, var in c.terms) in self._known:
                continue
            terms = self._terms(c.terms)
            if terms is not None:
                yield Constraint(terms, c.low, c.high, self._own[c.only_if], c.reason)

    def _whole(self) -> Iterable[Constraint]:
        """What whole numbers of one unit cost, which fractions of them would not."""
        found: dict[tuple[int, Terms], list[tuple[int, int, int, int]]] = defaultdict(list)
        for price, var in self._step.terms:
            base = base_of(self._model, var) if price > 0 else None
            if base is None or len({c for c, _ in base[0]}) > 1:
                continue
            terms = self._terms((1, own) for _, own in base[0])
            if terms is not None:
                unit = base[0][0][0]
                found[abs(unit), terms].append((price, self._own[var], unit, base[1]))
        for (_, terms), prices in found.items():
            most = sum(c * self._uppers[own] for c, own in terms)
            if most > _MOST:
                continue
            costs = [
                sum(price * max(0, unit * n - over) for price, _, unit, over in prices)
                for n in range(most + 1)
            ]
            paid = tuple((price, own) for price, own, _, _ in prices)
            for height, slope in _sides(costs):
                if slope or height:
                    counts = tuple((-slope * c, own) for c, own in terms)
                    yield Constraint((*paid, *counts), height, None, TRUE, 0)


def _alike(
    rows: Sequence[Row], signs: Mapping[int, Sign], weights: Mapping[int, int]
) -> list[list[tuple[int, Row]]]:
    """Rows that hang together, because somebody cannot tell them apart; with a factor each."""
    of_sign: dict[Sign, int] = {}
    home = list(range(len(rows)))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = n = home[home[n]]
        return n

    for n, row in enumerate(rows):
        for sign in {signs[own] for own in row.decisions} - {()}:
            home[root(n)] = root(of_sign.setdefault(sign, n))
    found: dict[int, list[tuple[int, Row]]] = defaultdict(list)
    for n, row in enumerate(rows):
        common = Counter(weights[own] for own in row.decisions)
        found[root(n)].append((max(common, key=lambda own: (common[own], own), default=1), row))
    return list(found.values())


@cache
def _in_lowest_terms(numerator: int, denominator: int) -> tuple[int, int]:
    common = gcd(numerator, denominator)
    return numerator // common, denominator // common


def reached(model: Model, step: Step) -> list[Definition]:
    """The definitions that the step speaks of, in order of their variables."""
    found: dict[int, Definition] = {}
    pending = [var for _, var in step.terms]
    while pending:
        d = model.definition_of.get(pending.pop())
        if d is not None and d.var not in found:
            found[d.var] = d
            pending += [var for _, var in d.terms]
    return [found[var] for var in sorted(found)]


def _sides(costs: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Lines (height at none, slope) below what each count costs, through its convex corners."""
    hull: list[int] = []
    for n, cost in enumerate(costs):
        while len(hull) > 1:
            a, b = hull[-2:]
            if (costs[b] - costs[a]) * (n - b) < (cost - costs[b]) * (b - a):
                break
            hull.pop()
        hull.append(n)
    for a, b in pairwise(hull):
        rise = costs[b] - costs[a]
        if rise % (b - a) == 0:
            slope = rise // (b - a)
            yield costs[a] - slope * a, slope
