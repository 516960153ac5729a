"""Arbeidsdager på rad, færrest og flest (own policy of the municipality; off until given).

From the rostering literature. A day is worked when a shift or a session starts on it (Oslo
time). Read as the published benchmarks read it:

- The maximum always binds; the days of the former roster continue the run.
- A run that touches the last day may be shorter than the minimum, for it may go on. The
  same holds for a run that touches the first day of which anything is known: the first day
  of the period, or of the former roster where there is one.
- A run that ended before the period is history and no case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from constraints.facts.rostering import (
    by_day,
    first_known_day,
    numbers,
    own_value,
    stranger_told,
    strangers,
)
from constraints.law import POLICY
from constraints.wording import counted, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, days_between, local_day, whole_days
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import FALSE, TRUE, Term

Sum = tuple[list[date], list[Term], int]
"""Days, a sum of variables about them, and the largest value that it may have."""


@dataclass(frozen=True)
class ConsecutiveDuties(Rule):
    """A run of worked days is neither too short nor too long.

    `minimum`, `maximum`: doctor -> days, ``{"*": 5, "kari": 3}``.
    """

    id: ClassVar = "consecutive_duties"
    title: ClassVar = "Arbeidsdager på rad"
    title_en: ClassVar = "Consecutive days worked"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    minimum: Mapping[str, int | None] = parameter({}, "Færrest arbeidsdager på rad", unit="dager")
    maximum: Mapping[str, int | None] = parameter({}, "Flest arbeidsdager på rad", unit="dager")

    def __post_init__(self) -> None:
        """Refuse all but whole numbers by doctor."""
        numbers("minimum", self.minimum)
        numbers("maximum", self.maximum)

    def encode(self, draft: Draft) -> None:
        """Bound each window of days; whoever begins a run goes on with it."""
        for doctor in draft.problem.doctors:
            least = own_value(self.minimum, doctor.id)
            most = own_value(self.maximum, doctor.id)
            if least is None and most is None:
                continue
            days = by_day(draft.work_of(doctor.id))
            worked = {day: draft.any_of(var for _, var in work) for day, work in days.items()}
            for window, terms, high in (
                *self._too_long(draft.problem, worked, most),
                *self._too_short(draft.problem, worked, least),
            ):
                draft.linear(
                    terms,
                    high=high,
                    doctor=doctor.id,
                    duties=(duty for day in window for duty, _ in days.get(day, ())),
                )

    def _too_long(
        self, problem: Problem, worked: Mapping[date, Var], most: int | None
    ) -> Iterator[Sum]:
        """Of any `most` + 1 days that reach into the period, one is free."""
        if most is None:
            return
        for last in days_between(problem.first_day, problem.last_day):
            window = [last - n * DAY for n in reversed(range(most + 1))]
            if all(day in worked for day in window):
                yield window, [(1, worked[day]) for day in window], most

    def _too_short(
        self, problem: Problem, worked: Mapping[date, Var], least: int | None
    ) -> Iterator[Sum]:
        """Where a run begins, all days of the shortest run are worked."""
        if least is None:
            return
        first, last = problem.first_day, problem.last_day
        begun = 0
        while worked.get(first - (begun + 1) * DAY, FALSE) == TRUE:
            begun += 1
        # Each: a sum that is 1 where a run begins, its first day of the period, its least length.
        begins: list[tuple[list[Term], date, int]] = [
            (
                [
                    (1, worked.get(day, FALSE)),
                    (-1, worked.get(day - DAY, FALSE)),  # either way: lifts the limit
                ],
                day,
                least,
            )
            for day in days_between(first + DAY, last)
        ]
        if first - begun * DAY > first_known_day(problem):
            # What the former roster began (nothing, perhaps) goes on with the first day.
            begins.append(([(1, worked.get(first, FALSE))], first, least - begun))
        for terms, day, length in begins:
            for ahead in range(1, length):
                other = day + ahead * DAY
                if other <= last:
                    # either way: any weight of the other day lifts the limit
                    goes_on = (-1, worked.get(other, FALSE))
                    yield [day, other], [*terms, goes_on], 0

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Split the worked days into runs and measure each that reaches into the period."""
        problem = timetable.problem
        least = own_value(self.minimum, doctor.id)
        most = own_value(self.maximum, doctor.id)
        if least is None and most is None:
            return
        known = first_known_day(problem)
        for run in _runs(timetable.work_of(doctor.id)):
            first, last = run[0].day, run[-1].day
            if last < problem.first_day:
                continue
            length = (last - first).days + 1
            if most is not None:
                yield self._case(doctor, run, "maximum", length, most, most - length)
            if least is not None and known < first and last < problem.last_day:
                yield self._case(doctor, run, "minimum", length, least, length - least)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors in the settings who are not in the plan."""
        named = {*self.minimum, *self.maximum}
        yield from strangers(self.id, timetable.problem, doctors=named)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 6 arbeidsdager på rad, fra … til …; kravet er høyst 5 (…).»"""
        if case.outcome is Outcome.NOTICE or case.when is None:
            return stranger_told(self.title, case)
        days = counted(int(case.measured or 0), "arbeidsdag", "arbeidsdager")
        first, last = local_day(case.when.start), local_day(case.when.end) - DAY
        when = on_day(first) if first == last else f"fra {on_day(first)} til {on_day(last)}"
        bound = "minst" if case.fact("bound") == "minimum" else "høyst"
        return (
            f"{name(problem, case.doctor)} har {days} på rad, {when}; "
            f"kravet er {bound} {int(case.limit or 0)} {source(self.citations[0])}."
        )

    def _case(
        self, doctor: Doctor, run: list[Duty], bound: str, length: int, limit: int, margin: int
    ) -> Case:
        return self.case(
            Outcome.KEPT if margin >= 0 else Outcome.BREACH,
            doctor.id,
            tuple([duty.id for duty in run]),
            when=_days_of(run),
            measured=length,
            limit=limit,
            margin=margin,
            unit="dager",
            facts=(("bound", bound),),
        )


def _runs(work: tuple[Duty, ...]) -> Iterator[list[Duty]]:
    """The duties, in order of time, split where a day or more lies between."""
    run: list[Duty] = []
    for duty in work:
        if run and duty.day - run[-1].day > timedelta(days=1):
            yield run
            run = []
        run.append(duty)
    if run:
        yield run


def _days_of(run: list[Duty]) -> Interval:
    return whole_days(run[0].day, run[-1].day)
