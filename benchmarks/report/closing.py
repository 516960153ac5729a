"""How much of the way from the greedy start to the bound an engine has closed, over time."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.record import Run
from benchmarks.table.model import SUM

TIMES = (2.0, 5.0, 10.0, 30.0, 60.0, 120.0)
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """The way on one instance of the table.

    Attributes:
        start: the sum of the greedy start, which has no holes.
        bound: no full lawful roster has a smaller sum; the best that any engine proved.
        best: the smallest sum that any engine reached.
    """

    start: float
    bound: float
    best: float

    @property
    def sound(self) -> bool:
        """No roster lies below the bound."""
        return self.best >= self.bound - _NEAR * max(1.0, abs(self.bound))

    def closed(self, value: float | None) -> float | None:
        """1 at the bound, 0 at the start, below 0 where the start is better."""
        if value is None or self.start <= self.bound:
            return None
        return (self.start - value) / (self.start - self.bound)


def scales(runs: Iterable[Run]) -> dict[str, Scale]:
    """The scale of each instance of the table that has a start and a bound."""
    by_instance: dict[str, list[Run]] = {}
    for run in runs:
        if run.instance.startswith("table/") and total(run) is not None:
            by_instance.setdefault(run.instance, []).append(run)
    found = {}
    for instance, own in by_instance.items():
        starts = [total(run) for run in own if run.engine == "greedy"]
        bounds = [bound for run in own if (bound := bound_of(run)) is not None]
        values = [value for run in own if (value := total(run)) is not None]
        if starts and starts[0] is not None and bounds:
            found[instance] = Scale(starts[0], max(bounds), min(values))
    return found


def total(run: Run) -> float | None:
    """The sum of the run's last roster; None unless it is lawful and has no hole."""
    if run.broken or SUM not in run.titles or not run.values or run.values[0] > 0:
        return None
    return run.values[run.titles.index(SUM)]


def bound_of(run: Run) -> float | None:
    """What the run proved of the sum of full rosters: its own roster must be one."""
    return run.bounds[run.titles.index(SUM)] if total(run) is not None else None


def at(run: Run, seconds: float) -> float | None:
    """The sum of the best full roster that the run had by then."""
    if total(run) is None:
        return None
    place = run.titles.index(SUM)
    full = [p.values[place] for p in run.curve if p.seconds <= seconds and p.values[0] <= 0]
    return min(full, default=None)


def middle(parts: Iterable[float | None]) -> float | None:
    """The median over seeds; nothing yet counts as the worst."""
    found = median([-math.inf if part is None else part for part in parts])
    return None if math.isinf(found) else found


def over_time(
    runs: Sequence[Run], scale: Scale, times: Sequence[float] = TIMES
) -> Mapping[float, float | None]:
    """What the median seed has closed at each time within the limit."""
    return {
        time: middle(scale.closed(at(run, time)) for run in runs)
        for time in times
        if time <= runs[0].limit
    }
