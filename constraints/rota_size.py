"""Vaktordningens størrelse: enough doctors share the duties of each class (S-03).

Since May 2024 SFS 2305 has binding smallest numbers; the figures were not found, so the
municipality fills them in. A class without a number is never called «kept».

Decided here: those who share a class are the doctors who have at least one shift of it in
the period (former duties do not count), so a short period can show fewer than the rota has.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import Source
from constraints.wording import source
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Outcome, Rule, parameter


@dataclass(frozen=True)
class RotaSize(Rule):
    """At least `min_doctors_in_rota` doctors in each duty class that the plan uses."""

    id: ClassVar = "rota_size"
    rulebook: ClassVar = ("S-03",)
    title: ClassVar = "Minste antall leger i vaktordningen"
    title_en: ClassVar = "Smallest number of doctors in the rota"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (Source("SFS 2305"),)
    hard: ClassVar = False
    sfs_only: ClassVar = True

    min_doctors_in_rota: Mapping[str, int] = parameter(
        {}, "Minste antall leger i hver vaktklasse (1–4)", unit="leger", basis="S-03"
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Count the doctors of each class used against the number given."""
        problem = timetable.problem
        demanded = {str(key): number for key, number in self.min_doctors_in_rota.items()}
        used = {duty.duty_class for duty in problem.duties if duty.is_shift}
        sharing: dict[int, set[str]] = {}
        for doctor in problem.doctors:
            for duty in timetable.duties_of(doctor.id):
                if duty.duty_class is not None:
                    sharing.setdefault(duty.duty_class, set()).add(doctor.id)
        for duty_class in sorted(own for own in used if own is not None):
            count = len(sharing.get(duty_class, ()))
            least = demanded.get(str(duty_class))
            if least is None:
                kept = Outcome.NOTICE
            else:
                kept = Outcome.KEPT if count >= least else Outcome.NOTICE
            yield self.case(
                kept,
                measured=count,
                limit=least,
                margin=None if least is None else count - least,
                unit="leger",
                facts=(("class", duty_class),),
            )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: it is only told."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Vaktklasse 3 deles av fire leger …; minste antall er ikke oppgitt (…).»"""
        count = int(case.measured or 0)
        doctors = f"{count} {'lege' if count == 1 else 'leger'}"
        shared = f"Vakter i vaktklasse {case.fact('class')} er delt på {doctors} i perioden"
        if case.limit is None:
            demand = "hvor mange avtalen krever, er ikke oppgitt"
        elif case.outcome is Outcome.KEPT:
            demand = f"kravet på minst {int(case.limit)} er oppfylt"
        else:
            demand = f"kravet er minst {int(case.limit)}"
        return f"{shared}; {demand} {source(self.citations[0])}."
