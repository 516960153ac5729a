"""Alminnelig arbeidstid: nine hours a day and forty a week of ordinary day work (W-01, W-02).

Part of the working-time profile, off unless the municipality turns it on. Hard for the
employed; with `applies` set to all, a price for the others, who are not bound by the act.
As derived here: the day is the calendar day and the seven days are the ISO week. Day work is
the practice's opening hours (absence left out) and municipal sessions outside them; legevakt
is no part of it, for the act's limits do not hold there (S-02).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from constraints.facts.load import added, open_in_weeks, open_minutes
from constraints.facts.work import PROFILE, in_profile, is_employed
from constraints.law import Act, LawRef
from constraints.wording import hours, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, IsoWeek, local_day, whole_days
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE

PRICE = 100


@dataclass(frozen=True)
class OrdinaryHours(Rule):
    """At most `max_day` hours of day work a day and `max_week` a week."""

    id: ClassVar = "ordinary_hours"
    rulebook: ClassVar = ("W-01", "W-02", "S-02")
    title: ClassVar = "Alminnelig arbeidstid på dagtid"
    title_en: ClassVar = "Ordinary hours of day work"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.AML, "10-4", section=1, confidence=Confidence.SECONDARY),
        LawRef(Act.AML, "10-5", section=1, confidence=Confidence.SECONDARY),
    )

    applies: str = parameter("off", "Vernereglene gjelder for", choices=PROFILE)
    max_day: int = parameter(9, "Arbeid i døgnet", unit="h", low=7, high=13, basis="W-01")
    max_week: int = parameter(40, "Arbeid i uka", unit="h", low=30, high=54, basis="W-01")

    def encode(self, draft: Draft) -> None:
        """Add up the sessions of each day and week beside what the practice takes."""
        problem = draft.problem
        for doctor in problem.doctors:
            if not in_profile(doctor, self.applies):
                continue
            sessions = draft.sessions_of(doctor.id)
            practice = partial(open_minutes, open_in_weeks(problem, doctor))
            by_span: dict[tuple[Interval, int], list[tuple[Duty, int]]] = {}
            for session in sessions:
                for limited in self._spans(session[0]):
                    by_span.setdefault(limited, []).append(session)
            for (span, limit), own in by_span.items():
                parts = [(added(duty, practice, span, 1), var) for duty, var in own]
                given = practice(span) + sum(c for c, var in parts if var == TRUE)
                terms = [(c, var) for c, var in parts if var != TRUE]
                room = max(0, limit * 60 - given)
                if is_employed(doctor):
                    duties = [duty for duty, _ in own]
                    draft.linear(terms, high=room, doctor=doctor.id, duties=duties)
                else:
                    draft.penalise(Level.HEALTH, [(PRICE, draft.at_least(terms, room + 1))])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Measure every day and week in which the doctor has a session."""
        if not in_profile(doctor, self.applies):
            return
        practice = partial(open_minutes, open_in_weeks(timetable.problem, doctor))
        own = [duty for duty in timetable.duties_of(doctor.id) if not duty.is_shift]
        work = [duty for duty in timetable.work_of(doctor.id) if not duty.is_shift]
        outside = Outcome.BREACH if is_employed(doctor) else Outcome.EXCEPTION
        for span, limit in sorted({span for duty in own for span in self._spans(duty)}):
            duties = [duty for duty in work if duty.interval.overlaps(span)]
            total = practice(span)
            total += sum(added(duty, practice, span, 1) for duty in duties)
            # either way: no more is asked of this than whether there is something new
            new = sum(added(duty, practice, span, 1) for duty in own)
            first, last = local_day(span.start), local_day(span.end) - DAY
            yield self.case(
                outside if new > 0 and total > limit * 60 else Outcome.KEPT,
                doctor.id,
                tuple([duty.id for duty in duties]),
                when=span,
                measured=total / 60,
                limit=limit,
                margin=limit - total / 60,
                unit="h",
                facts=(("when", on_day(first) if first == last else f"i {IsoWeek.of(first)}"),),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har 10 timer arbeid på dagtid i uke 5 (2027); grensen er 9 timer (…).»"""
        return (
            f"{name(problem, case.doctor)} har {hours((case.measured or 0) * 60)} alminnelig "
            f"arbeidstid {case.fact('when')}; grensen er {hours((case.limit or 0) * 60)} "
            f"{source(self.citations[0])}."
        )

    def _spans(self, session: Duty) -> Iterator[tuple[Interval, int]]:
        """The days and weeks that the session touches, each with its limit in hours."""
        day, last = session.day, local_day(session.end)
        weeks: dict[IsoWeek, None] = {}
        while day <= last:
            span = whole_days(day, day)
            if span.overlaps(session.interval):
                yield span, self.max_day
                weeks[IsoWeek.of(day)] = None
            day += DAY
        for week in weeks:
            yield week.interval, self.max_week
