"""Bounds by doctor: each for itself exact, what ties them together weighed in.

Given a multiplier for each row that ties subproblems together, every doctor's cheapest own roster
can be found apart from the others. Together they undercut every roster of all (Lagrange), and
not by much at the best multipliers, for a doctor's own rules are kept to the letter. Any
multipliers give a true bound: they are whole numbers here, and what is summed are whole
numbers that CP-SAT has proven of one doctor at a time.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scheduler.solving.cpsat import Cheapest, Compiled, Effort
from scheduler.solving.envelope import Envelope
from scheduler.solving.evaluate import settle_some
from scheduler.solving.focus import Focus
from scheduler.solving.linear import Program, whole
from scheduler.solving.state import Index
from scheduler.solving.subproblems import split

_DIGITS = 20  # binary digits of a multiplier, at most
_PATIENCE = 3.0  # of CP-SAT's own seconds for one doctor at one set of multipliers
_FINE = 1 << 24  # what a subproblem's costs are narrowed to where they become a constraint
_EXACT = 1 << 46  # costs of a subproblem stay below it, so that CP-SAT's bounds are exact


Limit = tuple[dict[int, int], int, int]  # what variables cost; at least, at most


@dataclass(frozen=True)
class Relaxed:
    """What some multipliers prove.

    Attributes:
        digits: everything below is 2**digits times as fine as the step's integers.
        rest: what does not depend on the subproblems, constants included.
        costs: what each subproblem's variables cost at these multipliers.
        lows: no choice within the subproblem is cheaper.
        found: the cheapest choice that was met in each subproblem, or None.
        impossible: some subproblem has no choice at all.
    """

    digits: int
    rest: int
    costs: tuple[Mapping[int, int], ...]
    lows: tuple[int, ...]
    found: tuple[frozenset[int] | None, ...]
    impossible: bool

    @property
    def bound(self) -> int:
        """No roster's value of the step is below it."""
        return -(-(self.rest + sum(self.lows)) // (1 << self.digits))

    @property
    def exact(self) -> float:
        """The bound before it is rounded up, for comparing multipliers."""
        return (self.rest + sum(self.lows)) / (1 << self.digits)

    def limits(self, score: int) -> list[tuple[Limit, ...]]:
        """For each subproblem between what its costs are in rosters with this score or less.

        What one subproblem costs over its least cannot be more than what all together have left.
        """
        slack = (score << self.digits) - self.rest - sum(self.lows)
        found: list[tuple[Limit, ...]] = []
        for costs, low in zip(self.costs, self.lows, strict=True):
            if not costs:
                found.append(())
                continue
            coarse = max(0, max(map(abs, costs.values())).bit_length() - _FINE.bit_length())
            unit = 1 << coarse
            # Values are at least 0, so costs rounded down keep the high side true, and so on.
            below = {v: c // unit for v, c in costs.items()}
            above = {v: -(-c // unit) for v, c in costs.items()}
            found.append(
                ((below, -_EXACT, (low + slack) // unit), (above, -(-low // unit), _EXACT))
            )
        return found


class Decomposition:
    """A focus taken apart.

    Args:
        focus: the step and what is held.
        values: a complete evaluation of a roster that is as good on the earlier steps.
        workers: so many subproblems are looked at at a time.
        seed: of the solver.
    """

    def __init__(self, focus: Focus, values: Sequence[int], workers: int, seed: int) -> None:
        """Lay out the rows that tie, and a small solver model for each subproblem."""
        self.focus, self.values = focus, values
        self.split = split(focus.model)
        self.envelope = Envelope(focus, self.split)
        self.constant = self.envelope.aim()
        self._whole = self.envelope.program
        tying = [self._whole.rows[n] for n in self.envelope.tying]
        self.program = Program(self._whole.ranges, tying, self._whole.costs)
        self._on: dict[int, list[tuple[int, int]]] = {}
        for place, row in enumerate(tying):
            for coefficient, column in row.terms:
                self._on.setdefault(column, []).append((place, coefficient))
        self.workers, self._seed = workers, seed
        self._index = Index(focus.model)
        self._solvers = [self.solver(number) for number in range(len(self.split.subproblems))]
        self._own: list[dict[int, int]] = [{} for _ in self.split.subproblems]
        for var, number in self.split.owner.items():
            self._own[number][var] = self.envelope.column(var)
        inside = {own for subproblem in self._own for own in subproblem.values()}
        self.free = [n for n in range(len(self.program.ranges)) if n not in inside]
        self.hints = [
            frozenset(v for v in subproblem.decisions if values[v])
            for subproblem in self.split.subproblems
        ]

    def solver(self, number: int) -> Compiled:
        """A solver model of one subproblem."""
        subproblem = self.split.subproblems[number]
        return Compiled.of(
            self._index,
            self.values,
            subproblem.definitions,
            subproblem.constraints,
            subproblem.decisions,
        )

    def first(self, seconds: float) -> list[float] | None:
        """Multipliers from the linear program of everything; None if the time did not suffice."""
        multipliers = self._whole.multipliers(seconds)
        return multipliers and [multipliers[n] for n in self.envelope.tying]

    def rows_on(self, column: int) -> Sequence[tuple[int, int]]:
        """The rows that tie and hold the column, with its coefficients."""
        return self._on.get(column, ())

    def weigh(self, number: int, chosen: frozenset[int]) -> tuple[int, dict[int, int]]:
        """What a subproblem costs and adds to each row with exactly these decisions true."""
        model = self.focus.model
        definitions = (model.definitions[n] for n in self.split.subproblems[number].definitions)
        columns, costs = self._own[number], self.program.costs
        cost = 0
        activity: dict[int, int] = {}
        for var, value in settle_some(chosen, definitions).items():
            if value and var in columns:
                cost += costs.get(columns[var], 0) * value
                for row, coefficient in self.rows_on(columns[var]):
                    activity[row] = activity.get(row, 0) + coefficient * value
        return cost, activity

    def relax(self, multipliers: Sequence[float], end: float, stop: threading.Event) -> Relaxed:
        """What these multipliers of the rows prove; good ones come from a linear program.

        Args:
            multipliers: of the rows that tie, in their order.
            end: on the monotonic clock; subproblems that are not looked at by then count as if all
                their variables were free.
            stop: set from outside to end as if the time were out.
        """
        uppers = self.focus.model.uppers
        digits = _DIGITS
        while True:
            constant, reduced = self.program.lagrangian(whole(multipliers, digits), 1 << digits)
            costs = [{v: reduced[c] for v, c in own.items() if reduced[c]} for own in self._own]
            widest = max(
                (sum(abs(c) * uppers[v] for v, c in own.items()) for own in costs), default=0
            )
            if widest < _EXACT or digits == 0:
                break
            digits = max(0, digits - max(1, widest.bit_length() - _EXACT.bit_length() + 1))
        ranges = self.program.ranges
        rest = constant + (self.constant << digits)
        rest += sum(reduced[c] * ranges[c][0 if reduced[c] > 0 else 1] for c in self.free)
        boxes = [sum(min(0, c) * uppers[v] for v, c in own.items()) for own in costs]
        exact = widest < _EXACT

        def look(number: int) -> Cheapest:
            left = end - time.monotonic()
            if left <= 0 or stop.is_set() or not exact:
                return Cheapest(None, None)
            effort = Effort(left, 1, self._seed, deterministic=_PATIENCE)
            return self._solvers[number].cheapest(costs[number], effort, stop, self.hints[number])

        with ThreadPoolExecutor(self.workers) as pool:
            found = list(pool.map(look, range(len(costs))))
        for number, own in enumerate(found):
            if own.chosen is not None:
                self.hints[number] = own.chosen
        return Relaxed(
            digits,
            rest,
            tuple(costs),
            tuple(
                box if own.bound is None else max(box, own.bound)
                for box, own in zip(boxes, found, strict=True)
            ),
            tuple(own.chosen for own in found),
            any(own.impossible for own in found),
        )
