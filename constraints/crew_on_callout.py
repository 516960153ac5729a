"""To på utrykning: a doctor who is alone at night may want company on call-outs (M-10).

No general demand was found in the regulation; «alone on duty» is an open reform topic. The
municipality can set how many others it wants along, and is then told of each pattern whose
night doctor would go out with fewer. Decided here: a doctor is alone on a primary night
shift when no other doctor has it and no other primary shift at the place touches it.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import POLICY
from constraints.wording import source
from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import days_touched
from scheduler.rule import Authority, Case, Outcome, Rule, parameter


@dataclass(frozen=True)
class CrewOnCallout(Rule):
    """At least `crew_required` others go along with a doctor who is alone at night."""

    id: ClassVar = "crew_on_callout"
    rulebook: ClassVar = ("M-10",)
    title: ClassVar = "Følge på utrykning om natten"
    title_en: ClassVar = "Company on call-outs at night"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    crew_required: int = parameter(
        0,
        "Følge på utrykning for lege alene om natten",
        unit="personer",
        low=0,
        high=3,
        basis="M-10",
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Count the nights on which a doctor is alone, pattern by pattern."""
        if self.crew_required == 0:
            return
        present: dict[tuple[str, object], list[tuple[str, Duty]]] = {}
        for doctor in timetable.problem.doctors:
            for duty in timetable.work_of(doctor.id):
                if duty.is_shift and not duty.is_backup:
                    for day in days_touched(duty.interval):
                        present.setdefault((_place(duty), day), []).append((doctor.id, duty))
        nights: dict[str, list[str]] = {}
        patterns: dict[str, ShiftPattern] = {}
        for duty in timetable.problem.duties:
            if not isinstance(duty.type, ShiftPattern) or duty.is_backup or not duty.is_night:
                continue
            patterns[duty.type.id] = duty.type
            doctors = {
                doctor
                for day in days_touched(duty.interval)
                for doctor, other in present.get((_place(duty), day), ())
                if other.interval.overlaps(duty.interval)
            }
            if len(timetable.doctors_on(duty.id)) == 1 and len(doctors) == 1:
                nights.setdefault(duty.type.id, []).append(duty.id)
        for pattern in sorted(patterns.values(), key=lambda own: own.id):
            alone = nights.get(pattern.id, [])
            short = alone and pattern.drivers < self.crew_required
            yield self.case(
                Outcome.NOTICE if short else Outcome.KEPT,
                duties=tuple(alone),
                measured=pattern.drivers,
                limit=self.crew_required,
                margin=pattern.drivers - self.crew_required,
                unit="personer",
                facts=(("pattern", pattern.name),),
            )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: it is only told."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Natt: legen er alene 12 netter og har 0 med seg på utrykning; …»"""
        nights = len(case.duties)
        crew, wanted = int(case.measured or 0), int(case.limit or 0)
        alone = (
            f"er alene {nights} {'natt' if nights == 1 else 'netter'}"
            if nights
            else "er ikke alene"
        )
        return (
            f"Legen på {case.fact('pattern')} {alone} og har "
            f"{crew or 'ingen'} med seg på utrykning; "
            f"kommunen ønsker minst {wanted} {source(self.citations[0])}."
        )


def _place(duty: Duty) -> str:
    return duty.type.place
