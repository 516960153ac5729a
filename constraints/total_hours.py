"""Samlet arbeidstid etter arbeidsmiljøloven: 13 hours in 24, 48 a week in the mean (W-03).

Part of the working-time profile, off unless the municipality turns it on, and always a price
only: for legevakt the act's limits on day and week do not hold (S-02). As derived here:

- The 24 hours are counted from every start of work, a duty's or the practice's.
- Practice, sessions and shifts count as in `weekly_load`; an hour of home duty as a seventh.
- The mean is taken over eight weeks of the period; a shorter period has the mean of its weeks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from constraints.facts.load import (
    CLOSED_AFTER_NIGHT,
    OpenHours,
    Practice,
    added,
    open_in_weeks,
    open_minutes,
    weekly,
)
from constraints.facts.work import PROFILE, in_profile
from constraints.law import Act, LawRef
from constraints.wording import at, hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.rule import (
    Authority,
    Case,
    Confidence,
    Level,
    Outcome,
    Rule,
    parameter,
    price_parameter,
)
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE

_DIVISOR = 7
_24_HOURS = timedelta(hours=24)


@dataclass(frozen=True)
class TotalHours(Rule):
    """More than `max_day` hours in 24, or `max_mean_week` a week in the mean, has a price."""

    id: ClassVar = "total_hours"
    rulebook: ClassVar = ("W-03", "W-07", "S-02")
    title: ClassVar = "Samlet arbeidstid etter arbeidsmiljøloven"
    title_en: ClassVar = "Total hours by the Working Environment Act"
    authority: ClassVar = Authority.HEALTH
    citations: ClassVar = (LawRef(Act.AML, "10-6", section=8, confidence=Confidence.SECONDARY),)
    hard: ClassVar = False

    applies: str = parameter("off", "Vernereglene gjelder for", choices=PROFILE)
    max_day: int = parameter(13, "Arbeid i 24 timer", unit="h", low=9, high=16, basis="W-03")
    max_mean_week: int = parameter(
        48, "Arbeid i uka i snitt", unit="h", low=37, high=69, basis="W-03"
    )
    mean_weeks: int = parameter(8, "Uker i snittet", unit="uker", low=1, high=26, basis="W-03")
    price: int = price_parameter(100, "Pris for hvert tidsrom med for mange timer")

    def encode(self, draft: Draft) -> None:
        """Price each start followed by too much work, and each run of weeks that holds too much."""
        for doctor in draft.problem.doctors:
            if in_profile(doctor, self.applies):
                work = draft.work_of(doctor.id)
                opening = open_in_weeks(draft.problem, doctor)
                practice = partial(open_minutes, opening)
                self._encode_days(draft, work, opening, practice)
                self._encode_weeks(draft, work, practice)

    def _encode_days(
        self,
        draft: Draft,
        work: Sequence[tuple[Duty, Var]],
        opening: OpenHours,
        practice: Practice,
    ) -> None:
        starts: dict[datetime, set[Var]] = {}
        for duty, var in work:
            starts.setdefault(duty.start, set()).add(var)
        for own in opening.values():
            for interval in own:
                starts.setdefault(interval.start, set()).add(TRUE)
        position = 0
        longest = max((duty.end - duty.start for duty, _ in work), default=timedelta())
        for start in sorted(starts):
            span = Interval(start, start + _24_HOURS)
            earliest = start - longest - CLOSED_AFTER_NIGHT
            # either way: what has just ended adds nothing
            while position < len(work) and work[position][0].start < earliest:
                position += 1
            parts = []
            for duty, var in work[position:]:
                if duty.start >= span.end:  # either way: what begins then adds nothing
                    break
                parts.append((added(duty, practice, span, _DIVISOR), var))
            given = practice(span) * _DIVISOR
            given += sum(c for c, var in parts if var == TRUE)
            terms = [(c, var) for c, var in parts if var != TRUE]
            room = max(0, self.max_day * 60 * _DIVISOR - given)
            # either way: any bound that is not too low
            highest = sum(max(0, c) for c, _ in terms)
            # either way: what cannot be over is dropped by the draft
            if highest > room:
                # Judged only where work starts here: the start lifts the sum over the threshold.
                begins = draft.any_of(starts[start])
                over = draft.at_least([*terms, (highest, begins)], room + 1 + highest)
                draft.penalise(Level.HEALTH, [(self.price, over)])

    def _encode_weeks(
        self, draft: Draft, work: Sequence[tuple[Duty, Var]], practice: Practice
    ) -> None:
        weeks = draft.problem.weeks
        length = min(self.mean_weeks, len(weeks))
        sums = weekly(work, practice, _DIVISOR)
        for first in range(len(weeks) - length + 1):
            run = weeks[first : first + length]
            parts = [(c, var) for week in run for c, _, var in sums.get(week, ())]
            given = sum(practice(week.interval) for week in run) * _DIVISOR
            given += sum(c for c, var in parts if var == TRUE)
            terms = [(c, var) for c, var in parts if var != TRUE]
            room = max(0, self.max_mean_week * 60 * _DIVISOR * length - given)
            draft.penalise(Level.HEALTH, [(self.price, draft.at_least(terms, room + 1))])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Measure the 24 hours after each start of work, then slide the mean over the weeks."""
        problem = timetable.problem
        if not in_profile(doctor, self.applies):
            return
        opening = open_in_weeks(problem, doctor)
        practice = partial(open_minutes, opening)
        own = timetable.duties_of(doctor.id)
        work = timetable.work_of(doctor.id)
        starts = {duty.start for duty in work}
        starts |= {interval.start for day in opening.values() for interval in day}
        for start in sorted(starts):
            span = Interval(start, start + _24_HOURS)
            held = tuple(duty.id for duty in work if duty.interval.overlaps(span))
            new = sum(added(duty, practice, span, _DIVISOR) for duty in own)
            if new and held:
                total = practice(span) * _DIVISOR
                total += sum(added(duty, practice, span, _DIVISOR) for duty in work)
                yield self._case(doctor, held, span, new, total, self.max_day, 1, at(start))
        weeks = problem.weeks
        length = min(self.mean_weeks, len(weeks))
        for first in range(len(weeks) - length + 1):
            span = Interval(weeks[first].interval.start, weeks[first + length - 1].interval.end)
            new = sum(added(duty, practice, span, _DIVISOR) for duty in own)
            if new:
                held = tuple(duty.id for duty in work if duty.interval.overlaps(span))
                total = practice(span) * _DIVISOR
                total += sum(added(duty, practice, span, _DIVISOR) for duty in work)
                last = weeks[first + length - 1]
                told = f"{weeks[first]} til {last}" if length > 1 else str(last)
                yield self._case(doctor, held, span, new, total, self.max_mean_week, length, told)

    def _case(
        self,
        doctor: Doctor,
        duties: tuple[str, ...],
        span: Interval,
        new: int,
        total: int,
        limit: int,
        over: int,
        told: str,
    ) -> Case:
        """Judge `total` / `over` parts of a minute against the limit, in whole numbers."""
        measured = total / over / _DIVISOR / 60
        adds = new > 0  # either way: the smallest part is tested, and 0 is not asked about
        broken = adds and total > limit * 60 * _DIVISOR * over
        return self.case(
            Outcome.EXCEPTION if broken else Outcome.KEPT,
            doctor.id,
            duties,
            when=span,
            measured=measured,
            limit=limit,
            margin=limit - measured,
            unit="h",
            facts=(("when", told), ("weeks", 0 if span.end - span.start == _24_HOURS else over)),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li arbeider 16 timer i løpet av 24 timer fra …; grensen er 13 timer (…).»"""
        measured, limit = hours((case.measured or 0) * 60), hours((case.limit or 0) * 60)
        if case.fact("weeks"):
            told = f"i snitt {measured} i uka i {case.fact('when')}"
        else:
            told = f"{measured} i løpet av 24 timer fra {case.fact('when')}"
        return (
            f"{name(problem, case.doctor)} arbeider {told}; grensen er {limit} "
            f"{source(self.citations[0])}."
        )
