"""Kommunens egen innstilling: fridager på rad."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.consecutive_days_off import ConsecutiveDaysOff
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import NIGHT, NURSING_HOME, doctor, duty, notices, problem, roster, verify

KARI = doctor("Kari")
OLA = doctor("Ola")
FIRST = date(2027, 3, 1)
LENGTH = 14
RULE = ConsecutiveDaysOff(minimum={"*": 3})


def shift(day: int) -> Duty:
    """The evening so many days after Monday 1 March."""
    return duty(f"{FIRST + timedelta(days=day)} 16:00", "22:00")


def worked(days: Iterable[int], past: Iterable[int] = ()) -> Timetable:
    """Kari works these of 14 days, and before the period the days of `past`."""
    every = [shift(day) for day in range(LENGTH)]
    plan = problem(
        [KARI, OLA],
        every,
        first_day=FIRST,
        last_day=FIRST + timedelta(days=LENGTH - 1),
        tail=[(KARI, shift(day)) for day in past],
    )
    return roster(plan, {"kari": [every[day] for day in days]})


def test_off_until_given() -> None:
    assert not list(ConsecutiveDaysOff().check(worked((1, 3))))
    assert not verify(ConsecutiveDaysOff(), worked((1, 3)))


@pytest.mark.parametrize(("after", "breaches"), [(5, 0), (4, 1), (3, 1), (2, 0)])
def test_as_many_days_as_are_owed_or_none(after: int, breaches: int) -> None:
    found = verify(RULE, worked((1, after)))
    assert [case.duties for case in found] == [(shift(1).id, shift(after).id)] * breaches


@pytest.mark.parametrize("days", [(1,), (2, 3), (12,), (11, 12)])
def test_days_off_at_either_end_may_be_fewer(days: tuple[int, ...]) -> None:
    assert not verify(RULE, worked(days))


@pytest.mark.parametrize("days", [(0, 2), (11, 13), (10, 13)])
def test_days_off_that_end_inside_may_not(days: tuple[int, ...]) -> None:
    assert len(verify(RULE, worked(days))) == 1


def test_each_of_two_gaps_is_named() -> None:
    found = verify(RULE, worked((1, 3, 6)))
    assert [case.measured for case in found] == [1, 2]


@pytest.mark.parametrize(
    ("past", "first", "breaches"), [(-1, 2, 1), (-1, 3, 0), (-2, 0, 1), (-2, 1, 1), (-2, 2, 0)]
)
def test_former_roster_tells_when_the_days_off_began(past: int, first: int, breaches: int) -> None:
    found = verify(RULE, worked((first,), past=(past,)))
    assert [case.duties for case in found] == [(shift(past).id, shift(first).id)] * breaches


def test_work_that_goes_on_from_the_former_roster_is_no_gap() -> None:
    assert not verify(RULE, worked((0, 1), past=(-1,)))


def test_former_roster_is_no_breach_by_itself() -> None:
    assert not verify(RULE, worked((0, 1), past=(-3, -1)))
    assert not verify(RULE, worked((5,), past=(-3, -1)))


def test_only_starts_count_and_sessions_are_work() -> None:
    night = duty("2027-03-02 23:00", "2027-03-03 07:00", NIGHT)
    session = duty("2027-03-04 08:00", "12:00", NURSING_HOME)
    plan = problem([KARI], [night, session], first_day=FIRST, last_day=date(2027, 3, 14))
    [case] = verify(ConsecutiveDaysOff(minimum={"*": 2}), roster(plan, {"kari": [night, session]}))
    assert case.measured == 1


def test_several_duties_of_a_day_are_all_named() -> None:
    early = duty("2027-03-02 08:00", "15:00")
    plan = problem([KARI], [early, shift(1), shift(3)], first_day=FIRST, last_day=date(2027, 3, 14))
    [case] = verify(RULE, roster(plan, {"kari": [early, shift(1), shift(3)]}))
    assert case.duties == (early.id, shift(1).id, shift(3).id)


def test_a_block_with_a_short_gap_can_only_be_had_with_the_days_between() -> None:
    outer = [duty(f"2027-03-0{day} 16:00", "22:00", block="b") for day in (2, 4)]
    middle = shift(2)
    plan = problem([KARI], [*outer, middle], first_day=FIRST, last_day=date(2027, 3, 14))
    assert len(verify(RULE, roster(plan, {"kari": outer}))) == 1
    assert not verify(RULE, roster(plan, {"kari": [*outer, middle]}))


def test_another_doctor_is_not_affected() -> None:
    every = [shift(day) for day in range(LENGTH)]
    plan = problem([KARI, OLA], every, first_day=FIRST, last_day=date(2027, 3, 14))
    assert not verify(RULE, roster(plan, {"kari": [every[1]], "ola": [every[3]]}))
    own = ConsecutiveDaysOff(minimum={"ola": 3})
    assert not verify(own, roster(plan, {"kari": [every[1], every[3]]}))


def test_the_days_of_clock_change_are_days() -> None:
    for change in (date(2027, 3, 28), date(2026, 10, 25)):
        day = timedelta(days=1)
        before, after = (
            duty(f"{change - day} 23:00", "23:59"),
            duty(f"{change + day} 00:00", "01:00"),
        )
        plan = problem(
            [KARI], [before, after], first_day=change - 9 * day, last_day=change + 9 * day
        )
        timetable = roster(plan, {"kari": [before, after]})
        assert not verify(ConsecutiveDaysOff(minimum={"*": 1}), timetable)
        [case] = verify(ConsecutiveDaysOff(minimum={"*": 2}), timetable)
        assert case.measured == 1


def test_kept_gaps_are_reported_and_misspelt_doctors_told() -> None:
    timetable = worked((1, 6))
    assert [(c.outcome, c.margin) for c in RULE.check(timetable)] == [(Outcome.KEPT, 1)]
    [case] = notices(ConsecutiveDaysOff(minimum={"karri": 2}), timetable)
    assert "«karri»" in RULE.explain(timetable.problem, case)
    with pytest.raises(ValueError, match=r"minimum\.kari"):
        ConsecutiveDaysOff(minimum={"kari": -1})


def test_sentence() -> None:
    timetable = worked((1, 3))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 1 fridag mellom arbeid tirsdag 2. mars 2027 og torsdag 4. mars 2027; "
        "kravet er minst 3 på rad (kommunens egen innstilling)."
    )


@given(st.sets(st.integers(0, LENGTH - 1)), st.sets(st.integers(-5, -1)), st.integers(0, 4))
def test_encoder_and_checker_agree(days: set[int], past: set[int], least: int) -> None:
    rule = ConsecutiveDaysOff(minimum={"*": least})
    verify(rule, worked(sorted(days), sorted(past)))
