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

from collections.abc import Iterator, Sequence
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
        for duty, kind in _sessions(problem):
            fault = _fault(problem, doctor, duty, kind)
            if fault:
                yield self._case(doctor, duty, fault)

    def closed(self, problem: Problem, doctor: Doctor) -> Sequence[Duty]:
        """Those sessions; one list for all of one municipality who have no agreement."""

        def found() -> list[Duty]:
            agreed = {own.duty for own in problem.agreements_of.get(doctor.id, ())}
            known: dict[str, bool] = {}  # of kinds of work of which all or no sessions are closed
            for kind in problem.types:
                if isinstance(kind, MunicipalDuty):
                    ordered = doctor.employment.is_gp and doctor.municipality == kind.municipality
                    if not ordered and kind.id not in agreed:
                        known[kind.id] = True
                    elif ordered and not kind.specialist_only:
                        known[kind.id] = False
            return [
                duty
                for duty, kind in _sessions(problem)
                if (known[kind.id] if kind.id in known else _fault(problem, doctor, duty, kind))
            ]

        if doctor.id in problem.agreements_of:
            return found()
        local = doctor.municipality if doctor.employment.is_gp else None
        titled = any(getattr(kind, "specialist_only", False) for kind in problem.types)
        since = doctor.competence.specialist_from if titled else None
        return problem.remembered((self.id, local, since), found)

    @property
    def reach(self) -> timedelta:
        """Each duty is judged by itself."""
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


def _sessions(problem: Problem) -> list[tuple[Duty, MunicipalDuty]]:
    """The sessions of the period with what they are."""
    return problem.remembered(
        "sessions",
        lambda: [(d, kind) for d in problem.duties if isinstance(kind := d.type, MunicipalDuty)],
    )


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
