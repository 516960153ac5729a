"""Ønsker om vakt og fri (policy)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.absence import Absence as AbsenceRule
from constraints.facts.wishes import refused_wishes, wish_receipts
from constraints.wishes import Wishes
from scheduler.domain.doctor import Absence, AbsenceKind, Doctor, Exemption
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Attitude, Wish
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from tests.support import (
    DAYTIME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    notices,
    problem,
    roster,
    span,
    verify,
)

RULE = Wishes()
EVEN = Wishes(spread=0)  # the second refusal costs as much as the first
KARI, OLA = doctor("Kari"), doctor("Ola")
SATURDAY = span("2027-07-17 00:00", "2027-07-18 00:00")
WEEKEND = span("2027-07-17 00:00", "2027-07-19 00:00")
FRIDAY_NIGHT = duty("2027-07-16 23:00", "2027-07-17 08:00", NIGHT)
EVENING = duty("2027-07-17 16:00", "23:00")
SUNDAY = duty("2027-07-18 16:00", "23:00")
DUTIES = (FRIDAY_NIGHT, EVENING, SUNDAY)
ALL = frozenset[str]()
SECOND = 50  # per cent that a second refusal costs beyond the first
FAR_DUTY = duty("2027-02-02 16:00", "23:00")
FAR = FAR_DUTY.interval


def wish(attitude: str, interval: Any = WEEKEND, **more: Any) -> Wish:
    more.setdefault("id", "w1")
    return Wish(doctor="kari", attitude=Attitude(attitude), interval=interval, **more)


def has(*duties: Duty, wishes: tuple[Wish, ...], others: tuple[Duty, ...] = ()) -> Timetable:
    plan = problem([KARI, OLA], DUTIES, wishes=wishes)
    return roster(plan, {"kari": duties, "ola": others})


def refused(timetable: Timetable, rule: Wishes = RULE) -> list[tuple[str, ...]]:
    assert not verify(rule, timetable)
    return [case.duties for case in exceptions(rule, timetable)]


def price(timetable: Timetable, rule: Wishes = RULE) -> int:
    return sum(cost(rule, timetable))


def test_rather_not_is_refused_by_a_duty_that_touches_it() -> None:
    free = (wish("rather_not", SATURDAY),)
    assert refused(has(SUNDAY, wishes=free)) == []
    assert refused(has(FRIDAY_NIGHT, wishes=free)) == [(FRIDAY_NIGHT.id,)]
    assert refused(has(EVENING, wishes=free)) == [(EVENING.id,)]


@pytest.mark.parametrize(("end", "count"), [("2027-07-17 16:00", 0), ("2027-07-17 16:01", 1)])
def test_a_minute_is_enough_and_touching_ends_are_not(end: str, count: int) -> None:
    free = (wish("rather_not", span("2027-07-17 10:00", end)),)
    assert len(refused(has(EVENING, wishes=free))) == count


def test_each_duty_against_the_wish_costs_unless_it_was_one_block() -> None:
    both = (EVENING, SUNDAY)
    free, block = (wish("rather_not"),), (wish("rather_not", as_block=True),)
    assert price(has(EVENING, wishes=free)) == price(has(EVENING, wishes=block)) == 100
    assert price(has(*both, wishes=free), EVEN) == 200
    assert price(has(*both, wishes=block), EVEN) == 100
    assert refused(has(*both, wishes=free)) == refused(has(*both, wishes=block))
    assert refused(has(*both, wishes=free)) == [(EVENING.id, SUNDAY.id)]


def test_want_is_granted_by_one_duty_and_a_block_only_by_all() -> None:
    want, block = (wish("want"),), (wish("want", as_block=True),)
    assert refused(has(wishes=want)) == [tuple(d.id for d in DUTIES)]
    assert refused(has(SUNDAY, wishes=want)) == []
    assert refused(has(EVENING, SUNDAY, wishes=block)) == [tuple(d.id for d in DUTIES)]
    assert refused(has(*DUTIES, wishes=block)) == []
    assert price(has(wishes=block)) == price(has(SUNDAY, wishes=block)) == 100
    for wishes, limit in ((want, 1), (block, len(DUTIES)), ((wish("rather_not"),), 0)):
        assert [case.limit for case in RULE.check(has(SUNDAY, wishes=wishes))] == [limit]


def test_only_the_patterns_named_are_meant() -> None:
    nights = (wish("rather_not", patterns=frozenset({"natt"})),)
    assert refused(has(EVENING, SUNDAY, wishes=nights)) == []
    assert len(refused(has(FRIDAY_NIGHT, wishes=nights))) == 1


def test_a_session_is_meant_too_unless_patterns_are_named() -> None:
    session = duty("2027-07-19 09:00", "15:00", NURSING_HOME)
    monday = span("2027-07-19 00:00", "2027-07-20 00:00")
    for patterns, count in ((ALL, 1), (frozenset({"kveld"}), 0)):
        free = (wish("rather_not", monday, patterns=patterns),)
        plan = problem([KARI], [session], wishes=free)
        assert len(refused(roster(plan, {"kari": [session]}))) == count


def test_duties_given_as_a_block_refuse_every_day_of_it() -> None:
    block = [replace(d, block="helg") for d in (EVENING, SUNDAY)]
    for as_block, expected in ((False, 200), (True, 100)):
        plan = problem([KARI], block, wishes=(wish("rather_not", as_block=as_block),))
        assert price(roster(plan, {"kari": block}), EVEN) == expected


def test_two_refused_wishes_are_both_named() -> None:
    own = (wish("rather_not", SATURDAY), wish("want", span("2027-07-18 00:00", "23:59"), id="w2"))
    assert refused(has(EVENING, wishes=own)) == [(EVENING.id,), (SUNDAY.id,)]


def test_several_duties_of_one_day_are_one_refusal() -> None:
    day = duty("2027-07-17 08:00", "16:00", DAYTIME)
    plan = problem([KARI], [day, *DUTIES], wishes=(wish("rather_not", SATURDAY),))
    assert price(roster(plan, {"kari": [FRIDAY_NIGHT]})) == 100
    assert price(roster(plan, {"kari": [FRIDAY_NIGHT, day, EVENING]})) == 100


def test_a_doctors_own_weights_divide_the_doctors_own_points() -> None:
    saturday, sunday = wish("want", SATURDAY, weight=3), wish("want", SUNDAY.interval, id="w2")
    assert price(has(wishes=(saturday,))) == 100
    assert price(has(EVENING, wishes=(saturday, sunday))) == 50
    assert price(has(SUNDAY, wishes=(saturday, sunday))) == 150 + SECOND * 50 // 100
    free = replace(RULE, normalise=False, spread=0)
    assert price(has(wishes=(saturday, sunday)), free) == 400
    assert price(has(wishes=(replace(saturday, weight=0),)), free) == 1


def test_wishes_beyond_four_share_the_price_of_four() -> None:
    def each(number: int, rule: Wishes = EVEN) -> int:
        own = tuple(wish("want", id=f"w{n}") for n in range(number))
        return price(has(wishes=own), rule) // number

    assert [each(n) for n in (1, 4, 5, 8)] == [100, 100, 80, 50]
    assert each(8, replace(EVEN, normalise=False)) == 100
    assert each(8, replace(EVEN, full_wishes=2)) == 25
    assert each(500) == 1


def test_ten_days_in_one_row_weigh_as_ten_rows_of_one_day() -> None:
    duties = [duty(f"2027-03-{day:02} 16:00", "23:00") for day in range(1, 11)]
    days = [span(d.id[6:16] + " 00:00", "23:59") for d in duties]
    one = (wish("rather_not", Interval(days[0].start, days[-1].end)),)
    ten = tuple(wish("rather_not", own, id=f"w{n:02}") for n, own in enumerate(days))
    for held in (duties[:1], duties[3:8], duties):
        costs = {
            price(roster(problem([KARI], duties, wishes=wishes), {"kari": held}))
            for wishes in (one, ten)
        }
        assert len(costs) == 1
    both = [roster(problem([KARI], duties, wishes=w), {"kari": duties[:5]}) for w in (one, ten)]
    assert [refused_wishes(own) for own in both] == [{"kari": 200}, {"kari": 200}]


@given(
    st.lists(st.integers(1, 10), min_size=1, max_size=12),
    st.lists(st.integers(1, 10), min_size=1, max_size=12),
)
def test_nobody_wins_by_wishing_more_or_louder(few: list[int], many: list[int]) -> None:
    def prices(weights: list[int]) -> list[int]:
        own = tuple(wish("want", id=f"w{n:02}", weight=w) for n, w in enumerate(weights))
        return [price for _, price in RULE.refusal_prices(has(wishes=own).problem, "kari")]

    few, many = sorted((few, many), key=len)
    for own in (few, many):
        assert sum(prices(own)) <= 100 * min(4, len(own)) + len(own)
    assert prices([max(few)] * len(few))[0] >= prices([max(many)] * len(many))[0]


def test_refusals_are_dearer_the_more_one_doctor_has() -> None:
    def refused(number: int, rule: Wishes = RULE) -> int:
        own = tuple(wish("want", id=f"w{n}") for n in range(4))
        granted = tuple(wish("want", EVENING.interval, id=f"g{n}") for n in range(number, 4))
        timetable = has(EVENING, wishes=tuple(replace(w, interval=FAR) for w in own[:number]))
        plan = replace(timetable.problem, wishes=timetable.problem.wishes + granted)
        plan = replace(plan, duties=(FAR_DUTY, *plan.duties))
        return price(roster(plan, {"kari": [EVENING]}), rule)

    assert [refused(n) for n in range(5)] == [0, 100, 250, 450, 700]
    assert [refused(n, EVEN) for n in range(5)] == [0, 100, 200, 300, 400]
    assert [refused(n, replace(RULE, spread=200)) for n in range(4)] == [0, 100, 400, 900]


def test_what_is_impossible_from_the_start_counts_as_refused_too() -> None:
    own = tuple(wish("want", FAR, id=f"w{n}") for n in range(3))
    plan = problem([KARI], [FAR_DUTY], wishes=own)
    away = Absence("kari", FAR, AbsenceKind.COURSE)
    barred = replace(plan, absences=(away,))
    together = Draft(barred, [AbsenceRule(), RULE]).model
    assert step_values(together, settle(together, [])) == (450,)
    assert price(roster(plan, {})) == 450
    [wish_step] = together.steps
    assert not wish_step.terms


def test_two_doctors_refused_once_cost_less_than_one_refused_twice() -> None:
    def cost_of(*doctors: str) -> int:
        days = (EVENING, SUNDAY)
        own = tuple(
            Wish(f"{who}{n}", who, Attitude.RATHER_NOT, day.interval)
            for who in ("kari", "ola")
            for n, day in enumerate(days)
        )
        plan = problem([KARI, OLA], days, wishes=own)
        work: dict[str, list[Duty]] = {"kari": [], "ola": []}
        for who, day in zip(doctors, days, strict=True):
            work[who].append(day)
        return price(roster(plan, work))

    assert cost_of("kari", "ola") == 200
    assert cost_of("kari", "kari") == cost_of("ola", "ola") == 250


@pytest.mark.parametrize(
    ("before", "memory", "expected"),
    [(0, 25, 100), (100, 25, 125), (250, 25, 162), (800, 25, 300), (900, 25, 300), (300, 0, 100)],
)
def test_who_was_refused_before_weighs_more(before: int, memory: int, expected: int) -> None:
    plan = problem(
        [KARI, OLA], DUTIES, wishes=(wish("want"),), ledger=(Account("kari", refused=before),)
    )
    assert price(roster(plan, {}), Wishes(memory=memory)) == expected


def test_memory_does_not_make_the_second_refusal_dearer_twice() -> None:
    own = (wish("rather_not"),)
    plan = problem([KARI], DUTIES, wishes=own, ledger=(Account("kari", refused=400),))
    assert price(roster(plan, {"kari": [EVENING, SUNDAY]})) == 2 * 200 + 50


def test_who_was_refused_last_time_comes_first_now() -> None:
    free = tuple(Wish(who, who, Attitude.RATHER_NOT, EVENING.interval) for who in ("kari", "ola"))
    plan = problem([KARI, OLA], [EVENING], wishes=free, ledger=(Account("ola", refused=100),))
    assert price(roster(plan, {"kari": [EVENING]})) < price(roster(plan, {"ola": [EVENING]}))


def test_refused_wishes_for_the_ledger() -> None:
    away = span("2027-05-01 00:00", "2027-05-02 00:00")
    own = (
        wish("rather_not", WEEKEND),
        wish("rather_not", WEEKEND, id="w2", as_block=True),
        wish("want", SATURDAY, id="w3"),
        wish("cannot", SUNDAY.interval, id="w4"),
        wish("want", away, id="w5"),
    )
    assert refused_wishes(has(wishes=own[:3])) == {"kari": 100, "ola": 0}
    assert refused_wishes(has(SUNDAY, wishes=own[:3])) == {"kari": 300, "ola": 0}
    # Five are stated (the weekend is two days), so that each counts for four fifths.
    assert refused_wishes(has(SUNDAY, wishes=own)) == {"kari": 320, "ola": 0}
    assert refused_wishes(has(SUNDAY, wishes=own), None) == {"kari": 400, "ola": 0}
    assert RULE.refused(has(SUNDAY, wishes=own)) == {"kari": 320, "ola": 0}
    assert replace(RULE, full_wishes=1).refused(has(SUNDAY, wishes=own)) == {"kari": 80, "ola": 0}
    assert replace(RULE, normalise=False).refused(has(SUNDAY, wishes=own))["kari"] == 400


def test_what_a_doctor_cannot_is_no_wish() -> None:
    own = (*(wish("cannot", id=f"c{n}") for n in range(9)), wish("want"))
    timetable = has(wishes=own)
    assert price(timetable) == 100
    assert len(list(RULE.check(timetable))) == 1


def test_another_doctors_duty_does_not_matter() -> None:
    timetable = has(wishes=(wish("rather_not"),), others=DUTIES)
    assert refused(timetable) == []
    assert [case.outcome for case in RULE.check(timetable)] == [Outcome.KEPT]


def test_the_former_roster_grants_nothing() -> None:
    past = duty("2026-12-31 16:00", "23:00")
    new_year = span("2026-12-31 00:00", "2027-01-02 00:00")
    first = duty("2027-01-01 16:00", "23:00")
    plan = problem([KARI], [first], wishes=(wish("want", new_year),), tail=[(KARI, past)])
    assert refused(roster(plan, {})) == [(first.id,)]


def test_a_wish_that_means_no_duty_is_noticed_and_costs_nothing() -> None:
    away = span("2027-05-01 00:00", "2027-05-02 00:00")
    for attitude in ("want", "rather_not"):
        timetable = has(SUNDAY, wishes=(wish(attitude, away),))
        assert refused(timetable) == []
        [told] = notices(RULE, timetable)
        assert RULE.explain(timetable.problem, told) == (
            "Kari har et ønske for 01.05.2027 som ikke gjelder noen vakt i planen."
        )


def test_wishes_of_someone_who_has_left_are_passed_by() -> None:
    gone = replace(wish("want"), doctor="borte")
    assert refused(has(wishes=(gone,))) == []


def test_sentences() -> None:
    def told(*duties: Duty, own: Wish) -> str:
        timetable = has(*duties, wishes=(own,))
        [case] = RULE.check(timetable)
        return RULE.explain(timetable.problem, case)

    free, want = wish("rather_not"), wish("want", SATURDAY)
    block = wish("want", as_block=True)
    assert told(EVENING, SUNDAY, own=free) == (
        "Kari ønsket fri fra 17.07.2027 til 18.07.2027, men har fått Kveld lørdag 17. juli 2027 "
        "kl. 16:00–23:00 og Kveld søndag 18. juli 2027 kl. 16:00–23:00."
    )
    assert told(own=free) == "Kari ønsket fri fra 17.07.2027 til 18.07.2027 og har fått det."
    assert told(own=want) == "Kari ønsket vakt 17.07.2027, men har ikke fått det."
    assert told(EVENING, own=want) == "Kari ønsket vakt 17.07.2027 og har fått det."
    assert told(EVENING, own=block) == (
        "Kari ønsket alle 3 vaktene fra 17.07.2027 til 18.07.2027, men har fått 1 av dem."
    )


def test_receipts_tell_who_has_the_duties_meant() -> None:
    own = (wish("rather_not", SATURDAY), wish("want", id="w2"), wish("cannot", SATURDAY, id="w3"))
    timetable = has(SUNDAY, wishes=own, others=(EVENING,))
    free, want, cannot = wish_receipts(timetable)
    assert (free.wish, free.doctor, free.granted) == ("w1", "kari", True)
    assert free.holders == ((FRIDAY_NIGHT.id, ()), (EVENING.id, ("ola",)))
    assert want.granted
    assert want.given == (SUNDAY.id,)
    assert cannot.granted
    assert not wish_receipts(has(EVENING, wishes=(own[2],)))[0].granted


def test_a_want_that_means_nothing_is_not_granted() -> None:
    away = span("2027-05-01 00:00", "2027-05-02 00:00")
    for as_block in (True, False):
        [own] = wish_receipts(has(wishes=(wish("want", away, as_block=as_block),)))
        assert not own.granted


STARTS = ["2027-07-16 23:59", "2027-07-17 08:00", "2027-07-17 07:59", "2027-07-17 23:00"]


@given(
    st.sampled_from(["want", "rather_not", "cannot"]),
    st.sampled_from(STARTS),
    st.booleans(),
    st.sampled_from([ALL, frozenset({"natt"}), frozenset({"kveld"})]),
    st.sets(st.sampled_from([0, 1, 2])),
)
def test_model_and_receipt_agree(
    attitude: str, start: str, as_block: bool, patterns: frozenset[str], held: set[int]
) -> None:
    own = wish(attitude, span(start, "2027-07-18 16:00"), as_block=as_block, patterns=patterns)
    refused(has(*(DUTIES[n] for n in sorted(held)), wishes=(own,)))


def test_exemption_does_not_grant_a_want() -> None:
    from constraints.claimed_exemption import ClaimedExemption
    from scheduler.domain.doctor import ExemptionKind, ExemptionStatus

    senior: Doctor = replace(KARI, born=KARI.born.replace(year=1960))
    claim = Exemption(
        "e",
        "kari",
        ExemptionKind.AGE,
        ExemptionStatus.CLAIMED,
        claimed_from=KARI.born.replace(year=2026),
    )
    plan = problem([senior], DUTIES, wishes=(wish("want"),), exemptions=(claim,))
    model = Draft(plan, [ClaimedExemption(), RULE]).model
    assert step_values(model, settle(model, [])) == (100,)
