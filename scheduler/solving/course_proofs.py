"""The first step proven by whole courses: good multipliers, a bound in whole numbers, then cases.

Where all that ties doctors together is a priced sum, mixtures of whole courses cost hardly less than the
best roster. What they propose is weighed in whole numbers (`whole_bounds.py`), with the cheapest
course of each doctor found exactly. What is left up to the roster that is known is closed case by
case (`branching.py`).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from scheduler.solving.branching import Branching, Outcome
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.labels import Labels, cheapest, labels, rest_of
from scheduler.solving.mixture import Column, Mixed, Mixture
from scheduler.solving.packed import Numbers
from scheduler.solving.whole_bounds import Weighed, WholeRows, sides

_ARCS = 5_000_000  # of one doctor, at most; some 30 bytes each
_ALL = 30_000_000  # of all doctors, where cases are looked at
_GAIN = 1e-6


@dataclass(frozen=True)
class Least:
    """What some multipliers prove, with every doctor's cheapest course.

    Attributes:
        weighed: what the rows pay.
        lows: of each doctor.
        tolls: of each doctor, with which good walks are told from bad ones.
        columns: the cheapest course of each doctor of whom it is known.
        low: no roster is below it.
    """

    weighed: Weighed
    lows: tuple[int, ...]
    tolls: tuple[Numbers, ...]
    columns: tuple[Column, ...]

    @property
    def low(self) -> int:
        return self.weighed.rest + sum(self.lows)


@dataclass(frozen=True)
class Proven:
    """What came of it.

    Attributes:
        bound: no roster is below it; None if nothing is known.
        chosen: decisions of a better roster that was met, or None; to be evaluated anew.
    """

    bound: int | None
    chosen: tuple[int, ...] | None


class CourseProofs:
    """Bounds and proofs for one model.

    Args:
        generator: of courses.
        left: seconds left.
        raised: called with each better bound.
        pool: asks doctors side by side, where given.
    """

    def __init__(
        self,
        generator: Generator,
        left: Callable[[], float],
        raised: Callable[[int], None] = lambda _: None,
        pool: Executor | None = None,
    ) -> None:
        """Read the rows."""
        self.generator, self.left, self._raised, self._pool = generator, left, raised, pool
        self.rows = WholeRows(generator.coupling, generator.trellises)
        self._tolls = [np.zeros(0 if t is None else len(t.lows)) for t in generator.trellises]
        self.bound: int | None = None
        self.branching: Branching | None = None

    def run(self, present: Sequence[Column], value: int) -> Proven:
        """Prove that no roster is below a value, or find one.

        Args:
            present: the columns of the roster that has it.
            value: what it costs.
        """
        mixing = _Whole(self.generator, present)
        least = self._generate(mixing, value)
        if least is None or self._reached(value):
            return Proven(self.bound, None)
        return self._close(least, mixing.columns, value)

    def _reached(self, value: int) -> bool:
        return self.bound is not None and self.bound >= value

    def _raise(self, bound: int) -> None:
        if self.bound is None or bound > self.bound:
            self.bound = bound
            self._raised(bound)

    def _generate(self, mixing: "_Whole", value: int) -> Least | None:
        """Columns until no mixture is better; the best multipliers weighed."""
        best: Least | None = None
        while self.left() > 0:
            mixed = mixing.solve(self.left())
            if mixed is None:
                break
            if mixing.look(mixed, self._pool):
                continue
            least = self.weigh(mixed, value)
            self._raise(self.rows.rounded(least.low, least.weighed.digits))
            if best is None or least.low << best.weighed.digits > best.low << least.weighed.digits:
                best = least
            if self._reached(value) or not mixing.put(least.columns):
                break
        return best

    def weigh(self, mixed: Mixed, value: int) -> Least:
        """What the multipliers of a mixture prove."""
        weighed = self.rows.weigh(mixed.multipliers)

        def one(doctor: int) -> tuple[int, Numbers, Column | None]:
            return self._least(weighed, doctor)

        doctors = range(len(self.rows))
        found = list(self._pool.map(one, doctors) if self._pool else map(one, doctors))
        return Least(
            weighed,
            tuple(low for low, _, _ in found),
            tuple(tolls for _, tolls, _ in found),
            tuple(column for _, _, column in found if column is not None),
        )

    def _least(self, weighed: Weighed, doctor: int) -> tuple[int, Numbers, Column | None]:
        """A doctor's cheapest course, or what none undercuts where that takes too much."""
        graph = self.rows.trellises[doctor]
        costs, prices = weighed.costs[doctor], weighed.prices[doctor]
        if graph is None:
            return 0, costs[:0], None
        between = sides(graph, costs, prices, self._tolls[doctor])
        if between.high is None or self.left() <= 0:
            return between.low, between.tolls, None
        own = labels(graph, prices, between.tolls, between.high, _ARCS)
        if own is None:
            return between.low, between.tolls, None
        rest = rest_of(own, prices, np.zeros(len(prices), dtype=np.bool_))
        column = self.rows.column(doctor, cheapest(own, prices, rest))
        return int(rest[0]), between.tolls, column

    def _close(self, least: Least, columns: Sequence[Column], value: int) -> Proven:
        """Ask for scores from the bound up to below the value."""
        reach = 0
        self.branching = Branching(self.rows, columns, self.left)
        digits = least.weighed.digits
        while not self._reached(value) and self.left() > 0:
            assert self.bound is not None
            score = min(self.bound + reach, value - 1)
            walks = self._walks(least, (score << digits) - least.low)
            if walks is None:
                if not reach:
                    break
                reach = 0
                continue
            outcome, taken = self.branching.run(walks, score)
            if outcome is Outcome.FOUND:
                found = self.rows.score(taken)
                assert found is not None
                value = found
                chosen = tuple(sorted(v for column in taken for v in column.decisions))
                better = Proven(self.bound, chosen)
                if found > self.bound:
                    reach = max(0, (found - self.bound) // 2 - 1)
                continue
            if outcome is Outcome.UNKNOWN:
                break
            self._raise(score + 1)
            reach = 2 * reach + 1
        return Proven(self.bound, None)

    def _walks(self, least: Least, slack: int) -> list[Labels] | None:
        """All that a roster which costs so much over the bound can be made of."""
        walks: list[Labels] = []
        arcs = 0
        for graph, prices, tolls, low in zip(
            self.rows.trellises, least.weighed.prices, least.tolls, least.lows, strict=True
        ):
            if graph is None:
                nothing = np.zeros(0, dtype=np.int32)
                walks.append(Labels(np.zeros(2, dtype=np.int64), nothing, nothing, 0))
                continue
            own = labels(graph, prices, tolls, low + slack, _ARCS) if self.left() > 0 else None
            arcs += 0 if own is None else len(own.links)
            if own is None or arcs > _ALL:
                return None
            walks.append(own)
        return walks


class _Whole:
    """The mixture of all doctors, to which columns are added until none betters it."""

    def __init__(self, generator: Generator, present: Sequence[Column]) -> None:
        self.generator = generator
        self.columns: list[Column] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._mixture = self._empty()
        self.put(present)

    def _empty(self) -> Mixture:
        coupling = self.generator.coupling
        doctors = range(len(self.generator))
        return Mixture(coupling, np.zeros(len(coupling.lows)), doctors)

    def put(self, columns: Sequence[Column]) -> int:
        """Add those that are new; how many that are."""
        before = len(self.columns)
        for column in columns:
            key = (column.doctor, column.decisions)
            if key not in self._known:
                self._known.add(key)
                self.columns.append(column)
                self._mixture.add(column)
        return len(self.columns) - before

    def solve(self, seconds: float) -> Mixed | None:
        """The best mixture; None if the time did not suffice."""
        return self._mixture.solve(seconds)

    def look(self, mixed: Mixed, pool: Executor | None) -> int:
        """Ask for courses that better the mixture; how many there are."""
        wishes = {n: Wish(worth) for n, worth in enumerate(mixed.worth.tolist())}
        answers = self.generator.ask(mixed.multipliers, wishes, 1, pool)
        return self.put([column for answer in answers for column in answer.columns])
