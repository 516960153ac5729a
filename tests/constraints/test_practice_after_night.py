"""SFS 2305 pkt. 7.4 (S-04, S-05) and F-16.4: fri fra praksis etter natt. Case E21, first half."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.facts.closures import closures
from constraints.practice_after_night import PracticeAfterNight
from scheduler.domain.doctor import Absence, AbsenceKind, OpeningHours
from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.time import Interval
from scheduler.rule import Outcome
from tests.support import (
    DAYTIME,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    span,
    utc,
    verify,
    worked_by,
)

RULE = PracticeAfterNight()
OPEN = tuple(OpeningHours(day, time(8), time(16)) for day in range(5))
KARI = doctor("Kari", opening_hours=OPEN)
OLA = doctor("Ola", opening_hours=OPEN)
MONDAY_NIGHT = duty("2027-02-01 23:00", "2027-02-02 08:00", NIGHT)


def session(start: str, end: str = "2027-02-03 20:00") -> Duty:
    return duty(f"2027-02-02 {start}", end, NURSING_HOME)


def test_e21_the_practice_is_closed_until_four_and_the_office_is_told() -> None:
    timetable = worked_by(KARI, MONDAY_NIGHT)
    assert not verify(RULE, timetable)
    [case] = notices(RULE, timetable)
    assert case.when == span("2027-02-02 08:00", "16:00")
    assert case.measured == 8
    assert RULE.explain(timetable.problem, case) == (
        "Etter natt mandag 1. februar 2027 kl. 23:00–08:00 har Kari ikke praksis før tirsdag "
        "2. februar 2027 kl. 16:00; 8 timer åpningstid faller bort, og kontoret må ordne "
        "fraværsdekning (fastlegeforskriften § 16 annet ledd bokstav e; må bekreftes av kommunen)."
    )


@pytest.mark.parametrize(("start", "breaches"), [("08:00", 1), ("15:59", 1), ("16:00", 0)])
@pytest.mark.parametrize("kind", [NURSING_HOME, DAYTIME])
def test_no_session_or_daytime_duty_for_eight_hours(kind: Any, start: str, breaches: int) -> None:
    later = duty(f"2027-02-02 {start}", "2027-02-02 18:00", kind)
    assert len(verify(RULE, worked_by(KARI, MONDAY_NIGHT, later))) == breaches


@pytest.mark.parametrize(("end", "breaches"), [("08:01", 1), ("08:00", 0)])
def test_work_that_reaches_out_of_the_night_counts(end: str, breaches: int) -> None:
    during = session("05:00", f"2027-02-02 {end}")
    timetable = worked_by(KARI, MONDAY_NIGHT, during)
    assert len(verify(RULE, timetable)) == breaches
    assert len(list(RULE.check(timetable))) == 1 + breaches  # and the notice


def test_letter_a_is_left_to_the_rest_rule() -> None:
    evening = duty("2027-02-02 15:00", "23:00", EVENING)
    assert not verify(RULE, worked_by(KARI, MONDAY_NIGHT, evening))


@pytest.mark.parametrize(("start", "breaches"), [("19:59", 1), ("20:00", 0)])
def test_the_municipality_may_give_twelve_hours(start: str, breaches: int) -> None:
    later = session(start)
    rule = PracticeAfterNight(free_after_onsite_night=12)
    assert len(verify(rule, worked_by(KARI, MONDAY_NIGHT, later))) == breaches


@pytest.mark.parametrize(
    ("pattern", "closed"),
    [
        (HOME, False),
        (replace(HOME, duty_class=2), False),
        (replace(HOME, duty_class=3), True),
        (replace(NIGHT, duty_class=1), True),
    ],
)
def test_home_duty_closes_only_in_class_three_and_four(pattern: ShiftPattern, closed: bool) -> None:
    night = duty("2027-02-01 23:00", "2027-02-02 08:00", pattern)
    assert len(notices(RULE, worked_by(KARI, night))) == closed
    assert len(verify(RULE, worked_by(KARI, night, session("12:00")))) == closed


@pytest.mark.parametrize(("end", "closed"), [("01:59", 0), ("02:00", 1)])
def test_three_hours_after_eleven_make_a_night(end: str, closed: int) -> None:
    late = duty("2027-02-01 16:00", f"2027-02-02 {end}", EVENING)
    assert len(notices(RULE, worked_by(KARI, late))) == closed
    assert len(verify(RULE, worked_by(KARI, late, session("08:00")))) == closed


def test_clock_changes_count_real_hours() -> None:
    spring = duty("2027-03-27 17:00", "2027-03-28 01:30", replace(NIGHT, id="sen"))
    spring = replace(spring, interval=span("2027-03-27 17:00", "2027-03-28 02:00"))
    early = duty("2027-03-28 10:59", "12:00", NURSING_HOME)
    late = duty("2027-03-28 11:00", "12:00", NURSING_HOME)
    assert len(verify(RULE, worked_by(KARI, spring, early))) == 1
    assert not verify(RULE, worked_by(KARI, spring, late))
    autumn = duty("2027-10-30 17:00", "2027-10-31 02:00", NIGHT)
    more: dict[str, Any] = {"last_day": date(2027, 12, 31)}
    early = duty("2027-10-31 08:59", "12:00", NURSING_HOME)
    late = duty("2027-10-31 09:00", "12:00", NURSING_HOME)
    assert len(verify(RULE, worked_by(KARI, autumn, early, **more))) == 1
    assert not verify(RULE, worked_by(KARI, autumn, late, **more))


def test_no_notice_where_the_practice_is_not_open() -> None:
    friday = duty("2027-02-05 23:00", "2027-02-06 08:00", NIGHT)
    assert not notices(RULE, worked_by(KARI, friday))
    assert not notices(RULE, worked_by(doctor("Kari"), MONDAY_NIGHT))
    away = (Absence("kari", span("2027-02-02 08:00", "16:00"), AbsenceKind.COURSE),)
    assert not notices(RULE, worked_by(KARI, MONDAY_NIGHT, absences=away))
    [case] = notices(
        RULE,
        worked_by(
            KARI,
            MONDAY_NIGHT,
            absences=(
                Absence("kari", span("2027-02-02 10:00", "12:00"), AbsenceKind.COURSE),
                Absence("kari", span("2027-02-02 11:00", "13:00"), AbsenceKind.OTHER),
            ),
        ),
    )
    assert case.measured == 5


def test_a_session_that_begins_during_the_night_leaves_no_time_at_all() -> None:
    [case] = verify(RULE, worked_by(KARI, MONDAY_NIGHT, session("07:00")))
    assert (case.measured, case.limit, case.margin) == (0, 8, -9)


def test_each_of_two_breaches_is_named() -> None:
    first, second = session("09:00", "2027-02-02 11:00"), session("12:00", "2027-02-02 14:00")
    found = verify(RULE, worked_by(KARI, MONDAY_NIGHT, first, second))
    assert [case.duties for case in found] == [
        (MONDAY_NIGHT.id, first.id),
        (MONDAY_NIGHT.id, second.id),
    ]


def test_former_roster_counts_at_the_boundary() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 2), "tail": [(KARI, MONDAY_NIGHT)]}
    assert len(verify(RULE, worked_by(KARI, session("12:00"), **more))) == 1
    assert not verify(RULE, worked_by(KARI, session("16:00"), **more))
    timetable = worked_by(KARI, **more)
    assert not notices(RULE, timetable)  # told with the former roster
    assert [c.minutes for c in closures(timetable, KARI, 8)] == [480]
    history = [(KARI, MONDAY_NIGHT), (KARI, session("12:00"))]
    assert not verify(RULE, worked_by(KARI, first_day=date(2027, 2, 4), tail=history))


def test_one_night_of_the_former_roster_may_end_sooner_for_one_than_for_another() -> None:
    sooner = duty("2027-02-01 23:00", "2027-02-02 04:00", NIGHT)
    assert sooner.id == MONDAY_NIGHT.id
    day = session("12:00")
    more: dict[str, Any] = {"first_day": date(2027, 2, 2)}
    for nights in ((sooner, MONDAY_NIGHT), (MONDAY_NIGHT, sooner)):
        past = list(zip((KARI, OLA), nights, strict=True))
        plan = problem([KARI, OLA], [day], tail=past, **more)
        for who, night in past:
            assert len(verify(RULE, roster(plan, {who.id: [day]}))) == (night is MONDAY_NIGHT)


@pytest.mark.parametrize("former", [1, 2])  # whether the second one is of the former roster too
def test_nights_that_share_an_id_have_each_its_own_closure(former: int) -> None:
    parts = [
        duty("2027-02-01 20:00", "2027-02-02 02:00", NIGHT, id="natt/2027-02-01"),
        duty("2027-02-02 03:00", "2027-02-02 09:00", NIGHT, id="natt/2027-02-01"),
    ]
    tail = [(KARI, part) for part in parts[:former]]
    timetable = worked_by(KARI, *parts[former:], first_day=date(2027, 2, 2), tail=tail)
    for _ in range(2):  # the second time from what was kept
        found = closures(timetable, KARI, 8)
        assert [(own.night, own.minutes) for own in found] == [(parts[0], 120), (parts[1], 420)]
        assert [own.interval.start for own in found] == [part.end for part in parts]


def test_one_session_of_the_former_roster_may_end_later_for_one_than_for_another() -> None:
    night = duty("2027-02-02 00:00", "2027-02-02 06:00", NIGHT)
    before, into = (
        duty("2027-02-01 23:00", f"2027-02-02 {end}", NURSING_HOME) for end in ("00:00", "07:00")
    )
    assert before.id == into.id
    for sessions in ((before, into), (into, before)):
        past = list(zip((KARI, OLA), sessions, strict=True))
        plan = problem([KARI, OLA], [night], tail=past, first_day=date(2027, 2, 2))
        for who, own in past:
            assert len(verify(RULE, roster(plan, {who.id: [night]}))) == (own is into)


def test_a_session_of_the_former_roster_that_outlasts_the_night() -> None:
    long = duty("2027-02-01 12:00", "2027-02-02 12:00", NURSING_HOME)
    timetable = worked_by(KARI, MONDAY_NIGHT, tail=[(KARI, long)], first_day=date(2027, 2, 1))
    assert len(verify(RULE, timetable)) == 1


def test_another_doctor_is_not_affected() -> None:
    day = session("12:00")
    both = problem([KARI, OLA], [MONDAY_NIGHT, day])
    assert not verify(RULE, roster(both, {"kari": [MONDAY_NIGHT], "ola": [day]}))


def test_sentence() -> None:
    timetable = worked_by(KARI, MONDAY_NIGHT, session("12:00", "2027-02-02 15:00"))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har Sykehjem tirsdag 2. februar 2027 kl. 12:00–15:00 4 timer etter natt mandag "
        "1. februar 2027 kl. 23:00–08:00; kravet er 8 timer "
        "(SFS 2305 pkt. 7.4; må bekreftes av kommunen)."
    )


def test_kept_cases_show_the_margin() -> None:
    timetable = worked_by(KARI, MONDAY_NIGHT, session("17:30"))
    assert [c.margin for c in RULE.check(timetable) if c.outcome is Outcome.KEPT] == [1.5]
    for start, listed in (("23:59", 1), ("2027-02-03 00:00", 0)):
        late = duty(f"2027-02-02 {start}"[-16:], "2027-02-03 12:00", NURSING_HOME)
        found = RULE.check(worked_by(KARI, MONDAY_NIGHT, late))
        assert len([c for c in found if c.outcome is Outcome.KEPT]) == listed


@given(
    st.lists(st.sampled_from([-600, -60, -1, 0, 1, 479, 480, 481, 719, 720, 721]), max_size=4),
    st.sampled_from([8, 12]),
    st.booleans(),
)
def test_encoder_and_checker_agree_at_the_limit(gaps: list[int], free: int, past: bool) -> None:
    end = utc("2027-02-02 08:00")
    later = []
    for number, gap in enumerate(gaps):
        start = end + timedelta(minutes=gap)
        kind = (NURSING_HOME, DAYTIME, EVENING)[number % 3]
        later.append(Duty(f"d{number}", kind, Interval(start, start + timedelta(hours=2))))
    rule = PracticeAfterNight(free_after_onsite_night=free)
    if past:
        verify(rule, worked_by(KARI, *later, tail=[(KARI, MONDAY_NIGHT)]))
    else:
        verify(rule, worked_by(KARI, MONDAY_NIGHT, *later))
