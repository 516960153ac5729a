"""Kontinuitet i kommunale oppgaver: few doctors on one duty, the same weekday (F-32.9).

The remark to § 32 wants some predictability. A municipal duty says how much: one doctor,
few doctors, or no matter. Counted over the period (the former roster is not part of it):

- different doctors beyond as many as one session needs;
- for sessions that may be placed on any of several days, different weekdays beyond as many
  as the busiest week needs;
- for sessions at fixed times on several weekdays, doctors who change between them: pairs of
  doctor and weekday beyond one for each doctor, or for each weekday where these are more. So
  one doctor may have all weekdays, and two may have one each.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import POLICY, Act, LawRef
from constraints.wording import WEEKDAYS, listed, source
from scheduler.domain.duty import Continuity, Duty, MunicipalDuty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek
from scheduler.rule import Authority, Case, Level, Outcome, Rule, price_parameter
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

    one_doctor_price: int = price_parameter(
        200, "Pris for hver lege for mye der oppgaven ønsker én lege"
    )
    few_doctors_price: int = price_parameter(
        50, "Pris for hver lege for mye der oppgaven ønsker få leger"
    )
    weekday_price: int = price_parameter(20, "Pris for hver ukedag for mye")

    def encode(self, draft: Draft) -> None:
        """Count who has the duty at all, and on which weekdays it is placed."""
        for kind, duties in _wanting(draft.problem).items():
            who: dict[str, set[int]] = {}
            weekdays: dict[int, set[int]] = {}
            fixed: dict[str, dict[int, set[int]]] = {}
            for duty in duties:
                for doctor, var in draft.candidates(duty):
                    who.setdefault(doctor, set()).add(var)
                    day = duty.day.weekday()
                    if duty.choice:
                        weekdays.setdefault(day, set()).add(var)
                    else:
                        fixed.setdefault(doctor, {}).setdefault(day, set()).add(var)
            present = [(1, draft.any_of(own)) for own in who.values()]
            over = draft.excess(present, max(duty.needed for duty in duties))
            draft.penalise(Level.WISHES, [(self._price(kind), over)])
            used = [(1, draft.any_of(own)) for own in weekdays.values()]
            over = draft.excess(used, _weekdays_needed(duties))
            draft.penalise(Level.WISHES, [(self.weekday_price, over)])
            days = len({duty.day.weekday() for duty in duties if not duty.choice})
            # either way: on one weekday nobody can change
            if days > 1 and self.weekday_price:
                self._encode_changes(draft, fixed, days)

    def _encode_changes(
        self, draft: Draft, fixed: Mapping[str, Mapping[int, set[int]]], days: int
    ) -> None:
        """Pairs of doctor and weekday, less the number of doctors where that is over `days`."""
        pairs = [(1, draft.any_of(own)) for by_day in fixed.values() for own in by_day.values()]
        present = [(1, draft.any_of(set().union(*own.values()))) for own in fixed.values()]
        # At least so many doctors, one after the other: a number that may be taken off.
        # either way: there are never more than all
        more = [(-1, draft.at_least(present, n)) for n in range(days + 1, len(present) + 1)]
        draft.penalise(Level.WISHES, [(self.weekday_price, draft.excess([*pairs, *more], days))])

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Go through the sessions once and note names and weekdays."""
        yield from self._spread(timetable, self._wanting(timetable.problem))

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the kinds of work that have changed hands."""
        wanting = self._wanting(timetable.problem)
        touched = {
            kind: own for kind, own in wanting.items() if any(duty.id in duties for duty in own)
        }
        yield from self._spread(timetable, touched)

    def _wanting(self, problem: Problem) -> Mapping[MunicipalDuty, list[Duty]]:
        return problem.remembered("continuity", lambda: _wanting(problem))

    def _spread(
        self, timetable: Timetable, wanting: Mapping[MunicipalDuty, list[Duty]]
    ) -> Iterator[Case]:
        for kind, duties in wanting.items():
            given = [duty for duty in duties if timetable.doctors_on(duty.id)]
            if not given:
                continue
            doctors = sorted({who for duty in given for who in timetable.doctors_on(duty.id)})
            names = listed(timetable.problem.doctor_by_id[who].name for who in doctors)
            needed = max(duty.needed for duty in duties)
            if self._price(kind):
                yield self._case(kind, given, "doctors", len(doctors), needed, names)
            if self.weekday_price:
                yield from self._changes(timetable, kind, duties)
            placed = [duty for duty in given if duty.choice]
            if placed and self.weekday_price:
                days = sorted({duty.day.weekday() for duty in placed})
                names = listed(WEEKDAYS[day] for day in days)
                wanted = _weekdays_needed(duties)
                yield self._case(kind, placed, "weekdays", len(days), wanted, names)

    def _changes(
        self, timetable: Timetable, kind: MunicipalDuty, duties: list[Duty]
    ) -> Iterator[Case]:
        """Note each doctor's weekdays in the sessions at fixed times."""
        fixed = [duty for duty in duties if not duty.choice]
        given = [duty for duty in fixed if timetable.doctors_on(duty.id)]
        weekdays: dict[str, set[int]] = {}
        for duty in given:
            for doctor in timetable.doctors_on(duty.id):
                weekdays.setdefault(doctor, set()).add(duty.day.weekday())
        days = len({duty.day.weekday() for duty in fixed})
        if weekdays and days > 1:
            names = timetable.problem.doctor_by_id
            told = "; ".join(
                f"{names[doctor].name}: {listed(WEEKDAYS[day] for day in sorted(own))}"
                for doctor, own in sorted(weekdays.items())
                if len(own) > 1
            )
            count = sum(map(len, weekdays.values()))
            yield self._case(kind, given, "changes", count, max(days, len(weekdays)), told)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Sykehjem er delt på 3 leger (Kari, Ola og Per); ønsket er høyst 1 …»"""
        count, wanted = int(case.measured or 0), int(case.limit or 0)
        kind, cited = case.fact("kind"), source(self.citations[0])
        if case.fact("what") == "changes":
            if case.outcome is Outcome.KEPT:
                return f"{kind} har faste leger på ukedagene {cited}."
            return (
                f"{kind} deles av leger som skifter ukedag ({case.fact('names')}); "
                f"ønsket er samme lege på samme ukedag {cited}."
            )
        if case.fact("what") == "weekdays":
            shared = f"ligger på {count} {'ukedag' if count == 1 else 'ulike ukedager'}"
        else:
            shared = f"er delt på {count} {'lege' if count == 1 else 'leger'}"
        return (
            f"{kind} {shared} i perioden ({case.fact('names')}); ønsket er høyst {wanted} {cited}."
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
        return self.case(
            Outcome.EXCEPTION if count > wanted else Outcome.KEPT,
            duties=tuple([duty.id for duty in duties]),
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
