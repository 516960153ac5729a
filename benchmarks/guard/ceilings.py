"""Ceilings of the counts: kept in a small file, compared, written anew on request."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.guard.counts import Counts

FILE = Path(__file__).with_name("ceilings.json")
SLACK = 1.1
"""A ceiling is so many times what was measured; a fifth more is always over it."""

LOOSE = 0.7
"""A count below this part of its ceiling has improved so much that the ceiling guards nothing."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What was measured when the ceiling was set, and what is too much."""

    measured: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """One count against its ceiling.

    Attributes:
        ceiling: None where the count is new and has none.
        measured: None where the ceiling is of a count that is no more.
    """

    name: str
    measured: float | None
    ceiling: float | None

    @property
    def fault(self) -> str | None:
        """Why the guard fails, or None."""
        if self.ceiling is None:
            return "has no ceiling: run `python -m benchmarks guard --update`"
        if self.measured is None:
            return "is no longer counted: run `python -m benchmarks guard --update`"
        if self.measured > self.ceiling:
            return f"{self.measured:g} is over its ceiling of {self.ceiling:g}"
        return None

    @property
    def loose(self) -> bool:
        """Whether the ceiling lies so high that it should be set anew."""
        if self.measured is None or self.ceiling is None:
            return False
        return self.measured < LOOSE * self.ceiling

    def __str__(self) -> str:
        what = self.fault or f"{self.measured:g} of {self.ceiling:g}"
        return f"{self.name}: {what}{'  (better by far: --update)' if self.loose else ''}"


def compare(counts: Counts, ceilings: Mapping[str, Ceiling]) -> Iterator[Verdict]:
    """Every count and every ceiling."""
    for name in dict.fromkeys((*counts, *ceilings)):
        kept = ceilings.get(name)
        yield Verdict(name, counts.get(name), kept.ceiling if kept else None)


def read(path: Path = FILE) -> dict[str, Ceiling]:
    """The ceilings of a file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return {name: Ceiling(**own) for name, own in document.items()}


def update(counts: Counts, path: Path = FILE) -> None:
    """Set every ceiling anew from what is measured now."""
    document = {
        name: asdict(Ceiling(round(own, 4), round(own * SLACK, 4))) for name, own in counts.items()
    }
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
