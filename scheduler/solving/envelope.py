"""The linear envelope of a model in focus, and the bounds that it gives.

Every lawful roster that is as good on the earlier steps is a point of the program, so what
no point undercuts no roster undercuts. Two bounds are drawn from it: the optimum of the
program itself, and, where the step compares doctors, the smallest value that is left when
nobody can have a part of a duty: points come in lumps, so a doctor who may be at most x over
the share has in truth the largest sum of whole duties below that (`Lattice`).
"""

import threading
import time
from collections.abc import Sequence

from scheduler.solving.focus import Focus
from scheduler.solving.lattice import Lattice
from scheduler.solving.linear import Program
from scheduler.solving.model import AT_LEAST, TRUE, Constraint, Definition, Model, Step, Term
from scheduler.solving.subproblems import Split


class Envelope:
    """Columns and rows for everything that is in focus.

    Args:
        focus: the step and what is held.
        parts: where given, the rows that tie its subproblems together are told apart.

    Attributes:
        tying: numbers of the rows that speak of several of the `parts`.
    """

    def __init__(self, focus: Focus, parts: Split | None = None) -> None:
        """Lay out the program, without an objective."""
        self.focus = focus
        self.step = focus.step
        self._model: Model = focus.model
        self.program = Program()
        self._column: dict[int, int] = {TRUE: self.program.column(1, 1)}
        # A subproblem has decisions of which nothing in focus speaks; else these need no column.
        decisions = _decisions_of(focus) if parts is None else range(2, self._model.decisions + 2)
        for var in sorted(decisions):
            self._column[var] = self.program.column(0, 1)
        for d in self._model.definitions:
            self._column[d.var] = self.program.column(0, d.upper)
        self.tying: list[int] = []
        for number, d in enumerate(self._model.definitions):
            before = len(self.program.rows)
            self._define(d)
            if parts is not None and number in parts.definitions:
                self.tying += range(before, len(self.program.rows))
        for number, c in enumerate(self._model.constraints):
            before = len(self.program.rows)
            self._constrain(c)
            if parts is not None and number in parts.constraints:
                self.tying += range(before, len(self.program.rows))
        before = len(self.program.rows)
        for step, score in focus.held:
            self.program.add(self._together(step), None, score)
        self.tying += range(before, len(self.program.rows))
        self._lattices: tuple[Lattice, ...] = ()

    def bound(self, seconds: float) -> int | None:
        """What no point of the program undercuts; None if the time did not suffice."""
        constant = self.aim()
        found = self.program.bound(seconds)
        self.program.costs = {}
        return None if found is None else found + constant

    def aim(self) -> int:
        """Let the program minimise the step, apart from the constant that is given back."""
        if self.step.worst:
            before = len(self.program.rows)
            self.program.costs = _summed(self._together(self.step))
            self.tying += range(before, len(self.program.rows))
            return 0
        self.program.costs = _summed(self._columns(self.step.terms))
        return self.step.constant

    def column(self, var: int) -> int:
        """The column of a variable of the model."""
        return self._column[var]

    def excludes(self, score: int, seconds: float, ceiling: int | None = None) -> bool | None:
        """Whether it is proven that no roster has this score or less in a step of doctors.

        At most worst - 1 doctors can be over the mean score of the worst. Everybody else has
        whole duties within it. How far the program must break these limits in all is made
        small; where that is more than nothing, there is no such roster.

        Args:
            score: to be excluded.
            seconds: wall time at most.
            ceiling: what the worst-off single doctor is held at, if that is known.

        Returns:
            None if the time did not suffice.
        """
        step, program = self.step, self.program
        rows, columns = len(program.rows), len(program.ranges)
        mean = score // step.worst
        lattices = self.prepare(max(score, mean, score if ceiling is None else ceiling))
        over = []
        for (terms, constant), lattice in zip(step.entries, lattices, strict=True):
            most = lattice.most(mean)
            _, high = self._range(terms)
            slack = program.column(0, max(0, high - (most - constant)))
            row = [*self._columns(terms), (-1, slack)]
            if step.worst > 1:
                top = high if ceiling is None else lattice.most(ceiling) - constant
                switch = program.column(0, 1)
                over.append((1, switch))
                row.append((-max(0, top - (most - constant)), switch))
            program.add(row, None, most - constant)
            program.costs[slack] = 1
        if step.worst > 1:
            program.add(over, None, step.worst - 1)
            program.add(self._together(step), None, score)
        found = program.bound(seconds)
        del program.rows[rows:], program.ranges[columns:]
        program.costs = {}
        return None if found is None else found > 0

    def prepare(self, top: int) -> tuple[Lattice, ...]:
        """Work out what each of the step's entries can be, up to some value."""
        if not self._lattices or self._lattices[0].top < top:
            uppers = self._model.uppers
            self._lattices = tuple(
                Lattice(terms, uppers, constant, top) for terms, constant in self.step.entries
            )
        return self._lattices

    def _range(self, terms: Sequence[Term]) -> tuple[int, int]:
        uppers = self._model.uppers
        return (
            sum(min(0, c * uppers[v]) for c, v in terms),
            sum(max(0, c * uppers[v]) for c, v in terms),
        )

    def _columns(self, terms: Sequence[Term]) -> list[Term]:
        return [(c, self._column[v]) for c, v in terms]

    def _define(self, d: Definition) -> None:
        own, var = self._columns(d.terms), self._column[d.var]
        add = self.program.add
        if d.kind != AT_LEAST:
            add([*own, (-1, var)], None, d.threshold)
            return
        low, high = self._range(d.terms)
        add([*own, (low - d.threshold, var)], low, None)
        if d.threshold == 1 and all(c == 1 and self._model.uppers[v] == 1 for c, v in d.terms):
            for term in own:
                add([term, (-1, var)], None, 0)
        else:
            add([*own, (d.threshold - 1 - high, var)], None, d.threshold - 1)

    def _constrain(self, c: Constraint) -> None:
        """The constraint; where it has a condition, as far as a fraction of that goes."""
        own = self._columns(c.terms)
        low, high = self._range(c.terms)
        if c.only_if == TRUE:
            self.program.add(own, c.low, c.high)
            return
        guard = self._column[c.only_if]
        if c.high is not None and high > c.high:
            self.program.add([*own, (high - c.high, guard)], None, high)
        if c.low is not None and low < c.low:
            self.program.add([*own, (low - c.low, guard)], low, None)

    def _together(self, step: Step) -> list[Term]:
        """The sum of the k largest entries as terms of new columns (Ogryczak and Sliwinski)."""
        bounds = [
            (low + constant, high + constant)
            for terms, constant in step.entries
            for low, high in [self._range(terms)]
        ]
        lowest, highest = min(low for low, _ in bounds), max(high for _, high in bounds)
        level = self.program.column(lowest, highest)
        terms = [(step.worst, level)]
        for (own, constant), (_, high) in zip(step.entries, bounds, strict=True):
            part = self.program.column(0, max(0, high - lowest))
            self.program.add([*self._columns(own), (-1, level), (-1, part)], None, -constant)
            terms.append((1, part))
        return terms


def _decisions_of(focus: Focus) -> set[int]:
    """The decisions that anything in focus speaks of: of a large model they may be few."""
    model = focus.model
    found = {var for d in model.definitions for _, var in d.terms}
    for c in model.constraints:
        found.update([var for _, var in c.terms])
        found.add(c.only_if)
    for step in (focus.step, *(own for own, _ in focus.held)):
        found.update([var for _, var in step.terms])
        found.update([var for terms, _ in step.entries for _, var in terms])
    return {var for var in found if TRUE < var < model.decisions + 2}


def lattice_bound(
    envelope: Envelope,
    low: int,
    high: int,
    seconds: float,
    ceiling: int | None = None,
    stop: threading.Event | None = None,
) -> int:
    """The smallest score of a step of doctors that whole duties leave open, by bisection.

    Args:
        envelope: of the step.
        low: a bound that is known.
        high: a score that a roster has.
        seconds: wall time at most.
        ceiling: what the worst-off single doctor is held at, if that is known.
        stop: set from outside to end after the program that is being solved.

    Returns:
        A bound that is not below `low`.
    """
    end = time.monotonic() + seconds
    envelope.prepare(high if ceiling is None else max(high, ceiling))
    while low < high and not (stop and stop.is_set()):
        middle = (low + high - 1) // 2
        left = end - time.monotonic()
        answer = envelope.excludes(middle, left, ceiling) if left > 0 else None
        if answer is None:
            return low
        if answer:
            low = middle + 1
        else:
            high = middle
    return low


def _summed(terms: Sequence[Term]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for coefficient, column in terms:
        sums[column] = sums.get(column, 0) + coefficient
    return sums
