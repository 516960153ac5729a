"""Lås: pinned assignments stand, forbidden ones are absent (F-33.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.pins import Pins
from constraints.travel_reach import TravelReach
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Pin
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle
from tests.support import doctor, duty, problem, roster, verify

RULE = Pins()
KARI, OLA = doctor("Kari"), doctor("Ola")
FIRST = duty("2027-02-02 16:00", "23:00")
SECOND = duty("2027-02-03 16:00", "23:00")


def plan(work: dict[str, list[Duty]], *pins: Pin) -> Timetable:
    return roster(problem([KARI, OLA], [FIRST, SECOND], pins=pins), work)


@pytest.mark.parametrize(
    ("works", "has", "breaches"),
    [(True, True, 0), (True, False, 1), (False, True, 1), (False, False, 0)],
)
def test_what_is_pinned_stands_and_what_is_forbidden_is_absent(
    works: bool, has: bool, breaches: int
) -> None:
    timetable = plan({"kari": [FIRST] if has else []}, Pin("kari", FIRST.id, works))
    assert len(verify(RULE, timetable)) == breaches


def test_another_doctor_and_another_duty_do_not_fulfil_it() -> None:
    assert len(verify(RULE, plan({"ola": [FIRST]}, Pin("kari", FIRST.id)))) == 1
    assert len(verify(RULE, plan({"kari": [SECOND]}, Pin("kari", FIRST.id)))) == 1
    forbidden = Pin("kari", FIRST.id, works=False)
    assert not verify(RULE, plan({"ola": [FIRST], "kari": [SECOND]}, forbidden))


def test_two_breaches_are_named() -> None:
    pins = (Pin("kari", FIRST.id), Pin("kari", SECOND.id, works=False))
    found = verify(RULE, plan({"kari": [SECOND]}, *pins))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (FIRST.id,)),
        ("kari", (SECOND.id,)),
    ]


def test_contradictory_pins_cannot_both_stand() -> None:
    pins = (Pin("kari", FIRST.id), Pin("kari", FIRST.id, works=False))
    assert len(verify(RULE, plan({"kari": [FIRST]}, *pins))) == 1
    assert len(verify(RULE, plan({}, *pins))) == 1


def test_pin_on_a_block_takes_the_whole_block() -> None:
    block = [
        duty("2027-02-06 16:00", "23:00", block="helg"),
        duty("2027-02-07 16:00", "23:00", block="helg"),
    ]
    own = problem([KARI, OLA], block, pins=(Pin("kari", block[1].id),))
    assert not verify(RULE, roster(own, {"kari": block}))
    assert len(verify(RULE, roster(own, {"ola": block}))) == 1


def test_pin_that_another_rule_forbids_is_a_conflict_and_not_dropped() -> None:
    far_away = doctor("Kari", reach=frozenset())
    own = problem([far_away], [FIRST], pins=(Pin("kari", FIRST.id),))
    draft = Draft(own, [TravelReach(), RULE])
    assert any(broken(draft.model, settle(draft.model, [])))
    [reason] = [draft.reasons[c.reason] for c in draft.model.constraints]
    assert (reason.rule, reason.doctor, reason.duties) == ("pins", "kari", (FIRST.id,))


def test_sentences() -> None:
    pins = (Pin("kari", FIRST.id), Pin("kari", SECOND.id, works=False))
    timetable = plan({"kari": [SECOND]}, *pins)
    first, second = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, first) == (
        "Kari skal ha Kveld tirsdag 2. februar 2027 kl. 16:00–23:00, men står ikke på den "
        "(låst av vaktplanleggeren)."
    )
    assert RULE.explain(timetable.problem, second) == (
        "Kari skal ikke ha Kveld onsdag 3. februar 2027 kl. 16:00–23:00, men står på den "
        "(låst av vaktplanleggeren)."
    )
    timetable = plan({"kari": [FIRST]}, *pins)
    first, second = RULE.check(timetable)
    assert first.outcome is second.outcome is Outcome.KEPT
    assert RULE.explain(timetable.problem, first) == (
        "Kari skal ha Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 (låst av vaktplanleggeren)."
    )


@given(
    pins=st.lists(
        st.builds(
            Pin,
            st.sampled_from(["kari", "ola"]),
            st.sampled_from([FIRST.id, SECOND.id]),
            st.booleans(),
        ),
        max_size=4,
    ),
    work=st.fixed_dictionaries(
        {who: st.lists(st.sampled_from([FIRST, SECOND]), unique=True) for who in ("kari", "ola")}
    ),
)
def test_encoder_and_checker_agree(pins: list[Pin], work: dict[str, list[Duty]]) -> None:
    verify(RULE, plan(work, *pins))
