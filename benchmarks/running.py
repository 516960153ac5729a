"""One engine on one instance in a process of its own, from the side that waits for it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.record import Key, Run, from_plain

_GRACE = 300  # seconds beyond its limit before a run is given up


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run.

    Attributes:
        seconds: wall time that the engine is given, building included.
        published: folder of the published instances, where one is asked for.
        timefold: a Python that has Timefold, for the engine of that name.
    """

    instance: str
    engine: str
    seconds: float
    seed: int = 1
    workers: int = 2
    published: Path | None = None
    timefold: str | None = None

    @property
    def key(self) -> Key:
        """What makes two runs the same measurement."""
        return self.instance, self.engine, self.seconds, self.seed, self.workers


class RunError(RuntimeError):
    """The engine's process ended without a run; the message says how."""


def run(job: Job) -> Run:
    """Run a job and wait for it.

    Raises:
        RunError: it gave no answer, or none that can be read.
    """
    task = {
        "instance": job.instance,
        "engine": job.engine,
        "seconds": job.seconds,
        "workers": job.workers,
        "seed": job.seed,
        "timefold": job.timefold,
        "published": str(job.published) if job.published else None,
    }
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.child"],
            input=json.dumps(task) + "\n",
            capture_output=True,
            encoding="utf-8",
            errors="replace",  # chatter of a solver; the answer itself is JSON
            timeout=job.seconds + _GRACE,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as late:
        raise RunError("no answer in time") from late
    except OSError as fault:
        raise RunError(f"cannot be started: {fault}") from fault
    if done.returncode:
        told = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise RunError(f"ended with {done.returncode}: {told[0]}")
    # A solver may write to standard output as well; the answer is the last line.
    last = done.stdout.splitlines()[-1:]
    if not last:
        raise RunError("ended without an answer")
    try:
        found = from_plain(json.loads(last[0]))
    except ValueError as fault:
        raise RunError(f"answer that cannot be read: {fault}") from fault
    return replace(found, load=round(load, 1))


def _environment() -> dict[str, str]:
    """That of a program that was started before, as every user's was but once.

    Where Python is told to write no byte code (some machines of developers are), every start would
    compile all packages anew, which takes some seconds and says nothing of the program.
    """
    return {name: own for name, own in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def line(run: Run) -> str:
    """A run in a line for the terminal."""
    reached = run.score if run.score is not None else list(run.values)
    first = "–" if run.first is None else f"{run.first:.1f} s"
    fault = f"  BROKEN: {run.broken[0]}" if run.broken else ""
    fault += f"  ONLY {run.cores:.1f} CORES" if run.starved else ""
    return (
        f"{run.instance:18} {run.engine:13} seed {run.seed}  first {first}  {run.seconds:.0f} s  "
        f"{run.peak_mb:.0f} MB  {reached}{fault}"
    )
