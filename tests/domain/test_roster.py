"""A roster laid out: in order of time whatever order plan and roster have."""

from dataclasses import replace

from scheduler.domain.roster import Assignment, Roster, Timetable
from tests.support import doctor, duty, problem

KARI, OLA = doctor("Kari"), doctor("Ola")
LATE = duty("2027-02-02 16:00", "22:00", id="a")
EARLY = duty("2027-02-01 16:00", "22:00", id="c")
LONG = duty("2027-02-01 16:00", "23:00", id="b")
PLAN = replace(problem((KARI, OLA), (EARLY, LATE, LONG)), duties=(LATE, LONG, EARLY))


def test_duties_come_in_order_of_time_and_strangers_are_left_out() -> None:
    strange = (Assignment("x", "kari"), Assignment("a", "siri"))
    own = [Assignment(each.id, "kari") for each in (LATE, LONG, EARLY)]
    timetable = Timetable(PLAN, Roster.of(PLAN, (*own, *strange)))
    assert timetable.duties_of("kari") == (EARLY, LONG, LATE)
    assert timetable.duties_of("ola") == ()
    assert timetable.unknown == (strange[1], strange[0])


def test_crews_are_the_doctors_on_each_duty() -> None:
    given = (Assignment("a", "ola"), Assignment("a", "kari"), Assignment("b", "siri"))
    timetable = Timetable(PLAN, Roster.of(PLAN, given))
    assert timetable.crews == {"a": ("kari", "ola"), "b": (), "c": ()}
    assert all(timetable.crews[own.id] == timetable.doctors_on(own.id) for own in PLAN.duties)
