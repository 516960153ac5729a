"""A period of eight points that can be reckoned in the head.

Three doctors share four evenings of a point and two nights of two: 8 / 3 points each. Kari has
done a point too much before, Ola one too little. Easter 2027 lies in the period.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Municipality, Problem
from scheduler.domain.roster import LevelResult, Provenance, Roster, Timetable
from scheduler.fairness.closing import settle, worked_shifts
from scheduler.fairness.keys import Key
from scheduler.fairness.shares import fair_shares
from scheduler.writing.fairness.source import FairnessReport
from tests.support import EVENING, NIGHT, doctor, duty, problem, roster

KARI = replace(doctor("Kari"), name="Kari Ødegård")
OLA = replace(doctor("Ola"), name="=1+1; «Ola»\nO'Brien")
TOM = doctor("Tom", municipality="dal")
DOCTORS = (KARI, OLA, TOM)
TOWNS = (Municipality("fjell", "Fjell", 5000), Municipality("dal", "Dal", 2500))

ONE = replace(EVENING, burden=100)
TWO = replace(NIGHT, burden=200)
EVENINGS = tuple(
    duty(f"2027-03-{day:02} 16:00", f"2027-03-{day:02} 23:00", ONE) for day in (15, 16, 17, 22)
)
WEEKEND_NIGHT = duty("2027-03-20 23:00", "2027-03-21 08:00", TWO)
EASTER_NIGHT = duty("2027-03-26 23:00", "2027-03-27 08:00", TWO)
DUTIES = (*EVENINGS, WEEKEND_NIGHT, EASTER_NIGHT)
WORK = {
    "kari": [EVENINGS[0], EVENINGS[3]],
    "ola": [EVENINGS[1], WEEKEND_NIGHT, EASTER_NIGHT],
    "tom": [EVENINGS[2]],
}
LEDGER = (
    Account("kari", points=100, holidays={GreatHoliday.CHRISTMAS: 2024, GreatHoliday.EASTER: 2025}),
    Account("ola", points=-100),
)


def plan(doctors: Sequence[Doctor] = DOCTORS, **more: Any) -> Problem:
    """The problem of the scene."""
    more.setdefault("municipalities", TOWNS)
    more.setdefault("ledger", LEDGER)
    more.setdefault("duties", DUTIES)
    return problem(
        doctors,
        more.pop("duties"),
        first_day=date(2027, 3, 15),
        last_day=date(2027, 4, 4),
        **more,
    )


def worst(value: float, bound: float, *, proven: bool = False) -> Provenance:
    """A search that reached a value of the worst-off doctor, in points."""
    step = LevelResult("fairness_worst_1", "Mest over", value, bound, proven, "poeng")
    return Provenance(rule_set="2026.1+abc", seed=7, levels=(step,))


def report(
    work: dict[str, list[Duty]] | None = None,
    own: Problem | None = None,
    *,
    key: Key = Key.NONE,
    made: Provenance | None = None,
    **more: Any,
) -> FairnessReport:
    """The report of the scene, or of another roster or problem."""
    timetable = roster(own or plan(), WORK if work is None else work)
    if made:
        found = timetable.roster
        timetable = Timetable(
            timetable.problem, Roster(found.problem_hash, found.assignments, made)
        )
    shares = fair_shares(timetable.problem, (), key=key)
    return FairnessReport(
        timetable,
        shares,
        settle(timetable.problem, shares, worked_shifts(timetable)),
        **more,
    )
