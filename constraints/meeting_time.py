"""Møter: a doctor in a meeting has no shift on site and no session at the same time.

A meeting that is fixed is a fact like an absence, but it leaves home duty open: the doctor can
be called out of a meeting. Policy of the municipality; no law says it. How meetings count in
the ordered hours (F-32.5, F-32.6) is for another rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from constraints.law import POLICY
from constraints.wording import duty_named, from_to, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Meeting, Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Outcome, Rule

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class MeetingTime(Rule):
    """No shift on site and no session overlaps a meeting."""

    id: ClassVar = "meeting_time"
    title: ClassVar = "Ingen tilstedevakt eller økt i møtetid"
    title_en: ClassVar = "No shift on site and no session during a meeting"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Everything but home duty that overlaps a meeting."""
        for meeting in problem.meetings_of.get(doctor.id, ()):
            for duty in problem.duties_touching(meeting.interval):
                if not duty.is_home:
                    yield self._case(doctor, duty, meeting)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Measure the distance from each duty on site to each meeting less than a day away."""
        meetings = timetable.problem.meetings_of.get(doctor.id, ())
        for duty in timetable.duties_of(doctor.id):
            for meeting in meetings:
                if not duty.is_home and _gap(duty, meeting) < DAY:
                    yield self._case(doctor, duty, meeting)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har møte … i tiden for … (…).»"""
        meeting = from_to(case.when) if case.when else ""
        word = "berører ikke" if case.outcome is Outcome.KEPT else "berører"
        return (
            f"{name(problem, case.doctor)} har møte {meeting}, og "
            f"{duty_named(problem, case.duties[0])} {word} møtet {source(self.citations[0])}."
        )

    def _case(self, doctor: Doctor, duty: Duty, meeting: Meeting) -> Case:
        """The distance; below zero where the two overlap."""
        gap = _gap(duty, meeting) / HOUR
        return self.case(
            Outcome.KEPT if gap >= 0 else Outcome.BREACH,
            doctor.id,
            (duty.id,),
            when=meeting.interval,
            margin=gap,
            unit="h",
        )


def _gap(duty: Duty, meeting: Meeting) -> timedelta:
    """Time between the two, or, below zero, how far one reaches into the other."""
    return max(meeting.interval.start - duty.end, duty.start - meeting.interval.end)
