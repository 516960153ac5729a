"""When a practice is closed because its doctor had a night, and what that takes.

After an on-site night the doctor rests from the practice (S-04, S-05). That is a consequence
of the roster, not a prohibition: somebody must cover at the office (F-16.4).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from constraints.facts.practice import openings
from constraints.facts.work import BUSY_CLASS, CLOSED_HOURS, closes_practice
from scheduler.domain.calendar import is_rest_day
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, clock_interval, days_between, days_touched


@dataclass(frozen=True, slots=True)
class Closure:
    """A night and the hours without practice that follow it.

    Attributes:
        night: the shift, of the period or of the tail.
        interval: from its end.
        minutes: opening hours inside it, the doctor's absences left out.
    """

    doctor: str
    night: Duty
    interval: Interval
    minutes: int


class OpenHours:
    """One doctor's opening hours less the absences, worked out when asked for.

    Attributes:
        agreement: a number for what the hours follow from; doctors with the same keep the same
            hours.
        away: the days on which an absence may take from them.
    """

    def __init__(self, problem: Problem, doctor: Doctor) -> None:
        """Remember whose hours are meant."""
        self._doctor = doctor
        self._absences = [a.interval for a in problem.absences_of.get(doctor.id, ())]
        self._away_on: dict[date, list[Interval]] = {}
        for absence in self._absences:
            days = days_touched(absence)
            for day in (days[0] - DAY, *days):  # opening hours may run past midnight
                self._away_on.setdefault(day, []).append(absence)
        self.away = self._away_on.keys()
        self._days: dict[date, tuple[Interval, ...]] = {}
        # Many practices keep the same hours: they are worked out once.
        agreement = doctor.opening_hours, doctor.eve_closing, doctor.agreement
        numbers: dict[tuple[object, ...], int] = problem.remembered("agreements on hours", dict)
        self.agreement = numbers.setdefault(agreement, len(numbers))
        self._agreed: dict[date, tuple[Interval, ...]]
        self._agreed = problem.remembered(("agreed hours", self.agreement), dict)
        self._rows: dict[tuple[date, date], tuple[Interval, ...]]
        self._rows = problem.remembered(("agreed hours in order", self.agreement), dict)
        self._minutes: dict[tuple[datetime, datetime], int]  # which are hashed sooner
        self._minutes = problem.remembered(("agreed minutes", self.agreement), dict)

    def on(self, day: date) -> tuple[Interval, ...]:
        """The open stretches of the day, in order of time."""
        if day not in self.away:
            return self.agreed_on(day)
        known = self._days.get(day)
        if known is None:
            known = self.agreed_on(day)
            for absence in self._away_on[day]:
                known = tuple([rest for opening in known for rest in without(opening, absence)])
            self._days[day] = known
        return known

    def agreed_on(self, day: date) -> tuple[Interval, ...]:
        """The same if the doctor were never away."""
        known = self._agreed.get(day)
        if known is None:
            known = self._agreed[day] = openings(self._doctor, day)
        return known

    def in_order(self, first: date, last: date) -> tuple[Interval, ...]:
        """The open stretches of these days, in order of time."""
        if not self._absences:
            return self.agreed_in_order(first, last)
        row = list(self.agreed_in_order(first, last))
        for absence in self._absences:
            begin = bisect_right(row, absence.start, key=attrgetter("end"))
            end = bisect_left(row, absence.end, key=attrgetter("start"))
            row[begin:end] = [rest for own in row[begin:end] for rest in without(own, absence)]
        return tuple(row)

    def agreed_in_order(self, first: date, last: date) -> tuple[Interval, ...]:
        """The same if the doctor were never away."""
        agreed = self._rows.get((first, last))
        if agreed is None:
            agreed = tuple(own for day in days_between(first, last) for own in self.agreed_on(day))
            self._rows[first, last] = agreed
        return agreed

    def minutes_in(self, interval: Interval) -> int:
        """Opening minutes inside the interval."""
        known = self.agreed_minutes_in(interval)
        # Where nothing is agreed no absence takes anything away.
        if known and self.away and not self.away.isdisjoint(days_touched(interval)):
            return _minutes(interval, map(self.on, days_touched(interval)))
        return known

    def agreed_minutes_in(self, interval: Interval) -> int:
        """The same if the doctor were never away."""
        key = interval.start, interval.end
        known = self._minutes.get(key)
        if known is None:
            days = map(self.agreed_on, days_touched(interval))
            known = self._minutes[key] = _minutes(interval, days)
        return known


def _minutes(interval: Interval, days: Iterable[Iterable[Interval]]) -> int:
    start, end = interval.start, interval.end
    near = [own for day in days for own in day if own.start < end and start < own.end]
    return sum([own.overlap_minutes(interval) for own in near])


def hours_of(problem: Problem, doctor: Doctor) -> OpenHours:
    """The doctor's opening hours, which are kept with the problem: many rules ask."""
    return problem.remembered(("opening hours", doctor.id), lambda: OpenHours(problem, doctor))


def closed_after(night: Duty, closed_hours: int) -> Interval:
    """The hours after a night in which there is no practice; real time."""
    return Interval(night.end, night.end + timedelta(hours=closed_hours))


def closed_hours(settings: Mapping[str, Mapping[str, Any]]) -> int:
    """How many hours the municipality has set (the parameter of `practice_after_night`)."""
    return int(
        settings.get("practice_after_night", {}).get("free_after_onsite_night", CLOSED_HOURS)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Footprint:
    """When a duty may keep a doctor from an open practice; the same for all that are alike.

    It is known by who it is, so that tables of what is alike are quick to ask.

    Attributes:
        interval: of the duty.
        days: those that it touches.
        busy: whether the doctor cannot be at a practice elsewhere (`takes_from_practice`).
        closed: the hours after a night in which there is no practice.
        closed_days: those that they touch.
        touched: all these days, each once, in order of time.
    """

    interval: Interval
    days: tuple[date, ...]
    busy: bool
    closed: Interval | None
    closed_days: tuple[date, ...]
    touched: tuple[date, ...]

    def takes(self, duty: Duty, doctor: Doctor) -> bool:
        """`takes_from_practice`, of a duty with this footprint."""
        return self.busy and (doctor.office is None or duty.type.place != doctor.office)


class Footprints:
    """The footprints of the duties of a problem, found when asked for."""

    def __init__(self, closed_hours: int) -> None:
        """Remember for how long a night closes a practice."""
        self._hours = closed_hours
        self._of: dict[str, tuple[Duty, Footprint]] = {}
        self._alike: dict[tuple[datetime, datetime, bool, bool], Footprint] = {}

    def of(self, duty: Duty) -> Footprint:
        """The footprint of a duty, of the period or of the tail."""
        known = self._of.get(duty.id)
        # The id alone would not do, as in `away_parts`.
        if known is None or known[0] is not duty:
            known = self._of[duty.id] = duty, self._find(duty)
        return known[1]

    def _find(self, duty: Duty) -> Footprint:
        busy, closes = _keeps_away(duty), closes_practice(duty)
        key = duty.start, duty.end, busy, closes
        known = self._alike.get(key)
        if known is None:
            closed = closed_after(duty, self._hours) if closes else None
            days = days_touched(duty.interval)
            closed_days = days_touched(closed) if closed else ()
            touched = tuple(dict.fromkeys((*days, *closed_days)))
            known = Footprint(duty.interval, days, busy, closed, closed_days, touched)
            self._alike[key] = known
        return known


def footprints(problem: Problem, closed_hours: int) -> Footprints:
    """The footprints, which are kept with the problem.

    Args:
        problem: whose duties are meant.
        closed_hours: how many hours a night closes a practice for.
    """
    return problem.remembered((Footprints, closed_hours), lambda: Footprints(closed_hours))


def work_with_footprints(
    timetable: Timetable, doctor: Doctor, closed_hours: int
) -> Sequence[tuple[Duty, Footprint]]:
    """`Timetable.work_of` with the footprint of each; found once for all rules.

    Args:
        timetable: whose work.
        doctor: whose work.
        closed_hours: how many hours a night closes a practice for.
    """

    def found() -> Sequence[tuple[Duty, Footprint]]:
        prints = footprints(timetable.problem, closed_hours)
        return [(duty, prints.of(duty)) for duty in timetable.work_of(doctor.id)]

    return timetable.remembered(doctor.id, (Footprints, closed_hours), found)


def duties_with_footprints(
    timetable: Timetable, doctor: Doctor, closed_hours: int
) -> Sequence[tuple[Duty, Footprint]]:
    """The same of the duties in the period alone, which come after the former roster."""
    work = work_with_footprints(timetable, doctor, closed_hours)
    return work[len(timetable.problem.tail_of[doctor.id]) :]


def closures(timetable: Timetable, doctor: Doctor, hours: int) -> tuple[Closure, ...]:
    """The doctor's nights, tail included, with the opening hours that each one closes."""
    problem = timetable.problem
    open_hours = hours_of(problem, doctor)
    known: dict[str, Closure] = problem.remembered(("closures", doctor.id, hours), dict)
    found = []
    for duty, own in work_with_footprints(timetable, doctor, hours):
        if own.closed:
            closure = known.get(duty.id)
            # The id alone would not do, as in `away_parts`.
            if closure is None or closure.night is not duty:
                minutes = open_hours.minutes_in(own.closed)
                closure = known[duty.id] = Closure(doctor.id, duty, own.closed, minutes)
            found.append(closure)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class AwayPart:
    """A stretch in which a duty may keep a doctor from an open practice, by the day it touches.

    Attributes:
        closure: the closed hours after a night, which no place of work undoes.
    """

    day: date
    interval: Interval
    closure: bool


def away_parts(problem: Problem) -> Mapping[tuple[str, Interval], tuple[AwayPart, ...]]:
    """By id and interval of each duty, tail included: what of it touches anybody's opening hours.

    The id alone would not do: in the tail one duty may have been longer for one than for another.
    """
    hours = closed_hours(problem.settings)
    clocks = [own for doctor in problem.doctors for own in doctor.opening_hours]
    if not clocks:
        return {}
    first, last = min(own.start for own in clocks), max(own.end for own in clocks)
    whole_day = any(own.end <= own.start for own in clocks)
    found = {}
    for duty in (*problem.duties, *(past.duty for past in problem.tail)):
        stretches = [(duty.interval, False)]
        if closes_practice(duty):
            stretches.append((closed_after(duty, hours), True))
        parts = [
            AwayPart(day, stretch, closure)
            for stretch, closure in stretches
            for day in days_touched(stretch)
            if not is_rest_day(day)
            and (whole_day or clock_interval(day, first, last).overlaps(stretch))
        ]
        if parts:
            found[duty.id, duty.interval] = tuple(parts)
    return found


def takes_from_practice(duty: Duty, doctor: Doctor) -> bool:
    """Whether the doctor cannot be at the practice while on this duty.

    Quiet home duty leaves the doctor at the practice, and so does work at the own office.
    """
    return _keeps_away(duty) and (doctor.office is None or duty.type.place != doctor.office)


def _keeps_away(duty: Duty) -> bool:
    """Whether the doctor cannot be elsewhere: on site, or busy at home."""
    # either way: home duty always has a class
    return not duty.is_home or (duty.duty_class or 1) >= BUSY_CLASS


def without(opening: Interval, absence: Interval) -> tuple[Interval, ...]:
    """What is left of an opening outside an absence."""
    if not opening.overlaps(absence):
        return (opening,)
    rest = []
    if opening.start < absence.start:
        rest.append(Interval(opening.start, absence.start))
    if absence.end < opening.end:
        rest.append(Interval(absence.end, opening.end))
    return tuple(rest)
