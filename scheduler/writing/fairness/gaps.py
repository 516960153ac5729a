"""Spacing: days between shifts and nights, and weeks between weekends with duty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.spacing import Gaps, spacing_figures
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
    """Days between shifts and between nights, and weeks between weekends."""
    figures = spacing_figures(report.timetable)
    parts = (
        _part(
            report,
            "vakter",
            "Dager mellom vakter",
            "Dager fra én vakt til den neste; vakter dag etter dag er én strekning",
            {own.doctor: own.shifts for own in figures},
        ),
        _part(
            report,
            "netter",
            "Dager mellom nattevakter",
            "Dager fra én nattevakt til den neste; netter på rad er én strekning",
            {own.doctor: own.nights for own in figures},
        ),
        _part(
            report,
            "helger",
            "Uker mellom helger med vakt",
            "Uker fra én helg med vakt til den neste (1 = helgen etter)",
            {own.doctor: own.weekends for own in figures},
        ),
    )
    return tuple(part for part in parts if part.lines)


def _part(
    report: FairnessReport, slug: str, title: str, axis: str, gaps: dict[str, Gaps]
) -> GapPart:
    lines = [
        GapLine(
            report.names[doctor],
            str(min(own.lengths)),
            number(own.median),
            str(max(own.lengths)),
            own.median,
            tuple(sorted(Counter(own.lengths).items())),
        )
        for doctor, own in gaps.items()
        if own.median is not None
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
