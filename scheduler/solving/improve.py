"""Large-neighbourhood search: free a part of the roster, solve it, keep what is better.

As many parts at a time as there are workers, each on one thread, and no two of them about the
same decisions where that can be had: what they find is merged into the roster as it stands.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np

from scheduler.solving.cpsat import Answer, Compiled, Effort, Verdict
from scheduler.solving.lean import give_back
from scheduler.solving.model import Step
from scheduler.solving.neighbourhoods import Kind, Neighbourhoods
from scheduler.solving.packed import Numbers
from scheduler.solving.part import Part, part, take_over
from scheduler.solving.state import Index, State

_WORK = 1.5  # CP-SAT's measure of work for one neighbourhood
_LONGEST = 10.0  # seconds for one neighbourhood, however slow the machine
_HEAVIEST = 10**12  # largest weight in one combined objective
_DRAWS = 5  # tries to draw what nobody works on
_LARGE = 5_000  # variables of a neighbourhood that is worth a hundredth of a second
_OVERLAP = 0.2  # of a neighbourhood that somebody works on: no more, if it can be had


def combined(steps: tuple[Step, ...], current: int, uppers: Numbers) -> list[tuple[int, Step]]:
    """The current step first, the later ones as tie-breakers where numbers allow."""
    plain = [step for step in steps[current + 1 :] if not step.worst and step.terms]
    spread = 1 + sum(extent(step, uppers) for step in plain)
    if spread >= _HEAVIEST:
        return [(1, steps[current])]
    return [(spread, steps[current]), *((1, step) for step in plain)]


def extent(step: Step, uppers: Numbers) -> int:
    """How far apart two values of a step can be."""
    return sum(abs(c) * int(uppers[v]) for c, v in step.terms)


class Improver:
    """Improves one step of the objective without giving up the steps before it."""

    def __init__(self, index: Index, seed: int, workers: int, stop: threading.Event) -> None:
        """Prepare the neighbourhoods."""
        self.index = index
        self.chance = random.Random(seed)
        self.neighbourhoods = Neighbourhoods(index, self.chance)
        self.workers = workers
        self.stop = stop

    def run(
        self,
        state: State,
        current: int,
        *,
        good_enough: Callable[[], int],
        until: Callable[[], float],
        patience: int,
        found: Callable[[State], None],
    ) -> bool:
        """Search until the step reaches `good_enough`, time is out, or patience is.

        Args:
            state: the roster; changed in place, never for the worse. One that breaks something
                is mended first.
            current: number of the step.
            good_enough: a value that cannot be undercut, as far as it is known by then.
            until: seconds left.
            patience: neighbourhoods without success before giving up.
            found: called after each improvement.

        Returns:
            Whether nothing better is left, for everything at once was free.
        """
        if not self.index.model.decisions:
            return True
        failures = 0
        exhausted = False
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            running: dict[Future[Answer], tuple[Kind, Numbers, int]] = {}
            while True:
                over = (
                    self.stop.is_set()
                    or until() <= 0
                    or failures >= patience
                    or (not state.violation and state.score()[current] <= good_enough())
                )
                if over and not running:
                    return exhausted
                while not over and len(running) < self.workers:
                    kind, free = self._draw(state, current, [own for _, own, _ in running.values()])
                    seed = self.chance.randrange(1 << 30)
                    own = part(state, free)
                    job = pool.submit(self._solve, own, current, until(), seed)
                    running[job] = (kind, free, len(own.values))
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for job in done:
                    kind, free, variables = running.pop(job)
                    answer = job.result()
                    if variables >= _LARGE:
                        give_back()  # what two of them had piles up to 60 MB
                    better = answer.chosen is not None and take_over(state, free, answer.chosen)
                    solved = answer.verdict is Verdict.OPTIMAL
                    work = answer.work / _WORK
                    kind.learn(better=better, solved=solved, work=work, variables=variables)
                    failures = 0 if better else failures + 1
                    if solved and len(free) == self.index.model.decisions:
                        exhausted, failures = True, patience
                    if better:
                        found(state)

    def _draw(self, state: State, current: int, taken: list[Numbers]) -> tuple[Kind, Numbers]:
        """A neighbourhood, apart from those that are being worked on if luck has it."""
        kind, free = self.neighbourhoods.draw(state, current)
        for _ in range(_DRAWS):
            if not any(len(np.intersect1d(free, own)) > _OVERLAP * len(free) for own in taken):
                break
            kind, free = self.neighbourhoods.draw(state, current)
        return kind, free

    def _solve(self, own: Part, current: int, seconds: float, seed: int) -> Answer:
        uppers = self.index.packed.uppers
        compiled = Compiled.part(self.index.model.uppers, own)
        effort = Effort(min(_LONGEST, max(0.1, seconds)), 1, seed, _WORK)
        if own.broken:
            step = own.steps[current]
            objective = [] if step.worst else [(1, step)]
            mending = 1 + (0 if step.worst else extent(step, uppers))
            return compiled.solve(objective, effort, self.stop, mending=mending)
        for step, score in zip(own.steps[:current], own.scores, strict=False):
            if step.terms or step.worst:
                compiled.keep(step, score)
        return compiled.solve(combined(own.steps, current, uppers), effort, self.stop)
