"""Lengste hjemmevakt (policy): three days wanted, a week by the clock at most."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.longest_home_duty import LongestHomeDuty
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
from tests.support import (
    BACKUP,
    EVENING,
    HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    utc,
    verify,
    worked_by,
)

RULE = LongestHomeDuty()
KARI = doctor("Kari")
OLA = doctor("Ola")
YEARS: dict[str, Any] = {"first_day": date(2026, 9, 1), "last_day": date(2027, 12, 31)}


@pytest.mark.parametrize(("end", "breaches"), [("08:00", 0), ("08:01", 1)])
def test_week_is_allowed_and_a_minute_more_is_not(end: str, breaches: int) -> None:
    timetable = worked_by(KARI, duty("2027-02-01 08:00", f"2027-02-08 {end}", HOME))
    assert len(verify(RULE, timetable)) == breaches
    assert len(list(RULE.stops(timetable.problem, KARI))) == breaches


@pytest.mark.parametrize(("end", "found"), [("08:00", 0), ("08:01", 1)])
def test_three_days_are_the_target(end: str, found: int) -> None:
    timetable = worked_by(KARI, duty("2027-02-01 08:00", f"2027-02-04 {end}", HOME))
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == found


@pytest.mark.parametrize(
    ("start", "end", "real"),
    [
        ("2026-10-23 08:00", "2026-10-30 08:00", 169),
        ("2027-03-26 08:00", "2027-04-02 08:00", 167),
    ],
)
def test_week_over_a_clock_change_is_a_week(start: str, end: str, real: int) -> None:
    week = duty(start, end, HOME)
    assert week.minutes == real * 60
    assert not verify(RULE, worked_by(KARI, week, **YEARS))
    longer = duty(start, end[:-1] + "1", HOME)
    assert len(verify(RULE, worked_by(KARI, longer, **YEARS))) == 1
    # The same by days, where no single duty is too long.
    days = [
        Duty(f"d{n}", HOME, Interval(utc(start) + timedelta(hours=n * 24), last))
        for n, last in enumerate(
            [utc(start) + timedelta(hours=(n + 1) * 24) for n in range(6)] + [week.end]
        )
    ]
    assert not verify(RULE, worked_by(KARI, *days, **YEARS))
    extra = Duty("mer", HOME, Interval(week.end, week.end + timedelta(minutes=1)))
    assert len(verify(RULE, worked_by(KARI, *days, extra, **YEARS))) == 1


def test_a_minute_between_parts_two_stretches() -> None:
    first = duty("2027-02-01 08:00", "2027-02-03 20:00", HOME)
    second = duty("2027-02-03 20:01", "2027-02-05 08:00", BACKUP)
    assert not exceptions(RULE, worked_by(KARI, first, second))
    touching = duty("2027-02-03 20:00", "2027-02-05 08:00", BACKUP)
    assert len(exceptions(RULE, worked_by(KARI, first, touching))) == 1


def test_shift_on_site_is_another_matter() -> None:
    home = duty("2027-02-01 08:00", "2027-02-04 08:00", HOME)
    assert not exceptions(RULE, worked_by(KARI, home, duty("2027-02-04 08:00", "15:00")))


def test_price_of_a_week_on_home_duty() -> None:
    assert cost(RULE, worked_by(KARI, duty("2027-02-01 16:00", "2027-02-07 00:00", HOME))) == (
        100 + 128 - 72,
    )


def test_two_long_stretches_are_both_named() -> None:
    first = duty("2027-02-01 08:00", "2027-02-08 08:01", HOME)
    second = duty("2027-03-01 08:00", "2027-03-08 08:01", HOME)
    found = verify(RULE, worked_by(KARI, first, second))
    assert [case.duties for case in found] == [(first.id,), (second.id,)]
    longer = worked_by(KARI, duty("2027-02-01 08:00", "2027-02-08 20:00", HOME))
    [case] = verify(RULE, longer)
    assert (case.measured, case.limit, case.margin) == (180, 168, -12)


def test_former_roster_counts_at_the_boundary() -> None:
    past = duty("2027-02-01 08:00", "2027-02-05 08:00", HOME)
    rest = duty("2027-02-05 08:00", "2027-02-08 08:01", HOME)
    [case] = verify(RULE, worked_by(KARI, rest, tail=[(KARI, past)]))
    assert case.duties == (past.id, rest.id)
    assert not list(RULE.check(worked_by(KARI, tail=[(KARI, past)])))


def test_former_roster_that_is_too_long_already_may_not_be_prolonged() -> None:
    past = duty("2027-02-01 08:00", "2027-02-09 08:00", HOME)
    later = duty("2027-02-09 08:00", "2027-02-09 09:00", HOME)
    assert len(verify(RULE, worked_by(KARI, later, tail=[(KARI, past)]))) == 1
    pause = duty("2027-02-09 08:01", "2027-02-09 09:00", HOME)
    assert not verify(RULE, worked_by(KARI, pause, tail=[(KARI, past)]))


def test_work_inside_a_long_stretch_of_the_former_roster_does_not_prolong_it() -> None:
    past = duty("2027-02-01 08:00", "2027-02-09 08:00", HOME)
    inside = duty("2027-02-09 00:00", "06:00", BACKUP)
    over = duty("2027-02-09 00:00", "08:01", BACKUP)
    for own, breaches in ((inside, 0), (over, 1)):
        case = problem([KARI], [own], tail=[(KARI, past)], first_day=date(2027, 2, 9))
        timetable = roster(case, {"kari": [own]})
        assert len(verify(RULE, timetable)) == breaches


def test_another_doctor_may_go_on() -> None:
    first = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME)
    second = duty("2027-02-08 08:00", "2027-02-15 08:00", HOME)
    both = problem([KARI, OLA], [first, second])
    assert not verify(RULE, roster(both, {"kari": [first], "ola": [second]}))
    assert len(verify(RULE, roster(both, {"kari": [first, second]}))) == 1


def test_the_municipality_may_set_other_lengths() -> None:
    timetable = worked_by(KARI, duty("2027-02-01 08:00", "2027-02-03 08:01", HOME))
    assert len(verify(LongestHomeDuty(max_home_duty_block=48), timetable)) == 1
    assert len(exceptions(LongestHomeDuty(home_duty_target=48), timetable)) == 1


def test_sentence() -> None:
    timetable = worked_by(KARI, duty("2027-02-01 16:00", "2027-02-07 00:00", HOME))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har hjemmevakt i 128 timer i strekk, fra mandag 1. februar 2027 kl. 16:00 til "
        "søndag 7. februar 2027 kl. 00:00; målet er høyst 72 timer "
        "(kommunens grense for hjemmevakt)."
    )


@settings(deadline=None)
@given(
    st.sampled_from(["2027-02-01 08:00", "2026-10-23 16:00", "2027-03-25 16:00"]),
    st.lists(
        st.tuples(
            st.sampled_from([0, 0, 0, 1, -60]),
            st.sampled_from([1, 59, 60, 61, 1440, 2880, 4320]),
            st.sampled_from([HOME, BACKUP, EVENING]),
            st.booleans(),
        ),
        min_size=1,
        max_size=9,
    ),
)
def test_encoder_and_checker_agree_at_the_limit(
    first: str, steps: list[tuple[int, int, object, bool]]
) -> None:
    duties, end = [], utc(first)
    for number, (gap, length, kind, _) in enumerate(steps):
        start = end + timedelta(minutes=gap)
        end = start + timedelta(minutes=length)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))  # type: ignore[arg-type]
    worked = [d for d, step in zip(duties, steps, strict=True) if step[3]]
    timetable = roster(problem([KARI], duties, **YEARS), {"kari": worked})
    if not verify(RULE, timetable):
        exceptions(RULE, timetable)
