"""Our own bounds: what `certify` proves of a roster, for the scale on which all are measured."""

from benchmarks.engines import ours
from benchmarks.engines.found import Effort, Found
from benchmarks.instances import Loaded
from scheduler.certifying import certify
from scheduler.domain.roster import Roster
from scheduler.engine import Options

SEARCH = 0.25
"""Of the time, to find the roster that is certified."""


def run(loaded: Loaded, effort: Effort) -> Found:
    """Search a little, then prove; a better roster that is met on the way is not taken."""
    quick = Effort(effort.seconds * SEARCH, effort.workers, effort.seed)
    found = ours.run(loaded, quick)
    if found.assignments is None:
        return found
    roster = Roster.of(loaded.problem, found.assignments)
    left = Options(effort.seconds * (1 - SEARCH), effort.workers, effort.seed)
    certificate = certify(loaded.problem, loaded.rules, roster, left).certificate
    if certificate is None:
        raise ValueError(f"instance ({loaded.name}): the roster to certify must be lawful")
    return Found(
        found.build,
        tuple(step.level for step in certificate.steps),
        found.assignments,
        tuple(step.value for step in certificate.steps),
        tuple(step.bound for step in certificate.steps),
        found.curve,
    )
