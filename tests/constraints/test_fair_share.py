"""F-33.17 and F-33.18: rettferdig fordeling av legevakt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.claimed_exemption import ClaimedExemption
from constraints.fair_share import FairShare
from scheduler.domain.doctor import Doctor, Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Municipality, Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    EVENING,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
)

RULE = FairShare()
KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per")
HEAVY = replace(NIGHT, burden=250)


def evenings(*days: int) -> list[Duty]:
    return [duty(f"2027-02-{d:02} 16:00", "22:00") for d in days]


def nights(*days: int) -> list[Duty]:
    return [duty(f"2027-02-{d:02} 23:00", f"2027-02-{d + 1:02} 08:00", HEAVY) for d in days]


def given_to(plan: Problem, *holders: str) -> Timetable:
    """A roster from one holder for each duty in order of time; «» is nobody."""
    work: dict[str, Sequence[Duty]] = {}
    for own, holder in zip(plan.duties, holders, strict=True):
        if holder:
            work[holder] = [*work.get(holder, ()), own]
    return roster(plan, work)


def about(timetable: Timetable, measure: str, rule: FairShare = RULE) -> list[Case]:
    return [
        case
        for case in rule.check(timetable)
        if case.outcome is Outcome.KEPT and case.fact("measure") == measure
    ]


def best(plan: Problem, rule: FairShare, *holders: str) -> set[tuple[str, ...]]:
    """The rosters with every duty held by one of these that cost least."""
    prices = {
        own: cost(rule, given_to(plan, *own)) for own in product(holders, repeat=len(plan.duties))
    }
    return {own for own, price in prices.items() if price == min(prices.values())}


# --- what the model minimises --------------------------------------------------------------


def test_worst_off_first_in_hundredths_of_a_point() -> None:
    plan = problem([KARI, OLA], evenings(1, 2, 3))
    assert cost(RULE, given_to(plan, "kari", "kari", "kari"))[:2] == (150, 0)
    assert cost(RULE, given_to(plan, "kari", "kari", "ola"))[:2] == (50, 0)
    assert Draft(plan, [RULE]).model.steps[0].scale == 100


def test_the_second_worst_off_is_looked_at_too() -> None:
    plan = problem([KARI, OLA, PER, doctor("Siv")], evenings(1, 2, 3, 4))
    split = given_to(plan, "kari", "kari", "ola", "ola")
    spread = given_to(plan, "kari", "kari", "ola", "per")
    # Two are a point over their share of one, or one of them is.
    assert cost(RULE, split)[:3] == (100, 200, 100)
    assert cost(RULE, spread)[:3] == (100, 100, 100)
    assert len(cost(replace(RULE, leximin_depth=1), split)) == 2


def test_opening_balance_counts_as_work_already_done() -> None:
    plan = problem([KARI, OLA], evenings(1, 2, 3, 4), ledger=(Account("kari", points=100),))
    assert cost(RULE, given_to(plan, "kari", "ola", "ola", "ola"))[0] == 100
    even = problem([KARI, OLA], evenings(1, 2, 3, 4))
    assert cost(RULE, given_to(even, "kari", "ola", "kari", "ola"))[0] == 0
    # With 100 from before the aims are 100 and 200.
    assert cost(RULE, given_to(plan, "kari", "kari", "ola", "ola"))[0] == 100


def test_price_is_the_square_at_one_three_and_five_duties_over() -> None:
    volunteer = doctor("Ola", share_weight=Fraction(0))
    price = []
    for number in (0, 1, 2, 3, 4, 5):
        plan = problem([KARI, volunteer], evenings(1, 2, 3, 4, 5))
        timetable = given_to(plan, *["ola"] * number, *[""] * (5 - number))
        price.append(cost(RULE, timetable)[-1])
    # Kari has none of her five: 25 points. Ola, who owes nothing, has 1, 2, ... too many.
    assert [own - 2500 for own in price] == [0, 100, 500, 900, 1700, 2500]


def test_a_target_between_two_numbers_leans_towards_the_nearer() -> None:
    idle = [replace(night, type=replace(NIGHT, burden=0)) for night in nights(1, 8)]
    plan = problem([KARI, OLA, PER], idle)
    # Two nights for three doctors: none is as much as 2/3 too few, one only 1/3 too many.
    one_each, both = given_to(plan, "kari", "ola"), given_to(plan, "kari", "kari")
    assert cost(RULE, one_each)[-1] == 33
    assert cost(RULE, both)[-1] == 167 + 33 + 33


def test_a_target_halfway_between_two_numbers_counts_from_the_higher() -> None:
    idle = [replace(night, type=replace(NIGHT, burden=0)) for night in nights(1, 8, 15)]
    plan = problem([KARI, OLA], idle)
    # Nobody has a night: each lacks two, and the first of them is free.
    assert cost(RULE, given_to(plan, "", "", ""))[-1] == 300 + 300


def test_nights_are_spread_though_points_are_even() -> None:
    light = replace(NIGHT, burden=100)
    own = [replace(night, type=light) for night in nights(1, 8)]
    plan = problem([KARI, OLA], [*own, *evenings(4, 11)])
    # In order of time: night, evening, night, evening.
    assert best(plan, RULE, "kari", "ola") == {
        ("kari", "kari", "ola", "ola"),
        ("kari", "ola", "ola", "kari"),
        ("ola", "kari", "kari", "ola"),
        ("ola", "ola", "kari", "kari"),
    }


def test_weekends_are_spread_and_two_duties_of_one_weekend_are_one() -> None:
    weekends = [
        duty(f"2027-02-{day:02} {start}:00", f"{start + 6}:00")
        for day in (6, 13)
        for start in (10, 16)
    ]
    plan = problem([KARI, OLA], weekends)
    # Each has two duties either way; joined, each loses one weekend and not two.
    assert best(plan, replace(RULE, night_price=0), "kari", "ola") == {
        ("kari", "kari", "ola", "ola"),
        ("ola", "ola", "kari", "kari"),
    }


def test_great_holidays_are_spread() -> None:
    easter = duty("2027-03-25 10:00", "16:00")
    ascension = duty("2027-05-06 10:00", "16:00")
    plan = problem([KARI, OLA], [*evenings(2, 9), easter, ascension])
    assert all(own[2] != own[3] for own in best(plan, RULE, "kari", "ola"))
    indifferent = best(plan, replace(RULE, holiday_price=0), "kari", "ola")
    assert any(own[2] == own[3] for own in indifferent)


def test_weekends_of_earlier_periods_count() -> None:
    weekends = [duty(f"2027-02-{day:02} 10:00", "16:00") for day in (6, 13)]
    ledger = (Account("kari", weekends=100), Account("ola", weekends=-100))
    plan = problem([KARI, OLA], [*weekends, *evenings(16, 17)], ledger=ledger)
    assert best(plan, replace(RULE, weekend_price=1000), "kari", "ola") == {
        ("ola", "ola", "kari", "kari")
    }


def test_price_of_many_weekends_keeps_rising_over_the_whole_range() -> None:
    days = (6, 13, 20, 27)
    idle = replace(EVENING, burden=0)
    weekends = [
        duty(f"2027-02-{day:02} {hour:02}:00", f"{hour:02}:30", idle)
        for day in days
        for hour in range(5)
    ]
    plan = problem([KARI, OLA], weekends)
    prices = [
        cost(RULE, roster(plan, {"kari": weekends[: 5 * number : 5]}))[-1] for number in range(5)
    ]
    # Between 2 and 10 weekends each: thresholds at 2, 4, ... at a step of two.
    assert [after - before for before, after in pairwise(prices)] == [0, 0, 200, 200]
    many = replace(plan, ledger=(Account("kari", weekends=200), Account("ola", weekends=-200)))
    prices = [
        cost(RULE, roster(many, {"kari": weekends[: 5 * number : 5]}))[-1] for number in range(5)
    ]
    assert [after - before for before, after in pairwise(prices)] == [200, 200, 400, 400]


@pytest.mark.parametrize(
    ("days", "at_once", "rises"),
    [
        ((6, 13, 20, 27), 3, [0, 0, 100, 200]),  # 2 to 6 weekends each: steps of one
        ((6, 13, 20), 4, [0, 200, 200]),  # 1 to 6: steps of two
    ],
)
def test_there_are_few_thresholds(days: tuple[int, ...], at_once: int, rises: list[int]) -> None:
    idle = replace(EVENING, burden=0)
    weekends = [
        duty(f"2027-02-{day:02} {hour:02}:00", f"{hour:02}:30", idle)
        for day in days
        for hour in range(at_once)
    ]
    plan = problem([KARI, OLA], weekends)
    prices = [
        cost(RULE, roster(plan, {"kari": weekends[: at_once * number : at_once]}))[-1]
        for number in range(len(days) + 1)
    ]
    assert [after - before for before, after in pairwise(prices)] == rises


def test_the_price_rises_no_more_when_well_over_the_range() -> None:
    idle = replace(EVENING, burden=0)
    weekends = [duty(f"2027-02-{day:02} 10:00", "16:00", idle) for day in (6, 13, 20, 27)]
    plan = problem([*DOCTORS, doctor("Siv")], weekends)
    assert cost(RULE, given_to(plan, *["kari"] * 4))[-1] == 100 * 3 + 100 * 2


def test_municipal_sessions_weigh_nothing_here() -> None:
    session = duty("2027-02-03 08:00", "15:30", replace(NURSING_HOME, burden=700))
    plan = problem([KARI, OLA], [*evenings(1, 2), session])
    without = given_to(plan, "kari", "ola", "")
    assert cost(RULE, given_to(plan, "kari", "ola", "kari")) == cost(RULE, without)


def test_former_roster_stands_in_the_balance_and_not_in_the_sum() -> None:
    plan = problem([KARI, OLA], evenings(1, 2), tail=[(KARI, duty("2026-12-31 16:00", "23:00"))])
    assert cost(RULE, given_to(plan, "kari", "ola"))[0] == 0


def test_exempt_doctor_is_outside_and_does_not_hold_the_worst_up() -> None:
    exempt = Exemption(
        "e", "ola", ExemptionKind.AGE, ExemptionStatus.CLAIMED, claimed_from=date(2027, 1, 1)
    )
    ola = doctor("Ola", born=date(1960, 1, 1))
    plan = problem(
        [KARI, ola], evenings(1, 2), exemptions=(exempt,), ledger=(Account("ola", points=9000),)
    )
    rule = replace(RULE, others=(ClaimedExemption(),))
    timetable = given_to(plan, "kari", "kari")
    assert cost(rule, timetable)[0] == 0
    assert [case.doctor for case in about(timetable, "points", rule)] == ["kari"]


def test_a_large_old_balance_means_at_most_a_free_period() -> None:
    plan = problem([KARI, OLA], evenings(1, 2), ledger=(Account("kari", points=9000),))
    assert cost(RULE, given_to(plan, "ola", "ola"))[0] == 100  # Ola, one over his own
    assert cost(replace(RULE, carry=0), given_to(plan, "kari", "ola"))[0] == 0


def test_few_variables_for_each_doctor_and_class() -> None:
    doctors = [doctor(f"D{n}") for n in range(6)]
    plan = problem(doctors, [*evenings(*range(1, 6)), *nights(*range(8, 11))])
    bare = Draft(plan, []).model
    full = Draft(plan, [RULE]).model
    assert full.size - bare.size <= 6 * 2 * len(doctors)
    long = [d for d in full.definitions if len(d.terms) > 1]
    assert len(long) <= 4 * len(doctors)


# --- what the checker tells ----------------------------------------------------------------


def test_everybodys_result_and_share_is_told_for_each_class() -> None:
    plan = problem([KARI, OLA], [*nights(1, 5), *evenings(9)], ledger=(Account("ola", points=-50),))
    timetable = given_to(plan, "kari", "kari", "ola")
    points = about(timetable, "points")
    assert [(c.doctor, c.measured, c.limit, c.margin) for c in points] == [
        ("kari", 5.0, 3.0, -2.0),
        ("ola", 1.0, 3.0, 2.5),
    ]
    assert [c.fact("balance") for c in points] == [2.0, -2.5]
    assert [(c.measured, c.limit) for c in about(timetable, "nights")] == [(2, 1.0), (0, 1.0)]
    assert points[0].duties == tuple(d.id for d in plan.duties[:2])
    assert not verify(RULE, timetable)
    assert notices(RULE, timetable) == []


def test_weekends_are_compared_with_what_was_in_fact_worked() -> None:
    weekend = [duty("2027-02-06 10:00", "16:00"), duty("2027-02-06 16:00", "22:00")]
    plan = problem([KARI, OLA], weekend)
    joined = about(given_to(plan, "kari", "kari"), "weekends")
    assert [(c.measured, c.limit) for c in joined] == [(1, 0.5), (0, 0.5)]
    split = about(given_to(plan, "kari", "ola"), "weekends")
    assert [(c.measured, c.limit) for c in split] == [(1, 1.0), (1, 1.0)]


@pytest.mark.parametrize(("burden", "found"), [(199, 0), (200, 1)])
def test_a_doctor_who_is_owed_a_point_and_has_no_shift_is_noticed(burden: int, found: int) -> None:
    plan = problem([KARI, OLA], [replace(evenings(1)[0], type=replace(EVENING, burden=burden))])
    told = notices(RULE, given_to(plan, "kari"))
    assert [(case.doctor, case.measured, case.limit) for case in told] == [("ola", 0, 1)] * found


def test_nobody_wonders_why_a_doctor_with_a_large_balance_is_free() -> None:
    plan = problem([KARI, OLA], evenings(1, 2), ledger=(Account("ola", points=100),))
    assert not notices(RULE, given_to(plan, "kari", "kari"))


def test_both_of_two_doctors_without_shifts_are_noticed() -> None:
    plan = problem([KARI, OLA, PER], evenings(1, 2, 3))
    assert [c.doctor for c in notices(RULE, given_to(plan, *["per"] * 3))] == ["kari", "ola"]


def test_e25_a_quota_without_doctors_is_told_and_not_moved() -> None:
    towns = (Municipality("fjell", "Fjell", 600), Municipality("vik", "Vik", 400))
    plan = problem([KARI], evenings(1, 2, 3, 4, 5), municipalities=towns)
    by_key = replace(RULE, key="population")
    timetable = given_to(plan, *["kari"] * 5)
    [told] = notices(by_key, timetable)
    assert (told.measured, told.limit) == (0, 2)
    assert by_key.explain(plan, told) == (
        "Vik har etter fordelingsnøkkelen en andel på 2 belastningspoeng, men ingen av kommunens "
        "leger kan ta vaktene; andelen er ikke flyttet til de andre kommunene, så avtal hvem som "
        "skal dekke den."
    )
    assert about(timetable, "points", by_key)[0].limit == 3.0
    assert not notices(RULE, timetable)
    assert about(timetable, "points")[0].limit == 5.0


def test_sentences() -> None:
    plan = problem(
        [KARI, OLA, PER],
        nights(1, 5, 9, 13),
        ledger=(Account("kari", points=50), Account("ola", points=-50, nights=-100)),
    )
    timetable = given_to(plan, "kari", "kari", "kari", "ola")
    source = "(Legeforeningen om rett og plikt til å delta i legevakt; må bekreftes av kommunen)."

    def told(cases: list[Case]) -> list[str]:
        return [RULE.explain(plan, case) for case in cases]

    assert told(about(timetable, "points"))[:2] == [
        "Kari har 7,5 belastningspoeng; en rettferdig andel er 3,33, og saldoen fra før er +0,5 "
        + source,
        "Ola har 2,5 belastningspoeng; en rettferdig andel er 3,33, og saldoen fra før er −0,5 "
        + source,
    ]
    assert told(about(timetable, "nights")) == [
        "Kari har 3 netter; en rettferdig andel er 1,33 " + source,
        "Ola har 1 natt; en rettferdig andel er 1,33, og saldoen fra før er −1 " + source,
        "Per har 0 netter; en rettferdig andel er 1,33 " + source,
    ]
    assert told(notices(RULE, timetable)) == [
        "Per har ingen vakter i planen, men skulle hatt vakter for 3,33 belastningspoeng " + source
    ]


def test_settings_of_a_municipality_that_has_set_nothing() -> None:
    told = {name: value for name, value in RULE.settings().items() if isinstance(value, int)}
    assert told == {
        "prorate": True,
        "carry": 100,
        "leximin_depth": 3,
        "night_price": 100,
        "weekend_price": 100,
        "holiday_price": 200,
    }


def test_settings_change_the_shares() -> None:
    half = doctor("Ola", practice_share="1/2")
    timetable = given_to(problem([KARI, half], evenings(1, 2, 3)), "kari", "kari", "ola")
    assert cost(RULE, timetable)[0] == 50
    assert cost(replace(RULE, weight="practice_share"), timetable)[0] == 0


DOCTORS: tuple[Doctor, ...] = (KARI, OLA, PER)


@given(
    st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=7, max_size=7),
    st.lists(st.sampled_from([-101, -100, 0, 99, 300]), min_size=3, max_size=3),
)
def test_model_and_report_agree_on_the_worst_off(holders: list[str], opening: list[int]) -> None:
    ledger = tuple(Account(d.id, points=p) for d, p in zip(DOCTORS, opening, strict=True))
    plan = problem(DOCTORS, [*evenings(1, 2, 3, 9), *nights(5, 12, 20)], ledger=ledger)
    timetable = given_to(plan, *holders)
    told = [c.fact("balance") for c in about(timetable, "points")]
    assert cost(RULE, timetable)[0] == pytest.approx(100 * max(told), abs=0.51)
    assert cost(RULE, timetable)[2] == pytest.approx(100 * sum(told), abs=1.51)
    assert not verify(RULE, timetable)
