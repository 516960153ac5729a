"""Faste fridager per lege (own policy of the municipality; off until given).

From the rostering literature: days that are settled as free before the roster is made. They
are not absence and change no fair share. A day off is free from 00:00 to 24:00, so a night
that reaches into it breaks it; with `overlap` «start» only duties that start on it do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from constraints.facts.rostering import (
    EVERY,
    as_day,
    paths,
    stranger_told,
    strangers,
    switch,
)
from constraints.law import POLICY
from constraints.wording import duty_named, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, days_touched, local_day, whole_days
from scheduler.rule import Authority, Bar, Case, Outcome, Rule, parameter


@dataclass(frozen=True)
class DaysOff(Rule):
    """No duty on the doctor's days off.

    `days`: doctor and date, ``{"kari/2027-03-05": true, "*/2027-03-12": true}``; what is
    said of a doctor goes before what is said of everybody.
    """

    id: ClassVar = "days_off"
    title: ClassVar = "Faste fridager"
    title_en: ClassVar = "Fixed days off"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    days: Mapping[str, bool | None] = parameter({}, "Fridager per lege")
    overlap: str = parameter(
        "any",
        "Vakt som berører fridagen: hvert minutt teller, eller starten avgjør",
        choices=("any", "start"),
    )

    def __post_init__(self) -> None:
        """Refuse what is not a date."""
        for where, (_, day), value in paths("days", self.days, 2):
            as_day(where, day)
            switch(where, value)
        if self.overlap not in ("any", "start"):
            raise ValueError(f"overlap ({self.overlap!r}) must be any or start")

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """Each stretch of days off; they prorate nothing."""
        free = self._of(doctor)
        for first in sorted(day for day in free if day - DAY not in free):
            last = first
            while last + DAY in free:
                last += DAY
            yield Bar(whole_days(first, last), by_start=self.overlap == "start", prorates=False)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Duties that touch a day off, looked up by their days."""
        free = self._of(doctor)
        if not free:
            return
        for duty in problem.duties:
            touched = (duty.day,) if self.overlap == "start" else days_touched(duty.interval)
            hit = next((day for day in touched if day in free), None)
            if hit is not None:
                yield self._case(doctor, hit, duty.id)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Hold the clock of each day off against the doctor's duties."""
        problem = timetable.problem
        for day in sorted(self._of(doctor)):
            free = whole_days(day, day)
            broken = [
                duty.id
                for duty in timetable.duties_of(doctor.id)
                if (
                    free.contains(duty.start)
                    if self.overlap == "start"
                    else free.overlaps(duty.interval)
                )
            ]
            for duty_id in broken:
                yield self._case(doctor, day, duty_id)
            if not broken and problem.first_day <= day <= problem.last_day:
                yield self.case(Outcome.KEPT, doctor.id, when=free)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors in the settings who are not in the plan."""
        yield from strangers(self.id, timetable.problem, doctors=self._by_doctor)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari skal ha fri fredag 5. mars 2027, men har … (…).»"""
        if case.outcome is Outcome.NOTICE or case.when is None:
            return stranger_told(self.title, case)
        free = on_day(local_day(case.when.start))
        if case.outcome is Outcome.KEPT:
            return f"{name(problem, case.doctor)} har fri {free} {source(self.citations[0])}."
        return (
            f"{name(problem, case.doctor)} skal ha fri {free}, men har "
            f"{duty_named(problem, case.duties[0])} {source(self.citations[0])}."
        )

    def _of(self, doctor: Doctor) -> frozenset[date]:
        """The doctor's days off, everybody's included."""
        said = {**self._by_doctor.get(EVERY, {}), **self._by_doctor.get(doctor.id, {})}
        return frozenset(day for day, free in said.items() if free)

    @cached_property
    def _by_doctor(self) -> Mapping[str, Mapping[date, bool | None]]:
        """What is said of each doctor's days."""
        found: dict[str, dict[date, bool | None]] = {}
        for where, (doctor, day), free in paths("days", self.days, 2):
            found.setdefault(doctor, {})[as_day(where, day)] = free
        return found

    def _case(self, doctor: Doctor, day: date, duty: str) -> Case:
        return self.case(Outcome.BREACH, doctor.id, (duty,), when=whole_days(day, day))
