"""What sharing out occasions costs at least where an earlier step is held, by CP-SAT.

Each doctor has of each occasion one of the ways that `occasions` has found, or nothing. What the
cover demands, how many an occasion takes, and the room that the held step leaves for all of them
tie the doctors together. That is one program in whole numbers, without what else doctors have.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from copy import copy
from functools import cached_property
from itertools import pairwise

import numpy as np

from scheduler.solving.asked import Asked
from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.loads import limits_of
from scheduler.solving.model import FALSE, TRUE, Constraint, Step, Term, Terms
from scheduler.solving.occasions import Occasion, Occasions
from scheduler.solving.outlook import Outlook
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index
from scheduler.solving.sure import prices_of, sums_before, surely
from scheduler.solving.tallies import Row, Tally
from scheduler.solving.ways import Ways

_WORK, _EACH = 4.0, 0.01  # in CP-SAT's own measure, at most: in all, and for each occasion of many
_SECONDS = 120.0  # wall time, should its measure fail
_SEED = 1
_MOST = 2_000  # occasions of one kind: above it nothing is asked
_DEAR = 20  # times the dearest price: where more may be spent, single weeks say little of it
_EXACT = 1 << 50  # no sum comes near it
_WAYS = 32_768  # to have what two kinds share, at most

_Family = tuple[Sequence[int], Sequence[int], int]
"""Rows and occasions that hang together, by number, and how many of these are had at least."""


class Held:
    """An earlier step that is a sum.

    Args:
        index: the plain model.
        held: sums, the earlier step the last of them, with what they are held at.
        limits: what single doctors' sums may be at most by other steps.
        over: asked now and then; what is sure to be spent in single weeks is not told once it
            says so.

    Attributes:
        limits: as they were given.
    """

    def __init__(
        self,
        index: Index,
        held: Sequence[tuple[Step, int]],
        limits: Mapping[Terms, int],
        over: Callable[[], bool],
    ) -> None:
        """Nothing is looked at before it is asked for."""
        self._index, self._before, self._over = index, held[:-1], over
        self._step, self._score = held[-1]
        self.limits = limits

    @classmethod
    def before(
        cls,
        index: Index,
        number: int,
        scores: Sequence[int],
        over: Callable[[], bool] = lambda: False,
    ) -> "Held | None":
        """The last sum between the first step and this one, held at a roster's score."""
        held = sums_before(index.model.steps, number, scores)
        if len(held) < 2:
            return None
        return cls(index, held, limits_of(index.model.steps[:number], scores), over)

    def tells(self, tallies: Sequence[Tally]) -> bool:
        """Whether occasions are counted, and not too many."""
        some = any(len(tally.atom_of) > tally.size for tally in tallies)
        return some and sum(tally.size for tally in tallies) <= _MOST

    def occasions(
        self, tallies: Sequence[Tally], rows: Sequence[Row], over: Callable[[], bool]
    ) -> list[list[Occasion]] | None:
        """What each who shares can have; None where time is out.

        Args:
            tallies: of which the atoms are occasions.
            rows: what is demanded of them.
            over: asked now and then.
        """
        return Occasions(self._index, self._outlook, tallies, rows).read(self.room, over)

    def ways(self, among: Set[int]) -> Callable[[Sequence[int]], Numbers | None]:
        """Every way to have decisions of one doctor; None where there are too many.

        Args:
            among: all decisions that are going to be asked of.
        """
        ways, outlook = Ways(self._index, self._outlook, among), self._outlook

        def found(decisions: Sequence[int]) -> Numbers | None:
            following = outlook.following(decisions)
            priced = outlook.priced(decisions, following)
            own = ways.of(decisions, following, priced, self.room, _WAYS)
            return None if own is None else own[0]

        return found

    def share(
        self,
        occasions: Sequence[Sequence[Occasion]],
        tallies: Sequence[Tally],
        rows: Sequence[Row],
        missing: int,
        families: Iterable[tuple[Sequence[Row], int]],
        over: Callable[[], bool],
    ) -> int | None:
        """What sharing out occasions costs at least; None where nothing is found out.

        Args:
            occasions: what each who shares can have.
            tallies: of which the atoms are occasions.
            rows: what is demanded of them.
            missing: how much of it may be lacking.
            families: rows that hang together, and how many occasions they take at least.
            over: asked now and then; what is known by then is told.
        """
        program = _Program(rows, self.room, missing)
        for own, tally in zip(occasions, tallies, strict=True):
            program.add(own, tally.costs(tally.size))
        return program.bound(_numbered(tallies, rows, families), over)

    @property
    def least(self) -> int:
        """What the step is sure to come to, as far as that is known."""
        return self._score - self.room

    def at(self, score: int) -> "Held":
        """The same step held at another score."""
        other = copy(self)
        other._score = score
        outlook, room = self._seen
        other._seen = outlook, room + score - self._score
        other.__dict__.pop("room", None)
        return other

    @cached_property
    def room(self) -> int:
        """What may be spent where nothing is sure to be."""
        return self._seen[1]

    @property
    def _outlook(self) -> Outlook:
        return self._seen[0]

    @cached_property
    def _seen(self) -> tuple[Outlook, int]:
        """The prices of which nothing is sure, and what they may cost over the least of them."""
        prices = prices_of(self._step)
        outlook = Outlook(self._index, prices)
        room = self._score - self._step.constant - outlook.least
        if 0 < room <= _DEAR * max(map(abs, prices.values()), default=0):
            found = surely(self._index, outlook, self._before, prices, self._over)
            outlook.leave_out(frozenset().union(*(each.variables for each in found)))
            room -= sum(each.amount for each in found)
        return outlook, room


def _numbered(
    tallies: Sequence[Tally],
    rows: Sequence[Row],
    families: Iterable[tuple[Sequence[Row], int]],
) -> list[_Family]:
    """The families by numbers; occasions are counted through all tallies, in their order."""
    place = {id(row): number for number, row in enumerate(rows)}
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, atom in enumerate(atom for tally in tallies for atom in tally.atoms):
        numbers[atom].append(number)
    atom_of = {own: atom for tally in tallies for own, atom in tally.atom_of.items()}
    found: list[_Family] = []
    for family, due in families:
        atoms = {atom_of[own] for row in family for own in row.decisions}
        counted = sorted(number for atom in atoms for number in numbers[atom])
        found.append(([place[id(row)] for row in family], counted, due))
    return found


class _Program:
    """The program.

    Attributes:
        constant: what it costs all who share to have nothing.

    Args:
        rows: what is demanded.
        room: what all occasions may cost of the held step.
        missing: how much of the rows may be lacking.
    """

    def __init__(self, rows: Sequence[Row], room: int, missing: int) -> None:
        """Begin with what may be lacking."""
        self._rows, self._room = rows, room
        self._uppers = [0, 1]
        self._constraints: list[Constraint] = []
        self._spent: list[Term] = []
        self._costs: dict[int, int] = {}
        self.constant = 0
        self._had: list[int] = []  # by occasion
        self._given: list[list[Term]] = [[] for _ in rows]
        self._rows_of: dict[int, list[int]] = {}
        for number, row in enumerate(rows):
            for own in row.decisions:
                self._rows_of.setdefault(own, []).append(number)
        self._holes: list[Term] = []
        if missing:
            self._holes = [(1, self._new(min(row.needed, missing))) for row in rows]
            self._demand(self._holes, None, missing)

    def add(self, occasions: Sequence[Occasion], prices: Numbers) -> None:
        """One who shares.

        Args:
            occasions: in their order.
            prices: what each number of them costs, from none on.
        """
        had: list[int] = []
        for own in occasions:
            some = self._new(1)
            self._take(own, some)
            for back, cost in enumerate(own.near, start=1):
                if cost and back <= len(had):
                    self._beside(some, had[-back], cost)
            had.append(some)
        self._had += had
        # Some are had beside those that are told here: so many cost what so many or more do.
        costs = np.minimum.accumulate(prices[::-1])[::-1].tolist()
        self.constant += costs[0]
        reached = [self._new(1) for _ in had]  # one, two, ... of them
        self._demand([*((1, own) for own in had), *((-1, own) for own in reached)], 0, 0)
        for more, fewer in pairwise(reached[::-1]):
            self._demand([(1, more), (-1, fewer)], None, 0)
        for count, var in enumerate(reached, start=1):
            self._costs[var] = costs[count] - costs[count - 1]

    def bound(self, families: Sequence[_Family], over: Callable[[], bool]) -> int | None:
        """What it costs at least; None where nothing is found out.

        Args:
            families: with occasions counted through all who share, in their order.
            over: asked now and then; what is known by then is told.
        """
        for number, row in enumerate(self._rows):
            given = [*self._given[number], *self._holes[number : number + 1]]
            self._demand(given, row.needed, None)
        for rows, occasions, due in families:
            holes = [self._holes[number] for number in rows] if self._holes else []
            self._demand([*((1, self._had[number]) for number in occasions), *holes], due, None)
        self._demand(self._spent, None, self._room)
        largest = max(sum(self._costs.values()), sum(c for c, _ in self._spent))
        if largest >= _EXACT:
            return None
        compiled = Compiled(
            self._uppers,
            {FALSE: 0, TRUE: 1},
            definitions=(),
            constraints=self._constraints,
            decisions=range(2, len(self._uppers)),
        )
        work = max(_WORK, _EACH * len(self._had))
        effort = Effort(_SECONDS, 1, _SEED, deterministic=work)
        found = compiled.cheapest(self._costs, effort, Asked(over))
        return None if found.bound is None else found.bound + self.constant

    def _take(self, own: Occasion, some: int) -> None:
        """One of the ways, where some of the occasion is had."""
        taken: list[Term] = [(-1, some)]
        for way, cost in zip(own.ways[own.largest], own.costs[own.largest].tolist(), strict=True):
            var = self._new(1)
            taken.append((1, var))
            if cost:
                self._spent.append((cost, var))
            for place in np.flatnonzero(way).tolist():
                for number in self._rows_of[own.decisions[place]]:
                    self._given[number].append((1, var))
        self._demand(taken, 0, 0)
        if not own.spared:
            self._demand([(1, some)], 1, None)

    def _beside(self, one: int, other: int, cost: int) -> None:
        """Both are had: at that cost, or not at all where there is no room for it."""
        both: list[Term] = [(1, one), (1, other)]
        if cost <= self._room:
            paid = self._new(1)
            both.append((-1, paid))
            self._spent.append((cost, paid))
        self._demand(both, None, 1)

    def _demand(self, terms: Sequence[Term], low: int | None, high: int | None) -> None:
        self._constraints.append(Constraint(tuple(terms), low, high, TRUE, 0))

    def _new(self, upper: int) -> int:
        self._uppers.append(upper)
        return len(self._uppers) - 1
