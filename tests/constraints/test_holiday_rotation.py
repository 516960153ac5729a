"""Høytidsrullering (rulebook section 5) and the memory behind it. Case E24."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.facts.holiday_history import holidays_worked
from constraints.holiday_rotation import HolidayRotation
from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Account
from tests.support import (
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    worked_by,
)

RULE = HolidayRotation()
KARI = doctor("Kari")
OLA = doctor("Ola")
EASTER = duty("2027-03-28 08:00", "15:00")
DOUBLE = duty("2027-05-17 08:00", "15:00")


def had(**holidays: int) -> dict[str, Any]:
    """The ledger of Kari: the last year of each great holiday."""
    last = {GreatHoliday[name]: year for name, year in holidays.items()}
    return {"ledger": (Account("kari", holidays=last),)}


@pytest.mark.parametrize(
    ("year", "price"), [(2026, 100), (2025, 50), (2024, 33), (2023, 0), (2027, 0)]
)
def test_price_falls_with_the_years_since(year: int, price: int) -> None:
    timetable = worked_by(KARI, EASTER, **had(EASTER=year))
    assert len(exceptions(RULE, timetable)) == (price > 0)
    assert sum(cost(RULE, timetable)) == price
    told = [(case.measured, case.margin) for case in RULE.check(timetable)]
    assert told == ([(2027 - year, 2023 - year)] if year < 2027 else [])


def test_another_holiday_is_another_matter() -> None:
    assert not exceptions(RULE, worked_by(KARI, EASTER, **had(CHRISTMAS=2026)))
    assert not exceptions(RULE, worked_by(KARI, EASTER))


@pytest.mark.parametrize(("end", "found"), [("16:00", 0), ("16:01", 1)])
def test_easter_begins_on_wednesday_at_four(end: str, found: int) -> None:
    wednesday = duty("2027-03-24 08:00", end)
    assert len(exceptions(RULE, worked_by(KARI, wednesday, **had(EASTER=2026)))) == found


def test_several_duties_of_one_holiday_cost_once() -> None:
    thursday = duty("2027-03-25 08:00", "15:00")
    timetable = worked_by(KARI, thursday, EASTER, **had(EASTER=2026))
    assert sum(cost(RULE, timetable)) == 100
    [case] = exceptions(RULE, timetable)
    assert case.duties == (thursday.id, EASTER.id)


def test_e24_17_may_2027_is_whit_monday_too_and_asks_both_memories() -> None:
    for name in ("CONSTITUTION_DAY", "WHITSUN"):
        assert len(exceptions(RULE, worked_by(KARI, DOUBLE, **had(**{name: 2026})))) == 1
    both = worked_by(KARI, DOUBLE, **had(CONSTITUTION_DAY=2026, WHITSUN=2026))
    assert [case.fact("holiday") for case in exceptions(RULE, both)] == [
        "17. mai 2027",
        "pinse 2027",
    ]


def test_e24_one_duty_marks_both_memories() -> None:
    timetable = worked_by(KARI, DOUBLE, **had(EASTER=2025, WHITSUN=2024))
    assert holidays_worked(timetable, KARI) == {
        GreatHoliday.EASTER: 2025,
        GreatHoliday.CONSTITUTION_DAY: 2027,
        GreatHoliday.WHITSUN: 2027,
    }


def test_memory_takes_the_former_roster_and_leaves_out_sessions_and_others() -> None:
    session = duty("2027-05-18 07:00", "12:00", NURSING_HOME)
    christmas = duty("2026-12-25 08:00", "15:00")
    whole = problem([KARI, OLA], [EASTER, session], tail=[(KARI, christmas)])
    timetable = roster(whole, {"kari": [session], "ola": [EASTER]})
    assert holidays_worked(timetable, KARI) == {GreatHoliday.CHRISTMAS: 2026}
    assert holidays_worked(timetable, OLA) == {GreatHoliday.EASTER: 2027}


def test_memory_keeps_the_later_of_ledger_and_former_roster() -> None:
    christmas = duty("2026-12-25 08:00", "15:00")
    timetable = worked_by(KARI, tail=[(KARI, christmas)], **had(CHRISTMAS=2024))
    assert holidays_worked(timetable, KARI) == {GreatHoliday.CHRISTMAS: 2026}


def test_former_roster_and_the_period_itself_are_remembered() -> None:
    past = duty("2026-04-05 08:00", "15:00")
    assert len(exceptions(RULE, worked_by(KARI, EASTER, tail=[(KARI, past)]))) == 1
    two_years = {"first_day": date(2026, 1, 1), "last_day": date(2027, 12, 31)}
    assert len(exceptions(RULE, worked_by(KARI, past, EASTER, **two_years))) == 1


def test_two_holidays_are_both_named_and_another_doctor_is_free() -> None:
    christmas = duty("2026-12-25 08:00", "15:00")
    more = {**had(EASTER=2026, CHRISTMAS=2025), "first_day": date(2026, 12, 1)}
    found = exceptions(RULE, worked_by(KARI, christmas, EASTER, **more))
    assert [case.duties for case in found] == [(christmas.id,), (EASTER.id,)]
    whole = problem([KARI, OLA], [EASTER], **had(EASTER=2026))
    assert not exceptions(RULE, roster(whole, {"ola": [EASTER]}))


def test_history_by_itself_is_no_case() -> None:
    past = duty("2026-04-05 08:00", "15:00")
    assert not list(RULE.check(worked_by(KARI, tail=[(KARI, past)], **had(EASTER=2025))))


def test_the_municipality_may_remember_shorter() -> None:
    assert not exceptions(
        HolidayRotation(memory_years=1), worked_by(KARI, EASTER, **had(EASTER=2025))
    )


@pytest.mark.parametrize(("price", "found"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_a_price_that_is_nothing_after_two_years_finds_nothing(price: int, found: int) -> None:
    timetable = worked_by(KARI, EASTER, **had(EASTER=2025))
    assert len(exceptions(HolidayRotation(price=price), timetable)) == found


def test_sentence() -> None:
    timetable = worked_by(KARI, EASTER, **had(EASTER=2026))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari står med påske 2027 og hadde samme høytid i 2026 "
        "(kommunens ordning for høytidsvakter)."
    )


EASTERS = [duty(f"{day} 08:00", "15:00") for day in ("2026-04-05", "2027-03-28", "2028-04-16")]


@settings(deadline=None)
@given(
    st.sets(st.sampled_from([0, 1, 2])),
    st.sampled_from([2021, 2022, 2023, 2024, 2025]),
    st.integers(1, 4),
)
def test_encoder_and_checker_agree(work: set[int], year: int, memory: int) -> None:
    years: dict[str, Any] = {"first_day": date(2026, 1, 1), "last_day": date(2028, 12, 31)}
    whole = problem([KARI], EASTERS, **years, **had(EASTER=year))
    timetable = roster(whole, {"kari": [EASTERS[n] for n in sorted(work)]})
    exceptions(HolidayRotation(memory_years=memory), timetable)
