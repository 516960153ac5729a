"""Whether some roster has a certain score, by cases, each settled by a bound in whole numbers.

In each case a mixture of courses (`mixture.py`) proposes what the rows pay; what that proves is worked
out in whole numbers from all walks that are left (`labels.py`). Walks that cost too much for
the score are dropped. Where the bound is not over the score, a duty that is between doctors is
forbidden to one of them in one case and settled in the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from scheduler.solving.labels import Flags, Labels, cheapest, link_days, narrow, rest_of
from scheduler.solving.mixture import Column, Mixed, Mixture
from scheduler.solving.packed import Numbers
from scheduler.solving.trellis import Trellis
from scheduler.solving.whole_bounds import Weighed, WholeRows

_GAIN = 1e-6
_WHOLE = 1e-3
_ROUNDS = 200  # of new courses in one case, at most


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
        settled: of each decision, whether it is taken.
        out: columns that cost too much, by number.
    """

    walks: tuple[Labels, ...]
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
        left: seconds left.
    """

    def __init__(
        self, rows: WholeRows, columns: Sequence[Column], left: Callable[[], float]
    ) -> None:
        """Lay out the program with all known columns."""
        self.rows, self.left = rows, left
        self.columns: list[Column] = []
        self.counts = Counts()
        self._place = {
            var: (doctor, place)
            for doctor, share in enumerate(rows.coupling.shares)
            for place, var in enumerate(share.course.decisions.tolist())
        }
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._sets: list[frozenset[int]] = []
        self._out: set[int] = set()
        self._mixture = self._empty()
        for column in columns:
            self._add(column)

    def _empty(self) -> Mixture:
        coupling = self.rows.coupling
        return Mixture(coupling, np.zeros(len(coupling.lows)), range(len(self.rows)))

    def run(self, walks: Sequence[Labels], score: int) -> tuple[Outcome, list[Column]]:
        """Whether a roster made of these walks has this score or less; the first that is met.

        Args:
            walks: of each doctor, all that a roster with the score can be made of.
            score: what is asked for.
        """
        pending = [Case(tuple(walks))]
        while pending:
            case = pending.pop()
            self.counts.cases += 1
            if any(own.end < 0 for own in case.walks):
                continue
            looked = self._look(case, score)
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
            cases = self._split(case, mixed)
            if not cases:
                return Outcome.UNKNOWN, []
            pending += cases
        return Outcome.NONE, []

    def _look(self, case: Case, score: int) -> tuple[Case, Mixed | None] | None:
        """Bound a case: None where it has no such roster, else what is left of it, and the mixture.

        No mixture means that time is out.
        """
        self._restrict(case)
        for _ in range(_ROUNDS):
            mixed = self._solve() if self.left() > 0 else None
            if mixed is None:
                return case, None
            weighed = self.rows.weigh(mixed.multipliers)
            rests = [
                rest_of(own, prices, np.zeros(len(prices), dtype=np.bool_))
                for own, prices in zip(case.walks, weighed.prices, strict=True)
            ]
            low = weighed.rest + sum(int(rest[0]) for rest in rests)
            slack = (score << weighed.digits) - low
            if slack < 0:
                return None
            if not self._price(case, weighed, mixed, rests):
                return self._narrowed(case, weighed, mixed, rests, slack), mixed
        return case, mixed

    def _price(self, case: Case, weighed: Weighed, mixed: Mixed, rests: Sequence[Numbers]) -> int:
        """Add the cheapest course of each doctor where it betters the mixture; how many are new."""
        fresh = 0
        unit = float(1 << weighed.digits)
        for doctor, (own, prices, rest) in enumerate(
            zip(case.walks, weighed.prices, rests, strict=True)
        ):
            if rest[0] / unit < mixed.worth[doctor] - _GAIN:
                fresh += self._add(self.rows.column(doctor, cheapest(own, prices, rest)))
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
            for n, own in enumerate(self.columns)
            if n not in case.out
            and own.cost - float(paid[own.rows] @ own.amounts) > limits[own.doctor]
        ]
        return Case(tuple(walks), case.settled, case.out.union(out))

    def _solve(self) -> Mixed | None:
        self.counts.programs += 1
        mixed = self._mixture.solve(self.left())
        if mixed is None and self.left() > 0:  # it lost its way in numbers
            self._mixture = self._empty()
            for column in self.columns:
                self._mixture.add(column)
            for number in self._out:
                self._mixture.drop(number)
            mixed = self._mixture.solve(self.left())
        return mixed

    def _add(self, column: Column) -> bool:
        key = (column.doctor, column.decisions)
        if key in self._known:
            return False
        self._known.add(key)
        self._mixture.add(column)
        self.columns.append(column)
        self._sets.append(frozenset(column.decisions))
        return True

    def _restrict(self, case: Case) -> None:
        """Have those columns in the program that the case allows."""
        settled: dict[int, list[tuple[int, bool]]] = {}
        for var, taken in case.settled:
            settled.setdefault(self._place[var][0], []).append((var, taken))
        for number, column in enumerate(self.columns):
            own = settled.get(column.doctor, ())
            out = number in case.out or any(
                (var in self._sets[number]) != taken for var, taken in own
            )
            if out and number not in self._out:
                self._mixture.drop(number)
                self._out.add(number)
            elif not out and number in self._out:
                self._mixture.take(number)
                self._out.discard(number)

    def _taken(self, mixed: Mixed) -> list[Column] | None:
        """The whole courses; None where some doctor has none."""
        taken: dict[int, Column] = {}
        for number in np.flatnonzero(mixed.shares > 1 - _WHOLE).tolist():
            taken[self.columns[number].doctor] = self.columns[number]
        return [taken[n] for n in range(len(self.rows))] if len(taken) == len(self.rows) else None

    def _split(self, case: Case, mixed: Mixed) -> list[Case]:
        """Two cases of one; the last is looked at first. None where no duty is between doctors."""
        parts: dict[int, float] = {}
        for number in np.flatnonzero(mixed.shares > _GAIN).tolist():
            for var in self.columns[number].decisions:
                parts[var] = parts.get(var, 0.0) + float(mixed.shares[number])
        known = {var for var, _ in case.settled}
        parts = {v: part for v, part in parts.items() if v not in known and part < 1 - _GAIN}
        if not parts:
            return []
        var = min(parts, key=lambda v: (abs(parts[v] - 0.5), v))
        return [self._with(case, var, taken) for taken in (False, True)]

    def _with(self, case: Case, var: int, taken: bool) -> Case:
        doctor, place = self._place[var]
        graph = self.rows.trellises[doctor]
        assert graph is not None
        banned = links_without(graph, place) if taken else links_with(graph, place)
        own = narrow(
            case.walks[doctor], np.zeros(len(graph.heads), dtype=np.int64), 0, banned
        )
        walks = (*case.walks[:doctor], own, *case.walks[doctor + 1 :])
        return Case(walks, (*case.settled, (var, taken)), case.out)


def links_with(graph: Trellis, place: int) -> Flags:
    """The links that make use of a decision."""
    found: Flags = np.zeros(len(graph.heads), dtype=np.bool_)
    items = np.flatnonzero(graph.items[:, 0] == place)
    found[np.searchsorted(graph.item_at, items, side="right") - 1] = True
    return found


def links_without(graph: Trellis, place: int) -> Flags:
    """The links of a decision's day that make no use of it: every walk has one link each day."""
    with_it = links_with(graph, place)
    days = link_days(graph)
    return np.isin(days, days[with_it]) & ~with_it if with_it.any() else ~with_it
