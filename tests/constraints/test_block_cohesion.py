"""Vakter som helst tas av samme lege (policy)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.block_cohesion import BlockCohesion
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import (
    EVENING,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    verify,
)

RULE = BlockCohesion()
KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per")
WEEKEND = tuple(duty(f"2027-02-{day:02} 16:00", "23:00", together="helg 5") for day in (5, 6, 7))


def given_to(duties: Sequence[Duty], *holders: str, **more: object) -> Timetable:
    plan = problem([KARI, OLA, PER], duties, **more)  # type: ignore[arg-type]
    work: dict[str, Sequence[Duty]] = {}
    for own, holder in zip(duties, holders, strict=True):
        if holder:
            work[holder] = [*work.get(holder, ()), own]
    return roster(plan, work)


def split(timetable: Timetable, rule: BlockCohesion = RULE) -> list[float | None]:
    """How many doctors share each group that is split."""
    assert not verify(rule, timetable)
    return [case.measured for case in exceptions(rule, timetable)]


@pytest.mark.parametrize(
    ("holders", "found", "price"),
    [
        (("kari", "kari", "kari"), [], 0),
        (("kari", "kari", "ola"), [2], 100),
        (("kari", "ola", "per"), [3], 200),
        (("kari", "", "ola"), [2], 100),
        (("", "", "ola"), [], 0),
        (("", "", ""), [], 0),
    ],
)
def test_each_doctor_beyond_the_first_has_a_price(
    holders: tuple[str, ...], found: list[float | None], price: int
) -> None:
    timetable = given_to(WEEKEND, *holders)
    assert split(timetable) == found
    assert sum(cost(RULE, timetable)) == price
    assert sum(cost(replace(RULE, price=7), timetable)) == price * 7 // 100


def test_two_split_groups_are_both_named() -> None:
    other = tuple(replace(d, id=f"{d.id}b", together="annen") for d in WEEKEND)
    timetable = given_to([*WEEKEND, *other], *["kari", "ola", "ola"] * 2)
    found = exceptions(RULE, timetable)
    assert [case.duties for case in found] == [
        tuple(d.id for d in WEEKEND),
        tuple(d.id for d in other),
    ]


def test_a_duty_for_two_needs_two_doctors() -> None:
    double = (replace(WEEKEND[0], needed=2), WEEKEND[1])
    plan = problem([KARI, OLA, PER], double)
    assert split(roster(plan, {"kari": double, "ola": double[:1]})) == []
    assert split(roster(plan, {"kari": double[:1], "ola": double[:1], "per": double[1:]})) == [3]


def test_duties_that_do_not_belong_together_may_be_split() -> None:
    loose = [replace(d, together=None) for d in WEEKEND]
    timetable = given_to(loose, "kari", "ola", "per")
    assert split(timetable) == []
    assert list(RULE.check(timetable)) == []


def test_municipal_sessions_may_belong_together_too() -> None:
    sessions = [replace(d, type=NURSING_HOME) for d in WEEKEND]
    assert split(given_to(sessions, "kari", "ola", "ola")) == [2]
    assert EVENING.id == "kveld"


def test_the_former_roster_counts_but_costs_nothing_by_itself() -> None:
    before, last = WEEKEND[:2], WEEKEND[2:]
    one, two = [(KARI, before[0])], [(KARI, before[0]), (OLA, before[1])]
    assert split(given_to(last, "kari", tail=one)) == []
    assert split(given_to(last, "ola", tail=one)) == [2]
    assert split(given_to(last, "", tail=two)) == []
    assert split(given_to(last, "ola", tail=two)) == []
    assert split(given_to(last, "per", tail=two)) == [3]


def test_who_left_after_the_former_roster_is_forgotten() -> None:
    gone = doctor("Borte")
    assert split(given_to(WEEKEND[2:], "ola", tail=[(gone, WEEKEND[0])])) == []


def test_sentences() -> None:
    def told(*holders: str) -> str:
        timetable = given_to(WEEKEND, *holders)
        [case] = RULE.check(timetable)
        assert case.outcome in (Outcome.KEPT, Outcome.EXCEPTION)
        return RULE.explain(timetable.problem, case)

    which = (
        "Vaktene fra Kveld fredag 5. februar 2027 kl. 16:00–23:00 til "
        "Kveld søndag 7. februar 2027 kl. 16:00–23:00"
    )
    assert told("kari", "ola", "ola") == (
        f"{which} er delt på 2 leger, men bør tas av 1 lege (kommunens egen innstilling)."
    )
    assert told("kari", "kari", "kari") == (
        f"{which} er samlet på 1 lege, slik det er ønsket (kommunens egen innstilling)."
    )


@given(
    st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=3, max_size=3),
    st.sets(st.sampled_from(["kari", "ola"])),
)
def test_model_and_checker_agree(holders: list[str], before: set[str]) -> None:
    past = [
        (who, duty("2026-12-31 16:00", "23:00", id=f"før/{who.id}", together="helg 5"))
        for who in (KARI, OLA)
        if who.id in before
    ]
    split(given_to(WEEKEND, *holders, tail=past))
