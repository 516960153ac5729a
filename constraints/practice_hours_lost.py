"""Tapt kontortid: how much of a practice's week duties and closures take (F-22, S-05).

Patients normally get an appointment within five working days, so the municipality should not
take too many office hours from one practice in one week. Lost are the agreed opening hours,
absences left out, that lie under a duty away from the own office or in the closed hours after
a night. Overlapping pieces of work, which other rules forbid, are counted one by one. Some
hours a week are free; how many is the municipality's choice (the week's 7.5 hours of other
tasks were in mind). Beyond them each minute costs one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import ClassVar, NamedTuple

from constraints.facts.closures import (
    Footprint,
    away_parts,
    closed_hours,
    hours_of,
    takes_from_practice,
    work_with_footprints,
)
from constraints.facts.practices import practices_of
from constraints.law import POLICY, Act, LawRef, Source
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, IsoWeek, local_day
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.stencil_rows import Amount

_Taken = tuple[tuple[IsoWeek, int], ...]
"""Minutes of practice by week."""


class _Lost(NamedTuple):
    """The opening minutes that a doctor's duties take in a week.

    Attributes:
        by_duty: minutes by the id of the duty.
        total: their sum.
        limit: how many are taken to be all right.
    """

    week: IsoWeek
    by_duty: Mapping[str, int]
    total: int
    limit: int


@dataclass(frozen=True)
class PracticeHoursLost(Rule):
    """Lost office hours beyond the free ones of the week, at one a minute."""

    id: ClassVar = "practice_hours_lost"
    rulebook: ClassVar = ("F-22", "S-05")
    title: ClassVar = "Tapt kontortid"
    title_en: ClassVar = "Practice hours lost"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "22", section=2),
        Source("SFS 2305", "pkt. 7.4"),
        POLICY,
    )
    hard: ClassVar = False

    free_hours_per_week: int = parameter(
        8, "Kontortimer per uke som kan gå tapt uten at det teller", unit="h", low=0, high=40
    )

    def encode(self, draft: Draft) -> None:
        """Sum what each duty takes by week, duty by duty."""
        problem = draft.problem
        parts = away_parts(problem)
        for own in draft.stencils():
            practices = practices_of(problem, own.doctors)
            weeks: dict[IsoWeek, list[tuple[Amount, Var]]] = {}
            for duty, var in own.work:
                at_home: list[int] | None = None
                for part in parts.get((duty.id, duty.interval), ()):
                    minutes = practices.minutes_on(part.day, part.interval)
                    if not part.closure:
                        if at_home is None:
                            at_home = [
                                place
                                for place, doctor in enumerate(own.doctors)
                                if not takes_from_practice(duty, doctor)
                            ]
                        minutes[at_home] = 0
                    if minutes.any():
                        weeks.setdefault(IsoWeek.of(part.day), []).append((minutes, var))
            for _, terms in sorted(weeks.items()):
                lost = own.excess(terms, self.free_hours_per_week * 60, spares_past=True)
                own.penalise(Level.HEALTH, [(1, lost)])

    @property
    def reach(self) -> timedelta:
        """A week, and the night before it."""
        # either way: who looks farther finds the same
        return timedelta(days=9)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """For each opening that was lost in part: who took it, week by week."""
        weeks = list(self._weeks(timetable, doctor))
        cases = partial(map, partial(self._case, doctor), weeks)
        # either way: where nothing is lost, no margin is less
        least = min([own.limit - own.total for own in weeks], default=0)
        # either way: what is judged one by one is judged the same
        return cases() if least < 0 else Kept(len(weeks), cases, least / 60)

    def _weeks(self, timetable: Timetable, doctor: Doctor) -> Iterator[_Lost]:
        problem = timetable.problem
        if not doctor.opening_hours:
            return
        own = timetable.ids_of(doctor.id)
        known = problem.remembered((self.id, doctor.id), lambda: _Losses(problem, doctor))
        lost: dict[IsoWeek, dict[str, int]] = {}
        closed = closed_hours(problem.settings)
        for duty, footprint in work_with_footprints(timetable, doctor, closed):
            for week, minutes in known.of(duty, footprint):
                by_duty = lost.setdefault(week, {})
                # Two parts of one night that was left and taken up again have one id.
                by_duty[duty.id] = by_duty.get(duty.id, 0) + minutes
        for week, by_duty in sorted(lost.items()):
            if not own & by_duty.keys():
                continue
            history = sum(minutes for duty, minutes in by_duty.items() if duty not in own)
            total = sum(by_duty.values())
            limit = max(self.free_hours_per_week * 60, history)
            yield _Lost(week, by_duty, total, limit)

    def _case(self, doctor: Doctor, own: _Lost) -> Case:
        return self.case(
            Outcome.EXCEPTION if own.total > own.limit else Outcome.KEPT,
            doctor.id,
            tuple(own.by_duty),
            when=own.week.interval,
            measured=own.total / 60,
            limit=own.limit / 60,
            margin=(own.limit - own.total) / 60,
            unit="h",
            facts=(("week", str(own.week)),),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«I uke 5 (2027) mister praksisen til Kari 10 timer åpningstid …»"""
        return (
            f"I {case.fact('week')} mister praksisen til {name(problem, case.doctor)} "
            f"{hours((case.measured or 0) * 60)} åpningstid til vakter og kommunale oppgaver; "
            f"inntil {hours((case.limit or 0) * 60)} regnes som greit, av hensyn til at pasientene "
            f"skal få time innen fem virkedager {source(self.citations[0])}."
        )


class _Losses:
    """The opening minutes that duties of one doctor and their closures take in each week."""

    def __init__(self, problem: Problem, doctor: Doctor) -> None:
        self._doctor, self._practice = doctor, hours_of(problem, doctor)
        self._away = self._practice.away
        # Many have the same hours, and many duties the same time.
        self._alike: dict[tuple[Footprint, bool], _Taken]
        self._alike = problem.remembered(("taken", self._practice.agreement), dict)
        self._beside_absence: dict[tuple[Footprint, bool], _Taken] = {}

    def of(self, duty: Duty, own: Footprint) -> _Taken:
        """What the duty, which has this footprint, takes; no week with 0."""
        takes = own.takes(duty, self._doctor)
        if not takes and not own.closed:
            return ()
        present = self._away.isdisjoint(own.touched)
        table = self._alike if present else self._beside_absence
        key = own, takes
        known = table.get(key)
        if known is None:
            hours = self._practice.agreed_on if present else self._practice.on
            known = table[key] = _taken(map(hours, own.touched), own, takes)
        return known


def _taken(days: Iterable[Iterable[Interval]], own: Footprint, takes: bool) -> _Taken:
    found: dict[IsoWeek, int] = {}
    for openings in days:
        for opening in openings:
            minutes = opening.overlap_minutes(own.interval) if takes else 0
            if own.closed:
                minutes += opening.overlap_minutes(own.closed)
            if minutes:
                week = IsoWeek.of(local_day(opening.start))
                found[week] = found.get(week, 0) + minutes
    return tuple(found.items())
