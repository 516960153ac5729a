"""The ways to bound a step, with those before it held at a roster's values.

Search, proofs and prices ask here. Cheap ways come first: what the variables can be, what must be
shared out of all that is counted (`sharing`), a linear
program of what the step speaks of, whole duties in it (`envelope`), doctor by doctor with what
ties them weighed in (`decomposition`, `columns`, `closing`), and CP-SAT on all that is in focus.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scheduler.solving.closing import Closing
from scheduler.solving.columns import Generation
from scheduler.solving.combining import combine
from scheduler.solving.counted import counted_bound
from scheduler.solving.course_proofs import CourseProofs
from scheduler.solving.cpsat import Answer, Compiled, Effort
from scheduler.solving.decomposition import Decomposition, Relaxed
from scheduler.solving.envelope import Envelope, lattice_bound
from scheduler.solving.evaluate import step_values
from scheduler.solving.focus import ceiling, focus, glance, reaches_beyond, terms_of
from scheduler.solving.generating import Generator
from scheduler.solving.model import Model, Step
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index, State

FEW = 100  # decisions: up to here CP-SAT is done before anything is taken apart
_MULTIPLIERS = (
    0.6  # of the time by doctor, at most, for multipliers; the rest for what they leave open
)
_START = 0.3  # of it, at most, for the first multipliers
_COMBINE = 0.1  # of what is left, at most, for combining the rosters that were met


class Method(StrEnum):
    """How a bound was found."""

    RANGES = "ranges"  # from what each variable can be
    TALLIES = "tallies"  # the cheapest way to share what is counted and must be handed out
    COUNTED = "counted"  # duties that are alike counted together, all prices of them in one
    LINEAR = "linear"  # a linear program
    WHOLE_DUTIES = "whole_duties"  # a linear program with nobody's points between whole duties
    BY_DOCTOR = "by_doctor"  # each doctor's best with what ties them weighed in
    COURSES = "courses"  # all lawful courses of each doctor, case by case, in whole numbers
    COMBINATION = "combination"  # all rosters of each doctor that are left, combined by SCIP
    EXHAUSTION = "exhaustion"  # CP-SAT has looked at, or ruled out, all that was left


@dataclass(frozen=True, slots=True)
class Found:
    """A bound, and perhaps a roster that was met.

    Attributes:
        bound: no roster that is as good on the earlier steps is below it; None if not known.
        chosen: decisions of rosters that were met, the last the best; to be evaluated anew.
    """

    bound: int | None
    method: Method
    chosen: tuple[frozenset[int], ...] = ()


class Bounder:
    """Bounds on the steps of one model.

    Args:
        model: the plain model.
        values: a complete evaluation of a lawful roster; the bounds speak of rosters that are
            as good as it on the steps before.
        workers: solver threads.
        seed: of the solver.
        stop: set from outside to end early.
    """

    def __init__(
        self,
        model: Model,
        values: Sequence[int],
        *,
        workers: int,
        seed: int,
        stop: threading.Event | None = None,
    ) -> None:
        """Score the roster."""
        self.model, self.values = model, values
        self.scores = step_values(model, values)
        self.workers, self.seed = workers, seed
        self.stop = stop or threading.Event()
        self._envelopes: dict[int, Envelope] = {}

    @cached_property
    def index(self) -> Index:
        """The model with, for each variable, where it appears."""
        return Index(self.model)

    def tallies(self, number: int, over: Callable[[], bool]) -> int | None:
        """What sharing out the step's counts costs at least; None where it counts nothing."""
        return tally_bound(self.index, number, self.scores, over)

    def counted(self, number: int, over: Callable[[], bool]) -> int | None:
        """What the step's longest sums cost together, over counts; None where it has none."""
        return counted_bound(self.index, number, self.scores, over)

    def linear(self, number: int, seconds: float, most: int | None = None) -> int | None:
        """What a linear program of what the step speaks of proves; None if not found in time.

        Args:
            number: of the step.
            seconds: wall time at most.
            most: where the program would have more terms than this, it is not tried.
        """
        end = time.monotonic() + seconds
        if number not in self._envelopes:
            seen = glance(self.model, number, self.scores)
            if self._late(end) or (most is not None and terms_of(seen.model) > most):
                return None
            self._envelopes[number] = Envelope(seen)
        return None if self._late(end) else self._envelopes[number].bound(end - time.monotonic())

    def _late(self, end: float) -> bool:
        """Whether it is over: to lay a program out takes a while, and more to solve it."""
        return self.stop.is_set() or time.monotonic() >= end

    def whole_duties(self, number: int, low: int, seconds: float) -> int:
        """The linear bound of a step of doctors, with nobody's points between whole duties.

        Args:
            number: of a step that `linear` was asked for.
            low: a bound that is known.
            seconds: wall time at most.
        """
        envelope, high = self._envelopes.get(number), self.scores[number]
        if envelope is None:  # there was no time to lay it out
            return low
        top = ceiling(self.model, number, self.scores)
        return lattice_bound(envelope, low, high, seconds, top, self.stop)

    def by_doctor(
        self,
        number: int,
        low: int,
        seconds: float,
        raised: Callable[[int], None] = lambda _: None,
    ) -> Found:
        """Each doctor's best with what ties them weighed in, then what is left near that bound.

        Args:
            number: of the step.
            low: a bound that is known.
            seconds: wall time at most.
            raised: called with each better bound that needs no more than single doctors.
        """
        end = time.monotonic() + seconds
        goal = self.scores[number]
        seen = focus(self.model, number, self.scores)
        parts = Decomposition(seen, self.values, self.workers, self.seed)

        def found(relaxed: Relaxed) -> None:
            raised(min(goal, relaxed.bound))

        first = parts.first(_START * seconds)
        until = time.monotonic() + _MULTIPLIERS * (end - time.monotonic())
        generation = Generation(parts, until, self.stop, goal=goal, found=found)
        if first is not None:
            generation.ask(first)
        exact = generation.run()
        best = generation.best
        if best is None:
            return Found(None, Method.BY_DOCTOR)
        bound = max(low, best.bound)
        if bound >= goal or not exact or self.stop.is_set():
            return Found(min(goal, bound), Method.BY_DOCTOR)
        known = [sorted(own, key=sorted) for own in generation.known]
        met = combine(parts, known, _COMBINE * (end - time.monotonic()))
        chosen = [] if met.chosen is None else [met.chosen]
        effort = Effort(end - time.monotonic(), self.workers, self.seed)
        closed = Closing(parts, best, effort, self.stop).run(goal, bound)
        method = Method.COMBINATION if closed.bound > bound else Method.BY_DOCTOR
        if closed.chosen is not None:
            chosen.append(closed.chosen)
        return Found(min(goal, closed.bound), method, tuple(chosen))

    def courses(
        self, seconds: float, raised: Callable[[int], None] = lambda _: None
    ) -> Found | None:
        """The first step by whole courses; None where the model is not made of them.

        Args:
            seconds: wall time at most.
            raised: called with each better bound.
        """
        end = time.monotonic() + seconds

        def left() -> float:
            return 0.0 if self.stop.is_set() else end - time.monotonic()

        index = self.index
        generator = Generator.of(index.packed, lambda: left() <= 0)
        if generator is None:
            return None
        try:
            proofs = CourseProofs(generator)
        except ValueError:  # numbers in which nothing would be exact
            return None
        state = State(index, [v for v in range(2, self.model.decisions + 2) if self.values[v]])
        with ThreadPoolExecutor(self.workers) as pool:
            chosen = proofs.run(
                generator.present(state), self.scores[0], left, raised=raised, pool=pool
            )
        met = () if chosen is None else (frozenset(chosen),)
        bound = None if proofs.bound is None else min(self.scores[0], proofs.bound)
        return Found(bound, Method.COURSES, met)

    def exhaust(self, number: int, low: int, seconds: float) -> Answer:
        """What CP-SAT proves and meets on everything in focus; reaching the bound ends it."""
        seen = focus(self.model, number, self.scores)
        compiled = Compiled.whole(Index(seen.model), self.values)
        for step, score in seen.held:
            compiled.keep(step, score)
        effort = Effort(seconds=max(0.1, seconds), workers=self.workers, seed=self.seed)
        return compiled.solve([(1, seen.step)], effort, self.stop, floor=low)


def linear_bound(
    model: Model,
    values: Sequence[int],
    number: int,
    seconds: float,
    *,
    largest: int | None = None,
    most: int | None = None,
    stop: threading.Event | None = None,
) -> int | None:
    """The smallest value of a step that the linear ways admit; None if not found in time.

    Args:
        model: the plain model.
        values: a complete evaluation of a roster; what the bound speaks of is as good as it on
            the steps before.
        number: of the step to bound.
        seconds: wall time at most.
        largest: where the step speaks of more variables than this, it is not tried.
        most: where its definitions and constraints have more terms than this, neither.
        stop: set from outside to end after the program that is being solved.
    """
    if largest is not None and reaches_beyond(model, number, largest):
        return None
    end = time.monotonic() + seconds
    bounder = Bounder(model, values, workers=1, seed=1, stop=stop)
    bound = bounder.linear(number, seconds, most)
    if bound is None or not model.steps[number].worst:
        return bound
    return bounder.whole_duties(number, bound, end - time.monotonic())


def trivial_bound(step: Step, model: Model) -> int:
    """What the ranges of the variables alone say of the step's smallest value."""
    if step.worst:
        lowest = [
            constant + sum(min(0, c * model.uppers[v]) for c, v in terms)
            for terms, constant in step.entries
        ]
        return sum(sorted(lowest, reverse=True)[: step.worst])
    return step.constant + sum(min(0, c * model.uppers[v]) for c, v in step.terms)
