"""Rettskrav på fritak: over 60, late pregnancy, nursing (F-33.9 to F-33.14).

The right covers letter a only and holds from the day on which it is claimed. Letter c is
missing from the text at hand and known from the predecessor of the paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.bars import Bar, BarRule
from constraints.law import Act, LawRef
from constraints.wording import days, duty_named, name, source
from scheduler.domain.doctor import Doctor, Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, add_months, birthday, whole_days
from scheduler.rule import Authority, Case, Confidence, parameter

_CLAIMS = frozenset({ExemptionStatus.CLAIMED, ExemptionStatus.GRANTED, ExemptionStatus.ENDED})
_KINDS = frozenset({ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING})
FAR = date(2999, 12, 31)


@dataclass(frozen=True)
class ClaimedExemption(BarRule):
    """A claimed right keeps the doctor from letter a duties that touch its days."""

    id: ClassVar = "claimed_exemption"
    rulebook: ClassVar = ("F-33.9", "F-33.10", "F-33.11", "F-33.12", "F-33.13", "F-33.14")
    title: ClassVar = "Rett til fritak fra legevakt"
    title_en: ClassVar = "Claimed right of exemption"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "33", section=4),
        LawRef(Act.FF, "33", section=4, letter="c", confidence=Confidence.SECONDARY),
    )

    age: int = parameter(60, "Alder som gir rett til fritak", unit="år", fixed=True, basis="F-33.9")
    pregnancy_months: int = parameter(
        3, "Måneder før termin", unit="måneder", fixed=True, basis="F-33.13"
    )
    nursing_months: int = parameter(
        12, "Barnets alder ved amming", unit="måneder", fixed=True, basis="F-33.9"
    )
    overlap: str = parameter(
        "any",
        "Vakt som berører fritaket: hver minutt teller, eller starten avgjør",
        choices=("any", "start"),
        basis="F-33.14",
    )

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The days from claim and right to the end of either."""
        for exemption in problem.exemptions_of.get(doctor.id, ()):
            if exemption.kind not in _KINDS or exemption.status not in _CLAIMS:
                continue
            if exemption.claimed_from is None:
                continue
            first, last = self._right(doctor, exemption)
            first = max(first, exemption.claimed_from)
            last = min(last, exemption.claimed_until or FAR)
            if first <= last:
                yield Bar(
                    whole_days(first, last),
                    frozenset({Letter.OUT_OF_HOURS}),
                    by_start=self.overlap == "start",
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har rett til fritak 10.03.2027–…, og … ligger i det (…).» No reason is told."""
        return (
            f"{name(problem, case.doctor)} har krevd fritak fra legevakt {days(case.when)}, og "
            f"{duty_named(problem, case.duties[0])} berører fritaket {source(self.citations[0])}."
        )

    def _right(self, doctor: Doctor, exemption: Exemption) -> tuple[date, date]:
        """First and last day of the right itself, both included."""
        if exemption.kind is ExemptionKind.AGE:
            return birthday(doctor.born, self.age), FAR
        if exemption.kind is ExemptionKind.NURSING:
            if exemption.birth is None:
                return FAR, FAR
            return exemption.birth, add_months(exemption.birth, self.nursing_months) - DAY
        if exemption.term is None:
            return FAR, FAR
        start = add_months(exemption.term, -self.pregnancy_months)
        if exemption.hindered and exemption.claimed_from:
            start = exemption.claimed_from
        return start, exemption.birth or FAR
