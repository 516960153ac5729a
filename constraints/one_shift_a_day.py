"""Høyst én vakt om dagen (own policy of the municipality; off until somebody is named).

From the general rostering literature. A shift belongs to the Oslo day on which it starts, so
a night that ends at eight does not close the evening. Sessions of municipal work are not
shifts: a session and an evening on the same day are left to the rules of rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from constraints.facts.rostering import (
    by_day,
    own_value,
    paths,
    stranger_told,
    strangers,
    switch,
)
from constraints.law import POLICY
from constraints.wording import counted, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class OneShiftADay(Rule):
    """A doctor starts at most one shift on a day.

    `doctors`: ``{"*": true, "kari": false}``.
    """

    id: ClassVar = "one_shift_a_day"
    title: ClassVar = "Høyst én vakt om dagen"
    title_en: ClassVar = "At most one shift a day"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    doctors: Mapping[str, bool | None] = parameter({}, "Leger som høyst skal ha én vakt om dagen")

    def __post_init__(self) -> None:
        """Refuse values that are not yes or no."""
        for where, _, value in paths("doctors", self.doctors):
            switch(where, value)

    def encode(self, draft: Draft) -> None:
        """Of the shifts that start on one day, at most one."""
        for doctor in draft.problem.doctors:
            if own_value(self.doctors, doctor.id):
                shifts = (w for w in draft.work_of(doctor.id) if w[0].is_shift)
                for work in by_day(shifts).values():
                    draft.at_most(
                        1,
                        (var for _, var in work),
                        doctor=doctor.id,
                        duties=(duty for duty, _ in work),
                    )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Walk the shifts in order of time and count those that share a day."""
        if not own_value(self.doctors, doctor.id):
            return
        own = timetable.ids_of(doctor.id)
        shifts = [duty for duty in timetable.work_of(doctor.id) if duty.is_shift]
        for _, started in groupby(shifts, key=lambda duty: duty.day):
            same_day = tuple([duty.id for duty in started])
            if own.isdisjoint(same_day):
                continue
            yield self.case(
                Outcome.KEPT if len(same_day) == 1 else Outcome.BREACH,
                doctor.id,
                same_day,
                measured=len(same_day),
                limit=1,
                margin=1 - len(same_day),
                unit="vakter",
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors in the settings who are not in the plan."""
        yield from strangers(self.id, timetable.problem, doctors=self.doctors)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 2 vakter som begynner lørdag 6. mars 2027; … høyst én vakt om dagen (…).»"""
        if case.outcome is Outcome.NOTICE:
            return stranger_told(self.title, case)
        # The last of them is of the period, so it is found without a look into the tail.
        day = problem.duty_by_id[case.duties[-1]].day
        shifts = counted(int(case.measured or 0), "vakt", "vakter")
        return (
            f"{name(problem, case.doctor)} har {shifts} som begynner {on_day(day)}; "
            f"grensen er én vakt om dagen {source(self.citations[0])}."
        )
