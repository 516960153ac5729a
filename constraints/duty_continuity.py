"""Kontinuitet i kommunale oppgaver: few doctors on one duty, the same weekday (F-32.9).

The remark to § 32 wants some predictability. A municipal duty says how much: one doctor,
few doctors, or no matter. Counted over the period (the former roster is not part of it):

- different doctors beyond as many as one session needs;
- for sessions that may be placed on any of several days, different weekdays beyond as many
  as the busiest week needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import POLICY, Act, LawRef
from constraints.wording import WEEKDAYS, listed, source
from scheduler.domain.duty import Continuity, Duty, MunicipalDuty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class DutyContinuity(Rule):
    """Each doctor and each weekday too many on one municipal duty has its price."""

    id: ClassVar = "duty_continuity"
    rulebook: ClassVar = ("F-32.9",)
    title: ClassVar = "Kontinuitet i kommunale oppgaver"
    title_en: ClassVar = "Continuity of municipal duties"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (LawRef(Act.FF, "32", remark=True), POLICY)
    hard: ClassVar = False

    one_doctor_price: int = parameter(
        200,
        "Pris per lege for mye der oppgaven ønsker én lege",
        unit="1/100 poeng",
        low=1,
        high=1000,
    )
    few_doctors_price: int = parameter(
        50,
        "Pris per lege for mye der oppgaven ønsker få leger",
        unit="1/100 poeng",
        low=1,
        high=1000,
    )
    weekday_price: int = parameter(
        20, "Pris per ukedag for mye", unit="1/100 poeng", low=1, high=1000
    )

    def encode(self, draft: Draft) -> None:
        """Count who has the duty at all, and on which weekdays it is placed."""
        for kind, duties in _wanting(draft.problem).items():
            who: dict[str, set[int]] = {}
            weekdays: dict[int, set[int]] = {}
            for duty in duties:
                for doctor, var in draft.candidates(duty):
                    who.setdefault(doctor, set()).add(var)
                    if duty.choice:
                        weekdays.setdefault(duty.day.weekday(), set()).add(var)
            present = [(1, draft.any_of(own)) for own in who.values()]
            over = draft.excess(present, max(duty.needed for duty in duties))
            draft.penalise(Level.WISHES, [(self._price(kind), over)])
            used = [(1, draft.any_of(own)) for own in weekdays.values()]
            over = draft.excess(used, _weekdays_needed(duties))
            draft.penalise(Level.WISHES, [(self.weekday_price, over)])

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Go through the sessions once and note names and weekdays."""
        for kind, duties in _wanting(timetable.problem).items():
            given = [duty for duty in duties if timetable.doctors_on(duty.id)]
            if not given:
                continue
            doctors = sorted({who for duty in given for who in timetable.doctors_on(duty.id)})
            names = listed(timetable.problem.doctor_by_id[who].name for who in doctors)
            needed = max(duty.needed for duty in duties)
            yield self._case(kind, given, "doctors", len(doctors), needed, names)
            placed = [duty for duty in given if duty.choice]
            if placed:
                days = sorted({duty.day.weekday() for duty in placed})
                names = listed(WEEKDAYS[day] for day in days)
                wanted = _weekdays_needed(duties)
                yield self._case(kind, placed, "weekdays", len(days), wanted, names)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Sykehjem er delt på 3 leger (Kari, Ola og Per); ønsket er høyst 1 …»"""
        count, wanted = int(case.measured or 0), int(case.limit or 0)
        if case.fact("what") == "weekdays":
            shared = f"ligger på {count} {'ukedag' if count == 1 else 'ulike ukedager'}"
        else:
            shared = f"er delt på {count} {'lege' if count == 1 else 'leger'}"
        return (
            f"{case.fact('kind')} {shared} i perioden ({case.fact('names')}); "
            f"ønsket er høyst {wanted} {source(self.citations[0])}."
        )

    def _price(self, kind: MunicipalDuty) -> int:
        if kind.continuity is Continuity.ONE_DOCTOR:
            return self.one_doctor_price
        return self.few_doctors_price

    def _case(
        self,
        kind: MunicipalDuty,
        duties: list[Duty],
        what: str,
        count: int,
        wanted: int,
        names: str,
    ) -> Case:
        return Case(
            self.id,
            Outcome.EXCEPTION if count > wanted else Outcome.KEPT,
            duties=tuple(duty.id for duty in duties),
            measured=count,
            limit=wanted,
            margin=wanted - count,
            unit="leger" if what == "doctors" else "ukedager",
            facts=(("what", what), ("kind", kind.name), ("names", names)),
        )


def _wanting(problem: Problem) -> dict[MunicipalDuty, list[Duty]]:
    """The sessions of each municipal duty that asks for continuity."""
    found: dict[MunicipalDuty, list[Duty]] = {}
    for duty in problem.duties:
        if isinstance(duty.type, MunicipalDuty) and duty.type.continuity is not Continuity.ANY:
            found.setdefault(duty.type, []).append(duty)
    return found


def _weekdays_needed(duties: list[Duty]) -> int:
    """The choices of the busiest week: each may need a day of its own."""
    choices: dict[IsoWeek, set[str]] = {}
    for duty in duties:
        if duty.choice:
            choices.setdefault(duty.week, set()).add(duty.choice)
    # either way: without a choice no weekday is counted, whatever the default
    return max((len(own) for own in choices.values()), default=0)
