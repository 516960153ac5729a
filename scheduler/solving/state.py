"""A roster in the making: values kept up to date as single decisions change.

What the rules posted is evaluated incrementally, so trying a change costs only what it
touches. `evaluate` computes the same from nothing and is the judge in tests.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.solving.board import RELATIONS, VIOLATION, Board, board, flip, fresh, score, start
from scheduler.solving.grid import Grid, grid
from scheduler.solving.model import Model, Step
from scheduler.solving.packed import Numbers, Packed, pack


class Index:
    """A model with, for each variable, where it appears."""

    def __init__(self, model: Model, packed: Packed | None = None) -> None:
        """Lay the model out once (`packed`: the same as arrays, where they are at hand)."""
        self.model = model
        self.packed = packed or pack(model)
        self.board: Board = board(self.packed)

    @cached_property
    def grid(self) -> Grid:
        """Doctors, units and days, with nobody at work; all that move about in rosters share it."""
        return grid(self.packed)

    def with_steps(self, steps: Sequence[Step]) -> "Index":
        """The same decisions, definitions and constraints with other steps of the objective."""
        model = copy(self.model)
        model.steps = list(steps)
        own = pack(Model(steps=model.steps))
        packed = replace(
            self.packed,
            steps=own.steps,
            step_constants=own.step_constants,
            tops=own.tops,
            entries=own.entries,
            entry_constants=own.entry_constants,
            families=own.families,
            titles=own.titles,
        )
        other = Index(model, packed)
        other.grid = self.grid  # it knows of no step
        return other

    def definitions_on(self, var: int) -> list[int]:
        """The numbers of the definitions whose sums hold the variable."""
        return self._targets(var, 0, 1)

    def constraints_on(self, var: int) -> list[int]:
        """The numbers of the constraints that hold the variable, or are demanded only if it is."""
        return self._targets(var, 1, 3)

    def _targets(self, var: int, first: int, last: int) -> list[int]:
        place = RELATIONS * var
        at, edges = self.board.at, self.board.edges
        targets: list[int] = edges[at[place + first] : at[place + last], 0].tolist()
        return targets


class State:
    """Values, sums and violations for the current choice of decisions."""

    def __init__(self, index: Index, chosen: Iterable[int] = ()) -> None:
        """Evaluate the choice from nothing."""
        self.index = index
        self.model = index.model
        self.board = fresh(index.board, index.packed)
        start(self.board, np.array(sorted(set(chosen)), dtype=np.int64))

    @property
    def values(self) -> list[int]:
        """The value of every variable; a copy."""
        values: list[int] = self.board.values.tolist()
        return values

    def value(self, var: int) -> int:
        """The value of one variable."""
        return int(self.board.values[var])

    @property
    def violation(self) -> int:
        """By how much all constraints together are broken."""
        return int(self.board.counts[VIOLATION])

    @property
    def chosen(self) -> list[int]:
        """The decisions that are true."""
        chosen: list[int] = self.decided.tolist()
        return chosen

    @property
    def decided(self) -> Numbers:
        """The decisions that are true, as an array."""
        return np.flatnonzero(self.board.values[2 : self.model.decisions + 2]) + 2

    def score(self) -> tuple[int, ...]:
        """The values of all steps, in their order of precedence."""
        scores = np.zeros(len(self.model.steps), dtype=np.int64)
        score(self.board, scores)
        return tuple(scores.tolist())

    def flip(self, var: int) -> None:
        """Change one decision, and everything that follows from it."""
        flip(self.board, var)

    def become(self, decided: Numbers) -> None:
        """Flip whatever differs from these decisions."""
        wanted = np.zeros(self.model.decisions + 2, dtype=np.bool_)
        wanted[decided] = True
        differs = wanted[2:] != (self.board.values[2 : self.model.decisions + 2] != 0)
        for var in (np.flatnonzero(differs) + 2).tolist():
            flip(self.board, var)
