"""SFS 2305 pkt. 7.4 (S-04): hviletid mellom arbeidsperioder. Cases E20 and E21."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.rest_between_work import RestBetweenWork
from scheduler.domain.time import Interval
from tests.support import (
    DAYTIME,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = RestBetweenWork()
KARI = doctor("Kari")
OLA = doctor("Ola")
EVENING = duty("2027-02-02 16:00", "23:00")


@pytest.mark.parametrize(("start", "breaches"), [("06:59", 1), ("07:00", 0)])
def test_eight_hours_are_enough_and_a_minute_less_is_not(start: str, breaches: int) -> None:
    morning = duty(f"2027-02-03 {start}", "15:00")
    assert len(verify(RULE, worked_by(KARI, EVENING, morning))) == breaches


@pytest.mark.parametrize(("end", "breaches"), [("23:30", 1), ("23:00", 0)])
def test_e20_spring_night_loses_an_hour(end: str, breaches: int) -> None:
    late = duty("2027-03-27 16:00", end)
    early = duty("2027-03-28 08:00", "15:00")
    found = verify(RULE, worked_by(KARI, late, early))
    assert [(case.measured, case.margin) for case in found] == [(7.5, -0.5)] * breaches


def test_autumn_night_gains_an_hour() -> None:
    late, early = duty("2026-10-24 16:00", "23:59"), duty("2026-10-25 07:00", "15:00")
    assert not verify(RULE, worked_by(KARI, late, early))


def test_each_of_two_breaches_is_named() -> None:
    second, third = duty("2027-02-03 04:00", "12:00"), duty("2027-02-03 18:00", "23:00")
    found = verify(RULE, worked_by(KARI, EVENING, second, third))
    assert [case.duties for case in found] == [(EVENING.id, second.id), (second.id, third.id)]


def test_a_pause_is_measured_from_the_work_before_and_not_from_what_was_rested_from() -> None:
    second, third = duty("2027-02-03 07:04", "12:00"), duty("2027-02-03 14:00", "22:00")
    cases = list(RULE.check(worked_by(KARI, EVENING, second, third)))
    assert [case.duties for case in cases] == [(EVENING.id, second.id), (second.id, third.id)]


def test_municipal_session_after_a_night_is_work() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    session = duty("2027-02-03 12:00", "15:00", NURSING_HOME)
    assert len(verify(RULE, worked_by(KARI, night, session))) == 1


def test_shift_after_a_session_continues_the_working_day() -> None:
    session = duty("2027-02-02 12:00", "15:30", NURSING_HOME)
    assert not verify(RULE, worked_by(KARI, session, EVENING))
    daytime = duty("2027-02-02 08:00", "15:30", DAYTIME)
    assert not verify(RULE, worked_by(KARI, daytime, EVENING))


def test_touching_shifts_are_one_work_period() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    assert not verify(RULE, worked_by(KARI, EVENING, night))


def test_home_duty_of_class_1_is_rest_unless_the_municipality_says_otherwise() -> None:
    home = duty("2027-02-03 00:00", "08:00", HOME)
    assert not verify(RULE, worked_by(KARI, EVENING, home))
    assert verify(RestBetweenWork(rest_counts_home_duty="none"), worked_by(KARI, EVENING, home))


def test_former_roster_counts_at_the_boundary() -> None:
    morning = duty("2027-02-03 06:00", "12:00")
    timetable = worked_by(KARI, morning, tail=[(KARI, EVENING)])
    assert [case.duties for case in verify(RULE, timetable)] == [(EVENING.id, morning.id)]


def test_a_former_duty_is_told_as_long_as_this_doctor_had_it() -> None:
    longer = replace(EVENING, interval=Interval(EVENING.start, EVENING.end + timedelta(hours=1)))
    morning = duty("2027-02-03 06:00", "12:00")
    tail = [(KARI, EVENING), (OLA, longer)]
    timetable = roster(problem([KARI, OLA], [morning], tail=tail), {"ola": [morning]})
    [case] = verify(RULE, timetable)
    told = RULE.explain(timetable.problem, case)
    assert told.startswith("Ola får 6 timer hvile mellom ")
    assert "kl. 16:00–00:00 og" in told


def test_former_roster_is_no_breach_by_itself() -> None:
    past = [(KARI, EVENING), (KARI, duty("2027-02-03 06:00", "12:00"))]
    later = duty("2027-02-03 20:00", "23:00")
    timetable = worked_by(KARI, later, tail=past, first_day=date(2027, 2, 3))
    assert not verify(RULE, timetable)


def test_another_doctor_is_not_affected() -> None:
    morning = duty("2027-02-03 06:00", "12:00")
    both = problem([KARI, OLA], [EVENING, morning])
    assert not verify(RULE, roster(both, {"kari": [EVENING], "ola": [morning]}))


def test_sentence() -> None:
    morning = duty("2027-02-03 06:30", "12:00")
    timetable = worked_by(KARI, EVENING, morning)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari får 7,5 timer hvile mellom Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 og "
        "Kveld onsdag 3. februar 2027 kl. 06:30–12:00; kravet er 8 timer "
        "(SFS 2305 pkt. 7.4; må bekreftes av kommunen)."
    )


@given(st.lists(st.sampled_from([0, 1, 479, 480, 481, 700]), min_size=1, max_size=4))
def test_encoder_and_checker_agree_at_the_limit(gaps: list[int]) -> None:
    from datetime import timedelta

    from scheduler.domain.time import Interval

    duties = [EVENING]
    for number, gap in enumerate(gaps):
        start = duties[-1].end + timedelta(minutes=gap)
        end = start + timedelta(hours=6)
        duties.append(type(EVENING)(f"d{number}", EVENING.type, Interval(start, end)))
    verify(RULE, worked_by(KARI, *duties))
