"""Ingen praksis etter nattevakt: hours without practice after a night on site (S-04, S-05).

Read from secondary sources: eight hours off between two work periods, and the work period
includes the day practice. Derived: the practice closes by itself, so the roster is lawful,
but the office must arrange cover for the absence (F-16.4), and each such closure is a notice.
What the municipality itself would put into those hours, a municipal session or daytime duty,
is forbidden, also where it begins as the night ends. Shifts of letter a are judged by
`rest_between_work`.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from constraints.facts.closures import closed_after, closures
from constraints.facts.work import CLOSED_HOURS, closes_practice
from constraints.law import Act, LawRef, Source
from constraints.wording import at, duty_named, hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var

_Key = tuple[str, Interval]


@dataclass(frozen=True)
class PracticeAfterNight(Rule):
    """For some hours after a night: no practice, no session, no daytime duty."""

    id: ClassVar = "practice_after_night"
    rulebook: ClassVar = ("S-04", "S-05", "F-16.4")
    title: ClassVar = "Fri fra praksis etter nattevakt"
    title_en: ClassVar = "No practice after a night on site"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (
        Source("SFS 2305", "pkt. 7.4"),
        LawRef(Act.FF, "16", section=2, letter="e", confidence=Confidence.DERIVED),
    )
    sfs_only: ClassVar = True

    free_after_onsite_night: int = parameter(
        CLOSED_HOURS, "Timer uten praksis etter nattevakt", unit="h", low=8, high=24, basis="S-04"
    )

    def encode(self, draft: Draft) -> None:
        """A night shuts out the day work that reaches into the hours after it."""
        shut = self._shut_out(draft.problem)
        for stencil in draft.stencils():
            own: dict[_Key, list[Var]] = {}
            for duty, var in stencil.work:
                own.setdefault(_key(duty), []).append(var)
            for night, var in stencil.work:
                later = [duty for duty in shut.get(_key(night), ()) if _key(duty) in own]
                if not later:
                    continue
                day_work = [v for duty in later for v in own[_key(duty)]]
                past = [v for v in day_work if stencil.is_past(v)]
                if past:  # already worked: no night on top
                    worked = stencil.any_of(past)
                    # either way: none of them, whatever they weigh
                    stencil.linear([(1, var)], high=0, only_if=worked, duties=[night])
                stencil.linear(
                    # either way: as above
                    [(1, v) for v in day_work],
                    high=0,
                    only_if=var,
                    duties=[night, *later],
                )

    def _shut_out(self, problem: Problem) -> dict[_Key, list[Duty]]:
        """For each night: the day work, tail included, that reaches into the hours after it."""
        duties = [*problem.duties, *(past.duty for past in problem.tail)]
        starts = sorted(
            (d for d in duties if d.letter is not Letter.OUT_OF_HOURS), key=lambda d: d.start
        )
        longest = max((duty.end - duty.start for duty in starts), default=timedelta())
        found = {}
        for night in duties:
            if closes_practice(night):
                closed = closed_after(night, self.free_after_onsite_night)
                first = bisect_left(starts, closed.start - longest, key=lambda d: d.start)
                last = bisect_left(starts, closed.end, key=lambda d: d.start)
                found[_key(night)] = [
                    duty
                    for duty in starts[first:last]
                    if duty.id != night.id and duty.interval.overlaps(closed)
                ]
        return found

    @property
    def reach(self) -> timedelta:
        """A night and the hours after it."""
        return timedelta(days=1, hours=2 * self.free_after_onsite_night)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Lay the closed hours over the day work and over the practice."""
        own = timetable.ids_of(doctor.id)
        limit = self.free_after_onsite_night
        by_day = [
            duty for duty in timetable.work_of(doctor.id) if duty.letter is not Letter.OUT_OF_HOURS
        ]
        begins = [duty.start for duty in by_day]
        far = timedelta(hours=2 * limit)
        for closure in closures(timetable, doctor, limit):
            night = closure.night
            later = [
                duty
                for duty in by_day[: bisect_left(begins, night.end + far)]
                if duty.end > night.end
                and duty.id != night.id
                and (duty.id in own or night.id in own)
            ]
            for duty in later:
                free = (duty.start - night.end) // MINUTE
                yield self.case(
                    Outcome.BREACH if free < limit * 60 else Outcome.KEPT,
                    doctor.id,
                    (night.id, duty.id),
                    when=closure.interval,
                    measured=max(0, free) / 60,
                    limit=limit,
                    margin=free / 60 - limit,
                    unit="h",
                )
            if night.id in own and closure.minutes:
                yield self.case(
                    Outcome.NOTICE,
                    doctor.id,
                    (night.id,),
                    when=closure.interval,
                    measured=closure.minutes / 60,
                    unit="h",
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Praksisen til Kari er stengt til …, og kontoret må ordne fraværsdekning …»"""
        who, night = name(problem, case.doctor), duty_named(problem, case.duties[0], case.doctor)
        if case.outcome is Outcome.NOTICE and case.when:
            lost = hours((case.measured or 0) * 60)
            return (
                f"Etter {_lower(night)} har {who} ikke praksis før {at(case.when.end)}; "
                f"{lost} åpningstid faller bort, og kontoret må ordne fraværsdekning "
                f"{source(self.citations[1])}."
            )
        free = hours((case.measured or 0) * 60)
        work = duty_named(problem, case.duties[1], case.doctor)
        return (
            f"{who} har {work} {free} etter {_lower(night)}; "
            f"kravet er {hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _key(duty: Duty) -> _Key:
    """Id and interval: in the tail one duty may have been longer for one than for another."""
    return duty.id, duty.interval
