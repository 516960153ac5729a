"""Fritak lovet ved rekruttering: an exemption on which recruitment and signing were based.

F-33.8 and E9. The municipality must keep the promise unless the parties agree otherwise, so
only a recorded mutual agreement (`released_on`, from that day on) or the promise's own last day
ends it. A record that the municipality has ended by itself frees the doctor all the same, and
is shown. A promise that is only claimed, and not confirmed, closes nothing and is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.bars import Bar, ExemptionRule, touches
from constraints.facts.exemptions import between
from constraints.law import Act, LawRef
from constraints.wording import days, name, source
from scheduler.domain.doctor import Doctor, Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Outcome

_PROMISED = frozenset({ExemptionStatus.GRANTED, ExemptionStatus.ENDED})
_UNCONFIRMED = frozenset({ExemptionStatus.CLAIMED, ExemptionStatus.APPLIED})


@dataclass(frozen=True)
class RecruitmentPromise(ExemptionRule):
    """A promise keeps the doctor from letter a duties until both parties end it."""

    id: ClassVar = "recruitment_promise"
    rulebook: ClassVar = ("F-33.8", "F-33.12", "F-33.14", "P-3")
    title: ClassVar = "Fritak lovet ved rekruttering"
    title_en: ClassVar = "Exemption promised at recruitment"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (LawRef(Act.FF, "33", section=3, remark=True),)

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """From the promise to the day before the parties agree otherwise."""
        for exemption in _promises(problem, doctor):
            span = _promised_days(exemption)
            if exemption.status in _PROMISED and span is not None:
                yield self.free(span)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """The duties against the promises, then the promises on which the parties may differ."""
        yield from super().check_doctor(timetable, doctor)
        for exemption in _promises(timetable.problem, doctor):
            ended = exemption.status is ExemptionStatus.ENDED and exemption.released_on is None
            if exemption.status in _UNCONFIRMED:
                yield self.case(Outcome.NOTICE, doctor.id, facts=(("trouble", "claimed"),))
            elif ended and exemption.interval.last is None:
                yield self.case(Outcome.NOTICE, doctor.id, facts=(("trouble", "ended"),))

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li er fritatt fra legevakt … etter avtale ved rekruttering, og … (…).»"""
        who = name(problem, case.doctor)
        if case.outcome is Outcome.NOTICE:
            return {
                "claimed": f"{who} viser til et fritak fra legevakt som ble lovet ved "
                f"rekruttering; kommunen må bekrefte løftet {source(self.citations[0])}.",
                "ended": f"Fritaket som {who} ble lovet ved rekruttering, er ført som avsluttet "
                "uten at det er registrert enighet om det, og gjelder derfor fortsatt "
                f"{source(self.citations[0])}.",
            }[case.fact("trouble")]
        return (
            f"{who} er fritatt fra legevakt {days(case.when)} etter avtale ved rekruttering, og "
            f"{touches(problem, case, 'fritaket')} {source(self.citations[0])}."
        )


def _promises(problem: Problem, doctor: Doctor) -> Iterator[Exemption]:
    for exemption in problem.exemptions_of.get(doctor.id, ()):
        if exemption.kind is ExemptionKind.RECRUITMENT:
            yield exemption


def _promised_days(exemption: Exemption) -> Span | None:
    """The days of the promise; None where it was released before it began."""
    released = exemption.released_on
    ends = [exemption.interval.last, released - DAY if released else None]
    return between(
        exemption.interval.first or exemption.decided_on,
        min((day for day in ends if day), default=None),
    )
