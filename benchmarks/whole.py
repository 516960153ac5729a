"""Everything in a given time: the most important first, taken up again where it was left."""

import time
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from pathlib import Path

from benchmarks.campaign import needs
from benchmarks.record import Key, Run, load, save
from benchmarks.running import Job, RunError, line, run
from benchmarks.stamp import Stamp

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


def done_in(out: Path, commit: str | None) -> set[Key]:
    """What need not be run again.

    Args:
        out: file of results.
        commit: only runs of it count; None: all of the file do.
    """
    runs = load(out).runs if out.exists() else ()
    return {own.key for own in runs if commit is None or own.commit == commit}


def run_all(
    jobs: Iterable[Job],
    out: Path,
    stamp: Stamp,
    clock: Clock,
    tell: Tell,
    *,
    done: Set[Key] = frozenset(),
    runner: Runner = run,
) -> int:
    """Run what is not done and fits into what is left; gives the number of runs that failed.

    A job that does not fit is passed over: a shorter one after it may. Each run is saved at once,
    and tells how long those like it will take.
    """
    failed = 0
    for job in jobs:
        if job.key in done:
            continue
        known = load(out).runs if out.exists() else ()
        if needs(job, known) <= clock.left():
            failed += not run_one(job, out, stamp, tell, runner)
    return failed


def run_one(job: Job, out: Path, stamp: Stamp, tell: Tell, runner: Runner = run) -> bool:
    """Run one job and save what it reached at once; whether it gave a run."""
    try:
        found = runner(job)
    except RunError as fault:
        tell(f"{job.instance} {job.engine} seed {job.seed}: {fault}")
        return False
    save(out, stamp.day, runs=[stamp.on(found)])
    tell(line(found))
    return True
