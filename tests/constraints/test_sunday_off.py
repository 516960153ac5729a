"""Arbeidsmiljøloven § 10-8 fourth section (W-06, W-08): the next Sunday or holiday off."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.sunday_off import SundayOff
from scheduler.domain.doctor import Employment
from tests.support import (
    HOME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    verify,
    worked_by,
)

SOFT = SundayOff(applies="all")
HARD = SundayOff(applies="all", strictness="hard")
KARI = doctor("Kari")
OLA = doctor("Ola")
SUNDAY = duty("2027-02-07 08:00", "15:00")
NEXT = duty("2027-02-14 08:00", "15:00")


def test_next_sunday_is_off_and_the_one_after_is_not() -> None:
    assert len(verify(HARD, worked_by(KARI, SUNDAY, NEXT))) == 1
    assert len(exceptions(SOFT, worked_by(KARI, SUNDAY, NEXT))) == 1
    assert cost(SOFT, worked_by(KARI, SUNDAY, NEXT)) == (100,)
    assert not verify(SOFT, worked_by(KARI, SUNDAY, NEXT))
    assert not verify(HARD, worked_by(KARI, SUNDAY, duty("2027-02-21 08:00", "15:00")))


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-02-13 10:00", "2027-02-13 18:00", 0),
        ("2027-02-13 10:00", "2027-02-13 18:01", 1),
        ("2027-02-14 22:00", "2027-02-15 08:00", 0),
        ("2027-02-14 21:59", "2027-02-15 08:00", 1),
    ],
)
def test_sunday_runs_from_saturday_at_six_to_ten_in_the_evening(
    start: str, end: str, breaches: int
) -> None:
    assert len(verify(HARD, worked_by(KARI, SUNDAY, duty(start, end)))) == breaches


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        # Whitsun Eve 2027 is Saturday 15 May; Sunday 9 May is the one before.
        ("2027-05-15 08:00", "2027-05-15 15:00", 0),
        ("2027-05-15 08:00", "2027-05-15 15:01", 1),
        ("2027-05-17 22:00", "2027-05-18 08:00", 0),
        ("2027-05-17 21:59", "2027-05-18 08:00", 1),
    ],
)
def test_whitsun_begins_at_three_and_lasts_until_monday_night(
    start: str, end: str, breaches: int
) -> None:
    sunday = duty("2027-05-09 08:00", "15:00")
    assert len(verify(HARD, worked_by(KARI, sunday, duty(start, end)))) == breaches


def test_spring_clock_change_does_not_move_the_hours() -> None:
    # Easter Sunday 28 March 2027 is the day of the change; Easter runs to Monday 22:00.
    friday = duty("2027-03-26 08:00", "15:00")
    for start, breaches in (("21:59", 1), ("22:00", 0)):
        night = duty(f"2027-03-29 {start}", "2027-03-30 08:00", NIGHT)
        assert len(verify(HARD, worked_by(KARI, friday, night))) == breaches


def test_days_that_follow_one_another_are_one_holy_time() -> None:
    sunday, monday = duty("2027-05-16 08:00", "15:00"), duty("2027-05-17 08:00", "15:00")
    assert not verify(HARD, worked_by(KARI, sunday, monday))


def test_ascension_thursday_is_the_next_after_sunday() -> None:
    sunday, ascension = duty("2027-05-02 08:00", "15:00"), duty("2027-05-06 08:00", "15:00")
    assert len(verify(HARD, worked_by(KARI, sunday, ascension))) == 1


def test_session_counts_and_home_duty_of_class_1_is_rest() -> None:
    assert verify(HARD, worked_by(KARI, SUNDAY, duty("2027-02-14 10:00", "12:00", NURSING_HOME)))
    assert not verify(HARD, worked_by(KARI, SUNDAY, duty("2027-02-14 08:00", "15:00", HOME)))


def test_two_breaches_are_both_named() -> None:
    third = duty("2027-02-21 08:00", "15:00")
    found = verify(HARD, worked_by(KARI, SUNDAY, NEXT, third))
    assert [case.duties for case in found] == [(SUNDAY.id, NEXT.id), (NEXT.id, third.id)]


def test_former_roster_counts_but_not_by_itself() -> None:
    past = [(KARI, duty("2027-01-31 08:00", "15:00")), (KARI, SUNDAY)]
    february = {"first_day": date(2027, 2, 8), "tail": past}
    [case] = verify(HARD, worked_by(KARI, NEXT, **february))
    assert case.duties == (SUNDAY.id, NEXT.id)
    assert not verify(HARD, worked_by(KARI, duty("2027-02-21 08:00", "15:00"), **february))
    assert not list(HARD.check(worked_by(KARI, **february)))


def test_another_doctor_is_not_affected_and_the_profile_is_off_by_default() -> None:
    both = problem([KARI, OLA], [SUNDAY, NEXT])
    assert not verify(HARD, roster(both, {"kari": [SUNDAY], "ola": [NEXT]}))
    timetable = worked_by(KARI, SUNDAY, NEXT)
    assert not exceptions(SundayOff(), timetable)
    assert not list(SundayOff().check(timetable))
    employed = SundayOff(applies="employed", strictness="hard")
    assert not verify(employed, timetable)
    salaried = doctor("Kari", employment=Employment.EMPLOYED)
    assert len(verify(employed, worked_by(salaried, SUNDAY, NEXT))) == 1


def test_sentence() -> None:
    timetable = worked_by(KARI, SUNDAY, NEXT)
    [case] = verify(HARD, timetable)
    assert HARD.explain(timetable.problem, case) == (
        "Kari arbeider i søn- og helgedagstiden fra lørdag 13. februar 2027 kl. 18:00 til søndag "
        "14. februar 2027 kl. 22:00, og arbeider også forrige søn- eller helgedag "
        "(arbeidsmiljøloven § 10-8 fjerde ledd; må bekreftes av kommunen)."
    )


@settings(deadline=None)
@given(st.sets(st.integers(0, 40)), st.sets(st.integers(-20, -1)))
def test_encoder_and_checker_agree(days: set[int], past: set[int]) -> None:
    first = date(2027, 3, 15)
    work = [duty(f"{first + timedelta(days=n)} 08:00", "15:00") for n in range(41)]
    tail = [(KARI, duty(f"{first + timedelta(days=n)} 08:00", "15:00")) for n in sorted(past)]
    timetable = roster(
        problem([KARI], work, first_day=first, tail=tail), {"kari": [work[n] for n in days]}
    )
    verify(HARD, timetable)
    exceptions(SOFT, timetable)


def test_it_binds_only_where_the_municipality_has_made_it_hard() -> None:
    assert SundayOff(strictness="hard").binds
    assert not SundayOff(strictness="soft").binds
