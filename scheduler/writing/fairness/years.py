"""The year so far beside each name, and who had which great holiday in which year."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.duty import Letter
from scheduler.fairness.measures import Measure
from scheduler.writing.fairness.source import Earlier, FairnessReport
from scheduler.writing.fairness.words import NONE, difference, plain, unit

HERE = "*"  # marks a year of this roster


@dataclass(frozen=True, slots=True)
class YearLine:
    """One doctor's year so far, a cell for each measure: «88,5 (+2)»."""

    doctor: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """One doctor's years of each great holiday: «2024, 2027*»."""

    doctor: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearPart:
    """What is known of earlier periods.

    Attributes:
        year: «2027»; empty where there is no account book, and then no lines.
        columns: names of the measures.
        holiday_columns: great holidays that somebody has had or has now.
    """

    year: str
    columns: tuple[str, ...]
    lines: tuple[YearLine, ...]
    holiday_columns: tuple[str, ...]
    holidays: tuple[HolidayLine, ...]


def year_part(report: FairnessReport) -> YearPart:
    """The year so far, this roster included, and the memory of great holidays."""
    years = {doctor.id: _holiday_years(report, doctor.id) for doctor in report.problem.doctors}
    seen = [holiday for holiday in GreatHoliday if any(holiday in own for own in years.values())]
    holidays = tuple(
        HolidayLine(
            report.names[doctor],
            tuple(
                ", ".join(f"{year}{HERE if here else ''}" for year, here in own[holiday])
                if holiday in own
                else NONE
                for holiday in seen
            ),
        )
        for doctor, own in years.items()
    )
    earlier = report.earlier
    measures = [m for m in Measure if report.shares.pool(m)]
    return YearPart(
        str(earlier.year) if earlier else "",
        tuple(unit(measure).title for measure in measures),
        tuple(_line(report, earlier, d.id, measures) for d in report.problem.doctors)
        if earlier
        else (),
        tuple(holiday.value for holiday in seen),
        holidays if seen else (),
    )


def _line(
    report: FairnessReport, earlier: Earlier, doctor: str, measures: list[Measure]
) -> YearLine:
    before = earlier.so_far.get(doctor)
    cells = []
    for measure in measures:
        own = next(s for s in report.by_measure[measure] if s.doctor == doctor)
        worked, part = Fraction(own.worked), own.part
        if before:
            worked += before.worked.get(measure, 0)
            part += before.parts.get(measure, 0)
        off = worked - part
        cells.append(f"{plain(measure, worked)} ({difference(measure, off)})")
    return YearLine(report.names[doctor], tuple(cells))


def _holiday_years(
    report: FairnessReport, doctor: str
) -> Mapping[GreatHoliday, list[tuple[int, bool]]]:
    """Year and whether it is this roster's, by great holiday."""
    found: dict[GreatHoliday, dict[int, bool]] = {}
    for holiday, year in report.problem.account_of[doctor].holidays.items():
        found.setdefault(holiday, {})[year] = False
    book = report.earlier.holidays.get(doctor, {}) if report.earlier else {}
    for holiday, years in book.items():
        found.setdefault(holiday, {}).update(dict.fromkeys(years, False))
    for duty in report.timetable.duties_of(doctor):
        if duty.letter is Letter.OUT_OF_HOURS:
            for block in duty.holidays:
                found.setdefault(block.holiday, {})[block.year] = True
    return {holiday: sorted(years.items()) for holiday, years in found.items()}
