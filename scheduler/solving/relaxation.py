"""A bound by linear relaxation: what no roster, even one cut in fractions, can undercut.

The search asks for it while it runs. CP-SAT's own bound starts far lower on models whose
doctors are alike.
"""

import threading
import time
from collections.abc import Sequence

from scheduler.solving.envelope import Envelope, lattice_bound
from scheduler.solving.evaluate import step_values
from scheduler.solving.focus import ceiling, glance, reaches_beyond
from scheduler.solving.model import Model


def linear_bound(
    model: Model,
    values: Sequence[int],
    number: int,
    seconds: float,
    *,
    largest: int | None = None,
    stop: threading.Event | None = None,
) -> int | None:
    """The smallest value of a step that the relaxation admits; None if not found in time.

    Where the step compares doctors, nobody's points are between two sums of whole duties.

    Args:
        model: the plain model.
        values: a complete evaluation of a roster; what the bound speaks of is as good as it on
            the steps before.
        number: of the step to bound.
        seconds: wall time at most.
        largest: where the step speaks of more variables than this, it is not tried.
        stop: set from outside to end after the program that is being solved.
    """
    if largest is not None and reaches_beyond(model, number, largest):
        return None
    end = time.monotonic() + seconds
    scores = step_values(model, values)
    envelope = Envelope(glance(model, number, scores))
    bound = envelope.bound(end - time.monotonic())
    if bound is None or not model.steps[number].worst:
        return bound
    left = end - time.monotonic()
    top = ceiling(model, number, scores)
    return lattice_bound(envelope, bound, scores[number], left, top, stop)
