"""Fritak etter behovsvurdering: the municipality has more doctors than it needs (F-33.8).

The municipality grants it after a concrete assessment of need and may end it again, unlike
an exemption promised at recruitment: a grant holds in its days, and one that was ended holds
to the last day recorded. Nobody has a right to it, so an application is not shown here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.bars import Bar, ExemptionRule, touches
from constraints.facts.exemptions import decided_days
from constraints.law import Act, LawRef
from constraints.wording import days, name, source
from scheduler.domain.doctor import Doctor, ExemptionKind
from scheduler.domain.problem import Problem
from scheduler.rule import Authority, Case


@dataclass(frozen=True)
class NeedExemption(ExemptionRule):
    """A grant keeps the doctor from letter a duties that touch its days."""

    id: ClassVar = "need_exemption"
    rulebook: ClassVar = ("F-33.8", "F-33.12", "F-33.14")
    title: ClassVar = "Fritak fra legevakt etter behovsvurdering"
    title_en: ClassVar = "Exemption after an assessment of need"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (LawRef(Act.FF, "33", section=3, remark=True),)

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The days of each grant."""
        for exemption in problem.exemptions_of.get(doctor.id, ()):
            span = decided_days(exemption)
            if exemption.kind is ExemptionKind.NEED and span is not None:
                yield self.free(span)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li er fritatt fra legevakt fra … etter en vurdering av behovet, og … (…).»"""
        return (
            f"{name(problem, case.doctor)} er fritatt fra legevakt {days(case.when)} etter en "
            f"vurdering av behovet, og {touches(problem, case, 'fritaket')} "
            f"{source(self.citations[0])}."
        )
