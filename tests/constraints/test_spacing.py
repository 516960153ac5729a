"""Luft mellom vaktene (policy)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from constraints.spacing import Spacing
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import (
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

RULE = Spacing()
KARI, OLA = doctor("Kari"), doctor("Ola")


def evenings(*days: int) -> list[Duty]:
    return [duty(f"2027-02-{day:02} 16:00", "22:00") for day in days]


def close(timetable: Timetable, rule: Spacing = RULE) -> list[tuple[str, ...]]:
    assert not verify(rule, timetable)
    return [case.duties for case in exceptions(rule, timetable)]


def price(timetable: Timetable, rule: Spacing = RULE) -> int:
    return sum(cost(rule, timetable))


@pytest.mark.parametrize(("day", "points"), [(3, 10), (4, 5), (5, 0), (6, 0)])
def test_each_day_that_lacks_costs(day: int, points: int) -> None:
    timetable = worked_by(KARI, *evenings(2, day))
    assert price(timetable) == points
    assert len(close(timetable)) == (points > 0)


def test_two_shifts_that_start_on_one_day_cost_most() -> None:
    timetable = worked_by(KARI, duty("2027-02-02 08:00", "15:00"), *evenings(2))
    assert price(timetable) == 15
    assert len(close(timetable)) == 1


def test_each_of_two_close_pairs_is_named() -> None:
    first, second, third = evenings(2, 4, 6)
    found = close(worked_by(KARI, first, second, third))
    assert found == [(first.id, second.id), (second.id, third.id)]


def test_every_close_pair_is_told_once() -> None:
    first, second, third = evenings(2)[0], duty("2027-02-04 08:00", "15:00"), evenings(4)[0]
    found = close(worked_by(KARI, first, second, third))
    assert found == [(first.id, second.id), (first.id, third.id), (second.id, third.id)]
    group = [replace(own, together="g") for own in (second, third)]
    assert close(worked_by(KARI, first, *group)) == [(first.id, second.id)]


def test_other_distances() -> None:
    timetable = worked_by(KARI, *evenings(2, 7))
    assert close(timetable, replace(RULE, min_days=5)) == []
    assert len(close(timetable, replace(RULE, min_days=6))) == 1
    assert price(timetable, replace(RULE, min_days=7, price=1)) == 2
    every_other = replace(RULE, min_days=2)
    assert close(worked_by(KARI, *evenings(2, 4)), every_other) == []
    assert len(close(worked_by(KARI, *evenings(2, 3)), every_other)) == 1


def test_one_day_asks_for_nothing() -> None:
    timetable = worked_by(KARI, *evenings(2, 3))
    assert close(timetable, replace(RULE, min_days=1)) == []
    assert list(replace(RULE, min_days=1).check(timetable)) == []


@pytest.mark.parametrize("field", ["block", "together"])
def test_shifts_that_belong_together_are_one_turn(field: str) -> None:
    group: list[Duty] = [
        replace(evening, block="helg") if field == "block" else replace(evening, together="helg")
        for evening in evenings(5, 6, 7)
    ]
    assert close(worked_by(KARI, *group)) == []
    after, later = evenings(9)[0], evenings(10)[0]
    assert close(worked_by(KARI, *group, after)) == [(group[2].id, after.id)]
    assert close(worked_by(KARI, *group, later)) == []


def test_the_day_is_oslo_s_day_also_when_the_clock_changes() -> None:
    # 00:15 on 29 March in Oslo is 28 March in UTC.
    saturday = duty("2027-03-26 16:00", "22:00")
    assert close(worked_by(KARI, saturday, duty("2027-03-29 00:15", "02:45"))) == []
    assert len(close(worked_by(KARI, saturday, duty("2027-03-28 23:45", "2027-03-29 02:15")))) == 1
    autumn = [duty(f"2027-10-{day} 00:15", "02:45") for day in (29, 31)]
    timetable = worked_by(KARI, *autumn, duty("2027-11-01 00:15", "02:45"))
    assert len(close(timetable)) == 2


def test_the_distance_from_night_to_night_is_another_rule_s() -> None:
    nights = [duty(f"2027-02-0{day} 23:00", f"2027-02-0{day + 1} 08:00", NIGHT) for day in (2, 3)]
    assert close(worked_by(KARI, *nights)) == []
    assert price(worked_by(KARI, *nights)) == 0
    # From an evening to a night, and from nights to an evening, it counts as ever.
    assert close(worked_by(KARI, *evenings(1), *nights)) == [
        (evenings(1)[0].id, nights[0].id),
        (evenings(1)[0].id, nights[1].id),
    ]
    assert price(worked_by(KARI, *nights, *evenings(5))) == 10 - 5
    # A night that is taken together with an evening is not a turn of nights alone.
    mixed = [replace(own, together="helg") for own in (evenings(4)[0], nights[1])]
    assert close(worked_by(KARI, nights[0], *mixed)) == [(nights[0].id, nights[1].id)]


def test_nights_of_the_former_roster_are_nights_too() -> None:
    past = duty("2026-12-31 23:00", "2027-01-01 08:00", NIGHT)
    first = duty("2027-01-01 23:00", "2027-01-02 08:00", NIGHT)
    evening = duty("2027-01-02 16:00", "22:00")
    plan = problem([KARI], [first, evening], tail=[(KARI, past)])
    assert close(roster(plan, {"kari": [first]})) == []
    assert len(close(roster(plan, {"kari": [evening]}))) == 1


def test_sessions_are_not_shifts() -> None:
    session = duty("2027-02-03 09:00", "15:00", NURSING_HOME)
    assert close(worked_by(KARI, *evenings(2), session)) == []


def test_another_doctor_is_not_affected() -> None:
    first, second = evenings(2, 3)
    plan = problem([KARI, OLA], [first, second])
    assert close(roster(plan, {"kari": [first], "ola": [second]})) == []


def test_former_roster_counts_at_the_boundary_but_not_by_itself() -> None:
    before = [duty(f"2026-12-{day} 16:00", "22:00") for day in (30, 31)]
    past = [(KARI, one) for one in before]
    first, second, third = (duty(f"2027-01-0{day} 16:00", "22:00") for day in (1, 2, 3))
    plan = problem([KARI], [first, second, third], tail=past)
    assert close(roster(plan, {})) == []
    assert len(close(roster(plan, {"kari": [first]}))) == 2
    assert close(roster(plan, {"kari": [second]})) == [(before[1].id, second.id)]
    assert close(roster(plan, {"kari": [third]})) == []


def test_turns_that_were_close_in_the_former_roster_cost_nothing_when_one_goes_on() -> None:
    other = duty("2026-12-31 08:00", "15:00")
    group = [
        duty("2026-12-31 16:00", "22:00", together="nyttår"),
        duty("2027-01-01 16:00", "22:00", together="nyttår"),
    ]
    plan = problem([KARI], group[1:], tail=[(KARI, other), (KARI, group[0])])
    assert close(roster(plan, {"kari": group[1:]})) == []


def test_sentence() -> None:
    timetable = worked_by(KARI, *evenings(2, 3))
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 1 dag fra Kveld tirsdag 2. februar 2027 kl. 16:00–22:00 til "
        "Kveld onsdag 3. februar 2027 kl. 16:00–22:00; ønsket avstand er minst 3 dager "
        "(kommunens egen innstilling)."
    )


def test_kept_distances_are_told() -> None:
    [case] = RULE.check(worked_by(KARI, *evenings(2, 5)))
    assert (case.outcome, case.measured, case.margin) == (Outcome.KEPT, 3, 0)
    cases = list(RULE.check(worked_by(KARI, *evenings(2, 5, 8))))
    assert [case.measured for case in cases] == [3, 3]  # from each to the next


def test_the_model_grows_with_days_and_not_with_pairs() -> None:
    daily = [replace(own, id=f"{own.id}/{n}") for own in evenings(*range(1, 29)) for n in range(10)]
    model = Draft(problem([KARI], daily), [RULE]).model
    assert len(model.definitions) <= 30


def test_a_night_more_is_no_nearer_where_the_former_roster_had_one_between() -> None:
    """Evening on the 2nd, nights from the 3rd on: the evening was too near the nights already."""
    [evening] = evenings(2)
    nights = [duty(f"2027-02-0{day} 23:00", f"2027-02-0{day + 1} 08:00", NIGHT) for day in (3, 4)]
    for past, told in ((2, []), (1, [(evening.id, nights[0].id), (evening.id, nights[1].id)])):
        shifts = [evening, *nights]
        plan = problem([KARI], shifts[past:], tail=[(KARI, own) for own in shifts[:past]])
        timetable = roster(plan, {"kari": shifts[past:]})
        assert close(timetable) == told
        assert (price(timetable) > 0) == bool(told)


@example([(0, "", False), (0, "", True), (0, "g", False), (0, "", True), (0, "g", False)], 3, set())
@example([(4, "", False), (1, "h", True), (1, "g", True)], 2, {0})
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 2, 3, 4]), st.sampled_from(["", "g", "h"]), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    st.integers(0, 4),
    st.sets(st.integers(0, 4)),
)
def test_model_and_checker_agree(
    steps: list[tuple[int, str, bool]], past: int, not_held: set[int]
) -> None:
    """Shifts so many days apart, some in groups, the first few in the former roster."""
    duties: list[Duty] = []
    start = evenings(1)[0].start
    for number, (step, group, late) in enumerate(steps):
        start += timedelta(days=step, minutes=1)
        shift = Interval(start, start + timedelta(hours=12 if late else 6))
        duties.append(Duty(f"d{number}", evenings(1)[0].type, shift, together=group or None))
    tail = [(KARI, own) for own in duties[:past]]
    plan = problem([KARI], duties[past:], tail=tail)
    held = [own for n, own in enumerate(duties) if n >= past and n not in not_held]
    close(roster(plan, {"kari": held}))
