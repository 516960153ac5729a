"""Legevakttimer per uke (S-13, a claim and never law)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.weekly_presence import WeeklyPresence
from scheduler.domain.doctor import Employment
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
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
    verify,
    worked_by,
)

RULE = WeeklyPresence()
KARI = doctor("Kari")
OLA = doctor("Ola")
FOUR_WEEKS: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 28)}
SATURDAY = duty("2027-02-06 08:00", "20:00")


@pytest.mark.parametrize(("end", "breaches"), [("20:00", 0), ("20:01", 1)])
def test_24_hours_on_site_are_allowed_and_a_minute_more_is_not(end: str, breaches: int) -> None:
    timetable = worked_by(KARI, SATURDAY, duty("2027-02-07 08:00", end))
    assert len(verify(RULE, timetable)) == breaches


@pytest.mark.parametrize(("end", "found"), [("12:00", 0), ("12:01", 1)])
def test_seven_hours_a_week_are_the_target(end: str, found: int) -> None:
    late = duty("2027-02-20 08:00", "20:00")
    work = [SATURDAY, late, duty("2027-02-27 08:00", end)]
    not_taken = duty("2027-02-13 08:00", "20:00")
    timetable = roster(problem([KARI], [*work, not_taken], **FOUR_WEEKS), {"kari": work})
    assert len(exceptions(RULE, timetable)) == found


@pytest.mark.parametrize(("hours", "found"), [(112, 0), (113, 1)])
def test_four_hours_at_home_weigh_as_one(hours: int, found: int) -> None:
    start = span("2027-02-01 16:00", "17:00").start
    home = Duty("h", HOME, Interval(start, start + timedelta(hours=hours)))
    assert len(exceptions(RULE, worked_by(KARI, home, **FOUR_WEEKS))) == found


@pytest.mark.parametrize(("minutes", "found"), [(1542, 0), (1543, 1)])
def test_the_mean_is_compared_to_the_smallest_part(minutes: int, found: int) -> None:
    # Nine hours a week are 1542.86 minutes at home in five days.
    start = span("2027-02-01 16:00", "17:00").start
    home = Duty("h", HOME, Interval(start, start + timedelta(minutes=minutes)))
    five_days: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 5)}
    timetable = worked_by(KARI, home, **five_days)
    assert len(exceptions(WeeklyPresence(presence_target=9), timetable)) == found


def test_one_gp_alone_may_have_home_duty_for_a_whole_week() -> None:
    week = duty("2027-02-01 00:00", "2027-02-08 00:00", HOME)
    timetable = worked_by(KARI, week)
    assert not verify(RULE, timetable)
    assert [
        case.measured for case in verify(WeeklyPresence(home_counts_in_limit=True), timetable)
    ] == [42]


@pytest.mark.parametrize(("end", "breaches"), [("16:00", 0), ("16:01", 1)])
def test_96_hours_at_home_are_24_where_home_duty_counts(end: str, breaches: int) -> None:
    home = duty("2027-02-01 16:00", f"2027-02-05 {end}", HOME)
    rule = WeeklyPresence(home_counts_in_limit=True)
    assert len(verify(rule, worked_by(KARI, home))) == breaches


def test_price_rises_with_the_mean() -> None:
    week = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 7)}
    prices = [
        sum(cost(RULE, worked_by(KARI, duty("2027-02-06 08:00", end), **week)))
        for end in ("15:00", "15:01", "17:00", "17:01")
    ]
    assert prices == [0, 100, 100, 200]


def test_clock_change_is_real_time() -> None:
    night = duty("2027-03-27 16:00", "2027-03-28 08:00", NIGHT)  # 15 hours
    assert not verify(RULE, worked_by(KARI, night, duty("2027-03-23 14:00", "23:00")))
    assert verify(RULE, worked_by(KARI, night, duty("2027-03-23 13:59", "23:00")))


def test_duty_across_monday_midnight_is_split() -> None:
    night = duty("2027-02-07 20:00", "2027-02-08 08:00", NIGHT)
    other = duty("2027-02-03 03:00", "23:00", NIGHT)
    assert not verify(RULE, worked_by(KARI, night, other))
    assert verify(RULE, worked_by(KARI, night, duty("2027-02-03 02:59", "23:00", NIGHT)))


def test_sessions_and_daytime_duty_do_not_count() -> None:
    sunday = duty("2027-02-07 08:00", "20:00")
    session = duty("2027-02-03 08:00", "15:00", NURSING_HOME)
    daytime = duty("2027-02-04 08:00", "15:00", DAYTIME)
    assert not verify(RULE, worked_by(KARI, SATURDAY, sunday, session, daytime))


NOT_GPS = [Employment.HIRED, Employment.LIS1]
GPS = [Employment.SELF_EMPLOYED, Employment.EMPLOYED, Employment.LOCUM]


@pytest.mark.parametrize("employment", NOT_GPS)
def test_the_limit_of_the_week_is_for_gps(employment: Employment) -> None:
    ola = doctor("Ola", employment=employment)
    timetable = worked_by(ola, SATURDAY, duty("2027-02-07 08:00", "23:00"))
    assert not verify(RULE, timetable)
    assert all(not case.fact("week") for case in RULE.check(timetable))


@pytest.mark.parametrize("employment", NOT_GPS)
@pytest.mark.parametrize(("hours", "found"), [(112, 0), (113, 1)])
def test_the_target_is_for_every_doctor(employment: Employment, hours: int, found: int) -> None:
    ola = doctor("Ola", employment=employment)
    start = span("2027-02-01 16:00", "17:00").start
    home = Duty("h", HOME, Interval(start, start + timedelta(hours=hours)))
    timetable = worked_by(ola, home, **FOUR_WEEKS)
    assert len(exceptions(RULE, timetable)) == found
    assert not exceptions(WeeklyPresence(mean_counts="gps"), timetable)


@pytest.mark.parametrize("counts", ["all", "gps"])
@pytest.mark.parametrize("employment", GPS)
def test_the_target_is_for_gps_in_any_case(employment: Employment, counts: str) -> None:
    ola = doctor("Ola", employment=employment)
    sunday = duty("2027-02-07 08:00", "23:00")
    timetable = worked_by(ola, SATURDAY, sunday, last_day=date(2027, 2, 14))
    rule = WeeklyPresence(mean_counts=counts, presence_target=3)
    assert len(exceptions(rule, timetable)) == 1
    assert len(verify(rule, timetable)) == 1


def test_a_hired_doctor_is_not_given_what_the_gps_are_spared() -> None:
    hired = doctor("Ola", employment=Employment.HIRED)
    week: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 7)}
    work = [duty(f"2027-02-0{day} 16:00", "23:00") for day in (1, 3)]
    both = problem([KARI, hired], work, **week)
    shared = sum(cost(RULE, roster(both, {"kari": work[:1], "ola": work[1:]})))
    heaped = sum(cost(RULE, roster(both, {"ola": work})))
    assert shared == 0
    assert heaped == 400


def test_two_weeks_are_both_named() -> None:
    work = [duty(f"2027-02-{day:02} 08:00", "23:00") for day in (6, 7, 13, 14)]
    found = verify(RULE, worked_by(KARI, *work))
    assert [case.fact("week") for case in found] == ["uke 5 (2027)", "uke 6 (2027)"]


def test_former_roster_counts_in_the_week_of_the_boundary_only() -> None:
    sunday = {"first_day": date(2027, 2, 7), "tail": [(KARI, SATURDAY)]}
    assert not verify(RULE, worked_by(KARI, duty("2027-02-07 08:00", "20:00"), **sunday))
    [case] = verify(RULE, worked_by(KARI, duty("2027-02-07 08:00", "20:01"), **sunday))
    assert case.duties[0] == SATURDAY.id
    one_day = {**sunday, "last_day": date(2027, 2, 13)}
    assert not exceptions(RULE, worked_by(KARI, duty("2027-02-07 08:00", "15:00"), **one_day))


def test_another_doctor_is_not_affected() -> None:
    sunday = duty("2027-02-07 08:00", "23:00")
    both = problem([KARI, OLA], [SATURDAY, sunday])
    assert not verify(RULE, roster(both, {"kari": [SATURDAY], "ola": [sunday]}))


def test_the_municipality_may_set_other_hours() -> None:
    timetable = worked_by(KARI, SATURDAY, **FOUR_WEEKS)
    assert len(verify(WeeklyPresence(max_week_presence=11), timetable)) == 1
    assert len(exceptions(WeeklyPresence(presence_target=2), timetable)) == 1


def test_sentences() -> None:
    timetable = worked_by(KARI, SATURDAY, duty("2027-02-07 08:00", "21:00"), **FOUR_WEEKS)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 25 timer tilstedevakt i uke 5 (2027); grensen for fastleger er 24 timer "
        "(kommunens grense for legevakttimer)."
    )
    timetable = worked_by(KARI, SATURDAY, first_day=date(2027, 2, 1), last_day=date(2027, 2, 7))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har i snitt 12 timer legevakt i uka, når 4 timer hjemmevakt regnes som én; målet "
        "er høyst 7 timer (kommunens grense for legevakttimer)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 13),
            st.sampled_from([60, 419, 420, 421, 720, 1440, 1680]),
            st.sampled_from([EVENING, HOME, DAYTIME, NURSING_HOME]),
            st.booleans(),
        ),
        max_size=8,
    ),
    st.booleans(),
    st.sampled_from(Employment),
    st.sampled_from(["all", "gps"]),
)
def test_encoder_and_checker_agree(
    pieces: list[tuple[int, int, object, bool]], home: bool, employment: Employment, counts: str
) -> None:
    duties = []
    for number, (day, minutes, kind, _) in enumerate(pieces):
        start = span(f"{date(2027, 2, 1) + timedelta(days=day)} 16:00", "17:00").start
        end = start + timedelta(minutes=minutes)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))  # type: ignore[arg-type]
    two: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    worked = [d for d, piece in zip(duties, pieces, strict=True) if piece[3]]
    kari = doctor("Kari", employment=employment)
    timetable = roster(problem([kari], duties, **two), {"kari": worked})
    rule = WeeklyPresence(home_counts_in_limit=home, mean_counts=counts)
    if not verify(rule, timetable):
        exceptions(rule, timetable)
