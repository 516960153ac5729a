"""Helligdag etter vakthelg: the holiday Monday is free after a weekend on duty (policy).

Red days that follow a Sunday (Easter and Whit Monday, and others as the year falls) had better
go to somebody who was free in the weekend. A weekend is taken as in `weekend_spacing`; a
holiday by a shift that starts on it. A shift of the holiday that belongs to one block or group
with shifts of the weekend is a long weekend as agreed, and a wish for the shift is a wish.

`sunday_off` reads a Sunday and the red days after it as one time, and `holiday_rotation` and the
fair shares look at whole great holidays, so none of them sees this. The former roster counts
but costs nothing by itself.
"""

from collections.abc import Hashable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.facts.work import turn_of
from constraints.law import POLICY
from constraints.wording import duty_named, name, source
from scheduler.domain.calendar import is_red
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, SUNDAY, whole_days
from scheduler.rule import Authority, Case, Level, Outcome, Rule, price_parameter
from scheduler.solving.draft import Draft, Var


@dataclass(frozen=True)
class HolidayAfterWeekend(Rule):
    """Who has duty in a weekend does not have the holiday right after it as well."""

    id: ClassVar = "holiday_after_weekend"
    title: ClassVar = "Fri helligdag etter vakthelg"
    title_en: ClassVar = "Holiday off after a weekend on duty"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    price: int = price_parameter(100, "Pris for vakt både i helga og på helligdagen etter")

    def encode(self, draft: Draft) -> None:
        """Price a weekend together with the holiday after it, once for each doctor."""
        for doctor in draft.problem.doctors:
            weekend: dict[date, set[Var]] = {}
            holiday: dict[date, set[Var]] = {}
            for duty, var in draft.work_of(doctor.id):
                for saturday in duty.weekends if duty.is_shift else ():
                    weekend.setdefault(saturday, set()).add(var)
                after = _weekend_before(duty)
                if after and not _is_agreed(draft.problem, doctor, duty, after):
                    holiday.setdefault(after, set()).add(var)
            for saturday, variables in holiday.items():
                both = [draft.any_of(variables), draft.any_of(weekend.get(saturday, ()))]
                excess = draft.excess([(1, var) for var in both], 1)
                draft.penalise(Level.WISHES, [(self.price, excess)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """From each holiday after a Sunday, look back at the weekend."""
        problem = timetable.problem
        new = timetable.ids_of(doctor.id)
        holidays: dict[date, list[Duty]] = {}
        for duty in timetable.work_of(doctor.id):
            before = _weekend_before(duty)
            if before and not _is_agreed(problem, doctor, duty, before):
                holidays.setdefault(before, []).append(duty)
        for saturday, duties in holidays.items():
            weekend = [d for d in timetable.work_of(doctor.id) if d.is_shift]
            weekend = [d for d in weekend if saturday in d.weekends]
            known = [not new.issuperset(duty.id for duty in own) for own in (weekend, duties)]
            if all(known) or new.isdisjoint(duty.id for duty in (*weekend, *duties)):
                continue  # weekend and holiday were taken in the former roster already
            yield self.case(
                Outcome.EXCEPTION if weekend else Outcome.KEPT,
                doctor.id,
                tuple(duty.id for duty in (*weekend, *duties)),
                facts=(("weekend", saturday.isoformat()), ("holiday", duties[0].id)),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har vakt i helga og også Natt mandag 29. mars 2027 …, andre påskedag (…).»"""
        who, cited = name(problem, case.doctor), source(self.citations[0])
        holiday = str(case.fact("holiday"))
        told = duty_named(problem, holiday, case.doctor)
        if case.outcome is Outcome.KEPT:
            return f"{who} har {told} og fri i helga før {cited}."
        weekend = duty_named(problem, case.duties[0], case.doctor)
        return (
            f"{who} har {told} rett etter en vakthelg ({weekend}); "
            f"helligdagen bør helst gå til en annen {cited}."
        )


def _weekend_before(duty: Duty) -> date | None:
    """The Saturday of the weekend whose Sunday is followed by red days up to the shift's day."""
    day = duty.day
    while duty.is_shift and is_red(day):
        day -= DAY
        if day.weekday() == SUNDAY:
            return day - DAY
    return None


def _linked(problem: Problem, saturday: date) -> Set[Hashable]:
    """The turns of duty that have a shift in the weekend."""
    past = [past.duty for past in problem.tail]
    near = problem.duties_touching(whole_days(saturday, saturday + DAY))
    return {turn_of(duty) for duty in (*near, *past) if duty.is_shift and saturday in duty.weekends}


def _is_agreed(problem: Problem, doctor: Doctor, duty: Duty, saturday: date) -> bool:
    """Whether the holiday's shift goes together with the weekend, or the doctor wants it."""
    linked = problem.remembered(
        ("turns of a weekend", saturday), lambda: _linked(problem, saturday)
    )
    if turn_of(duty) in linked:
        return True
    wishes = problem.wishes_of.get(doctor.id, ())
    return any(wish.attitude is Attitude.WANT and wish.means(duty) for wish in wishes)
