"""Samlet vakttid i perioden eller i noen uker på rad (own policy; off until given).

From the rostering literature: a smallest and a largest total per doctor. A duty counts with
its real minutes, where and whenever it is served, in the ISO week in which it starts. As
read here:

- A window of n weeks is any n successive ISO weeks. The maximum also binds across the
  period's first day (the former roster counts); the minimum only in windows that lie
  wholly inside the period, for no roster can fill days that are not its own.
- A minimum asks for nothing where the period has no duty of the kind to give.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from constraints.facts.rostering import (
    mapping,
    own_value,
    record,
    sequence,
    stranger_told,
    strangers,
    whole,
)
from constraints.law import POLICY
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, IsoWeek, whole_days
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import FALSE

_SUNDAY = timedelta(days=6)


@dataclass(frozen=True)
class TotalTime(Rule):
    """The doctor's minutes in the period, or in every n weeks, lie between two limits.

    `limits`: doctor -> list of ``{"low": 3360, "high": 4320}`` (minutes, either or both),
    with ``"weeks": 1`` for windows of so many ISO weeks instead of the whole period, and
    ``"patterns": ["natt"]`` where only these patterns count.
    """

    id: ClassVar = "total_time"
    title: ClassVar = "Samlet vakttid"
    title_en: ClassVar = "Total time in the period or in a window of weeks"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    limits: Mapping[str, list[Mapping[str, Any]]] = parameter(
        {}, "Minste og største samlede tid per lege", unit="minutter"
    )

    def __post_init__(self) -> None:
        """Refuse limits that are no limits, and a minimum above its maximum."""
        for doctor, entries in mapping("limits", self.limits).items():
            for number, entry in enumerate(sequence(f"limits.{doctor}", entries)):
                where = f"limits.{doctor}[{number}]"
                record(where, entry, set(), {"low", "high", "weeks", "patterns"})
                low = whole(f"{where}.low", entry.get("low", 0))
                if whole(f"{where}.high", entry.get("high", low)) < low:
                    raise ValueError(f"{where}.low ({low}) must not be above high")
                whole(f"{where}.weeks", entry.get("weeks", 1), low=1)
                sequence(f"{where}.patterns", entry.get("patterns", ()))

    def encode(self, draft: Draft) -> None:
        """Sum up each window."""
        problem = draft.problem
        for doctor in problem.doctors:
            for entry in own_value(self.limits, doctor.id) or ():
                work = [w for w in draft.work_of(doctor.id) if _counts(entry, w[0])]
                days = [duty.day for duty, _ in work]
                to_give = [duty for duty in problem.duties if _counts(entry, duty)]
                given_days = [duty.day for duty in to_give]
                for first, last in _windows(problem, entry):
                    inside = work[bisect_left(days, first) : bisect_right(days, last)]
                    low = entry.get("low", 0) if _lies_in(problem, first, last) else 0
                    if low and not inside:
                        at = bisect_left(given_days, first)
                        if at < len(to_give) and given_days[at] <= last:
                            # There are duties, but other rules stop them all.
                            draft.fix(FALSE, True, doctor=doctor.id, duty=to_give[at])
                    draft.linear(
                        [(duty.minutes, var) for duty, var in inside],
                        low=low or None,
                        high=entry.get("high"),
                        doctor=doctor.id,
                        duties=(duty for duty, _ in inside),
                    )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Add the work up week by week, the oldest week leaving as a new one comes."""
        problem = timetable.problem
        for entry in own_value(self.limits, doctor.id) or ():
            own = [d for d in timetable.duties_of(doctor.id) if _counts(entry, d)]
            to_give = {d.week for d in problem.duties if _counts(entry, d)}
            if entry.get("weeks") is None:
                interval = whole_days(problem.first_day, problem.last_day)
                yield from self._compare(doctor, entry, interval, own, bool(own), bool(to_give))
                continue
            by_week: dict[IsoWeek, list[Duty]] = {}
            for duty in timetable.work_of(doctor.id):
                if _counts(entry, duty):
                    by_week.setdefault(duty.week, []).append(duty)
            fresh = {duty.week for duty in own}
            size = entry["weeks"]
            window = deque((problem.weeks[0].plus(n) for n in range(-size, 0)), maxlen=size)
            for week in problem.weeks:
                window.append(week)
                duties = [duty for member in window for duty in by_week.get(member, ())]
                interval = Interval(window[0].interval.start, week.interval.end)
                demanded = problem.period.covers(interval) and not to_give.isdisjoint(window)
                yield from self._compare(
                    doctor, entry, interval, duties, not fresh.isdisjoint(window), demanded
                )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors and patterns in the settings that are not in the plan."""
        patterns = {
            pattern
            for entries in self.limits.values()
            for entry in entries
            for pattern in entry.get("patterns", ())
        }
        yield from strangers(self.id, timetable.problem, doctors=self.limits, patterns=patterns)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 80 timer i uke 9 (2027); grensen er høyst 72 timer (…).»"""
        if case.outcome is Outcome.NOTICE:
            return stranger_told(self.title, case)
        bound = "minst" if case.fact("bound") == "low" else "høyst"
        return (
            f"{name(problem, case.doctor)} har {hours(case.measured or 0)} {case.fact('window')}; "
            f"kravet er {bound} {hours(case.limit or 0)} {source(self.citations[0])}."
        )

    def _compare(
        self,
        doctor: Doctor,
        entry: Mapping[str, Any],
        interval: Interval,
        duties: Sequence[Duty],
        fresh: bool,
        demanded: bool,
    ) -> Iterator[Case]:
        """Hold a window against its limits.

        Args:
            doctor: whose it is.
            entry: the limits.
            interval: the window.
            duties: the work in it.
            fresh: some of it is of the period, so that the maximum is judged.
            demanded: the minimum is judged.
        """
        total = sum(duty.minutes for duty in duties)
        bounds = []
        if fresh and "high" in entry:
            bounds.append(("high", entry["high"], entry["high"] - total))
        if demanded and entry.get("low"):
            bounds.append(("low", entry["low"], total - entry["low"]))
        for bound, limit, margin in bounds:
            yield Case(
                self.id,
                Outcome.KEPT if margin >= 0 else Outcome.BREACH,
                doctor.id,
                tuple(duty.id for duty in duties),
                when=interval,
                measured=total,
                limit=limit,
                margin=margin,
                unit="minutter",
                facts=(("bound", bound), ("window", _window_told(entry, interval))),
            )


def _counts(entry: Mapping[str, Any], duty: Duty) -> bool:
    """Whether the duty's time counts in this limit."""
    patterns = entry.get("patterns")
    return not patterns or duty.type.id in patterns


def _windows(problem: Problem, entry: Mapping[str, Any]) -> Iterator[tuple[date, date]]:
    """First and last day of each window: the period, or the weeks that end in one of its weeks.

    Windows that reach past the last week hold nothing that these do not hold.
    """
    size = entry.get("weeks")
    if size is None:
        yield problem.first_day, problem.last_day
        return
    for week in problem.weeks:
        yield week.plus(1 - size).monday, week.monday + _SUNDAY


def _lies_in(problem: Problem, first: date, last: date) -> bool:
    return problem.first_day <= first and last <= problem.last_day


def _window_told(entry: Mapping[str, Any], interval: Interval) -> str:
    """«i perioden», «i uke 9 (2027)» or «fra uke 9 (2027) til og med uke 10 (2027)»."""
    size = entry.get("weeks")
    if size is None:
        return "i perioden"
    last = IsoWeek.of(interval.end.date()).plus(0 if interval.end.weekday() < 6 else 0)
    if size == 1:
        return f"i {last}"
    return f"fra {last.plus(1 - size)} til og med {last}"


__all__ = ["TotalTime"]
