"""Fastlegeforskriften § 22 and S-05: tapt kontortid."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.practice_hours_lost import PracticeHoursLost
from scheduler.domain.doctor import Absence, AbsenceKind, OpeningHours
from scheduler.domain.duty import Duty
from tests.support import (
    DAYTIME,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    span,
    worked_by,
)

RULE = PracticeHoursLost()
OPEN = tuple(OpeningHours(day, time(8), time(16)) for day in range(5))
KARI = doctor("Kari", opening_hours=OPEN, office="kontor")
OLA = doctor("Ola", opening_hours=OPEN)
NIGHT_OFF = duty("2027-02-01 23:00", "2027-02-02 08:00", NIGHT)  # takes all of Tuesday


def session(start: str, end: str, kind: Any = NURSING_HOME) -> Duty:
    return duty(start, end, kind)


@pytest.mark.parametrize(("end", "over"), [("2027-02-04 08:01", 1), ("2027-02-04 08:00", 0)])
def test_eight_hours_a_week_are_free(end: str, over: int) -> None:
    thursday = session("2027-02-04 07:00", end)
    timetable = worked_by(KARI, NIGHT_OFF, thursday)
    assert len(exceptions(RULE, timetable)) == over
    assert sum(cost(RULE, timetable)) == over


def test_each_minute_beyond_costs_one() -> None:
    timetable = worked_by(KARI, NIGHT_OFF, session("2027-02-04 08:00", "11:30"))
    [case] = exceptions(RULE, timetable)
    assert (case.measured, case.limit, case.margin) == (11.5, 8, -3.5)
    assert cost(RULE, timetable) == (210,)
    assert not exceptions(PracticeHoursLost(free_hours_per_week=12), timetable)
    assert cost(PracticeHoursLost(free_hours_per_week=0), timetable) == (690,)


def test_only_opening_hours_are_lost() -> None:
    evening = duty("2027-02-03 16:00", "23:00", EVENING)
    saturday = duty("2027-02-06 08:00", "20:00", EVENING)
    assert not exceptions(RULE, worked_by(KARI, NIGHT_OFF, evening, saturday))
    early = duty("2027-02-03 15:30", "23:00", EVENING)
    [case] = exceptions(RULE, worked_by(KARI, NIGHT_OFF, early))
    assert case.measured == 8.5
    assert not list(RULE.check(worked_by(doctor("Kari"), NIGHT_OFF)))


def test_quiet_home_duty_and_work_at_the_own_office_take_nothing() -> None:
    home = duty("2027-02-03 08:00", "2027-02-04 08:00", HOME)
    at_office = duty("2027-02-05 08:00", "15:30", replace(DAYTIME, place="kontor"))
    assert not exceptions(RULE, worked_by(KARI, NIGHT_OFF, home, at_office))
    busy = duty("2027-02-03 08:00", "2027-02-04 08:00", replace(HOME, duty_class=3))
    [case] = exceptions(RULE, worked_by(KARI, NIGHT_OFF, busy))
    assert case.measured == 8 + 8 + 8
    assert exceptions(RULE, worked_by(OLA, NIGHT_OFF, at_office))  # not Ola's office


def test_a_practice_that_never_closes_is_seen() -> None:
    hours = (OpeningHours(0, time(7), time(16)), OpeningHours(1, time(8), time(8)))
    evening = duty("2027-02-02 20:00", "23:00", EVENING)
    rule = PracticeHoursLost(free_hours_per_week=2)
    [case] = exceptions(rule, worked_by(doctor("Kari", opening_hours=hours), evening))
    assert case.measured == 3


def test_absences_are_not_lost_to_duties() -> None:
    away = (Absence("kari", span("2027-02-02 08:00", "12:00"), AbsenceKind.COURSE),)
    thursday = session("2027-02-04 08:00", "12:00")
    assert not exceptions(RULE, worked_by(KARI, NIGHT_OFF, thursday, absences=away))


def test_a_night_at_the_own_office_closes_it_too() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", replace(NIGHT, place="kontor"))
    [case] = exceptions(RULE, worked_by(KARI, NIGHT_OFF, night))
    assert case.measured == 16


def test_the_setting_of_closed_hours_is_followed() -> None:
    late = duty("2027-02-01 23:00", "2027-02-02 02:00", NIGHT)  # closed until 10 or 14
    own = session("2027-02-04 08:00", "14:01")
    assert exceptions(RULE, worked_by(KARI, late, own))
    assert not exceptions(RULE, worked_by(KARI, late, session("2027-02-04 08:00", "14:00")))
    twelve = {"practice_after_night": {"free_after_onsite_night": 12}}
    [case] = exceptions(RULE, worked_by(KARI, late, own, settings=twelve))
    assert case.measured == pytest.approx(6 + 6 + 1 / 60)


def test_weeks_are_judged_one_by_one_and_the_closure_belongs_to_its_own() -> None:
    sunday = duty("2027-02-07 23:00", "2027-02-08 08:00", NIGHT)
    monday = session("2027-02-08 15:00", "16:00")
    thursday = session("2027-02-04 08:00", "09:00")
    found = exceptions(RULE, worked_by(KARI, NIGHT_OFF, thursday, sunday, monday))
    assert [(c.fact("week"), c.duties) for c in found] == [
        ("uke 5 (2027)", (NIGHT_OFF.id, thursday.id)),
        ("uke 6 (2027)", (sunday.id, monday.id)),
    ]


def test_one_session_of_the_former_roster_may_be_longer_for_one_than_for_another() -> None:
    hour, eight = session("2027-02-01 08:00", "09:00"), session("2027-02-01 08:00", "16:00")
    assert hour.id == eight.id
    new = session("2027-02-04 08:00", "09:00")
    for sessions in ((hour, eight), (eight, hour)):
        past = list(zip((KARI, OLA), sessions, strict=True))
        plan = problem([KARI, OLA], [new], tail=past, first_day=date(2027, 2, 4))
        for who, own in past:
            assert len(exceptions(RULE, roster(plan, {who.id: [new]}))) == (own is eight)


def test_both_parts_of_a_duty_that_was_left_and_taken_up_again_are_counted() -> None:
    past = [
        duty("2027-02-01 08:00", "12:00", NURSING_HOME, id="sykehjem/2027-02-01"),
        duty("2027-02-01 13:00", "16:00", NURSING_HOME, id="sykehjem/2027-02-01"),
    ]
    more: dict[str, Any] = {"first_day": date(2027, 2, 4), "tail": [(KARI, own) for own in past]}
    new = session("2027-02-04 08:00", "10:00")
    [case] = exceptions(RULE, worked_by(KARI, new, **more))
    assert case.measured == 4 + 3 + 2


def test_history_is_counted_but_not_priced() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 4)}
    other = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    tail = [(KARI, NIGHT_OFF), (KARI, other)]
    assert not exceptions(RULE, worked_by(KARI, tail=tail, **more))
    thursday = session("2027-02-04 08:00", "09:00")
    timetable = worked_by(KARI, thursday, tail=tail, **more)
    assert len(exceptions(RULE, timetable)) == 1
    assert cost(RULE, timetable) == (60,)
    assert exceptions(RULE, worked_by(KARI, thursday, tail=tail[:1], **more))


def test_another_doctor_is_not_affected() -> None:
    own = session("2027-02-04 08:00", "12:00")
    both = problem([KARI, OLA], [NIGHT_OFF, own])
    assert not exceptions(RULE, roster(both, {"kari": [NIGHT_OFF], "ola": [own]}))


def test_sentence() -> None:
    timetable = worked_by(KARI, NIGHT_OFF, session("2027-02-04 08:00", "10:00"))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "I uke 5 (2027) mister praksisen til Kari 10 timer åpningstid til vakter og kommunale "
        "oppgaver; inntil 8 timer regnes som greit, av hensyn til at pasientene skal få time innen "
        "fem virkedager (fastlegeforskriften § 22 annet ledd)."
    )


@given(
    st.lists(
        st.tuples(
            st.integers(1, 12),
            st.sampled_from(["07:00", "08:00", "15:30"]),
            st.sampled_from(["15:59", "16:00", "16:01", "23:00"]),
            st.sampled_from([NURSING_HOME, DAYTIME, EVENING, HOME, replace(HOME, duty_class=4)]),
        ),
        max_size=4,
        unique_by=lambda t: t[0],
    ),
    st.lists(st.integers(1, 12), max_size=3, unique=True),
    st.sampled_from([0, 8, 16]),
    st.booleans(),
)
def test_encoder_and_checker_agree(
    days: list[tuple[int, str, str, Any]], nights: list[int], free: int, past: bool
) -> None:
    own = [duty(f"2027-02-{d:02d} {s}", e, kind) for d, s, e, kind in days]
    own += [duty(f"2027-02-{d:02d} 23:00", f"2027-02-{d + 1:02d} 08:00", NIGHT) for d in nights]
    tail = [(KARI, own.pop())] if past and own else []
    rule = PracticeHoursLost(free_hours_per_week=free)
    timetable = worked_by(KARI, *own, tail=tail)
    found = exceptions(rule, timetable)
    over = sum((case.measured or 0) - (case.limit or 0) for case in found)
    assert sum(cost(rule, timetable)) == round(60 * over)
