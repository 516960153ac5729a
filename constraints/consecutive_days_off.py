"""Færrest fridager på rad (own policy of the municipality; off until given).

From the rostering literature. A day is off when no shift and no session starts on it (Oslo
time). As the published benchmarks read it, days off at the very end may be fewer, for they
may go on; so may those at the very start, unless the former roster tells on which day the
doctor last worked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from constraints.facts.rostering import by_day, numbers, own_value, stranger_told, strangers
from constraints.law import POLICY
from constraints.wording import counted, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, days_between, local_day, whole_days
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import FALSE


@dataclass(frozen=True)
class ConsecutiveDaysOff(Rule):
    """Between two worked days lie no days off, or at least `minimum` of them.

    `minimum`: doctor -> days, ``{"*": 2}``.
    """

    id: ClassVar = "consecutive_days_off"
    title: ClassVar = "Fridager på rad"
    title_en: ClassVar = "Consecutive days off"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    minimum: Mapping[str, int | None] = parameter({}, "Færrest fridager på rad", unit="dager")

    def __post_init__(self) -> None:
        """Refuse all but whole numbers by doctor."""
        numbers("minimum", self.minimum)

    def encode(self, draft: Draft) -> None:
        """On the first day off after work, the doctor is off for as many days as are owed."""
        problem = draft.problem
        for doctor in problem.doctors:
            least = own_value(self.minimum, doctor.id)
            if least is None:
                continue
            days = by_day(draft.work_of(doctor.id))
            worked = {day: draft.any_of(var for _, var in work) for day, work in days.items()}
            history = [duty.day for duty in problem.tail_of[doctor.id]]
            starts = list(days_between(problem.first_day + DAY, problem.last_day))
            if history:
                # Days off within the former roster are over, but the last ones may go on.
                starts.append(max(history) + DAY)
            for off in starts:
                for ahead in range(1, least):
                    day = off + ahead * DAY
                    if problem.first_day <= day <= problem.last_day:
                        draft.linear(
                            [
                                (1, worked.get(off - DAY, FALSE)),
                                (-1, worked.get(off, FALSE)),  # either way: lifts the limit
                                (1, worked.get(day, FALSE)),
                            ],
                            high=1,
                            doctor=doctor.id,
                        )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Measure the gap between each two worked days that follow one another."""
        least = own_value(self.minimum, doctor.id)
        if least is None:
            return
        on_day_of: dict[object, list[str]] = {}
        for duty in timetable.work_of(doctor.id):
            on_day_of.setdefault(duty.day, []).append(duty.id)
        days = sorted({duty.day for duty in timetable.work_of(doctor.id)})
        for before, after in pairwise(days):
            off = (after - before).days - 1
            if off == 0 or after < timetable.problem.first_day:
                continue
            yield self.case(
                Outcome.KEPT if off >= least else Outcome.BREACH,
                doctor.id,
                (*on_day_of[before], *on_day_of[after]),
                when=whole_days(before + DAY, after - DAY),
                measured=off,
                limit=least,
                margin=off - least,
                unit="dager",
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors in the settings who are not in the plan."""
        yield from strangers(self.id, timetable.problem, doctors=self.minimum)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har bare 1 fridag mellom … og …; kravet er minst 2 på rad (…).»"""
        if case.outcome is Outcome.NOTICE or case.when is None:
            return stranger_told(self.title, case)
        before, after = local_day(case.when.start) - DAY, local_day(case.when.end)
        days = counted(int(case.measured or 0), "fridag", "fridager")
        return (
            f"{name(problem, case.doctor)} har {days} mellom arbeid {on_day(before)} og "
            f"{on_day(after)}; kravet er minst {int(case.limit or 0)} på rad "
            f"{source(self.citations[0])}."
        )
