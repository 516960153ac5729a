"""Spacing: days between a doctor's shifts, and weeks between weekends with duty."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.wording import number


@dataclass(frozen=True, slots=True)
class GapLine:
    """One doctor.

    Attributes:
        shortest, middle, longest: as printed; `middle` is the median.
        median: the same as a number.
        counts: (length, how often), by length; for the chart.
    """

    doctor: str
    shortest: str
    middle: str
    longest: str
    median: float
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GapPart:
    """One kind of gap.

    Attributes:
        lines: those with at least two, the most crowded first.
        few: how many doctors have fewer, and are left out.
    """

    slug: str
    title: str
    axis: str
    told: str
    lines: tuple[GapLine, ...]
    few: int


def gap_parts(report: FairnessReport) -> tuple[GapPart, ...]:
    """Days between shifts and weeks between weekends, of which the later lies in the period.

    Days with shifts that follow one another are one stretch, counted from its last day.
    """
    days: dict[str, list[int]] = {}
    weeks: dict[str, list[int]] = {}
    for doctor in report.problem.doctors:
        past = [duty for duty in report.problem.tail_of[doctor.id] if duty.is_shift]
        own = [duty for duty in report.timetable.duties_of(doctor.id) if duty.is_shift]
        gaps = _gaps({duty.day for duty in past}, {duty.day for duty in own})
        days[doctor.id] = [length for length in gaps if length > 1]
        weekends = ({day for duty in duties for day in duty.weekends} for duties in (past, own))
        weeks[doctor.id] = [length // 7 for length in _gaps(*weekends)]
    parts = (
        _part(
            report,
            "vakter",
            "Dager mellom vakter",
            "Dager fra én vakt til den neste; vakter dag etter dag er én strekning",
            days,
        ),
        _part(
            report,
            "helger",
            "Uker mellom helger med vakt",
            "Uker fra én helg med vakt til den neste (1 = helgen etter)",
            weeks,
        ),
    )
    return tuple(part for part in parts if part.lines)


def _gaps(past: Set[date], own: Set[date]) -> list[int]:
    """Days from each date to the next, if the next is one of the period."""
    return [(later - day).days for day, later in pairwise(sorted(past | own)) if later in own]


def _part(
    report: FairnessReport, slug: str, title: str, axis: str, gaps: dict[str, list[int]]
) -> GapPart:
    lines = [
        GapLine(
            report.names[doctor],
            str(min(own)),
            number(_median(own)),
            str(max(own)),
            _median(own),
            tuple(sorted(Counter(own).items())),
        )
        for doctor, own in gaps.items()
        if own
    ]
    lines.sort(key=lambda line: (line.median, line.counts, line.doctor))
    return GapPart(slug, title, axis, _told(lines), tuple(lines), len(gaps) - len(lines))


def _told(lines: Sequence[GapLine]) -> str:
    if not lines:
        return ""
    first, last = lines[0], lines[-1]
    told = f"Tettest, målt med medianen: {first.doctor}, {first.middle}."
    if last is not first:
        told += f" Glissest: {last.doctor}, {last.middle}."
    return told


def _median(values: Sequence[int]) -> float:
    own = sorted(values)
    half = len(own) // 2
    return float(own[half]) if len(own) % 2 else (own[half - 1] + own[half]) / 2
