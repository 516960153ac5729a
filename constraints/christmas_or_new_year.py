"""Jul eller nyttår: not both in one winter, and not Christmas two winters running.

Practice, not law (rulebook section 5): the municipality decides whether it only weighs
(default) or binds. The ledger and the former roster tell what earlier winters held; what has
been worked already is never judged by itself. Sessions do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.holiday_history import (
    Holiday,
    holiday_shifts,
    holidays_of,
    known_holidays,
)
from constraints.law import Source
from constraints.wording import name, source
from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
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
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE

_WINTER = frozenset({GreatHoliday.CHRISTMAS, GreatHoliday.NEW_YEAR})


@dataclass(frozen=True)
class ChristmasOrNewYear(Rule):
    """Christmas or New Year in one winter; Christmas not in two winters running."""

    id: ClassVar = "christmas_or_new_year"
    rulebook: ClassVar = ("section 5",)
    title: ClassVar = "Enten jul eller nyttår"
    title_en: ClassVar = "Christmas or New Year, not both"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source("kommunens ordning for høytidsvakter", confidence=Confidence.POLICY),
        Source("utbredt praksis", confidence=Confidence.UNVERIFIED),
    )

    strictness: str = parameter(
        "soft", "Veier, eller er et krav", choices=("soft", "hard"), basis="section 5"
    )
    price: int = price_parameter(300, "Pris for begge deler, der det bare veier")

    @property
    def binds(self) -> bool:
        """Only where the municipality has made it hard."""
        return self.strictness == "hard"

    def encode(self, draft: Draft) -> None:
        """Of two holidays that do not go together, at most one is worked, or there is a price."""
        held: dict[Holiday, list[Duty]] = {}
        for duty in draft.problem.duties:
            for holiday in holidays_of(duty):
                if holiday[0] in _WINTER:
                    held.setdefault(holiday, []).append(duty)
        for doctor in draft.problem.doctors:
            known = known_holidays(draft.problem, doctor)
            works = {
                holiday: draft.any_of(draft.works(doctor.id, duty) for duty in duties)
                for holiday, duties in held.items()
            } | dict.fromkeys(known, TRUE)
            for first, one in works.items():
                for second in _not_with(first):
                    if second not in works:
                        continue
                    pair = [(1, one), (1, works[second])]
                    if self.strictness == "hard":
                        duties = held.get(first, []) + held.get(second, [])
                        draft.linear(pair, high=1, doctor=doctor.id, duties=duties)
                    else:
                        draft.penalise(Level.HEALTH, [(self.price, draft.excess(pair, 1))])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Look back from every Christmas and New Year in the roster, and forward from the past."""
        duties: dict[Holiday, list[str]] = {}
        own = holiday_shifts(timetable, doctor)
        for duty in (*timetable.problem.tail_of[doctor.id], *own):
            for holiday in holidays_of(duty):
                if holiday[0] in _WINTER:
                    duties.setdefault(holiday, []).append(duty.id)
        known = known_holidays(timetable.problem, doctor)
        new = {h for duty in own for h in holidays_of(duty)}
        for year in sorted({year for holiday, year in {*known, *duties} if holiday in _WINTER}):
            christmas, new_year = (GreatHoliday.CHRISTMAS, year), (GreatHoliday.NEW_YEAR, year)
            before = (GreatHoliday.CHRISTMAS, year - 1)
            for first, second in ((christmas, new_year), (before, christmas)):
                if {first, second} <= known or not {first, second} & new:
                    continue
                both = all(holiday in known or holiday in duties for holiday in (first, second))
                outside = Outcome.BREACH if self.strictness == "hard" else Outcome.EXCEPTION
                yield self.case(
                    outside if both else Outcome.KEPT,
                    doctor.id,
                    tuple(dict.fromkeys(duties.get(first, []) + duties.get(second, []))),
                    facts=(
                        ("first", _told(first)),
                        ("second", _told(second)),
                    ),
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li står med både jul 2026 og nyttår 2026/2027; ingen bør ha begge deler (…).»"""
        word = "skal" if case.outcome is Outcome.BREACH else "bør"
        return (
            f"{name(problem, case.doctor)} står med både {case.fact('first')} og "
            f"{case.fact('second')}; ingen {word} ha begge deler {source(self.citations[0])}."
        )


def _not_with(holiday: Holiday) -> tuple[Holiday, ...]:
    """The later holidays that do not go with this one."""
    name_of, year = holiday
    if name_of is GreatHoliday.CHRISTMAS:
        return (GreatHoliday.NEW_YEAR, year), (GreatHoliday.CHRISTMAS, year + 1)
    return ()


def _told(holiday: Holiday) -> str:
    """«jul 2026», «nyttår 2026/2027»."""
    name_of, year = holiday
    return f"{name_of} {year}" + (f"/{year + 1}" if name_of is GreatHoliday.NEW_YEAR else "")
