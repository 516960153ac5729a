"""A roster the other way round: days downwards, patterns across, names in the cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.pages.rosters.grid import Window
from api.service.plans.redaction import Naming
from scheduler.domain.calendar import day_name, is_eve, is_red
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.domain.time import SATURDAY


@dataclass(frozen=True, slots=True)
class Post:
    """A duty of one day.

    Attributes:
        names: of who has it.
        lacks: how many doctors it lacks.
    """

    duty: str
    names: tuple[str, ...]
    lacks: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day.

    Attributes:
        shade: «red», «eve», «weekend» or empty.
        name: of the red day or eve; empty else.
        posts: by pattern, in the order of the columns.
    """

    day: date
    shade: str
    name: str
    posts: tuple[tuple[Post, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Days and patterns; patterns that no day of the window has are left out."""

    patterns: tuple[str, ...]
    rows: tuple[DayRow, ...]


def by_pattern(timetable: Timetable, shown: Window, naming: Naming) -> Table:
    """The part of a roster that lies in a window.

    Args:
        timetable: of the whole roster.
        shown: the days.
        naming: what the reader sees doctors called.
    """
    problem = timetable.problem
    names = {own.id: naming(own.id, own.name, own.municipality)[1] for own in problem.doctors}
    days = set(shown.days)
    found: dict[tuple[date, str], list[Duty]] = {}
    titles: dict[str, str] = {}
    for duty in problem.duties:
        if duty.day in days and (timetable.doctors_on(duty.id) or timetable.missing(duty)):
            found.setdefault((duty.day, duty.type.id), []).append(duty)
            titles[duty.type.id] = duty.type.name
    order = [own.id for own in problem.types if own.id in titles]
    return Table(
        tuple(titles[own] for own in order),
        tuple(
            DayRow(
                day,
                _shade(day),
                day_name(day) or "",
                tuple(
                    tuple(_post(timetable, duty, names) for duty in found.get((day, own), ()))
                    for own in order
                ),
            )
            for day in shown.days
        ),
    )


def _post(timetable: Timetable, duty: Duty, names: Mapping[str, str]) -> Post:
    own = tuple(names[doctor] for doctor in timetable.doctors_on(duty.id))
    return Post(duty.id, own, timetable.missing(duty))


def _shade(day: date) -> str:
    if is_red(day):
        return "red"
    if is_eve(day):
        return "eve"
    return "weekend" if day.weekday() >= SATURDAY else ""
