"""Kommunens egen innstilling: bemanningsmål per vakttype og dag."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.cover_targets import CoverTargets
from constraints.days_off import DaysOff
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Level, Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from tests.support import (
    DAYTIME,
    NIGHT,
    cost,
    doctor,
    duty,
    exceptions,
    notices,
    problem,
    roster,
    verify,
)

DOCTORS = [doctor(name) for name in ("Kari", "Ola", "Siv", "Tor")]
NAMES = [own.id for own in DOCTORS]
FRIDAY = duty("2027-03-05 16:00", "22:00", needed=4)
SATURDAY = duty("2027-03-06 16:00", "22:00", needed=4)
NIGHT_5 = duty("2027-03-05 22:00", "2027-03-06 08:00", NIGHT, needed=4)
RULE = CoverTargets(needed={"kveld": 2}, under={"kveld": 10}, over={"kveld": 1}, price=1)


def staffed(*staff: tuple[Duty, int]) -> Timetable:
    """So many doctors on each of these duties, the first of the list first."""
    plan = problem(DOCTORS, [own for own, _ in staff])
    return roster(plan, {name: [d for d, n in staff if n > i] for i, name in enumerate(NAMES)})


def holes(rule: CoverTargets, timetable: Timetable) -> list[Case]:
    return [case for case in rule.check(timetable) if case.outcome is Outcome.HOLE]


def test_off_until_given() -> None:
    assert not list(CoverTargets().check(staffed((FRIDAY, 0))))
    assert cost(CoverTargets(), staffed((FRIDAY, 0))) == ()


@pytest.mark.parametrize(
    ("doctors", "price", "hole", "surplus"),
    [(0, 20, 1, 0), (1, 10, 1, 0), (2, 0, 0, 0), (3, 1, 0, 1), (4, 2, 0, 1)],
)
def test_too_few_and_too_many_have_their_weights(
    doctors: int, price: int, hole: int, surplus: int
) -> None:
    timetable = staffed((FRIDAY, doctors))
    assert cost(RULE, timetable) == (price,)
    assert len(holes(RULE, timetable)) == hole
    assert sum(c.outcome is Outcome.EXCEPTION for c in RULE.check(timetable)) == surplus
    assert not verify(RULE, timetable)


def test_room_is_never_exceeded() -> None:
    small = duty("2027-03-05 16:00", "22:00", needed=1)
    found = verify(RULE, staffed((small, 2)))
    assert [(case.measured, case.limit, case.margin) for case in found] == [(2, 1, -1)]
    assert not verify(RULE, staffed((small, 1)))


def test_each_of_two_holes_is_named() -> None:
    timetable = staffed((FRIDAY, 1), (SATURDAY, 0))
    assert [case.duties for case in holes(RULE, timetable)] == [(FRIDAY.id,), (SATURDAY.id,)]
    assert cost(RULE, timetable) == (30,)


def test_another_pattern_is_not_affected() -> None:
    timetable = staffed((FRIDAY, 2), (NIGHT_5, 0))
    assert cost(RULE, timetable) == (0,)
    assert not holes(RULE, timetable)


@pytest.mark.parametrize(
    ("needed", "price"),
    [
        ({"kveld": 1}, 10),
        ({"kveld": 1, "kveld/fredag": 2}, 20),
        ({"kveld": 1, "kveld/lørdag": 2}, 10),
        ({"kveld": 1, "kveld/fredag": 2, "kveld/2027-03-05": 3}, 30),
        ({"kveld": 1, "kveld/2027-03-06": 3}, 10),
        ({"*": 3}, 30),
        ({"*/2027-03-05": 3, "kveld": 1}, 10),
        ({"*": 3, "kveld/fredag": None}, 0),
    ],
)
def test_what_is_more_special_goes_first(needed: dict[str, int | None], price: int) -> None:
    rule = CoverTargets(needed=needed, under={"kveld": 10}, price=1)
    assert sum(cost(rule, staffed((FRIDAY, 0)))) == price


def test_weights_unless_given() -> None:
    rule = CoverTargets(needed={"*": 2}, price=1)
    assert cost(rule, staffed((FRIDAY, 0))) == (2,)
    assert cost(rule, staffed((FRIDAY, 4))) == (0,)
    assert not exceptions(rule, staffed((FRIDAY, 4)))


def test_duties_of_a_pattern_on_a_day_are_counted_together() -> None:
    early = duty("2027-03-05 08:00", "15:00", FRIDAY.type, needed=4)
    timetable = staffed((early, 1), (FRIDAY, 1))
    assert cost(RULE, timetable) == (0,)
    assert not holes(RULE, timetable)


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_the_day_is_that_of_the_start_in_oslo_also_when_clocks_change(day: str) -> None:
    first = duty(f"{day} 00:00", "06:00", NIGHT, needed=4)
    last = duty(f"{day} 23:59", f"{day[:8]}31 08:00", DAYTIME, needed=4)
    for kind, own in (("natt", first), ("dag", last)):
        rule = CoverTargets(needed={f"{kind}/{day}": 1}, price=1)
        assert cost(rule, staffed((own, 0))) == (1,)


def test_doctors_whom_other_rules_stop_are_lacking_all_the_same() -> None:
    plan = problem(DOCTORS, [FRIDAY])
    draft = Draft(plan, [DaysOff(days={"*/2027-03-05": True}), RULE])
    assert step_values(draft.model, settle(draft.model, ())) == (20,)


def test_former_roster_does_not_count() -> None:
    before = duty("2027-03-04 16:00", "22:00")
    plan = problem(DOCTORS, [FRIDAY], tail=[(DOCTORS[0], before)], first_day=date(2027, 3, 5))
    assert cost(RULE, roster(plan, {})) == (20,)


@pytest.mark.parametrize(
    ("level", "price", "expected"),
    [("cover", None, 1200), ("wishes", None, 2000), ("wishes", 1, 20), ("health", 3, 60)],
)
def test_level_and_price(level: str, price: int | None, expected: int) -> None:
    rule = CoverTargets(needed=RULE.needed, under=RULE.under, level=level, price=price)
    assert cost(rule, staffed((FRIDAY, 0))) == (expected,)
    [step] = Draft(staffed((FRIDAY, 0)).problem, [rule]).model.steps
    assert step.level == Level[level.upper()]


@pytest.mark.parametrize(
    ("needed", "message"),
    [
        ({"kveld/loerdag": 1}, "must be a date"),
        ({"kveld/fredag/2": 1}, "must have 1 to 2 parts"),
        ({"kveld": -1}, "must be a whole number, at least 0"),
    ],
)
def test_wrong_settings(needed: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CoverTargets(needed=needed)
    with pytest.raises(ValueError, match=message):
        CoverTargets(over=needed)


def test_unknown_level_and_price() -> None:
    with pytest.raises(ValueError, match=r"level \('dekning'\) must be one of"):
        CoverTargets(level="dekning")
    with pytest.raises(ValueError, match=r"price \(0\) must be a whole number, at least 1"):
        CoverTargets(price=0)


def test_a_misspelt_pattern_is_told() -> None:
    timetable = staffed((FRIDAY, 2))
    [case] = notices(CoverTargets(needed={"kvell": 1}), timetable)
    assert "«kvell»" in RULE.explain(timetable.problem, case)


def test_sentences() -> None:
    for doctors, sentence in (
        (1, "Kveld fredag 5. mars 2027 har 1 lege, men målet er 2 (kommunens egen innstilling)."),
        (2, "Kveld fredag 5. mars 2027 har 2 leger, og målet er 2 (kommunens egen innstilling)."),
        (3, "Kveld fredag 5. mars 2027 har 3 leger, men målet er 2 (kommunens egen innstilling)."),
    ):
        timetable = staffed((FRIDAY, doctors))
        [case] = RULE.check(timetable)
        assert RULE.explain(timetable.problem, case) == sentence


def test_sentence_where_there_is_no_room() -> None:
    timetable = staffed((duty("2027-03-05 16:00", "22:00", needed=2), 3))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kveld fredag 5. mars 2027 kl. 16:00–22:00 har 3 leger, men plass til 2 "
        "(kommunens egen innstilling)."
    )


@given(
    st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.integers(0, 3), st.integers(0, 2)
)
def test_encoder_and_checker_agree(
    room: int, present: int, needed: int, under: int, over: int
) -> None:
    rule = CoverTargets(needed={"*": needed}, under={"*": under}, over={"*": over}, price=1)
    timetable = staffed((duty("2027-03-05 16:00", "22:00", needed=room), present))
    assert len(verify(rule, timetable)) == (present > room)
    price = under * max(0, needed - present) + over * max(0, present - needed)
    assert cost(rule, timetable) == (price,)
    short = [c for c in rule.check(timetable) if c.outcome in (Outcome.HOLE, Outcome.EXCEPTION)]
    assert bool(short) == bool(price)
