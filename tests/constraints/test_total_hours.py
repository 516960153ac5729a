"""Arbeidsmiljøloven § 10-6 (W-03): 13 hours in 24 and 48 a week in the mean; a price only."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.total_hours import TotalHours
from scheduler.domain.doctor import Employment, OpeningHours
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
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
    verify,
    worked_by,
)

RULE = TotalHours(applies="employed")
OPEN = tuple(OpeningHours(day, time(8), time(16)) for day in range(5))
KARI = doctor("Kari", opening_hours=OPEN, employment=Employment.EMPLOYED)
OLA = doctor("Ola", opening_hours=OPEN)
FREE = doctor("Kari", employment=Employment.EMPLOYED)
WEEK = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 7)}


@pytest.mark.parametrize(("end", "found"), [("21:00", 0), ("21:01", 1)])
def test_thirteen_hours_of_practice_and_shift_in_24(end: str, found: int) -> None:
    # On Friday: from Saturday morning on no practice follows.
    timetable = worked_by(KARI, duty("2027-02-05 16:00", end))
    assert len(exceptions(RULE, timetable)) == found


def test_practice_after_a_shift_is_in_the_same_24_hours() -> None:
    # Tuesday 08:00 to Wednesday 08:00, and Tuesday 16:00 to Wednesday 16:00.
    found = exceptions(RULE, worked_by(KARI, duty("2027-02-02 16:00", "21:01")))
    assert [case.measured for case in found] == [pytest.approx(13 + 1 / 60)] * 2


@pytest.mark.parametrize(("start", "found"), [("16:00", 0), ("15:59", 1)])
def test_24_hours_run_from_the_start_of_work(start: str, found: int) -> None:
    # Thirteen hours from Saturday 16:00; the next 24 begin on Sunday at 16:00.
    night = duty("2027-02-06 16:00", "2027-02-07 05:00", NIGHT)
    late = duty(f"2027-02-07 {start}", "20:00")
    assert len(exceptions(RULE, worked_by(FREE, night, late))) == found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2027-03-27 18:00", "2027-03-28 08:00", 0),
        ("2027-03-27 18:00", "2027-03-28 08:01", 1),
        ("2026-10-24 18:00", "2026-10-25 06:00", 0),
        ("2026-10-24 18:00", "2026-10-25 06:01", 1),
    ],
)
def test_clock_change_is_real_time(start: str, end: str, found: int) -> None:
    years = {"first_day": date(2026, 10, 1), "last_day": date(2027, 6, 30)}
    assert len(exceptions(RULE, worked_by(FREE, duty(start, end, NIGHT), **years))) == found


@pytest.mark.parametrize(("end", "found"), [("16:00", 0), ("16:01", 1)])
def test_mean_of_the_weeks(end: str, found: int) -> None:
    assert len(exceptions(RULE, worked_by(KARI, duty("2027-02-06 08:00", end), **WEEK))) == found


def test_night_closes_the_practice_and_home_duty_counts_a_seventh() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    found = exceptions(RULE, worked_by(KARI, night))
    assert [case.measured for case in found] == [17.0]  # from Tuesday 08:00 to Wednesday 08:00
    home = duty("2027-02-02 16:00", "2027-02-03 08:00", HOME)
    assert not exceptions(RULE, worked_by(KARI, home))


@pytest.mark.parametrize(("end", "found"), [("03:00", 0), ("03:01", 1)])
def test_seven_hours_at_home_are_an_hour(end: str, found: int) -> None:
    # Eight hours of practice, four on site and one hour for seven at home.
    shift = duty("2027-02-05 16:00", "20:00")
    home = duty("2027-02-05 20:00", f"2027-02-06 {end}", HOME)
    timetable = worked_by(KARI, shift, home)
    assert len(exceptions(RULE, timetable)) == found
    assert sum(cost(RULE, timetable)) == 100 * found


def test_earlier_work_does_not_hide_what_comes_later() -> None:
    harmless, long = duty("2027-02-02 16:00", "17:00"), duty("2027-02-05 16:00", "21:01")
    [case] = exceptions(RULE, worked_by(KARI, harmless, long))
    assert case.duties == (long.id,)


def test_a_minute_at_home_is_too_much_beside_a_long_practice() -> None:
    # Fourteen hours on Friday; and then fifty in the week.
    friday = (OpeningHours(4, time(8), time(22)),)
    minute = duty("2027-02-06 07:00", "07:01", HOME)
    long_day = doctor("Kari", opening_hours=friday, employment=Employment.EMPLOYED)
    [case] = exceptions(RULE, worked_by(long_day, minute))
    assert case.fact("weeks") == 0
    ten = tuple(OpeningHours(day, time(8), time(18)) for day in range(5))
    long_week = doctor("Kari", opening_hours=ten, employment=Employment.EMPLOYED)
    sunday = duty("2027-02-07 07:00", "07:01", HOME)
    [case] = exceptions(RULE, worked_by(long_week, sunday, **WEEK))
    assert case.fact("weeks") == 1


@pytest.mark.parametrize(("end", "found"), [("17:00", 0), ("17:01", 1)])
def test_the_mean_is_taken_over_eight_weeks(end: str, found: int) -> None:
    # Of nine weeks: 47 hours in the first, 48 in six, 49 in the eighth, none in the last.
    days = [date(2027, 2, 1) + timedelta(weeks=w, days=d) for w in range(8) for d in range(6)]
    work = [duty(f"{day} 08:00", "16:00") for day in days[1:-1]]
    work += [duty("2027-02-01 08:00", "15:00"), duty(f"{days[-1]} 08:00", end)]
    nine = {"first_day": date(2027, 2, 1), "last_day": date(2027, 4, 4)}
    assert len(exceptions(RULE, worked_by(FREE, *work, **nine))) == found


def test_each_run_of_weeks_has_its_price_once() -> None:
    rule = TotalHours(applies="employed", max_day=16, mean_weeks=2)
    work = [duty(f"2027-02-{day:02} 08:00", "22:00") for day in range(8, 15)]
    two = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    timetable = worked_by(FREE, *work, **two)
    [case] = exceptions(rule, timetable)
    assert (case.measured, case.limit, case.margin) == (49, 48, -1)
    assert case.fact("when") == "uke 5 (2027) til uke 6 (2027)"
    assert cost(rule, timetable) == (100,)


def test_session_counts() -> None:
    session = duty("2027-02-05 16:00", "21:01", NURSING_HOME)
    assert len(exceptions(RULE, worked_by(KARI, session))) == 1


def test_never_a_breach_and_off_by_default() -> None:
    timetable = worked_by(KARI, duty("2027-02-02 16:00", "23:00"))
    assert not verify(RULE, timetable)
    assert not list(TotalHours().check(timetable))
    assert not exceptions(TotalHours(), timetable)


def test_only_those_covered_are_judged() -> None:
    timetable = worked_by(OLA, duty("2027-02-05 16:00", "23:00"))
    assert not exceptions(RULE, timetable)
    assert len(exceptions(TotalHours(applies="all"), timetable)) == 1
    work = [duty("2027-02-02 16:00", "21:00"), duty("2027-02-02 21:00", "23:00")]
    both = problem([KARI, OLA], work)
    assert not exceptions(RULE, roster(both, {"kari": work[:1], "ola": work[1:]}))


def test_two_days_are_both_named() -> None:
    work = [duty("2027-02-05 16:00", "23:00"), duty("2027-02-12 16:00", "23:00")]
    found = exceptions(RULE, worked_by(KARI, *work))
    assert [case.duties for case in found] == [(work[0].id,), (work[1].id,)]


def test_former_roster_counts_but_not_by_itself() -> None:
    past = [(FREE, duty("2027-02-06 08:00", "22:00"))]
    sunday = {"first_day": date(2027, 2, 7), "tail": past}
    early = duty("2027-02-07 07:00", "07:01")
    [case] = exceptions(RULE, worked_by(FREE, early, **sunday))
    assert case.duties == (past[0][1].id, early.id)
    assert not exceptions(RULE, worked_by(FREE, duty("2027-02-07 08:00", "09:00"), **sunday))
    assert not exceptions(RULE, worked_by(FREE, **sunday))


def test_the_municipality_may_set_other_hours() -> None:
    timetable = worked_by(KARI, duty("2027-02-02 16:00", "23:00"))
    assert not exceptions(TotalHours(applies="employed", max_day=16), timetable)


def test_sentences() -> None:
    timetable = worked_by(KARI, duty("2027-02-05 16:00", "23:00"))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari arbeider 15 timer i løpet av 24 timer fra fredag 5. februar 2027 kl. 08:00; "
        "grensen er 13 timer (arbeidsmiljøloven § 10-6 åttende ledd; må bekreftes av kommunen)."
    )
    timetable = worked_by(KARI, duty("2027-02-06 08:00", "17:00"), **WEEK)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari arbeider i snitt 49 timer i uka i uke 5 (2027); "
        "grensen er 48 timer (arbeidsmiljøloven § 10-6 åttende ledd; må bekreftes av kommunen)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 8),
            st.sampled_from([0, 6, 16, 20, 23]),
            st.sampled_from([1, 299, 300, 301, 480, 780]),
            st.sampled_from([EVENING, NIGHT, HOME, NURSING_HOME]),
            st.booleans(),
        ),
        max_size=8,
    ),
    st.sampled_from([KARI, FREE]),
)
def test_encoder_and_checker_agree(
    pieces: list[tuple[int, int, int, object, bool]], who: object
) -> None:
    duties = []
    for number, (day, clock, minutes, kind, _) in enumerate(pieces):
        start = span(f"{date(2027, 2, 1) + timedelta(days=day)} {clock:02}:00", "23:59").start
        end = start + timedelta(minutes=minutes)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))  # type: ignore[arg-type]
    whole = problem([who], duties, first_day=date(2027, 2, 1), last_day=date(2027, 2, 14))  # type: ignore[list-item]
    worked = [d for d, piece in zip(duties, pieces, strict=True) if piece[4]]
    exceptions(TotalHours(applies="all", mean_weeks=1), roster(whole, {"kari": worked}))
