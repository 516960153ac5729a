"""What stands in the way is told in the reader's language, with no name of a state in it."""

import re
from typing import get_args

import pytest

from api.service.jobs.tables import Job
from api.service.messages.tables import WAITING
from api.service.offers.tables import SwapDeal, SwapOffer
from api.service.problem_kinds import KINDS
from api.service.rosters.tables import StoredRoster
from api.service.state_words import STATE_WORDS, Thing
from api.service.wishes.store import RoundState
from scheduler.domain.doctor import ExemptionStatus
from tests.service.world import World


def _allowed(table: type) -> set[str]:
    """The states that the database lets in."""
    [own] = [
        str(found.sqltext)
        for found in table.__table__.constraints  # type: ignore[attr-defined]
        if str(getattr(found, "name", "")).endswith("state")
    ]
    return set(re.findall(r"'(\w+)'", own))


def test_everything_that_can_be_in_a_state_has_words_for_each() -> None:
    assert set(STATE_WORDS) == set(get_args(Thing))
    known: tuple[tuple[Thing, set[str]], ...] = (
        ("deal", _allowed(SwapDeal)),
        ("offer", _allowed(SwapOffer)),
        ("job", _allowed(Job)),
        ("roster", _allowed(StoredRoster)),
        ("round", set(get_args(RoundState))),
        ("exemption", {own.value for own in ExemptionStatus}),
    )
    for thing, states in known:
        assert set(STATE_WORDS[thing]) == states, thing
    assert set(STATE_WORDS["other-round"]) == set(get_args(RoundState)) - {"taken"}
    assert WAITING in STATE_WORDS["message"]


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("nb", "Vaktplanen er et utkast. Derfor kan ikke dette gjøres nå."),
        ("en", "The roster is a draft, so this cannot be done now."),
    ],
)
def test_a_state_in_the_way_is_told_in_words(
    small_world: World, language: str, detail: str
) -> None:
    roster = small_world.roster(small_world.plan())
    answer = small_world["coordinator"].post(
        f"/rosters/{roster}/state",
        json={"state": "archived"},
        headers={"If-Match": "*", "Accept-Language": language},
    )
    assert answer.status_code == 409
    assert answer.json()["title"] == KINDS["wrong-state"].title[language == "en"]
    assert answer.json()["detail"] == detail
