"""A roster as a grid: doctors downwards, days across, letters in the cells."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from api.pages.rosters.standing import Burden
from api.pages.times import Clock
from api.service.plans.redaction import Naming
from scheduler.domain.calendar import day_name, is_eve, is_red
from scheduler.domain.problem import Pin
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MONDAY, SATURDAY, days_between
from scheduler.tallies import tally
from scheduler.writing.sheets.names import codes
from scheduler.writing.wall.days import EVE_SIGN, RED_SIGN
from scheduler.writing.wall.grid import Key, legend, look


class Span(StrEnum):
    """How much is shown."""

    WEEK = "uke"
    MONTH = "maaned"
    PERIOD = "periode"


_DAYS = {Span.WEEK: 7, Span.MONTH: 28}


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, and where to go from here.

    Attributes:
        earlier, later: first days of the windows beside; None at the ends of the period.
    """

    span: Span
    days: tuple[date, ...]
    earlier: date | None
    later: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """The head of a column.

    Attributes:
        shade: «red», «eve», «weekend» or empty; «monday» may stand beside it.
        sign: of red days and eves.
        name: of the red day or eve; empty else.
    """

    day: date
    initial: str
    shade: str
    sign: str
    name: str


@dataclass(frozen=True, slots=True)
class Week:
    """A head over the days of one week."""

    number: int
    days: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A duty in a cell: its letter, its id for the way to it, and whether it is locked there."""

    text: str
    duty: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a doctor has on a day; empty for most."""

    marks: tuple[Mark, ...]
    look: str

    @property
    def pinned(self) -> bool:
        """Whether one of them is locked to the doctor."""
        return any(own.pinned for own in self.marks)


_FREE = Cell((), "")


@dataclass(frozen=True, slots=True)
class Line:
    """A doctor.

    Attributes:
        sums: shifts, nights, weekends and points of the whole period.
        year: points of the year so far and this period; empty where it is not told.
        aim: points that the doctor should have; empty where it is not told.
    """

    doctor: str
    name: str
    cells: tuple[Cell, ...]
    sums: tuple[str, ...]
    year: str
    aim: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A part of a roster, ready to be shown.

    Attributes:
        holes: the duties of each day that lack a doctor, each as often as it lacks one.
    """

    window: Window
    weeks: tuple[Week, ...]
    days: tuple[Day, ...]
    lines: tuple[Line, ...]
    holes: tuple[tuple[Mark, ...], ...]
    legend: tuple[Key, ...]

    @property
    def has_pins(self) -> bool:
        """Whether anything that is shown is locked."""
        return any(cell.pinned for line in self.lines for cell in line.cells)


def window(first: date, last: date, span: Span, begin: date | None, today: date) -> Window:
    """The days to be shown.

    Args:
        first: day of the roster.
        last: day of the roster.
        span: how many days.
        begin: a day in the first week; None for today, or the nearest day that there is.
        today: in Oslo.
    """
    if span is Span.PERIOD:
        return Window(span, tuple(days_between(first, last)), None, None)
    length = timedelta(days=_DAYS[span])
    wanted = min(max(begin or today, first), last)
    monday = wanted - timedelta(days=wanted.weekday() - MONDAY)
    end = monday + length
    days = days_between(max(first, monday), min(last, end - timedelta(days=1)))
    return Window(
        span,
        tuple(days),
        max(first, monday - length) if monday > first else None,
        end if end <= last else None,
    )


def grid(
    timetable: Timetable,
    shown: Window,
    naming: Naming,
    clock: Clock,
    burdens: Mapping[str, Burden] | None = None,
    pins: Collection[Pin] = (),
) -> Grid:
    """A part of a roster.

    Args:
        timetable: of the whole roster.
        shown: the days.
        naming: what the reader sees doctors called.
        clock: says days in the reader's language.
        burdens: points with year and target by doctor; of those whom the reader may know.
        pins: what is locked, as far as the reader may know.
    """
    code = codes(timetable.problem.types)
    locked = {(own.doctor, own.duty) for own in pins if own.works}
    sums = {own.doctor: own for own in tally(timetable)}
    place = {day: number for number, day in enumerate(shown.days)}
    lines = []
    for doctor in timetable.problem.doctors:
        cells = [_FREE] * len(shown.days)
        found: dict[int, list[int]] = {}
        duties = timetable.duties_of(doctor.id)
        for number, duty in enumerate(duties):
            if duty.day in place:
                found.setdefault(place[duty.day], []).append(number)
        for column, numbers in found.items():
            own = [duties[number] for number in numbers]
            marks = tuple(
                Mark(code[duty.type.id], duty.id, (doctor.id, duty.id) in locked) for duty in own
            )
            cells[column] = Cell(marks, look(own))
        key, name = naming(doctor.id, doctor.name, doctor.municipality)
        total = sums[doctor.id]
        counts = (total.shifts, total.nights, len(total.weekends))
        bears = (burdens or {}).get(doctor.id)
        points = clock.number(bears.period if bears else total.points)
        year = clock.number(bears.year) if bears else ""
        aim = "" if bears is None or bears.aim is None else clock.number(bears.aim)
        lines.append(Line(key, name, tuple(cells), (*map(str, counts), points), year, aim))
    lacking: dict[date, list[Mark]] = {}
    for duty in timetable.holes:
        mark = Mark(code[duty.type.id], duty.id)
        lacking.setdefault(duty.day, []).extend([mark] * timetable.missing(duty))
    return Grid(
        shown,
        _weeks(shown.days),
        tuple(_day(day, clock) for day in shown.days),
        tuple(lines),
        tuple(tuple(lacking.get(day, ())) for day in shown.days),
        legend(timetable),
    )


def _weeks(days: Sequence[date]) -> tuple[Week, ...]:
    counted: Counter[tuple[int, int]] = Counter(day.isocalendar()[:2] for day in days)
    return tuple(Week(number, many) for (_, number), many in counted.items())


def _day(day: date, clock: Clock) -> Day:
    red, eve = is_red(day), is_eve(day)
    shade = "red" if red else "eve" if eve else "weekend" if day.weekday() >= SATURDAY else ""
    return Day(
        day,
        clock.initial(day),
        f"{shade} monday".strip() if day.weekday() == MONDAY else shade,
        RED_SIGN if red else EVE_SIGN if eve else "",
        day_name(day) or "",
    )
