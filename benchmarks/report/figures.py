"""Numbers as the report shows them, and what the sections have in common."""

import math
from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.record import Run

NONE = "–"
STARVED = "¹"
"""Stands beside figures of runs that had too little processor; the head of the report says so."""

Group = tuple[str, str, float]
"""Instance, engine, time limit: what runs with different seeds have in common."""


def grouped(runs: Iterable[Run]) -> dict[Group, list[Run]]:
    """Runs that differ by their seed only."""
    found: dict[Group, list[Run]] = {}
    for run in runs:
        found.setdefault((run.instance, run.engine, run.limit), []).append(run)
    return found


def starved(runs: Iterable[Run]) -> str:
    """The mark, where one of the runs had too little processor."""
    return f" {STARVED}" if any(run.starved for run in runs) else ""


def number(value: float | None, digits: int = 0) -> str:
    """So many digits at most."""
    if value is None or not math.isfinite(value):
        return NONE
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"


def seconds(values: Iterable[float | None]) -> str:
    """The median; one that was not reached counts as never."""
    middle = median([math.inf if own is None else own for own in values])
    return NONE if math.isinf(middle) else f"{middle:.1f} s"


def processor(runs: Iterable[Run]) -> str:
    """The median of the processor seconds; on two cores at most twice the wall's."""
    return f"{median(run.cpu for run in runs):.0f} s"


def memory(runs: Iterable[Run]) -> str:
    """The median of the peaks."""
    return f"{median(run.peak_mb for run in runs):.0f} MB"


def percent(part: float | None) -> str:
    """A part of a whole."""
    if part is None or not math.isfinite(part):
        return NONE
    if part < -1:
        return "< −100 %"
    # Rounded down: 99.97 % is not all of it.
    return f"{math.floor(part * 1000) / 10:.1f} %"


def rows(head: Sequence[str], right: str, body: Iterable[Sequence[str]]) -> str:
    """A table of Markdown.

    Args:
        head: the titles.
        right: a letter a column, «r» for those set to the right, «l» for others.
        body: the cells.
    """
    rule = "|".join("--:" if own == "r" else "---" for own in right)
    lines = [f"| {' | '.join(head)} |", f"|{rule}|"]
    lines += [f"| {' | '.join(cells)} |" for cells in body]
    return "\n".join([*lines, ""])
