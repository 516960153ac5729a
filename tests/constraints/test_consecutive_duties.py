"""Kommunens egen innstilling: arbeidsdager på rad."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.consecutive_duties import ConsecutiveDuties
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import NIGHT, NURSING_HOME, doctor, duty, notices, problem, roster, verify

KARI = doctor("Kari")
OLA = doctor("Ola")
FIRST = date(2027, 3, 1)
LENGTH = 14
AT_MOST_3 = ConsecutiveDuties(maximum={"*": 3})
AT_LEAST_3 = ConsecutiveDuties(minimum={"*": 3})


def shift(day: int, **more: Any) -> Duty:
    """The evening so many days after Monday 1 March."""
    return duty(f"{FIRST + timedelta(days=day)} 16:00", "22:00", **more)


def worked(days: Iterable[int], past: Iterable[int] = (), others_past: int = 0) -> Timetable:
    """Kari works these of 14 days; `past` are hers before them, Ola's tail begins earlier."""
    every = [shift(day) for day in range(LENGTH)]
    tail = [(KARI, shift(day)) for day in past]
    tail += [(OLA, shift(day)) for day in range(-others_past, 0)]
    plan = problem(
        [KARI, OLA],
        every,
        first_day=FIRST,
        last_day=FIRST + timedelta(days=LENGTH - 1),
        tail=tail,
    )
    return roster(plan, {"kari": [every[day] for day in days]})


def test_off_until_given() -> None:
    assert not list(ConsecutiveDuties().check(worked(range(14))))
    assert not verify(ConsecutiveDuties(), worked(range(14)))


@pytest.mark.parametrize(("days", "breaches"), [((4, 5, 6), 0), ((4, 5, 6, 7), 1)])
def test_the_longest_run_and_a_day_more(days: tuple[int, ...], breaches: int) -> None:
    found = verify(AT_MOST_3, worked(days))
    assert [(case.measured, case.margin) for case in found] == [(4, -1)] * breaches


@pytest.mark.parametrize(("days", "breaches"), [((4, 5, 6), 0), ((4, 5), 1)])
def test_the_shortest_run_and_a_day_less(days: tuple[int, ...], breaches: int) -> None:
    found = verify(AT_LEAST_3, worked(days))
    assert [(case.measured, case.margin) for case in found] == [(2, -1)] * breaches


@pytest.mark.parametrize("days", [(0,), (0, 1), (13,), (12, 13)])
def test_a_short_run_at_either_end_may_go_on_outside(days: tuple[int, ...]) -> None:
    assert not verify(AT_LEAST_3, worked(days))


@pytest.mark.parametrize("days", [(1, 2), (11, 12)])
def test_a_short_run_a_day_from_either_end_may_not(days: tuple[int, ...]) -> None:
    assert len(verify(AT_LEAST_3, worked(days))) == 1


@pytest.mark.parametrize("days", [(0, 1, 2, 3), (10, 11, 12, 13)])
def test_the_maximum_binds_at_either_end(days: tuple[int, ...]) -> None:
    assert len(verify(AT_MOST_3, worked(days))) == 1


def test_each_of_two_runs_is_named() -> None:
    found = verify(ConsecutiveDuties(minimum={"*": 2}, maximum={"*": 3}), worked((2, 5, 6, 7, 8)))
    assert [(case.fact("bound"), case.measured) for case in found] == [
        ("minimum", 1),
        ("maximum", 4),
    ]


def test_none_at_all() -> None:
    assert len(verify(ConsecutiveDuties(maximum={"*": 0}), worked((5,)))) == 1


def test_former_roster_continues_the_run() -> None:
    assert not verify(AT_MOST_3, worked((0,), past=(-2, -1)))
    [case] = verify(AT_MOST_3, worked((0, 1), past=(-2, -1)))
    assert case.duties == (shift(-2).id, shift(-1).id, shift(0).id, shift(1).id)
    assert not verify(AT_LEAST_3, worked((0,), past=(-2, -1), others_past=9))
    assert len(verify(AT_LEAST_3, worked((0,), past=(-1,), others_past=9))) == 1
    assert not verify(AT_LEAST_3, worked((0, 1), past=(-1,), others_past=9))


def test_former_roster_shows_that_a_run_begins_on_the_first_day() -> None:
    assert len(verify(AT_LEAST_3, worked((0, 1), others_past=1))) == 1
    assert not verify(AT_LEAST_3, worked((0, 1, 2), others_past=1))


def test_a_run_as_old_as_the_former_roster_may_be_longer_than_is_known() -> None:
    assert not verify(AT_LEAST_3, worked((0,), past=(-1,)))
    assert len(verify(AT_LEAST_3, worked((0,), past=(-1,), others_past=2))) == 1


def test_former_roster_is_no_breach_by_itself() -> None:
    assert not verify(AT_MOST_3, worked((1,), past=(-4, -3, -2, -1)))
    assert len(verify(AT_MOST_3, worked((0,), past=(-4, -3, -2, -1)))) == 1
    assert not verify(AT_LEAST_3, worked((3, 4, 5), past=(-1,), others_past=9))


def test_a_day_is_worked_when_a_shift_or_session_starts_on_it() -> None:
    session = duty("2027-03-04 08:00", "12:00", NURSING_HOME)
    night = duty("2027-03-05 23:00", "2027-03-06 07:00", NIGHT)
    days = [shift(2), session, night]
    plan = problem([KARI], [*days, shift(4)], first_day=FIRST, last_day=date(2027, 3, 14))
    assert not verify(AT_MOST_3, roster(plan, {"kari": days}))  # free on Saturday
    assert not verify(AT_LEAST_3, roster(plan, {"kari": days}))


def test_two_shifts_of_a_day_are_one_day() -> None:
    extra = duty("2027-03-05 08:00", "15:00")
    every = [shift(3), extra, shift(4), shift(5)]
    plan = problem([KARI], every, first_day=FIRST, last_day=date(2027, 3, 14))
    assert not verify(AT_MOST_3, roster(plan, {"kari": every}))
    assert len(verify(AT_LEAST_3, roster(plan, {"kari": [extra, shift(4)]}))) == 1


def test_blocks_come_and_go_together() -> None:
    block = [shift(day, block="b") for day in (3, 4, 5, 6)]
    plan = problem([KARI], block, first_day=FIRST, last_day=date(2027, 3, 14))
    assert len(verify(AT_MOST_3, roster(plan, {"kari": block}))) == 1
    assert not verify(AT_LEAST_3, roster(plan, {"kari": block}))


def test_another_doctor_is_not_affected() -> None:
    every = [shift(day) for day in range(LENGTH)]
    plan = problem([KARI, OLA], every, first_day=FIRST, last_day=date(2027, 3, 14))
    assert not verify(AT_MOST_3, roster(plan, {"kari": every[2:5], "ola": every[5:8]}))
    own = ConsecutiveDuties(maximum={"*": 3, "kari": 2})
    assert len(verify(own, roster(plan, {"kari": every[2:5], "ola": every[5:8]}))) == 1


def test_the_days_of_clock_change_are_days() -> None:
    for change in (date(2027, 3, 28), date(2026, 10, 25)):
        days = [change + timedelta(days=n) for n in (-1, 0, 1)]
        every = [duty(f"{day} 00:00", "23:59") for day in days]
        first, last = days[0] - timedelta(days=3), days[0] + timedelta(days=9)
        plan = problem([KARI], every, first_day=first, last_day=last)
        timetable = roster(plan, {"kari": every})
        assert not verify(AT_LEAST_3, timetable)
        assert len(verify(ConsecutiveDuties(maximum={"*": 2}), timetable)) == 1


def test_kept_runs_are_reported_and_misspelt_doctors_told() -> None:
    assert [c.outcome for c in AT_MOST_3.check(worked((4, 8)))] == [Outcome.KEPT] * 2
    timetable = worked(())
    [case] = notices(ConsecutiveDuties(minimum={"karri": 2}), timetable)
    assert "«karri»" in AT_MOST_3.explain(timetable.problem, case)
    with pytest.raises(ValueError, match=r"maximum\.kari \(True\) must be a whole number"):
        ConsecutiveDuties(maximum={"kari": True})


def test_sentences() -> None:
    timetable = worked((2, 5, 6, 7, 8))
    rule = ConsecutiveDuties(minimum={"*": 2}, maximum={"*": 3})
    assert [rule.explain(timetable.problem, case) for case in verify(rule, timetable)] == [
        "Kari har 1 arbeidsdag på rad, onsdag 3. mars 2027; kravet er minst 2 "
        "(kommunens egen innstilling).",
        "Kari har 4 arbeidsdager på rad, fra lørdag 6. mars 2027 til tirsdag 9. mars 2027; "
        "kravet er høyst 3 (kommunens egen innstilling).",
    ]


@given(
    st.sets(st.integers(0, LENGTH - 1)),
    st.sets(st.integers(-5, -1)),
    st.integers(0, 6),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_encoder_and_checker_agree(
    days: set[int], past: set[int], others_past: int, least: int, most: int
) -> None:
    rule = ConsecutiveDuties(minimum={"*": least}, maximum={"*": most})
    verify(rule, worked(sorted(days), sorted(past), others_past))
