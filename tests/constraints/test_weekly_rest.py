"""Ukentlig fri (W-05 as policy): 35 hours wanted, 28 demanded, in each ISO week."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.weekly_rest import WeeklyRest
from scheduler.domain.doctor import Absence, AbsenceKind, OpeningHours
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import (
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
    utc,
    verify,
    worked_by,
)

RULE = WeeklyRest()
OPEN = tuple(OpeningHours(day, time(8), time(15, 30)) for day in range(5))
KARI = doctor("Kari", opening_hours=OPEN)
OLA = doctor("Ola", opening_hours=OPEN)
# Week 5 of 2027 is Monday 1 to Sunday 7 February.
SATURDAY = duty("2027-02-06 08:00", "23:00")


@pytest.mark.parametrize(("start", "breaches"), [("03:00", 0), ("02:59", 1)])
def test_28_hours_are_enough_and_a_minute_less_is_not(start: str, breaches: int) -> None:
    saturday, sunday = duty("2027-02-05 16:00", "23:00"), duty(f"2027-02-07 {start}", "20:00")
    found = verify(RULE, worked_by(KARI, saturday, sunday))
    assert len(found) == breaches


@pytest.mark.parametrize(("end", "found"), [("21:00", 0), ("21:01", 1)])
def test_35_hours_are_the_target(end: str, found: int) -> None:
    # From Saturday evening to Monday 08:00, which runs on into the next week.
    timetable = worked_by(KARI, duty("2027-02-06 08:00", end))
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == found
    assert sum(cost(RULE, timetable)) == 100 * found
    kept = [case.margin for case in RULE.check(timetable) if case.fact("week") == "uke 5 (2027)"]
    assert kept == [0 if not found else pytest.approx(-1 / 60)]


def test_a_demand_above_the_target_is_still_a_demand() -> None:
    # From Saturday evening to Monday 08:00: a minute less than 35 hours.
    timetable = worked_by(KARI, duty("2027-02-06 08:00", "21:01"))
    assert len(verify(WeeklyRest(weekly_rest_target=28, weekly_rest=35), timetable)) == 1


def test_rest_is_followed_two_days_into_the_next_week() -> None:
    who = doctor("Kari")  # no practice
    monday = worked_by(who, duty("2027-02-01 08:00", "15:00"))
    [case] = [c for c in RULE.check(monday) if c.fact("week") == "uke 5 (2027)"]
    assert (case.outcome, case.measured) == (Outcome.KEPT, 9 + 6 * 24 + 48)


@pytest.mark.parametrize(("end", "breaches"), [("04:00", 1), ("04:01", 0)])
def test_the_period_may_not_take_the_last_28_hours(end: str, breaches: int) -> None:
    # Of what the former roster left there were just 28 hours until Monday, or a minute less.
    tail = [(KARI, duty("2027-02-06 08:00", f"2027-02-07 {end}"))]
    sunday = duty("2027-02-07 20:00", "20:01")
    timetable = worked_by(KARI, sunday, tail=tail, first_day=date(2027, 2, 7))
    assert len(verify(RULE, timetable)) == breaches


@pytest.mark.parametrize(("end", "found"), [("21:00", 1), ("21:01", 0)])
def test_the_period_pays_for_taking_the_last_35_hours(end: str, found: int) -> None:
    tail = [(KARI, duty("2027-02-06 08:00", end))]
    monday = duty("2027-02-08 01:01", "02:00")
    timetable = worked_by(KARI, monday, tail=tail, first_day=date(2027, 2, 8))
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == found


def test_rest_that_begins_at_midnight_after_sunday_belongs_to_the_next_week() -> None:
    who = doctor("Kari")  # no practice
    work = [duty(f"2027-02-{day:02} 07:00", f"2027-02-{day + 1:02} 00:00") for day in range(1, 8)]
    [case] = verify(RULE, worked_by(who, *work, duty("2027-02-09 12:00", "20:00")))
    assert case.fact("week") == "uke 5 (2027)"


def test_weekend_of_two_days_is_a_breach() -> None:
    sunday = duty("2027-02-07 08:00", "23:00")
    [case] = verify(RULE, worked_by(KARI, SATURDAY, sunday))
    assert (case.duties, case.measured) == ((SATURDAY.id, sunday.id), 16.5)


def test_the_constraint_names_the_duties_that_end_the_rest() -> None:
    evening, sunday = duty("2027-02-03 16:00", "20:00"), duty("2027-02-07 08:00", "23:00")
    draft = Draft(problem([KARI], [evening, SATURDAY, sunday]), [RULE])
    assert [reason.duties for reason in draft.reasons] == [(SATURDAY.id, sunday.id)]


def test_two_weeks_without_rest_are_both_named() -> None:
    work = [duty(f"2027-02-{day:02} 08:00", "23:00") for day in (6, 7, 13, 14)]
    found = verify(RULE, worked_by(KARI, *work))
    assert [case.fact("week") for case in found] == ["uke 5 (2027)", "uke 6 (2027)"]


@pytest.mark.parametrize(
    ("saturday", "sunday", "breaches"),
    [
        # Free from Saturday to Sunday 23:00: the clock shows 28 and 29 hours, it is 27 and 28.
        ("2026-03-28 19:00", "2026-03-29 23:00", 1),
        ("2026-03-28 18:00", "2026-03-29 23:00", 0),
        # The clock shows 27 hours and 26:59, it is 28 and 27:59.
        ("2026-10-24 20:00", "2026-10-25 23:00", 0),
        ("2026-10-24 20:01", "2026-10-25 23:00", 1),
    ],
)
def test_clock_change_is_real_time(saturday: str, sunday: str, breaches: int) -> None:
    late = duty(f"{saturday[:10]} 08:00", saturday)
    night = Duty("natt", NIGHT, Interval(utc(sunday), utc(sunday) + timedelta(hours=9)))
    timetable = worked_by(
        KARI, late, night, first_day=date(2026, 3, 1), last_day=date(2026, 12, 31)
    )
    assert len(verify(RULE, timetable)) == breaches


def test_the_practice_alone_is_no_case() -> None:
    assert not list(RULE.check(worked_by(KARI)))


def test_practice_is_left_out_where_the_municipality_says_so() -> None:
    sunday = duty("2027-02-07 08:00", "23:00")
    assert not verify(WeeklyRest(practice_is_work=False), worked_by(KARI, SATURDAY, sunday))


def test_absence_is_free_time() -> None:
    away = Absence("kari", span("2027-02-02 00:00", "2027-02-03 00:00"), AbsenceKind.COURSE)
    sunday = duty("2027-02-07 08:00", "23:00")
    assert not verify(RULE, worked_by(KARI, SATURDAY, sunday, absences=(away,)))


def test_session_is_work() -> None:
    session = duty("2027-02-07 08:00", "23:00", NURSING_HOME)
    assert len(verify(RULE, worked_by(KARI, SATURDAY, session))) == 1


def test_home_duty_for_a_week_is_rest() -> None:
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME)
    assert not list(RULE.check(worked_by(KARI, week)))
    assert verify(WeeklyRest(rest_counts_home_duty="none"), worked_by(KARI, week))


def test_night_that_begins_the_week_ends_the_rest_of_the_week_before() -> None:
    who = doctor("Kari")  # no practice
    work = [duty(f"2027-02-{day:02} 07:00", f"2027-02-{day + 1:02} 00:00") for day in range(1, 8)]
    monday = duty("2027-02-09 03:59", "12:00")
    assert len(verify(RULE, worked_by(who, *work, monday))) == 1
    later = duty("2027-02-09 04:00", "12:00")
    assert not verify(RULE, worked_by(who, *work[:-1], duty("2027-02-07 07:00", "23:59"), later))


def test_last_week_of_the_former_roster_may_not_lose_its_rest() -> None:
    who = doctor("Kari")  # no practice
    tail = [(who, duty(f"2027-02-{d:02} 07:00", f"2027-02-{d:02} 23:00")) for d in range(1, 8)]
    later = {"first_day": date(2027, 2, 8), "tail": tail}
    assert not verify(RULE, worked_by(who, duty("2027-02-09 03:00", "12:00"), **later))
    assert len(verify(RULE, worked_by(who, duty("2027-02-09 02:59", "12:00"), **later))) == 1


def test_former_roster_counts_with_a_duty_of_the_period() -> None:
    sunday = duty("2027-02-07 08:00", "23:00")
    limits = {"first_day": date(2027, 2, 7)}
    [case] = verify(RULE, worked_by(KARI, sunday, tail=[(KARI, SATURDAY)], **limits))
    assert case.duties == (sunday.id,)


def test_former_roster_that_left_no_rest_is_not_judged() -> None:
    sunday = duty("2027-02-07 08:00", "20:00")
    late = duty("2027-02-07 22:00", "23:00")
    tail = [(KARI, SATURDAY), (KARI, sunday)]
    assert not list(RULE.check(worked_by(KARI, late, tail=tail, first_day=date(2027, 2, 7))))
    assert not verify(RULE, worked_by(KARI, late, tail=tail, first_day=date(2027, 2, 7)))


def test_another_doctor_is_not_affected() -> None:
    sunday = duty("2027-02-07 08:00", "23:00")
    both = problem([KARI, OLA], [SATURDAY, sunday])
    assert not verify(RULE, roster(both, {"kari": [SATURDAY], "ola": [sunday]}))


def test_the_municipality_may_set_other_hours() -> None:
    timetable = worked_by(KARI, SATURDAY)  # free from Saturday 23:00 to Monday 08:00: 33 hours
    assert len(verify(WeeklyRest(weekly_rest=34), timetable)) == 1
    assert not exceptions(WeeklyRest(weekly_rest_target=33), timetable)


def test_sentence() -> None:
    timetable = worked_by(KARI, SATURDAY, duty("2027-02-07 08:00", "23:00"))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har på det meste 16,5 timer sammenhengende fri som begynner i uke 5 (2027); "
        "kravet er 28 timer "
        "(kommunens grense for ukehvile, etter mønster av arbeidsmiljøloven § 10-8)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 60, 1679, 1680, 1681, 2099, 2100, 2101]), st.booleans()),
        min_size=2,
        max_size=9,
    ),
    st.sampled_from([EVENING, NURSING_HOME]),
    st.booleans(),
)
def test_encoder_and_checker_agree_at_the_limit(
    steps: list[tuple[int, bool]], kind: object, practice: bool
) -> None:
    who = KARI if practice else doctor("Kari")
    duties, end = [], utc("2027-02-01 00:00")
    for number, (gap, _) in enumerate(steps):
        start = end + timedelta(minutes=gap)
        end = start + timedelta(hours=20)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))  # type: ignore[arg-type]
    worked = [d for d, (_, works) in zip(duties, steps, strict=True) if works]
    timetable = roster(problem([who], duties), {"kari": worked})
    if not verify(RULE, timetable):
        exceptions(RULE, timetable)
