"""Everything in a given time: the most important first, taken up again where it was left."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.record import Run, load, save
from benchmarks.running import Job, RunError, line, run
from benchmarks.suites import needs

Tell = Callable[[str], None]
Runner = Callable[[Job], Run]


@dataclass
class Clock:
    """The time that is left of so many seconds."""

    seconds: float
    now: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        """Begin."""
        self._begun = self.now()

    def left(self) -> float:
        """Seconds; negative when it is over."""
        return self.seconds - (self.now() - self._begun)


Key = tuple[str, str, float, int]


def fitting(jobs: Iterable[Job], done: set[Key], clock: Clock) -> Iterator[Job]:
    """The jobs that are not done and fit into what is left, in their order.

    One that does not fit is passed over: a shorter one after it may.
    """
    for job in jobs:
        if job.key not in done and needs(job) <= clock.left():
            yield job


def run_all(
    jobs: Iterable[Job], out: Path, day: str, clock: Clock, tell: Tell, runner: Runner = run
) -> int:
    """Run what fits and is not in the file; gives the number of runs that failed."""
    done = {own.key for own in load(out).runs} if out.exists() else set()
    return sum(not run_one(job, out, day, tell, runner) for job in fitting(jobs, done, clock))


def run_one(job: Job, out: Path, day: str, tell: Tell, runner: Runner = run) -> bool:
    """Run one job and save what it reached at once; whether it gave a run."""
    try:
        found = runner(job)
    except RunError as fault:
        tell(f"{job.instance} {job.engine} seed {job.seed}: {fault}")
        return False
    save(out, day, runs=[found])
    tell(line(found))
    return True
