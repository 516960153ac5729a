"""Spacing: days between a doctor's shifts, and weeks between weekends with duty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scheduler.domain.duty import Duty
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
    """Days between shifts and weeks between weekends, the former roster included."""
    days = _part(
        report,
        "vakter",
        "Dager mellom vakter",
        "Dager fra én vakt til den neste (1 = dagen etter)",
        {d.id: _shift_gaps(_work(report, d.id)) for d in report.problem.doctors},
    )
    weekends = _part(
        report,
        "helger",
        "Uker mellom helger med vakt",
        "Uker fra én helg med vakt til den neste (1 = helgen etter)",
        {d.id: _weekend_gaps(_work(report, d.id)) for d in report.problem.doctors},
    )
    return tuple(part for part in (days, weekends) if part.lines)


def _work(report: FairnessReport, doctor: str) -> list[Duty]:
    return [duty for duty in report.timetable.work_of(doctor) if duty.is_shift]


def _shift_gaps(shifts: Sequence[Duty]) -> list[int]:
    """From the last day of one shift or block to the first of the next; 0: the same day."""
    ends: dict[str, date] = {}
    starts: dict[str, date] = {}
    for duty in shifts:
        starts.setdefault(duty.unit, duty.day)
        ends[duty.unit] = max(ends.get(duty.unit, duty.day), duty.day)
    units = sorted(starts, key=lambda unit: (starts[unit], ends[unit], unit))
    return [max(0, (starts[b] - ends[a]).days) for a, b in pairwise(units)]


def _weekend_gaps(shifts: Sequence[Duty]) -> list[int]:
    weekends = sorted({saturday for duty in shifts for saturday in duty.weekends})
    return [(later - earlier).days // 7 for earlier, later in pairwise(weekends)]


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
