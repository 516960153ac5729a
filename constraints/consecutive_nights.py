"""Netter på rad: sleep debt builds from night to night, so few come in a row.

Three nights are the main rule, four the end (Garde 2020, read in excerpts; the numbers are
policy). A night counts where at least three hours between 23:00 and 07:00 are worked on site,
or at home in class 2 or higher. Home duty of class 1 is rest and never counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import ClassVar

from constraints.facts.work import is_work, night_work, nights
from constraints.law import Source
from constraints.wording import name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY
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

_ID = attrgetter("id")


@dataclass(frozen=True)
class ConsecutiveNights(Rule):
    """At most `max_consecutive_nights` nights in a row; more than the target cost."""

    id: ClassVar = "consecutive_nights"
    rulebook: ClassVar = ("W-07",)
    title: ClassVar = "Nattevakter på rad"
    title_en: ClassVar = "Consecutive nights"
    authority: ClassVar = Authority.HEALTH
    citations: ClassVar = (
        Source("kommunens grense for netter på rad", confidence=Confidence.POLICY),
        Source("Garde mfl. 2020", confidence=Confidence.UNVERIFIED),
    )

    consecutive_nights_target: int = parameter(
        3, "Ønsket høyeste antall netter på rad", unit="netter", low=1, high=7
    )
    max_consecutive_nights: int = parameter(
        4, "Høyeste antall netter på rad", unit="netter", low=1, high=7
    )
    counts: str = parameter(
        "all",
        "Netter som teller: bare tilstedevakt, eller også hjemmevakt fra klasse 2",
        choices=("on_site", "all"),
    )
    price: int = price_parameter(100, "Pris for hver natt over det ønskede antallet på rad")

    def encode(self, draft: Draft) -> None:
        """In each run of one night more than allowed, one is free, or there is a price."""
        for own in draft.stencils():
            taken: dict[date, set[Var]] = {}
            held: dict[date, list[Duty]] = {}
            for duty, var in own.work:
                for night in self._nights(duty):
                    taken.setdefault(night, set()).add(var)
                    held.setdefault(night, []).append(duty)
            worked = {night: own.any_of(variables) for night, variables in taken.items()}
            for first in taken:
                for limit in {self.max_consecutive_nights, self.consecutive_nights_target}:
                    run = [first + n * DAY for n in range(limit + 1)]
                    if any(night not in taken for night in run):
                        continue
                    terms = [(1, worked[night]) for night in run]
                    if limit == self.max_consecutive_nights:
                        duties = {duty.id: duty for night in run for duty in held[night]}
                        own.linear(terms, high=limit, duties=duties.values())
                    if limit == self.consecutive_nights_target:
                        own.penalise(Level.HEALTH, [(self.price, own.excess(terms, limit))])

    @property
    def reach(self) -> timedelta:
        """A run that is just too long."""
        return timedelta(days=2 + max(self.max_consecutive_nights, self.consecutive_nights_target))

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Count how many nights follow one another."""
        by_night: dict[date, list[Duty]] = {}
        for duty, taken in night_work(timetable, doctor):
            for night in taken if self._counts(duty) else ():
                by_night.setdefault(night, []).append(duty)
        own = timetable.ids_of(doctor.id)
        runs: list[list[date]] = []
        for night in sorted(by_night):
            if runs and night == runs[-1][-1] + DAY:
                runs[-1].append(night)
            else:
                runs.append([night])
        # Where every night was taken in the former roster already, nothing is judged.
        new = {night for night, duties in by_night.items() if own.issuperset(map(_ID, duties))}
        judged = [run for run in runs if not new.isdisjoint(run)]
        cases = partial(map, partial(self._case, doctor, by_night), judged)
        limit = min(self.consecutive_nights_target, self.max_consecutive_nights)
        # either way: nothing is counted where there are no runs
        least = limit - max(map(len, judged), default=0)
        # either way: what is judged one by one is judged the same
        return cases() if least < 0 else Kept(len(judged), cases, least)

    def _case(self, doctor: Doctor, by_night: dict[date, list[Duty]], run: list[date]) -> Case:
        duties = tuple(dict.fromkeys(duty.id for night in run for duty in by_night[night]))
        outcome, limit = Outcome.KEPT, self.consecutive_nights_target
        if len(run) > self.max_consecutive_nights:
            outcome, limit = Outcome.BREACH, self.max_consecutive_nights
        elif len(run) > self.consecutive_nights_target:
            outcome = Outcome.EXCEPTION
        return self.case(
            outcome,
            doctor.id,
            duties,
            measured=len(run),
            limit=limit,
            margin=limit - len(run),
            unit="netter",
            facts=(("first", run[0].isoformat()), ("last", run[-1].isoformat())),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har 5 netter på rad, fra natt til … ; grensen er 4 netter (…).»"""
        first, last = (date.fromisoformat(case.fact(key)) for key in ("first", "last"))
        word = "grensen er" if case.outcome is Outcome.BREACH else "målet er høyst"
        return (
            f"{name(problem, case.doctor)} har {_counted(case.measured)} på rad, "
            f"fra natt til {on_day(first + DAY)} til natt til {on_day(last + DAY)}; "
            f"{word} {_counted(case.limit)} {source(self.citations[0])}."
        )

    def _counts(self, duty: Duty) -> bool:
        """Whether nights in which the duty is work count."""
        return not (duty.is_home and self.counts == "on_site")

    def _nights(self, duty: Duty) -> tuple[date, ...]:
        """The nights that the duty takes and that count."""
        if not duty.is_night or not self._counts(duty):
            return ()
        return nights(duty.interval) if is_work(duty, "class 1") else ()


def _counted(number: float | None) -> str:
    return "1 natt" if number == 1 else f"{int(number or 0)} netter"
