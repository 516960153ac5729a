"""Samlet ukebelastning (W-02, W-03 as policy). E19: nights of 8 and 10 hours in the load."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.weekly_load import WeeklyLoad
from scheduler.domain.doctor import Absence, AbsenceKind, OpeningHours
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.rule import Case
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

RULE = WeeklyLoad()
OPEN = tuple(OpeningHours(day, time(8), time(16)) for day in range(5))  # 40 hours
KARI = doctor("Kari", opening_hours=OPEN)
HIRED = doctor("Ola")
FEBRUARY: dict[str, Any] = {
    "first_day": date(2027, 2, 1),
    "last_day": date(2027, 3, 28),
}  # eight weeks


def hours_in(timetable: Timetable, week: str = "uke 5 (2027)") -> float | None:
    """What the checker measures in a single week."""
    [case] = [c for c in _weeks(timetable) if c.fact("weeks") == week]
    return case.measured


def _weeks(timetable: Timetable) -> list[Case]:
    return [c for c in RULE.check(timetable) if not c.fact("mean")]


@pytest.mark.parametrize(("end", "breaches"), [("22:00", 0), ("22:01", 1)])
def test_69_hours_are_allowed_and_a_minute_more_is_not(end: str, breaches: int) -> None:
    work = [
        duty("2027-02-02 16:00", "22:00"),
        duty("2027-02-04 16:00", "22:00"),
        duty("2027-02-06 08:00", "19:00"),
        duty("2027-02-03 16:00", end),
    ]
    found = verify(RULE, worked_by(KARI, *work))
    assert len(found) == breaches


@pytest.mark.parametrize(("end", "found"), [("16:00", 0), ("16:01", 1)])
def test_mean_of_48_hours_over_eight_weeks(end: str, found: int) -> None:
    # Eight hours beside forty in seven weeks and 24 in the last, whose Thursday and Friday are
    # red days: 384 hours, 48 in the mean.
    work = [duty(f"{date(2027, 2, 6) + timedelta(weeks=n)} 08:00", "16:00") for n in range(7)]
    work += [
        duty("2027-03-25 08:00", "16:00"),
        duty("2027-03-26 08:00", "16:00"),
        duty("2027-03-27 08:00", end),
    ]
    not_taken = duty("2027-02-13 18:00", "23:00")
    whole = problem([KARI], [*work, not_taken], **FEBRUARY)
    timetable = roster(whole, {"kari": work})
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == found


def test_price_rises_with_the_mean() -> None:
    short = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 7)}
    prices = []
    for last in ("15:00", "16:00", "16:01", "20:00", "20:01"):
        work = duty("2027-02-06 08:00", last)  # 7, 8, 8:01, 12 and 12:01 hours beside 40
        prices.append(sum(cost(RULE, worked_by(KARI, work, **short))))
    assert prices == [0, 0, 100, 100, 200]


@pytest.mark.parametrize(
    ("day", "next_day", "hours", "first"),
    [
        ("2027-03-27", "2027-03-28", 8, "uke 12 (2027)"),
        ("2026-10-24", "2026-10-25", 10, "uke 43 (2026)"),
    ],
)
def test_e19_night_of_the_clock_change_counts_in_real_time(
    day: str, next_day: str, hours: int, first: str
) -> None:
    night = duty(f"{day} 23:00", f"{next_day} 08:00", NIGHT)
    timetable = worked_by(HIRED, night, first_day=date(2026, 10, 1), last_day=date(2027, 6, 30))
    assert night.minutes == hours * 60
    assert hours_in(timetable, first) == hours


def test_session_and_daytime_duty_take_the_place_of_the_practice() -> None:
    session = duty("2027-02-02 14:00", "18:00", NURSING_HOME)
    assert hours_in(worked_by(KARI, session)) == 42
    daytime = duty("2027-02-02 07:00", "16:00", DAYTIME)
    assert hours_in(worked_by(KARI, daytime)) == 41


def test_night_on_site_closes_the_practice_for_eight_hours() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 07:00", NIGHT)
    assert hours_in(worked_by(KARI, night)) == 40 + 8 - 7
    late = duty("2027-02-02 16:00", "23:00")
    assert hours_in(worked_by(KARI, late)) == 47


def test_home_duty_counts_a_seventh_outside_the_practice() -> None:
    weekend = duty("2027-02-05 16:00", "2027-02-08 00:00", HOME)
    assert hours_in(worked_by(KARI, weekend)) == 48  # W-07: 56 hours are 8
    week = duty("2027-02-01 00:00", "2027-02-08 00:00", HOME)
    assert hours_in(worked_by(KARI, week)) == pytest.approx(40 + 128 / 7)


def test_absence_is_no_work() -> None:
    away = Absence("kari", span("2027-02-03 12:00", "2027-02-05 00:00"), AbsenceKind.HOLIDAY)
    timetable = worked_by(KARI, duty("2027-02-06 08:00", "16:00"), absences=(away,))
    assert hours_in(timetable) == 40 - 12 + 8


@pytest.mark.parametrize(
    ("day", "measured"),
    [
        ("2027-01-27", (48, 48)),  # in the week before the period
        ("2027-02-01", (40, 48)),
        ("2027-02-12", (48, 40)),
        ("2027-02-15", (48, 48)),  # in the week after it
    ],
)
def test_absence_counts_in_its_own_week(day: str, measured: tuple[int, int]) -> None:
    away = Absence("kari", span(f"{day} 00:00", "23:59"), AbsenceKind.COURSE)
    work = [duty(f"2027-02-{saturday} 08:00", "16:00") for saturday in ("06", "13")]
    two: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    timetable = worked_by(KARI, *work, absences=(away,), **two)
    assert (hours_in(timetable), hours_in(timetable, "uke 6 (2027)")) == measured


def test_duty_across_monday_midnight_is_split() -> None:
    night = duty("2027-02-07 22:00", "2027-02-08 06:00", NIGHT)
    timetable = worked_by(HIRED, night)
    assert (hours_in(timetable), hours_in(timetable, "uke 6 (2027)")) == (2, 6)


def test_practice_alone_is_never_a_breach_but_then_nothing_may_be_added() -> None:
    long = tuple(OpeningHours(day, time(6), time(20)) for day in range(5))
    busy = doctor("Kari", opening_hours=long)
    assert not verify(RULE, worked_by(busy))
    assert len(verify(RULE, worked_by(busy, duty("2027-02-06 08:00", "08:01")))) == 1
    inside = duty("2027-02-02 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, worked_by(busy, inside))
    assert not exceptions(RULE, worked_by(busy, inside))


def test_not_even_a_minute_at_home_may_be_added_to_a_practice_over_the_limit() -> None:
    long = tuple(OpeningHours(day, time(6), time(20)) for day in range(5))
    sunday = duty("2027-02-07 08:00", "08:01", HOME)
    assert len(verify(RULE, worked_by(doctor("Kari", opening_hours=long), sunday))) == 1


def test_a_minute_at_home_has_a_price_where_the_practice_is_over_the_target() -> None:
    ten = tuple(OpeningHours(day, time(8), time(18)) for day in range(5))
    week = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 7)}
    sunday = duty("2027-02-07 08:00", "08:01", HOME)
    [case] = exceptions(RULE, worked_by(doctor("Kari", opening_hours=ten), sunday, **week))
    assert (case.limit, case.fact("mean")) == (48, "")


@pytest.mark.parametrize(("end", "found"), [("18:00", 0), ("18:01", 1)])
def test_what_a_night_takes_from_the_practice_makes_room_in_another_week(
    end: str, found: int
) -> None:
    two: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    # Four hours early on Wednesday, which close the practice for its eight: 36 and 60 hours.
    early = duty("2027-02-03 04:00", "08:00", NIGHT)
    work = [duty("2027-02-13 08:00", "18:00"), duty("2027-02-14 08:00", end)]
    not_taken = duty("2027-02-06 08:00", "16:00")
    whole = problem([KARI], [early, *work, not_taken], **two)
    timetable = roster(whole, {"kari": [early, *work]})
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == found


def test_a_heavy_week_is_no_mean_by_itself() -> None:
    two = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    timetable = worked_by(KARI, duty("2027-02-13 08:00", "23:00"), **two)  # 40 and 55 hours
    assert not exceptions(RULE, timetable)
    assert [case.fact("mean") for case in RULE.check(timetable)] == ["", "snitt"]


@pytest.mark.parametrize(("end", "found"), [("17:00", 0), ("17:01", 1)])
def test_the_mean_is_taken_over_eight_weeks(end: str, found: int) -> None:
    # Of nine weeks: 47 hours in the first, 48 in six, 49 in the eighth, none in the last.
    days = [date(2027, 2, 1) + timedelta(weeks=w, days=d) for w in range(8) for d in range(6)]
    work = [duty(f"{day} 08:00", "16:00") for day in days[1:-1]]
    work += [duty("2027-02-01 08:00", "15:00"), duty(f"{days[-1]} 08:00", end)]
    nine = {"first_day": date(2027, 2, 1), "last_day": date(2027, 4, 4)}
    assert len(exceptions(RULE, worked_by(HIRED, *work, **nine))) == found


def test_two_weeks_are_both_named() -> None:
    work = [duty(f"2027-02-{day:02} 08:00", "23:00") for day in (6, 7, 13, 14)]
    found = verify(RULE, worked_by(KARI, *work))
    assert [(c.fact("weeks"), c.measured) for c in found] == [
        ("uke 5 (2027)", 70),
        ("uke 6 (2027)", 70),
    ]


def test_former_roster_counts_in_the_week_of_the_boundary() -> None:
    past = [(HIRED, duty("2027-02-02 08:00", "2027-02-04 20:00", NIGHT))]  # 60 hours
    first = {"first_day": date(2027, 2, 5), "tail": past}
    assert not verify(RULE, worked_by(HIRED, duty("2027-02-06 08:00", "17:00"), **first))
    [case] = verify(RULE, worked_by(HIRED, duty("2027-02-06 08:00", "17:01"), **first))
    assert case.duties[0] == past[0][1].id


def test_former_roster_of_another_takes_nothing_of_the_69_hours() -> None:
    past = [(HIRED, duty("2027-02-02 08:00", "18:00"))]
    work = [duty("2027-02-06 00:00", "2027-02-07 00:00"), duty("2027-02-07 00:00", "05:00")]
    both = problem([KARI, HIRED], work, first_day=date(2027, 2, 5), tail=past)
    assert not verify(RULE, roster(both, {"kari": work}))  # 40 and 29


def test_near_a_change_only_its_weeks_are_judged_and_only_what_is_over_is_told() -> None:
    both: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 3, 28)}
    heavy = [duty(f"2027-02-{day:02} 08:00", "23:00") for day in (6, 7, 13, 14)]  # 70 hours a week
    light = duty("2027-02-27 08:00", "16:00")
    timetable = worked_by(KARI, *heavy, light, **both)

    def near(own: Duty) -> list[tuple[str, float | None]]:
        found = RULE.check_doctor_nearby(timetable, KARI, own.interval)
        return [(c.fact("weeks"), c.measured) for c in found]

    assert near(heavy[2]) == [("uke 6 (2027)", 70)]
    assert near(light) == []


def test_another_doctor_is_not_affected() -> None:
    work = [duty(f"2027-02-{day:02} 08:00", "23:00") for day in (6, 7)]
    both = problem([KARI, HIRED], work)
    assert not verify(RULE, roster(both, {"kari": work[:1], "ola": work[1:]}))


def test_the_municipality_may_set_other_hours() -> None:
    timetable = worked_by(KARI, duty("2027-02-06 08:00", "19:00"))
    assert len(verify(WeeklyLoad(max_total_week=50), timetable)) == 1
    assert exceptions(WeeklyLoad(mean_weeks=1), timetable)
    home = worked_by(KARI, duty("2027-02-05 16:00", "2027-02-08 00:00", HOME))
    assert len(verify(WeeklyLoad(standby_divisor=1), home)) == 1


def test_target_over_the_limit_still_has_a_price() -> None:
    rule = WeeklyLoad(total_week_target=48, max_total_week=45)
    past = duty("2027-01-29 00:00", "2027-02-03 06:00")
    own = duty("2027-02-08 08:00", "2027-02-09 20:00")
    both: dict[str, Any] = {"first_day": date(2027, 2, 2), "last_day": date(2027, 2, 14)}
    case = problem([HIRED], [own], tail=[(HIRED, past)], **both)
    assert not exceptions(rule, roster(case, {"ola": []}))
    timetable = roster(case, {"ola": [own]})
    assert not verify(rule, timetable)
    assert len(exceptions(rule, timetable)) == 0
    heavier = duty("2027-01-28 00:00", "2027-02-03 18:00")
    case = problem([HIRED], [own], tail=[(HIRED, heavier)], **both)
    timetable = roster(case, {"ola": [own]})
    assert not verify(rule, timetable)
    assert len(exceptions(rule, timetable)) == 1
    assert cost(rule, timetable) == (100,)


def test_the_price_stops_at_the_limit() -> None:
    rule = WeeklyLoad(total_week_target=48, max_total_week=51)
    past = duty("2027-01-28 00:00", "2027-02-03 18:00")  # 66 hours of the first week
    own = duty("2027-02-08 08:00", "2027-02-10 01:00")  # 41 of the second: 53.5 in the mean
    both: dict[str, Any] = {"first_day": date(2027, 2, 2), "last_day": date(2027, 2, 14)}
    case = problem([HIRED], [own], tail=[(HIRED, past)], **both)
    timetable = roster(case, {"ola": [own]})
    assert not verify(rule, timetable)
    assert cost(rule, timetable) == (100,)


def test_sentences() -> None:
    work = [duty(f"2027-02-{day:02} 08:00", "23:00") for day in (6, 7)]
    timetable = worked_by(KARI, *work)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 70 timer samlet arbeidstid i uke 5 (2027); grensen er 69 timer (kommunens "
        "grense for samlet arbeidstid, etter mønster av arbeidsmiljøloven § 10-6)."
    )
    two = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    work = [duty("2027-02-06 08:00", "20:00"), duty("2027-02-07 08:00", "15:00")]
    timetable = worked_by(KARI, *work, **two)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har i snitt 49,5 timer samlet arbeidstid i uka fra uke 5 (2027) til uke 6 (2027); "
        "målet er høyst 48 timer (kommunens "
        "grense for samlet arbeidstid, etter mønster av arbeidsmiljøloven § 10-6)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 27),
            st.sampled_from([0, 3, 8, 12, 16, 22]),
            st.sampled_from([1, 60, 240, 479, 480, 481, 960]),
            st.sampled_from([EVENING, NIGHT, HOME, DAYTIME, NURSING_HOME]),
            st.booleans(),
        ),
        max_size=20,
    ),
    st.sampled_from([1, 2, 8]),
    st.sampled_from([40, 47, 48, 49]),
)
def test_encoder_and_checker_agree(
    pieces: list[tuple[int, int, int, object, bool]], mean_weeks: int, limit: int
) -> None:
    duties = []
    for number, (day, clock, minutes, kind, _) in enumerate(pieces):
        start = span(f"{date(2027, 2, 1) + timedelta(days=day)} {clock:02}:00", "23:59").start
        end = start + timedelta(minutes=minutes)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))  # type: ignore[arg-type]
    whole = problem([KARI], duties, first_day=date(2027, 2, 1), last_day=date(2027, 2, 28))
    worked = [d for d, piece in zip(duties, pieces, strict=True) if piece[4]]
    timetable = roster(whole, {"kari": worked})
    rule = WeeklyLoad(mean_weeks=mean_weeks, max_total_week=limit)
    if not verify(rule, timetable):
        exceptions(WeeklyLoad(mean_weeks=mean_weeks, total_week_target=limit), timetable)
