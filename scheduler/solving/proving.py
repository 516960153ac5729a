"""How good a roster is proven to be: a bound for each step, found again from the model alone.

Nothing of an earlier search is used. For each step those before it are held at the roster's
values. Steps that compare doctors come first. The ways of `bounding` are tried, cheap ones
first.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.solving.bounding import FEW, Bounder, Method, trivial_bound
from scheduler.solving.model import Model
from scheduler.solving.state import Index, State

LARGEST = 60_000  # decisions: above it only linear programs are asked
_QUICK = 0.3  # of the time, at most, for linear programs
_SHARED = 0.1  # of it, at most, for what a sum shares out, and for what it counts together
_SUM = 0.04  # of the time, at most, for the linear program of a step that is a sum
_COURSES = 0.8  # of the first step's time, at most, where it is proven by whole courses
_DOCTORS = 0.6  # of a sum's time, at most, for bounds by doctor
_FIRST = 8.0  # how much more time the worst-off doctor gets than a step that is a sum


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven of one step, in the model's integers.

    Attributes:
        value: the roster's.
        bound: no roster that is as good on the steps before is below it.
        better: a value below the roster's that was met on the way, or None.
    """

    value: int
    bound: int
    method: Method
    better: int | None = None

    @property
    def proven(self) -> bool:
        """Whether no roster is better."""
        return self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is proven of a roster.

    Attributes:
        steps: one proof for each step of the objective.
        better: decisions of a lawful roster with better step values, if one was met.
        stopped: it was told to stop before its time.
    """

    steps: tuple[Proof, ...]
    better: tuple[int, ...] | None = None
    stopped: bool = False


class Prover:
    """One run on one model and one roster.

    Args:
        model: what the rules posted.
        chosen: the roster's decisions; they must be lawful.
        seconds: wall time at most.
        workers: solver threads.
        seed: of the solver.
        stop: set from outside to end early and keep what is proven.
        tell: called with the number of the step that is worked on, and the proofs so far.

    Raises:
        ValueError: the decisions break a constraint.
    """

    def __init__(
        self,
        model: Model,
        chosen: Sequence[int],
        *,
        seconds: float,
        workers: int,
        seed: int,
        stop: threading.Event,
        tell: Callable[[int, Sequence[Proof]], None] = lambda _, __: None,
    ) -> None:
        """Score the roster."""
        self._end = time.monotonic() + seconds
        self.model = model
        state = State(Index(model), chosen)
        if state.violation:
            raise ValueError("chosen must keep every constraint of the model")
        self.bounder = Bounder(model, state.values, workers=workers, seed=seed, stop=stop)
        self.scores = self.bounder.scores
        self.stop, self.tell = stop, tell
        self.better: tuple[int, ...] | None = None
        self._best = self.scores
        self.proofs = [
            Proof(score, min(score, trivial_bound(step, model)), Method.RANGES)
            for step, score in zip(model.steps, self.scores, strict=True)
        ]

    def run(self) -> Proofs:
        """Prove until everything is proven, time is out, or someone says stop."""
        order = sorted(range(len(self.proofs)), key=lambda n: not self.model.steps[n].worst)
        quick = time.monotonic() + _QUICK * self._left()
        compared = [n for n in order if self.model.steps[n].worst]
        for number in compared:
            self._tallies(number)
        laid = [n for n in compared if self._linear(n, quick)]
        pause = _SUM * self._left()
        for number in order[len(compared) :]:
            self._tallies(number)
            self._counted(number)
            self._linear(number, min(quick, time.monotonic() + pause))
        for number in laid:
            self._whole_duties(number, quick)
        if 0 in order[len(compared) :] and self._open(0):
            self._courses(time.monotonic() + _COURSES * self._budget(0, order))
        if self.model.decisions <= LARGEST:
            for number in order[len(compared) :]:
                if self._open(number) and self.model.decisions > FEW:
                    part = _DOCTORS * self._budget(number, order)
                    self._by_doctor(number, time.monotonic() + part)
            for number in order:
                if self._open(number):
                    self._exhaust(number, time.monotonic() + self._budget(number, order))
        return Proofs(tuple(self.proofs), self.better, self.stop.is_set())

    def _open(self, number: int) -> bool:
        """Whether there is something to prove, and time."""
        return not self.proofs[number].proven and not self.stop.is_set() and self._left() > 0

    def _budget(self, number: int, order: Sequence[int]) -> float:
        """A step's part of the time that is left: steps of doctors get most of it."""
        weights = {
            n: _FIRST / own.worst if (own := self.model.steps[n]).worst else 1.0
            for n in order[order.index(number) :]
            if not self.proofs[n].proven
        }
        return self._left() * weights[number] / sum(weights.values())

    def _tallies(self, number: int) -> None:
        """A bound from what must be shared out: it takes seconds, or its part of the time."""
        if self._open(number):
            self.tell(number, self.proofs)
            found = self.bounder.tallies(number, self._after(_SHARED))
            if found is not None:
                self._raise(number, found, Method.TALLIES)

    def _counted(self, number: int) -> None:
        """A bound from all that is counted together: it takes seconds, or its part of the time."""
        if self._open(number):
            self.tell(number, self.proofs)
            found = self.bounder.counted(number, self._after(_SHARED))
            if found is not None:
                self._raise(number, found, Method.COUNTED)

    def _after(self, share: float) -> Callable[[], bool]:
        """What says whether a part of the time that is left now is over, or someone said stop."""
        end = time.monotonic() + share * self._left()
        return lambda: self.stop.is_set() or time.monotonic() >= end

    def _linear(self, number: int, end: float) -> bool:
        """A bound by a linear program; False if there was no time for it."""
        if not self._open(number) or end <= time.monotonic():
            return False
        self.tell(number, self.proofs)
        found = self.bounder.linear(number, end - time.monotonic())
        if found is not None:
            self._raise(number, found, Method.LINEAR)
        return True

    def _whole_duties(self, number: int, end: float) -> None:
        """A bound by the same program with nobody's points between whole duties."""
        if not self._open(number):
            return
        self.tell(number, self.proofs)
        known = self.proofs[number].bound
        found = self.bounder.whole_duties(number, known, end - time.monotonic())
        self._raise(number, found, Method.WHOLE_DUTIES)

    def _courses(self, end: float) -> None:
        """A bound of the first step by whole courses, and the roster that was met."""
        if self.model.decisions <= FEW:
            return
        self.tell(0, self.proofs)

        def raised(bound: int) -> None:
            self._raise(0, bound, Method.COURSES)
            self.tell(0, self.proofs)

        found = self.bounder.courses(min(end, self._end) - time.monotonic(), raised)
        if found is None:
            return
        for chosen in found.chosen:
            self._met(0, chosen)

    def _by_doctor(self, number: int, end: float) -> None:
        """A bound doctor by doctor, and what rosters were met while it was closed."""
        self.tell(number, self.proofs)

        def raised(bound: int) -> None:
            self._raise(number, bound, Method.BY_DOCTOR)
            self.tell(number, self.proofs)

        left = min(end, self._end) - time.monotonic()
        found = self.bounder.by_doctor(number, self.proofs[number].bound, left, raised)
        if found.bound is not None:
            self._raise(number, found.bound, found.method)
        for chosen in found.chosen:
            self._met(number, chosen)

    def _exhaust(self, number: int, end: float) -> None:
        """A bound by CP-SAT on everything that is in focus; reaching a known bound ends it."""
        self.tell(number, self.proofs)
        left = min(end, self._end) - time.monotonic()
        answer = self.bounder.exhaust(number, self.proofs[number].bound, left)
        if answer.bound is not None:
            self._raise(number, answer.bound, Method.EXHAUSTION)
        if answer.chosen is not None:
            self._met(number, answer.chosen)

    def _met(self, number: int, chosen: frozenset[int]) -> None:
        """Keep a roster that is better, and what the step is worth in it."""
        state = State(Index(self.model), chosen)
        scores = state.score()
        if state.violation or scores[: number + 1] >= self.scores[: number + 1]:
            return
        proof = self.proofs[number]
        if scores[:number] <= self.scores[:number] and scores[number] < proof.value:
            self.proofs[number] = Proof(proof.value, proof.bound, proof.method, scores[number])
        if scores < self._best:
            self._best = scores
            self.better = tuple(sorted(chosen))

    def _raise(self, number: int, bound: int, method: Method) -> None:
        proof = self.proofs[number]
        if bound > proof.bound:
            # A bound over the value would be an error of ours; the value is what a roster has.
            self.proofs[number] = Proof(proof.value, min(bound, proof.value), method, proof.better)

    def _left(self) -> float:
        return self._end - time.monotonic()
