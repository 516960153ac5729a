"""Ukentlig fri: one long stretch without work in each week (W-05, as policy for legevakt).

How it was read, as derived here:

- The seven days are the ISO week. Windows that slide day by day would cut every weekend in
  two and leave nobody 35 hours.
- A stretch counts in the week in which it begins and may run on into the next; what began
  earlier counts from Monday 00:00. So in every week there is a moment from which the doctor
  is free for the hours demanded.
- Work is shifts on site, sessions, home duty that is not rest, and the own practice unless
  `practice_is_work` is off. A practice closed after a night is counted as open.
- Where the practice and the former roster alone leave no such stretch, there is nothing to
  judge: no duty of the period could mend it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import ClassVar, NamedTuple

from constraints.facts.closures import hours_of
from constraints.facts.openings import openings_in_order
from constraints.facts.work import REST_HOME_DUTY, is_work, working, working_by
from constraints.law import Act, LawRef, Source
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, MINUTE, Interval, IsoWeek
from scheduler.kept import Kept
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
from scheduler.solving.stencil import Stencil

_START = attrgetter("start")
LONGEST_LIMIT = timedelta(hours=48)


_Measured = tuple["_GivenWeek", Sequence[Duty], float]
"""A week, the duties that touch it, and the hours of its longest stretch without work."""


class _Week:
    """The work that could touch a week's rest, and from which moments a rest could begin.

    Attributes:
        ends: the start of the week, and the ends of work in it.
    """

    def __init__(self, stencil: Stencil, span: Interval, work: Sequence[tuple[Duty, Var]]) -> None:
        self.stencil = stencil
        self.span = span
        self.work = work
        self.ends = {span.start, *(duty.end for duty, _ in work if span.contains(duty.end))}
        self._spans = [(duty.start, duty.end, var) for duty, var in work]
        self._between: dict[tuple[datetime, datetime], tuple[Var, ...]] = {}

    def work_between(self, start: datetime, end: datetime) -> tuple[Var, ...]:
        """The variables of the work that overlaps this stretch, each once, in order."""
        known = self._between.get((start, end))
        if known is None:
            known = self._between[start, end] = tuple(
                sorted({var for begin, until, var in self._spans if begin < end and until > start})
            )
        return known

    def taken(self, hours: int, breaks: Sequence[Interval]) -> list[tuple[Var, ...]]:
        """For each moment from which so long a rest could begin, the work that would take it.

        Nothing where some rest is free in any case, and where practice takes all of them.
        """
        found: set[tuple[Var, ...]] = set()
        length = timedelta(hours=hours)
        taken = [(own.start, own.end) for own in breaks]
        ends = self.ends.union(end for _, end in taken if self.span.contains(end))
        for start in sorted(ends):
            end = start + length
            if any(begin < end and until > start for begin, until in taken):
                continue
            variables = self.work_between(start, end)
            if not variables:
                return []
            found.add(variables)
        return sorted(found)


@dataclass(frozen=True)
class WeeklyRest(Rule):
    """In every ISO week a stretch free of work: `weekly_rest_target`, at least `weekly_rest`."""

    id: ClassVar = "weekly_rest"
    rulebook: ClassVar = ("W-05", "W-07")
    title: ClassVar = "Ukentlig sammenhengende fri"
    title_en: ClassVar = "Continuous rest each week"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source(
            "kommunens grense for ukehvile, etter mønster av arbeidsmiljøloven § 10-8",
            confidence=Confidence.POLICY,
        ),
        LawRef(Act.AML, "10-8", section=2, confidence=Confidence.SECONDARY),
    )

    weekly_rest_target: int = parameter(
        35, "Ønsket sammenhengende fri i uka", unit="h", low=24, high=48, basis="W-05"
    )
    weekly_rest: int = parameter(
        28, "Minste sammenhengende fri i uka", unit="h", low=24, high=48, basis="W-05"
    )
    practice_is_work: bool = parameter(True, "Egen praksis regnes som arbeid")
    rest_counts_home_duty: str = parameter(
        "class 1",
        "Hjemmevakt som regnes som hvile (vaktklasse)",
        choices=REST_HOME_DUTY,
        basis="W-07, S-04",
    )
    price: int = price_parameter(100, "Pris for en uke med for kort ukehvile")

    def encode(self, draft: Draft) -> None:
        """Of the moments from which a long stretch could begin, one is followed by no work."""
        for stencil in draft.stencils():
            work = [w for w in stencil.work if self._is_work(w[0])]
            if not work:
                continue
            openings = [self._openings(draft.problem, doctor) for doctor in stencil.doctors]
            ends = [[own.end for own in opening] for opening in openings]
            longest = max(duty.end - duty.start for duty, _ in work)
            begins = [duty.start for duty, _ in work]
            for week in _weeks(draft.problem):
                span = week.interval
                slot = slice(
                    bisect_left(begins, span.start - longest),
                    bisect_left(begins, span.end + LONGEST_LIMIT),
                )
                week_work = _Week(stencil, span, work[slot])
                hours: dict[tuple[Interval, ...], list[int]] = {}
                for place, opening in enumerate(openings):
                    first = bisect_left(ends[place], span.start)
                    last = bisect_left(opening, _horizon(span).end, key=lambda o: o.start)
                    hours.setdefault(tuple(opening[first:last]), []).append(place)
                self._demand(week_work, hours)
                stencil.afterwards(partial(self._weigh, week_work, hours))

    def _demand(self, week: "_Week", hours: Mapping[tuple[Interval, ...], list[int]]) -> None:
        """One of the rests that are demanded is kept."""
        for breaks, places in hours.items():
            taken = week.taken(self.weekly_rest, breaks)
            if taken:
                with week.stencil.only(places):
                    terms = [(1, week.stencil.any_of(variables)) for variables in taken]
                    within = set[Var]().union(*taken)
                    duties = [duty for duty, var in week.work if var in within]
                    week.stencil.linear(terms, high=len(terms) - 1, duties=duties)

    def _weigh(self, week: "_Week", hours: Mapping[tuple[Interval, ...], list[int]]) -> None:
        """A price where none of the rests that are wished for is kept."""
        for breaks, places in hours.items():
            taken = week.taken(self.weekly_rest_target, breaks)
            if taken:
                with week.stencil.only(places):
                    terms = [(1, week.stencil.any_of(variables)) for variables in taken]
                    lacks = week.stencil.excess(terms, len(terms) - 1)
                    week.stencil.penalise(Level.HEALTH, [(self.price, lacks)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Measure the longest stretch free of work that begins in each week."""
        weeks = self._given_weeks(timetable.problem, doctor)
        return self._judged(timetable, doctor, weeks)

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterable[Case]:
        """Only the weeks to whose rest the change belongs."""
        weeks = self._given_weeks(timetable.problem, doctor)
        near = [week for week in weeks if week.horizon.overlaps(changed)]
        return self._judged(timetable, doctor, near)

    def _judged(
        self, timetable: Timetable, doctor: Doctor, weeks: Iterable["_GivenWeek"]
    ) -> Iterable[Case]:
        measured = self._measured(timetable, doctor, weeks)
        cases = partial(self._cases, doctor, measured)
        # either way: what is judged one by one is judged the same
        least = min([stretch for _, _, stretch in measured], default=0)
        if least < max(self.weekly_rest, self.weekly_rest_target):
            return cases()
        return Kept(len(measured), cases, least - self.weekly_rest_target)

    def _measured(
        self, timetable: Timetable, doctor: Doctor, weeks: Iterable["_GivenWeek"]
    ) -> list[_Measured]:
        """The weeks that duties of the period touch."""
        work = working_by(timetable, doctor, self.rest_counts_home_duty)
        past = working(timetable.problem.tail_of[doctor.id], self.rest_counts_home_duty)
        own = work[len(past) :]  # the former roster comes first
        if not own:
            return []
        longest = max([duty.end - duty.start for duty in own])
        begins = [duty.start for duty in own]
        found: list[_Measured] = []
        for week in weeks:
            start, end = week.horizon.start, week.horizon.end
            first = bisect_left(begins, start - longest)
            last = bisect_left(begins, end, first)
            duties = [duty for duty in own[first:last] if duty.end > start]
            if duties:
                busy = [*week.busy, *[duty.interval for duty in duties]]
                found.append((week, duties, _longest_stretch(week.span, end, busy)))
        return found

    def _cases(self, doctor: Doctor, measured: Iterable[_Measured]) -> Iterator[Case]:
        for week, duties, stretch in measured:
            possible = week.possible
            if stretch < self.weekly_rest <= possible:
                outcome, limit = Outcome.BREACH, self.weekly_rest
            elif stretch < self.weekly_rest_target <= possible:
                outcome, limit = Outcome.EXCEPTION, self.weekly_rest_target
            elif stretch >= self.weekly_rest_target:
                outcome, limit = Outcome.KEPT, self.weekly_rest_target
            else:
                continue
            yield self.case(
                outcome,
                doctor.id,
                tuple([duty.id for duty in duties]),
                when=week.span,
                measured=stretch,
                limit=limit,
                margin=stretch - limit,
                unit="h",
                facts=week.facts,
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har på det meste 25 timer sammenhengende fri fra uke 5 (2027); … (…).»"""
        word = "kravet" if case.outcome is Outcome.BREACH else "målet"
        return (
            f"{name(problem, case.doctor)} har på det meste {hours((case.measured or 0) * 60)} "
            f"sammenhengende fri som begynner i {case.fact('week')}; "
            f"{word} er {hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )

    def _is_work(self, duty: Duty) -> bool:
        return is_work(duty, self.rest_counts_home_duty)

    def _openings(self, problem: Problem, doctor: Doctor) -> tuple[Interval, ...]:
        if not self.practice_is_work:
            return ()
        return openings_in_order(problem, doctor, *_days(problem))

    def _given_weeks(self, problem: Problem, doctor: Doctor) -> tuple["_GivenWeek", ...]:
        """What practice and former roster leave of each week."""
        key = (self.id, doctor.id, self.practice_is_work, self.rest_counts_home_duty)
        return problem.remembered(key, lambda: self._leave(problem, doctor))

    def _leave(self, problem: Problem, doctor: Doctor) -> tuple["_GivenWeek", ...]:
        past = working(problem.tail_of[doctor.id], self.rest_counts_home_duty)
        tail = [duty.interval for duty in past]
        absences = [own.interval for own in problem.absences_of.get(doctor.id, ())]
        opening = self._openings(problem, doctor)
        begins = [own.start for own in opening]
        weeks = list(self._agreed_weeks(problem, doctor))
        # The weeks end in order, and so do their horizons.
        spans, horizons = [week.span.start for week in weeks], [week.horizon.end for week in weeks]
        touched = {
            number
            for own in (*tail, *absences)
            for number in range(bisect_right(horizons, own.start), bisect_left(spans, own.end))
        }
        for number in touched:
            week = weeks[number]
            near = [*_near(opening, begins, week.horizon), *tail]
            busy = tuple([own for own in near if own.overlaps(week.horizon)])
            possible = _longest_stretch(week.span, week.horizon.end, busy)
            weeks[number] = _GivenWeek(week.span, week.horizon, busy, possible, week.facts)
        return tuple(weeks)

    def _agreed_weeks(self, problem: Problem, doctor: Doctor) -> Sequence["_GivenWeek"]:
        """The weeks of all with these hours, if they were never away and had no former roster."""
        practice = hours_of(problem, doctor)

        def found() -> list[_GivenWeek]:
            opening = practice.agreed_in_order(*_days(problem)) if self.practice_is_work else ()
            begins = [own.start for own in opening]
            weeks = []
            for week in _weeks(problem):
                span, horizon = week.interval, _horizon(week.interval)
                near = _near(opening, begins, horizon)
                busy = tuple([own for own in near if own.overlaps(horizon)])
                facts = (("week", str(week)),)
                possible = _longest_stretch(span, horizon.end, busy)
                weeks.append(_GivenWeek(span, horizon, busy, possible, facts))
            return weeks

        return problem.remembered((self.id, practice.agreement, self.practice_is_work), found)


class _GivenWeek(NamedTuple):
    """A week as it is before any duty of the period: what is busy, and the rest it allows."""

    span: Interval
    horizon: Interval
    busy: tuple[Interval, ...]
    possible: float
    facts: tuple[tuple[str, str], ...]


def _weeks(problem: Problem) -> list[IsoWeek]:
    """The weeks of the period, and the one before, whose rest may run on into it."""
    return [problem.weeks[0].plus(-1), *problem.weeks]


def _days(problem: Problem) -> tuple[date, date]:
    """The first day and the last whose opening hours are asked for."""
    weeks = _weeks(problem)
    return weeks[0].monday, weeks[-1].monday + 9 * DAY  # either way: beyond the horizon


def _near(
    opening: Sequence[Interval], begins: Sequence[datetime], horizon: Interval
) -> Sequence[Interval]:
    """The openings that may overlap the horizon; none lasts longer than a day."""
    first = bisect_left(begins, horizon.start - DAY)
    return opening[first : bisect_left(begins, horizon.end)]


def _horizon(span: Interval) -> Interval:
    """The week, and as far into the next as a stretch that begins in it is asked for."""
    return Interval(span.start, span.end + LONGEST_LIMIT)


def _longest_stretch(span: Interval, end: datetime, busy: Sequence[Interval]) -> float:
    """Hours of the longest stretch without work that begins in the week, seen to its horizon.

    Args:
        span: the week.
        end: of its horizon.
        busy: all of it overlaps the horizon.
    """
    longest, free_from, sunday_night = timedelta(0), span.start, span.end
    for interval in sorted(busy, key=_START):
        if free_from >= sunday_night:
            break
        free = interval.start - free_from
        if free > longest:
            longest = free
        if interval.end > free_from:
            free_from = interval.end
    if free_from < sunday_night:
        longest = max(longest, end - free_from)
    return longest / MINUTE / 60
