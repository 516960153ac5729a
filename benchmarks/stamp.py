"""When, what and where is measured: what every record is marked with."""

import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.record import Run, machine, told

_ROOT = Path(__file__).resolve().parent.parent
_MEASURED = ("scheduler", "constraints", "api", "fixtures", "benchmarks/*.py")
"""What changes figures when it changes; texts and results do not."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Day in ISO form, commit of the code, and the machine in one line."""

    day: str
    commit: str = ""
    machine: str = ""

    @classmethod
    def now(cls) -> "Stamp":
        """Of today, here, and the code as it is."""
        return cls(f"{datetime.now(UTC):%Y-%m-%d}", commit(), told(machine()))

    def on(self, run: Run) -> Run:
        """The run, marked."""
        return replace(run, day=self.day, commit=self.commit, machine=self.machine)


def commit() -> str:
    """The commit in short, with a plus where code was changed since; empty outside a checkout."""
    short = _git("rev-parse", "--short=10", "HEAD").strip()
    changed = short and _git("status", "--porcelain", "--", *_MEASURED).strip()
    return f"{short}+" if changed else short


def _git(*arguments: str) -> str:
    """What git says; nothing where there is none, or no repository."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
