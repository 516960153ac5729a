"""How offers and deals end, and what many do to them at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from api.service.audit.tables import AuditEntry
from api.service.messages.tables import Message
from api.service.offers import completing
from api.service.offers.tables import SwapOffer, SwapPart
from api.service.offers.words import BOKMAL, Lapse
from api.service.rosters.tables import Publication, StoredRoster
from tests.service.colleagues import holders, publish, published, with_colleagues
from tests.service.swapping import ONE, accept, decide, free, offer
from tests.service.test_races import _at_once, _statuses
from tests.service.world import World


def test_offers_and_deals_end_when_the_duty_has_gone_to_somebody_else(world: World) -> None:
    with_colleagues(world)
    roster, duties = published(world, {0: "kari", 2: "kari", 7: "siv"})
    gone, stays = offer(world, "kari", roster, duties[0]), offer(world, "kari", roster, duties[2])
    deal = accept(world, "siv", gone).json()
    change = {
        "off": [{"duty": duties[0], "doctor": "kari"}],
        "on": [{"duty": duties[0], "doctor": "ola"}],
    }
    world["coordinator"].ask("PATCH", f"/rosters/{roster}", json=change, **ONE)
    ahead = world["coordinator"].get(f"/rosters/{roster}/publication-preview").json()
    assert ahead["swap_offers_that_lapse"] == 0  # it is in a deal, and no longer open
    publish(world, roster, '"2"')
    states = {own["id"]: own["state"] for own in world["kari"].get("/swap-offers").json()["items"]}
    assert states == {gone: "lapsed", stays: "open"}
    assert world["siv"].get(f"/swap-deals/{deal['id']}").json()["deal"]["state"] == "lapsed"


@pytest.mark.parametrize("why", ["begun", "moved", "archived"])
def test_a_deal_that_cannot_come_true_any_more_lapses_with_its_reason(
    small_world: World, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 2: "kari", 7: "siv"})
    own = offer(small_world, "kari", roster, duties[0])
    deal = accept(small_world, "siv", own).json()
    if why == "begun":

        class Later(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return datetime(2027, 3, 1, 15, tzinfo=UTC)

        monkeypatch.setattr(completing, "datetime", Later)
    else:  # as if somebody had done it beside the service
        with small_world.service.database.writing() as session:
            if why == "moved":
                session.execute(
                    update(SwapPart).where(SwapPart.doctor == "kari").values(gives=duties[9])
                )
            else:
                session.execute(update(StoredRoster).values(state="archived"))
    assert decide(small_world, deal, "completion").status_code == 409
    told = small_world["siv"].get(f"/swap-deals/{deal['id']}").json()["deal"]
    assert (told["state"], told["decided_by"]) == ("lapsed", "Rettvakt")
    assert told["reason"] == BOKMAL.lapses[Lapse(why)]
    assert told["closed_at"]
    left = small_world["kari"].get(f"/swap-offers/{own}").json()["offer"]["state"]
    assert left == ("lapsed" if why == "archived" else "open")
    with small_world.service.database.reading() as session:
        found = session.scalars(select(Message).where(Message.subject.contains("falt bort"))).all()
    assert {own.address for own in found} == {"doctor@fjell.example", "siv@fjell.example"}
    assert all(BOKMAL.lapses[Lapse(why)] in own.body for own in found)


def test_who_archives_a_roster_ends_its_offers_and_deals(small_world: World) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 2: "kari", 7: "siv"})
    taken, stays = (offer(small_world, "kari", roster, duties[number]) for number in (0, 2))
    deal = accept(small_world, "siv", taken).json()
    answer = small_world["coordinator"].post(
        f"/rosters/{roster}/state", json={"state": "archived"}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 200, answer.text
    told = small_world["kari"].get(f"/swap-deals/{deal['id']}").json()["deal"]
    assert (told["state"], told["reason"]) == ("lapsed", "Vaktplanen er arkivert.")
    for own in (taken, stays):
        state = small_world["kari"].get(f"/swap-offers/{own}").json()["offer"]["state"]
        assert state == "lapsed"


def test_an_offer_is_withdrawn_declined_or_expires_and_is_then_no_more(world: World) -> None:
    with_colleagues(world)
    roster, duties = published(world, {0: "kari", 2: "kari", 4: "kari", 7: "siv"})
    one = offer(world, "kari", roster, duties[0])
    twice = world["kari"].post("/swap-offers", json={"roster": roster, "duty": duties[0]})
    assert twice.json()["type"] == "urn:rettvakt:problem:already-offered"
    end = {"json": {"state": "withdrawn"}}
    assert world["siv"].post(f"/swap-offers/{one}/state", **end, **ONE).status_code == 403
    assert world["kari"].post(f"/swap-offers/{one}/state", **end).status_code == 428
    assert world["kari"].post(f"/swap-offers/{one}/state", **end, **ONE).status_code == 200
    assert accept(world, "siv", one).json()["type"].endswith("offer-gone")
    assert world["siv"].get(f"/swap-offers/{one}").status_code == 404  # it concerns her no longer
    two = offer(world, "kari", roster, duties[2], to_doctor="siv")
    assert world["ola"].get(f"/swap-offers/{two}").status_code == 404
    declined = world["siv"].post(f"/swap-offers/{two}/state", json={"state": "declined"}, **ONE)
    assert declined.json()["state"] == "declined"
    three = offer(world, "kari", roster, duties[4])
    with world.service.database.writing() as session:
        past = datetime.now(UTC) - timedelta(minutes=1)
        session.execute(update(SwapOffer).where(SwapOffer.id == three).values(ends_at=past))
    assert world["kari"].get(f"/swap-offers/{three}").json()["offer"]["state"] == "expired"
    assert accept(world, "siv", three).json()["type"].endswith("offer-gone")
    again = offer(world, "kari", roster, duties[4])
    assert accept(world, "siv", again).status_code == 201


def test_of_many_who_say_yes_at_once_one_gets_the_duty(world: World) -> None:
    with_colleagues(world)
    free(world)
    roster, duties = published(world, {0: "kari", 7: "siv"})
    own = offer(world, "kari", roster, duties[0])
    answers = _at_once(lambda number: accept(world, ("ola", "siv")[number % 2], own), 6)
    assert _statuses(answers) == [201] + [409] * 5
    [winner] = [answer.json() for answer in answers if answer.status_code == 201]
    assert winner["state"] == "done"
    assert holders(world, roster)[duties[0]] == winner["parts"][1]["doctor"]
    with world.service.database.reading() as session:
        assert len(session.scalars(select(Publication)).all()) == 2


def test_a_deal_that_several_approve_at_once_comes_true_once(world: World) -> None:
    with_colleagues(world)
    roster, duties = published(world, {0: "kari", 7: "siv"})
    deal = accept(world, "siv", offer(world, "kari", roster, duties[0])).json()
    answers = _at_once(lambda _: decide(world, deal, "completion"), 4)
    found = _statuses(answers)
    assert found[0] == 200
    assert set(found[1:]) <= {409, 412}
    with world.service.database.reading() as session:
        assert len(session.scalars(select(Publication)).all()) == 2
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("swap.done") == 1


def test_swaps_that_come_true_at_once_are_all_in_the_roster(world: World) -> None:
    """Each is judged against what stands when it comes true, and none undoes another."""
    with_colleagues(world)
    free(world)
    roster, duties = published(world, {0: "kari", 4: "ola", 9: "siv"})
    wanted = [("kari", 0, "ola"), ("ola", 4, "siv"), ("siv", 9, "kari")]
    own = [offer(world, giver, roster, duties[number]) for giver, number, _ in wanted]
    answers = _at_once(lambda number: accept(world, wanted[number][2], own[number]), 3)
    assert _statuses(answers) == [201] * 3, [answer.text for answer in answers]
    for answer in answers:
        deal = answer.json()
        if deal["state"] == "agreed":  # another was published in between: it waits for its turn
            assert decide(world, deal, "completion", deal["parts"][1]["doctor"]).status_code == 200
    assert holders(world, roster) == {duties[0]: "ola", duties[4]: "siv", duties[9]: "kari"}


def test_of_settings_that_are_made_at_once_one_stands(world: World) -> None:
    change = {"json": {"need_approval": False}, **ONE}
    answers = _at_once(lambda _: world["coordinator"].ask("PUT", "/swap-settings", **change), 4)
    assert _statuses(answers) == [200, 412, 412, 412]
