"""What is proven of a roster, and what restrictions cost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from api.library.plans import LoadedPlan
from scheduler.domain.roster import Roster

if TYPE_CHECKING:
    from scheduler.certificate import Certificate, StepProof
    from scheduler.certifying import Certified
    from scheduler.prices import PriceList


def certify(
    loaded: LoadedPlan,
    roster: Roster,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int | None = None,
    tell: Callable[[str, Sequence[StepProof]], None] = lambda _, __: None,
    stop: threading.Event | None = None,
) -> Certified:
    """Judge a roster and prove how good it is, from the plan and its assignments alone.

    Args:
        loaded: the plan.
        roster: any roster of it.
        seconds: wall time at most.
        seed: of the solver.
        workers: solver threads; None means the cores that the process may use.
        tell: called with the step that is worked on and what is proven so far.
        stop: set it to end early and keep what is proven.
    """
    from scheduler.certifying import certify as _certify
    from scheduler.engine import Options

    options = Options(seconds, workers, seed)
    return _certify(
        loaded.problem,
        loaded.rules,
        roster,
        options,
        rule_set=loaded.rule_set,
        tell=tell,
        stop=stop,
    )


def prices(
    loaded: LoadedPlan,
    roster: Roster,
    *,
    certificate: Certificate | None = None,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int | None = None,
    stop: threading.Event | None = None,
) -> PriceList:
    """What each wish that binds, agreed limit, pin and own limit costs the worst-off doctor.

    Args:
        loaded: the plan.
        roster: a lawful roster of it.
        certificate: of the roster, so that its bounds need not be found again.
        seconds: wall time for all of them together.
        seed: of the solver.
        workers: solver threads; None means the cores that the process may use.
        stop: set it to end early.
    """
    from constraints.restrictions import restrictions
    from scheduler.engine import Options
    from scheduler.pricing import price

    return price(
        loaded.problem,
        loaded.rules,
        roster,
        restrictions(loaded.problem, loaded.rules),
        Options(seconds, workers, seed),
        certificate=certificate,
        stop=stop,
    )
