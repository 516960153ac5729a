"""What every engine is given, and what it gives back."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.record import Point
from scheduler.domain.problem import Assignment
from scheduler.solving.model import Step


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: wall seconds in all, threads, seed."""

    seconds: float
    workers: int
    seed: int


@dataclass(frozen=True)
class Found:
    """What an engine reached.

    Attributes:
        build: seconds until its model stood.
        assignments: the roster; None without one.
        bounds: proven for each step, in the units in which steps are shown; None: nothing is.
        curve: the best roster over time; the first point is the first lawful roster, but for
            `early`.
        early: a lawful roster of which the first step's value alone was known when it was shown.
    """

    build: float
    titles: tuple[str, ...]
    assignments: tuple[Assignment, ...] | None
    values: tuple[float, ...]
    bounds: tuple[float | None, ...]
    curve: tuple[Point, ...]
    early: Point | None = None


@dataclass
class Track:
    """Notes each better roster with its time."""

    begun: float = field(default_factory=time.monotonic)
    points: list[Point] = field(default_factory=list)

    def note(self, values: Sequence[float]) -> None:
        """Keep the moment if the values are better than the last ones kept."""
        if not self.points or tuple(values) < self.points[-1].values:
            self.points.append(Point(round(self.elapsed, 3), tuple(values)))

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun


def proven(
    steps: Sequence[Step], bounds: Sequence[float], values: Sequence[float]
) -> tuple[float | None, ...]:
    """Bounds in the units in which steps are shown, none above its value; None where infinite."""
    return tuple(
        min(round(float(bound / step.scale), 6), value) if math.isfinite(bound) else None
        for step, bound, value in zip(steps, bounds, values, strict=True)
    )


def shown(steps: Sequence[Step], values: Sequence[float]) -> tuple[float, ...]:
    """The steps' integers in the units in which they are shown."""
    return tuple(round(float(v / step.scale), 6) for step, v in zip(steps, values, strict=True))
