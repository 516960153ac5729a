"""The heat map: doctors by weeks, with points as a number, a shade and letters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from scheduler.domain.calendar import GreatHoliday, day_name, holiday_blocks, is_red
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.time import SUNDAY, IsoWeek, days_touched
from scheduler.fairness.measures import Measure
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.words import shown
from scheduler.writing.wording import WEEKDAYS_SHORT, number

WEEKS_A_PAGE = 18  # what fits across a sheet of A4 on its side
SHADES = 5
NIGHT, WEEKEND, HOLIDAY = "N", "H", "F"
LEGEND = (
    "Tallet er poengene i vaktene som begynner den uka; jo mørkere rute, desto flere. "
    f"{NIGHT} = natt, {WEEKEND} = helg, {HOLIDAY} = stor høytid. Tom rute: ingen vakt."
)
_SHORT = {GreatHoliday.ASCENSION: "Kr. himmelf."}


@dataclass(frozen=True, slots=True)
class WeekHead:
    """A column: «12», «22.03.», «påske» (the great holidays of the week, or nothing)."""

    number: str
    monday: str
    holidays: str


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One doctor's week.

    Attributes:
        points: as printed; empty where there is no shift.
        letters: a part of «NHF».
        shade: 0 (no points) to SHADES.
        value: points as a number.
    """

    points: str
    letters: str
    shade: int
    value: float


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One doctor's weeks of a page."""

    doctor: str
    cells: tuple[WeekCell, ...]
    total: str


@dataclass(frozen=True, slots=True)
class WeekPage:
    """So many weeks as can be read side by side.

    Attributes:
        red_days: «tor. 25.03. Skjærtorsdag»: those that are no Sunday.
    """

    title: str
    weeks: tuple[WeekHead, ...]
    rows: tuple[WeekRow, ...]
    red_days: tuple[str, ...]


def week_pages(report: FairnessReport) -> tuple[WeekPage, ...]:
    """Every week of the period on pages of about equal width."""
    problem = report.problem
    cells = {
        doctor.id: [_cell(report, doctor.id, week) for week in problem.weeks]
        for doctor in problem.doctors
    }
    most = max((value for own in cells.values() for value, _ in own), default=0.0)
    pages = []
    for first, last in _cuts(len(problem.weeks)):
        weeks = problem.weeks[first:last]
        rows = []
        for doctor in problem.doctors:
            own = cells[doctor.id][first:last]
            total = sum(value for value, _ in cells[doctor.id])
            rows.append(
                WeekRow(
                    report.names[doctor.id],
                    tuple(WeekCell(_short(v), marks, _shade(v, most), v) for v, marks in own),
                    _short(total),
                )
            )
        pages.append(
            WeekPage(
                f"Uke {weeks[0].number}–{weeks[-1].number}"
                if len(weeks) > 1
                else f"Uke {weeks[0].number}",
                tuple(_head(report, week) for week in weeks),
                tuple(rows),
                tuple(_red_days(report, weeks)),
            )
        )
    return tuple(pages)


def _cuts(weeks: int) -> Iterator[tuple[int, int]]:
    pages = ceil(weeks / WEEKS_A_PAGE)
    for page in range(pages):
        yield weeks * page // pages, weeks * (page + 1) // pages


def _cell(report: FairnessReport, doctor: str, week: IsoWeek) -> tuple[float, str]:
    own = [d for d in report.timetable.duties_of(doctor) if d.is_shift and d.week == week]
    points = shown(Measure.POINTS, sum(duty.burden for duty in own))
    return points, "".join(letter for letter in (NIGHT, WEEKEND, HOLIDAY) if _has(own, letter))


def _has(duties: Sequence[Duty], letter: str) -> bool:
    out_of_hours = [duty for duty in duties if duty.letter is Letter.OUT_OF_HOURS]
    if letter == NIGHT:
        return any(duty.is_night for duty in out_of_hours)
    if letter == WEEKEND:
        return any(duty.weekends for duty in out_of_hours)
    return any(duty.holidays for duty in out_of_hours)


def _short(points: float) -> str:
    """At most three signs up to 999: «7,5», «23»; empty for nothing."""
    if not points:
        return ""
    return number(round(points, 1)) if points < 10 else f"{points:.0f}"


def _shade(points: float, most: float) -> int:
    # rounded first: five times a number, divided by it, may be a little more than five
    return ceil(round(SHADES * points / most, 6)) if points > 0 else 0


def _head(report: FairnessReport, week: IsoWeek) -> WeekHead:
    problem = report.problem
    first = max(week.monday, problem.first_day)
    last = min(week.plus(1).monday, problem.period.end.date())
    names = dict.fromkeys(
        _SHORT.get(block.holiday, block.holiday.value)
        for block in holiday_blocks(first, last)
        if block.interval.overlaps(week.interval)
    )
    return WeekHead(str(week.number), f"{week.monday:%d.%m.}", ", ".join(names))


def _red_days(report: FairnessReport, weeks: Sequence[IsoWeek]) -> Iterator[str]:
    problem = report.problem
    for week in weeks:
        for day in days_touched(week.interval):
            inside = problem.first_day <= day <= problem.last_day
            if inside and is_red(day) and day.weekday() != SUNDAY:
                yield f"{WEEKDAYS_SHORT[day.weekday()]} {day:%d.%m.} {day_name(day)}"
