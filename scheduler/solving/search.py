"""From a plain model to a roster: construct, improve, prove, one step after the other.

Each step of the objective is minimised while the steps before it keep what they reached.
Small models are given whole to CP-SAT, which proves as it goes; for larger ones a quick
construction is improved in parts first, and the whole model only asked for a bound.
"""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from scheduler.solving.construct import construct, fill
from scheduler.solving.cool import Crew, warm_up
from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.focus import focus
from scheduler.solving.improve import Improver
from scheduler.solving.model import Model, Step
from scheduler.solving.packed import Packed
from scheduler.solving.relaxation import linear_bound
from scheduler.solving.result import Ending, Progress, Result, StepResult
from scheduler.solving.state import Index, State

SMALL = 2_500  # decisions: up to here the whole model is solved at once
WHOLE = 8_000  # decisions: up to here the whole model is asked for a bound
RELAXED = 60_000  # variables: larger relaxations take a gigabyte and are not solved in time
PATIENCE = 40  # neighbourhoods without success before the next step
_ANNEALING = 0.5  # of a step's time
_SHARE = {1: 4.0, 2: 2.0, 3: 4.0, 4: 3.0, 5: 2.0}  # of the time, by level


class Search:
    """One run on one model.

    Args:
        model: what the rules posted.
        seconds: wall time at most.
        workers: solver threads.
        seed: of every random choice.
        stop: set from outside to end early and keep the best.
        tell: called with progress, seldom enough for a person.
        keep: called with the decisions after each improvement.
        start: decisions of a former roster to begin with, if it is lawful.
        small: number of decisions up to which the whole model is solved at once.
        packed: the model as arrays, where they are at hand.
    """

    def __init__(
        self,
        model: Model,
        *,
        seconds: float,
        workers: int,
        seed: int,
        stop: threading.Event,
        tell: Callable[[Progress], None] = lambda _: None,
        keep: Callable[[list[int]], None] = lambda _: None,
        start: tuple[int, ...] = (),
        small: int = SMALL,
        packed: Packed | None = None,
    ) -> None:
        """Index the model and note the time."""
        warm_up()
        self._begun = time.monotonic()
        self.model = model
        self.index = Index(model, packed)
        self.crew = Crew(self.index, seed, workers, stop)
        self.seconds = seconds
        self.workers = workers
        self.seed = seed
        self.stop = stop
        self.tell = tell
        self.keep = keep
        self.start = start
        self.small = small
        self.bounds = [_trivial_bound(step, model) for step in model.steps]
        self._step = 0
        self._doing = "construct"

    def run(self) -> Result:
        """Search until everything is proven, time is out, or someone says stop."""
        self._say(None)
        state = self._first()
        if isinstance(state, Ending):
            return Result(state, None, (), self.stop.is_set())
        self._found(state)
        improver = Improver(self.index, self.seed, self.workers, self.stop)
        small = self.model.decisions <= self.small
        for number, step in enumerate(self.model.steps):
            self._step = number
            if self.stop.is_set() or self._left() <= 0:
                break
            budget = self._budget(number)
            if state.score()[number] <= self.bounds[number]:
                continue
            if small:
                self._anneal(state, number, budget * 0.1)
                self._whole(state, number, budget)
                continue
            end = time.monotonic() + budget * (0.75 if self.model.decisions <= WHOLE else 1.0)
            self._cool_and_bound(state, number, budget)
            if state.score()[number] <= self.bounds[number]:
                continue
            self._doing = "improve"
            self._say(state)
            improver.run(
                state,
                number,
                good_enough=self.bounds[number],
                until=partial(self._until, end),
                patience=PATIENCE,
                found=self._found,
            )
            if (
                self.model.decisions <= WHOLE
                and state.score()[number] > self.bounds[number]
                and step.level <= 4
            ):
                self._whole(state, number, budget * 0.25)
        scores = state.score()
        return Result(
            Ending.SOLVED,
            tuple(state.chosen),
            tuple(
                StepResult(value, min(bound, value), value <= bound)
                for value, bound in zip(scores, self.bounds, strict=True)
            ),
            self.stop.is_set(),
        )

    def _first(self) -> State | Ending:
        """A first lawful roster: a former one, a constructed one, or one that CP-SAT finds."""
        state = State(self.index, self.start) if self.start else None
        if state is None or state.violation:
            state = construct(self.index, self.seed)
        else:
            fill(state, random.Random(self.seed))
        if not state.violation:
            return state
        if self.model.steps:
            half = partial(self._until, time.monotonic() + self._left() / 2)
            if self.crew.anneal(state, 0, until=half, enough=lambda: self.bounds[0]):
                return state
        compiled = Compiled.whole(self.index, state.values)
        answer = compiled.solve([], self._effort(self._left()), self.stop)
        if answer.verdict is Verdict.INFEASIBLE:
            return Ending.IMPOSSIBLE
        if answer.chosen is None:
            return Ending.OUT_OF_TIME
        return State(self.index, answer.chosen)

    def _cool_and_bound(self, state: State, number: int, budget: float) -> None:
        """Anneal a step and bound it: side by side where there is more than one worker.

        The bound only needs what the roster reached on the first step, which is a copy here.
        """
        values = state.values
        relax = partial(self._relax, values, number, budget * 0.25)
        if self.workers == 1:
            relax()
            self._anneal(state, number, budget * _ANNEALING)
            return
        with ThreadPoolExecutor(max_workers=1) as pool:
            bounded = pool.submit(relax)
            self._anneal(state, number, budget * _ANNEALING)
            bounded.result()

    def _anneal(self, state: State, number: int, budget: float) -> None:
        """Let the step cool down; of a step at its bound the ties only are broken elsewhere."""
        if state.score()[number] <= self.bounds[number]:
            return
        self._doing = "improve"
        self._say(state)
        until = partial(self._until, time.monotonic() + budget)
        if self.crew.anneal(state, number, until=until, enough=lambda: self.bounds[number]):
            self._found(state)

    def _relax(self, values: list[int], number: int, budget: float) -> None:
        """Bound the step by what it and the first step speak of, all else left out."""
        seconds = min(budget, self._left())
        bound = linear_bound(self.model, values, number, seconds, largest=RELAXED, stop=self.stop)
        if bound is not None:
            self.bounds[number] = max(self.bounds[number], bound)

    def _whole(self, state: State, number: int, budget: float) -> None:
        """Give the whole model to CP-SAT, with the roster as hint; take value and bound."""
        self._doing = "prove"
        self._say(state)
        scores = state.score()
        step, floor = self.model.steps[number], None
        if step.worst:
            # Doctors are compared faster without what later steps alone speak of, and with the
            # bound that is known posted: whoever reaches it is done.
            seen, floor = focus(self.model, number, scores), self.bounds[number]
            compiled, held = Compiled.whole(Index(seen.model), state.values), seen.held
        else:
            compiled = Compiled.whole(self.index, state.values)
            held = tuple(zip(self.model.steps[:number], scores, strict=False))
        for earlier, score in held:
            compiled.keep(earlier, score)
        effort = self._effort(min(budget, self._left()))
        answer = compiled.solve([(1, step)], effort, self.stop, floor=floor)
        if answer.bound is not None:
            # Holds for rosters that are as good on the earlier steps, and stays true when
            # those get better.
            self.bounds[number] = max(self.bounds[number], answer.bound)
        if answer.chosen is None:
            return
        found = State(self.index, answer.chosen)
        if not found.violation and found.score() < scores:
            for var in range(2, self.model.decisions + 2):
                if state.values[var] != found.values[var]:
                    state.flip(var)
            self._found(state)

    def _budget(self, number: int) -> float:
        """This step's part of the time that is left."""
        shares = [_SHARE[step.level] / (2 if step.worst else 1) for step in self.model.steps]
        return self._left() * shares[number] / sum(shares[number:])

    def _effort(self, seconds: float) -> Effort:
        return Effort(seconds=seconds, workers=self.workers, seed=self.seed)

    def _left(self) -> float:
        return self.seconds - (time.monotonic() - self._begun)

    def _until(self, end: float) -> float:
        return min(end - time.monotonic(), self._left())

    def _found(self, state: State) -> None:
        self.keep(state.chosen)
        self._say(state)

    def _say(self, state: State | None) -> None:
        self.tell(
            Progress(
                time.monotonic() - self._begun,
                self._step,
                state.score() if state else None,
                tuple(self.bounds),
                self._doing,
            )
        )


def _trivial_bound(step: Step, model: Model) -> int:
    """What the ranges of the variables alone say of the step's smallest value."""
    if step.worst:
        lowest = [
            constant + sum(min(0, c * model.uppers[v]) for c, v in terms)
            for terms, constant in step.entries
        ]
        return sum(sorted(lowest, reverse=True)[: step.worst])
    return step.constant + sum(min(0, c * model.uppers[v]) for c, v in step.terms)
