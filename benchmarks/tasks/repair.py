"""Repair of a district's roster: a doctor falls ill in the middle of the period."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from api import library
from api.repair import Repaired
from benchmarks.districts import FIRST, district
from benchmarks.tasks.timing import Timing, timed
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import moment
from scheduler.repairing.asking import Limits
from scheduler.repairing.events import Away

DOCTORS, WEEKS = 40, 26
SEARCH = 15.0  # seconds for the roster that is repaired
DAYS = 3


def measure() -> Iterator[Timing]:
    """One person by the checkers alone, then up to three by the exact search."""
    instance = f"district/{DOCTORS}x{WEEKS}"
    loaded = district(DOCTORS, WEEKS)
    roster = library.solve(loaded, seconds=SEARCH, seed=1, workers=1).roster
    if roster is None:
        raise RuntimeError(f"{instance} has no roster after {SEARCH} seconds")
    now = moment(FIRST + timedelta(weeks=WEEKS // 2), time(12))
    sick = _busiest(loaded, roster, now)
    found: list[Repaired] = []

    def repair(people: int) -> None:
        away = Away(sick, now, now + timedelta(days=DAYS))
        limits = Limits(seconds=60, people=people)
        found.append(library.repair(loaded, roster, [away], moment=now, limits=limits))

    yield _noted(timed("repair, one person", instance, lambda: repair(1)), found[-1])
    yield _noted(timed("repair, up to three", instance, lambda: repair(3), runs=1), found[-1])


def _busiest(loaded: library.LoadedPlan, roster: Roster, now: datetime) -> str:
    """Who has most shifts in the days after the moment."""
    timetable = Timetable(loaded.problem, roster)
    after = now + timedelta(days=DAYS)

    def shifts(doctor: str) -> int:
        own = timetable.duties_of(doctor)
        return sum(duty.is_shift and now <= duty.start < after for duty in own)

    return max((doctor.id for doctor in loaded.problem.doctors), key=shifts)


def _noted(timing: Timing, found: Repaired) -> Timing:
    """With what was found."""
    lost, options = len(found.found.situation.lost), len(found.found.options)
    people = min((len(own.people) for own in found.found.options), default=0)
    note = f"{lost} lost, {options} options, fewest people {people}"
    return Timing(
        timing.task, timing.instance, timing.seconds, timing.cpu_seconds, timing.runs, note
    )
