"""A first lawful roster, or the proof that there is none.

From a construction, or from a former roster where one is given and is no worse. What these break
is annealed away, then mended part by part. Where the model is made of whole courses every doctor
gets one in turn before that (`descent.py`), or in another large one, by beams (`rebuilding.py`).
Where there are workers to spare CP-SAT looks at the whole beside it: an impossible plan is told at
once, and not after all else has failed.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from scheduler.solving.construct import construct, fill
from scheduler.solving.cool import Crew
from scheduler.solving.cpsat import Answer, Compiled, Effort, Verdict
from scheduler.solving.improve import Improver
from scheduler.solving.rebuilding import Rebuilder
from scheduler.solving.result import Ending
from scheduler.solving.state import Index, State
from scheduler.solving.whole_courses import WholeCourses

BESIDE = 12_000  # decisions: larger models are looked at as a whole only when all else failed
EASY = 2_500  # decisions: up to here the whole is looked at before parts are mended
_LAID, _GIVEN = 0.5, 0.8  # of the time, at most, for whole courses in turn: laid out, and given
_ANNEALED, _MENDED = 0.25, 0.5  # of the time, where it ends
_REBUILT, _BETTER = 0.5, 0.1  # the same for whole courses in large models, and where all is lawful
_PATCHED, _LARGE_ANNEALED, _LARGE_MENDED = 0.6, 0.8, 0.95  # the same for what follows them
_MENDS = 200  # parts in succession without success before the whole is looked at


@dataclass
class First:
    """The search for a first roster.

    Attributes:
        left: seconds left.
        bound: of the first step's value.
        stop: set from outside to end early.
        courses: of the doctors, where the model may be made of them.
    """

    index: Index
    crew: Crew
    improver: Improver
    seed: int
    workers: int
    left: Callable[[], float]
    bound: int
    stop: threading.Event
    courses: WholeCourses | None = None

    def find(self, start: tuple[int, ...], spare: tuple[int, ...] = ()) -> State | Ending:
        """A lawful roster, or how it ended without one.

        Args:
            start: decisions of a former roster, if there is one.
            spare: those of a lawful roster that is taken where the construction breaks something.
        """
        state = construct(self.index, self.seed)
        if start:
            self._compare(state, start)
        if state.violation and spare:
            state.become(np.array(spare, dtype=np.int64))
        if not state.violation:
            return state
        if self.workers == 1 or self.index.model.decisions > BESIDE:
            self._mend(state, lambda: False)
            return (
                state
                if not state.violation
                else _read(self.index, self._whole(self.stop, self.workers))
            )
        enough = threading.Event()
        with ThreadPoolExecutor(max_workers=1) as pool:
            whole = pool.submit(self._whole, enough, self.workers - 1)
            try:
                self._mend(state, whole.done)
                if not state.violation:
                    return state
                while not whole.done() and not self.stop.wait(0.1):
                    pass
            finally:
                enough.set()
            return _read(self.index, whole.result())

    def _compare(self, state: State, start: tuple[int, ...]) -> None:
        """Take the former roster for what was constructed, if it is lawful and no worse.

        It may be far worse: a search that was cut short leaves one that heeds the demands alone.
        """
        constructed, broken, reached = state.decided, state.violation, state.score()
        state.become(np.array(start, dtype=np.int64))
        if not state.violation:
            fill(state, random.Random(self.seed))
            if broken or state.score() <= reached:
                return
        state.become(constructed)

    def _mend(self, state: State, done: Callable[[], bool]) -> None:
        """Anneal, then mend in parts, until it is lawful or something else is done."""
        whole = self.left()
        large = self.index.model.decisions > BESIDE
        annealed = _LARGE_ANNEALED if large else _ANNEALED
        mended = _LARGE_MENDED if large else _MENDED

        def until(share: float) -> float:
            return 0.0 if done() else self.left() - (1.0 - share) * whole

        steps = self.index.model.steps
        if self._in_turn(state, whole, until, done):
            return
        whole = self.left()  # what follows shares out what that has left
        if large and steps and not steps[0].worst:
            self._rebuild(state, until)
            if state.violation:
                self._part_by_part(state, lambda: until(_PATCHED))
        if steps and state.violation:
            self.crew.anneal(state, 0, until=lambda: until(annealed), enough=lambda: self.bound)
            if state.violation and self.index.model.decisions > EASY:
                self._part_by_part(state, lambda: until(mended))

    def _in_turn(
        self,
        state: State,
        whole: float,
        until: Callable[[float], float],
        done: Callable[[], bool],
    ) -> bool:
        """Give every doctor a whole course in turn, where the model is served; whether it was.

        What is laid out here serves the search too; where something else is done first the search
        lays it out.
        """

        def late() -> bool:
            return self.stop.is_set() or self.left() <= (1.0 - _LAID) * whole

        if self.courses is None or not self.courses.serves(late, done):
            return False
        found = self.courses.first(lambda: until(_GIVEN) <= 0)
        if found is None:
            return False
        state.become(found.decided)
        return True

    def _rebuild(self, state: State, until: Callable[[float], float]) -> None:
        """Give every doctor a whole course, some of them again and again."""
        rebuilder = Rebuilder(self.index, self.seed)

        def over() -> bool:
            share = _REBUILT if state.violation else _BETTER
            return self.stop.is_set() or until(share) <= 0

        rebuilder.build(state, over)
        rebuilder.improve(state, over)

    def _part_by_part(self, state: State, until: Callable[[], float]) -> None:
        """Mend in parts until it is lawful."""
        self.improver.run(
            state,
            0,
            good_enough=lambda: self.bound,
            until=lambda: until() if state.violation else 0.0,
            patience=_MENDS,
            found=lambda _: None,
        )

    def _whole(self, stop: threading.Event, workers: int) -> Answer:
        compiled = Compiled.whole(self.index, State(self.index).values)
        return compiled.solve([], Effort(max(0.1, self.left()), workers, self.seed), stop)


def _read(index: Index, answer: Answer) -> State | Ending:
    if answer.verdict is Verdict.INFEASIBLE:
        return Ending.IMPOSSIBLE
    if answer.chosen is None:
        return Ending.OUT_OF_TIME
    state = State(index, answer.chosen)
    return Ending.OUT_OF_TIME if state.violation else state
