"""Who can have which work, and on which days a share of it is owed, as the rules say it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, Interval, local_day, moment, whole_days
from scheduler.eligibility import closed_units, unit_places
from scheduler.rule import Bar, Rule

_ALL = frozenset(Letter)


@dataclass(frozen=True, slots=True)
class LostDays:
    """Days of the period, both ends included, for which a doctor owes no share.

    Attributes:
        label: what a rule calls the time, in bokmål; never why somebody is exempt or away.
    """

    label: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days are lost."""
        return (self.last - self.first).days + 1


class OpenUnits:
    """For each doctor the units of which no rule stops any duty."""

    def __init__(self, problem: Problem, rules: Iterable[Rule]) -> None:
        """Ask the rules."""
        self._doctors = {doctor.id: row for row, doctor in enumerate(problem.doctors)}
        self._places = unit_places(problem)
        opened = np.ones((len(self._doctors), len(self._places)), dtype=np.bool_)
        for rule in rules:
            for doctor, closed in closed_units(problem, rule).items():
                opened[self._doctors[doctor], closed] = False
        self._open = np.ascontiguousarray(opened.T)  # a row for each unit: many are asked for

    def has(self, doctor: str, unit: str) -> bool:
        """Whether the unit is open to the doctor; none is to who is not in the plan."""
        row = self._doctors.get(doctor)
        return row is not None and bool(self._open[self._places[unit], row])

    def of_some(self, units: Iterable[str]) -> frozenset[str]:
        """The doctors, by id, to whom at least one of the units is open."""
        places = [self._places[unit] for unit in units]
        able = np.flatnonzero(self._open[places].any(axis=0))
        doctors = tuple(self._doctors)
        return frozenset([doctors[row] for row in able])


def lost_days(
    problem: Problem, rules: Iterable[Rule], doctor: Doctor, letter: Letter = Letter.OUT_OF_HOURS
) -> tuple[LostDays, ...]:
    """The days of the period for which the doctor owes no share of this letter's duties.

    A day is lost only where what the rules say together covers all of it. It is told with
    the word of the one that reaches into it first.
    """
    return lost_by_letter(problem, rules, doctor)[letter]


def lost_by_letter(
    problem: Problem, rules: Iterable[Rule], doctor: Doctor
) -> Mapping[Letter, tuple[LostDays, ...]]:
    """The lost days of each letter, as `lost_days`; the rules are asked once."""
    bars = sorted(
        (
            bar
            for rule in rules
            for bar in rule.unowed(problem, doctor)
            if bar.interval.overlaps(problem.period)
        ),
        key=lambda bar: (bar.interval, bar.label),
    )
    if all(bar.letters == _ALL for bar in bars):  # as nearly always
        return dict.fromkeys(Letter, _lost(bars, problem))
    return {
        letter: _lost([bar for bar in bars if letter in bar.letters], problem) for letter in Letter
    }


def _lost(bars: Sequence[Bar], problem: Problem) -> tuple[LostDays, ...]:
    found: list[tuple[str, date, date]] = []
    labels = {bar.label for bar in bars}
    word = labels.pop() if len(labels) == 1 else None
    for day in _covered([bar.interval for bar in bars], problem):
        label = word or _label(bars, day)
        if found and found[-1][0] == label and found[-1][2] + DAY == day:
            found[-1] = label, found[-1][1], day
        else:
            found.append((label, day, day))
    return tuple([LostDays(*own) for own in found])


def available_days(
    problem: Problem, rules: Iterable[Rule], doctor: Doctor, letter: Letter = Letter.OUT_OF_HOURS
) -> int:
    """Days of the period for which the doctor owes a share of this letter's duties."""
    days = (problem.last_day - problem.first_day).days + 1
    return days - sum(lost.days for lost in lost_days(problem, rules, doctor, letter))


def _covered(intervals: Sequence[Interval], problem: Problem) -> Iterator[date]:
    """The days of the period that the intervals, in order of time, cover together."""
    reached = problem.period.start
    index = 0
    while index < len(intervals):
        start, end = max(reached, intervals[index].start), intervals[index].end
        index += 1
        while index < len(intervals) and intervals[index].start <= end:
            end = max(end, intervals[index].end)
            index += 1
        reached = min(max(reached, end), problem.period.end)
        day = local_day(start)
        if moment(day) < start:
            day += DAY
        while moment(day + DAY) <= reached:
            yield day
            day += DAY


def _label(bars: Sequence[Bar], day: date) -> str:
    own = whole_days(day, day)
    return next(bar.label for bar in bars if bar.interval.overlaps(own))
