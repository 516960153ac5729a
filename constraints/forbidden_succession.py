"""Vakttyper som ikke kan følge hverandre fra dag til dag (own policy; off until given).

«Forbidden succession» of the rostering literature: after a shift of one pattern, some
patterns may not begin on the next day. Days are the Oslo days on which duties start; ids of
municipal duties may stand in the setting too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from constraints.wording import duty_named, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class ForbiddenSuccession(Rule):
    """No duty of the second pattern on the day after one of the first.

    `successions`: ``{"natt/dag": true}``, a day shift may not follow a night; with "*" for
    any pattern, ``{"natt/*": true, "natt/natt": false}``.
    """

    id: ClassVar = "forbidden_succession"
    title: ClassVar = "Vakttyper som ikke kan følge hverandre"
    title_en: ClassVar = "Forbidden succession of shift patterns"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    successions: Mapping[str, bool | None] = parameter(
        {}, "Vakttype og vakttypen som ikke kan komme dagen etter"
    )

    def __post_init__(self) -> None:
        """Refuse all but pairs of patterns."""
        for where, _, value in paths("successions", self.successions, 2):
            switch(where, value)

    def encode(self, draft: Draft) -> None:
        """Where the first is worked, none of its followers on the next day."""
        if not self.successions:
            return
        kinds = {*draft.problem.type_by_id, *(past.duty.type.id for past in draft.problem.tail)}
        after = {
            first: {then for then in kinds if own_value(self.successions, first, then)}
            for first in kinds
        }
        for doctor in draft.problem.doctors:
            days = by_day(draft.work_of(doctor.id))
            for day, work in days.items():
                tomorrow = days.get(day + DAY, ())
                for first, var in work:
                    followers = after[first.type.id]
                    if not followers:
                        continue
                    barred = [w for w in tomorrow if w[0].type.id in followers]
                    draft.linear(
                        # either way: none of them, whatever they weigh
                        [(1, follower) for _, follower in barred],
                        high=0,
                        only_if=var,
                        doctor=doctor.id,
                        duties=(first, *(duty for duty, _ in barred)),
                    )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Walk the work in order of time and compare each duty with those of the day before."""
        own = timetable.ids_of(doctor.id) if self.successions else ()
        recent: list[Duty] = []
        for duty in timetable.work_of(doctor.id):
            recent = [earlier for earlier in recent if earlier.day >= duty.day - DAY]
            for earlier in recent:
                if earlier.day == duty.day or duty.id not in own:
                    continue
                barred = own_value(self.successions, earlier.type.id, duty.type.id)
                yield self.case(
                    Outcome.BREACH if barred else Outcome.KEPT,
                    doctor.id,
                    (earlier.id, duty.id),
                )
            recent.append(duty)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of patterns in the settings that are not in the plan."""
        named = {
            part for _, parts, _ in paths("successions", self.successions, 2) for part in parts
        }
        yield from strangers(self.id, timetable.problem, patterns=named)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har … dagen etter …, og de to vakttypene skal ikke følge hverandre (…).»"""
        if case.outcome is Outcome.NOTICE:
            return stranger_told(self.title, case)
        first, second = (duty_named(problem, duty, case.doctor) for duty in case.duties)
        return (
            f"{name(problem, case.doctor)} har {second} dagen etter {first}, "
            f"men disse skal ikke følge hverandre {source(self.citations[0])}."
        )
