"""Whether some roster has a certain score, by cases, each settled by a bound in whole numbers.

In each case a mixture of courses (`mixture.py`) proposes what the rows pay; what that proves is
worked out in whole numbers from all walks that are left (`labels.py`). Walks that cost too much for
the score are dropped. Where the bound is not over the score there are two cases more: what is
lacking in all is limited from above or below, or a duty is forbidden to a doctor or settled.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from math import floor, inf

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.labels import Flags, Labels, cheapest, link_days, narrow, rest_of
from scheduler.solving.mixture import Column, Mixed
from scheduler.solving.packed import Numbers
from scheduler.solving.trellis import Trellis
from scheduler.solving.whole_bounds import Limits, Weighed, WholeRows

_GAIN = 1e-6
_WHOLE, _OPEN = 1e-3, 1e-4
_ROUNDS = 200  # of new courses in one case, at most
_TRIED, _QUICK = 5, 2  # duties of which the best is asked; programs for each of their cases
_TRIFLE = 1e-3  # a gain that counts as none


class Outcome(Enum):
    """What came of it."""

    NONE = auto()  # no roster has the score
    FOUND = auto()
    UNKNOWN = auto()  # time was out


@dataclass(frozen=True)
class Case:
    """Some duties forbidden or settled.

    Attributes:
        walks: of each doctor, those that are left.
        limits: of what the rows come to.
        settled: of each decision, whether it is taken.
        out: columns that cost too much, by number.
    """

    walks: tuple[Labels, ...]
    limits: Limits
    settled: tuple[tuple[int, bool], ...] = ()
    out: frozenset[int] = frozenset()


@dataclass
class Counts:
    """How much was done.

    Attributes:
        cases: that were looked at.
        programs: linear programs that were solved.
    """

    cases: int = 0
    programs: int = 0


class Branching:
    """Asks whether there are rosters with some score.

    Args:
        rows: what ties doctors together, in whole numbers.
        columns: that are known.
    """

    def __init__(self, rows: WholeRows, columns: Iterable[Column]) -> None:
        """Lay out the program with all known columns."""
        self.rows = rows
        self.counts = Counts()
        self._pool = rows.mixture()
        self._pool.put(columns)
        self._sets: list[frozenset[int]] = []
        self._place = {
            var: (doctor, place)
            for doctor, share in enumerate(rows.coupling.shares)
            for place, var in enumerate(share.course.decisions.tolist())
        }

    def run(
        self, walks: Sequence[Labels], score: int, left: Callable[[], float]
    ) -> tuple[Outcome, list[Column]]:
        """Whether a roster made of these walks has this score or less; the first that is met.

        Args:
            walks: of each doctor, all that a roster with the score can be made of.
            score: what is asked for.
            left: seconds left.
        """
        pending = [Case(tuple(walks), self.rows.free)]
        while pending:
            case = pending.pop()
            self.counts.cases += 1
            if case.limits.empty or any(own.end < 0 for own in case.walks):
                continue
            looked = self._look(case, score, left)
            if looked is None:
                continue
            case, mixed = looked
            if mixed is None:
                return Outcome.UNKNOWN, []
            taken = self._taken(mixed)
            if taken is not None:
                found = self.rows.score(taken)
                if found is not None and found <= score:
                    return Outcome.FOUND, taken
            cases = self._split(case, mixed, score, left)
            if cases is None:
                return Outcome.UNKNOWN, []
            pending += cases
        return Outcome.NONE, []

    def _gain(
        self, case: Case, mixed: Mixed, duty: int, score: int, left: Callable[[], float]
    ) -> tuple[float, list[Case]]:
        """How much the cases of a duty cost more, as a product, and those that are left open."""
        product, cases = 1.0, []
        for taken in (False, True):
            one = self._with(case, duty, taken)
            over = self._quickly(one, score, left)
            if over is None:
                product *= 1 / _TRIFLE  # closed
                continue
            product *= max(over - mixed.value, _TRIFLE)
            cases.append(one)
        return product, cases

    def _quickly(self, case: Case, score: int, left: Callable[[], float]) -> float | None:
        """What a mixture costs in a case after few rounds; None where it has no such roster."""
        if any(own.end < 0 for own in case.walks):
            return None
        self._restrict(case)
        value = -inf
        for _ in range(_QUICK):
            self.counts.programs += 1
            mixed = self._pool.solve(left)
            if mixed is None:
                break
            value = mixed.value
            weighed, rests, slack = self._weighed(case, mixed, score)
            if slack < 0:
                return None
            if not self._price(case, weighed, mixed, rests):
                break
        return value

    def _look(
        self, case: Case, score: int, left: Callable[[], float]
    ) -> tuple[Case, Mixed | None] | None:
        """Bound a case: None where it has no such roster, else what is left of it, and the mixture.

        No mixture means that time is out.
        """
        self._restrict(case)
        mixed: Mixed | None = None
        for _ in range(_ROUNDS):
            self.counts.programs += 1
            mixed = self._pool.solve(left)
            if mixed is None:
                return case, None
            weighed, rests, slack = self._weighed(case, mixed, score)
            if slack < 0:
                return None
            if not self._price(case, weighed, mixed, rests):
                return self._narrowed(case, weighed, mixed, rests, slack), mixed
        return case, mixed

    def _weighed(self, case: Case, mixed: Mixed, score: int) -> tuple[Weighed, list[Numbers], int]:
        """What a proposal proves: prices, each doctor's ends, and what is left of the score."""
        weighed = self.rows.weigh(mixed.multipliers, mixed.tolls, case.limits)
        rests = [
            rest_of(own, prices, np.zeros(len(prices), dtype=np.bool_))
            for own, prices in zip(case.walks, weighed.prices, strict=True)
        ]
        low = weighed.rest + sum(int(rest[0]) for rest in rests)
        return weighed, rests, (score << weighed.digits) - low

    def _price(self, case: Case, weighed: Weighed, mixed: Mixed, rests: Sequence[Numbers]) -> int:
        """Add each doctor's cheapest course if it betters the mixture; how many are new."""
        fresh = 0
        unit = float(1 << weighed.digits)
        for doctor, (own, prices, rest) in enumerate(
            zip(case.walks, weighed.prices, rests, strict=True)
        ):
            if rest[0] / unit < mixed.worth[doctor] - _GAIN:
                fresh += self._pool.put([self.rows.column(doctor, cheapest(own, prices, rest))])
        return fresh

    def _narrowed(
        self, case: Case, weighed: Weighed, mixed: Mixed, rests: Sequence[Numbers], slack: int
    ) -> Case:
        """Without what costs too much for the score."""
        walks = []
        limits = []
        unit = float(1 << weighed.digits)
        for own, prices, rest in zip(case.walks, weighed.prices, rests, strict=True):
            limit = int(rest[0]) + slack
            limits.append(limit / unit + _GAIN)
            walks.append(narrow(own, prices, limit, np.zeros(len(prices), dtype=np.bool_)))
        paid = mixed.multipliers
        out = [
            n
            for n, own in enumerate(self._pool.columns)
            if n not in case.out
            and own.cost - float(paid[own.rows] @ own.amounts) > limits[own.doctor]
        ]
        return Case(tuple(walks), case.limits, case.settled, (case.out & self._pool.out).union(out))

    def _restrict(self, case: Case) -> None:
        """Have those columns in the program that the case allows."""
        self._pool.limit(case.limits.fewest, case.limits.most)
        settled: dict[int, list[tuple[int, bool]]] = {}
        for var, taken in case.settled:
            settled.setdefault(self._place[var][0], []).append((var, taken))
        columns = self._pool.columns
        self._sets += [frozenset(own.decisions) for own in columns[len(self._sets) :]]
        for number, column in enumerate(columns):
            own = settled.get(column.doctor, ())
            if number in case.out or any((v in self._sets[number]) != taken for v, taken in own):
                self._pool.drop(number)
            else:
                self._pool.allow(number)

    def _taken(self, mixed: Mixed) -> list[Column] | None:
        """The whole courses; None where some doctor has none."""
        taken: dict[int, Column] = {}
        for number in np.flatnonzero(mixed.shares > 1 - _WHOLE).tolist():
            taken[self._pool.columns[number].doctor] = self._pool.columns[number]
        return [taken[n] for n in range(len(self.rows))] if len(taken) == len(self.rows) else None

    def _split(
        self, case: Case, mixed: Mixed, score: int, left: Callable[[], float]
    ) -> list[Case] | None:
        """The open ones of two cases of one; the last is looked at first. None: nothing to ask.

        What is lacking in all is asked first, then that of some duties whose cases cost most.
        """
        limits = case.limits
        lacking = mixed.lacking
        place = _most_open(lacking)
        if place >= 0:
            most, fewest = list(limits.most), list(limits.fewest)
            most[place] = floor(lacking[place])
            fewest[place] = most[place] + 1
            return [
                replace(case, limits=replace(limits, most=tuple(most))),
                replace(case, limits=replace(limits, fewest=tuple(fewest))),
            ]
        parts: dict[int, float] = {}
        for number in np.flatnonzero(mixed.shares > _GAIN).tolist():
            for var in self._pool.columns[number].decisions:
                parts[var] = parts.get(var, 0.0) + float(mixed.shares[number])
        known = {var for var, _ in case.settled}
        parts = {v: part for v, part in parts.items() if v not in known and part < 1 - _GAIN}
        if not parts:
            return None
        order = sorted(parts, key=lambda v: (abs(parts[v] - 0.5), v))[:_TRIED]
        if len(order) == 1:
            return [self._with(case, order[0], taken) for taken in (False, True)]
        best, cases = -1.0, None
        for var in order:
            product, open_ = self._gain(case, mixed, var, score, left)
            if product > best:
                best, cases = product, open_
            if len(open_) < 2:
                break
        return cases

    def _with(self, case: Case, var: int, taken: bool) -> Case:
        doctor, place = self._place[var]
        graph = self.rows.trellises[doctor]
        assert graph is not None
        banned = links_without(graph, place) if taken else links_with(graph, place)
        own = narrow(case.walks[doctor], np.zeros(len(graph.heads), dtype=np.int64), 0, banned)
        walks = (*case.walks[:doctor], own, *case.walks[doctor + 1 :])
        return Case(walks, case.limits, (*case.settled, (var, taken)), case.out)


def _most_open(numbers: Reals) -> int:
    """Which number is farthest from a whole one; -1 where all are whole."""
    off = np.abs(numbers - np.round(numbers))
    place = int(np.argmax(off)) if len(off) else -1
    return place if place >= 0 and off[place] > _OPEN else -1


def links_with(graph: Trellis, place: int) -> Flags:
    """The links that make use of a decision."""
    kinds: Flags = np.zeros(len(graph.gains), dtype=np.bool_)
    items = np.flatnonzero(graph.items[:, 0] == place)
    kinds[np.searchsorted(graph.item_at, items, side="right") - 1] = True
    found: Flags = kinds[graph.kinds]
    return found


def links_without(graph: Trellis, place: int) -> Flags:
    """The links of a decision's day that make no use of it: every walk has one link each day."""
    with_it = links_with(graph, place)
    days = link_days(graph)
    return np.isin(days, days[with_it]) & ~with_it if with_it.any() else ~with_it
