"""What a model may cost: counted, not timed, so that a busy machine does not matter."""

import sys
from types import FrameType

from benchmarks.districts import district
from scheduler.solving.draft import Draft

CALLS_A_DECISION = 140
"""Calls of Python functions; before rules posted for many doctors at once there were 488."""

TERMS_A_DECISION = 28.0
DEFINITIONS_A_DECISION = 4.5


def test_a_model_stays_within_its_ceilings() -> None:
    plan = district(20, 8)
    draft = Draft(plan.problem, plan.rules)
    packed, decisions = draft.packed, draft.decisions
    terms = len(packed.definitions.variables) + len(packed.constraints.variables)
    assert 20 * 8 * 10 < decisions < 20 * 8 * 40
    assert terms / decisions < TERMS_A_DECISION
    assert len(packed.defined) / decisions < DEFINITIONS_A_DECISION


def test_building_takes_few_calls() -> None:
    warm = district(20, 8)
    Draft(warm.problem, warm.rules)
    plan = district(20, 8)
    calls = 0

    def count(_frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        draft = Draft(plan.problem, plan.rules)
    finally:
        sys.setprofile(before)
    assert calls / draft.decisions < CALLS_A_DECISION
