"""When, what and where is measured: what every record is marked with."""

import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.record import Run, machine, told

_ROOT = Path(__file__).resolve().parent.parent
_MEASURED = (
    "scheduler",
    "constraints",
    "api",
    "fixtures",
    "benchmarks/*.py",
    ":(exclude)benchmarks/report",
    ":(exclude)benchmarks/targets.py",
)
"""What changes figures when it changes; texts, results and what reads these do not."""
_CHANGED = "+"


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


def same(kept: str, wanted: str) -> bool:
    """Whether two stamps are surely of the same code: what was changed since may be anything."""
    return kept == wanted and bool(kept) and not kept.endswith(_CHANGED)


def commit(root: Path = _ROOT) -> str:
    """The last commit, in short, of what is measured; empty outside a checkout.

    Later commits, of texts and results, leave it as it is; a plus says that code was changed since.
    """
    short = _git(root, "log", "-1", "--format=%h", "--abbrev=10", "--", *_MEASURED).strip()
    changed = short and _git(root, "status", "--porcelain", "--", *_MEASURED).strip()
    return f"{short}{_CHANGED}" if changed else short


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where there is none, or no repository."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
