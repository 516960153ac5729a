"""Helgeavstand: a doctor has at most one weekend of so many that follow one another.

By default every third weekend at most (practice; W-06 knows every second as its outer
limit). Two weekends in a row weigh twice as much again. A weekend is Saturday 00:00 to
Sunday 24:00; a Friday night that reaches into Saturday takes it. Sessions do not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import ClassVar

from constraints.facts.weekends import weekend_shifts
from constraints.law import Act, LawRef, Source
from constraints.wording import name, on_day, source
from scheduler.domain.doctor import Doctor
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

_ORDINALS = {2: "annenhver", 3: "hver tredje", 4: "hver fjerde", 5: "hver femte", 6: "hver sjette"}


@dataclass(frozen=True)
class WeekendSpacing(Rule):
    """Of any `weekend_spacing` weekends in a row a doctor works one; more has a price."""

    id: ClassVar = "weekend_spacing"
    rulebook: ClassVar = ("W-06",)
    title: ClassVar = "Avstand mellom helger på vakt"
    title_en: ClassVar = "Spacing of weekends on duty"
    authority: ClassVar = Authority.HEALTH
    citations: ClassVar = (
        Source("kommunens mål for helgeavstand", confidence=Confidence.POLICY),
        LawRef(Act.AML, "10-8", section=4, confidence=Confidence.SECONDARY),
    )
    hard: ClassVar = False

    weekend_spacing: int = parameter(
        3, "Høyst én vakthelg av så mange", unit="helger", low=2, high=6, basis="W-06"
    )
    price: int = price_parameter(100, "Pris for hver uke som mangler i avstanden")
    price_in_a_row: int = price_parameter(200, "Pris i tillegg for to helger på rad")

    def encode(self, draft: Draft) -> None:
        """Price two weekends that lie too close, the more the closer they lie."""
        for own in draft.stencils():
            taken: dict[date, set[Var]] = {}
            for duty, var in own.work:
                for saturday in duty.weekends if duty.is_shift else ():
                    taken.setdefault(saturday, set()).add(var)
            works = {saturday: own.any_of(variables) for saturday, variables in taken.items()}
            for saturday, first in works.items():
                for weeks in range(1, self.weekend_spacing):
                    second = works.get(saturday + weeks * 7 * DAY)
                    if second is not None:
                        price = self.price * (self.weekend_spacing - weeks)
                        price += self.price_in_a_row if weeks == 1 else 0
                        excess = own.excess([(1, first), (1, second)], 1)
                        own.penalise(Level.HEALTH, [(price, excess)])

    @property
    def reach(self) -> timedelta:
        """From a weekend to one that is near."""
        return timedelta(days=5, weeks=max(2, self.weekend_spacing))

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Walk the doctor's weekends in order and count the weeks from each to the next."""
        past = {
            saturday
            for duty in timetable.problem.tail_of[doctor.id]
            if duty.is_shift
            for saturday in duty.weekends
        }
        duties: dict[date, list[str]] = {}
        for duty in weekend_shifts(timetable, doctor):
            for saturday in duty.weekends:
                duties.setdefault(saturday, []).append(duty.id)
        pairs = [own for own in pairwise(sorted(duties)) if not past.issuperset(own)]
        cases = partial(map, partial(self._case, doctor, duties), pairs)
        nearest = min([_weeks(own) for own in pairs], default=self.weekend_spacing)
        # either way: what is judged one by one is judged the same
        if nearest < self.weekend_spacing:
            return cases()
        return Kept(len(pairs), cases, nearest - self.weekend_spacing)

    def _case(
        self, doctor: Doctor, duties: Mapping[date, list[str]], pair: tuple[date, date]
    ) -> Case:
        weeks, (before, saturday) = _weeks(pair), pair
        # Without a price for the distance only two weekends in a row cost anything.
        kept = weeks >= (self.weekend_spacing if self.price else 2)
        return self.case(
            Outcome.KEPT if kept else Outcome.EXCEPTION,
            doctor.id,
            tuple(dict.fromkeys(duties[before] + duties[saturday])),
            measured=weeks,
            limit=self.weekend_spacing,
            margin=weeks - self.weekend_spacing,
            unit="uker",
            facts=(("first", before.isoformat()), ("second", saturday.isoformat())),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har vakt to helger på rad, … ; målet er høyst hver tredje helg (…).»"""
        first, second = (date.fromisoformat(case.fact(key)) for key in ("first", "second"))
        free, limit = int(case.measured or 0) - 1, int(case.limit or 2)
        few = "bare " if free + 1 < limit else ""
        if free == 0:
            how = "to helger på rad"
        elif free == 1:
            how = f"to helger med {few}én fri helg imellom"
        else:
            how = f"to helger med {few}{free} frie helger imellom"
        return (
            f"{name(problem, case.doctor)} har vakt i {how}, {on_day(first)} og {on_day(second)}; "
            f"målet er høyst {_ORDINALS[limit]} helg {source(self.citations[0])}."
        )


def _weeks(pair: tuple[date, date]) -> int:
    """From the first Saturday to the second."""
    return (pair[1] - pair[0]).days // 7
