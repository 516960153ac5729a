"""Building and constructing alone, in processor seconds: how our work grows, whoever else works.

As a search does it, but in one process: demands first, a roster of them, then the rest of the
model. What starts a process (imports, compiled loops) is the same for every size and left out.
"""

import time

from benchmarks.engines.found import Effort, Found, shown
from benchmarks.instances import Loaded
from benchmarks.record import Point
from scheduler.solving.construct import construct
from scheduler.solving.cool import warm_up
from scheduler.solving.draft import Draft
from scheduler.solving.packed import Packed, from_bytes, to_bytes
from scheduler.solving.state import Index, State
from scheduler.solving.views import looked_into


def run(loaded: Loaded, effort: Effort) -> Found:
    """Build the model, construct a roster of its demands, stop; the limit is not looked at."""
    warm_up()
    begun = time.process_time()
    draft = Draft(loaded.problem, loaded.rules, demands_first=True)
    chosen = construct(_index(_sent(draft.packed)), effort.seed).chosen
    first = time.process_time()
    draft.complete()
    packed = _sent(draft.packed)
    built = time.process_time()
    steps = draft.steps
    values = shown(steps, State(_index(packed), chosen).score())
    return Found(
        built - begun,
        tuple(step.key for step in steps),
        tuple(draft.assignments(chosen)),
        values,
        (None,) * len(steps),
        (Point(round(first - begun, 3), values),),
    )


def _sent(packed: Packed) -> Packed:
    """The model as the search gets it from another process."""
    return from_bytes(*to_bytes(packed))


def _index(packed: Packed) -> Index:
    return Index(looked_into(packed, whole=0), packed)
