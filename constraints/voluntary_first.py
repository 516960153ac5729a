"""Frivillig før pålegg: as few ordered hours as can be (F-32.4).

The municipality must try voluntary agreements before it orders. So every minute beyond
agreements and offers has its price, before all questions of comfort and fairness, and
where anything is ordered a human is told to keep a log of the attempt.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.load import weeks_of
from constraints.facts.order_terms import week_terms
from constraints.facts.orders import OrderPart, order_parts
from constraints.law import Act, LawRef
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, IsoWeek
from scheduler.rule import Authority, Case, Level, Outcome, Rule
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class VoluntaryFirst(Rule):
    """Each ordered minute of the period costs one on the level of orders."""

    id: ClassVar = "voluntary_first"
    rulebook: ClassVar = ("F-32.4", "F-32.7")
    title: ClassVar = "Frivillig avtale før pålegg"
    title_en: ClassVar = "Voluntary agreement before orders"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "32", section=1),
        LawRef(Act.FF, "32", section=1, remark=True),
    )
    hard: ClassVar = False

    def encode(self, draft: Draft) -> None:
        """One for each minute; what the tail alone had ordered costs nothing."""
        for doctor in draft.problem.doctors:
            for own in week_terms(draft, doctor):
                if own.duties:
                    draft.penalise(Level.ORDERED, own.ordered, -own.history)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """The ordered hours of each week with municipal work."""
        return self._judged(timetable, doctor, order_parts(timetable, doctor))

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterator[Case]:
        """Only the weeks of the change."""
        near = set(weeks_of(changed))
        parts = [part for part in order_parts(timetable, doctor) if part.week in near]
        return self._judged(timetable, doctor, parts)

    def _judged(
        self, timetable: Timetable, doctor: Doctor, own: Iterable[OrderPart]
    ) -> Iterator[Case]:
        weeks: dict[IsoWeek, list[OrderPart]] = {}
        for part in own:
            weeks.setdefault(part.week, []).append(part)
        for week, parts in weeks.items():
            if not any(part.in_period for part in parts):
                continue
            added = sum(part.ordered - part.history for part in parts)
            duties = sorted(
                {d.id: d for part in parts for d in part.duties}.values(),
                key=lambda d: (d.start, d.end, d.id),
            )
            yield self.case(
                Outcome.EXCEPTION if added else Outcome.KEPT,
                doctor.id,
                tuple([duty.id for duty in duties]),
                when=week.interval,
                measured=added / 60,
                limit=0,
                margin=-added / 60,
                unit="h",
                facts=(("week", str(week)),),
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """For each municipal duty that must be ordered: the attempt is to be logged."""
        ordered: dict[str, list[OrderPart]] = {}
        for doctor in timetable.problem.doctors:
            for part in order_parts(timetable, doctor):
                if part.ordered > part.history:
                    ordered.setdefault(part.kind, []).append(part)
        for kind, parts in sorted(ordered.items()):
            yield self.case(
                Outcome.NOTICE,
                duties=tuple(sorted({duty.id for part in parts for duty in part.duties})),
                measured=sum(part.ordered - part.history for part in parts) / 60,
                unit="h",
                facts=(
                    ("kind", timetable.problem.type_by_id[kind].name),
                    ("doctors", len({part.doctor for part in parts})),
                ),
            )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: the notice is about the plan as a whole."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«I uke 5 (2027) har Kari 3 timer ut over det som er avtalt eller tilbudt (…).»"""
        amount = hours((case.measured or 0) * 60)
        if case.outcome is Outcome.NOTICE:
            count = case.fact("doctors")
            return (
                f"{case.fact('kind')}: {amount} må pålegges {count} "
                f"{'lege' if count == 1 else 'leger'}. Kommunen skal først ha forsøkt å få til "
                f"frivillige avtaler, og forsøket må loggføres {source(self.citations[0])}."
            )
        who = name(problem, case.doctor)
        if case.outcome is Outcome.KEPT:
            return (
                f"I {case.fact('week')} har {who} bare kommunale oppgaver som er avtalt eller "
                f"tilbudt {source(self.citations[0])}."
            )
        return (
            f"I {case.fact('week')} har {who} {amount} kommunale oppgaver ut over det som er "
            f"avtalt eller tilbudt, og de må pålegges {source(self.citations[0])}."
        )
