"""The first part of the wall roster: doctors downwards, days across, letters in the cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek, days_between
from scheduler.tallies import Tally, tally
from scheduler.writing.sheets.names import codes
from scheduler.writing.wall.days import DayMark, first_to_last, mark, named_days
from scheduler.writing.wall.names import cut, shown_names
from scheduler.writing.wall.paper import Room, divide
from scheduler.writing.wording import clock, number

SUMS = ("Vakter", "Netter", "Helger", "Timer")
POINTS_PER_MM = 2.835
HEADINGS = 37.0  # millimetres taken by titles, days, holes and notes around the doctors
ROW, TWO_LINES, TALLEST_ROW = 4.1, 6.5, 12.0
BOLD_WIDTH, NAME_WIDTH = 0.62, 0.53  # of a letter, in parts of its size
USUAL_NAME = 22  # letters; only longer names are printed smaller


@dataclass(frozen=True, slots=True)
class Cell:
    """What a doctor has on a day.

    Attributes:
        look: "night", "day", "home", "backup", "municipal" or empty.
        size: of the print, in points.
    """

    text: str
    look: str
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One doctor."""

    name: str
    size: float
    sums: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The heading over the days of one week."""

    title: str
    days: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the grid.

    Attributes:
        holes: how many doctors lack on each day, as text; empty if none lacks here.
        row: the height of a doctor's row, in millimetres.
        named: the red days and eves of the page.
    """

    title: str
    weeks: tuple[Week, ...]
    days: tuple[DayMark, ...]
    lines: tuple[Line, ...]
    holes: tuple[str, ...]
    row: float
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One letter of the legend."""

    code: str
    text: str
    look: str


def pages(timetable: Timetable, room: Room) -> Iterator[Page]:
    """The pages, by weeks and then by doctors."""
    problem = timetable.problem
    code = codes(problem.types)
    names = shown_names(problem)
    sums = {own.doctor: _sums(own) for own in tally(timetable)}
    lacking: dict[date, int] = {}
    for duty in timetable.holes:
        lacking[duty.day] = lacking.get(duty.day, 0) + timetable.missing(duty)
    days_of: dict[IsoWeek, list[date]] = {}
    for day in days_between(problem.first_day, problem.last_day):
        days_of.setdefault(IsoWeek.of(day), []).append(day)
    keys = legend(timetable)
    groups = divide(problem.doctors, room.doctors) or [()]
    for weeks in divide(list(days_of), room.weeks):
        days = [day for week in weeks for day in days_of[week]]
        named = tuple(named_days(days))
        holes = tuple(str(lacking.get(day, "")) for day in days)
        for group in groups:
            space = room.height - HEADINGS - _legend_height(keys, named, room)
            row = max(ROW, min(TALLEST_ROW, space / max(1, len(group))))
            width = (room.width - room.name - len(SUMS) * room.total) / len(days)
            usual = min(row * 2.0, width * 1.75, 13.0)
            yield Page(
                _title(weeks, group, problem.doctors),
                tuple(_week(week, days_of[week]) for week in weeks),
                tuple(mark(day) for day in days),
                tuple(
                    Line(
                        *_name(names[doctor.id], usual, row, room),
                        sums[doctor.id],
                        _cells(timetable.duties_of(doctor.id), days, code, usual, width),
                    )
                    for doctor in group
                ),
                holes if any(holes) else (),
                row,
                named,
            )


def legend(timetable: Timetable) -> tuple[Key, ...]:
    """The letters of the kinds that the plan has duties of, legevakt first."""
    problem = timetable.problem
    return problem.remembered(legend, lambda: _legend(problem))


def _legend(problem: Problem) -> tuple[Key, ...]:
    code = codes(problem.types)
    by_type: dict[str, list[Duty]] = {}
    for duty in problem.duties:
        by_type.setdefault(duty.type.id, []).append(duty)
    keys = []
    for kind in problem.types:
        own = by_type.get(kind.id, [])
        if own:
            clocks = {clocks_of(duty) for duty in own}
            when = f" {clocks.pop()}" if len(clocks) == 1 else ""
            keys.append((not own[0].is_shift, Key(code[kind.id], f"{kind.name}{when}", look(own))))
    return tuple(key for _, key in sorted(keys, key=lambda pair: pair[0]))


def look(duties: Sequence[Duty]) -> str:
    """How a cell with these duties looks: as its first shift, at night if any is a night."""
    shifts = [duty for duty in duties if duty.is_shift]
    if not shifts:
        return "municipal" if duties else ""
    if all(duty.is_backup for duty in shifts):
        return "backup"
    if all(duty.is_home or duty.is_backup for duty in shifts):
        return "home"
    return "night" if any(duty.is_night and not duty.is_home for duty in shifts) else "day"


def clocks_of(duty: Duty) -> str:
    """«23–08», or «15:30–23:00» where minutes matter."""
    start, end = clock(duty.start), clock(duty.end)
    if start.endswith(":00") and end.endswith(":00"):
        start, end = start[:2], end[:2]
    return f"{start}–{end}"


def _cells(
    duties: Sequence[Duty],
    days: Sequence[date],
    code: Mapping[str, str],
    usual: float,
    width: float,
) -> tuple[Cell, ...]:
    found: dict[date, list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.day, []).append(duty)
    cells = []
    for day in days:
        own = found.get(day, [])
        text = "+".join(code[duty.type.id] for duty in own)
        cells.append(Cell(text, look(own), _fitting(text, usual, width - 0.6)))
    return tuple(cells)


def _fitting(text: str, usual: float, width: float) -> float:
    """The size of print at which the letters fit, but no smaller than readable."""
    fits = width * POINTS_PER_MM / (BOLD_WIDTH * max(1, len(text)))
    return round(max(5.5, min(usual, fits)), 2)


def _name(name: str, usual: float, row: float, room: Room) -> tuple[str, float]:
    """The name and its size: on two lines where the row is high enough, cut in the last resort."""
    width = room.name * POINTS_PER_MM / NAME_WIDTH
    if len(name) <= USUAL_NAME:
        return name, round(min(usual, width / USUAL_NAME), 2)
    lines = 1.7 if row > TWO_LINES else 1.0
    smallest = 0.7 * room.text
    size = max(smallest, min(usual, width / USUAL_NAME, width * lines / len(name)))
    return cut(name, int(width * lines / size)), round(size, 2)


def _legend_height(keys: Sequence["Key"], named: Sequence[str], room: Room) -> float:
    """About how many millimetres the letters and the named days take."""
    letter = 0.19 * room.text  # of running text, in millimetres
    for_keys = sum(11 + letter * (len(key.code) + len(key.text)) for key in keys)
    for_named = sum(4 + letter * len(text) for text in named)
    lines = ceil(for_keys / room.width) + (ceil(for_named / room.width + 0.15) if named else 0)
    return lines * 0.7 * room.text


def _sums(own: Tally) -> tuple[str, ...]:
    """In the order of SUMS, of the whole period."""
    return (
        str(own.shifts),
        str(own.nights),
        str(len(own.weekends)),
        number(round(own.shift_minutes / 60)),
    )


def _week(week: IsoWeek, days: list[date]) -> Week:
    if len(days) < 3:
        return Week(str(week.number), len(days))
    if len(days) < 6:
        return Week(f"Uke {week.number}", len(days))
    return Week(f"Uke {week.number} · {first_to_last(days)}", len(days))


def _title(weeks: Sequence[IsoWeek], group: Sequence[Doctor], everybody: Sequence[Doctor]) -> str:
    """«Uke 1–6», «Uke 1–6 · lege 35–67 av 100»."""
    title = week_numbers(weeks)
    if len(group) == len(everybody):
        return title
    first = everybody.index(group[0]) + 1
    return f"{title} · lege {first}–{first + len(group) - 1} av {len(everybody)}"


def week_numbers(weeks: Sequence[IsoWeek]) -> str:
    """«Uke 53», «Uke 53–5»."""
    first, last = weeks[0].number, weeks[-1].number
    return f"Uke {first}" if len(weeks) == 1 else f"Uke {first}–{last}"
