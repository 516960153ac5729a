"""Samlet ukebelastning: practice, sessions and shifts together (W-03, W-02, as policy).

Hard in each ISO week, and as a mean over eight weeks with a price. As derived here:

- Opening hours count where the doctor is not absent; a session or shift inside them takes
  their place. A night on site closes the practice for eight hours (S-04), which counts less.
- An hour of home duty counts as a seventh (W-07). A duty across Monday 00:00 is split there.
- Where practice and the former roster alone are over a limit, no duty may be added.
- The mean is taken over weeks of the period; a shorter period has the mean of its weeks.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import accumulate, chain
from operator import add, sub
from typing import ClassVar, NamedTuple

import numpy as np

from constraints.facts.closures import Footprint, OpenHours, duties_with_footprints, hours_of
from constraints.facts.load import (
    CLOSED_AFTER_NIGHT,
    Practice,
    added,
    span_of,
    weekly,
    weeks_of,
)
from constraints.facts.practices import practices_of, weekly_of_all
from constraints.facts.work import CLOSED_HOURS
from constraints.law import Act, LawRef, Source
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
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
from scheduler.solving.model import TRUE
from scheduler.solving.packed import Numbers
from scheduler.solving.stencil import Stencil

_Parts = tuple[tuple[int, int], ...]
"""What a duty adds to which week: pairs (number of the week, parts of a minute)."""

PRICE_STEP = 4
"""So many hours more in the weekly mean cost the price once more."""


@dataclass(frozen=True, slots=True)
class _Load:
    """What one week holds for a doctor, in parts of a minute.

    Attributes:
        given: from practice and the former roster, for each doctor.
        added: variable: what duties of the period add, and `below` on top so that it is never
            under zero.
        highest: the most that they can add.
    """

    given: Numbers
    added: Var
    below: Numbers
    highest: Numbers


def _load(stencil: Stencil, given: Numbers, terms: Sequence[tuple[Numbers, Var]]) -> _Load:
    below, highest = np.zeros_like(given), np.zeros_like(given)
    if terms:
        parts = np.array([own for own, _ in terms])
        # either way: of who cannot have it, any bound that is not too low
        own = np.where(stencil.has_each([var for _, var in terms]), parts, 0)
        below -= np.minimum(own, 0).sum(axis=0)
        # either way: any bound that is not too low
        highest += np.maximum(own, 0).sum(axis=0)
    added = stencil.excess([*terms, (below, TRUE)], 0)
    return _Load(given, added, below, highest)


@dataclass(frozen=True)
class WeeklyLoad(Rule):
    """At most `max_total_week` hours a week; a mean over the target costs."""

    id: ClassVar = "weekly_load"
    rulebook: ClassVar = ("W-02", "W-03", "W-07", "S-04")
    title: ClassVar = "Samlet arbeidstid i uka"
    title_en: ClassVar = "Total working time in a week"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source(
            "kommunens grense for samlet arbeidstid, etter mønster av arbeidsmiljøloven § 10-6",
            confidence=Confidence.POLICY,
        ),
        LawRef(Act.AML, "10-6", section=8, confidence=Confidence.SECONDARY),
    )

    total_week_target: int = parameter(
        48, "Ønsket snitt per uke", unit="h", low=40, high=80, basis="W-03"
    )
    max_total_week: int = parameter(
        69, "Lengste samlede arbeidstid i en uke", unit="h", low=40, high=80, basis="W-03"
    )
    mean_weeks: int = parameter(8, "Uker i snittet", unit="uker", low=1, high=26, basis="W-03")
    standby_divisor: int = parameter(
        7, "Timer hjemmevakt som regnes som én time", unit="h", low=1, high=7, basis="W-07"
    )
    price: int = price_parameter(100, "Pris for hver fjerde time ut over målet, i snitt per uke")

    def encode(self, draft: Draft) -> None:
        """Sum each week, and each run of weeks; over what practice leaves, forbid or price."""
        weeks = draft.problem.weeks
        run_length = min(self.mean_weeks, len(weeks))
        for stencil in draft.stencils():
            practices = practices_of(draft.problem, stencil.doctors)
            sums = weekly_of_all(stencil.work, practices, self.standby_divisor)
            held: list[tuple[Numbers, list[tuple[Numbers, Var]]]] = []
            for week in weeks:
                own = sums.get(week, [])
                given = practices.minutes(span_of(week)) * self.standby_divisor
                for parts, _, var in own:
                    if stencil.is_past(var):
                        given += np.where(stencil.has(var), parts, 0)
                terms = [(parts, var) for parts, _, var in own if not stencil.is_past(var)]
                held.append((given, terms))
                stencil.linear(
                    terms,
                    high=np.maximum(0, self._parts(self.max_total_week) - given),
                    duties=[duty for _, duty, _ in own],
                )
            stencil.afterwards(partial(self._price_means, stencil, held, run_length))

    def _price_means(
        self,
        stencil: Stencil,
        held: Sequence[tuple[Numbers, Sequence[tuple[Numbers, Var]]]],
        run_length: int,
    ) -> None:
        loads = [_load(stencil, given, terms) for given, terms in held]
        for first in range(len(loads) - run_length + 1):
            self._price_mean(stencil, loads[first : first + run_length])

    def _price_mean(self, stencil: Stencil, run: Sequence[_Load]) -> None:
        """A price for each step by which duties bring the mean of these weeks over the target."""
        given = sum((load.given for load in run[1:]), run[0].given)
        highest = sum((load.highest for load in run[1:]), run[0].highest)
        below = sum((load.below for load in run[1:]), run[0].below)
        last = max(self.total_week_target, self.max_total_week)
        for mean in range(self.total_week_target, last + 1, PRICE_STEP):
            room = np.maximum(0, self._parts(mean) * len(run) - given)
            # either way: what is just reached has no price either
            concerned = np.flatnonzero(highest > room)
            if not len(concerned):
                break
            with stencil.only(concerned.tolist()):
                over = stencil.at_least([(1, load.added) for load in run], room + 1 + below)
                stencil.penalise(Level.HEALTH, [(self.price, over)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Add up the doctor's hours week by week and slide the mean along."""
        problem, held = timetable.problem, self._held(timetable, doctor)
        judged = partial(self._judged, problem, doctor, held, set(range(len(problem.weeks))))
        # Where every week and every mean is inside its limit, so is each that is judged.
        length = min(self.mean_weeks, len(problem.weeks))
        weeks = list(map(add, held.given, held.extra))
        longest = max(weeks), max(_sliding(weeks, length)) / length
        limits = self.max_total_week, self.total_week_target
        least = min([limit - self._hours(own) for limit, own in zip(limits, longest, strict=True)])
        # either way: what is judged one by one is judged the same
        if least < 0:
            return judged()
        return Kept(sum(held.worked) + sum(map(bool, _sliding(held.worked, length))), judged, least)

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterator[Case]:
        """Only weeks, and means of weeks, in which the change counts; only what is over."""
        # either way: a week more than what is closed after a night reaches into
        touched = Interval(changed.start, changed.end + 2 * CLOSED_AFTER_NIGHT)
        weeks = weeks_of(touched)
        near = {n for n, week in enumerate(timetable.problem.weeks) if week in weeks}
        cases = self._judged(timetable.problem, doctor, self._held(timetable, doctor), near)
        return (case for case in cases if case.outcome is not Outcome.KEPT)

    def _held(self, timetable: Timetable, doctor: Doctor) -> "_Held":
        """The doctor's weeks with the duties of the period."""
        problem = timetable.problem
        before = problem.remembered(
            (self.id, doctor.id, self.standby_divisor), lambda: self._before(problem, doctor)
        )
        given, extra = before.parts, [0] * len(problem.weeks)
        duties = list(before.duties)
        worked = [False] * len(problem.weeks)
        for duty, footprint in duties_with_footprints(timetable, doctor, CLOSED_HOURS):
            for number, parts in before.adds(duty, footprint):
                extra[number] += parts
                duties[number] += (duty.id,)
                worked[number] = True
        return _Held(given, extra, duties, worked)

    def _judged(
        self, problem: Problem, doctor: Doctor, held: "_Held", among: Set[int]
    ) -> Iterator[Case]:
        """Judge these weeks, by number, and the runs of weeks that hold one of them."""
        given, extra, duties, worked = held
        for number, (span, week) in enumerate(_told(problem, 1)):
            if worked[number] and number in among:
                broken = extra[number] > max(0, self._parts(self.max_total_week) - given[number])
                yield self._case(
                    doctor,
                    Outcome.BREACH if broken else Outcome.KEPT,
                    duties[number],
                    span,
                    given[number] + extra[number],
                    self.max_total_week,
                    week,
                )
        length = min(self.mean_weeks, len(problem.weeks))
        allowed = self._parts(self.total_week_target) * length
        told = _told(problem, length)
        firsts = {number - before for number in among for before in range(length)}
        for first in sorted(firsts.intersection(range(len(told)))):
            run = slice(first, first + length)
            if not any(worked[run]):
                continue
            total, was = sum(extra[run]), sum(given[run])
            over = total > max(0, allowed - was)
            span, weeks = told[first]
            yield self._case(
                doctor,
                Outcome.EXCEPTION if over else Outcome.KEPT,
                tuple(dict.fromkeys(chain.from_iterable(duties[run]))),
                span,
                (was + total) / length,
                self.total_week_target,
                weeks,
                mean=length > 1,
            )

    def _before(self, problem: Problem, doctor: Doctor) -> "_Before":
        """The doctor's weeks without any duty of the period."""
        hours, divisor = hours_of(problem, doctor), self.standby_divisor
        work = ((duty, None) for duty in problem.tail_of[doctor.id])
        past = weekly(work, hours.minutes_in, divisor)
        parts = [minutes * divisor for minutes in _open_minutes(problem, hours)]
        duties: list[tuple[str, ...]] = [()] * len(parts)
        for number, week in enumerate(problem.weeks) if past else ():
            held = past.get(week, ())
            parts[number] += sum([own for own, _, _ in held])
            duties[number] = tuple([duty.id for _, duty, _ in held])
        spans = [span for span, _ in problem.remembered((_told, 1), lambda: _told(problem, 1))]
        alike: dict[tuple[Footprint, bool], _Parts]
        alike = problem.remembered(("adds", hours.agreement, divisor), dict)
        return _Before(parts, duties, hours, divisor, problem.weeks[0].monday, spans, alike)

    def _case(
        self,
        doctor: Doctor,
        outcome: Outcome,
        duties: tuple[str, ...],
        when: Interval,
        parts: float,
        limit: int,
        weeks: str,
        mean: bool = False,
    ) -> Case:
        measured = self._hours(parts)
        return self.case(
            outcome,
            doctor.id,
            duties,
            when=when,
            measured=measured,
            limit=limit,
            margin=limit - measured,
            unit="h",
            facts=(("weeks", weeks), ("mean", "snitt" if mean else "")),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har 71 timer samlet arbeidstid i uke 5 (2027); grensen er 69 timer (…).»"""
        measured, limit = hours((case.measured or 0) * 60), hours((case.limit or 0) * 60)
        word = "målet er høyst" if case.outcome is Outcome.EXCEPTION else "grensen er"
        if case.fact("mean"):
            told = f"i snitt {measured} samlet arbeidstid i uka fra {case.fact('weeks')}"
        else:
            told = f"{measured} samlet arbeidstid i {case.fact('weeks')}"
        return (
            f"{name(problem, case.doctor)} har {told}; {word} {limit} {source(self.citations[0])}."
        )

    def _parts(self, hours_per_week: int) -> int:
        return hours_per_week * 60 * self.standby_divisor

    def _hours(self, parts: float) -> float:
        return parts / self.standby_divisor / 60


class _Held(NamedTuple):
    """What each week of the period holds for a doctor, in parts of a minute.

    Attributes:
        given: from practice and the former roster.
        extra: what duties of the period add; it may be negative.
        duties: ids of all duties that are in it.
        worked: whether one of the period is.
    """

    given: Sequence[int]
    extra: Sequence[int]
    duties: Sequence[tuple[str, ...]]
    worked: Sequence[bool]


def _sliding(amounts: Sequence[int], length: int) -> Iterator[int]:
    """The sum of each so many in a row."""
    sums = list(accumulate(amounts, initial=0))  # either way: only differences are used
    return map(sub, sums[length:], sums)


def _open_minutes(problem: Problem, hours: OpenHours) -> list[int]:
    """Opening minutes in each week of the period: what is agreed, less the absences."""
    agreed: list[int] = problem.remembered(
        ("agreed minutes by week", hours.agreement),
        lambda: [hours.agreed_minutes_in(week.interval) for week in problem.weeks],
    )
    found, monday = list(agreed), problem.weeks[0].monday
    for day in hours.away:
        number = (day - monday).days // 7
        if 0 <= number < len(found) and (opened := hours.agreed_on(day)):
            # No opening runs on into another week: practices are closed on Sundays.
            found[number] -= sum([own.minutes for own in opened])
            found[number] += sum([own.minutes for own in hours.on(day)])
    return found


def _told(problem: Problem, length: int) -> Sequence[tuple[Interval, str]]:
    """Each run of so many weeks of the period, and its name."""

    def found() -> Sequence[tuple[Interval, str]]:
        runs = [problem.weeks[n : n + length] for n in range(len(problem.weeks) - length + 1)]
        return [
            (
                Interval(run[0].interval.start, run[-1].interval.end),
                str(run[0]) if length == 1 else f"{run[0]} til {run[-1]}",
            )
            for run in runs
        ]

    return problem.remembered((_told, length), found)


@dataclass(frozen=True)
class _Before:
    """One doctor's weeks before any duty of the period is given.

    Attributes:
        parts: the load of each week, in parts of a minute.
        duties: ids of the duties of the former roster that are in it.
    """

    parts: Sequence[int]
    duties: Sequence[tuple[str, ...]]
    _hours: OpenHours
    _divisor: int
    _monday: date
    _spans: Sequence[Interval]
    _alike: dict[tuple[Footprint, bool], _Parts]
    _beside_absence: dict[tuple[Footprint, bool], _Parts] = field(default_factory=dict)

    def adds(self, duty: Duty, own: Footprint) -> _Parts:
        """What the duty, which has this footprint, adds: pairs (week's number, parts), none of 0.

        Many have the same hours, and many duties the same time.
        """
        present = self._hours.away.isdisjoint(own.touched)
        table = self._alike if present else self._beside_absence
        key = own, duty.is_home
        known = table.get(key)
        if known is None:
            end = own.closed.end if own.closed else duty.end
            practice = self._hours.agreed_minutes_in if present else self._hours.minutes_in
            known = table[key] = tuple(self._find(duty, end, practice))
        return known

    def _find(self, duty: Duty, end: datetime, practice: Practice) -> Iterator[tuple[int, int]]:
        # either way: in a week too early it adds nothing
        first = (duty.day - self._monday).days // 7
        for number in range(first, len(self._spans)):
            if self._spans[number].start >= end:  # either way: there it adds nothing
                break
            if parts := added(duty, practice, self._spans[number], self._divisor):
                yield number, parts
