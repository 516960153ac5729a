"""Høyeste antall helger med vakt i perioden (own policy; off until given).

From the rostering literature: a weekend is worked when a shift or a session starts on its
Saturday or its Sunday (Oslo time). A Friday night is therefore no weekend here. Only the
period's own duties count, so a weekend split between two rosters counts in each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.facts.rostering import numbers, own_value, stranger_told, strangers
from constraints.law import POLICY
from constraints.wording import counted, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, SATURDAY, SUNDAY
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var


@dataclass(frozen=True)
class MaxWeekends(Rule):
    """At most so many worked weekends in the period.

    `maximum`: doctor -> weekends, ``{"*": 4, "kari": 2}``; 0 keeps the weekends free.
    """

    id: ClassVar = "max_weekends"
    title: ClassVar = "Høyeste antall helger med vakt"
    title_en: ClassVar = "Maximum number of weekends worked"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    maximum: Mapping[str, int | None] = parameter(
        {}, "Høyeste antall helger i perioden", unit="helger"
    )

    def __post_init__(self) -> None:
        """Refuse all but whole numbers by doctor."""
        numbers("maximum", self.maximum)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Weekend duties of a doctor who is to have none."""
        if own_value(self.maximum, doctor.id) == 0:
            for duty in problem.duties:
                if duty.day.weekday() in (SATURDAY, SUNDAY):
                    yield self._case(doctor, {_saturday(duty.day): [duty]}, 0)

    def encode(self, draft: Draft) -> None:
        """Count the weekends of which a day is worked."""
        known = draft.problem.duty_by_id
        for doctor in draft.problem.doctors:
            most = own_value(self.maximum, doctor.id)
            if most is None:
                continue
            weekends: dict[date, list[Var]] = {}
            for duty, var in draft.work_of(doctor.id):
                if duty.id in known and duty.day.weekday() in (SATURDAY, SUNDAY):
                    weekends.setdefault(_saturday(duty.day), []).append(var)
            draft.at_most(most, map(draft.any_of, weekends.values()), doctor=doctor.id)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Go from Saturday to Saturday through the period and collect what was worked."""
        most = own_value(self.maximum, doctor.id)
        if most is None:
            return
        worked: dict[date, list[Duty]] = {}
        duties = timetable.duties_of(doctor.id)
        for saturday in sorted({duty.week.monday + SATURDAY * DAY for duty in duties}):
            own = [duty for duty in duties if duty.day in (saturday, saturday + DAY)]
            if own:
                worked[saturday] = own
        if worked:
            yield self._case(doctor, worked, most)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors in the settings who are not in the plan."""
        yield from strangers(self.id, timetable.problem, doctors=self.maximum)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari arbeider 3 helger i perioden; grensen er 2 (…).»"""
        if case.outcome is Outcome.NOTICE:
            return stranger_told(self.title, case)
        weekends = counted(int(case.measured or 0), "helg", "helger")
        return (
            f"{name(problem, case.doctor)} arbeider {weekends} i perioden; "
            f"grensen er {int(case.limit or 0)} {source(self.citations[0])}."
        )

    def _case(self, doctor: Doctor, worked: Mapping[date, list[Duty]], most: int) -> Case:
        return self.case(
            Outcome.KEPT if len(worked) <= most else Outcome.BREACH,
            doctor.id,
            tuple(duty.id for duties in worked.values() for duty in duties),
            measured=len(worked),
            limit=most,
            margin=most - len(worked),
            unit="helger",
        )


def _saturday(day: date) -> date:
    """The Saturday of the weekend to which a Saturday or Sunday belongs."""
    return day if day.weekday() == SATURDAY else day - DAY
