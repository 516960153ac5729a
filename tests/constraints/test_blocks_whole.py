"""Vakter som skal tas samlet (`Duty.block`; policy).

A split roster is outside the model, where a block is one decision, so it is judged by the
checker alone; on whole blocks encoder and checker are held together by `verify`.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.blocks_whole import BlocksWhole
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome
from scheduler.solving.draft import Draft
from tests.support import NIGHT, cost, doctor, duty, problem, roster, verify

RULE = BlocksWhole()
KARI = doctor("Kari")
OLA = doctor("Ola")
SIV = doctor("Siv")


def weekend(friday: int, block: str, *, needed: int = 1) -> list[Duty]:
    """Friday evening to Sunday evening of February 2027."""
    return [
        duty(f"2027-02-{friday:02} 16:00", "23:00", block=block, needed=needed),
        duty(f"2027-02-{friday + 1:02} 08:00", "20:00", block=block, needed=needed),
        duty(f"2027-02-{friday + 2:02} 08:00", "20:00", block=block, needed=needed),
    ]


FIRST = weekend(5, "kveld/weekend-2027-02-06")
SECOND = weekend(12, "kveld/weekend-2027-02-13")
LOOSE = duty("2027-02-09 16:00", "23:00")
PLAN = problem([KARI, OLA, SIV], [*FIRST, *SECOND, LOOSE])


def split(work: dict[str, list[Duty]]) -> list[Case]:
    return _breaches(roster(PLAN, work))


def _breaches(timetable: Timetable) -> list[Case]:
    return [case for case in RULE.check(timetable) if case.outcome is Outcome.BREACH]


def _lacking(case: Case) -> list[str]:
    return [str(value) for key, value in case.facts if key == "lacks"]


def test_whole_blocks_are_kept() -> None:
    timetable = roster(PLAN, {"kari": FIRST, "ola": [*SECOND, LOOSE]})
    assert not verify(RULE, timetable)
    kept = [(case.doctor, case.fact("block"), case.outcome) for case in RULE.check(timetable)]
    assert kept == [
        ("kari", FIRST[0].block, Outcome.KEPT),
        ("ola", SECOND[0].block, Outcome.KEPT),
    ]


@pytest.mark.parametrize("missing", range(3))
def test_a_block_that_lacks_one_duty_is_split(missing: int) -> None:
    own = [d for d in FIRST if d is not FIRST[missing]]
    [case] = split({"kari": own})
    assert case.doctor == "kari"
    assert case.fact("block") == FIRST[0].block
    assert case.duties == tuple(d.id for d in own)
    assert _lacking(case) == [FIRST[missing].id]
    assert (case.measured, case.limit, case.margin) == (2, 3, -1)


def test_each_of_two_doctors_who_share_a_block_has_only_a_part() -> None:
    found = split({"kari": FIRST[:1], "ola": FIRST[1:]})
    assert [(case.doctor, _lacking(case)) for case in found] == [
        ("kari", [FIRST[1].id, FIRST[2].id]),
        ("ola", [FIRST[0].id]),
    ]


def test_a_doctor_beside_the_one_who_has_it_all_must_have_it_all_too() -> None:
    [case] = split({"kari": FIRST, "ola": FIRST[2:]})
    assert case.doctor == "ola"


def test_blocks_for_two_are_held_by_the_same_two() -> None:
    pair = weekend(19, "par", needed=2)
    plan = problem([KARI, OLA, SIV], pair)
    assert not verify(RULE, roster(plan, {"kari": pair, "ola": pair}))
    swapped = roster(plan, {"kari": pair, "ola": pair[:2], "siv": pair[2:]})
    assert [(case.doctor, len(case.duties)) for case in _breaches(swapped)] == [
        ("ola", 2),
        ("siv", 1),
    ]


def test_each_of_two_blocks_is_named() -> None:
    found = split({"kari": [*FIRST[:2], *SECOND[1:]]})
    assert [(case.fact("block"), _lacking(case)) for case in found] == [
        (FIRST[0].block, [FIRST[2].id]),
        (SECOND[0].block, [SECOND[0].id]),
    ]


def test_duties_outside_blocks_and_empty_blocks_are_nobodys_concern() -> None:
    assert not list(RULE.check(roster(PLAN, {"kari": [LOOSE]})))
    assert not list(RULE.check(roster(PLAN, {})))


def test_the_former_roster_is_no_part_of_a_block() -> None:
    block = FIRST[0].block
    sunday = {"first_day": date(2027, 2, 7), "tail": [(KARI, FIRST[0]), (KARI, FIRST[1])]}
    plan = problem([KARI, OLA], FIRST[2:], **sunday)  # type: ignore[arg-type]
    assert plan.units[block or ""] == (FIRST[2],)
    assert not verify(RULE, roster(plan, {"ola": FIRST[2:]}))
    assert not list(RULE.check(roster(plan, {})))


def test_the_model_needs_nothing_for_it() -> None:
    draft = Draft(PLAN, [RULE])
    assert not draft.model.constraints
    assert not draft.model.definitions
    assert len({draft.works("kari", d) for d in FIRST}) == 1
    assert not any(cost(RULE, roster(PLAN, {"kari": FIRST})))


def test_sentences() -> None:
    timetable = roster(PLAN, {"kari": [FIRST[0], FIRST[2]], "ola": SECOND})
    broken, kept = RULE.check(timetable)
    assert RULE.explain(PLAN, broken) == (
        "Kari har bare en del av helgeblokken fra fredag 5. februar 2027 til søndag 7. februar "
        "2027, som skal tas samlet, og mangler Kveld lørdag 6. februar 2027 kl. 08:00–20:00 "
        "(kommunens vaktordning)."
    )
    assert RULE.explain(PLAN, kept) == (
        "Ola har hele helgeblokken fra fredag 12. februar 2027 til søndag 14. februar 2027, som "
        "skal tas samlet (kommunens vaktordning)."
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((4, 5), "blokken fra torsdag 4. februar 2027 til fredag 5. februar 2027"),
        ((5, 6), "helgeblokken fra fredag 5. februar 2027 til lørdag 6. februar 2027"),
        ((7, 8), "blokken fra søndag 7. februar 2027 til mandag 8. februar 2027"),
        ((7, 13), "blokken fra søndag 7. februar 2027 til lørdag 13. februar 2027"),
        ((6, 6), "helgeblokken lørdag 6. februar 2027"),
    ],
)
def test_only_blocks_of_one_weekend_are_called_so(days: tuple[int, int], words: str) -> None:
    first = duty(f"2027-02-{days[0]:02} 08:00", "12:00", block="b")
    last = duty(f"2027-02-{days[1]:02} 20:00", "23:00", NIGHT, block="b")
    plan = problem([KARI], [first, last])
    [case] = RULE.check(roster(plan, {"kari": [last]}))
    assert RULE.explain(plan, case).startswith(f"Kari har bare en del av {words}, som")


@given(
    st.dictionaries(st.sampled_from(["kari", "ola", "siv"]), st.sets(st.integers(0, 6), max_size=7))
)
def test_split_blocks_are_found_and_whole_ones_agree(chosen: dict[str, set[int]]) -> None:
    duties = [*FIRST, *SECOND, LOOSE]
    timetable = roster(PLAN, {who: [duties[n] for n in own] for who, own in chosen.items()})
    parts = sum(
        own & set(block) not in (set(), set(block))
        for own in chosen.values()
        for block in (range(3), range(3, 6))
    )
    assert len(_breaches(timetable)) == parts
    if not parts:
        verify(RULE, timetable)
