"""The days of an office: who keeps which hours there, and how many are left when some are gone.

Of an office's day, all that no roster changes is found once: the opening hours, and what is left
of them outside absences, meetings and the former roster.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from constraints.facts.closures import (
    Footprint,
    closed_after,
    closed_hours,
    hours_of,
    takes_from_practice,
    without,
)
from constraints.facts.practice_groups import PracticeGroup, days_judged, surely_away
from constraints.facts.work import closes_practice
from scheduler.domain.calendar import is_rest_day
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.time import Interval, days_touched

Hours = dict[str, tuple[Interval, ...]]
"""By doctor: stretches of one day, in order of time."""

Reached = tuple[tuple[date, Interval, bool], ...]
"""Days, the stretch that touches each, and whether the practice is open in any of it."""

_Piece = tuple[Interval, int, frozenset[str]]
"""How many are to be there (by the opening hours) and who are, where neither changes."""


class Count(NamedTuple):
    """How many doctors had hours left before the duties, and have after them.

    Attributes:
        when: a stretch in which none of the numbers changes.
        had: doctors there before the duties.
        has: doctors there after them.
        needed: as many as must be left, or as have opening hours where those are fewer.
    """

    when: Interval
    had: int
    has: int
    needed: int


class OfficeDay:
    """An office's day before any duty of the period is given.

    Attributes:
        opened: each doctor's opening hours.
        free: the same without absences, meetings and the former roster.
    """

    __slots__ = ("_pieces", "free", "opened")

    def __init__(self, opened: Hours, free: Hours) -> None:
        """Remember who has which hours."""
        self.opened, self.free = opened, free
        self._pieces: tuple[_Piece, ...] | None = None

    @property
    def pieces(self) -> tuple[_Piece, ...]:
        """What does not change, in order of time."""
        if self._pieces is None:
            self._pieces = self._cut()
        return self._pieces

    def _cut(self) -> tuple[_Piece, ...]:
        # Many keep the same hours, and then it is one row.
        rows = {id(own): own for own in self.opened.values()}
        if self.free is not self.opened:
            rows |= {id(own): own for own in self.free.values()}
        [row, *others] = rows.values()
        if not others and len(row) == 1:  # either way: nothing changes while it is open
            return ((row[0], len(self.opened), frozenset(self.opened)),)
        cuts = {moment for own in rows.values() for s in own for moment in (s.start, s.end)}
        found = []
        for start, end in pairwise(sorted(cuts)):
            holding = {row for row, own in rows.items() if _holds(own, start)}
            scheduled = len([own for own in self.opened.values() if id(own) in holding])
            if scheduled:
                had = frozenset([who for who, own in self.free.items() if id(own) in holding])
                found.append((Interval(start, end), scheduled, had))
        return tuple(found)

    def counts_before(self, at_least: int) -> list[Count]:
        """How many are there before any duty; nothing where nobody lacks."""
        if self.free is self.opened:
            return []  # either way: nobody lacks
        return [
            Count(when, scheduled, len(had), min(at_least, scheduled))
            for when, scheduled, had in self.pieces
        ]

    def counts(self, gone: Sequence[tuple[str, Interval]], at_least: int) -> list[Count]:
        """How many are left when these are gone; nothing where that takes nobody away.

        Args:
            gone: doctors, and stretches for which duties take them away.
            at_least: how many doctors must be left, where so many have opening hours.
        """
        away = [(who, own.start, own.end) for who, own in _joined(gone)]
        found = []
        takes = False
        for when, scheduled, had in self.pieces:
            first, last, needed = when.start, when.end, min(at_least, scheduled)
            taking = [
                (begin, end)
                for who, begin, end in away
                if begin < last and first < end and who in had
            ]
            if not taking:
                found.append(Count(when, len(had), len(had), needed))
                continue
            takes = True
            inside = sorted({m for own in taking for m in own if first < m < last})
            for start, end in pairwise((first, *inside, last)):
                has = len(had) - sum([begin <= start < until for begin, until in taking])
                part = Interval(start, end) if inside else when
                found.append(Count(part, len(had), has, needed))
        return found if takes else []


class OfficeDays:
    """An office's days before any duty of the period is given, made when they are asked for.

    Attributes:
        open: the days on which one of the group is open, in order.
        away: who is away on which day, and when.
    """

    def __init__(self, problem: Problem, group: PracticeGroup) -> None:
        """Find when the office is open, and who is away."""
        closed = closed_hours(problem.settings)
        self._hours = {doctor.id: _agreed(problem, doctor) for doctor in group.doctors}
        first, *rows = {id(row): row for row in self._hours.values()}.values()
        days = sorted(set(first).union(*rows)) if rows else first
        self._all_alike, self._everybody = not rows, frozenset(self._hours)
        self.open: Set[date] = dict.fromkeys(days).keys()
        self.away: dict[date, list[tuple[str, Interval]]] = {}
        for doctor in group.doctors:
            past = (i for duty in problem.tail_of[doctor.id] for i in _away(duty, doctor, closed))
            for interval in (*surely_away(problem, doctor.id), *past):
                for day in days_touched(interval):
                    self.away.setdefault(day, []).append((doctor.id, interval))
        self._given: dict[date, OfficeDay] = {}
        self._throughout: dict[date, frozenset[str]] = {}
        # Many have the same hours, and many duties the same time.
        self._alike: dict[str, dict[tuple[Footprint, bool], Reached]] = {
            doctor.id: problem.remembered(("reached", hours_of(problem, doctor).agreement), dict)
            for doctor in group.doctors
        }

    def reached_by(self, duty: Duty, own: Footprint, doctor: Doctor) -> Reached:
        """The days on which a duty with this footprint keeps the doctor away, open or not."""
        key = own, own.takes(duty, doctor)
        alike = self._alike[doctor.id]
        known = alike.get(key)
        if known is None:
            known = alike[key] = tuple(_reached(own, key[1], self._hours[doctor.id]))
        return known

    def surely_left(self, day: date, gone: Collection[str]) -> int:
        """How many are there whenever anybody is, if these are gone and whoever is away is.

        There may be more; asked so that few days need be made.
        """
        away = [who for who, _ in self.away.get(day, ())]
        return len(self._open_throughout(day).difference(gone, away))

    def has_some(self, day: date, of: Set[str]) -> bool:
        """Whether not all of these are away on the day."""
        return not of <= {who for who, _ in self.away.get(day, ())}

    def _open_throughout(self, day: date) -> frozenset[str]:
        """Who is open whenever anybody of the group is."""
        if self._all_alike:
            return self._everybody
        known = self._throughout.get(day)
        if known is None:
            held = {who: row.get(day, ()) for who, row in self._hours.items()}
            rows = list({id(row): row for row in held.values()}.values())
            widest = {id(row) for row in rows if all(_covers(row, other) for other in rows)}
            known = frozenset([who for who, row in held.items() if id(row) in widest])
            self._throughout[day] = known
        return known

    def given(self, day: date) -> OfficeDay:
        """One of the open days."""
        known = self._given.get(day)
        if known is None:
            opened = {who: row.get(day, ()) for who, row in self._hours.items()}
            gone = self.away.get(day)
            known = self._given[day] = OfficeDay(opened, _less(opened, gone) if gone else opened)
        return known


def _reached(
    own: Footprint, takes: bool, hours: Mapping[date, tuple[Interval, ...]]
) -> Iterator[tuple[date, Interval, bool]]:
    """The days of a duty and of the hours closed after it, and whether they touch these hours."""
    stretches = [(own.interval, own.days)] if takes else []
    if own.closed:
        stretches.append((own.closed, own.closed_days))
    for stretch, days in stretches:
        for day in days:
            yield day, stretch, any(opened.overlaps(stretch) for opened in hours.get(day, ()))


def _covers(row: Sequence[Interval], other: Sequence[Interval]) -> bool:
    """Whether who keeps the hours of the row is open whenever the other is."""
    return row is other or all(any(own.covers(part) for own in row) for part in other)


def _agreed(problem: Problem, doctor: Doctor) -> Mapping[date, tuple[Interval, ...]]:
    """The agreed hours of each day that has any, in order; one table for all who keep the same."""
    hours = hours_of(problem, doctor)
    return problem.remembered(
        ("hours of working days", hours.agreement),
        lambda: {
            day: opened
            for day in problem.remembered("working days", lambda: _working_days(problem))
            if (opened := hours.agreed_on(day))
        },
    )


def _working_days(problem: Problem) -> tuple[date, ...]:
    """The days on which a practice may be open."""
    return tuple(day for day in days_judged(problem) if not is_rest_day(day))


def _away(duty: Duty, doctor: Doctor, closed: int) -> Iterator[Interval]:
    """When a duty keeps the doctor from the practice."""
    if takes_from_practice(duty, doctor):
        yield duty.interval
    if closes_practice(duty):
        yield closed_after(duty, closed)


def _less(hours: Hours, gone: Iterable[tuple[str, Interval]]) -> Hours:
    """The hours of each doctor without the stretches in which that doctor is gone."""
    left = dict(hours)
    for who, stretch in gone:
        left[who] = tuple(rest for own in left[who] for rest in without(own, stretch))
    return left


def _joined(gone: Sequence[tuple[str, Interval]]) -> Sequence[tuple[str, Interval]]:
    """The same with what is one stretch for one doctor as one."""
    if len({who for who, _ in gone}) == len(gone):  # as mostly
        return gone
    found: list[tuple[str, Interval]] = []
    for who, own in sorted(gone):
        if found and found[-1][0] == who and own.start <= found[-1][1].end:
            before = found[-1][1]
            found[-1] = who, Interval(before.start, max(before.end, own.end))
        else:
            found.append((who, own))
    return found


def _holds(own: Sequence[Interval], moment: datetime) -> bool:
    return True in [stretch.start <= moment < stretch.end for stretch in own]
