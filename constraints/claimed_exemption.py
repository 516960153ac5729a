"""Rettskrav på fritak: over 60, late pregnancy, nursing (F-33.9 to F-33.14).

The right covers letter a only: daytime duty and municipal work stay (F-33.12, F-32.11). It
needs no decision, but it must be claimed, and holds from the day of the claim. As read here:

- § 33 speaks of the GP, on whom alone the duty of letter a rests (F-2.1). A claim by a LIS1 or
  a hired duty doctor closes nothing, but is shown, so that it can be met by agreement.
- A pregnancy right lasts to the day of birth, that day included, also when birth is late; it
  begins three months before term, or with the claim where the pregnancy hinders duty.
- A nursing right runs from birth to the day before the child's first birthday. Letter c is
  missing from the text at hand and known from the predecessor of the paragraph.
- A claim that was ended holds to the last day claimed, and not at all where none is recorded.
- Since a right needs no decision, an application with a day is a claim. A refused claim closes
  nothing, but is shown: whether the facts of the right are there must be settled by a human.

Why a doctor is exempt is never told (P-3). So every ground gives the same sentence with the
same reservation: were it printed for letter c alone, the reservation would tell the ground.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.bars import Bar, ExemptionRule, touches, whole
from constraints.facts.exemptions import between
from constraints.law import Act, LawRef
from constraints.wording import days, name, source
from scheduler.domain.doctor import Doctor, Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, add_months, birthday
from scheduler.rule import Authority, Case, Confidence, Outcome, parameter

_KINDS = frozenset({ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING})
_SHOWN = LawRef(Act.FF, "33", section=4, confidence=Confidence.SECONDARY)


@dataclass(frozen=True)
class ClaimedExemption(ExemptionRule):
    """A claimed right keeps the doctor from letter a duties that touch its days."""

    id: ClassVar = "claimed_exemption"
    rulebook: ClassVar = (
        "F-2.1",
        "F-32.11",
        "F-33.9",
        "F-33.10",
        "F-33.11",
        "F-33.12",
        "F-33.13",
        "F-33.14",
        "P-3",
    )
    title: ClassVar = "Rett til fritak fra legevakt"
    title_en: ClassVar = "Claimed right of exemption"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "33", section=4),
        LawRef(Act.FF, "33", section=4, letter="a", confidence=Confidence.SECONDARY),
        LawRef(Act.FF, "33", section=4, letter="b", confidence=Confidence.DERIVED),
        LawRef(Act.FF, "33", section=4, letter="c", confidence=Confidence.SECONDARY),
    )

    age: int = parameter(60, "Alder som gir rett til fritak", unit="år", fixed=True, basis="F-33.9")
    pregnancy_months: int = parameter(
        3, "Måneder før termin", unit="måneder", fixed=True, basis="F-33.13"
    )
    nursing_months: int = parameter(
        12, "Barnets alder ved amming", unit="måneder", fixed=True, basis="F-33.9"
    )

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The days from claim and right to the end of either."""
        for exemption in self._claims(problem, doctor):
            if exemption.status is not ExemptionStatus.REFUSED and doctor.employment.is_gp:
                span = self.claimed(doctor, exemption)
                if span is not None:
                    yield self.free(span)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """The duties against the rights, then the claims that a human must look at."""
        yield from super().check_doctor(timetable, doctor)
        for exemption in self._claims(timetable.problem, doctor):
            trouble = self.trouble(timetable.problem, doctor, exemption)
            if trouble:
                yield self.case(Outcome.NOTICE, doctor.id, facts=(("trouble", trouble),))

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har krevd fritak … fra 10.03.2027, og … berører fritaket (…).»"""
        who = name(problem, case.doctor)
        if case.outcome is Outcome.NOTICE:
            return {
                "not_gp": f"{who} er ikke fastlege og har derfor ikke krav på fritak fra legevakt "
                f"etter forskriften; fritak må avtales {source(self.citations[0])}.",
                "incomplete": f"Kravet om fritak fra legevakt fra {who} mangler opplysninger og "
                f"virker ikke før kommunen har ført dem inn {source(self.citations[0])}.",
                "refused": f"Kravet om fritak fra legevakt fra {who} er ført som avslått, men en "
                f"rett til fritak krever ikke vedtak; kommunen må avklare dette "
                f"{source(self.citations[0])}.",
            }[case.fact("trouble")]
        return (
            f"{who} har krevd fritak fra legevakt {days(case.when)}, og "
            f"{touches(problem, case, 'fritaket')} {source(_SHOWN)}."
        )

    def _claims(self, problem: Problem, doctor: Doctor) -> Iterator[Exemption]:
        """The records of rights; one that was ended on an unknown day is history."""
        for exemption in problem.exemptions_of.get(doctor.id, ()):
            ended = exemption.status is ExemptionStatus.ENDED and exemption.claimed_until is None
            if exemption.kind in _KINDS and not ended:
                yield exemption

    def trouble(self, problem: Problem, doctor: Doctor, exemption: Exemption) -> str:
        """Why a claim does not work by itself; empty where it does or is no longer of weight."""
        until = exemption.claimed_until
        if until is not None and until < problem.first_day:
            return ""
        if not doctor.employment.is_gp:
            return "not_gp"
        if exemption.claimed_from is None or self.right(doctor, exemption) is None:
            return "incomplete"
        span = self.claimed(doctor, exemption)
        matters = span is not None and whole(span).overlaps(problem.period)
        return "refused" if matters and exemption.status is ExemptionStatus.REFUSED else ""

    def claimed(self, doctor: Doctor, exemption: Exemption) -> Span | None:
        """The days that are both claimed and within the right; None where there are none."""
        right = self.right(doctor, exemption)
        if right is None or exemption.claimed_from is None:
            return None
        first, last = right
        ends = [day for day in (last, exemption.claimed_until) if day]
        return between(max(first, exemption.claimed_from), min(ends, default=None))

    def right(self, doctor: Doctor, exemption: Exemption) -> tuple[date, date | None] | None:
        """First and last day (None: open) of the right; None where a fact is missing."""
        if exemption.kind is ExemptionKind.AGE:
            return birthday(doctor.born, self.age), None
        if exemption.kind is ExemptionKind.NURSING:
            if exemption.birth is None:
                return None
            return exemption.birth, add_months(exemption.birth, self.nursing_months) - DAY
        starts = []
        if exemption.term is not None:
            starts.append(add_months(exemption.term, -self.pregnancy_months))
        if exemption.hindered and exemption.claimed_from is not None:
            starts.append(exemption.claimed_from)
        return (min(starts), exemption.birth) if starts else None
