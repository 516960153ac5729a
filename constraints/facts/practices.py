"""Opening hours of many practices at once: one number for each doctor.

Offices keep few different hours, so a stretch of time is laid over each kind of day once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import numpy as np

from constraints.facts.closures import hours_of
from constraints.facts.load import CLOSED_AFTER_NIGHT, clip, span_of, weeks_of
from constraints.facts.work import closes_practice
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.time import Interval, IsoWeek, days_touched
from scheduler.solving.packed import Numbers

T = TypeVar("T")


def practices_of(problem: Problem, doctors: Sequence[Doctor]) -> "Practices":
    """The practices of these doctors, which are kept with the problem."""
    key = Practices, tuple([doctor.id for doctor in doctors])
    return problem.remembered(key, lambda: Practices(problem, doctors))


class Practices:
    """When the practices of these doctors are open, absences left out; day by day when asked for.

    Attributes:
        count: how many doctors there are.
    """

    def __init__(self, problem: Problem, doctors: Sequence[Doctor]) -> None:
        """Remember whose practices are meant."""
        self.count = len(doctors)
        self._hours = [hours_of(problem, doctor) for doctor in doctors]
        self._alike: dict[object, list[int]] = {}
        self._away: dict[date, set[int]] = {}
        for place, hours in enumerate(self._hours):
            self._alike.setdefault(hours.agreement, []).append(place)
            for day in hours.away:
                self._away.setdefault(day, set()).add(place)
        self._days: dict[date, Mapping[tuple[Interval, ...], list[int]]] = {}
        self._minutes: dict[Interval, Numbers] = {}

    def on(self, day: date) -> Mapping[tuple[Interval, ...], list[int]]:
        """The day's different hours, and the places of the doctors who keep them."""
        known = self._days.get(day)
        if known is None:
            found: dict[tuple[Interval, ...], list[int]] = {}
            away = self._away.get(day, set())
            for places in self._alike.values():
                there = [place for place in places if place not in away] if away else places
                if there:
                    found.setdefault(self._hours[there[0]].agreed_on(day), []).extend(there)
            for place in away:
                found.setdefault(self._hours[place].on(day), []).append(place)
            known = self._days[day] = found
        return known

    def minutes(self, interval: Interval) -> Numbers:
        """Opening minutes inside the interval."""
        known = self._minutes.get(interval)
        if known is None:
            known = np.zeros(self.count, dtype=np.int64)
            for day in days_touched(interval):
                self._add(day, interval, known)
            self._minutes[interval] = known
        return known.copy()

    def minutes_on(self, day: date, interval: Interval) -> Numbers:
        """Opening minutes of the day inside the interval."""
        found: Numbers = np.zeros(self.count, dtype=np.int64)
        self._add(day, interval, found)
        return found

    def _add(self, day: date, interval: Interval, found: Numbers) -> None:
        for hours, places in self.on(day).items():
            minutes = sum([own.overlap_minutes(interval) for own in hours])
            if minutes:
                found[places] += minutes


def added_of_all(duty: Duty, practices: Practices, span: Interval, divisor: int) -> Numbers:
    """`load.added`, for each doctor."""
    parts: Numbers = np.zeros(practices.count, dtype=np.int64)
    own = clip(duty.interval, span)
    if own is not None:
        weight = 1 if duty.is_home else divisor
        parts += weight * (own.minutes - practices.minutes(own))
    if closes_practice(duty):
        closed = clip(Interval(duty.end, duty.end + CLOSED_AFTER_NIGHT), span)
        if closed is not None:
            parts -= divisor * practices.minutes(closed)
    return parts


def weekly_of_all(
    work: Iterable[tuple[Duty, T]], practices: Practices, divisor: int
) -> dict[IsoWeek, list[tuple[Numbers, Duty, T]]]:
    """`load.weekly`, with the parts of each doctor; what is zero for all is left out."""
    found: dict[IsoWeek, list[tuple[Numbers, Duty, T]]] = {}
    for duty, carried in work:
        touched = duty.interval
        if closes_practice(duty):
            touched = Interval(duty.start, duty.end + CLOSED_AFTER_NIGHT)
        for week in weeks_of(touched):
            parts = added_of_all(duty, practices, span_of(week), divisor)
            if parts.any():
                found.setdefault(week, []).append((parts, duty, carried))
    return found
