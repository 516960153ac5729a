"""Kommunens egen innstilling: vakttyper som ikke kan følge hverandre."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.forbidden_succession import ForbiddenSuccession
from scheduler.domain.duty import Duty
from scheduler.rule import Outcome
from tests.support import (
    DAYTIME,
    EVENING,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = ForbiddenSuccession(successions={"natt/dag": True})
KARI = doctor("Kari")
OLA = doctor("Ola")
NIGHT_1 = duty("2027-03-01 22:00", "2027-03-02 08:00", NIGHT)


def day_shift(day: int) -> Duty:
    return duty(f"2027-03-{day:02} 08:00", "15:30", DAYTIME)


def test_off_until_a_succession_is_named() -> None:
    timetable = worked_by(KARI, NIGHT_1, day_shift(2))
    assert not list(ForbiddenSuccession().check(timetable))
    assert not verify(ForbiddenSuccession(), timetable)


@pytest.mark.parametrize(("day", "breaches"), [(1, 0), (2, 1), (3, 0)])
def test_only_the_next_day_counts(day: int, breaches: int) -> None:
    found = verify(RULE, worked_by(KARI, NIGHT_1, day_shift(day)))
    assert [case.duties for case in found] == [(NIGHT_1.id, day_shift(2).id)] * breaches


def test_the_other_way_round_is_allowed() -> None:
    timetable = worked_by(KARI, day_shift(1), duty("2027-03-02 22:00", "23:00", NIGHT))
    assert not verify(RULE, timetable)


@pytest.mark.parametrize(("start", "breaches"), [("2027-03-01 23:59", 1), ("2027-03-02 00:00", 0)])
def test_a_night_belongs_to_the_day_on_which_it_starts(start: str, breaches: int) -> None:
    night = duty(start, "2027-03-02 07:00", NIGHT)
    assert len(verify(RULE, worked_by(KARI, night, day_shift(2)))) == breaches


@pytest.mark.parametrize(
    ("first", "then"), [("2027-03-27", "2027-03-28"), ("2026-10-24", "2026-10-25")]
)
def test_across_the_change_of_clocks(first: str, then: str) -> None:
    night = duty(f"{first} 23:00", f"{then} 07:00", NIGHT)
    assert verify(RULE, worked_by(KARI, night, duty(f"{then} 08:00", "15:30", DAYTIME)))


def test_each_of_two_breaches_is_named() -> None:
    second = duty("2027-03-08 22:00", "2027-03-09 08:00", NIGHT)
    found = verify(RULE, worked_by(KARI, NIGHT_1, day_shift(2), second, day_shift(9)))
    assert [case.duties for case in found] == [
        (NIGHT_1.id, day_shift(2).id),
        (second.id, day_shift(9).id),
    ]


def test_sessions_can_be_named_too() -> None:
    rule = ForbiddenSuccession(successions={"natt/sykehjem": True})
    session = duty("2027-03-02 12:00", "15:00", NURSING_HOME)
    assert len(verify(rule, worked_by(KARI, NIGHT_1, session))) == 1


def test_any_pattern_and_its_exception() -> None:
    evening = duty("2027-03-02 16:00", "22:00", EVENING)
    night = duty("2027-03-02 22:00", "23:00", NIGHT)
    rule = ForbiddenSuccession(successions={"natt/*": True, "natt/natt": False})
    assert len(verify(rule, worked_by(KARI, NIGHT_1, evening))) == 1
    assert not verify(rule, worked_by(KARI, NIGHT_1, night))


def test_former_roster_counts_at_the_boundary_and_is_no_breach_by_itself() -> None:
    timetable = worked_by(KARI, day_shift(2), tail=[(KARI, NIGHT_1)])
    assert [case.duties for case in verify(RULE, timetable)] == [(NIGHT_1.id, day_shift(2).id)]
    history = [(KARI, NIGHT_1), (KARI, day_shift(2))]
    assert not verify(RULE, worked_by(KARI, day_shift(4), tail=history))


def test_a_block_that_holds_both_can_never_be_had() -> None:
    night = duty("2027-03-01 22:00", "2027-03-02 08:00", NIGHT, block="b")
    morning = duty("2027-03-02 08:00", "15:30", DAYTIME, block="b")
    assert len(verify(RULE, worked_by(KARI, night, morning))) == 1


def test_another_doctor_is_not_affected() -> None:
    both = problem([KARI, OLA], [NIGHT_1, day_shift(2)])
    assert not verify(RULE, roster(both, {"kari": [NIGHT_1], "ola": [day_shift(2)]}))


def test_kept_comparisons_are_reported() -> None:
    timetable = worked_by(KARI, NIGHT_1, duty("2027-03-02 16:00", "22:00"))
    assert [case.outcome for case in RULE.check(timetable)] == [
        Outcome.KEPT,
        Outcome.NOTICE,  # no pattern «dag» in this small plan
    ]


def test_a_misspelt_pattern_is_told() -> None:
    timetable = worked_by(KARI, NIGHT_1, first_day=date(2027, 3, 1))
    [case] = notices(ForbiddenSuccession(successions={"natt/dagg": True}), timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Innstillingen «Vakttyper som ikke kan følge hverandre» nevner vakttypen «dagg», "
        "som ikke finnes i planen."
    )


@pytest.mark.parametrize("key", ["natt", "natt/dag/kveld", "natt/"])
def test_a_key_is_a_pair(key: str) -> None:
    with pytest.raises(ValueError, match="must have 2 parts"):
        ForbiddenSuccession(successions={key: True})


def test_values_must_be_switches() -> None:
    with pytest.raises(ValueError, match=r"successions\.natt/dag \('ja'\) must be true or false"):
        ForbiddenSuccession(successions={"natt/dag": "ja"})  # type: ignore[dict-item]


def test_sentence() -> None:
    timetable = worked_by(KARI, NIGHT_1, day_shift(2))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har Daglegevakt tirsdag 2. mars 2027 kl. 08:00–15:30 dagen etter Natt mandag "
        "1. mars 2027 kl. 22:00–08:00, men disse skal ikke følge hverandre "
        "(kommunens egen innstilling)."
    )


@given(st.sets(st.tuples(st.integers(0, 4), st.sampled_from("den"))), st.booleans())
def test_encoder_and_checker_agree(work: set[tuple[int, str]], tail: bool) -> None:
    kinds = {"d": (DAYTIME, "08:00"), "e": (EVENING, "15:00"), "n": (NIGHT, "22:00")}
    duties = {
        (day, letter): duty(f"2027-03-{day + 1:02} {start}", "23:00", kind)
        for day in range(5)
        for letter, (kind, start) in kinds.items()
    }
    rule = ForbiddenSuccession(
        successions={"natt/dag": True, "natt/kveld": True, "kveld/dag": True}
    )
    before = duty("2027-02-28 22:00", "23:00", NIGHT)
    whole = problem([KARI], duties.values(), tail=[(KARI, before)] if tail else [])
    found = verify(rule, roster(whole, {"kari": [duties[w] for w in sorted(work)]}))
    past = {(-1, "n")} if tail else set()
    assert len(found) == sum(
        (day + 1, then) in work
        for day, first in work | past
        for then in {"n": "de", "e": "d", "d": ""}[first]
    )
