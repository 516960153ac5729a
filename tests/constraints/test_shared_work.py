"""What several rules ask of one doctor's work is found once, and anew when the work changes."""

from collections.abc import Callable
from typing import Any

import pytest

from constraints.facts.closures import Footprints, duties_with_footprints, work_with_footprints
from constraints.facts.holiday_history import holiday_shifts
from constraints.facts.weekends import weekend_shifts
from constraints.facts.work import is_work, night_work, nights, working, working_by
from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Assignment, Timetable
from tests.properties.problems import draw_case

HOURS = 8
FOUND: dict[str, Callable[[Timetable, Doctor], Any]] = {
    "work": lambda own, who: working_by(own, who, "class 1"),
    "nights": night_work,
    "weekends": weekend_shifts,
    "holidays": holiday_shifts,
    "footprints": lambda own, who: work_with_footprints(own, who, HOURS),
}
PLAIN: dict[str, Callable[[Timetable, Doctor], Any]] = {
    "work": lambda own, who: working(own.work_of(who.id), "class 1"),
    "nights": lambda own, who: [
        (duty, nights(duty.interval))
        for duty in own.work_of(who.id)
        if duty.is_night and is_work(duty, "class 1")
    ],
    "weekends": lambda own, who: [d for d in own.work_of(who.id) if d.is_shift and d.weekends],
    "holidays": lambda own, who: [d for d in own.duties_of(who.id) if d.is_shift and d.holidays],
    "footprints": lambda own, who: [
        (duty, work_with_footprints(own, who, HOURS)[n][1])
        for n, duty in enumerate(own.work_of(who.id))
    ],
}


@pytest.mark.parametrize("what", FOUND)
def test_it_is_what_the_work_says_found_once_and_anew_after_a_change(what: str) -> None:
    for seed in range(8):
        for timetable in draw_case(seed).timetables[:3]:
            for who in timetable.problem.doctors:
                found = FOUND[what](timetable, who)
                assert found == PLAIN[what](timetable, who)
                assert FOUND[what](timetable, who) is found
                given = [Assignment(duty.id, who.id) for duty in timetable.problem.duties]
                for changed in (
                    timetable.with_changes(on=given),
                    timetable.with_changes(off=given),
                ):
                    assert FOUND[what](changed, who) == PLAIN[what](changed, who)


def test_the_footprints_are_those_of_the_duties() -> None:
    for seed in range(8):
        for timetable in draw_case(seed).timetables[:3]:
            alone = Footprints(HOURS)
            for who in timetable.problem.doctors:
                work = work_with_footprints(timetable, who, HOURS)
                assert [duty for duty, _ in duties_with_footprints(timetable, who, HOURS)] == [
                    *timetable.duties_of(who.id)
                ]
                for duty, own in work:
                    plain = alone.of(duty)
                    assert (own.interval, own.busy, own.closed, own.touched) == (
                        plain.interval,
                        plain.busy,
                        plain.closed,
                        plain.touched,
                    )
