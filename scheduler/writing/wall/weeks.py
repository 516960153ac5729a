"""The second part of the wall roster: days downwards, patterns across, names in the cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.calendar_words import MONTHS
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek, days_between
from scheduler.writing.wall.days import DayMark, first_to_last, mark
from scheduler.writing.wall.grid import clocks_of
from scheduler.writing.wall.names import shown_names
from scheduler.writing.wall.paper import Room, divide
from scheduler.writing.wording import PRESENCES, ROLES, UNCOVERED, WEEKDAYS_SHORT

DAY_WIDTH, PATTERN_WIDTH, GUTTER = 25.0, 30.0, 8.0  # millimetres


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a cell, or what lacks."""

    text: str
    hole: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: the pattern, and what is the same for all its duties."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: its heading and the names under each pattern."""

    day: str
    mark: DayMark
    cells: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """One week."""

    title: str
    heads: tuple[Heading, ...]
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class WeekPart:
    """Weeks that have the same patterns, and how many stand beside each other on a page."""

    columns: int
    weeks: tuple[WeekTable, ...]


def parts(timetable: Timetable, room: Room) -> Iterator[WeekPart]:
    """All weeks, once for every so many patterns as fit beside each other.

    Legevakt alone is shown; in a plan that has none, municipal work.
    """
    problem = timetable.problem
    used = [duty for duty in problem.duties if duty.is_shift] or list(problem.duties)
    by_day: dict[tuple[date, str], list[Duty]] = {}
    clocks: dict[str, set[str]] = {}
    for duty in used:
        by_day.setdefault((duty.day, duty.type.id), []).append(duty)
        clocks.setdefault(duty.type.id, set()).add(clocks_of(duty))
    kinds = [kind for kind in problem.types if kind.id in clocks]
    names = shown_names(problem)
    holes = {duty.id for duty in timetable.holes}

    def cell(day: date, kind: str) -> tuple[Entry, ...]:
        return tuple(
            entry
            for duty in by_day.get((day, kind), ())
            for entry in _entries(timetable, duty, names, holes, told=len(clocks[kind]) == 1)
        )

    for group in divide(kinds, int((room.width - DAY_WIDTH) / PATTERN_WIDTH)):
        width = DAY_WIDTH + PATTERN_WIDTH * len(group)
        beside = max(1, min(3, int((room.width + GUTTER) / (width + GUTTER))))
        heads = tuple(_heading(kind, clocks[kind.id]) for kind in group)
        tables = []
        for week in problem.weeks:
            days = [
                day
                for day in days_between(problem.first_day, problem.last_day)
                if IsoWeek.of(day) == week
            ]
            lines = tuple(
                DayLine(_day(day), mark(day), tuple(cell(day, kind.id) for kind in group))
                for day in days
            )
            tables.append(
                WeekTable(
                    f"Uke {week.number} · {first_to_last(days)} {days[-1].year}", heads, lines
                )
            )
        yield WeekPart(beside, tuple(tables))


def _entries(
    timetable: Timetable, duty: Duty, names: Mapping[str, str], holes: set[str], *, told: bool
) -> Iterator[Entry]:
    """The doctors, then what lacks; the clock first where the heading does not tell it."""
    when = "" if told else f"{clocks_of(duty)} "
    for doctor in timetable.doctors_on(duty.id):
        yield Entry(f"{when}{names[doctor]}")
    if duty.id in holes:
        lacking = timetable.missing(duty)
        yield Entry(f"{when}{UNCOVERED}{f' ({lacking})' if lacking > 1 else ''}", hole=True)


def _heading(kind: ShiftPattern | MunicipalDuty, clocks: set[str]) -> Heading:
    notes: Sequence[str] = ()
    if isinstance(kind, ShiftPattern):
        notes = (ROLES[kind.role], PRESENCES[kind.presence])
    when = tuple(clocks) if len(clocks) == 1 else ()
    return Heading(kind.name, " · ".join((*when, *notes)))


def _day(day: date) -> str:
    return f"{WEEKDAYS_SHORT[day.weekday()]} {day.day}. {MONTHS[day.month - 1][:3]}."
