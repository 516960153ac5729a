"""Swaps that cannot be: unlawful, of others, half done, or asked for without sense."""

from typing import Any

import pytest
from sqlalchemy import select

from api.service.advice.desks import Desk
from api.service.errors import OfferGoneError
from api.service.offers import completing
from api.service.rosters.tables import Publication
from scheduler.changes.move import Move
from scheduler.swaps.judge import Swap
from tests.api.plans import tiny
from tests.service.colleagues import holders, publish, published, with_colleagues
from tests.service.swapping import AWAY, ONE, accept, decide, offer
from tests.service.world import World


def test_an_unlawful_swap_is_refused_at_once_and_tells_no_reason_of_another(
    small_world: World,
) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"}, absences=[AWAY])
    own = offer(small_world, "kari", roster, duties[0])
    refused = accept(small_world, "siv", own)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:rettvakt:problem:swap-unlawful"
    assert "Siv Åsen er borte" in refused.json()["detail"]  # it is her own absence
    told = small_world["kari"].get(f"/swap-offers/{own}/takers").json()
    [siv] = [taker for taker in told["takers"] if taker["doctor"] == "siv"]
    assert siv["standing"] == "cannot"
    assert siv["judged"]["breaches"] == [
        {
            "rule": None,
            "title": "Ikke tilgjengelig",
            "sentence": "Siv Åsen er ikke tilgjengelig.",
        }
    ]
    assert siv["effects"] is None
    assert small_world["siv"].get("/swap-offers", params={"lawful": True}).json()["items"] == []
    assert len(small_world["ola"].get("/swap-offers", params={"lawful": True}).json()["items"]) == 1


def test_an_offer_does_not_concern_who_is_in_another_rota(small_world: World) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari"}, doctors=tiny()["doctors"][:2], tail=[])
    own = offer(small_world, "kari", roster, duties[0])
    seen = {who: small_world[who].get("/swap-offers").json()["items"] for who in ("ola", "siv")}
    assert [told["id"] for told in seen["ola"]] == [own]
    assert seen["siv"] == []
    assert small_world["ola"].get(f"/swap-offers/{own}").status_code == 200
    for answer in (
        small_world["siv"].get(f"/swap-offers/{own}"),
        small_world["siv"].get(f"/swap-offers/{own}/takers"),
        small_world["siv"].post(f"/swap-offers/{own}/state", json={"state": "withdrawn"}, **ONE),
        accept(small_world, "siv", own),
    ):
        assert answer.status_code == 404, answer.text


def test_what_became_unlawful_meanwhile_is_refused_with_the_rules_sentence(world: World) -> None:
    """Siv says yes; before it is approved she gets the duty of the same evening elsewhere."""
    with_colleagues(world)
    roster, duties = published(world, {0: "kari", 7: "siv"})
    own = offer(world, "kari", roster, duties[0])
    deal = accept(world, "siv", own).json()
    # The plan in force says now that she is away; the roster is published for it anew.
    plan = world["coordinator"].get(f"/rosters/{roster}").json()["roster"]["plan"]
    changed = world["coordinator"].upload(
        f"/plans/{plan}/versions", tiny() | {"absences": [AWAY]}, **ONE
    )
    assert changed.status_code == 201, changed.text
    newer = world.roster(plan, {duties[0]: "kari", duties[7]: "siv"})
    publish(world, newer, '"1"')
    refused = decide(world, deal, "completion")
    assert refused.status_code == 409
    assert "Siv Åsen er borte" in refused.json()["detail"]
    ended = world["kari"].get(f"/swap-deals/{deal['id']}").json()["deal"]
    assert ended["state"] == "refused"
    assert ended["reason"] == "Siv Åsen er ikke tilgjengelig."
    assert holders(world, newer) == {duties[0]: "kari", duties[7]: "siv"}
    with world.service.database.reading() as session:
        assert len(session.scalars(select(Publication)).all()) == 2


def test_an_unlawful_deal_is_not_ended_when_the_roster_moves_as_it_is_judged(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    deal = accept(small_world, "siv", offer(small_world, "kari", roster, duties[0])).json()
    plan = small_world["coordinator"].get(f"/rosters/{roster}").json()["roster"]["plan"]
    away = tiny() | {"absences": [AWAY]}
    changed = small_world["coordinator"].upload(f"/plans/{plan}/versions", away, **ONE)
    assert changed.status_code == 201, changed.text
    newer = small_world.roster(plan, {duties[0]: "kari", duties[7]: "siv"})
    publish(small_world, newer, '"1"')
    judged = completing.judged

    def slowly(desk: Desk, move: Move) -> Swap:
        swap = judged(desk, move)
        assert not swap.lawful
        given = {"on": [{"duty": duties[3], "doctor": "ola"}]}
        edited = small_world["coordinator"].ask("PATCH", f"/rosters/{newer}", json=given, **ONE)
        assert edited.status_code == 200, edited.text
        return swap

    monkeypatch.setattr(completing, "judged", slowly)
    refused = decide(small_world, deal, "completion")
    assert refused.json()["type"] == "urn:rettvakt:problem:roster-being-changed"
    left = small_world["kari"].get(f"/swap-deals/{deal['id']}").json()["deal"]
    assert (left["state"], left["reason"]) == ("agreed", "")


def test_the_coordinators_note_outlives_a_roster_that_moves_as_it_is_judged(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    deal = accept(small_world, "siv", offer(small_world, "kari", roster, duties[0])).json()
    judged = completing.judged

    def moved(desk: Desk, move: Move) -> Swap:
        monkeypatch.setattr(completing, "judged", judged)
        given = {"on": [{"duty": duties[3], "doctor": "ola"}]}
        small_world["coordinator"].ask("PATCH", f"/rosters/{roster}", json=given, **ONE)
        publish(small_world, roster, '"2"')
        raise OfferGoneError

    monkeypatch.setattr(completing, "judged", moved)
    done = decide(small_world, deal, "completion").json()
    assert (done["state"], done["reason"]) == ("done", "Greit")


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ({"duty": "finnes-ikke"}, "duty"),
        ({"duty": "OLAS"}, "duty"),
        ({"to_doctor": "odd"}, "to_doctor"),
        ({"to_doctor": "kari"}, "to_doctor"),
        ({"accepts": ["OLAS"]}, "accepts"),
        ({"in_return": True, "accepts": ["x"]}, "accepts[0]"),
        ({"in_return": True, "accepts": ["KARIS"]}, "accepts[0]"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
        ({"ends_at": "2028-01-01T00:00:00Z"}, "ends_at"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_with_its_place(
    small_world: World, wanted: dict[str, Any], place: str
) -> None:
    roster, duties = published(small_world, {0: "kari", 1: "ola"})
    named = {"OLAS": duties[1], "KARIS": duties[0]}
    body: dict[str, Any] = {"roster": roster, "duty": duties[0]} | wanted
    body["duty"] = named.get(body["duty"], body["duty"])
    if "accepts" in body:
        body["accepts"] = [named.get(own, own) for own in body["accepts"]]
    answer = small_world["doctor"].post("/swap-offers", json=body)
    assert answer.status_code == 422, answer.text
    assert [fault["place"] for fault in answer.json()["faults"]] == [place]
    assert small_world["doctor"].get("/swap-offers").json()["items"] == []


def test_others_see_neither_deals_nor_offers_that_do_not_concern_them(small_world: World) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    own = offer(small_world, "kari", roster, duties[0], to_doctor="siv", note="Bare til deg")
    deal = accept(small_world, "siv", own).json()
    for person in ("ola", "stranger"):
        assert small_world[person].get("/swap-offers").json()["items"] == []
        assert small_world[person].get("/swap-deals").json()["items"] == []
        assert small_world[person].get(f"/swap-deals/{deal['id']}").status_code == 404
    judged = small_world["kari"].get(f"/swap-deals/{deal['id']}").json()["judged"]
    assert [account["doctor"] for account in judged["accounts"]] == ["kari"]
    assert judged["objective"] is None
    full = small_world["coordinator"].get(f"/swap-deals/{deal['id']}").json()["judged"]
    assert {account["doctor"] for account in full["accounts"]} == {"kari", "siv"}
