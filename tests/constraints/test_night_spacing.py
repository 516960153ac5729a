"""Avstand mellom nattevakter (policy): from block to block, single nights or several in a row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.night_spacing import NightSpacing
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import (
    HOME,
    NIGHT,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = NightSpacing()
SINGLE = NightSpacing(nights_together=1)
PAIRS = NightSpacing(nights_together=2)
KARI, OLA = doctor("Kari"), doctor("Ola")
MONDAY = date(2027, 2, 1)
DAY = timedelta(days=1)


def night(number: int, start: str = "23:00", end: str = "08:00") -> Duty:
    """The night that begins so many days after Monday 1 February 2027."""
    day = MONDAY + number * DAY
    return duty(f"{day} {start}", f"{day + DAY} {end}", NIGHT)


def nights(*numbers: int) -> list[Duty]:
    return [night(number) for number in numbers]


def found(timetable: Timetable, rule: NightSpacing = RULE) -> list[tuple[float | None, str]]:
    assert not verify(rule, timetable)
    return [(case.measured, case.unit) for case in exceptions(rule, timetable)]


def price(timetable: Timetable, rule: NightSpacing = RULE) -> int:
    return sum(cost(rule, timetable))


@pytest.mark.parametrize(("later", "points"), [(2, 25), (5, 10), (6, 5), (7, 0), (8, 0)])
def test_each_day_that_lacks_from_night_to_night_costs(later: int, points: int) -> None:
    timetable = worked_by(KARI, *nights(0, later))
    assert price(timetable) == points
    assert found(timetable) == ([(later, "dager")] if points else [])


def test_nights_in_a_row_are_one_block() -> None:
    assert found(worked_by(KARI, *nights(0, 1, 2))) == []
    # From the last night of the block, not from its first.
    timetable = worked_by(KARI, *nights(0, 1, 2, 7))
    assert found(timetable) == [(5, "dager")]
    assert price(timetable) == 10


def test_each_of_two_short_distances_is_named() -> None:
    timetable = worked_by(KARI, *nights(0, 3, 4, 9))
    assert found(timetable) == [(3, "dager"), (5, "dager")]
    assert price(timetable) == 4 * 5 + 2 * 5
    [first, second] = exceptions(RULE, timetable)
    assert first.duties == (night(0).id, night(3).id)
    assert second.duties == (night(4).id, night(9).id)


def test_single_nights_want_days_between_them_also_in_a_row() -> None:
    timetable = worked_by(KARI, *nights(0, 1))
    assert found(timetable, SINGLE) == [(1, "dager")]
    assert price(timetable, SINGLE) == 30
    assert found(worked_by(KARI, *nights(0, 7)), SINGLE) == []
    assert [case.unit for case in SINGLE.check(timetable)] == ["dager"]  # a block has no length


def test_a_block_shorter_than_wished_costs_for_each_night_that_lacks() -> None:
    alone, two = worked_by(KARI, night(0)), worked_by(KARI, *nights(0, 1))
    three = replace(RULE, nights_together=3)
    assert found(alone) == []
    assert (found(alone, PAIRS), price(alone, PAIRS)) == ([(1, "netter")], 20)
    assert found(two, PAIRS) == []
    assert (found(alone, three), price(alone, three)) == ([(1, "netter")], 40)
    assert (found(two, three), price(two, three)) == ([(2, "netter")], 20)
    assert found(worked_by(KARI, *nights(0, 1, 2, 3)), three) == []


def test_a_distance_and_two_short_blocks_are_told_apart() -> None:
    timetable = worked_by(KARI, *nights(0, 6))
    assert found(timetable, PAIRS) == [(6, "dager"), (1, "netter"), (1, "netter")]
    assert price(timetable, PAIRS) == 45


def test_a_block_may_go_on_after_the_last_day() -> None:
    last = {"last_day": MONDAY + DAY}
    assert found(worked_by(KARI, night(1), **last), PAIRS) == []
    assert found(worked_by(KARI, night(0), **last), PAIRS) == [(1, "netter")]
    three = replace(RULE, nights_together=3)
    [case] = exceptions(three, worked_by(KARI, night(0), **last))
    assert (case.measured, case.limit) == (1, 2)
    assert price(worked_by(KARI, night(0), **last), three) == 20


def test_former_roster_counts_but_not_by_itself() -> None:
    past = [(KARI, night(0)), (KARI, night(3))]
    plan = problem([KARI], nights(4, 6, 10), tail=past, first_day=MONDAY + 4 * DAY)
    assert found(roster(plan, {})) == []
    assert found(roster(plan, {"kari": [night(4)]})) == []  # goes on with the block
    assert found(roster(plan, {"kari": [night(6)]})) == [(3, "dager")]
    assert found(roster(plan, {"kari": [night(10)]})) == []
    # What began in the former roster is not too short; what begins on the first day can be.
    assert found(roster(plan, {}), PAIRS) == []
    assert found(roster(plan, {"kari": [night(4)]}), PAIRS) == []
    assert (6, "dager") not in found(roster(plan, {"kari": [night(10)]}), PAIRS)
    bare = problem([KARI], nights(4, 5), first_day=MONDAY + 4 * DAY)
    assert found(roster(bare, {"kari": [night(4)]}), PAIRS) == [(1, "netter")]


def test_a_night_that_begins_after_midnight_on_the_first_day_is_one_of_the_period() -> None:
    early = duty("2027-02-01 00:30", "2027-02-01 08:00", NIGHT)
    plan = problem([KARI], [early, night(0)], first_day=MONDAY)
    assert found(roster(plan, {"kari": [early]}), PAIRS) == [(1, "netter")]
    assert found(roster(plan, {"kari": [early, night(0)]}), PAIRS) == []


def test_only_nights_of_work_count() -> None:
    evening = duty("2027-02-03 16:00", "23:30")
    home = duty("2027-02-03 16:00", "2027-02-04 08:00", HOME)
    assert found(worked_by(KARI, night(0), evening)) == []
    assert found(worked_by(KARI, night(0), home)) == []
    busy = duty("2027-02-03 16:00", "2027-02-04 08:00", replace(HOME, duty_class=2))
    assert found(worked_by(KARI, night(0), busy)) == [(2, "dager")]


def test_home_duty_over_several_nights_is_one_block() -> None:
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", replace(HOME, duty_class=2))
    assert found(worked_by(KARI, week)) == []
    assert found(worked_by(KARI, week, night(10))) == [(4, "dager")]


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        # Spring: 02:00 becomes 03:00, so 00:30–04:29 are 2 hours and 59 minutes.
        ("2027-03-28 00:30", "2027-03-28 04:29", False),
        ("2027-03-28 00:30", "2027-03-28 04:30", True),
        # Autumn: 03:00 becomes 02:00, so 00:30–02:30 the second time are 3 hours.
        ("2027-10-31 00:30", "2027-10-31 02:30", False),
        ("2027-10-31 00:30", "2027-10-31 03:00", True),
    ],
)
def test_the_hours_of_a_night_are_real_hours(start: str, end: str, counts: bool) -> None:
    short = duty(start, end, NIGHT)
    other = duty(f"{short.day - 3 * DAY} 23:00", f"{short.day - 2 * DAY} 08:00", NIGHT)
    timetable = worked_by(KARI, other, short, last_day=date(2027, 12, 31))
    assert len(found(timetable)) == counts


def test_the_distance_is_counted_in_days_across_clock_changes() -> None:
    for first in ("2027-03-22", "2027-10-25"):
        day = date.fromisoformat(first)
        pair = [duty(f"{own} 23:00", f"{own + DAY} 08:00", NIGHT) for own in (day, day + 7 * DAY)]
        assert found(worked_by(KARI, *pair, last_day=date(2027, 12, 31))) == []
        assert len(found(worked_by(KARI, *pair), replace(RULE, min_days=8))) == 1


def test_another_doctor_is_not_affected() -> None:
    plan = problem([KARI, OLA], nights(0, 2))
    assert found(roster(plan, {"kari": nights(0), "ola": nights(2)})) == []


def test_the_municipality_sets_distance_and_prices_and_nought_turns_it_off() -> None:
    timetable = worked_by(KARI, *nights(0, 3))
    assert found(timetable, replace(RULE, min_days=3)) == []
    assert found(timetable, replace(RULE, min_days=1)) == []
    assert price(timetable, replace(RULE, price=1)) == 4
    assert found(timetable, replace(PAIRS, price=0)) == [(1, "netter"), (1, "netter")]
    assert found(timetable, replace(PAIRS, short_block_price=0)) == [(3, "dager")]
    assert list(replace(PAIRS, price=0, short_block_price=0).check(timetable)) == []


def test_the_length_of_a_block_is_no_matter_unless_set() -> None:
    assert NightSpacing().nights_together == 0


def test_kept_distances_are_told() -> None:
    [case] = RULE.check(worked_by(KARI, *nights(0, 9)))
    assert (case.outcome, case.measured, case.limit, case.margin) == (Outcome.KEPT, 9, 7, 2)


def test_sentences() -> None:
    timetable = worked_by(KARI, *nights(0, 3))
    [apart, alone, _] = exceptions(PAIRS, timetable)
    assert PAIRS.explain(timetable.problem, apart) == (
        "Kari har 3 dager fra natt til tirsdag 2. februar 2027 til natt til fredag 5. februar "
        "2027; ønsket avstand er minst 7 dager (kommunens egen innstilling)."
    )
    assert PAIRS.explain(timetable.problem, alone) == (
        "Kari har en nattbolk på 1 natt (natt til tirsdag 2. februar 2027); ønsket er minst 2 "
        "netter på rad (kommunens egen innstilling)."
    )
    three = replace(RULE, nights_together=3)
    timetable = worked_by(KARI, *nights(0, 1))
    [block] = exceptions(three, timetable)
    assert "(natt til tirsdag 2. februar 2027 til natt til onsdag 3. februar 2027)" in (
        three.explain(timetable.problem, block)
    )


@given(
    st.sets(st.integers(0, 13)),
    st.sets(st.integers(-6, -1)),
    st.integers(1, 8),
    st.integers(0, 4),
)
def test_encoder_and_checker_agree(
    held: set[int], past: set[int], min_days: int, together: int
) -> None:
    rule = NightSpacing(min_days=min_days, nights_together=together)
    duties: Sequence[Duty] = nights(*range(14))
    plan = problem(
        [KARI],
        duties,
        tail=[(KARI, night(number)) for number in sorted(past)],
        first_day=MONDAY,
        last_day=MONDAY + 13 * DAY,
    )
    timetable = roster(plan, {"kari": [duties[number] for number in sorted(held)]})
    told = [c for c in rule.check(timetable) if c.outcome is Outcome.EXCEPTION]
    found(timetable, rule)
    # Of what is told, the prices are exactly those of the model.
    short = sum(-int(c.margin or 0) for c in told if c.unit == "netter")
    apart = sum(-int(c.margin or 0) for c in told if c.unit == "dager")
    assert price(timetable, rule) == 5 * apart + 20 * short
