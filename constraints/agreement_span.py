"""Avtaletid: nobody has duties outside the days of the agreement or engagement (F-12.3).

For GPs the days of the GP agreement, notice counted; for LIS1 and hired duty doctors the days
of the employment or engagement. When an agreement is terminated, its last day is recorded,
and no duty may reach beyond that day's midnight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.bars import Bar, BarRule, whole
from constraints.law import Act, LawRef, Source
from constraints.wording import days, duty_named, name, source
from scheduler.domain.doctor import Doctor, Span
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Confidence, Outcome


@dataclass(frozen=True)
class AgreementSpan(BarRule):
    """No duty of any letter before the first or after the last day of the agreement."""

    id: ClassVar = "agreement_span"
    rulebook: ClassVar = ("F-12.3",)
    title: ClassVar = "Vakter bare i avtaletiden"
    title_en: ClassVar = "Duties within the agreement only"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (
        LawRef(Act.FF, "12"),
        Source("avtalen med legen", confidence=Confidence.POLICY),
    )

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """All time before the first day and after the last one."""
        first, last = doctor.agreement.first, doctor.agreement.last
        if first is not None:
            yield Bar(whole(Span(None, first - DAY)), label="uten avtale")
        if last is not None:
            yield Bar(whole(Span(last + DAY)), label="uten avtale")

    def explain(self, problem: Problem, case: Case) -> str:
        """«Avtalen med Kari Li gjelder til 30.04.2027, og … ligger ikke innenfor …»."""
        doctor = problem.doctor_by_id[str(case.doctor)]
        inside = "innenfor" if case.outcome is Outcome.KEPT else "ikke helt innenfor"
        citation = self.citations[0 if doctor.employment.is_gp else 1]
        return (
            f"Avtalen med {name(problem, case.doctor)} gjelder {days(whole(doctor.agreement))}, "
            f"og {duty_named(problem, case.duties[0])} ligger {inside} avtaletiden "
            f"{source(citation)}."
        )
