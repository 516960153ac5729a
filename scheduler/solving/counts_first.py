"""A sum in two goes: what is counted comes down to its bound, then what is weighed is evened out.

What annealing leaves of a small model's sum is one or two of several kinds of count too many, and
parts take long to find a way to less of each. CP-SAT finds a roster with all kinds as low as they
must be (`pots`) in a second or some, if it is asked for just that and nothing is said of burden
points. These are then far off, and two doctors at a time make them even again while the counts are
held (`balance`). Where that ends a little above the bound, another such roster is tried.
"""

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace

from scheduler.solving.balance import Balance, weighs
from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.model import Definition, Model
from scheduler.solving.pots import Pot, pots_of
from scheduler.solving.state import Index, State

_WORK = 2.0  # in CP-SAT's own measure, for the counts of one roster at first
_LONGER, _LONGEST = 2.0, 8.0  # what it is multiplied with where nothing is found, and up to what
_MISSES = 3  # times in a row, for each worker, that nothing is found, and it is given up
_SHAKEN = 0.3  # of the duties of the roster from which each begins
_READING = 0.2  # of the time, at most, to find out what each kind may come to
_GLANCE = 0.1  # seconds between two looks at whether to stop
_IN_VAIN = 12  # rosters in a row that are no better, for each worker, and it is given up


class CountsFirst:
    """Makes a sum less by its counts first.

    Args:
        index: of the model.
        number: of a step that is a sum.
        seed: of the solvers.
        workers: rosters side by side.
        stop: set from outside to end early.
    """

    def __init__(
        self, index: Index, number: int, seed: int, workers: int, stop: threading.Event
    ) -> None:
        """Read nothing before it is asked for."""
        self._index, self._number = index, number
        self._workers, self._stop = workers, stop
        self._chance = random.Random(seed)

    def run(
        self,
        state: State,
        *,
        enough: Callable[[], int],
        until: Callable[[], float],
        found: Callable[[State], None],
    ) -> None:
        """Make rosters so until the step is low enough, it is given up, or time is out.

        Nothing is done where nothing is weighed: the whole is one go then, and others do that.

        Args:
            state: a lawful roster; changed in place, never for the worse.
            enough: the step's bound.
            until: seconds left.
            found: called after each improvement.
        """
        met = threading.Event()
        misses = vain = 0

        def left() -> float:
            return 0.0 if met.is_set() or self._stop.is_set() else until()

        model, scores, begun = self._index.model, state.score(), state.decided.tolist()
        if not any(weighs(model, *term) for term in model.steps[self._number].terms):
            return
        few = until() * (1.0 - _READING)
        pots = pots_of(
            self._index, self._number, enough(), scores, state.values, lambda: left() <= few
        )
        counts = Counts(self._index, self._number, pots, scores)

        def one(seed: int, work: float) -> State | None:
            hint = State(self._index, self._shaken(begun, seed)).values
            chosen = counts.roster(hint, enough(), Effort(left(), 1, seed, work), met)
            return None if chosen is None else self._evened(chosen, pots, seed, enough, left)

        with ThreadPoolExecutor(max_workers=self._workers) as pool:
            running: set[Future[State | None]] = set()
            while True:
                if (
                    state.score()[self._number] <= enough()
                    or max(misses / _MISSES, vain / _IN_VAIN) >= self._workers
                ):
                    met.set()
                over = left() <= 0
                while not over and len(running) < self._workers:
                    work = min(_LONGEST, _WORK * _LONGER ** (misses // self._workers))
                    running.add(pool.submit(one, self._chance.randrange(1 << 30), work))
                if not running:
                    return
                done, running = wait(running, _GLANCE, return_when=FIRST_COMPLETED)
                if self._stop.is_set():
                    met.set()
                for own in (job.result() for job in done):
                    misses = misses + 1 if own is None else 0
                    vain += own is not None
                    if own is not None and own.score() < state.score():
                        vain = 0
                        state.become(own.decided)
                        found(state)

    def _shaken(self, begun: Sequence[int], seed: int) -> set[int]:
        """A roster, lawful or not, with some duties given to anybody: each hint leads elsewhere."""
        chance, grid = random.Random(seed), self._index.grid
        found = set(begun)
        for var in begun:
            unit = int(grid.unit_of[var])
            if unit >= 0 and chance.random() < _SHAKEN:
                own = grid.unit_decisions[grid.unit_at[unit] : grid.unit_at[unit + 1]]
                found.remove(var)
                found.add(int(chance.choice(own.tolist())))
        return found

    def _evened(
        self,
        chosen: frozenset[int],
        pots: Sequence[Pot],
        seed: int,
        enough: Callable[[], int],
        left: Callable[[], float],
    ) -> State | None:
        """The roster with what is weighed made even; None where something is broken."""
        own = State(self._index, chosen)
        if own.violation:
            return None
        held = [pot.terms for pot in pots]
        balance = Balance(self._index, self._number, seed, self._stop, held)
        balance.run(own, enough=enough, until=left, found=lambda _: None)
        return own


class Counts:
    """Rosters in which all that is counted is as low as a bound has it; of points nothing is said.

    Args:
        index: of the model.
        number: of the step.
        pots: what is counted in it, kind by kind.
        scores: of a roster; earlier steps are no worse.
    """

    def __init__(
        self,
        index: Index,
        number: int,
        pots: Sequence[Pot],
        scores: Sequence[int],
    ) -> None:
        """Lay out what the counts follow from."""
        self._model, self._number, self._pots = index.model, number, pots
        self._scores = scores
        self._definitions = _followed(index.model, number, pots)

    def roster(
        self, hint: Sequence[int], bound: int, effort: Effort, over: threading.Event
    ) -> frozenset[int] | None:
        """The decisions of one, or None; where there is none the event is set.

        Args:
            hint: values of all variables, with which to begin.
            bound: of the step.
            effort: how hard to try.
            over: ends it early.
        """
        model, step = self._model, self._model.steps[self._number]
        compiled = Compiled(
            model.uppers,
            hint,
            definitions=self._definitions,
            constraints=model.constraints,
            decisions=range(2, model.decisions + 2),
        )
        for earlier, score in zip(model.steps[: self._number], self._scores, strict=False):
            compiled.keep(earlier, score)
        for pot in self._pots:
            compiled.keep(replace(step, terms=pot.terms, constant=0), pot.most)
        counted = tuple(own for pot in self._pots for own in pot.terms)
        compiled.keep(replace(step, terms=counted), bound)
        answer = compiled.solve([], effort, over)
        if answer.verdict is Verdict.INFEASIBLE:
            over.set()
        return answer.chosen


def _followed(model: Model, number: int, pots: Sequence[Pot]) -> list[Definition]:
    """The definitions of which constraints, earlier steps or pots speak."""
    wanted = {var for c in model.constraints for _, var in c.terms}
    wanted |= {c.only_if for c in model.constraints}
    wanted |= {var for pot in pots for _, var in pot.terms}
    for step in model.steps[:number]:
        wanted |= {var for _, var in step.terms}
        wanted |= {var for terms, _ in step.entries for _, var in terms}
    found = []
    for own in reversed(model.definitions):
        if own.var in wanted:
            wanted |= {var for _, var in own.terms}
            found.append(own)
    return found[::-1]
