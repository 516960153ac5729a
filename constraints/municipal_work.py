"""Hvem som gjør kommunale oppgaver: whom the municipality may give § 32 sessions.

F-2.1, F-3, F-8.2, F-8.4, F-32.1, F-32.9 and P-6. As read here:

- A GP of the municipality whose task it is can be ordered to it; how much is for the rule of
  the ordered hours. The order binds within the GP's own municipality (`for kommunen`), since
  each municipality keeps its overall duty also where they cooperate.
- Everybody else (GPs of another municipality, LIS1, hired duty doctors) has a session only
  with a signed agreement or an own offer for that task that holds on all the session's days.
- A task that demands a specialist in general practice goes to one, whatever is agreed.
- Tasks must stand in the doctor's agreement, whether agreed or ordered (F-8.2): sessions
  that no signed agreement covers are shown, once for each doctor and task. The paragraph
  names the self-employed; for the others the employment contract says the same (F-8.1).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from constraints.facts.agreements import agreements_on
from constraints.law import Act, LawRef, Source
from constraints.wording import duty_named, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule


@dataclass(frozen=True)
class MunicipalWork(Rule):
    """A session goes only to doctors who can be ordered to it or have agreed to it."""

    id: ClassVar = "municipal_work"
    rulebook: ClassVar = ("F-2.1", "F-3", "F-8.2", "F-8.4", "F-32.1", "F-32.9", "P-6")
    title: ClassVar = "Hvem som kan ha kommunale oppgaver"
    title_en: ClassVar = "Who may be given municipal work"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "32", section=1),
        LawRef(Act.FF, "8", section=3),
        Source("krav som kommunen stiller til oppgaven", confidence=Confidence.POLICY),
    )

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Sessions for which the doctor is neither a local GP nor agreed, or lacks the title."""
        for duty in problem.duties:
            task = duty.type
            fault = _fault(problem, doctor, duty, task) if isinstance(task, MunicipalDuty) else ""
            if fault:
                yield self._case(doctor, duty, fault)

    def closed(self, problem: Problem, doctor: Doctor) -> Sequence[Sequence[Duty]]:
        """Those sessions, one list for each kind of work, the same where all of it is closed."""
        agreed = {own.duty for own in problem.agreements_of.get(doctor.id, ())}
        found = []
        for task, sessions in _by_task(problem):
            ordered = doctor.employment.is_gp and doctor.municipality == task.municipality
            if not ordered and task.id not in agreed:
                found.append(sessions)
            elif not ordered or task.specialist_only:
                found.append([own for own in sessions if _fault(problem, doctor, own, task)])
        return found

    @property
    def reach(self) -> timedelta:
        """Each duty is judged by itself."""
        # either way: who looks farther finds the same
        return timedelta(0)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Judge each session the doctor has: first who, then the title, then the record."""
        problem = timetable.problem
        unrecorded: dict[str, list[str]] = {}
        for duty in timetable.duties_of(doctor.id):
            task = duty.type
            if not isinstance(task, MunicipalDuty):
                continue
            local = doctor.employment.is_gp and doctor.municipality == task.municipality
            freely = list(agreements_on(problem, doctor.id, duty))
            specialist_from = doctor.competence.specialist_from
            titled = specialist_from is not None and specialist_from <= duty.day
            if not local and not freely:
                yield self._case(doctor, duty, "not_agreed")
            elif task.specialist_only and not titled:
                yield self._case(doctor, duty, "not_specialist")
            else:
                yield self._case(doctor, duty, "")
                if not any(agreement.signed for agreement in freely):
                    unrecorded.setdefault(task.id, []).append(duty.id)
        for sessions in unrecorded.values():
            yield self.case(Outcome.NOTICE, doctor.id, tuple(sessions))

    def explain(self, problem: Problem, case: Case) -> str:
        """«Ola By kan ikke settes opp på … uten avtale om oppgaven (…).»"""
        who = name(problem, case.doctor)
        duty = duty_named(problem, case.duties[0])
        if case.outcome is Outcome.NOTICE:
            task = problem.duty_by_id[case.duties[0]].type.name
            return (
                f"{who} har fått oppgaven {task} uten at den står i en signert avtale; avtalen "
                f"må oppdateres {source(self.citations[1])}."
            )
        if case.outcome is Outcome.KEPT:
            return f"{who} kan settes opp på {duty} {source(self.citations[0])}."
        if case.fact("fault") == "not_specialist":
            return (
                f"{who} kan ikke settes opp på {duty}, som krever spesialist i allmennmedisin "
                f"{source(self.citations[2])}."
            )
        return (
            f"{who} kan ikke pålegges {duty} og har verken avtale om oppgaven eller tilbudt seg "
            f"å ta den {source(self.citations[0])}."
        )

    def _case(self, doctor: Doctor, duty: Duty, fault: str) -> Case:
        return self.case(
            Outcome.BREACH if fault else Outcome.KEPT,
            doctor.id,
            (duty.id,),
            when=duty.interval,
            facts=(("fault", fault),) if fault else (),
        )


def _by_task(problem: Problem) -> Iterable[tuple[MunicipalDuty, Sequence[Duty]]]:
    """The sessions of each municipal duty, in order of time."""

    def found() -> Mapping[str, tuple[MunicipalDuty, list[Duty]]]:
        by_task: dict[str, tuple[MunicipalDuty, list[Duty]]] = {}
        for duty in problem.duties:
            if isinstance(duty.type, MunicipalDuty):
                by_task.setdefault(duty.type.id, (duty.type, []))[1].append(duty)
        return by_task

    return problem.remembered("sessions by task", found).values()


def _fault(problem: Problem, doctor: Doctor, duty: Duty, task: MunicipalDuty) -> str:
    """Why the doctor cannot have the session; empty where nothing is in the way."""
    ordered = doctor.employment.is_gp and doctor.municipality == task.municipality
    if not ordered and not any(agreements_on(problem, doctor.id, duty)):
        return "not_agreed"
    if task.specialist_only:
        since = doctor.competence.specialist_from
        if since is None or duty.day < since:
            return "not_specialist"
    return ""
