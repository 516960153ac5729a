"""Courses mixed anew in windows of time, with what comes before and after as it is.

A mixture for all doctors over the whole of a long time is not found in good time, over some weeks
of it is. Windows are gone through again and again, each time cut elsewhere; a dive from a window's
mixture (`diving.py`) takes the place of what there was where it is better.
"""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import pairwise

import numpy as np

from scheduler.solving.blending import Blend
from scheduler.solving.descent import Descent
from scheduler.solving.diving import STEADY, Mixing
from scheduler.solving.generating import Generator
from scheduler.solving.grid import Grid
from scheduler.solving.mixture import Column
from scheduler.solving.packed import Numbers
from scheduler.solving.sections import Section, days_of_courses, section
from scheduler.solving.state import State

Window = tuple[int, int]
"""The first day, and the day after the last."""

_ROWS, _SHORTEST = 300, 10  # of a window: rows, as near as can be, and days at least
_BLENDS, _ROUNDS = 8, 30  # turns of all doctors before a window is mixed, and rounds of new courses
_EVERYWHERE = 2  # times nothing was better anywhere
_LESS = 0.5  # scores are whole: what is not this much better is no better


class Windows:
    """Improves the first step window by window.

    Args:
        generator: of whole courses.
        grid: of the model.
        seed: of random choices.
    """

    def __init__(self, generator: Generator, grid: Grid, seed: int) -> None:
        """Nothing is cut yet."""
        self._generator = generator
        self._days = days_of_courses(generator, grid)
        self._count = len(grid.day_at) - 1
        rows = len(generator.coupling.lows)
        self._length = max(_SHORTEST, round(_ROWS * self._count / max(1, rows)))
        self._patience = _EVERYWHERE * max(1, self._count // self._length)  # failures in succession
        self._chance = random.Random(seed)

    def improve(
        self,
        state: State,
        pool: Executor,
        workers: int,
        *,
        left: Callable[[], float],
        enough: Callable[[], int],
        found: Callable[[State], None],
    ) -> None:
        """Go through windows, some side by side, until nothing was better twice everywhere.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            pool: mixes windows.
            workers: how many at a time.
            left: seconds left.
            enough: a value that cannot be undercut, as far as it is known by then.
            found: called after each improvement.
        """
        running: dict[Future[list[Column] | None], tuple[Window, Section]] = {}
        waiting: list[Window] = []
        failures = 0
        while True:
            over = left() <= 0 or state.score()[0] <= enough() or failures >= self._patience
            while not over and len(running) < workers:
                waiting = waiting or self.cut()
                window = _apart(waiting, [own for own, _ in running.values()])
                if window is None:
                    break
                waiting.remove(window)
                own = self.section(state, *window)
                job = pool.submit(self.mixed, own, self._chance.randrange(1 << 30), left)
                running[job] = window, own
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for job in done:
                _, own = running.pop(job)
                columns = job.result()
                if columns is not None and self.merge(state, own.present, columns):
                    failures = 0
                    found(state)
                else:
                    failures += 1

    def cut(self) -> list[Window]:
        """Windows that cover the whole time, in any order."""
        half = max(1, self._length // 2)
        begin = half + self._chance.randrange(self._length)
        edges = [0, *range(begin, self._count - half + 1, self._length), self._count]
        windows = list(pairwise(edges))
        self._chance.shuffle(windows)
        return windows

    def section(self, state: State, first: int, end: int) -> Section:
        """A window of a roster."""
        return section(self._generator, self._days, self._generator.present(state), first, end)

    def mixed(self, own: Section, seed: int, left: Callable[[], float]) -> list[Column] | None:
        """Better courses of all doctors in a window; None where none were found.

        Args:
            own: the window.
            seed: of random choices.
            left: seconds left.
        """
        most = Descent(own.generator, own.present).value - _LESS

        def late() -> bool:
            return left() <= 0

        blend = Blend(own.generator, own.present, seed)
        for _ in range(_BLENDS):
            blend.turn(late)
        mixing = Mixing(own.generator, own.present, range(len(own.generator)), left)
        mixing.recall(blend.multipliers)
        mixing.generate(_ROUNDS, most)
        return mixing.dive(STEADY, most)

    def merge(self, state: State, before: Sequence[Column], columns: Sequence[Column]) -> bool:
        """Take over a window's courses if the roster as it stands now gets better by them."""
        score, now = state.score(), state.decided
        state.become(np.union1d(np.setdiff1d(now, _decisions(before)), _decisions(columns)))
        if not state.violation and state.score() < score:
            return True
        state.become(now)
        return False


def _apart(windows: Sequence[Window], taken: Sequence[Window]) -> Window | None:
    """The first window that has no day in common with any that is taken."""
    for first, end in windows:
        if all(end <= other_first or other_end <= first for other_first, other_end in taken):
            return first, end
    return None


def _decisions(columns: Sequence[Column]) -> Numbers:
    return np.array([v for own in columns for v in own.decisions], dtype=np.int64)
