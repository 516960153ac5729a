"""Kan ikke: hard by default, a priced wish where the municipality says so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.cannot_wish import CannotWish
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Wish
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import (
    EVENING,
    HOME,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    span,
    verify,
    worked_by,
)

RULE = CannotWish()
SOFT = CannotWish(strength="soft")
KARI = doctor("Kari")
SHIFT = duty("2027-02-02 16:00", "23:00", EVENING)
NEXT = duty("2027-02-03 16:00", "23:00", EVENING)


def cannot(start: str = "2027-02-02 18:00", end: str = "2027-02-02 20:00", **more: Any) -> Wish:
    more.setdefault("attitude", Attitude.CANNOT)
    return Wish("w1", "kari", interval=span(start, end), **more)


def works(wish: Wish, *duties: Duty) -> Timetable:
    return worked_by(KARI, *duties, wishes=(wish,))


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        ("2027-02-02 08:00", "2027-02-02 16:00", 0),
        ("2027-02-02 08:00", "2027-02-02 16:01", 1),
        ("2027-02-02 22:59", "2027-02-03 08:00", 1),
        ("2027-02-02 23:00", "2027-02-03 08:00", 0),
    ],
)
def test_a_minute_is_enough(start: str, end: str, touched: int) -> None:
    plan = works(cannot(start, end), SHIFT)
    assert len(verify(RULE, plan)) == touched
    assert len(exceptions(SOFT, plan)) == touched
    assert not verify(SOFT, plan)
    assert not exceptions(RULE, plan)


@pytest.mark.parametrize("attitude", [Attitude.WANT, Attitude.RATHER_NOT])
def test_other_wishes_are_not_its_business(attitude: Attitude) -> None:
    plan = works(cannot(attitude=attitude), SHIFT)
    assert not list(RULE.check(plan))
    assert not verify(RULE, plan)
    assert not exceptions(SOFT, plan)


def test_patterns_and_municipal_sessions() -> None:
    home = duty("2027-02-02 16:00", "23:00", HOME)
    session = duty("2027-02-02 18:00", "20:00", NURSING_HOME)
    found = verify(RULE, works(cannot(patterns=frozenset({"hjemme"})), SHIFT, home, session))
    assert [c.duties for c in found] == [(home.id,)]
    assert len(verify(RULE, works(cannot(), session))) == 1


def test_two_breaches_and_another_doctor() -> None:
    days = cannot("2027-02-01 00:00", "2027-02-08 00:00")
    both = problem([KARI, doctor("Ola")], [SHIFT, NEXT], wishes=(days,))
    found = verify(RULE, roster(both, {"kari": [SHIFT, NEXT], "ola": [SHIFT, NEXT]}))
    assert [(c.doctor, c.duties) for c in found] == [("kari", (SHIFT.id,)), ("kari", (NEXT.id,))]


def test_kept_where_nothing_is_given() -> None:
    [case] = RULE.check(works(cannot(), NEXT))
    assert case.outcome is Outcome.KEPT


def test_soft_price() -> None:
    days = cannot("2027-02-01 00:00", "2027-02-08 00:00", weight=3)
    assert cost(SOFT, works(days, SHIFT, NEXT)) == (2 * 500,)
    assert cost(CannotWish(strength="soft", price=1), works(days, SHIFT)) == (100,)
    assert len(exceptions(SOFT, works(days, SHIFT, NEXT))) == 2


def test_wish_as_a_whole_costs_once() -> None:
    whole = cannot("2027-02-01 00:00", "2027-02-08 00:00", as_block=True)
    assert cost(SOFT, works(whole, SHIFT, NEXT)) == (500,)
    [case] = exceptions(SOFT, works(whole, SHIFT, NEXT))
    assert case.duties == (SHIFT.id, NEXT.id)
    assert len(verify(RULE, works(whole, SHIFT, NEXT))) == 2  # hard: each duty by itself


def test_duties_of_one_block_cost_once() -> None:
    block = [
        duty("2027-02-06 16:00", "23:00", block="helg"),
        duty("2027-02-07 16:00", "23:00", block="helg"),
    ]
    weekend = cannot("2027-02-06 00:00", "2027-02-08 00:00")
    assert cost(SOFT, works(weekend, *block)) == (500,)
    sunday = cannot("2027-02-07 00:00", "2027-02-08 00:00")
    [case] = verify(RULE, works(sunday, *block))
    assert case.duties == (block[1].id,)


def test_sentences() -> None:
    plan = works(cannot(), SHIFT)
    [case] = verify(RULE, plan)
    assert RULE.explain(plan.problem, case) == (
        "Kari har meldt «kan ikke» fra tirsdag 2. februar 2027 kl. 18:00 til tirsdag 2. februar "
        "2027 kl. 20:00, og det berører Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 "
        "(kommunens egen innstilling)."
    )
    plan = works(cannot(), NEXT)
    assert RULE.explain(plan.problem, next(RULE.check(plan))) == (
        "Kari har meldt «kan ikke» fra tirsdag 2. februar 2027 kl. 18:00 til tirsdag 2. februar "
        "2027 kl. 20:00, og har ingen slik vakt i den tiden (kommunens egen innstilling)."
    )


@given(
    edges=st.lists(st.sampled_from(["15:59", "16:00", "16:01", "22:59", "23:00"]), max_size=3),
    as_block=st.booleans(),
    patterns=st.sampled_from([frozenset(), frozenset({"kveld"}), frozenset({"hjemme"})]),
    soft=st.booleans(),
)
def test_encoder_and_checker_agree(
    edges: list[str], as_block: bool, patterns: frozenset[str], soft: bool
) -> None:
    wishes = tuple(
        Wish(
            f"w{number}",
            "kari",
            Attitude.CANNOT,
            span("2027-02-02 08:00", end) if end < "20" else span("2027-02-02 " + end, "23:30"),
            patterns=patterns,
            as_block=as_block,
        )
        for number, end in enumerate(edges)
    )
    plan = worked_by(KARI, SHIFT, NEXT, wishes=wishes)
    rule = SOFT if soft else RULE
    verify(rule, plan)
    exceptions(rule, plan)


def test_it_binds_only_where_the_municipality_has_made_it_hard() -> None:
    assert CannotWish(strength="hard").binds
    assert not CannotWish(strength="soft").binds
