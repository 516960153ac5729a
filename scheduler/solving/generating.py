"""Courses of all doctors at given prices, and those that were met, to be mixed (`mixture.py`).

A course is a walk through its doctor's trellis, so all doctors of a plan of some weeks are asked in
some ten milliseconds. It serves plans in which all that ties doctors together is a priced or
limited sum (`coupling.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from math import inf, isqrt

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.annealing import Reals
from scheduler.solving.coupling import Coupling, Share, coupling
from scheduler.solving.courses import Courses
from scheduler.solving.grid import Grid, grid
from scheduler.solving.mixture import Column
from scheduler.solving.packed import Numbers, Packed
from scheduler.solving.state import State
from scheduler.solving.trellis import Trellis, trellis
from scheduler.solving.walks import walk

_WIDTH, _WIDER, _WIDEST = 8, 4, 128  # walks kept in a state; more where none was found
_KEPT = 2**24  # numbers that one search keeps for its walks; 8 bytes each
_WALK = 6  # of them a walk has, and one for each limited sum
_TRIED = 2**28  # links times the square of the width: some seconds, which nothing ends early
_ASKED = 0.05  # seconds between looks at whether laying out is over
_CLOSE = 1e-6
_MOST = 4_000_000  # links of one doctor, before states are merged; some 12 bytes each
_LINKS = 30_000_000  # of all doctors together, after that; 8 bytes each
_ROOM, _LEAST = 2_000_000, 30  # duties of all columns that are known; columns of a doctor


@dataclass(frozen=True)
class Wish:
    """What is asked of one doctor.

    Attributes:
        worth: courses that cost as much or more, with what the rows pay, are not wanted.
        forced: decisions, by their place in the course, that must be in it.
    """

    worth: float
    forced: Sequence[int] = ()


@dataclass(frozen=True)
class Answer:
    """Courses of one doctor at some multipliers.

    Attributes:
        low: no course with what is forced costs less; at most the worth.
        columns: the cheapest that were met, if any is cheaper than the worth.
    """

    low: float
    columns: tuple[Column, ...]


class Generator:
    """All doctors' courses.

    Attributes:
        coupling: the rows that tie doctors together.
        known: the columns that were met last, doctor by doctor.
    """

    def __init__(self, rows: Coupling, trellises: Sequence[Trellis | None]) -> None:
        """No column is known yet; who can have nothing has no trellis."""
        self.coupling = rows
        self.trellises = trellises
        self._tolls = [np.zeros(0 if own is None else len(own.lows)) for own in trellises]
        self.known: list[dict[tuple[int, ...], Column]] = [{} for _ in trellises]

    @classmethod
    def of(
        cls,
        packed: Packed,
        over: Callable[[], bool] = lambda: False,
        workers: int = 1,
        own: Grid | None = None,
    ) -> "Generator | None":
        """What generates a model's courses; None where it is not of this kind, or too large.

        Args:
            packed: the model.
            over: asked again and again; what is not laid out by then is too large.
            workers: threads.
            own: the model's grid, where it is at hand.
        """
        courses = Courses(packed, own or grid(packed))
        rows = coupling(packed, courses)
        if rows is None:
            return None
        ended = np.array([over()])

        def laid(doctor: int, share: Share) -> Trellis | None:
            if ended[0] or not len(share.course.decisions):
                return None
            own = trellis(courses.laid(doctor), _priced(share), _MOST, ended)
            if own is None:
                ended[0] = True
            return own

        with ThreadPoolExecutor(workers) as pool:
            jobs = [pool.submit(laid, doctor, share) for doctor, share in enumerate(rows.shares)]
            while wait(jobs, _ASKED).not_done:
                ended[0] = ended[0] or over()
            trellises = [job.result() for job in jobs]
        links = sum(len(own.heads) for own in trellises if own is not None)
        return None if ended[0] or links > _LINKS else cls(rows, trellises)

    def __len__(self) -> int:
        """The number of doctors."""
        return len(self.trellises)

    def place(self, decision: int) -> tuple[int, int]:
        """Whose a decision is, and where it stands in that doctor's course."""
        doctor, place = self._places[decision].tolist()
        return doctor, place

    @cached_property
    def _places(self) -> Numbers:
        """By decision: whose it is, and where it stands in that doctor's course."""
        own = [share.course.decisions for share in self.coupling.shares]
        found = np.zeros((1 + max(int(d.max(initial=0)) for d in own), 2), dtype=np.int64)
        for doctor, decisions in enumerate(own):
            found[decisions, 0] = doctor
            found[decisions, 1] = np.arange(len(decisions))
        return found

    def walks(self, doctor: int) -> bool:
        """Whether a doctor can have anything."""
        return self.trellises[doctor] is not None

    def nothing(self, doctor: int) -> Column:
        """The course of a doctor who can have nothing."""
        return self.column(doctor, np.zeros(len(self.coupling.shares[doctor].costs)))

    def present(self, state: State) -> list[Column]:
        """What the doctors have in a lawful roster."""
        return [self.column(n, self.coupling.own(state, n)) for n in range(len(self))]

    def cheapest(
        self, multipliers: Reals, most: int, doctors: Iterable[int] | None = None
    ) -> list[Column]:
        """The columns that are known and cheapest at these multipliers.

        Args:
            multipliers: what each row pays.
            most: so many of each doctor.
            doctors: whose; of all where none are named.
        """
        found: list[Column] = []
        for doctor in range(len(self)) if doctors is None else doctors:
            own = list(self.known[doctor].values())
            costs = [c.cost - float(multipliers[c.rows] @ c.amounts) for c in own]
            found += [own[n] for n in np.argsort(costs, kind="stable")[:most].tolist()]
        return found

    def activity(self, columns: Iterable[Column]) -> Reals:
        """What some columns come to in each row."""
        total = np.zeros(len(self.coupling.lows))
        for column in columns:
            total[column.rows] += column.amounts
        return total

    def ask(
        self,
        multipliers: Reals,
        wishes: Mapping[int, Wish],
        most: int,
        pool: Executor | None,
        over: Callable[[], bool] = lambda: False,
        ended: Callable[[], bool] = lambda: False,
    ) -> list[Answer]:
        """The cheapest courses of some doctors.

        Args:
            multipliers: what each row pays.
            wishes: by doctor.
            most: columns of each.
            pool: asks the doctors side by side, where given.
            over: asked where none was met, before more is kept in mind to find one.
            ended: who comes up after it is not asked; of them nothing is known.
        """

        def one(doctor: int) -> Answer:
            if ended():
                return Answer(-inf, ())
            return self._answer(
                multipliers, doctor, wishes[doctor], most, lambda: over() or ended()
            )

        return list(pool.map(one, wishes) if pool else map(one, wishes))

    def bound(self, multipliers: Reals, settled: Reals, answers: Iterable[Answer]) -> float:
        """What no mixture undercuts, up to rounding.

        Args:
            multipliers: what each row pays.
            settled: what the rows have already.
            answers: of all doctors who are not settled, at these multipliers.
        """
        own = self.coupling
        paid = np.clip(multipliers, -own.over, own.under)
        side = np.where(paid > 0, own.lows, own.highs) - settled
        rows = float(np.where(paid != 0, paid * np.where(paid != 0, side, 0.0), 0.0).sum())
        return own.constant + rows + sum(answer.low for answer in answers)

    def _answer(
        self,
        multipliers: Reals,
        doctor: int,
        wish: Wish,
        most: int,
        over: Callable[[], bool],
    ) -> Answer:
        share, own = self.coupling.shares[doctor], self.trellises[doctor]
        if own is None:
            nothing = self.nothing(doctor)
            low = nothing.cost - float(multipliers[nothing.rows] @ nothing.amounts)
            return Answer(min(low, wish.worth), ())
        costs = share.reduced(multipliers)
        # What is forced is so cheap that no course without it is.
        gift = 2.0 * float(np.abs(costs).sum()) + 1.0 if len(wish.forced) else 0.0
        costs[list(wish.forced)] -= gift
        given = gift * len(wish.forced)
        cut, width = wish.worth - given - _CLOSE, _WIDTH
        widest = _widest(own)
        tolls = self._tolls[doctor].copy()
        while True:
            low, found, ends, links = walk(own, costs, tolls, width, cut)
            if len(found) or low >= cut or width >= widest or over():
                break
            width = min(_WIDER * width, widest)
        self._tolls[doctor] = tolls
        columns = []
        for n in range(min(most, len(found))):
            values = np.zeros(len(costs))
            for kind in own.kinds[links[ends[n] : ends[n + 1]]].tolist():
                items = own.items[own.item_at[kind] : own.item_at[kind + 1]]
                values[items[:, 0]] = items[:, 1]
            if values[list(wish.forced)].all():
                columns.append(self.column(doctor, values))
        return Answer(min(low + given, wish.worth), tuple(columns))

    def column(self, doctor: int, values: Reals) -> Column:
        """A doctor's course, from the values of its decisions and variables by their places."""
        share = self.coupling.shares[doctor]
        taken = np.flatnonzero(values[: len(share.course.decisions)])
        decisions = tuple(share.course.decisions[taken].tolist())
        known = self.known[doctor].get(decisions)
        if known is None:
            cost, activity = share.weigh(values, len(self.coupling.lows))
            rows = np.flatnonzero(activity)
            known = Column(doctor, decisions, cost, rows, activity[rows])
            self._remember(known)
        return known

    def _remember(self, column: Column) -> None:
        """Note a column; where there is no room the older half of its doctor's are forgotten."""
        known = self.known[column.doctor]
        most = max(_LEAST, _ROOM // (len(self) * max(1, len(column.decisions))))
        if len(known) >= most:
            for decisions in list(known)[: most // 2]:
                known.pop(decisions, None)
        known[column.decisions] = column


def _widest(own: Trellis) -> int:
    """How many walks a state may keep at most, so that neither memory nor patience ends."""
    kept = _KEPT // (len(own.link_at) * (_WALK + len(own.lows)))
    tried = isqrt(_TRIED // max(1, len(own.heads)))
    return min(_WIDEST, kept, tried)


def _priced(share: Share) -> NDArray[np.bool_]:
    """Which of a doctor's decisions and variables count: they have a cost, or are in a row."""
    priced: NDArray[np.bool_] = share.costs != 0
    priced[share.locals] = True
    priced[: len(share.course.decisions)] = True
    return priced
