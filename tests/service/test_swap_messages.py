"""Messages about swaps go as those of a publication do: when, how and in which language."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from api.service.messages.tables import Message
from api.service.offers import telling
from api.service.offers.words import SWAP_WORDS
from scheduler.domain.time import moment
from tests.service.colleagues import published, with_colleagues
from tests.service.swapping import accept, offer
from tests.service.world import World

DAY = moment(datetime(2027, 3, 1).date())
HOUR = timedelta(hours=1)


def _now(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return now

    monkeypatch.setattr(telling, "datetime", Clock)


def _told(world: World, who: str) -> dict[str, Message]:
    """The newest message of each channel to a person."""
    account = world.actors[who].account
    with world.service.database.reading() as session:
        found = session.scalars(
            select(Message)
            .where(Message.account_id == account, Message.about.startswith("swap"))
            .order_by(Message.created_at)
        )
        return {own.channel: own for own in found}


def test_what_is_near_goes_at_once_by_sms_too_in_the_readers_language(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = with_colleagues(small_world)
    wanted = {"language": "en", "phone": "+4790000000"}
    assert world["siv"].ask("PUT", "/me/contact", json=wanted).status_code == 200
    roster, duties = published(world, {0: "kari", 2: "kari", 7: "siv"})
    early = DAY + 5 * HOUR  # at night, ten and a half hours before the duty begins
    _now(monkeypatch, early)
    own = offer(world, "kari", roster, duties[0], to_doctor="siv")
    told = _told(world, "siv")
    assert set(told) == {"email", "sms"}
    for message in told.values():
        assert (message.urgent, message.next_try_at) == (True, early)
        assert message.subject == "Urgent: Doctor wants to swap a duty with you"
    assert "You get: Hjemmevakt hverdag Monday 1 March 2027, 15:30–08:00\n" in told["email"].body
    assert told["sms"].address == "+4790000000"
    assert told["sms"].body == (
        "Doctor wants to swap a duty with you\n"
        "You get: Hjemmevakt hverdag Mon 1/3 15:30–08:00\n"
        f"See {world.settings.public_url}"
    )
    deal = accept(world, "siv", own).json()
    waiting = _told(world, "coordinator")["email"]
    assert (waiting.urgent, waiting.next_try_at) == (True, early)
    assert waiting.subject == "Haster: Et vaktbytte venter på deg"
    assert "\nHjemmevakt hverdag mandag 1. mars 2027 kl. 15:30–08:00\n" in waiting.body
    assert "Kari" not in waiting.body
    world["kari"].post(
        f"/swap-deals/{deal['id']}/answers",
        json={"yes": False, "note": "Jeg kan likevel"},
        headers={"If-Match": "*"},
    )
    assert "Reason: Jeg kan likevel\n" in _told(world, "siv")["email"].body


def test_what_can_wait_waits_for_the_morning(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = with_colleagues(small_world)
    roster, duties = published(world, {0: "kari", 7: "siv"})
    _now(monkeypatch, DAY - 70 * HOUR)  # two o'clock
    offer(world, "kari", roster, duties[0], to_doctor="siv")
    told = _told(world, "siv")
    assert set(told) == {"email"}
    assert not told["email"].urgent
    assert told["email"].next_try_at == DAY - 65 * HOUR


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_language_has_words_for_each_kind(language: str) -> None:
    words = SWAP_WORDS[language]
    for saying in (words.offered, words.asked, words.agreed, words.refused, words.lapsed):
        filled = (saying.subject + saying.opening + saying.closing).format(giver="X", address="Y")
        assert "{" not in filled
        assert "Y" in filled
    assert set(words.lapses) == set(SWAP_WORDS["nb"].lapses)
    assert len(set(words.lapses.values())) == len(words.lapses)
