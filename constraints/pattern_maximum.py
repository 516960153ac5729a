"""Høyeste antall vakter av hver vakttype i perioden (own policy; off until given).

From the rostering literature: a maximum per doctor and pattern. Only the period's own duties
count; 0 keeps the doctor from the pattern altogether.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.rostering import own_value, paths, stranger_told, strangers, whole
from constraints.law import POLICY
from constraints.wording import counted, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var


@dataclass(frozen=True)
class PatternMaximum(Rule):
    """At most so many duties of a pattern in the period.

    `maxima`: doctor and pattern -> number, ``{"*/natt": 6, "kari/natt": 2}``; what is said
    of a doctor goes before what is said of everybody.
    """

    id: ClassVar = "pattern_maximum"
    title: ClassVar = "Høyeste antall vakter av en vakttype"
    title_en: ClassVar = "Maximum number of shifts of a pattern"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    maxima: Mapping[str, int | None] = parameter(
        {}, "Høyeste antall i perioden, per lege og vakttype", unit="vakter"
    )

    def __post_init__(self) -> None:
        """Refuse all but whole numbers by doctor and pattern."""
        for where, _, value in paths("maxima", self.maxima, 2):
            whole(where, value)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Duties of the patterns of which the doctor may have none."""
        never = {pattern for pattern, limit in self._of(problem, doctor).items() if limit == 0}
        if never:
            for duty in problem.duties:
                if duty.type.id in never:
                    yield self._case(doctor, duty.type.id, [duty], 0)

    def encode(self, draft: Draft) -> None:
        """Count the duties of each pattern."""
        known = draft.problem.duty_by_id
        for doctor in draft.problem.doctors:
            maxima = self._of(draft.problem, doctor)
            if not maxima:
                continue
            own: dict[str, list[tuple[Duty, Var]]] = {}
            for duty, var in draft.work_of(doctor.id):
                if duty.type.id in maxima and duty.id in known:
                    own.setdefault(duty.type.id, []).append((duty, var))
            for pattern, work in own.items():
                draft.at_most(
                    maxima[pattern],
                    (var for _, var in work),
                    doctor=doctor.id,
                    duties=(duty for duty, _ in work),
                )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Filter the doctor's duties once for each pattern with a maximum."""
        duties = timetable.duties_of(doctor.id)
        for pattern, limit in self._of(timetable.problem, doctor).items():
            own = [duty for duty in duties if duty.type.id == pattern]
            if own:
                yield self._case(doctor, pattern, own, limit)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors and patterns in the settings that are not in the plan."""
        named = [parts for _, parts, _ in paths("maxima", self.maxima, 2)]
        yield from strangers(
            self.id,
            timetable.problem,
            doctors=(doctor for doctor, _ in named),
            patterns=(pattern for _, pattern in named),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 3 vakter av typen Natt i perioden; grensen er 2 (…).»"""
        if case.outcome is Outcome.NOTICE:
            return stranger_told(self.title, case)
        pattern = problem.type_by_id[case.fact("pattern")].name
        shifts = counted(int(case.measured or 0), "vakt", "vakter")
        return (
            f"{name(problem, case.doctor)} har {shifts} av typen {pattern} i perioden; "
            f"grensen er {int(case.limit or 0)} {source(self.citations[0])}."
        )

    def _of(self, problem: Problem, doctor: Doctor) -> Mapping[str, int]:
        """The doctor's maxima by pattern."""
        found = {
            pattern: own_value(self.maxima, doctor.id, pattern) for pattern in problem.type_by_id
        }
        return {pattern: limit for pattern, limit in found.items() if limit is not None}

    def _case(self, doctor: Doctor, pattern: str, duties: list[Duty], limit: int) -> Case:
        return self.case(
            Outcome.KEPT if len(duties) <= limit else Outcome.BREACH,
            doctor.id,
            tuple([duty.id for duty in duties]),
            measured=len(duties),
            limit=limit,
            margin=limit - len(duties),
            unit="vakter",
            facts=(("pattern", pattern),),
        )
