"""How one CP-SAT solve is run: how hard it tries, how it is stopped, and what it can end with.

The models are built in `cpsat`.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ortools.sat.python import cp_model


class Verdict(Enum):
    """What a solve ended with."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """Decisions found (None if none), and a bound on the step that was minimised.

    Attributes:
        bound: no value of the step below it exists, within what was free; None if unknown.
        work: what it took, in CP-SAT's own measure.
    """

    verdict: Verdict
    chosen: frozenset[int] | None
    bound: int | None
    work: float = 0.0


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The least that some costs can come to.

    Attributes:
        bound: no choice is cheaper; None if nothing is known.
        chosen: decisions of the cheapest choice that was met, or None.
        impossible: it is proven that there is no choice at all.
    """

    bound: int | None
    chosen: frozenset[int] | None
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard one solve may try.

    Attributes:
        seconds: wall time at most.
        deterministic: CP-SAT's own measure of work at most, or None.
        brief: the model is small and soon solved: to prepare for a long search takes longer.
        gap: what is found counts as the best where nothing is better by more than that.
        soon: for so much of that work smaller linear programs are tried first, if it is not 0: of
            what is easily told they tell it in half the time.
    """

    seconds: float
    workers: int
    seed: int
    deterministic: float | None = None
    brief: bool = False
    gap: int = 0
    soon: float = 0.0


class Collected(cp_model.CpSolverSolutionCallback):
    """Keeps the decisions of every solution, and stops where they are too many."""

    def __init__(
        self, decisions: Sequence[int], variables: Mapping[int, cp_model.IntVar], most: int
    ) -> None:
        """Nothing is found yet."""
        super().__init__()
        self._decisions, self._variables, self._most = decisions, variables, most
        self.found: set[frozenset[int]] = set()

    def on_solution_callback(self) -> None:
        """Keep the decisions."""
        self.found.add(frozenset(v for v in self._decisions if self.value(self._variables[v])))
        if len(self.found) > self._most:
            self.stop_search()


def solver_for(effort: Effort) -> cp_model.CpSolver:
    """A solver that tries so hard."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_time_in_seconds = max(0.05, effort.seconds)
    if effort.deterministic is not None:
        solver.parameters.max_deterministic_time = effort.deterministic
    if effort.workers == 1:
        solver.parameters.linearization_level = 2
    if effort.gap:
        solver.parameters.absolute_gap_limit = effort.gap
    if effort.brief:
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
    if effort.soon:
        solver.parameters.max_deterministic_time = effort.soon
        solver.parameters.linearization_level = 1
    return solver


def ceiled(bound: float) -> int:
    """The smallest integer not below the bound (objectives here are integers)."""
    return -int(-(bound - 1e-6) // 1)


def run(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    stop: threading.Event,
    told: cp_model.CpSolverSolutionCallback | None = None,
) -> cp_model.CpSolverStatus:
    """Solve, and stop early once the event is set."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            if stop.is_set():  # told again and again: the search may not have begun
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model, told)
    finally:
        done.set()
        watcher.join()
