"""The first step proven by whole courses: good multipliers, a bound in whole numbers, then cases.

Where all that ties doctors together is a priced sum, mixtures of whole courses cost hardly less
than the best roster. What they propose is weighed in whole numbers (`whole_bounds.py`), with the
cheapest course of each doctor found exactly. What is left up to the roster that is known is closed
case by case (`branching.py`). No solver is trusted: linear programs only propose.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.branching import Branching, Outcome
from scheduler.solving.generating import Generator, Wish
from scheduler.solving.labels import Labels, cheapest, labels, rest_of
from scheduler.solving.mixture import Column, Mixed
from scheduler.solving.packed import Numbers
from scheduler.solving.whole_bounds import Weighed, WholeRows, sides

_ARCS = 4_000_000  # of one doctor, at most; some 30 bytes each
_ALL = 12_000_000  # of all doctors, where cases are looked at
_FEW = 60  # columns of a doctor to begin with
_FIRST = 16  # rounds until multipliers are weighed that are not the best yet; then twice as many
_LAST = 0.3  # of the time is left when they are weighed in any case


@dataclass(frozen=True)
class Least:
    """What some multipliers prove, with every doctor's cheapest course.

    Attributes:
        weighed: what the rows pay.
        lows: what no course of each doctor undercuts.
        tolls: of each doctor, with which good walks are told from bad ones.
        columns: the cheapest course of each doctor of whom it is known.
    """

    weighed: Weighed
    lows: tuple[int, ...]
    tolls: tuple[Numbers, ...]
    columns: tuple[Column, ...]

    @property
    def low(self) -> int:
        """No roster is below it; as fine as the multipliers."""
        return self.weighed.rest + sum(self.lows)


class CourseProofs:
    """Bounds and proofs for one model.

    Attributes:
        bound: no roster is below it; None where nothing is known.
        vain: what is left open is too much to be closed; asking again is in vain.

    Args:
        generator: of courses.

    Raises:
        ValueError: a price or a term is no whole number, or too large.
    """

    def __init__(self, generator: Generator) -> None:
        """Read the rows."""
        self.generator = generator
        self._pool: Executor | None = None
        self.rows = WholeRows(generator.coupling, generator.trellises)
        self._tolls = [np.zeros(0 if t is None else len(t.lows)) for t in generator.trellises]
        self._columns = self.rows.mixture()
        self._branching: Branching | None = None
        self._best: Least | None = None
        self._complete = False  # no mixture is better
        self.bound: int | None = None
        self.vain = False

    def run(
        self,
        present: Iterable[Column],
        value: int,
        left: Callable[[], float],
        *,
        multipliers: Reals | None = None,
        raised: Callable[[int], None] = lambda _: None,
        pool: Executor | None = None,
    ) -> tuple[int, ...] | None:
        """Raise the bound to a value, or find a better roster; what is known is kept for next time.

        Args:
            present: the columns of the roster that has the value.
            value: what it costs.
            left: seconds left.
            multipliers: at which known columns are compared.
            raised: called with each better bound.
            pool: asks doctors side by side, where given.

        Returns:
            Decisions of the best roster that was met, if it is better; to be evaluated anew.
        """

        def tell(bound: int) -> None:
            if self.bound is None or bound > self.bound:
                self.bound = bound
                raised(bound)

        self._pool = pool
        self._columns.put(present)
        if multipliers is not None:
            self._columns.put(self.generator.cheapest(multipliers, _FEW))
        if not self._complete:
            self._generate(value, left, tell)
        if not self._complete or self._best is None or self.vain:
            return None
        return self._close(self._best, value, left, tell)

    def _reached(self, value: int) -> bool:
        return self.bound is not None and self.bound >= value

    def _generate(self, value: int, left: Callable[[], float], tell: Callable[[int], None]) -> None:
        """Columns until no mixture is better; the best multipliers weighed."""
        reserve = _LAST * left()
        rounds, pause = 0, _FIRST
        while left() > 0 and not self._reached(value):
            mixed = self._columns.solve(left)
            if mixed is None:
                return
            rounds += 1
            late = left() < reserve
            fresh = self._look(mixed, left)
            if fresh and rounds < pause and not late:
                continue
            pause = max(pause, 2 * rounds)
            least = self._weigh(mixed, left)
            tell(self.rows.rounded(least.low, least.weighed.digits))
            if self._best is None or _higher(least, self._best):
                self._best = least
            if not self._columns.put(least.columns) and not fresh and left() > 0:
                self._complete = True
                return
            if late:
                return

    def _look(self, mixed: Mixed, left: Callable[[], float]) -> int:
        """Ask for courses that better the mixture; how many are found while there is time."""
        wishes = {n: Wish(worth) for n, worth in enumerate(mixed.worth.tolist())}
        answers = self.generator.ask(
            mixed.multipliers, wishes, 1, self._pool, ended=lambda: left() <= 0
        )
        return self._columns.put(column for answer in answers for column in answer.columns)

    def _weigh(self, mixed: Mixed, left: Callable[[], float]) -> Least:
        """What the multipliers of a mixture prove."""
        weighed = self.rows.weigh(mixed.multipliers)

        def one(doctor: int) -> tuple[int, Numbers, Column | None]:
            return self._least(weighed, doctor, left)

        doctors = range(len(self.rows))
        found = list(self._pool.map(one, doctors) if self._pool else map(one, doctors))
        return Least(
            weighed,
            tuple(low for low, _, _ in found),
            tuple(tolls for _, tolls, _ in found),
            tuple(column for _, _, column in found if column is not None),
        )

    def _least(
        self, weighed: Weighed, doctor: int, left: Callable[[], float]
    ) -> tuple[int, Numbers, Column | None]:
        """A doctor's cheapest course, or what none undercuts where that takes too much."""
        graph = self.rows.trellises[doctor]
        costs, prices = weighed.costs[doctor], weighed.prices[doctor]
        if graph is None:
            return 0, costs[:0], None
        between = sides(graph, costs, prices, self._tolls[doctor])
        if between.high is None or left() <= 0:
            return between.low, between.tolls, None
        own = labels(graph, prices, between.tolls, between.high, _ARCS)
        if own is None:
            return between.low, between.tolls, None
        rest = rest_of(own, prices, np.zeros(len(prices), dtype=np.bool_))
        column = self.rows.column(doctor, cheapest(own, prices, rest))
        return int(rest[0]), between.tolls, column

    def _close(
        self, least: Least, value: int, left: Callable[[], float], tell: Callable[[int], None]
    ) -> tuple[int, ...] | None:
        """Ask for scores from the bound up to below the value."""
        reach = 0
        best: tuple[int, ...] | None = None
        if self._branching is None:
            self._branching = Branching(self.rows, self._columns.columns)
        while self.bound is not None and self.bound < value and left() > 0:
            score = min(self.bound + reach, value - 1)
            walks = self._walks(least, (score << least.weighed.digits) - least.low, left)
            if walks is None:
                if not reach:
                    self.vain = left() > 0
                    break
                reach = 0
                continue
            rest = left() / 2 if reach else 0.0  # for the next score, if this one is too hard
            outcome, taken = self._branching.run(walks, score, partial(_beyond, left, rest))
            if outcome is Outcome.UNKNOWN:
                if not reach:
                    break
                reach = 0
                continue
            if outcome is Outcome.NONE:
                tell(score + 1)
                reach = 2 * reach + 1
                continue
            met = self.rows.score(taken)
            assert met is not None  # it has the score
            value, best = met, tuple(sorted(v for column in taken for v in column.decisions))
            reach = (value - 1 - self.bound) // 2
        return best

    def _walks(
        self, least: Least, slack: int, left: Callable[[], float]
    ) -> Sequence[Labels] | None:
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
            own = labels(graph, prices, tolls, low + slack, _ARCS) if left() > 0 else None
            arcs += 0 if own is None else len(own.links)
            if own is None or arcs > _ALL:
                return None
            walks.append(own)
        return walks


def _higher(first: Least, second: Least) -> bool:
    """Whether the first proves more."""
    return first.low << second.weighed.digits > second.low << first.weighed.digits


def _beyond(left: Callable[[], float], rest: float) -> float:
    """The time left beyond a rest."""
    return left() - rest
