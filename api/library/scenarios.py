"""What if: alternatives side by side, and one thing over several values."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.library.plans import LoadedPlan

if TYPE_CHECKING:
    from scheduler.writing.comparison.source import Comparison
    from scheduler.writing.comparison.sweep import Sweep


def compare(
    path: str | Path,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    parallel: int | None = None,
    anonymous: bool = False,
    stop: threading.Event | None = None,
) -> Comparison:
    """Solve the scenarios of a file side by side and lay them beside each other.

    Args:
        path: a scenario file.
        seconds: wall time of each solve.
        seed: the same for all.
        parallel: how many at once, each with one worker; None for as many as there are cores.
        anonymous: doctors have pseudonyms, the same in every scenario.
        stop: set it to end early and keep the best of each.

    Raises:
        scheduler.reading.faults.PlanError: the file, a plan or a change is wrong.
    """
    from api import whatif, whatif_comparing
    from api.whatif_solving import Search

    search = Search(seconds, seed, parallel)
    scenarios = whatif.read(Path(path))
    solved = whatif_comparing.solve(scenarios, search, stop=stop)
    return whatif_comparing.compare(scenarios, solved, search, anonymous=anonymous)


def sweep(
    loaded: LoadedPlan,
    *,
    values: Sequence[float | int | str | bool | None],
    setting: str | None = None,
    doctors: str | None = None,
    staffing: str | None = None,
    seconds: float = 60.0,
    seed: int = 1,
    parallel: int | None = None,
    anonymous: bool = False,
    stop: threading.Event | None = None,
) -> tuple[Sweep, Comparison]:
    """Solve the plan once for each value of one thing; each starts from the value before it.

    Args:
        loaded: the plan.
        values: of the one thing that is given of the next three.
        setting: «rule.parameter», or «rule.parameter.key» of a table.
        doctors: id of the municipality whose number of doctors is turned.
        staffing: id of the pattern whose number of doctors is turned.
        seconds: wall time of each solve.
        seed: the same for all.
        parallel: how many at once; None for as many as there are cores.
        anonymous: doctors have pseudonyms.
        stop: set it to end early and keep the best of each.

    Returns:
        The curve, and the comparison that it is drawn from.

    Raises:
        scheduler.reading.faults.PlanError: a value or a name that the plan cannot have.
    """
    from api import whatif_sweep
    from api.whatif_solving import Search

    dial = whatif_sweep.dial_of(loaded, setting, doctors, staffing)
    search = Search(seconds, seed, parallel)
    return whatif_sweep.sweep(loaded, dial, values, search, anonymous=anonymous, stop=stop)
