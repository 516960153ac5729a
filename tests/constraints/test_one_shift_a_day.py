"""Kommunens egen innstilling: høyst én vakt om dagen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.one_shift_a_day import OneShiftADay
from scheduler.rule import Outcome
from tests.support import (
    DAYTIME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = OneShiftADay(doctors={"*": True})
KARI = doctor("Kari")
OLA = doctor("Ola")
DAY_SHIFT = duty("2027-03-01 08:00", "15:30", DAYTIME)
EVENING = duty("2027-03-01 16:00", "22:00")


def test_off_until_somebody_is_named() -> None:
    timetable = worked_by(KARI, DAY_SHIFT, EVENING)
    assert not list(OneShiftADay().check(timetable))
    assert not verify(OneShiftADay(), timetable)


def test_two_shifts_that_start_on_one_day_are_one_too_many() -> None:
    [case] = verify(RULE, worked_by(KARI, DAY_SHIFT, EVENING))
    assert case.duties == (DAY_SHIFT.id, EVENING.id)
    assert (case.measured, case.limit, case.margin) == (2, 1, -1)


@pytest.mark.parametrize(("start", "breaches"), [("23:59", 1), ("00:00", 0)])
def test_the_day_is_that_of_the_start_in_oslo(start: str, breaches: int) -> None:
    day = 2 if start == "00:00" else 1
    night = duty(f"2027-03-0{day} {start}", "2027-03-02 08:00", NIGHT)
    assert len(verify(RULE, worked_by(KARI, EVENING, night))) == breaches


@pytest.mark.parametrize(("first", "second"), [("2027-03-28", 28), ("2026-10-25", 25)])
def test_days_of_clock_change_are_days_too(first: str, second: int) -> None:
    night = duty(f"{first} 00:00", "06:00", NIGHT)
    evening = duty(f"{first[:8]}{second} 23:30", f"{first[:8]}{second} 23:59")
    assert len(verify(RULE, worked_by(KARI, night, evening))) == 1


def test_a_session_is_no_shift() -> None:
    session = duty("2027-03-01 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, worked_by(KARI, session, EVENING))


def test_each_of_two_days_is_named() -> None:
    more = duty("2027-03-03 08:00", "15:30", DAYTIME), duty("2027-03-03 16:00", "22:00")
    found = verify(RULE, worked_by(KARI, DAY_SHIFT, EVENING, *more))
    assert [case.duties[0] for case in found] == [DAY_SHIFT.id, more[0].id]


def test_former_roster_on_the_same_day_counts_but_is_no_breach_by_itself() -> None:
    early = duty("2027-03-01 00:00", "06:00", NIGHT)
    found = verify(RULE, worked_by(KARI, EVENING, tail=[(KARI, early)]))
    assert [case.duties for case in found] == [(early.id, EVENING.id)]
    later = duty("2027-03-02 16:00", "22:00")
    assert not verify(RULE, worked_by(KARI, later, tail=[(KARI, DAY_SHIFT), (KARI, EVENING)]))


def test_shifts_of_one_block_on_one_day_can_never_be_had() -> None:
    block = (
        duty("2027-03-01 08:00", "15:30", DAYTIME, block="b"),
        duty("2027-03-01 16:00", "22:00", block="b"),
    )
    assert len(verify(RULE, worked_by(KARI, *block))) == 1


def test_another_doctor_is_not_affected() -> None:
    both = problem([KARI, OLA], [DAY_SHIFT, EVENING])
    assert not verify(RULE, roster(both, {"kari": [DAY_SHIFT], "ola": [EVENING]}))


def test_one_doctor_can_be_excepted_or_named_alone() -> None:
    timetable = worked_by(KARI, DAY_SHIFT, EVENING)
    assert not verify(OneShiftADay(doctors={"*": True, "kari": False}), timetable)
    assert verify(OneShiftADay(doctors={"kari": True}), timetable)


def test_kept_days_are_reported_and_nothing_is_priced() -> None:
    timetable = worked_by(KARI, EVENING)
    assert [c.outcome for c in RULE.check(timetable)] == [Outcome.KEPT]
    assert cost(RULE, timetable) == ()


def test_a_misspelt_doctor_is_told() -> None:
    timetable = worked_by(KARI, EVENING, first_day=date(2027, 3, 1))
    [case] = notices(OneShiftADay(doctors={"karri": True}), timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Innstillingen «Høyst én vakt om dagen» nevner legen «karri», som ikke finnes i planen."
    )


def test_values_must_be_switches() -> None:
    with pytest.raises(ValueError, match=r"doctors\.kari \(1\) must be true or false"):
        OneShiftADay(doctors={"kari": 1})  # type: ignore[dict-item]


def test_sentence() -> None:
    timetable = worked_by(KARI, DAY_SHIFT, EVENING)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 2 vakter som begynner mandag 1. mars 2027; grensen er én vakt om dagen "
        "(kommunens egen innstilling)."
    )


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), unique=True, max_size=6))
def test_encoder_and_checker_agree(work: list[tuple[int, int]]) -> None:
    duties = {
        (day, part): duty(f"2027-03-0{day} {part * 8:02}:00", f"{part * 8 + 7:02}:00")
        for day in (1, 2, 3)
        for part in (0, 1, 2)
    }
    whole = problem([KARI], duties.values())
    found = verify(RULE, roster(whole, {"kari": [duties[w] for w in sorted(work)]}))
    days = [day for day, _ in work]
    assert len(found) == sum(days.count(day) > 1 for day in set(days))
