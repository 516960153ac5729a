"""What a few doctors have is shared out among them anew, all of it at once.

Where every step so far is held hardly a single move is left: each takes points from one doctor and
gives them to another. Two doctors who share out all that they have can end with the same points
and fewer weekends, and CP-SAT finds out in a tenth of a second whether they can: what is free is
who of them has each duty, and nothing else. Three can do more, and take longer.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np

from scheduler.solving.cpsat import Answer, Compiled, Effort
from scheduler.solving.groups import Group, Groups
from scheduler.solving.improve import extent
from scheduler.solving.model import Step
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.part import Part, part, take_over
from scheduler.solving.state import Index, State

_WORK = 3.0  # in CP-SAT's own measure, for one group
_LONGEST = 20.0  # seconds for one group, however slow the machine


class Reshuffle:
    """Improves one step of the objective by sharing out anew what a few doctors have.

    Args:
        index: of the model.
        number: of the step; where it compares doctors, one of the worst-off is in every group.
        seed: of every random choice.
        workers: groups at a time, no two of them with the same doctor.
        stop: set from outside to end early.
    """

    def __init__(
        self, index: Index, number: int, seed: int, workers: int, stop: threading.Event
    ) -> None:
        """Nothing has been tried."""
        self._index, self._number, self._stop = index, number, stop
        self._workers = workers
        self._chance = random.Random(seed)
        self._groups = Groups(index.grid, self._chance)

    def run(
        self,
        state: State,
        *,
        enough: Callable[[], int],
        until: Callable[[], float],
        patience: int,
        found: Callable[[State], None],
    ) -> None:
        """Share out anew until the step reaches `enough`, or time or patience is out.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            enough: a value that cannot be undercut, as far as it is known by then.
            until: seconds left.
            patience: groups without success before giving up.
            found: called after each improvement.
        """
        running: dict[Future[Answer], tuple[Group, Numbers]] = {}
        failures = 0
        with ThreadPoolExecutor(max_workers=self._workers) as pool:
            while True:
                over = (
                    self._stop.is_set()
                    or until() <= 0
                    or failures >= patience
                    or state.violation > 0
                    or state.score()[self._number] <= enough()
                )
                while not over and len(running) < self._workers:
                    taken = {doctor for group, _ in running.values() for doctor in group}
                    group = self._groups.draw(state, taken, self._wanted(state))
                    if group is None:
                        break
                    free = self._free(state, group)
                    seed = self._chance.randrange(1 << 30)
                    job = pool.submit(self._solve, part(state, free), until(), seed)
                    running[job] = (group, free)
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for job in done:
                    _, free = running.pop(job)
                    answer = job.result()
                    better = answer.chosen is not None and take_over(state, free, answer.chosen)
                    failures = 0 if better else failures + 1
                    if better:
                        found(state)

    def _wanted(self, state: State) -> set[int] | None:
        """The doctors who make up what the step compares; None where it is a sum."""
        step = self._index.model.steps[self._number]
        if not step.worst:
            return None
        family = int(state.board.tops[self._number, 1])
        begin, end = state.board.families[family : family + 2].tolist()
        order = np.argsort(-state.board.heights[begin:end], kind="stable")[: step.worst]
        owners = {
            int(self._index.grid.doctor_of[var])
            for entry in order.tolist()
            for _, var in step.entries[entry][0]
            if var <= self._index.model.decisions + 1
        }
        return owners - {-1}

    def _free(self, state: State, group: Group) -> Numbers:
        """What these doctors could have of all that one of them has."""
        grid = self._index.grid
        cells = grid.cells[list(group)]
        held = (cells > 0) & (state.board.values[cells] > 0)
        own = cells[:, held.any(axis=0)]
        return np.unique(own[own > 0])

    def _solve(self, own: Part, seconds: float, seed: int) -> Answer:
        """The best way to share it out, with the steps before this one held."""
        compiled = Compiled.part(self._index.model.uppers, own)
        hold(compiled, own, self._number)
        effort = Effort(min(_LONGEST, max(0.1, seconds)), 1, seed, _WORK)
        return compiled.solve(self._aim(own), effort, self._stop)

    def _aim(self, own: Part) -> list[tuple[int, Step]]:
        """The step; where it compares doctors the next sum breaks ties: it would be ruined."""
        first, *later = own.steps[self._number :]
        tie = next((step for step in later if step.terms and not step.worst), None)
        if not first.worst or tie is None:
            return [(1, first)]
        return [(1 + extent(tie, self._index.packed.uppers), first), (1, tie)]


def hold(compiled: Compiled, own: Part, number: int) -> None:
    """Demand that the steps before this one get no worse.

    Where the worst-off are compared each stays below the last of those who count, or where she is:
    that is more than is needed, and far easier than to rank them.
    """
    for step, score in zip(own.steps[:number], own.scores, strict=False):
        if not step.worst:
            if step.terms:
                compiled.keep(step, score)
            continue
        heights = [sum(c * own.values[v] for c, v in terms) + k for terms, k in step.entries]
        last = sorted(heights, reverse=True)[min(step.worst, len(heights)) - 1]
        for (terms, constant), height in zip(step.entries, heights, strict=True):
            if terms:
                most = max(height, last) - constant
                compiled.limit({var: c for c, var in terms}, -NO_LIMIT, most)
