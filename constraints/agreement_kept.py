"""Avtalte oppgaver gis: who signed for hours on a municipal duty gets them (F-8.1, F-32.9).

An agreement says «up to», but a doctor who has arranged the practice by it should be able to
count on most of it. Judged for each whole ISO week in which the signed agreement holds every
day, and only where there are sessions enough: so many at which the doctor is not absent, and
so many altogether that everybody with an agreement on the duty could have their part. Given
is what the doctor works of it, the former roster included. The price is light: one a minute.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.orders import in_force, minutes_by_week, week_days
from constraints.law import POLICY, Act, LawRef
from constraints.wording import hours, name, source
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE, Term


@dataclass(frozen=True)
class AgreementKept(Rule):
    """A doctor gets most of the signed hours in each week that has them."""

    id: ClassVar = "agreement_kept"
    rulebook: ClassVar = ("F-8.1", "F-32.9")
    title: ClassVar = "Avtalte kommunale oppgaver blir gitt"
    title_en: ClassVar = "Signed agreements are used"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (
        LawRef(Act.FF, "8", section=1),
        LawRef(Act.FF, "32", remark=True),
        POLICY,
    )
    hard: ClassVar = False

    least_share: int = parameter(
        75, "Andel av avtalte timer som skal gis hver uke", unit="%", low=0, high=100
    )

    def encode(self, draft: Draft) -> None:
        """One for each minute that lacks."""
        promised = self._promised(draft.problem)
        for doctor, weeks in promised.items():
            given: dict[tuple[IsoWeek, str], list[Term]] = {}
            for duty, var in draft.sessions_of(doctor):
                if isinstance(duty.type, MunicipalDuty):
                    for week, minutes in minutes_by_week(duty):
                        given.setdefault((week, duty.type.id), []).append((minutes, var))
            for key, least in weeks.items():
                terms = given.get(key, [])
                past = sum(minutes for minutes, var in terms if var == TRUE)
                own = [(-minutes, var) for minutes, var in terms if var != TRUE]
                if own:
                    short = draft.excess(own, past - least)
                    draft.penalise(Level.WISHES, [(1, short)])
                else:
                    draft.penalise(Level.WISHES, (), max(0, least - past))

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """For each promised week, what was worked of it."""
        for doctor in self._known(timetable.problem):
            yield from self._of_doctor(timetable, doctor)

    def check_nearby(
        self,
        timetable: Timetable,
        doctors: Set[str],
        duties: Set[str],
    ) -> Iterator[Case]:
        """Only these doctors' weeks."""
        for doctor in self._known(timetable.problem).keys() & doctors:
            yield from self._of_doctor(timetable, doctor)

    def _known(self, problem: Problem) -> Mapping[str, Mapping[tuple[IsoWeek, str], int]]:
        return problem.remembered((self.id, self.least_share), lambda: self._promised(problem))

    def _of_doctor(self, timetable: Timetable, doctor: str) -> Iterator[Case]:
        sessions: dict[str, list[Duty]] = {}
        for duty in timetable.work_of(doctor):
            if not duty.is_shift:
                sessions.setdefault(duty.type.id, []).append(duty)
        for (week, kind), least in self._known(timetable.problem)[doctor].items():
            span = week.interval
            own = sessions.get(kind, ())
            duties = [duty for duty in own if duty.start < span.end and duty.end > span.start]
            yield self._judged(timetable.problem, doctor, week, duties, kind, least)

    def explain(self, problem: Problem, case: Case) -> str:
        """«I uke 5 (2027) får Kari 2 timer Sykehjem; avtalen tilsier minst 6 timer (…).»"""
        return (
            f"I {case.fact('week')} får {name(problem, case.doctor)} "
            f"{hours((case.measured or 0) * 60)} {case.fact('kind')}; avtalen tilsier minst "
            f"{hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )

    def _judged(
        self,
        problem: Problem,
        doctor: str,
        week: IsoWeek,
        duties: list[Duty],
        kind: str,
        least: int,
    ) -> Case:
        span = week.interval
        given = sum([duty.interval.overlap_minutes(span) for duty in duties])
        return self.case(
            Outcome.KEPT if given >= least else Outcome.EXCEPTION,
            doctor,
            tuple([duty.id for duty in duties]),
            when=span,
            measured=given / 60,
            limit=least / 60,
            margin=(given - least) / 60,
            unit="h",
            facts=(("week", str(week)), ("kind", problem.type_by_id[kind].name)),
        )

    def _promised(self, problem: Problem) -> dict[str, dict[tuple[IsoWeek, str], int]]:
        """Doctor -> (week, duty) -> least minutes, for weeks that have sessions enough."""
        signed = {
            a.duty
            for a in problem.agreements
            if a.signed and isinstance(problem.type_by_id.get(a.duty), MunicipalDuty)
        }
        sessions: dict[tuple[IsoWeek, str], list[tuple[Duty, int]]] = {}
        for duty in problem.duties:
            if duty.type.id in signed:
                for week, minutes in minutes_by_week(duty):
                    sessions.setdefault((week, duty.type.id), []).append((duty, minutes))
        parties: dict[str, list[str]] = {kind: [] for kind in signed}
        for doctor in problem.doctors:
            given = problem.agreements_of.get(doctor.id, ())
            for kind in signed.intersection(a.duty for a in given if a.signed):
                parties[kind].append(doctor.id)
        found: dict[str, dict[tuple[IsoWeek, str], int]] = {}
        for (week, kind), own in sorted(sessions.items(), key=lambda item: item[0]):
            least = {
                doctor: minutes
                for doctor in parties[kind]
                if (minutes := self._least(problem, doctor, kind, week))
            }
            supply = sum(minutes * duty.needed for duty, minutes in _once(own))
            if supply < sum(least.values()):
                continue
            for who, minutes in least.items():
                absences = [a.interval for a in problem.absences_of.get(who, ())]
                free = [
                    (duty, own_minutes)
                    for duty, own_minutes in own
                    if not any(duty.interval.overlaps(absence) for absence in absences)
                ]
                if sum(m for _, m in _once(free)) >= minutes:
                    found.setdefault(who, {})[week, kind] = minutes
        return found

    def _least(self, problem: Problem, doctor: str, kind: str, week: IsoWeek) -> int:
        """The minutes a week that the doctor can count on; 0 without a whole signed week."""
        own = [a for a in problem.agreements_of[doctor] if a.duty == kind]
        first, *later = week_days(week)
        # What is in force changes only where something begins or has ended.
        if all(a.span.contains(first) and a.span.contains(later[-1]) for a in own):
            later = []  # either way: each day is as the first
        minutes = min([in_force(own, kind, day)[0] for day in (first, *later)])
        return minutes * self.least_share // 100


def _once(sessions: list[tuple[Duty, int]]) -> list[tuple[Duty, int]]:
    """Of the sessions of one choice only the shortest: no more than one is worked."""
    found: dict[str, tuple[Duty, int]] = {}
    for duty, minutes in sessions:
        key = duty.choice or duty.id
        if key not in found or minutes < found[key][1]:  # either way: equally long
            found[key] = duty, minutes
    return list(found.values())
