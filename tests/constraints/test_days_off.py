"""Kommunens egen innstilling: faste fridager."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.days_off import DaysOff
from scheduler.domain.duty import Duty
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    span,
    verify,
    worked_by,
)

RULE = DaysOff(days={"kari/2027-03-05": True})
KARI = doctor("Kari")
OLA = doctor("Ola")
FRIDAY = duty("2027-03-05 16:00", "22:00")


def test_off_until_given() -> None:
    assert not list(DaysOff().check(worked_by(KARI, FRIDAY)))
    assert not verify(DaysOff(), worked_by(KARI, FRIDAY))


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-03-04 16:00", "2027-03-05 00:00", 0),
        ("2027-03-04 16:00", "2027-03-05 00:01", 1),
        ("2027-03-05 23:59", "2027-03-06 08:00", 1),
        ("2027-03-06 00:00", "2027-03-06 08:00", 0),
        ("2027-03-04 00:00", "2027-03-07 00:00", 1),
    ],
)
def test_the_day_is_free_from_midnight_to_midnight(start: str, end: str, breaches: int) -> None:
    assert len(verify(RULE, worked_by(KARI, duty(start, end, NIGHT)))) == breaches


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-03-04 23:59", "2027-03-05 08:00", 0),
        ("2027-03-05 00:00", "2027-03-05 08:00", 1),
        ("2027-03-05 23:59", "2027-03-06 08:00", 1),
        ("2027-03-06 00:00", "2027-03-06 08:00", 0),
    ],
)
def test_or_the_start_decides(start: str, end: str, breaches: int) -> None:
    rule = DaysOff(days=RULE.days, overlap="start")
    assert len(verify(rule, worked_by(KARI, duty(start, end, NIGHT)))) == breaches


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_days_of_clock_change_are_free_from_midnight_to_midnight(day: str) -> None:
    rule = DaysOff(days={f"kari/{day}": True})
    next_day = date.fromisoformat(day) + timedelta(days=1)
    last = duty(f"{day} 23:59", f"{next_day} 08:00", NIGHT)
    assert verify(rule, worked_by(KARI, last))
    assert not verify(rule, worked_by(KARI, duty(f"{next_day} 00:00", f"{next_day} 08:00")))


def test_each_of_two_duties_is_named() -> None:
    session = duty("2027-03-05 08:00", "12:00", NURSING_HOME)
    found = verify(RULE, worked_by(KARI, session, FRIDAY))
    assert [case.duties for case in found] == [(session.id,), (FRIDAY.id,)]


def test_a_block_falls_with_one_of_its_duties() -> None:
    block = [duty(f"2027-03-0{day} 16:00", "22:00", block="b") for day in (4, 5)]
    plan = problem([KARI, OLA], block)
    assert Draft(plan, [RULE]).model.decisions == 1
    assert len(verify(RULE, roster(plan, {"kari": block}))) == 1


def test_a_day_off_after_the_period_bars_the_night_before_it() -> None:
    night = duty("2027-03-04 22:00", "2027-03-05 08:00", NIGHT)
    plan = problem([KARI], [night], first_day=date(2027, 3, 1), last_day=date(2027, 3, 4))
    assert len(verify(RULE, roster(plan, {"kari": [night]}))) == 1
    assert not list(RULE.check(roster(plan, {})))


def test_former_roster_is_no_breach() -> None:
    night = duty("2027-03-04 22:00", "2027-03-05 08:00", NIGHT)
    plan = problem([KARI], [FRIDAY], first_day=date(2027, 3, 5), tail=[(KARI, night)])
    assert not verify(RULE, roster(plan, {}))


def test_another_doctor_is_not_affected() -> None:
    assert not verify(RULE, worked_by(OLA, FRIDAY))


def test_a_day_off_for_everybody_but_one() -> None:
    rule = DaysOff(days={"*/2027-03-05": True, "kari/2027-03-05": False})
    assert not verify(rule, worked_by(KARI, FRIDAY))
    assert verify(rule, worked_by(OLA, FRIDAY))


def test_days_in_succession_are_one_bar_that_prorates_nothing() -> None:
    days = {f"kari/2027-03-{day}": True for day in ("05", "06", "07", "08", "10")}
    plan = problem([KARI], [FRIDAY])
    bars = list(DaysOff(days=days).bars(plan, KARI))
    assert [bar.interval for bar in bars] == [
        span("2027-03-05 00:00", "2027-03-09 00:00"),
        span("2027-03-10 00:00", "2027-03-11 00:00"),
    ]
    assert not any(bar.prorates or bar.by_start for bar in bars)


def test_kept_days_are_reported_and_misspelt_doctors_told() -> None:
    timetable = worked_by(KARI, duty("2027-03-08 16:00", "22:00"))
    [case] = RULE.check(timetable)
    assert case.outcome is Outcome.KEPT
    assert RULE.explain(timetable.problem, case) == (
        "Kari har fri fredag 5. mars 2027 (kommunens egen innstilling)."
    )
    [stranger] = notices(DaysOff(days={"karri/2027-03-05": True}), timetable)
    assert "«karri»" in RULE.explain(timetable.problem, stranger)


def test_days_of_the_period_are_reported_as_kept_and_no_others() -> None:
    days = {f"kari/2027-03-{day:02}": True for day in (4, 5, 7, 8)}
    plan = problem([KARI], [], first_day=date(2027, 3, 5), last_day=date(2027, 3, 7))
    kept = [case.when for case in DaysOff(days=days).check(roster(plan, {}))]
    assert kept == [
        span("2027-03-05 00:00", "2027-03-06 00:00"),
        span("2027-03-07 00:00", "2027-03-08 00:00"),
    ]


@pytest.mark.parametrize("key", ["kari/5. mars", "kari/20270305", "kari/2027-02-29", "kari/*"])
def test_a_day_is_a_date(key: str) -> None:
    with pytest.raises(ValueError, match="must be a date such as 2027-03-28"):
        DaysOff(days={key: True})


def test_other_wrong_settings() -> None:
    with pytest.raises(ValueError, match="must be true or false"):
        DaysOff(days={"kari/2027-03-05": 2})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=r"overlap \('all'\) must be any or start"):
        DaysOff(overlap="all")


def test_sentence() -> None:
    timetable = worked_by(KARI, FRIDAY)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari skal ha fri fredag 5. mars 2027, men har Kveld fredag 5. mars 2027 "
        "kl. 16:00–22:00 (kommunens egen innstilling)."
    )


@given(
    st.sets(st.integers(1, 9)),
    st.sets(st.tuples(st.integers(1, 8), st.sampled_from(["00:00", "00:01", "23:59"]))),
    st.sampled_from(["any", "start"]),
)
def test_encoder_and_checker_agree(
    free: set[int], work: set[tuple[int, str]], overlap: str
) -> None:
    rule = DaysOff(days={f"kari/2027-03-{day:02}": True for day in free}, overlap=overlap)
    nights: list[Duty] = [
        duty(f"2027-03-{day:02} 22:00", f"2027-03-{day + 1:02} {end}", NIGHT, id=f"{day}/{end}")
        for day, end in sorted(work)
    ]
    verify(rule, worked_by(KARI, *nights, last_day=date(2027, 3, 8)))
