"""Arbeidsmiljøloven §§ 10-4 and 10-5 (W-01, W-02): ordinary hours of employed day work."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.ordinary_hours import OrdinaryHours
from scheduler.domain.doctor import Absence, AbsenceKind, Employment, OpeningHours
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval, local_day
from tests.support import (
    DAYTIME,
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

RULE = OrdinaryHours(applies="employed")
ALL = OrdinaryHours(applies="all")
OPEN = tuple(OpeningHours(day, time(8), time(15, 30)) for day in range(5))  # 7.5 h, 37.5 h
KARI = doctor("Kari", opening_hours=OPEN, employment=Employment.EMPLOYED)
OLA = doctor("Ola", opening_hours=OPEN)


def session(start: str, end: str) -> Duty:
    return duty(start, end, NURSING_HOME)


@pytest.mark.parametrize(("end", "breaches"), [("17:00", 0), ("17:01", 1)])
def test_nine_hours_a_day_are_allowed_and_a_minute_more_is_not(end: str, breaches: int) -> None:
    assert len(verify(RULE, worked_by(KARI, session("2027-02-02 15:30", end)))) == breaches


@pytest.mark.parametrize(("end", "breaches"), [("16:30", 0), ("16:31", 1)])
def test_forty_hours_a_week_are_allowed_and_a_minute_more_is_not(end: str, breaches: int) -> None:
    work = [session("2027-02-02 15:30", "17:00"), session("2027-02-04 15:30", end)]
    assert len(verify(RULE, worked_by(KARI, *work))) == breaches


@pytest.mark.parametrize(
    ("start", "end"),
    [("2027-03-28 00:00", "2027-03-28 10:00"), ("2026-10-25 00:00", "2026-10-25 08:00")],
)
def test_clock_change_is_real_time(start: str, end: str) -> None:
    years = {"first_day": date(2026, 10, 1), "last_day": date(2027, 6, 30)}
    rule = OrdinaryHours(applies="employed", max_week=54)
    assert not verify(rule, worked_by(KARI, session(start, end), **years))
    longer = session(start, end[:-1] + "1")
    assert len(verify(rule, worked_by(KARI, longer, **years))) == 1


def test_session_over_midnight_counts_on_both_days() -> None:
    rule = OrdinaryHours(applies="employed", max_week=54)
    for end, days in (("09:00", []), ("09:01", [date(2027, 2, 7)])):
        weekend = session("2027-02-06 23:00", f"2027-02-07 {end}")
        found = verify(rule, worked_by(KARI, weekend))
        assert [local_day(case.when.start) for case in found if case.when] == days


def test_long_opening_hours_leave_no_room_but_are_no_breach_by_themselves() -> None:
    long = tuple(OpeningHours(day, time(8), time(18)) for day in range(2))
    busy = doctor("Kari", opening_hours=long, employment=Employment.EMPLOYED)
    assert not verify(RULE, worked_by(busy, session("2027-02-02 08:00", "18:00")))
    [case] = verify(RULE, worked_by(busy, session("2027-02-02 18:00", "18:01")))
    assert (case.limit, case.margin) == (9, 9 - 601 / 60)


def test_session_in_opening_hours_adds_nothing() -> None:
    assert not verify(RULE, worked_by(KARI, session("2027-02-02 08:00", "15:30")))


def test_legevakt_is_no_ordinary_work() -> None:
    night = duty("2027-02-02 16:00", "2027-02-03 08:00", NIGHT)
    daytime = duty("2027-02-04 07:00", "20:00", DAYTIME)
    assert not list(RULE.check(worked_by(KARI, night, daytime)))
    assert not verify(RULE, worked_by(KARI, night, daytime))


def test_absence_makes_room() -> None:
    away = Absence("kari", span("2027-02-02 08:00", "09:00"), AbsenceKind.OTHER)
    late = session("2027-02-02 15:30", "18:00")
    assert not verify(RULE, worked_by(KARI, late, absences=(away,)))


def test_self_employed_are_left_alone_or_warned() -> None:
    timetable = worked_by(OLA, session("2027-02-02 15:30", "17:01"))
    assert not list(RULE.check(timetable))
    assert not verify(ALL, timetable)
    assert len(exceptions(ALL, timetable)) == 1
    assert cost(ALL, timetable) == (100,)


def test_off_by_default() -> None:
    timetable = worked_by(KARI, session("2027-02-02 15:30", "20:00"))
    assert not list(OrdinaryHours().check(timetable))
    assert not verify(OrdinaryHours(), timetable)


def test_two_days_are_both_named() -> None:
    work = [session("2027-02-02 15:30", "17:01"), session("2027-02-09 15:30", "17:01")]
    found = verify(RULE, worked_by(KARI, *work))
    assert [case.duties for case in found] == [(work[0].id,), (work[1].id,)]


def test_former_roster_counts_in_the_week_of_the_boundary() -> None:
    past = [(KARI, session("2027-02-02 15:30", "17:00"))]
    first = {"first_day": date(2027, 2, 3), "tail": past}
    assert not verify(RULE, worked_by(KARI, session("2027-02-04 15:30", "16:30"), **first))
    [case] = verify(RULE, worked_by(KARI, session("2027-02-04 15:30", "16:31"), **first))
    assert case.duties[0] == past[0][1].id


def test_another_doctor_takes_the_rest() -> None:
    work = [session("2027-02-02 15:30", "17:00"), session("2027-02-02 17:00", "18:00")]
    both = problem([KARI, OLA], work)
    assert not verify(RULE, roster(both, {"kari": work[:1], "ola": work[1:]}))


def test_averaging_may_be_agreed() -> None:
    timetable = worked_by(KARI, session("2027-02-02 15:30", "18:00"))
    assert not verify(OrdinaryHours(applies="employed", max_day=10), timetable)


def test_sentences() -> None:
    work = [session("2027-02-02 15:30", "17:30"), session("2027-02-04 15:30", "16:30")]
    timetable = worked_by(KARI, *work)
    week, day = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, day) == (
        "Kari har 9,5 timer alminnelig arbeidstid tirsdag 2. februar 2027; grensen er 9 timer "
        "(arbeidsmiljøloven § 10-4 første ledd; må bekreftes av kommunen)."
    )
    assert RULE.explain(timetable.problem, week) == (
        "Kari har 40,5 timer alminnelig arbeidstid i uke 5 (2027); grensen er 40 timer "
        "(arbeidsmiljøloven § 10-4 første ledd; må bekreftes av kommunen)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 13), st.sampled_from([1, 59, 60, 89, 90, 91, 540, 541])),
        max_size=8,
    ),
    st.sampled_from([KARI, OLA]),
)
def test_encoder_and_checker_agree_at_the_limit(pieces: list[tuple[int, int]], who: object) -> None:
    duties = []
    for number, (day, minutes) in enumerate(pieces):
        start = span(f"{date(2027, 2, 1) + timedelta(days=day)} 15:30", "17:00").start
        end = start + timedelta(minutes=minutes)
        duties.append(Duty(f"d{number}", NURSING_HOME, Interval(start, end)))
    timetable = worked_by(who, *duties)  # type: ignore[arg-type]
    if not verify(ALL, timetable):
        exceptions(ALL, timetable)
