"""Samlet vakttid i perioden eller i noen uker på rad (own policy; off until given).

From the rostering literature: a smallest and a largest total per doctor. A duty counts with
its real minutes, where and whenever it is served, in the ISO week in which it starts. As
read here:

- A window of n weeks is any n successive ISO weeks. The maximum also binds across the
  period's first day (the former roster counts); the minimum only in windows that lie
  wholly inside the period, for no roster can fill days that are not its own.
- A minimum asks for nothing where the period has no duty to give.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.facts.rostering import numbers, own_value, stranger_told, strangers, whole
from constraints.law import POLICY
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, IsoWeek
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class TotalTime(Rule):
    """The doctor's minutes in the period, and in every n weeks, lie between two limits.

    `minimum`, `maximum`: doctor -> minutes in the period, ``{"*": 4320, "kari": 3360}``;
    `window_minimum`, `window_maximum`: in any `window_weeks` successive weeks.
    """

    id: ClassVar = "total_time"
    title: ClassVar = "Samlet vakttid"
    title_en: ClassVar = "Total time in the period or in a window of weeks"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    minimum: Mapping[str, int | None] = parameter({}, "Minste tid i perioden", unit="minutter")
    maximum: Mapping[str, int | None] = parameter({}, "Største tid i perioden", unit="minutter")
    window_minimum: Mapping[str, int | None] = parameter(
        {}, "Minste tid i ukene på rad", unit="minutter"
    )
    window_maximum: Mapping[str, int | None] = parameter(
        {}, "Største tid i ukene på rad", unit="minutter"
    )
    window_weeks: int = parameter(1, "Antall uker på rad", unit="uker", low=1, high=52)

    def __post_init__(self) -> None:
        """Refuse all but whole numbers by doctor."""
        numbers("minimum", self.minimum)
        numbers("maximum", self.maximum)
        numbers("window_minimum", self.window_minimum)
        numbers("window_maximum", self.window_maximum)
        whole("window_weeks", self.window_weeks, low=1)

    def encode(self, draft: Draft) -> None:
        """Sum up the period and each window of weeks."""
        problem = draft.problem
        given_days = [duty.day for duty in problem.duties]
        for doctor in problem.doctors:
            work = draft.work_of(doctor.id)
            days = [duty.day for duty, _ in work]
            for first, last, low, high in self._windows(problem, doctor):
                inside = work[bisect_left(days, first) : bisect_right(days, last)]
                to_give = problem.duties[
                    bisect_left(given_days, first) : bisect_right(given_days, last)
                ]
                draft.linear(
                    [(duty.minutes, var) for duty, var in inside],
                    low=low if low and to_give else None,
                    high=high,
                    doctor=doctor.id,
                    duties=(duty for duty, _ in inside),
                )

    def _windows(
        self, problem: Problem, doctor: Doctor
    ) -> Iterator[tuple[date, date, int | None, int | None]]:
        """First and last day, minimum and maximum of the period and of each window of weeks.

        Windows that reach past the last week hold nothing that these do not hold.
        """
        low, high = own_value(self.minimum, doctor.id), own_value(self.maximum, doctor.id)
        if low or high is not None:
            yield problem.first_day, problem.last_day, low, high
        low = own_value(self.window_minimum, doctor.id)
        high = own_value(self.window_maximum, doctor.id)
        if low or high is not None:
            for week in problem.weeks:
                first = week.plus(1 - self.window_weeks).monday
                last = week.monday + 6 * DAY
                inside = problem.first_day <= first and last <= problem.last_day
                yield first, last, low if inside else None, high

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Add the work up week by week, and hold each total against its limits."""
        problem = timetable.problem
        own = timetable.duties_of(doctor.id)
        low, high = own_value(self.minimum, doctor.id), own_value(self.maximum, doctor.id)
        yield from self._compare(
            doctor,
            problem.period,
            own,
            low if problem.duties else None,
            high if own else None,
            "i perioden",
        )
        low = own_value(self.window_minimum, doctor.id)
        high = own_value(self.window_maximum, doctor.id)
        if low is None and high is None:
            return
        by_week: dict[IsoWeek, list[Duty]] = {}
        for duty in timetable.work_of(doctor.id):
            by_week.setdefault(duty.week, []).append(duty)
        fresh = {duty.week for duty in own}
        to_give = {duty.week for duty in problem.duties}
        for last in problem.weeks:
            window = [last.plus(-n) for n in reversed(range(self.window_weeks))]
            interval = Interval(window[0].interval.start, last.interval.end)
            demanded = problem.period.covers(interval) and not to_give.isdisjoint(window)
            yield from self._compare(
                doctor,
                interval,
                [duty for week in window for duty in by_week.get(week, ())],
                low if demanded else None,
                None if fresh.isdisjoint(window) else high,
                f"i {last}" if len(window) == 1 else f"fra {window[0]} til og med {last}",
            )

    def _compare(
        self,
        doctor: Doctor,
        interval: Interval,
        duties: Sequence[Duty],
        low: int | None,
        high: int | None,
        told: str,
    ) -> Iterator[Case]:
        """Hold the time of some duties against the limits that are judged here."""
        total = sum(duty.minutes for duty in duties)
        for bound, limit, sign in (("low", low or None, 1), ("high", high, -1)):
            if limit is None:
                continue
            margin = sign * (total - limit)
            yield self.case(
                Outcome.KEPT if margin >= 0 else Outcome.BREACH,
                doctor.id,
                tuple([duty.id for duty in duties]),
                when=interval,
                measured=total,
                limit=limit,
                margin=margin,
                unit="minutter",
                facts=(("bound", bound), ("window", told)),
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors in the settings who are not in the plan."""
        named = {*self.minimum, *self.maximum, *self.window_minimum, *self.window_maximum}
        yield from strangers(self.id, timetable.problem, doctors=named)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har i alt 80 timer i uke 9 (2027); kravet er høyst 72 timer (…).»"""
        if case.outcome is Outcome.NOTICE:
            return stranger_told(self.title, case)
        bound = "minst" if case.fact("bound") == "low" else "høyst"
        total = hours(case.measured or 0)
        return (
            f"{name(problem, case.doctor)} har i alt {total} {case.fact('window')}; "
            f"kravet er {bound} {hours(case.limit or 0)} {source(self.citations[0])}."
        )
