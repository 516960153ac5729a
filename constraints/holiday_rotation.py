"""Høytidsrullering: whoever had a great holiday lately is spared it this time.

Practice, not law (rulebook section 5). A doctor who had the same holiday last year costs
100, the year before 50, and so on for `memory_years`. A duty that touches two holidays asks
both memories (E24), and all duties of one holiday cost once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.holiday_history import (
    Holiday,
    holiday_shifts,
    holidays_of,
    known_holidays,
)
from constraints.law import Source
from constraints.wording import name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
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


@dataclass(frozen=True)
class HolidayRotation(Rule):
    """The same great holiday again within `memory_years` has a price, the higher the sooner."""

    id: ClassVar = "holiday_rotation"
    rulebook: ClassVar = ("section 5", "F-33.17")
    title: ClassVar = "Rullering av høytidsvakter"
    title_en: ClassVar = "Rotation of great holidays"
    authority: ClassVar = Authority.FAIRNESS
    citations: ClassVar = (
        Source("kommunens ordning for høytidsvakter", confidence=Confidence.POLICY),
        Source("utbredt praksis", confidence=Confidence.UNVERIFIED),
    )
    hard: ClassVar = False

    memory_years: int = parameter(
        3, "Så mange år huskes en høytidsvakt", unit="år", low=1, high=10, basis="section 5"
    )
    price: int = price_parameter(
        100,
        "Pris for samme høytid året etter, delt på antall år siden",
        unit="hundredels kvadrert vakt",
    )

    def encode(self, draft: Draft) -> None:
        """Price a holiday together with each earlier one of its kind that is remembered."""
        held: dict[Holiday, list[Duty]] = {}
        for duty in draft.problem.duties:
            for key in holidays_of(duty):
                held.setdefault(key, []).append(duty)
        for doctor in draft.problem.doctors:
            works = {
                key: draft.any_of(draft.works(doctor.id, duty) for duty in duties)
                for key, duties in held.items()
            } | dict.fromkeys(known_holidays(draft.problem, doctor), TRUE)
            for (holiday, year), var in works.items():
                for since in range(1, self.memory_years + 1):
                    earlier = works.get((holiday, year - since))
                    if earlier is not None:
                        again = draft.excess([(1, var), (1, earlier)], 1)
                        draft.penalise(Level.FAIRNESS, [(self.price // since, again)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """For each great holiday worked, find the last time before it."""
        known = known_holidays(timetable.problem, doctor)
        duties: dict[Holiday, list[str]] = {}
        tail = timetable.problem.tail_of[doctor.id]
        for duty in (*tail, *holiday_shifts(timetable, doctor)):
            for key in holidays_of(duty):
                duties.setdefault(key, []).append(duty.id)
        had = known | set(duties)
        for holiday, year in sorted(had):
            before = [earlier for kind, earlier in had if kind is holiday and earlier < year]
            if not before or {(holiday, year), (holiday, max(before))} <= known:
                continue
            since = year - max(before)
            again = since <= self.memory_years and self.price >= since
            yield self.case(
                Outcome.EXCEPTION if again else Outcome.KEPT,
                doctor.id,
                tuple(duties.get((holiday, max(before)), []) + duties.get((holiday, year), [])),
                measured=since,
                limit=self.memory_years,
                margin=since - self.memory_years - 1,
                unit="år",
                facts=(("holiday", f"{holiday} {year}"), ("last", max(before))),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li står med påske 2027 og hadde samme høytid i 2026 (…).»"""
        return (
            f"{name(problem, case.doctor)} står med {case.fact('holiday')} og hadde samme høytid "
            f"i {case.fact('last')} {source(self.citations[0])}."
        )
