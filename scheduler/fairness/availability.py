"""Who can have which work, and on which days a share of it is owed, as the rules say it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, Interval, local_day, moment, whole_days
from scheduler.eligibility import closed_units
from scheduler.rule import Bar, Rule


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


def open_units(problem: Problem, rules: Iterable[Rule]) -> Mapping[str, frozenset[str]]:
    """For each doctor the units of which no rule stops any duty."""
    stopped = [closed_units(problem, rule) for rule in rules]
    units = tuple(problem.units)
    found = {}
    for doctor in problem.doctors:
        left = np.ones(len(units), dtype=np.bool_)
        for of_rule in stopped:
            closed = of_rule.get(doctor.id)
            if closed is not None:
                left[closed] = False
        found[doctor.id] = frozenset(compress(units, left))
    return found


def lost_days(
    problem: Problem, rules: Iterable[Rule], doctor: Doctor, letter: Letter = Letter.OUT_OF_HOURS
) -> tuple[LostDays, ...]:
    """The days of the period for which the doctor owes no share of this letter's duties.

    A day is lost only where what the rules say together covers all of it. It is told with
    the word of the one that reaches into it first.
    """
    bars = sorted(
        (
            bar
            for rule in rules
            for bar in rule.unowed(problem, doctor)
            if letter in bar.letters and bar.interval.overlaps(problem.period)
        ),
        key=lambda bar: (bar.interval, bar.label),
    )
    found: list[LostDays] = []
    for day in _covered([bar.interval for bar in bars], problem):
        label = _label(bars, day)
        last = found[-1] if found else None
        if last and last.label == label and last.last + DAY == day:
            found[-1] = LostDays(label, last.first, day)
        else:
            found.append(LostDays(label, day, day))
    return tuple(found)


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
