"""Building and constructing alone, in processor seconds: how our work grows, whoever else works.

What starts a process (imports, compiled loops) is the same for every size and left out.
"""

import time

from benchmarks.engines.found import Effort, Found, shown
from benchmarks.instances import Loaded
from benchmarks.record import Point
from scheduler.solving.construct import construct
from scheduler.solving.cool import warm_up
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index


def run(loaded: Loaded, effort: Effort) -> Found:
    """Build the model, construct a roster, stop; the limit is not looked at."""
    warm_up()
    begun = time.process_time()
    draft = Draft(loaded.problem, loaded.rules)
    built = time.process_time()
    state = construct(Index(draft.model), effort.seed)
    done = time.process_time()
    steps = draft.model.steps
    values = shown(steps, state.score())
    return Found(
        built - begun,
        tuple(step.key for step in steps),
        tuple(draft.assignments(state.chosen)),
        values,
        (None,) * len(steps),
        (Point(round(done - begun, 3), values),),
    )
