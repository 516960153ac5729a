"""The exact search asked for a lawful change: near what is open first, judged by the checkers."""

import threading
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from scheduler.changes.move import Move
from scheduler.repairing.ground import Ground
from scheduler.repairing.judging import Judge
from scheduler.repairing.options import Proof
from scheduler.repairing.situation import Situation
from scheduler.solving.cpsat import Effort
from scheduler.solving.smallest_change import Aim, Found, Literals, Wanted

MOST_REFUSALS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look.

    Attributes:
        seconds: wall time of the exact search at most.
        people: so many others are touched at most, if that suffices.
        options: so many are offered for each number of people.
        near: days around what is open that are looked at first.
        workers, seed: of the solver.
    """

    seconds: float = 20.0
    people: int = 3
    options: int = 3
    near: int = 14
    workers: int = 1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search found, and how surely.

    Attributes:
        found: in the model's words.
        proof: whether it is proven.
        move: what changes hands; None where nothing was found.
    """

    found: Found
    proof: Proof
    move: Move | None = None


class Asking:
    """Questions to the exact search about one situation."""

    def __init__(
        self, situation: Situation, judge: Judge, limits: Limits, stop: threading.Event
    ) -> None:
        """The time begins to run; models are built when they are asked.

        Args:
            situation: what is left of the roster.
            judge: the checkers.
            limits: how far to look.
            stop: set it to end early.
        """
        self._situation = situation
        self._judge = judge
        self._limits = limits
        self._stop = stop
        self._until = time.monotonic() + limits.seconds

    def search(self, wanted: Wanted, *, wide: bool = True) -> Answer:
        """Ask near what is open or broken first, and then everywhere if that may tell more.

        Args:
            wanted: what is asked for.
            wide: look everywhere where nothing was found near by.
        """
        near = self.near(wanted)
        small = self._reach == self._situation.open_units
        if near.move is not None:
            # Proven near by is not proven everywhere, unless there is nothing else.
            found = near.found
            least = found.fewest and (small or found.changes <= self._least(wanted))
            near = replace(near, found=replace(found, fewest=least, best=found.best and small))
            if least or wanted.paid or wanted.without or self.left() <= 0:
                return near
            further = self._asked(self._far, wanted)
            return near if further.move is None else replace(further, proof=near.proof)
        if small or not wide:
            return near
        if self.left() <= 0:
            return Answer(Found(), Proof.OPEN)
        return self._asked(self._far, wanted)

    def near(self, wanted: Wanted) -> Answer:
        """Ask near what is open or broken alone."""
        return self._asked(self._near, wanted)

    def left(self) -> float:
        """Seconds of wall time."""
        return self._until - time.monotonic()

    def _asked(self, ground: Ground, wanted: Wanted) -> Answer:
        """Ask until the checkers agree."""
        refused: list[Literals] = []
        while len(refused) <= MOST_REFUSALS:
            left = self.left()
            if left <= 0 or self._stop.is_set():
                break
            # Half of what is left, so that the questions that come after have time too.
            seconds = left if wanted.aim is Aim.MOST else left / 2
            effort = Effort(seconds, self._limits.workers, self._limits.seed)
            asked = replace(wanted, refused=tuple(refused))
            found = ground.exchange.search(asked, effort, self._stop)
            if found.chosen is None:
                return Answer(found, Proof.SOLVER if found.proven_none else Proof.OPEN)
            move = ground.move(found.chosen)
            if self._judge.stop(move) is None:
                return Answer(found, Proof.SOLVER, move)
            refused.append(ground.exchange.literals(found.chosen))
        return Answer(Found(), Proof.OPEN)

    def _least(self, wanted: Wanted) -> int:
        """So many units change hands at the least, wherever one looks."""
        gaps = self._situation.gaps
        slots = sum(gaps.values())
        more = 0 if wanted.people is None else max(0, wanted.people - slots)
        return len(gaps) + (more + 1) // 2

    @cached_property
    def _reach(self) -> frozenset[str]:
        """The open units within some days of what is open or broken."""
        situation, problem = self._situation, self._situation.problem
        days = timedelta(days=self._limits.near)
        moments = [problem.units[unit][0].start for unit in situation.fillable]
        moments += [
            problem.duty_by_id[duty].start
            for case in self._judge.caused
            for duty in case.duties
            if duty in problem.duty_by_id
        ]
        if not moments:
            return situation.open_units
        first, last = min(moments) - days, max(moments) + days
        return frozenset(
            unit for unit in situation.open_units if first <= problem.units[unit][0].start <= last
        )

    @cached_property
    def _near(self) -> Ground:
        return Ground(self._situation, self._judge, self._reach)

    @cached_property
    def _far(self) -> Ground:
        return Ground(self._situation, self._judge, self._situation.open_units)
