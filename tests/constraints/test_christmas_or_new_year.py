"""Enten jul eller nyttår (rulebook section 5): practice, soft unless the municipality says so."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.christmas_or_new_year import ChristmasOrNewYear
from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account
from scheduler.rule import Outcome
from tests.support import (
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

RULE = ChristmasOrNewYear()
HARD = ChristmasOrNewYear(strictness="hard")
KARI = doctor("Kari")
OLA = doctor("Ola")
WINTER: dict[str, Any] = {"first_day": date(2026, 12, 1), "last_day": date(2027, 1, 31)}
CHRISTMAS = duty("2026-12-25 08:00", "15:00")
NEW_YEAR = duty("2026-12-31 16:00", "23:00")


def had(**holidays: int) -> dict[str, Any]:
    """The ledger of Kari: the last year of each great holiday."""
    last = {GreatHoliday[name]: year for name, year in holidays.items()}
    return {"ledger": (Account("kari", holidays=last),), **WINTER}


def test_both_in_one_winter_cost_or_are_refused() -> None:
    timetable = worked_by(KARI, CHRISTMAS, NEW_YEAR, **WINTER)
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == 1
    assert cost(RULE, timetable) == (300,)
    assert [case.duties for case in verify(HARD, timetable)] == [(CHRISTMAS.id, NEW_YEAR.id)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-12-31 08:00", "2026-12-31 15:00", 0),
        ("2026-12-31 08:00", "2026-12-31 15:01", 1),
        ("2027-01-03 08:00", "2027-01-03 15:00", 1),  # the holiday runs on into the weekend
        ("2027-01-04 08:00", "2027-01-04 15:00", 0),
        ("2027-01-04 07:59", "2027-01-04 15:00", 1),
    ],
)
def test_new_year_lasts_from_new_years_eve_to_the_next_working_day(
    start: str, end: str, found: int
) -> None:
    timetable = worked_by(KARI, CHRISTMAS, duty(start, end), **WINTER)
    assert len(verify(HARD, timetable)) == found


@pytest.mark.parametrize(("end", "found"), [("15:00", 0), ("15:01", 1)])
def test_christmas_begins_at_three_on_christmas_eve(end: str, found: int) -> None:
    eve = duty("2026-12-24 08:00", end)
    assert len(verify(HARD, worked_by(KARI, eve, NEW_YEAR, **WINTER))) == found


@pytest.mark.parametrize(("year", "found"), [(2025, 1), (2024, 0)])
def test_christmas_two_winters_running(year: int, found: int) -> None:
    timetable = worked_by(KARI, CHRISTMAS, **had(CHRISTMAS=year))
    assert len(exceptions(RULE, timetable)) == found
    assert len(verify(HARD, timetable)) == found


def test_new_year_may_follow_last_winters_christmas_and_new_year() -> None:
    both = had(CHRISTMAS=2025, NEW_YEAR=2025)
    assert not verify(HARD, worked_by(KARI, NEW_YEAR, **both))


def test_christmas_of_the_ledger_keeps_from_new_year_of_the_same_winter() -> None:
    assert len(verify(HARD, worked_by(KARI, NEW_YEAR, **had(CHRISTMAS=2026)))) == 1


def test_former_roster_counts_but_not_by_itself() -> None:
    january = {"first_day": date(2026, 12, 28), "last_day": date(2027, 1, 31)}
    timetable = worked_by(KARI, NEW_YEAR, tail=[(KARI, CHRISTMAS)], **january)
    [case] = verify(HARD, timetable)
    assert case.duties == (CHRISTMAS.id, NEW_YEAR.id)
    last = {**had(CHRISTMAS=2025), "first_day": date(2026, 12, 28)}
    plain = duty("2027-01-12 16:00", "23:00")
    assert not list(HARD.check(worked_by(KARI, plain, tail=[(KARI, CHRISTMAS)], **last)))
    assert not verify(HARD, worked_by(KARI, plain, tail=[(KARI, CHRISTMAS)], **last))


def test_two_breaches_are_both_named() -> None:
    timetable = worked_by(KARI, CHRISTMAS, NEW_YEAR, **had(CHRISTMAS=2025))
    assert [case.fact("first") for case in verify(HARD, timetable)] == ["jul 2026", "jul 2025"]


def test_session_at_christmas_is_no_holiday_duty() -> None:
    session = duty("2026-12-28 07:00", "12:00", NURSING_HOME)
    assert not verify(HARD, worked_by(KARI, session, NEW_YEAR, **WINTER))


def test_another_doctor_takes_the_other_holiday() -> None:
    both = problem([KARI, OLA], [CHRISTMAS, NEW_YEAR], **WINTER)
    timetable = roster(both, {"kari": [CHRISTMAS], "ola": [NEW_YEAR]})
    assert not verify(HARD, timetable)
    assert {case.outcome for case in HARD.check(timetable)} == {Outcome.KEPT}


def test_sentences() -> None:
    timetable = worked_by(KARI, CHRISTMAS, NEW_YEAR, **WINTER)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari står med både jul 2026 og nyttår 2026/2027; ingen bør ha begge deler "
        "(kommunens ordning for høytidsvakter)."
    )
    [case] = verify(HARD, timetable)
    assert HARD.explain(timetable.problem, case) == (
        "Kari står med både jul 2026 og nyttår 2026/2027; ingen skal ha begge deler "
        "(kommunens ordning for høytidsvakter)."
    )


EVERY = [
    duty(f"{year}-12-{day} 08:00", "20:00") for year in (2025, 2026, 2027) for day in (24, 26, 31)
]


@settings(deadline=None)
@given(
    st.sets(st.sampled_from(EVERY)),
    st.sets(st.sampled_from(["CHRISTMAS", "NEW_YEAR"])),
    st.sampled_from([2023, 2024, 2025]),
)
def test_encoder_and_checker_agree(work: set[Duty], known: set[str], year: int) -> None:
    more = had(**dict.fromkeys(known, year))
    more |= {"first_day": date(2025, 12, 1), "last_day": date(2028, 1, 31)}
    timetable = roster(problem([KARI], EVERY, **more), {"kari": sorted(work, key=lambda d: d.id)})
    assert verify(HARD, timetable) or not exceptions(RULE, timetable)


def test_it_binds_only_where_the_municipality_has_made_it_hard() -> None:
    assert ChristmasOrNewYear(strictness="hard").binds
    assert not ChristmasOrNewYear(strictness="soft").binds
