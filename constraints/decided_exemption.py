"""Fritak etter vedtak: an exemption decided for health or weighty social reasons.

F-33.6 and F-33.7, E6 to E8. The decision frees the GP from letter a from the first of its days
at 00:00 to the last at 24:00. Until it is made the duty stands, so an application closes
nothing, but it is shown as pending. A refusal closes nothing; nor does age over 55 alone, for
which there is accordingly no code. A decision binds the municipality that made it whatever
the doctor's employment is. A decision without a first day holds from the day it was made; one
that was ended, to the last day recorded. The reasons are not known here (P-3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.bars import Bar, ExemptionRule, touches, whole
from constraints.facts.exemptions import decided_days
from constraints.law import Act, LawRef
from constraints.wording import days, name, source
from scheduler.domain.doctor import Doctor, ExemptionKind, ExemptionStatus
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Confidence, Outcome


@dataclass(frozen=True)
class DecidedExemption(ExemptionRule):
    """A decision keeps the doctor from letter a duties that touch its days."""

    id: ClassVar = "decided_exemption"
    rulebook: ClassVar = ("F-33.6", "F-33.7", "F-33.12", "F-33.14", "F-33.19", "P-2", "P-3")
    title: ClassVar = "Fritak fra legevakt etter vedtak"
    title_en: ClassVar = "Exemption by decision"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "33", section=3),
        LawRef(Act.FF, "33", section=3, remark=True, confidence=Confidence.DERIVED),
    )

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The days of each decision that was made."""
        for exemption in problem.exemptions_of.get(doctor.id, ()):
            span = decided_days(exemption)
            if exemption.kind is ExemptionKind.DECISION and span is not None:
                yield self.free(span)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """The duties against the decisions, then the applications that wait for one."""
        yield from super().check_doctor(timetable, doctor)
        problem = timetable.problem
        for exemption in problem.exemptions_of.get(doctor.id, ()):
            if (
                exemption.kind is ExemptionKind.DECISION
                and exemption.status is ExemptionStatus.APPLIED
            ):
                wanted = whole(exemption.interval)
                if wanted.overlaps(problem.period):
                    yield self.case(Outcome.NOTICE, doctor.id, when=wanted)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li er etter vedtak fritatt fra legevakt fra … til …, og … berører fritaket (…).»"""
        who = name(problem, case.doctor)
        if case.outcome is Outcome.NOTICE:
            return (
                f"Søknaden fra {who} om fritak fra legevakt {days(case.when)} er ikke avgjort; "
                f"vaktplikten gjelder til kommunen har gjort vedtak {source(self.citations[1])}."
            )
        return (
            f"{who} er etter vedtak fritatt fra legevakt {days(case.when)}, og "
            f"{touches(problem, case, 'fritaket')} {source(self.citations[0])}."
        )
