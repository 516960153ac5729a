"""Overtid: ten hours in a week, 25 in four weeks, 200 in a year (W-04).

Part of the working-time profile, off unless the municipality turns it on, and always a price
only: for legevakt the act's limits do not hold (S-02). As derived here: overtime is what
duties bring beyond the ordinary week, or beyond practice and former roster where these are
longer; the seven days are the ISO week, a year is 52 weeks, and home duty counts a seventh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from constraints.facts.load import open_in_weeks, open_minutes, span_of, weekly
from constraints.facts.work import PROFILE, in_profile
from constraints.law import Act, LawRef
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.rule import (
    Authority,
    Case,
    Confidence,
    Level,
    Outcome,
    Rule,
    parameter,
    price_parameter,
)
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE

_DIVISOR = 7


@dataclass(frozen=True)
class Overtime(Rule):
    """More overtime than `max_week`, `max_four_weeks` or `max_year` hours has a price."""

    id: ClassVar = "overtime"
    rulebook: ClassVar = ("W-04", "W-07", "S-02")
    title: ClassVar = "Overtid"
    title_en: ClassVar = "Overtime"
    authority: ClassVar = Authority.HEALTH
    citations: ClassVar = (LawRef(Act.AML, "10-6", section=4, confidence=Confidence.SECONDARY),)
    hard: ClassVar = False

    applies: str = parameter("off", "Vernereglene gjelder for", choices=PROFILE)
    ordinary_week: int = parameter(
        40, "Alminnelig arbeidsuke", unit="h", low=30, high=54, basis="W-01"
    )
    max_week: int = parameter(10, "Overtid i en uke", unit="h", low=0, high=20, basis="W-04")
    max_four_weeks: int = parameter(
        25, "Overtid i fire uker", unit="h", low=0, high=50, basis="W-04"
    )
    max_year: int = parameter(200, "Overtid i 52 uker", unit="h", low=0, high=300, basis="W-04")
    price: int = price_parameter(100, "Pris for hvert tidsrom med for mye overtid")

    def encode(self, draft: Draft) -> None:
        """Define each week's overtime, and price the runs of weeks that hold too much."""
        weeks = draft.problem.weeks
        for doctor in draft.problem.doctors:
            if not in_profile(doctor, self.applies):
                continue
            practice = partial(open_minutes, open_in_weeks(draft.problem, doctor))
            sums = weekly(draft.work_of(doctor.id), practice, _DIVISOR)
            beyond = []
            for week in weeks:
                parts = [(c, var) for c, _, var in sums.get(week, ())]
                given = practice(span_of(week)) * _DIVISOR
                given += sum(c for c, var in parts if var == TRUE)
                terms = [(c, var) for c, var in parts if var != TRUE]
                beyond.append(draft.excess(terms, max(0, _parts(self.ordinary_week) - given)))
            for length, limit in self._limits(len(weeks)):
                for first in range(len(weeks) - length + 1):
                    terms = [(1, var) for var in beyond[first : first + length]]
                    over = draft.at_least(terms, _parts(limit) + 1)
                    draft.penalise(Level.HEALTH, [(self.price, over)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Count each week's overtime, and add it up over one, four and 52 weeks."""
        if not in_profile(doctor, self.applies):
            return
        problem = timetable.problem
        practice = partial(open_minutes, open_in_weeks(problem, doctor))
        past = weekly(((duty, None) for duty in problem.tail_of[doctor.id]), practice, _DIVISOR)
        own = weekly(((duty, None) for duty in timetable.duties_of(doctor.id)), practice, _DIVISOR)
        overtime: list[int] = []
        for week in problem.weeks:
            given = practice(week.interval) * _DIVISOR
            given += sum(parts for parts, _, _ in past.get(week, ()))
            new = sum(parts for parts, _, _ in own.get(week, ()))
            overtime.append(max(0, given + new - max(given, _parts(self.ordinary_week))))
        for length, limit in self._limits(len(problem.weeks)):
            for first in range(len(problem.weeks) - length + 1):
                weeks = problem.weeks[first : first + length]
                duties = tuple(
                    dict.fromkeys(duty.id for w in weeks for _, duty, _ in own.get(w, ()))
                )
                if not duties:
                    continue
                total = sum(overtime[first : first + length])
                hours_over = total / _DIVISOR / 60
                yield self.case(
                    Outcome.EXCEPTION if total > _parts(limit) else Outcome.KEPT,
                    doctor.id,
                    duties,
                    when=Interval(weeks[0].interval.start, weeks[-1].interval.end),
                    measured=hours_over,
                    limit=limit,
                    margin=limit - hours_over,
                    unit="h",
                    facts=(
                        ("weeks", str(weeks[0]) if length == 1 else f"{weeks[0]} til {weeks[-1]}"),
                    ),
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har 12 timer overtid i uke 5 (2027); grensen er 10 timer (…).»"""
        return (
            f"{name(problem, case.doctor)} har {hours((case.measured or 0) * 60)} overtid i "
            f"{case.fact('weeks')}; grensen er {hours((case.limit or 0) * 60)} "
            f"{source(self.citations[0])}."
        )

    def _limits(self, weeks: int) -> list[tuple[int, int]]:
        """Number of weeks and hours of overtime; a longer span is cut to the period."""
        limits = ((1, self.max_week), (4, self.max_four_weeks), (52, self.max_year))
        return [(min(length, weeks), limit) for length, limit in limits]


def _parts(hours_of_work: int) -> int:
    return hours_of_work * 60 * _DIVISOR
