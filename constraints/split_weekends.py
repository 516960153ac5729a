"""Delte helger: whoever has duty in a weekend has more than one of its days (policy).

Two doctors with a day each lose two weekends where one doctor would lose one. A weekend's days
are Saturday, Sunday, and Friday for what reaches into Saturday (`facts.weekends`). One day is
no matter where the plan has shifts on no other, where the doctor has a wish about a shift of
that weekend, or where the shift is part of a block or a group of the municipality's: these are
what was agreed, and `blocks_whole` and `block_cohesion` see to them. How far apart weekends lie
is for `weekend_spacing`. The former roster counts but costs nothing by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import numpy as np

from constraints.facts.weekends import weekend_days, weekend_shifts
from constraints.facts.wishes import duties_meant
from constraints.law import POLICY
from constraints.wording import duty_named, listed, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Level, Outcome, Rule, price_parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.stencil import Stencil

WHOLE = 2
"""Days that make a weekend on duty whole."""


@dataclass(frozen=True)
class SplitWeekends(Rule):
    """A doctor who has one day of a weekend has another one too, unless it is wished so."""

    id: ClassVar = "split_weekends"
    title: ClassVar = "Delte helger"
    title_en: ClassVar = "Split weekends"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    price: int = price_parameter(50, "Pris for en lege som har bare én av helgas dager")

    def encode(self, draft: Draft) -> None:
        """A price for some duty in a weekend, lifted by a second day or by an agreement."""
        wholes = _wholes(draft.problem)
        for own in draft.stencils():
            wished = [_wished(draft.problem, doctor) for doctor in own.doctors]
            held: dict[date, dict[date, set[Var]]] = {}
            agreed: dict[date, set[Var]] = {}
            for duty, var in own.work:
                for saturday, day in weekend_days(duty) if duty.is_shift else ():
                    held.setdefault(saturday, {}).setdefault(day, set()).add(var)
                    if _is_agreed(duty):
                        agreed.setdefault(saturday, set()).add(var)
            for saturday, days in held.items():
                shifts = wholes.get(saturday, ())
                concerned = [
                    place
                    for place, could in enumerate(_could_be_whole(own, shifts, days))
                    if could and saturday not in wished[place]
                ]
                variables = {var for own_day in days.values() for var in own_day}
                with own.only(concerned):
                    second = own.at_least([(1, own.any_of(v)) for v in days.values()], WHOLE)
                    lifted = own.any_of({second, *agreed.get(saturday, ())})
                    some = own.any_of(var for var in variables if not own.is_past(var))
                    # either way: any weight lifts the price
                    over = own.excess([(1, some), (-1, lifted)], 0)
                    own.penalise(Level.WISHES, [(self.price, over)])

    @property
    def reach(self) -> timedelta:
        """A weekend."""
        return timedelta(days=4)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Gather the doctor's shifts by weekend and count the days of each."""
        problem = timetable.problem
        planned = problem.remembered("days of weekends", lambda: _planned(problem))
        wished = problem.remembered(
            ("weekends wished", doctor.id), lambda: _spoken_of(problem, doctor)
        )
        new = timetable.ids_of(doctor.id)
        worked: dict[date, list[Duty]] = {}
        days: dict[date, set[date]] = {}
        for duty in weekend_shifts(timetable, doctor):
            for saturday, day in weekend_days(duty):
                days.setdefault(saturday, set()).add(day)
                own = worked.setdefault(saturday, [])
                if not own or own[-1] is not duty:
                    own.append(duty)
        for saturday, duties in worked.items():
            if new.isdisjoint(duty.id for duty in duties) or any(map(_is_agreed, duties)):
                continue
            if saturday in wished:
                continue
            count = len(days[saturday])
            if count < WHOLE and len(planned.get(saturday, set()) | days[saturday]) < WHOLE:
                continue  # plan and former work together have but one day of it
            yield self.case(
                Outcome.KEPT if count >= WHOLE else Outcome.EXCEPTION,
                doctor.id,
                tuple([duty.id for duty in duties]),
                measured=count,
                limit=WHOLE,
                margin=count - WHOLE,
                unit="dager",
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har bare Kveld lørdag … den helga, og deler den med andre (…).»"""
        duties = listed(duty_named(problem, duty, case.doctor) for duty in case.duties)
        who, cited = name(problem, case.doctor), source(self.citations[0])
        if case.outcome is Outcome.KEPT:
            return f"{who} har vakt flere dager i samme helg: {duties} {cited}."
        return f"{who} har vakt bare én dag i helga: {duties}; ønsket er minst to dager {cited}."


def _wholes(problem: Problem) -> Mapping[date, tuple[Duty, ...]]:
    """The shifts of the period by weekend, in order of time."""
    found: dict[date, dict[str, Duty]] = {}
    for duty in problem.duties:
        for saturday, _ in weekend_days(duty) if duty.is_shift else ():
            found.setdefault(saturday, {})[duty.id] = duty
    return {saturday: tuple(duties.values()) for saturday, duties in found.items()}


def _planned(problem: Problem) -> Mapping[date, set[date]]:
    """The days of each weekend on which the period has shifts."""
    found: dict[date, set[date]] = {}
    for duty in problem.duties:
        for saturday, day in weekend_days(duty) if duty.is_shift else ():
            found.setdefault(saturday, set()).add(day)
    return found


def _is_agreed(duty: Duty) -> bool:
    return duty.block is not None or duty.together is not None


def _spoken_of(problem: Problem, doctor: Doctor) -> frozenset[date]:
    """The weekends of whose shifts the doctor has said anything."""
    return frozenset(
        saturday
        for wish in problem.wishes_of.get(doctor.id, ())
        for duty in duties_meant(problem, wish)
        if duty.is_shift
        for saturday, _ in weekend_days(duty)
    )


def _could_be_whole(
    stencil: Stencil, shifts: tuple[Duty, ...], days: Mapping[date, set[Var]]
) -> list[bool]:
    """For each doctor whether plan and former work together have more than one day."""
    planned = {day for duty in shifts for _, day in weekend_days(duty)}
    if len(planned) >= WHOLE:
        return [True] * len(stencil.doctors)
    own: list[set[date]] = [set(planned) for _ in stencil.doctors]
    for day, variables in days.items():
        for var in variables:
            for place in np.flatnonzero(stencil.has(var)).tolist():
                own[place].add(day)
    return [len(held) >= WHOLE for held in own]


def _wished(problem: Problem, doctor: Doctor) -> set[date]:
    """The weekends of whose shifts the doctor has said anything."""
    return {
        saturday
        for wish in problem.wishes_of.get(doctor.id, ())
        for duty in problem.duties_touching(wish.interval)
        if duty.is_shift and wish.means(duty)
        for saturday, _ in weekend_days(duty)
    }
