"""The first step improved with whole courses: mixtures for all doctors, dives, and dives for some.

Where all that ties doctors together is a priced sum, mixtures of whole courses cost hardly less
than the best roster. A dive from them (`diving.py`) is far ahead of what single moves find; after
the first dives some doctors at a time are mixed again, with the others as they are. Where there are
too many rows for a mixture over the whole time, windows of it are mixed (`windows.py`).
"""

import random
import threading
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from math import inf, log

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.blending import Blend
from scheduler.solving.course_proofs import CourseProofs
from scheduler.solving.descent import Descent, first_columns
from scheduler.solving.diving import QUICK, SLOW, STEADY, Mixing, Pace
from scheduler.solving.generating import Generator
from scheduler.solving.mixture import Column, Mixed
from scheduler.solving.state import Index, State
from scheduler.solving.windows import Windows

_MOST = 1_000  # rounds of new courses for all doctors
_ROUNDS, _AGAIN = 30, 2  # the same for some, and for all once more
_BLENDS, _BLENDING = 16, 0.4  # turns of all doctors before that, and of its time, at most
_SEARCHING = 0.5  # of the time, for all doctors' mixture
_SMALLEST = 4  # doctors
_MIXED = 1_000  # rows: a mixture of all doctors' courses over more is not found in good time
_FIRST = 0.5  # of the doctors, the first time
_GROWS, _SHRINKS = 1.2, 0.95  # where the mixture leaves no room, and where the dive finds none
_PATIENCE = 100  # tries in succession without success before the next step
_STALLED = 0.25  # of the time that was mixed, without success: then it may be time for a proof
_AFTER = 1.0  # seconds in which a dive that time cut short may still be bettered
_LESS = 0.5  # scores are whole: what is not this much better is no better
_GAIN = 1e-6


@dataclass(frozen=True)
class Try:
    """What came of a dive.

    Attributes:
        columns: of the doctors that were free, if they are better.
        room: the mixture was better than the roster.
    """

    columns: list[Column] | None
    room: bool


@dataclass(frozen=True)
class Dives:
    """What every dive needs.

    Attributes:
        generator: of courses.
        mixed: the mixture of all doctors.
        left: seconds left.
        stopped: somebody wants it to end at once.
    """

    generator: Generator
    mixed: Mixed
    left: Callable[[], float]
    stopped: Callable[[], bool]

    def make(self, present: list[Column], doctors: Collection[int], pace: Pace, score: int) -> Try:
        """Mix the courses of some doctors, and dive if that leaves room for something better.

        Args:
            present: the roster's columns.
            doctors: who is free.
            pace: how carefully.
            score: the roster's.
        """
        most = score - _LESS
        mixing = Mixing(self.generator, present, doctors, self.left)
        mixing.recall(self.mixed.multipliers)
        all_of_them = len(doctors) == len(self.generator)  # whose mixture is known already
        mixing.generate(_AGAIN if all_of_them else _ROUNDS, most)
        if mixing.value >= most:
            return Try(None, False)
        return Try(self._mended(present, mixing.dive(pace, most)), True)

    def plunge(self, mixing: Mixing, present: list[Column], pace: Pace, score: int) -> Try:
        """Dive from the mixture of all doctors, which is used up by it.

        Args:
            mixing: with a mixture.
            present: the roster's columns.
            pace: how carefully.
            score: the roster's.
        """
        mixing.alone(self.left)
        most = score - _LESS
        columns = self._mended(present, mixing.dive(pace, most))
        return Try(columns, mixing.value < most)

    def _mended(
        self, present: Iterable[Column], columns: Iterable[Column] | None
    ) -> list[Column] | None:
        """What came of a dive, bettered by one course after the other: it may be cut short."""
        if columns is None:
            return None
        mine = {own.doctor: own for own in columns}
        descent = Descent(self.generator, [mine.get(own.doctor, own) for own in present])
        end = time.monotonic() + max(0.0, self.left()) + _AFTER
        descent.turn(mine, lambda: self.stopped() or time.monotonic() > end)
        return [own for own in descent.columns if own is not None and own.doctor in mine]

    def regrets(self, present: Iterable[Column]) -> Reals:
        """How much each doctor's column costs over the mixture's, with what rows pay in that."""
        paid = self.mixed.multipliers
        costs = [own.cost - float(paid[own.rows] @ own.amounts) for own in present]
        return np.maximum(np.array(costs) - self.mixed.worth, 0.0)

    def merge(self, state: State, columns: list[Column]) -> bool:
        """Take over courses if the roster as it stands now gets better by them."""
        before, now = state.score(), state.decided
        shares = self.generator.coupling.shares
        mine = np.concatenate([shares[own.doctor].course.decisions for own in columns])
        fresh = np.array([v for own in columns for v in own.decisions], dtype=np.int64)
        state.become(np.concatenate((np.setdiff1d(now, mine), fresh)))
        if not state.violation and state.score() < before:
            return True
        state.become(now)
        return False


class WholeCourses:
    """Improves the first step of one model, where it is of this kind.

    Args:
        index: of the model.
        seed: of random choices.
        workers: threads.
        stop: set from outside to end early.

    Attributes:
        begun: the first roster was made of whole courses.
        spent: seconds in which courses were mixed.
    """

    def __init__(self, index: Index, seed: int, workers: int, stop: threading.Event) -> None:
        """Nothing is laid out before it is needed."""
        self.index, self.workers, self.stop = index, workers, stop
        self._chance = random.Random(seed)
        self._generator: Generator | None = None
        self._proofs: CourseProofs | None = None
        self._asked = False
        self.begun = False
        self.spent = 0.0
        self._mixed: Mixed | None = None  # of all doctors
        self._mixing: Mixing | None = None
        self._paces: list[Pace] = [QUICK, STEADY]
        self._low = -inf
        self._size = 0.0

    def serves(
        self, over: Callable[[], bool] = lambda: False, later: Callable[[], bool] = lambda: False
    ) -> bool:
        """Whether the model is of the kind that is mixed, and can be laid out before it is over.

        Args:
            over: ends the laying out for good.
            later: puts it off until the next time somebody asks.
        """
        if self._asked:
            return self._generator is not None
        put_off = False

        def ended() -> bool:
            nonlocal put_off
            put_off = later()
            return put_off or self.stop.is_set() or over()

        own = self.index
        self._generator = Generator.of(own.packed, ended, self.workers, own.grid)
        self._asked = self._generator is not None or not put_off
        return self._generator is not None

    @property
    def in_windows(self) -> bool:
        """Whether the mixture of all is too large, so that windows of time are mixed instead."""
        return self._generator is not None and len(self._generator.coupling.lows) > _MIXED

    def first(self, over: Callable[[], bool]) -> State | None:
        """A lawful roster of courses given in turn, where the model is served.

        Args:
            over: ends it early.

        Returns:
            None where none was met.
        """
        if self._generator is None:
            return None
        seed = self._chance.randrange(1 << 30)
        columns = first_columns(self._generator, seed, over, self.workers)
        if columns is None:
            return None
        state = State(self.index, [v for column in columns for v in column.decisions])
        self.begun = not state.violation
        return state if self.begun else None

    def improve(
        self,
        state: State,
        *,
        until: Callable[[], float],
        enough: Callable[[], int],
        found: Callable[[State], None],
        pauses: float = inf,
    ) -> bool:
        """Improve the first step.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            until: seconds left.
            enough: a value that cannot be undercut, as far as it is known by then.
            found: called after each improvement.
            pauses: seconds of mixing in all from which on it ends where nothing was found for long.

        Returns:
            Whether it paused.
        """
        generator = self._generator
        if generator is None or state.violation:
            return False

        def left() -> float:
            return 0.0 if self.stop.is_set() else until()

        with ThreadPoolExecutor(self.workers) as pool:
            if self.in_windows:
                windows = Windows(generator, self.index.grid, self._chance.randrange(1 << 30))
                windows.improve(state, pool, self.workers, left=left, enough=enough, found=found)
                return False
            begun = time.monotonic() - self.spent
            if self._mixed is None:
                self._mixed = self._mix(generator, state, left, pool)
                self.spent = time.monotonic() - begun
            if self._mixed is None:
                return False
            dives = Dives(generator, self._mixed, left, self.stop.is_set)
            paused = self._dive(dives, state, enough, found, pool, begun, pauses)
            self.spent = time.monotonic() - begun
            return paused

    def prove(
        self,
        state: State,
        *,
        until: Callable[[], float],
        raised: Callable[[int], None],
        found: Callable[[State], None],
    ) -> bool:
        """Raise the first step's bound up to what the roster has, or better the roster.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            until: seconds left.
            raised: called with each better bound.
            found: called where the roster was bettered.

        Returns:
            Whether it is worth while to ask again.
        """
        generator = self._generator
        if generator is None or state.violation:
            return False

        def left() -> float:
            return 0.0 if self.stop.is_set() else until()

        if self._proofs is None:
            try:
                self._proofs = CourseProofs(generator)
            except ValueError:  # numbers in which nothing would be exact
                return False
        with ThreadPoolExecutor(self.workers) as pool:
            chosen = self._proofs.run(
                generator.present(state),
                state.score()[0],
                left,
                multipliers=None if self._mixed is None else self._mixed.multipliers,
                raised=raised,
                pool=pool,
            )
        if chosen is not None:
            better = State(self.index, chosen)
            if not better.violation and better.score() < state.score():
                state.become(better.decided)
                found(state)
        return not self._proofs.vain

    def _mix(
        self,
        generator: Generator,
        state: State,
        left: Callable[[], float],
        pool: ThreadPoolExecutor,
    ) -> Mixed | None:
        """A good mixture of all doctors; None if the time did not suffice."""
        reserve = (1.0 - _SEARCHING) * left()
        doctors = range(len(generator))
        present = generator.present(state)
        mixing = Mixing(generator, present, doctors, lambda: left() - reserve, pool)
        half = left() - _BLENDING * (left() - reserve)

        def late() -> bool:
            return left() <= half

        blend = Blend(generator, present, self._chance.randrange(1 << 30), pool, self.workers)
        for _ in range(_BLENDS):
            blend.turn(late)
            if late():
                break
        mixing.recall(blend.multipliers)
        mixing.generate(_MOST)
        if mixing.mixed is not None:
            self._low, self._mixing = mixing.bound, mixing
        return mixing.mixed

    def _dive(
        self,
        dives: "Dives",
        state: State,
        enough: Callable[[], int],
        found: Callable[[State], None],
        pool: ThreadPoolExecutor,
        begun: float,
        pauses: float,
    ) -> bool:
        """Dive again and again, several at a time, while it pays.

        It pauses where nothing was found for long; `begun` is when mixing would have begun if it
        had never paused, and the rest as in `improve`.

        Returns:
            Whether it paused.
        """
        since = time.monotonic()
        running: dict[Future[Try], Collection[int]] = {}
        opening: set[Future[Try]] = set()  # the first dives, for all
        count = len(dives.generator)
        self._size = self._size or _FIRST * count
        failures = 0
        while True:
            score = state.score()[0]
            least = max(enough(), self._low)
            done_with = dives.left() <= 0 or failures >= _PATIENCE or score - _LESS <= least
            now = time.monotonic()
            mixed = now - begun
            stalled = mixed > pauses and now - since > _STALLED * mixed
            over = done_with or stalled
            if over and not running:
                return stalled and not done_with
            while not over and len(running) < self.workers:
                opens = bool(self._paces)
                present = dives.generator.present(state)
                doctors, pace = self._next(dives.regrets(present))
                mixing, self._mixing = self._mixing, None
                if mixing is not None:
                    job = pool.submit(dives.plunge, mixing, present, pace, score)
                else:
                    job = pool.submit(dives.make, present, doctors, pace, score)
                running[job] = doctors
                if opens:
                    opening.add(job)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for job in done:
                doctors = running.pop(job)
                tried = job.result()
                better = tried.columns is not None and dives.merge(state, tried.columns)
                failures = 0 if better else failures + 1
                if better or job in opening:  # only after those can others stall
                    since = time.monotonic()
                if better:
                    found(state)
                elif len(doctors) < count:
                    factor = _SHRINKS if tried.room else _GROWS
                    self._size = min(count, max(_SMALLEST, factor * self._size))

    def _next(self, regrets: Reals) -> tuple[Collection[int], Pace]:
        """Which doctors are free, and how carefully they are mixed.

        The more somebody's course costs over the mixture's the sooner it is looked at (weighted
        sampling without replacement by Efraimidis and Spirakis, 2006).
        """
        count = len(regrets)
        if self._paces:
            return range(count), self._paces.pop(0)
        weights = regrets + max(float(regrets.mean()), _GAIN)
        keys = [-log(1.0 - self._chance.random()) / weight for weight in weights.tolist()]
        some = np.argsort(keys, kind="stable")[: min(count, round(self._size))]
        return sorted(some.tolist()), self._chance.choice((STEADY, STEADY, SLOW))
