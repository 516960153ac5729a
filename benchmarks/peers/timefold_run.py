"""Running a Timefold model for a comparison: the whole time limit, and each better roster kept.

Starting Java and translating the model take seconds and are not held against it: its limit
begins when it searches, that of all others before they build. Its move threads are not in the
open edition: one thread searches. To its default moves, ruin and recreate is added, the one move
of the open edition that changes a stretch of days at once.
"""

import json
import sys
import time
from collections.abc import Callable

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)

BEGUN = time.monotonic()
SELDOM = 0.5  # seconds between two rosters that are kept
PHASES = """
<solver xmlns="https://timefold.ai/xsd/solver">
  <constructionHeuristic/>
  <localSearch>
    <unionMoveSelector>
      <changeMoveSelector/>
      <swapMoveSelector/>
      <ruinRecreateMoveSelector>
        <fixedProbabilityWeight>0.05</fixedProbabilityWeight>
      </ruinRecreateMoveSelector>
    </unionMoveSelector>
  </localSearch>
</solver>
"""


def answer(
    task: dict,
    problem: object,
    *,
    solution: type,
    entity: type,
    constraints: Callable,
    roster_of: Callable[[object], dict[str, str]],
) -> None:
    """Solve and write, as JSON, the moments of better feasible rosters and the last one."""
    kept: list[tuple[float, dict[str, str]]] = []

    def better(event: object) -> None:
        if not event.is_new_best_solution_initialized or event.new_best_score.hard_score < 0:
            return
        seconds = time.monotonic() - searching
        if not kept or seconds - kept[-1][0] >= SELDOM:
            kept.append((seconds, roster_of(event.new_best_solution)))

    config = SolverConfig(
        xml_source_text=PHASES,
        solution_class=solution,
        entity_class_list=[entity],
        environment_mode=EnvironmentMode.NON_REPRODUCIBLE,  # no self-checks: the fastest
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=constraints
        ),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(task["seconds"]))),
        random_seed=task["seed"],
    )
    solver = SolverFactory.create(config).build_solver()
    solver.add_event_listener(better)
    searching = time.monotonic()
    solved = solver.solve(problem)
    json.dump(
        {
            "build": searching - BEGUN,
            "score": str(solved.score),
            "rosters": [*kept, (time.monotonic() - searching, roster_of(solved))],
        },
        sys.stdout,
    )
