"""F-33.17 and F-33.18: rettferdig fordeling av legevakt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.claimed_exemption import ClaimedExemption
from constraints.fair_share import FairShare
from scheduler.domain.doctor import Doctor, Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Agreement, Municipality, Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.model import Model
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


def steps(rule: FairShare, timetable: Timetable) -> list[Fraction]:
    """The worst-off in points, depth by depth, then the squares in typical duties."""
    model = Draft(timetable.problem, [rule]).model
    values = cost(rule, timetable)
    return [Fraction(v) / Fraction(s.scale) for v, s in zip(values, model.steps, strict=True)]


def test_worst_off_first_in_points() -> None:
    plan = problem([KARI, OLA], evenings(1, 2, 3))
    assert steps(RULE, given_to(plan, "kari", "kari", "kari"))[:2] == [1.5, 0]
    assert steps(RULE, given_to(plan, "kari", "kari", "ola"))[:2] == [0.5, 0]
    # A typical duty is a thousand units, and here it is a point.
    assert Draft(plan, [RULE]).model.steps[0].scale == 1000


def test_the_second_worst_off_is_looked_at_too() -> None:
    plan = problem([KARI, OLA, PER, doctor("Siv")], evenings(1, 2, 3, 4))
    split = given_to(plan, "kari", "kari", "ola", "ola")
    spread = given_to(plan, "kari", "kari", "ola", "per")
    # Two are a point over their share of one, or one of them is.
    assert steps(RULE, split)[:3] == [1, 2, 1]
    assert steps(RULE, spread)[:3] == [1, 1, 1]
    assert len(cost(replace(RULE, leximin_depth=1), split)) == 2
    assert len(cost(replace(RULE, leximin_depth=100), split)) == 5


def test_opening_balance_counts_as_work_already_done() -> None:
    plan = problem([KARI, OLA], evenings(1, 2, 3, 4), ledger=(Account("kari", points=100),))
    assert steps(RULE, given_to(plan, "kari", "ola", "ola", "ola"))[0] == 1
    even = problem([KARI, OLA], evenings(1, 2, 3, 4))
    assert steps(RULE, given_to(even, "kari", "ola", "kari", "ola"))[0] == 0
    # With 100 from before the aims are 100 and 200.
    assert steps(RULE, given_to(plan, "kari", "kari", "ola", "ola"))[0] == 1


def test_points_cost_the_square_of_typical_duties() -> None:
    volunteer = doctor("Ola", share_weight=Fraction(0))
    found = []
    for number in range(8):
        plan = problem([KARI, volunteer], evenings(1, 2, 3, 4, 5, 8, 9))
        timetable = given_to(plan, *["ola"] * number, *[""] * (7 - number))
        found.append(steps(RULE, timetable)[-1])
    # Kari has none of her seven: straight on from six at the slope of six to eight. Ola, who
    # owes nothing, has 1, 2, ... too many; five lie on the line from four to six.
    kari = 36 + 14
    assert [own - kari for own in found] == [0, 1, 4, 9, 16, 26, 36, 50]


def test_a_target_between_two_numbers_has_its_exact_square() -> None:
    idle = [replace(night, type=replace(NIGHT, burden=0)) for night in nights(1, 8)]
    plan = problem([KARI, OLA, PER], idle)
    third = Fraction(1, 3)
    # Two nights for three doctors: two thirds each.
    one_each, both = given_to(plan, "kari", "ola"), given_to(plan, "kari", "kari")
    assert float(steps(RULE, one_each)[-1]) == pytest.approx(float(6 * third**2), abs=0.002)
    assert float(steps(RULE, both)[-1]) == pytest.approx(float(24 * third**2), abs=0.002)
    dear = replace(RULE, night_price=300)
    assert float(steps(dear, both)[-1]) == pytest.approx(float(72 * third**2), abs=0.004)


def test_a_target_halfway_between_two_numbers_has_its_exact_square() -> None:
    idle = [replace(night, type=replace(NIGHT, burden=0)) for night in nights(1, 8, 15)]
    plan = problem([KARI, OLA], idle)
    assert steps(RULE, given_to(plan, "", "", ""))[-1] == 2 * Fraction(9, 4)
    assert steps(RULE, given_to(plan, "kari", "kari", "kari"))[-1] == 2 * Fraction(9, 4)
    assert steps(RULE, given_to(plan, "kari", "kari", "ola"))[-1] == 2 * Fraction(1, 4)


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


def test_weekends_beyond_the_least_fair_number_cost_their_square() -> None:
    idle = replace(EVENING, burden=0)
    days = (6, 13, 20, 27)
    weekends = [duty(f"2027-02-{day:02} 10:00", "16:00", idle) for day in days]

    def prices(*ledger: Account) -> list[Fraction]:
        plan = problem([KARI, OLA], weekends, ledger=ledger)
        held = [["kari"] * number + [""] * (4 - number) for number in range(5)]
        return [steps(RULE, given_to(plan, *own))[-1] for own in held]

    # Two each are the least that is fair; fewer is never worse.
    assert prices() == [0, 0, 0, 1, 4]
    found = prices(Account("kari", weekends=50), Account("ola", weekends=-50))
    assert found == [0, 0, Fraction(1, 4), Fraction(9, 4), Fraction(25, 4)]
    # Who has had so many before that none is left pays for every one.
    assert prices(Account("kari", weekends=400)) == [0, 1, 4, 9, 16]


def test_all_points_times_a_constant_give_the_same_model() -> None:
    def model(fold: int) -> tuple[Model, list[float]]:
        kinds = (replace(NIGHT, burden=1937 * fold), replace(EVENING, burden=640 * fold))
        session = duty("2027-02-03 08:00", "13:07", NURSING_HOME)
        plan = problem(
            [KARI, OLA, PER],
            [
                *(replace(own, type=kinds[0]) for own in nights(1, 5, 9)),
                *(replace(own, type=kinds[1]) for own in evenings(12, 15)),
                session,
            ],
            ledger=(Account("kari", points=301 * fold), Account("per", points=-77 * fold)),
        )
        rule = replace(RULE, ordered_points=0.75 * fold)
        own = Draft(plan, [rule]).model
        scales = [round(step.scale * fold, 6) for step in own.steps[:-1]]
        return replace(own, steps=[replace(step, scale=1) for step in own.steps]), scales

    assert model(1) == model(7) == model(100)


def test_ordered_work_is_spread_by_the_cap() -> None:
    half = doctor("Ola", practice_share="1/2")
    sessions = [duty(f"2027-02-{day:02} 08:00", "11:00", NURSING_HOME) for day in (2, 9, 16)]
    plan = problem([KARI, half], sessions)
    for rule in (RULE, replace(RULE, ordered_points=0)):
        found = best(plan, rule, "kari", "ola")
        assert {own.count("kari") for own in found} == {2}


def test_ordered_work_costs_the_square_of_full_weeks_beyond_the_least_fair_hours() -> None:
    days = ("02", "03", "04", "05", "08", "09")
    sessions = [duty(f"2027-02-{day} 08:00", "15:30", NURSING_HOME) for day in days]
    plan = problem([KARI, OLA], sessions)
    # With this price the slopes are whole numbers, so that nothing is rounded.
    rule = replace(RULE, ordered_points=0, ordered_price=450)
    held = [["kari"] * number + [""] * (6 - number) for number in range(7)]
    found = [steps(rule, given_to(plan, *own))[-1] for own in held]
    assert found == [Fraction(9, 2) * n for n in (0, 0, 0, 0, 1, 4, 9)]
    half = replace(plan, doctors=(KARI, replace(OLA, practice_share=Fraction(1, 2))))
    # Of six days Kari owes four, and Ola two; three beyond them are six of Ola's weeks.
    own = ["ola"] * 5 + [""]
    assert float(steps(rule, given_to(half, *own))[-1]) == pytest.approx(4.5 * 36 / 2, abs=0.05)


def test_earlier_orders_count() -> None:
    sessions = [duty(f"2027-02-{day} 08:00", "15:30", NURSING_HOME) for day in ("02", "09")]
    ledger = (Account("kari", ordered=450), Account("ola", ordered=-450))
    plan = problem([KARI, OLA], sessions, ledger=ledger)
    rule = replace(RULE, ordered_points=0)
    assert best(plan, rule, "kari", "ola") == {("ola", "ola")}
    assert best(plan, replace(rule, carry=0), "kari", "ola") == {
        ("kari", "ola"),
        ("ola", "kari"),
    }


def test_an_ordered_hour_has_points_and_an_agreed_one_has_none() -> None:
    # What the municipal duty itself weighs is not used.
    session = duty("2027-02-03 08:00", "10:00", replace(NURSING_HOME, burden=700))
    plan = problem([KARI, OLA], [*evenings(1, 2), session])
    held = given_to(plan, "kari", "ola", "kari")
    assert steps(RULE, held)[0] == 1  # two points more, and each owes one of them
    assert steps(replace(RULE, ordered_points=0.25), held)[0] == Fraction(1, 4)
    assert steps(replace(RULE, ordered_points=0), held)[0] == 0
    agreed = replace(plan, agreements=(Agreement("kari", "sykehjem", 120, Span()),))
    assert steps(RULE, given_to(agreed, "kari", "ola", "kari"))[0] == 0
    partly = replace(plan, agreements=(Agreement("kari", "sykehjem", 90, Span(), signed=False),))
    # Half an hour must be ordered at the least, a quarter of it is Ola's.
    assert steps(RULE, given_to(partly, "kari", "ola", "kari"))[0] == Fraction(1, 4)


def test_former_roster_stands_in_the_balance_and_not_in_the_sum() -> None:
    past = [
        (KARI, duty("2026-12-31 16:00", "23:00")),
        (KARI, duty("2026-12-30 08:00", "12:00", NURSING_HOME)),
    ]
    session = duty("2027-01-02 08:00", "10:00", NURSING_HOME)
    plan = problem([KARI, OLA], [session, *evenings(1, 2)], tail=past)
    assert steps(RULE, given_to(plan, "", "kari", "ola"))[0] == -1
    assert steps(RULE, given_to(plan, "kari", "kari", "ola"))[0] == 1
    told = about(given_to(plan, "kari", "kari", "ola"), "ordered")
    assert [(c.measured, c.limit) for c in told] == [(2, 1), (0, 1)]


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
    assert steps(RULE, given_to(plan, "ola", "ola"))[0] == 1  # Ola, one over his own
    assert cost(replace(RULE, carry=0), given_to(plan, "kari", "ola"))[0] == 0


def test_few_variables_for_each_doctor_and_class() -> None:
    doctors = [doctor(f"D{n}") for n in range(6)]
    plan = problem(doctors, [*evenings(*range(1, 6)), *nights(*range(8, 11))])
    bare = Draft(plan, []).model
    full = Draft(plan, [RULE]).model
    assert full.size - bare.size <= 8 * 2 * 2 * len(doctors)
    long = [d for d in full.definitions if len(d.terms) > 1]
    assert len(long) <= 4 * len(doctors)


def test_what_costs_nothing_adds_nothing_to_the_model() -> None:
    plan = problem([KARI, OLA], nights(1, 8))
    free = replace(RULE, night_price=0)
    assert Draft(plan, [RULE]).model.size > Draft(plan, [free]).model.size
    none = [replace(night, type=replace(NIGHT, burden=0)) for night in nights(1, 8)]
    idle = problem([KARI, OLA], none)
    assert Draft(idle, [free]).model.size == Draft(idle, []).model.size


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


def test_the_sum_of_squares_is_exact_for_each_class() -> None:
    session = duty("2027-02-18 08:00", "15:30", NURSING_HOME)
    plan = problem([KARI, OLA], [*nights(1, 5, 9), session])
    timetable = given_to(plan, "kari", "kari", "kari", "ola")
    rule = replace(RULE, ordered_points=0)
    squares = {measure.value: own for measure, own in rule.squares(timetable).items()}
    # One and a half of everything off, for both: points in duties, orders in weekly caps.
    assert squares == {
        "points": 2 * Fraction(9, 4),
        "nights": 2 * Fraction(9, 4),
        "weekends": 2 * Fraction(1, 4),
        "great_holidays": 0,
        "ordered": 2 * Fraction(1, 4),
    }
    told = [case for case in rule.check(timetable) if case.doctor is None]
    assert [(case.fact("of"), case.measured) for case in told] == [
        ("points", 4.5),
        ("nights", 4.5),
        ("weekends", 0.5),
        ("ordered", 0.5),
    ]
    assert rule.explain(plan, told[1]) == (
        "Avvikene i netter gir en kvadratsum på 4,5 (Legeforeningen om rett og plikt til å delta i "
        "legevakt; må bekreftes av kommunen)."
    )


def test_weekends_are_compared_with_what_was_in_fact_worked() -> None:
    weekend = [duty("2027-02-06 10:00", "16:00"), duty("2027-02-06 16:00", "22:00")]
    plan = problem([KARI, OLA], weekend)
    joined = about(given_to(plan, "kari", "kari"), "weekends")
    assert [(c.measured, c.limit) for c in joined] == [(1, 0.5), (0, 0.5)]
    split = about(given_to(plan, "kari", "ola"), "weekends")
    assert [(c.measured, c.limit) for c in split] == [(1, 1.0), (1, 1.0)]


@pytest.mark.parametrize(("days", "found"), [((1, 2, 3), 0), ((1, 2, 3, 4), 1)])
def test_a_doctor_who_is_owed_a_duty_and_has_none_is_noticed(
    days: tuple[int, ...], found: int
) -> None:
    plan = problem([KARI, replace(OLA, share_weight=Fraction(1, 3))], evenings(*days))
    told = notices(RULE, given_to(plan, *["kari"] * len(days)))
    assert [(case.doctor, case.measured, case.limit) for case in told] == [("ola", 0, 1)] * found


def test_ordered_work_is_no_shift_that_a_doctor_lacks() -> None:
    exempt = Exemption(
        "e", "ola", ExemptionKind.AGE, ExemptionStatus.CLAIMED, claimed_from=date(2027, 1, 1)
    )
    sessions = [duty(f"2027-02-{day} 08:00", "15:30", NURSING_HOME) for day in ("02", "09")]
    ola = doctor("Ola", born=date(1960, 1, 1))
    plan = problem([KARI, ola], [*evenings(1, 3), *sessions], exemptions=(exempt,))
    rule = replace(RULE, others=(ClaimedExemption(),))
    timetable = roster(plan, {"kari": [*evenings(1, 3), sessions[0]], "ola": [sessions[1]]})
    assert not notices(rule, timetable)
    # Two points of legevakt for Kari, and half of the fifteen ordered hours for each.
    assert [c.limit for c in about(timetable, "points", rule)] == [9.5, 7.5]


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
    assert RULE.ordered_points == 1.0
    assert told == {
        "prorate": True,
        "carry": 100,
        "leximin_depth": 3,
        "night_price": 100,
        "weekend_price": 100,
        "holiday_price": 200,
        "ordered_price": 50,
    }


def test_settings_change_the_shares() -> None:
    half = doctor("Ola", practice_share="1/2")
    timetable = given_to(problem([KARI, half], evenings(1, 2, 3)), "kari", "kari", "ola")
    assert steps(RULE, timetable)[0] == Fraction(1, 2)
    assert cost(replace(RULE, weight="practice_share"), timetable)[0] == 0


DOCTORS: tuple[Doctor, ...] = (KARI, OLA, PER)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=7, max_size=7),
    st.lists(st.sampled_from([-101, -100, 0, 99, 300]), min_size=3, max_size=3),
)
def test_model_and_report_agree_on_the_worst_off(holders: list[str], opening: list[int]) -> None:
    ledger = tuple(Account(d.id, points=p) for d, p in zip(DOCTORS, opening, strict=True))
    plan = problem(DOCTORS, [*evenings(1, 2, 3, 9), *nights(5, 12, 20)], ledger=ledger)
    timetable = given_to(plan, *holders)
    told = [c.fact("balance") for c in about(timetable, "points")]
    worst = steps(RULE, timetable)
    assert float(worst[0]) == pytest.approx(max(told), abs=0.001)
    assert float(worst[2]) == pytest.approx(sum(told), abs=0.003)
    assert not verify(RULE, timetable)
