"""Ukentlig legevaktbelastning: hours of out-of-hours duty a week (S-13).

Seven hours on site or 28 hours at home a week is Legeforeningen's claim in bargaining, never
law: the mean over the period has it as a target with a price, an hour at home counting as a
quarter. The hard limit of 24 hours is policy and counts hours on site only, so that a small
municipality can have one GP on home duty for a whole week of 128 or 168 hours (which would
weigh 32 or 42); `home_counts_in_limit` counts the quarter there too. The limit binds GPs
only: hired duty doctors have no practice beside. The target is for every doctor unless
`mean_counts` says otherwise, or the load would be moved over on those who are not GPs. A duty
across Monday 00:00 is split there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import ClassVar, NamedTuple

from constraints.facts.load import minutes_by_week
from constraints.law import Source
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, IsoWeek
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
from scheduler.solving.model import Term
from scheduler.solving.stencil import Stencil

WHO = ("all", "gps")
"""Whose mean is looked at: every doctor's, or the GPs' only."""

PRICE_STEP = 2
"""So many hours more in the weekly mean cost the price once more."""


class _Sum(NamedTuple):
    """What a week, or a week in the mean, has of weighed minutes.

    Attributes:
        duties: those that take part.
        parts, over: the sum is `parts` / `over`, in parts of a minute.
        limit: hours a week.
        week: None for the mean of the period.
    """

    duties: Sequence[Duty]
    parts: int
    over: int
    limit: int
    week: IsoWeek | None


@dataclass(frozen=True)
class WeeklyPresence(Rule):
    """Few hours of out-of-hours duty a week: a target in the mean, and for GPs a weekly limit."""

    id: ClassVar = "weekly_presence"
    rulebook: ClassVar = ("S-13",)
    title: ClassVar = "Legevakttimer per uke"
    title_en: ClassVar = "Hours of out-of-hours duty a week"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source("kommunens grense for legevakttimer", confidence=Confidence.POLICY),
        Source("Legeforeningens krav i forhandlinger, ikke rett"),
    )

    presence_target: int = parameter(
        7, "Ønsket snitt av legevakttimer per uke", unit="h", low=0, high=48, basis="S-13"
    )
    mean_counts: str = parameter("all", "Hvem snittet gjelder for", choices=WHO)
    max_week_presence: int = parameter(
        24, "Høyeste antall timer tilstedevakt i en uke for fastleger", unit="h", low=0, high=48
    )
    standby_divisor: int = parameter(
        4, "Timer hjemmevakt som regnes som én time", unit="h", low=1, high=7, basis="S-13"
    )
    home_counts_in_limit: bool = parameter(False, "Hjemmevakt teller også i ukegrensen")
    price: int = price_parameter(100, "Pris for hver andre time ut over målet, i snitt per uke")

    def encode(self, draft: Draft) -> None:
        """Sum each week for the limit, and the period for the target."""
        for own in draft.stencils():
            work = [(duty, var) for duty, var in own.work if duty.letter is Letter.OUT_OF_HOURS]
            with own.only([n for n, d in enumerate(own.doctors) if d.employment.is_gp]):
                self._limit_weeks(own, work)
            own.afterwards(partial(self._price_mean, own, work))

    def _limit_weeks(self, stencil: Stencil, work: list[tuple[Duty, Var]]) -> None:
        by_week: dict[IsoWeek, list[tuple[Term, Duty]]] = {}
        for duty, var in work:
            if self._in_limit(duty):
                for week, minutes in minutes_by_week(duty.interval):
                    term = minutes * self._weight(duty), var
                    by_week.setdefault(week, []).append((term, duty))
        for own in by_week.values():
            stencil.linear(
                [term for term, _ in own],
                high=self._parts(self.max_week_presence),
                duties=[duty for _, duty in own],
            )

    def _price_mean(self, stencil: Stencil, work: list[tuple[Duty, Var]]) -> None:
        with stencil.only([n for n, d in enumerate(stencil.doctors) if self._has_target(d)]):
            self._price_mean_of_all(stencil, work)

    def _price_mean_of_all(self, stencil: Stencil, work: list[tuple[Duty, Var]]) -> None:
        days = (stencil.problem.last_day - stencil.problem.first_day).days + 1
        whole = [
            (duty.minutes * self._weight(duty) * 7, var)
            for duty, var in work
            if not stencil.is_past(var)
        ]
        total = stencil.excess(whole, 0)
        # either way: a week has 168 hours
        for mean in range(self.presence_target, 169, PRICE_STEP):
            allowed = self._parts(mean) * days
            # either way: what is just reached has no price either
            if sum(coefficient for coefficient, _ in whole) <= allowed:
                break
            over = stencil.at_least([(1, total)], allowed + 1)
            stencil.penalise(Level.HEALTH, [(self.price, over)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Count a GP's hours on site of each week, and all hours of the period."""
        sums = [*self._weeks_of(timetable, doctor), *self._period_of(timetable, doctor)]
        cases = partial(map, partial(self._case, doctor), sums)
        least = min([own.limit - self._hours(own) for own in sums], default=0)
        # either way: what is judged one by one is judged the same
        if any(map(self._is_over, sums)):
            return cases()
        return Kept(len(sums), cases, least)

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterator[Case]:
        """The weeks near the change, and the period, which any duty counts in."""
        # Whoever has a duty in a week of the change has all that is judged with it within a week.
        span = Interval(changed.start - 7 * DAY, changed.end + 7 * DAY)
        near = self._weeks_of(timetable.near(doctor.id, span), doctor)
        return map(partial(self._case, doctor), chain(near, self._period_of(timetable, doctor)))

    def _period_of(self, timetable: Timetable, doctor: Doctor) -> Iterator[_Sum]:
        own = _own(timetable, doctor)
        if own and self._has_target(doctor):
            days = (timetable.problem.last_day - timetable.problem.first_day).days + 1
            parts = sum(duty.minutes * self._weight(duty) for duty in own)
            yield _Sum(own, parts * 7, days, self.presence_target, None)

    def _weeks_of(self, timetable: Timetable, doctor: Doctor) -> Iterator[_Sum]:
        new = timetable.ids_of(doctor.id) if doctor.employment.is_gp else frozenset()
        if not new:  # either way: the loop finds nothing
            return
        held: dict[IsoWeek, list[tuple[Duty, int]]] = {}
        for duty in timetable.work_of(doctor.id):
            if duty.letter is not Letter.OUT_OF_HOURS or not self._in_limit(duty):
                continue
            for week, minutes in minutes_by_week(duty.interval):
                held.setdefault(week, []).append((duty, minutes * self._weight(duty)))
        for week in sorted(held):
            duties = [duty for duty, _ in held[week]]
            if not new.isdisjoint([duty.id for duty in duties]):
                parts = sum([weighed for _, weighed in held[week]])
                yield _Sum(duties, parts, 1, self.max_week_presence, week)

    def _is_over(self, own: _Sum) -> bool:
        """Judge a sum against its limit, in whole numbers."""
        return own.parts > self._parts(own.limit) * own.over

    def _hours(self, own: _Sum) -> float:
        return own.parts / own.over / self._parts(1)

    def _case(self, doctor: Doctor, own: _Sum) -> Case:
        outside = Outcome.BREACH if own.week else Outcome.EXCEPTION
        measured = self._hours(own)
        return self.case(
            outside if self._is_over(own) else Outcome.KEPT,
            doctor.id,
            tuple([duty.id for duty in own.duties]),
            measured=measured,
            limit=own.limit,
            margin=own.limit - measured,
            unit="h",
            facts=(("week", str(own.week) if own.week else ""),),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har 27 timer tilstedevakt i uke 5 (2027); grensen for fastleger er 24 … (…).»"""
        measured, limit = hours((case.measured or 0) * 60), hours((case.limit or 0) * 60)
        who = name(problem, case.doctor)
        if case.fact("week"):
            kind = "legevakt" if self.home_counts_in_limit else "tilstedevakt"
            told = f"{measured} {kind} i {case.fact('week')}; grensen for fastleger er {limit}"
        else:
            told = (
                f"i snitt {measured} legevakt i uka, når {self.standby_divisor} timer "
                f"hjemmevakt regnes som én; målet er høyst {limit}"
            )
        return f"{who} har {told} {source(self.citations[0])}."

    def _has_target(self, doctor: Doctor) -> bool:
        return self.mean_counts == "all" or doctor.employment.is_gp

    def _in_limit(self, duty: Duty) -> bool:
        return self.home_counts_in_limit or not duty.is_home

    def _weight(self, duty: Duty) -> int:
        return 1 if duty.is_home else self.standby_divisor

    def _parts(self, hours_per_week: int) -> int:
        return hours_per_week * 60 * self.standby_divisor


def _own(timetable: Timetable, doctor: Doctor) -> list[Duty]:
    """The doctor's shifts of the period out of hours."""
    return [d for d in timetable.duties_of(doctor.id) if d.letter is Letter.OUT_OF_HOURS]
