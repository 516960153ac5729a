"""Ruin and recreate: take everything from a few doctors and give each a whole course anew.

Where rosters are made of stretches (runs of work and of days off with least lengths, least hours a
doctor) no single duty can be given away lawfully: what is lawful is a whole course.
"""

import random
from collections.abc import Callable
from math import inf

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.beam import even, marginals, trace
from scheduler.solving.board import BROKEN
from scheduler.solving.courses import Courses
from scheduler.solving.state import Index, State

_WIDTH, _ALIKE, _PACE = 32, 3, 0.3  # of a beam: see `trace`; the pace in typical costs
_WIDER, _STRICTER, _TRIES = 2, 6, 4  # each try after one that met no course, and how many there are
_NARROW = 12  # the width of beams that find tolls
_FIRST, _AGAIN, _LATER = 10, 6, 2  # how many of them: for a new doctor, after a failure, else
_SOME = (1, 2, 2, 3)  # how many doctors are taken at a time
_DEAR = 10.0  # a breach, in the largest price of the step


class Rebuilder:
    """Gives doctors new courses, each the cheapest that is met with everybody else as they are.

    It works on the first step of the objective, which must be a plain sum.
    """

    def __init__(self, index: Index, seed: int) -> None:
        """Find out what is whose."""
        packed = index.packed
        self.courses = Courses(packed, index.grid)
        self.chance = random.Random(seed)
        self.weights: Reals = np.zeros(len(packed.tops))
        self.weights[0] = 1.0
        terms = slice(int(packed.steps.begins[0]), int(packed.steps.begins[1]))
        coefficients = packed.steps.coefficients[terms].astype(np.float64)
        self.prices: Reals = np.zeros(packed.size)
        self.prices[packed.steps.variables[terms]] = coefficients
        self.broken = _DEAR * max(1.0, float(np.abs(coefficients).max(initial=0.0)))
        self._tolls: dict[int, Reals] = {}

    def build(self, state: State, over: Callable[[], bool]) -> None:
        """Give every doctor a new course, one after the other, in any order.

        Args:
            state: the roster; whoever has not had a turn keeps what there is.
            over: asked between doctors; ends it early.
        """
        doctors = list(range(len(self.courses)))
        self.chance.shuffle(doctors)
        for doctor in doctors:
            self._clear(state, doctor)
        for doctor in doctors:
            if over():
                return
            self._rebuild(state, doctor)

    def improve(self, state: State, over: Callable[[], bool]) -> None:
        """Take some doctors' courses and rebuild them; what is worse is undone.

        Whoever breaks something is taken first.

        Args:
            state: the roster, changed in place, never for the worse.
            over: asked between two tries.
        """
        now = self._price(state)
        while not over():
            doctors = self._some(state)
            before = {doctor: self._clear(state, doctor) for doctor in doctors}
            for doctor in doctors:
                self._rebuild(state, doctor)
            then = self._price(state)
            if then <= now:
                now = then
                continue
            for doctor, had in before.items():
                self._clear(state, doctor)
                for var in had:
                    state.flip(var)

    def _price(self, state: State) -> float:
        return state.score()[0] + self.broken * state.violation

    def _some(self, state: State) -> list[int]:
        """Some doctors, with one of those who break something."""
        count = min(len(self.courses), self.chance.choice(_SOME))
        some = self.chance.sample(range(len(self.courses)), count)
        if state.violation:
            breakers = self.courses.whose[state.board.constraints[:, BROKEN] > 0]
            breakers = np.unique(breakers[breakers >= 0])
            if len(breakers):
                one = int(self.chance.choice(breakers.tolist()))
                some = [one, *(other for other in some[1:] if other != one)]
        return some

    def _clear(self, state: State, doctor: int) -> list[int]:
        """Take everything from a doctor; what it was."""
        own = self.courses.of(doctor).decisions
        had: list[int] = own[state.board.values[own] != 0].tolist()
        for var in had:
            state.flip(var)
        return had

    def _rebuild(self, state: State, doctor: int) -> bool:
        """Give a doctor who has nothing a course; whether one was met."""
        course = self.courses.of(doctor)
        if not len(course.decisions):
            return True
        costs = marginals(state.board, course, self.prices, self.weights, self.broken)
        scale = float(np.abs(costs[: len(course.decisions)]).mean()) or 1.0
        times = _LATER if doctor in self._tolls else _FIRST
        tolls = self._tolls.setdefault(doctor, np.zeros(len(course.limits)))
        for attempt in range(_TRIES):
            taxed = even(course, costs, tolls, scale, _NARROW, times)
            width, alike = _WIDTH * _WIDER**attempt, _ALIKE * _WIDER**attempt
            price, found, _ = trace(
                course, taxed, width, alike, _PACE * scale * _STRICTER**attempt, False
            )
            if price < inf:
                for var in found.tolist():
                    state.flip(var)
                return True
            times = _AGAIN
        return False
