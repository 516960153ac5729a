"""A small roster with what trips writers: clock changes, holes, odd names, red days."""

from dataclasses import replace
from datetime import date

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.roster import LevelResult, Provenance, Roster, Timetable
from tests.support import (
    BACKUP,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
)

KARI = replace(doctor("Kari"), name="Kari Ødegård")
OLA = replace(doctor("Ola"), name="=1+1; «Ola»\nO'Brien")
EMPTY = doctor("Tom")

SPRING = duty("2027-03-27 23:00", "2027-03-28 08:00", replace(NIGHT, burden=150))
HOME_DAY = duty("2027-03-28 08:00", "15:00", replace(HOME, burden=50))
BEHIND = duty("2027-03-28 15:00", "23:00", BACKUP)
SESSION = duty("2027-03-31 08:00", "15:30", NURSING_HOME)
LACKING = duty("2027-04-01 16:00", "23:00", EVENING, needed=2)
AUTUMN = duty("2027-10-30 23:00", "2027-10-31 08:00", replace(NIGHT, burden=150))
DUTIES = (SPRING, HOME_DAY, BEHIND, SESSION, LACKING, AUTUMN)

MADE = Provenance(
    rule_set="2026-11",
    solver="CP-SAT 9.15",
    seed=7,
    workers=2,
    time_limit=60.0,
    seconds=41.25,
    levels=(
        LevelResult("COVER", "Udekket tid", 24.0, 24.0, True, "vektede timer"),
        LevelResult("WISHES", "Ønsker", 3.5, float("-inf"), False, "poeng"),
    ),
)


def sample() -> Timetable:
    """Kari and Ola share six duties; one evening lacks one of its two doctors."""
    own = roster(
        problem(
            (KARI, OLA, EMPTY),
            DUTIES,
            first_day=date(2027, 3, 22),
            last_day=date(2027, 10, 31),
        ),
        {"kari": [SPRING, SESSION, AUTUMN], "ola": [HOME_DAY, BEHIND, LACKING]},
    )
    return Timetable(
        own.problem, Roster(own.roster.problem_hash, own.roster.assignments, provenance=MADE)
    )


def nobody() -> Timetable:
    """The same problem without a single assignment."""
    return roster(sample().problem, {})


def alone(who: Doctor, *duties: Duty) -> Timetable:
    """One doctor who has all duties there are, in 2027."""
    return roster(
        problem([who], duties, first_day=date(2027, 1, 1), last_day=date(2027, 12, 31)),
        {who.id: duties},
    )
