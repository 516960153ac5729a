"""Få endringer i en publisert plan (policy). Case E4."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.claimed_exemption import ClaimedExemption
from constraints.cover import Cover
from constraints.rest_between_work import RestBetweenWork
from constraints.stability import Stability
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import FALSE
from tests.support import NIGHT, cost, doctor, duty, exceptions, problem, roster, verify

RULE = Stability(near_price=0, doctor_price=0)
"""Duties alone, near and far alike."""
WHOLE = Stability()
KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per", born=date(1963, 5, 5))
EVENINGS = tuple(duty(f"2027-02-{day:02} 16:00", "23:00") for day in (1, 2, 3))


def plan(
    published: Sequence[str],
    duties: Sequence[Duty] = EVENINGS,
    judged_on: date = date(2027, 1, 20),
) -> Problem:
    own = tuple(Assignment(d.id, who) for d, who in zip(duties, published, strict=True))
    return problem([KARI, OLA, PER], duties, published=own, judged_on=judged_on)


def given_to(own: Problem, holders: Sequence[str]) -> Timetable:
    work: dict[str, Sequence[Duty]] = {}
    for one, holder in zip(own.duties, holders, strict=True):
        if holder:
            work[holder] = [*work.get(holder, ()), one]
    return roster(own, work)


def changed(timetable: Timetable, rule: Stability = RULE) -> list[tuple[str | None, str]]:
    assert not verify(rule, timetable)
    return [(case.doctor, case.duties[0]) for case in exceptions(rule, timetable)]


def test_a_kept_roster_costs_nothing() -> None:
    same = given_to(plan(["kari", "ola", "per"]), ["kari", "ola", "per"])
    assert changed(same) == []
    assert [case.outcome for case in RULE.check(same)] == [Outcome.KEPT] * 3


def test_each_of_two_changes_is_named_and_priced() -> None:
    new = given_to(plan(["kari", "ola", "per"]), ["ola", "ola", ""])
    assert changed(new) == [("kari", EVENINGS[0].id), ("per", EVENINGS[2].id)]
    assert cost(RULE, new) == (600,)
    assert cost(replace(RULE, price=10), new) == (20,)
    assert (WHOLE.price, WHOLE.near_price, WHOLE.doctor_price) == (300, 900, 100)


@pytest.mark.parametrize(
    ("judged_on", "price"),
    [
        (date(2027, 2, 1), 1200),
        (date(2027, 1, 31), 1190),
        (date(2026, 12, 18), 750),
        (date(2026, 11, 4), 310),
        (date(2026, 11, 3), 300),
        (date(2026, 10, 1), 300),
    ],
)
def test_the_nearer_the_duty_the_dearer_the_change(judged_on: date, price: int) -> None:
    own = plan(["kari"], EVENINGS[:1], judged_on=judged_on)
    alone = replace(WHOLE, doctor_price=0)
    assert cost(alone, given_to(own, ["ola"])) == (price,)
    assert len(changed(given_to(own, ["ola"]), alone)) == 1


def test_the_municipality_says_how_long_a_change_is_near() -> None:
    own = plan(["kari"], EVENINGS[:1], judged_on=date(2027, 1, 30))
    near = Stability(doctor_price=0, near_days=4)
    assert cost(near, given_to(own, ["ola"])) == (750,)
    assert cost(replace(near, near_days=2), given_to(own, ["ola"])) == (300,)


def test_a_duty_next_week_moves_last_though_one_in_three_months_must_move_for_it() -> None:
    """Cover decides what must move; where either of two may, the later one does."""
    near, far = duty("2027-02-05 16:00", "23:00"), duty("2027-05-05 16:00", "23:00")
    own = plan(["kari", "kari"], [near, far], judged_on=date(2027, 2, 1))
    assert cost(WHOLE, given_to(own, ["kari", "ola"])) < cost(WHOLE, given_to(own, ["ola", "kari"]))


def test_a_doctor_is_touched_once_however_many_duties_change() -> None:
    people = replace(WHOLE, price=0, near_price=0)
    own = plan(["kari", "kari", "ola"])
    assert cost(people, given_to(own, ["per", "per", "ola"])) == (200,)
    assert changed(given_to(own, ["per", "per", "ola"]), people) == [
        ("kari", EVENINGS[0].id),
        ("per", EVENINGS[0].id),
    ]
    assert cost(people, given_to(own, ["per", "kari", "kari"])) == (300,)
    assert cost(people, given_to(own, ["kari", "kari", "ola"])) == (0,)
    assert cost(people, given_to(own, ["", "", "ola"])) == (100,)


def test_one_doctor_for_two_duties_is_cheaper_than_two_doctors() -> None:
    own = plan(["kari", "kari", "ola"])
    one, two = given_to(own, ["per", "per", "ola"]), given_to(own, ["per", "ola", "ola"])
    # Ola is asked to take a duty more: two doctors are touched beside Kari.
    assert cost(WHOLE, two)[0] - cost(WHOLE, one)[0] == 100


def test_a_hole_that_is_filled_is_nothing_taken_back_but_touches_the_doctor() -> None:
    published = (Assignment(EVENINGS[0].id, "kari"),)
    own = problem([KARI, OLA], EVENINGS[:2], published=published, judged_on=date(2027, 1, 20))
    filled = roster(own, {"kari": [EVENINGS[0]], "ola": [EVENINGS[1]]})
    assert changed(filled) == []
    assert changed(filled, WHOLE) == [("ola", EVENINGS[1].id)]
    assert cost(WHOLE, filled) == (100,)


def test_no_hole_is_left_for_the_sake_of_peace() -> None:
    published = (Assignment(EVENINGS[0].id, "kari"),)
    own = problem([KARI, OLA], EVENINGS[:2], published=published, judged_on=date(2027, 2, 1))
    draft = Draft(own, [Cover(), replace(WHOLE, price=10_000, doctor_price=10_000)])

    def worth(who: Sequence[str]) -> tuple[int, ...]:
        pairs = [Assignment(d.id, w) for d, w in zip(EVENINGS[:2], who, strict=True) if w]
        return step_values(draft.model, settle(draft.model, draft.decision_indices(pairs)))

    assert worth(["ola", "kari"]) < worth(["kari", ""])
    assert worth(["kari", "ola"]) < worth(["ola", "kari"])


def test_who_has_left_is_not_touched_again_and_history_touches_nobody() -> None:
    own = replace(plan(["kari", "ola", "per"]), doctors=(KARI, OLA))
    new = given_to(own, ["kari", "ola", ""])
    people = replace(WHOLE, price=0, near_price=0)
    assert changed(new, people) == []
    own = plan(["kari", "ola", "per"], judged_on=date(2027, 2, 4))
    assert changed(given_to(own, ["ola", "kari", "per"]), WHOLE) == []
    early = plan(["kari", "ola", "per"], judged_on=date(2027, 2, 2))
    assert changed(given_to(early, ["ola", "ola", "per"]), people) == []
    assert len(changed(given_to(early, ["kari", "kari", "per"]), people)) == 2


@pytest.mark.parametrize(("judged_on", "count"), [(2, 1), (3, 0)])
def test_what_began_before_the_day_of_judgement_is_history(judged_on: int, count: int) -> None:
    own = plan(["kari", "ola", "per"], judged_on=date(2027, 2, judged_on))
    assert len(changed(given_to(own, ["kari", "kari", "per"]))) == count


def test_the_day_is_oslo_s_day() -> None:
    # 00:30 in Oslo on 2 February is still 1 February in UTC.
    early = (duty("2027-02-02 00:30", "08:00", NIGHT),)
    own = plan(["kari"], early, judged_on=date(2027, 2, 2))
    assert len(changed(given_to(own, ["ola"]))) == 1


def test_only_one_of_two_doctors_on_a_duty_is_changed() -> None:
    double = replace(EVENINGS[0], needed=2)
    published = tuple(Assignment(double.id, who) for who in ("kari", "ola"))
    own = problem([KARI, OLA, PER], [double], published=published, judged_on=date(2027, 1, 1))
    new = roster(own, {"ola": [double], "per": [double]})
    assert changed(new) == [("kari", double.id)]
    [case] = exceptions(RULE, new)
    assert RULE.explain(own, case).startswith("Kveld mandag 1. februar 2027 kl. 16:00–23:00 er")
    assert "fra Kari til Per " in RULE.explain(own, case)


def test_a_duty_that_was_called_off_is_no_change() -> None:
    own = replace(plan(["kari", "ola", "per"]), duties=EVENINGS[:2])
    assert changed(given_to(own, ["kari", "ola"])) == []


def test_a_doctor_who_has_left_cannot_keep_a_duty() -> None:
    own = replace(plan(["kari", "ola", "per"]), doctors=(KARI, OLA))
    new = given_to(own, ["kari", "ola", "ola"])
    assert changed(new) == [("per", EVENINGS[2].id)]
    [case] = exceptions(RULE, new)
    assert "er flyttet fra en lege som har sluttet til Ola siden" in RULE.explain(own, case)


def test_without_a_published_roster_there_is_nothing_to_change() -> None:
    own = problem([KARI], EVENINGS)
    assert list(RULE.check(roster(own, {"kari": EVENINGS}))) == []


def test_each_duty_of_a_block_counts() -> None:
    block = [replace(d, block="b") for d in EVENINGS]
    own = plan(["kari"] * 3, block)
    assert cost(RULE, given_to(own, ["ola"] * 3)) == (900,)
    assert len(changed(given_to(own, ["ola"] * 3))) == 3


def test_sentences() -> None:
    own = plan(["kari", "ola", "per"])
    kept, moved, lost = RULE.check(given_to(own, ["kari", "per", ""]))
    assert RULE.explain(own, kept) == (
        "Kari beholder Kveld mandag 1. februar 2027 kl. 16:00–23:00 fra den publiserte planen "
        "(kommunens egen innstilling)."
    )
    assert RULE.explain(own, moved) == (
        "Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 er flyttet fra Ola til Per siden planen "
        "ble publisert (kommunens egen innstilling)."
    )
    assert RULE.explain(own, lost) == (
        "Kveld onsdag 3. februar 2027 kl. 16:00–23:00 er tatt fra Per uten avløser siden planen "
        "ble publisert (kommunens egen innstilling)."
    )

    _, ola, per = list(WHOLE.check(given_to(own, ["kari", "per", "per"])))[:3]
    assert WHOLE.explain(own, ola) == (
        "Ola har mistet 1 vakt siden planen ble publisert (kommunens egen innstilling)."
    )
    assert WHOLE.explain(own, per) == (
        "Per har fått 1 vakt siden planen ble publisert (kommunens egen innstilling)."
    )
    both, *_ = WHOLE.check(given_to(own, ["ola", "kari", "kari"]))
    assert (both.measured, both.limit, both.margin) == (3, 0, -3)
    assert WHOLE.explain(own, both) == (
        "Kari har mistet 1 vakt og fått 2 vakter siden planen ble publisert (kommunens egen "
        "innstilling)."
    )
    same, *_ = WHOLE.check(given_to(own, ["kari", "per", "per"]))
    assert WHOLE.explain(own, same) == (
        "Kari har de samme vaktene som i den publiserte planen (kommunens egen innstilling)."
    )


def test_nought_turns_it_off() -> None:
    off = Stability(price=0, near_price=0, doctor_price=0)
    new = given_to(plan(["kari", "ola", "per"]), ["ola", "kari", ""])
    assert changed(new, off) == []
    assert list(off.check(new)) == []


def test_e04_claim_after_publication_is_replanned_with_fewest_changes() -> None:
    """Per, 63, claims from 1 February: his later duties move, everything else stays."""
    days = ["01-25", "01-31", "02-01", "02-02", "02-03", "02-08"]
    duties = [duty(f"2027-{day} 16:00", "23:00") for day in days]
    published = ["per", "per", "per", "kari", "ola", "per"]
    claim = Exemption(
        "e4", "per", ExemptionKind.AGE, ExemptionStatus.CLAIMED, claimed_from=date(2027, 2, 1)
    )
    own = replace(plan(published, duties, judged_on=date(2027, 1, 20)), exemptions=(claim,))
    rules = [Cover(), ClaimedExemption(), RestBetweenWork(), WHOLE]
    draft = Draft(own, rules)
    prices = {}
    for holders in product(("kari", "ola", "per"), repeat=len(duties)):
        pairs = [Assignment(d.id, who) for d, who in zip(duties, holders, strict=True)]
        if any(draft.works(a.doctor, own.duty_by_id[a.duty]) == FALSE for a in pairs):
            continue
        values = settle(draft.model, draft.decision_indices(pairs))
        if not any(broken(draft.model, values)):
            prices[holders] = step_values(draft.model, values)
    best = [holders for holders, price in prices.items() if price == min(prices.values())]
    # Both new duties to one doctor: fewer are touched.
    assert set(best) == {("per", "per", one, "kari", "ola", one) for one in ("kari", "ola")}
    for holders in best:
        new = given_to(own, holders)
        assert not any(c.outcome is Outcome.BREACH for r in rules for c in r.check(new))
        assert changed(new) == [("per", duties[2].id), ("per", duties[5].id)]


@given(st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=3, max_size=3))
def test_model_and_checker_agree(holders: list[str]) -> None:
    own = plan(["kari", "ola", "per"], judged_on=date(2027, 2, 2))
    changed(given_to(own, holders))
    changed(given_to(own, holders), WHOLE)
    changed(given_to(own, holders), replace(WHOLE, doctor_price=0))
    changed(given_to(own, holders), replace(WHOLE, price=0, near_price=0))
    changed(given_to(own, holders), replace(WHOLE, price=0, near_days=12))
