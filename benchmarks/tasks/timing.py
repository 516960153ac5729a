"""How long a task takes: the best of several runs, as a clock and as the processor saw it."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """One task on one instance.

    Attributes:
        task: what is measured: «ranked takers», «repair, one person».
        instance: as in `benchmarks.instances`: «district/40x26».
        seconds: wall seconds of the quickest run.
        cpu_seconds: processor seconds of this process in that run.
        runs: how many runs there were.
        note: what was found, so that a figure can be told from an empty one.
    """

    task: str
    instance: str
    seconds: float
    cpu_seconds: float
    runs: int
    note: str = ""


def timed(
    task: str, instance: str, work: Callable[[], object], *, runs: int = 3, note: str = ""
) -> Timing:
    """Do the work `runs` times and keep the quickest.

    Args:
        task: what is measured.
        instance: on what.
        work: is done from the start each time.
        runs: how often.
        note: what was found.
    """
    found = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    seconds, cpu_seconds = min(found)
    return Timing(task, instance, seconds, cpu_seconds, runs, note)
