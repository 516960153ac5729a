"""Søndagsfri: who worked one Sunday or holiday has the next one off (W-06, W-08).

Part of the working-time profile, off unless the municipality turns it on; for legevakt only
a price by default. Sundays and holidays that follow one another are one holy time, from 18:00
the day before (15:00 on Christmas, Easter and Whitsun Eve) to 22:00 before the next working
day. Home duty of class 1 is rest and is not counted, as derived here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import ClassVar

from constraints.facts.work import PROFILE, in_profile, is_work
from constraints.law import Act, LawRef
from constraints.wording import at, name, source
from scheduler.domain.calendar import eves, is_red
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, SUNDAY, Interval, days_between, moment
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

_EARLY_EVES = frozenset({"Julaften", "Påskeaften", "Pinseaften"})


@dataclass(frozen=True)
class SundayOff(Rule):
    """Of two holy times that follow one another, one is free of work."""

    id: ClassVar = "sunday_off"
    rulebook: ClassVar = ("W-06", "W-07", "W-08")
    title: ClassVar = "Fri neste søn- eller helgedag"
    title_en: ClassVar = "Next Sunday or holiday off"
    authority: ClassVar = Authority.HEALTH
    citations: ClassVar = (
        LawRef(Act.AML, "10-8", section=4, confidence=Confidence.SECONDARY),
        LawRef(Act.AML, "10-10", section=1, confidence=Confidence.SECONDARY),
    )

    applies: str = parameter("off", "Vernereglene gjelder for", choices=PROFILE)
    strictness: str = parameter("soft", "Veier, eller er et krav", choices=("soft", "hard"))
    price: int = price_parameter(100, "Pris for to søn- eller helgedager på rad, der det veier")

    @property
    def binds(self) -> bool:
        """Only where the municipality has made it hard."""
        return self.strictness == "hard"

    def encode(self, draft: Draft) -> None:
        """Of each two neighbouring holy times a doctor works one, or there is a price."""
        problem = draft.problem
        times = _holy_times(problem)
        held: dict[Interval, list[Duty]] = {
            own: [d for d in problem.duties if own.overlaps(d.interval) and _counts(d)]
            for own in (times if self.applies != "off" else ())
        }
        for doctor in problem.doctors:
            if not in_profile(doctor, self.applies):
                continue
            works: dict[Interval, Var] = {}
            tail = [duty for duty in problem.tail_of[doctor.id] if _counts(duty)]
            for own, duties in held.items():
                past = any(own.overlaps(duty.interval) for duty in tail)
                works[own] = (
                    TRUE if past else draft.any_of(draft.works(doctor.id, d) for d in duties)
                )
            for first, second in pairwise(times):
                pair = [(1, works[first]), (1, works[second])]
                if self.strictness == "hard":
                    duties = held[first] + held[second]
                    draft.linear(pair, high=1, doctor=doctor.id, duties=duties)
                else:
                    draft.penalise(Level.HEALTH, [(self.price, draft.excess(pair, 1))])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Go from holy time to holy time and look whether the one before was worked."""
        if not in_profile(doctor, self.applies):
            return
        past = [duty for duty in timetable.problem.tail_of[doctor.id] if _counts(duty)]
        own = [duty for duty in timetable.duties_of(doctor.id) if _counts(duty)]
        before: list[str] = []
        before_past = False
        for holy in _holy_times(timetable.problem):
            duties = [d.id for d in (*past, *own) if d.interval.overlaps(holy)]
            is_past = any(d.interval.overlaps(holy) for d in past)
            is_new = any(d.interval.overlaps(holy) for d in own)
            if is_new and not (is_past and before_past):
                outside = Outcome.BREACH if self.strictness == "hard" else Outcome.EXCEPTION
                yield self.case(
                    outside if before else Outcome.KEPT,
                    doctor.id,
                    tuple(dict.fromkeys(before + duties)),
                    when=holy,
                )
            before, before_past = duties, is_past

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li arbeider i helgedagstiden fra … og også i den forrige (…).»"""
        when = f" fra {at(case.when.start)} til {at(case.when.end)}" if case.when else ""
        return (
            f"{name(problem, case.doctor)} arbeider i søn- og helgedagstiden{when}, og arbeider "
            f"også forrige søn- eller helgedag {source(self.citations[0])}."
        )


def _counts(duty: Duty) -> bool:
    return is_work(duty, "class 1")


def _holy_times(problem: Problem) -> list[Interval]:
    """The holy times that touch the period or the former roster, in order of time."""
    first = min([problem.first_day, *(past.duty.day for past in problem.tail)])
    runs: list[list[date]] = []
    # either way: a week on both sides holds every neighbour
    for day in days_between(first - 7 * DAY, problem.last_day + 7 * DAY):
        if day.weekday() == SUNDAY or is_red(day):
            if runs and runs[-1][-1] == day - DAY:
                runs[-1].append(day)
            else:
                runs.append([day])
    return [Interval(_begins(run[0] - DAY), moment(run[-1], time(22))) for run in runs]


def _begins(eve: date) -> datetime:
    early = eves(eve.year).get(eve) in _EARLY_EVES
    return moment(eve, time(15) if early else time(18))
