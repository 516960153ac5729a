"""The staff-scheduling instances of Curtois and Qu: reader, our rules, and a scorer of its own.

``python -m benchmarks.curtois INSTANCE.txt`` tells how large an instance is and what it costs
if nobody works. The instances are data without a licence, so they are never kept here.

The reader turns the text into `Instance`, days and minutes as they stand there. From it come

- `problem_of` and `rules_of`: the same instance in the words of Rettvakt. One pattern per
  shift type, one duty per day and type with room for the whole staff, no law.
- `score`: objective and broken demands of a roster, straight from the instance, without
  Rettvakt's rules, so that the two can be held against each other.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import NoReturn

from constraints.consecutive_days_off import ConsecutiveDaysOff
from constraints.consecutive_duties import ConsecutiveDuties
from constraints.cover_targets import CoverTargets
from constraints.days_off import DaysOff
from constraints.forbidden_succession import ForbiddenSuccession
from constraints.max_weekends import MaxWeekends
from constraints.one_shift_a_day import OneShiftADay
from constraints.pattern_maximum import PatternMaximum
from constraints.requests import Requests
from constraints.total_time import TotalTime
from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.duty import Duty, Letter, Presence, Role, ShiftPattern
from scheduler.domain.problem import Assignment, Municipality, Place, Problem
from scheduler.domain.time import DAY, MINUTE, Interval, moment
from scheduler.rule import Rule

MONDAY = date(2027, 1, 4)
"""The first day of every problem made here; all instances start on a Monday."""

LONGEST = 22 * 60
"""Minutes of the longest shift that fits around noon, also on the day of 23 hours."""

Plan = Mapping[tuple[str, int], str]
"""A roster in the instance's own words: (employee, day from 0) -> shift type."""

# --- the instance -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift type: its length, and the types that may not follow it on the next day."""

    id: str
    minutes: int
    not_before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Employee:
    """One row of the staff.

    Attributes:
        max_shifts: shift type -> how many at most.
        min_run, max_run: days worked in succession.
        min_off: days off in succession.
    """

    id: str
    max_shifts: Mapping[str, int]
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int


@dataclass(frozen=True, slots=True)
class Request:
    """An employee asks for (or against) a shift type on a day."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How many a day wants of a shift type, and the weight of each too few and too many."""

    day: int
    shift: str
    needed: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """All that one file says; days count from 0, a Monday."""

    days: int
    shifts: Mapping[str, Shift]
    staff: Mapping[str, Employee]
    days_off: Mapping[str, frozenset[int]]
    on: tuple[Request, ...]
    off: tuple[Request, ...]
    cover: tuple[Cover, ...]


# --- reading ----------------------------------------------------------------------------------

_WIDTH = {
    "SECTION_HORIZON": 1,
    "SECTION_SHIFTS": 3,
    "SECTION_STAFF": 8,
    "SECTION_DAYS_OFF": None,
    "SECTION_SHIFT_ON_REQUESTS": 4,
    "SECTION_SHIFT_OFF_REQUESTS": 4,
    "SECTION_COVER": 5,
}
"""Sections and the number of values on each of their lines (None: any number)."""

_NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")


@dataclass(frozen=True, slots=True)
class _Line:
    """The values of one line, and where it stands."""

    number: int
    values: tuple[str, ...]

    def fail(self, what: str) -> NoReturn:
        """Refuse the file because of this line."""
        raise ValueError(f"line {self.number}: {what}")

    def whole(self, index: int, name: str, *, low: int = 0, below: int | None = None) -> int:
        """The value as a whole number from `low` to below `below`."""
        text = self.values[index]
        digits = "0" if text == "-0" else text  # a published file writes zero so
        value = int(digits) if digits.isascii() and digits.isdigit() else -1
        if value < low or (below is not None and value >= below):
            end = "" if below is None else f" and below {below}"
            self.fail(f"{name} ({text!r}) must be a whole number, at least {low}{end}")
        return value

    def known(self, index: int, name: str, known: Mapping[str, object]) -> str:
        """The value as an id that stands in `known`."""
        text = self.values[index]
        if text not in known:
            self.fail(f"{name} ({text!r}) must be one of {', '.join(known)}")
        return text

    def fresh(self, index: int, name: str, known: Mapping[str, object]) -> str:
        """The value as an id that was not given before."""
        text = self.values[index]
        if not text or text in known:
            self.fail(f"{name} ({text!r}) must be a new id")
        return text


def read(text: str) -> Instance:
    """An instance from the text of its file.

    Raises:
        ValueError: the text is not an instance; the message names the line.
    """
    sections = _sections(text)
    horizon = sections["SECTION_HORIZON"]
    if len(horizon) != 1:
        horizon[1].fail("the horizon must be one number")
    days = horizon[0].whole(0, "days", low=1)
    shifts = _shifts(sections["SECTION_SHIFTS"])
    staff: dict[str, Employee] = {}
    for line in sections["SECTION_STAFF"]:
        employee = _employee(line, line.fresh(0, "employee", staff), shifts)
        staff[employee.id] = employee
    days_off: dict[str, frozenset[int]] = {}
    for line in sections.get("SECTION_DAYS_OFF", ()):
        own = (line.whole(n, "day", below=days) for n in range(1, len(line.values)))
        employee_id = line.known(0, "employee", staff)
        days_off[employee_id] = days_off.get(employee_id, frozenset()) | frozenset(own)
    cover: dict[tuple[int, str], Cover] = {}
    for line in sections["SECTION_COVER"]:
        place = line.whole(0, "day", below=days), line.known(1, "shift", shifts)
        if place in cover:
            line.fail(f"the cover of day {place[0]} and shift {place[1]} must be given once")
        numbers = (line.whole(n, name) for n, name in ((2, "needed"), (3, "under"), (4, "over")))
        cover[place] = Cover(*place, *numbers)
    return Instance(
        days,
        shifts,
        staff,
        days_off,
        _requests(sections.get("SECTION_SHIFT_ON_REQUESTS", ()), days, staff, shifts),
        _requests(sections.get("SECTION_SHIFT_OFF_REQUESTS", ()), days, staff, shifts),
        tuple(cover.values()),
    )


def _sections(text: str) -> dict[str, list[_Line]]:
    """The lines by section, comments and empty lines left out."""
    found: dict[str, list[_Line]] = {}
    current = ""
    number = 0
    for number, row in enumerate(text.splitlines(), start=1):
        content = row.strip()
        if not content or content.startswith("#"):
            continue
        line = _Line(number, tuple(value.strip() for value in content.split(",")))
        if content.startswith("SECTION_"):
            if content not in _WIDTH or content in found:
                line.fail(f"section ({content}) must be one of {', '.join(_WIDTH)}, each once")
            current = content
            found[current] = []
            continue
        if not current:
            line.fail(f"{content!r} must stand in a section; the first is SECTION_HORIZON")
        width = _WIDTH[current]
        if width is not None and len(line.values) != width:
            line.fail(f"{current} must have {width} values a line, not {len(line.values)}")
        found[current].append(line)
    for section in _NEEDED:
        if not found.get(section):
            _Line(number + 1, ()).fail(f"the file ends without a line in {section}")
    return found


def _shifts(lines: Sequence[_Line]) -> dict[str, Shift]:
    shifts: dict[str, Shift] = {}
    for line in lines:
        shift = line.fresh(0, "shift", shifts)
        minutes = line.whole(1, "minutes", low=1, below=LONGEST + 1)
        shifts[shift] = Shift(shift, minutes, frozenset(filter(None, line.values[2].split("|"))))
    for line in lines:
        for follower in shifts[line.values[0]].not_before:
            if follower not in shifts:
                line.fail(f"the follower ({follower!r}) must be one of {', '.join(shifts)}")
    return shifts


def _employee(line: _Line, employee: str, shifts: Mapping[str, Shift]) -> Employee:
    most: dict[str, int] = {}
    for part in line.values[1].split("|"):
        shift, equals, number = part.partition("=")
        if shift not in shifts or not equals or not number.isdigit() or shift in most:
            line.fail(f"maximum ({part!r}) must be shift=number, each shift once")
        most[shift] = int(number)
    names = ("max minutes", "min minutes", "max run", "min run", "min days off", "max weekends")
    return Employee(employee, most, *(line.whole(n, name) for n, name in enumerate(names, start=2)))


def _requests(
    lines: Sequence[_Line],
    days: int,
    staff: Mapping[str, Employee],
    shifts: Mapping[str, Shift],
) -> tuple[Request, ...]:
    return tuple(
        Request(
            line.known(0, "employee", staff),
            line.whole(1, "day", below=days),
            line.known(2, "shift", shifts),
            line.whole(3, "weight", low=1),
        )
        for line in lines
    )


# --- the same in the words of Rettvakt --------------------------------------------------------


def problem_of(instance: Instance, title: str = "Curtois") -> Problem:
    """The instance as a problem: each day and type is one duty, around noon of its day."""
    kinds = {
        shift: ShiftPattern(
            shift, shift, Letter.OUT_OF_HOURS, Presence.ON_SITE, Role.PRIMARY, "lv", burden=0
        )
        for shift in instance.shifts
    }
    duties = [
        Duty(
            duty_id(day, shift.id),
            kinds[shift.id],
            _around_noon(_date(day), shift.minutes),
            needed=len(instance.staff),
        )
        for day in range(instance.days)
        for shift in instance.shifts.values()
    ]
    return Problem(
        title=title,
        first_day=MONDAY,
        last_day=_date(instance.days - 1),
        judged_on=MONDAY - DAY,
        municipalities=(Municipality("kommune", "Kommune", 5000),),
        places=(Place("lv", "Legevakt"),),
        doctors=tuple(
            Doctor(employee, employee, "kommune", Employment.HIRED, date(1980, 1, 1))
            for employee in instance.staff
        ),
        types=tuple(kinds.values()),
        duties=tuple(sorted(duties, key=lambda duty: (duty.start, duty.end, duty.id))),
    )


def rules_of(instance: Instance) -> tuple[Rule, ...]:
    """The instance's demands as rules; cover and requests are one sum, as published."""
    staff = instance.staff.values()
    return (
        OneShiftADay(doctors={"*": True}),
        ForbiddenSuccession(
            successions={
                f"{shift.id}/{follower}": True
                for shift in instance.shifts.values()
                for follower in sorted(shift.not_before)
            }
        ),
        PatternMaximum(
            maxima={
                f"{own.id}/{shift}": most for own in staff for shift, most in own.max_shifts.items()
            }
        ),
        TotalTime(
            minimum={own.id: own.min_minutes for own in staff},
            maximum={own.id: own.max_minutes for own in staff},
        ),
        ConsecutiveDuties(
            minimum={own.id: own.min_run for own in staff},
            maximum={own.id: own.max_run for own in staff},
        ),
        ConsecutiveDaysOff(minimum={own.id: own.min_off for own in staff}),
        MaxWeekends(maximum={own.id: own.max_weekends for own in staff}),
        DaysOff(
            days={
                f"{employee}/{_date(day)}": True
                for employee, days in instance.days_off.items()
                for day in sorted(days)
            }
        ),
        CoverTargets(
            needed={f"{own.shift}/{_date(own.day)}": own.needed for own in instance.cover},
            under={f"{own.shift}/{_date(own.day)}": own.under for own in instance.cover},
            over={f"{own.shift}/{_date(own.day)}": own.over for own in instance.cover},
            level="cover",
            price=1,
        ),
        Requests(wanted=_asked(instance.on), unwanted=_asked(instance.off), level="cover", price=1),
    )


def duty_id(day: int, shift: str) -> str:
    """The id of the duty that the problem has for a day and a shift type."""
    return f"{shift}/{_date(day)}"


def assignments_of(plan: Plan) -> Iterator[Assignment]:
    """A roster of the instance as assignments of the problem."""
    for (employee, day), shift in plan.items():
        yield Assignment(duty_id(day, shift), employee)


def plan_of(problem: Problem, assignments: Sequence[Assignment]) -> dict[tuple[str, int], str]:
    """Assignments of the problem as a roster of the instance.

    Raises:
        ValueError: someone has two duties on a day, which such a roster cannot say.
    """
    plan: dict[tuple[str, int], str] = {}
    for assignment in assignments:
        duty = problem.duty_by_id[assignment.duty]
        place = assignment.doctor, (duty.day - MONDAY).days
        if place in plan:
            raise ValueError(f"{assignment.doctor} must have one duty on {duty.day}, not two")
        plan[place] = duty.type.id
    return plan


def _date(day: int) -> date:
    return MONDAY + day * DAY


def _around_noon(day: date, minutes: int) -> Interval:
    start = moment(day, time(12)) - minutes // 2 * MINUTE
    return Interval(start, start + timedelta(minutes=minutes))


def _asked(requests: Sequence[Request]) -> dict[str, int]:
    """The weight of each request; of a repeated one, the sum."""
    found: dict[str, int] = {}
    for own in requests:
        key = f"{own.employee}/{_date(own.day)}/{own.shift}"
        found[key] = found.get(key, 0) + own.weight
    return found


# --- the scorer -------------------------------------------------------------------------------


def score(instance: Instance, plan: Plan) -> tuple[int, list[str]]:
    """What a roster costs and which hard demands it breaks, from the instance alone.

    A run of work or of days off that touches the first or last day may be shorter than its
    minimum; maxima always bind.

    Raises:
        ValueError: the roster names an employee, a day or a shift type that is not there.
    """
    for (employee, day), shift in plan.items():
        if employee not in instance.staff or not 0 <= day < instance.days:
            raise ValueError(f"({employee}, {day}) must be an employee and a day of the instance")
        if shift not in instance.shifts:
            raise ValueError(f"shift ({shift!r}) must be one of {', '.join(instance.shifts)}")
    objective = 0
    for own in instance.on:
        if plan.get((own.employee, own.day)) != own.shift:
            objective += own.weight
    for own in instance.off:
        if plan.get((own.employee, own.day)) == own.shift:
            objective += own.weight
    for wanted in instance.cover:
        present = sum(
            plan.get((employee, wanted.day)) == wanted.shift for employee in instance.staff
        )
        if present < wanted.needed:
            objective += wanted.under * (wanted.needed - present)
        else:
            objective += wanted.over * (present - wanted.needed)
    broken = [
        f"{employee.id}: {fault}"
        for employee in instance.staff.values()
        for fault in _faults(
            instance, employee, [plan.get((employee.id, day)) for day in range(instance.days)]
        )
    ]
    return objective, broken


def _faults(instance: Instance, employee: Employee, row: list[str | None]) -> Iterator[str]:
    """What is wrong with the row of one employee: a shift type or None for each day."""
    for day, (before, after) in enumerate(pairwise(row)):
        if before is not None and after in instance.shifts[before].not_before:
            yield f"{after} on day {day + 1} follows {before}"
    for shift in instance.shifts:
        most = employee.max_shifts.get(shift)
        if most is not None and row.count(shift) > most:
            yield f"{row.count(shift)} of {shift}, at most {most}"
    minutes = sum(instance.shifts[shift].minutes for shift in row if shift is not None)
    if not employee.min_minutes <= minutes <= employee.max_minutes:
        yield f"{minutes} min, not {employee.min_minutes} to {employee.max_minutes}"
    start = 0
    for works, run in groupby(row, key=lambda shift: shift is not None):
        length = len(list(run))
        inside = start > 0 and start + length < instance.days
        if works and length > employee.max_run:
            yield f"{length} days of work from day {start}, at most {employee.max_run}"
        if inside and length < (employee.min_run if works else employee.min_off):
            yield f"{length} days of {'work' if works else 'rest'} from day {start} are too few"
        start += length
    weekends = sum(any(row[day : day + 2]) for day in range(5, instance.days, 7))
    if weekends > employee.max_weekends:
        yield f"{weekends} weekends, at most {employee.max_weekends}"
    for day in sorted(instance.days_off.get(employee.id, ())):
        if row[day] is not None:
            yield f"{row[day]} on day {day}, which is off"


# --- command line -----------------------------------------------------------------------------


def main() -> None:
    """Tell the size of an instance and what it costs if nobody works."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("instance", type=Path, help="text file of the instance")
    path: Path = parser.parse_args().instance
    try:
        instance = read(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        parser.error(f"{path}: {fault}")
    objective, _ = score(instance, {})
    size = f"{len(instance.staff)} staff x {instance.days} days x {len(instance.shifts)} types"
    print(f"{path.name}: {size}; nobody works: {objective}")


if __name__ == "__main__":
    main()
