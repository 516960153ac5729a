"""Swaps between doctors: offered, agreed, judged in the last moment, and never half done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from api.service.advice.desks import Desk
from api.service.audit.tables import AuditEntry
from api.service.errors import OfferGoneError
from api.service.messages.tables import Message
from api.service.offers import completing
from api.service.offers.tables import SwapOffer, SwapPart
from api.service.offers.words import BOKMAL, Lapse
from api.service.rosters.tables import Publication, StoredRoster
from scheduler.changes.move import Move
from scheduler.swaps.judge import Swap
from tests.api.plans import tiny
from tests.service.colleagues import holders, publish, published, with_colleagues
from tests.service.test_races import _at_once, _statuses
from tests.service.world import World

ONE = {"headers": {"If-Match": '"1"'}}


def offer(world: World, who: str, roster: str, duty: str, **more: Any) -> str:
    answer = world[who].post("/swap-offers", json={"roster": roster, "duty": duty, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def accept(world: World, who: str, own: str, duty: str | None = None) -> Any:
    return world[who].post(f"/swap-offers/{own}/acceptances", json={"duty": duty}, **ONE)


def free(world: World) -> None:
    answer = world["coordinator"].ask("PUT", "/swap-settings", json={"need_approval": False}, **ONE)
    assert answer.status_code == 200, answer.text


def decide(world: World, deal: dict[str, Any], what: str, who: str = "coordinator") -> Any:
    return world[who].post(
        f"/swap-deals/{deal['id']}/{what}",
        json={"note": "Greit"},
        headers={"If-Match": f'"{deal["revision"]}"'},
    )


def test_a_duty_changes_hands_when_the_coordinator_approves(world: World) -> None:
    with_colleagues(world)
    roster, duties = published(world, {0: "kari", 1: "ola", 7: "siv"})
    own = offer(world, "kari", roster, duties[0], note="Konfirmasjon")
    told = world["siv"].get(f"/swap-offers/{own}").json()
    assert told["mine"]["standing"] == "can"
    assert told["can_take"] == 2
    deal = accept(world, "siv", own).json()
    assert (deal["state"], deal["publication"]) == ("agreed", None)
    assert holders(world, roster)[duties[0]] == "kari"
    assert accept(world, "ola", own).json()["type"] == "urn:rettvakt:problem:offer-gone"
    assert decide(world, deal, "completion", "siv").status_code == 409
    done = decide(world, deal, "completion")
    assert done.status_code == 200, done.text
    assert done.json()["state"] == "done"
    assert holders(world, roster) == {duties[0]: "siv", duties[1]: "ola", duties[7]: "siv"}
    shown = world["kari"].get(f"/rosters/{roster}").json()
    assert (shown["roster"]["state"], shown["version"]["number"]) == ("published", 2)
    with world.service.database.reading() as session:
        messages = session.scalars(select(Message).order_by(Message.created_at)).all()
        actions = session.scalars(select(AuditEntry.action)).all()
    lost = [own for own in messages if "− Hjemmevakt hverdag mandag 1. mars" in own.body]
    gained = [own for own in messages if "+ Hjemmevakt hverdag mandag 1. mars" in own.body]
    assert [own.address for own in lost] == ["doctor@fjell.example"]
    assert [own.address for own in gained][-1] == "siv@fjell.example"
    asked = [own.address for own in messages if own.subject == "Et vaktbytte venter på deg"]
    assert asked == ["coordinator@fjell.example"]
    assert [own for own in actions if own.startswith(("offer", "swap"))] == [
        "offer.made",
        "swap.proposed",
        "swap.agreed",
        "swap.done",
    ]
    assert decide(world, done.json(), "completion").status_code == 409


def test_the_calendar_of_both_follows_at_once(small_world: World) -> None:
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    feed = small_world["kari"].post(
        "/feeds", json={"kind": "doctor", "subject": "kari", "label": "x"}
    )
    address = feed.json()["url"].removeprefix("http://127.0.0.1:8000")
    assert b"BEGIN:VEVENT" in small_world.client().get(address).content
    accept(small_world, "siv", offer(small_world, "kari", roster, duties[0]))
    assert b"BEGIN:VEVENT" not in small_world.client().get(address).content


def test_without_approval_it_comes_true_when_both_have_said_yes(small_world: World) -> None:
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    own = offer(small_world, "kari", roster, duties[0], in_return=True, accepts=[duties[7]])
    deal = accept(small_world, "siv", own, duties[7]).json()
    assert deal["state"] == "done"
    assert holders(small_world, roster) == {duties[0]: "siv", duties[7]: "kari"}
    with small_world.service.database.reading() as session:
        assert len(session.scalars(select(Publication)).all()) == 2


def test_what_was_not_named_is_asked_about_and_only_one_can_be_said_yes_to(world: World) -> None:
    with_colleagues(world)
    free(world)
    roster, duties = published(world, {0: "kari", 2: "ola", 7: "siv"})
    own = offer(world, "kari", roster, duties[0], in_return=True)
    first, second = accept(world, "siv", own, duties[7]), accept(world, "ola", own, duties[2])
    assert (first.json()["state"], second.json()["state"]) == ("asked", "asked")
    assert holders(world, roster)[duties[0]] == "kari"
    assert decide(world, first.json(), "completion").status_code == 409
    yes = world["kari"].post(f"/swap-deals/{first.json()['id']}/answers", json={"yes": True}, **ONE)
    assert yes.json()["state"] == "done"
    left = world["ola"].get(f"/swap-deals/{second.json()['id']}").json()["deal"]
    assert left["state"] == "lapsed"
    assert left["reason"] == "En av vaktene er med i en annen avtale om bytte."
    late = world["kari"].post(
        f"/swap-deals/{left['id']}/answers", json={"yes": True}, headers={"If-Match": "*"}
    )
    assert late.status_code == 409
    with world.service.database.reading() as session:
        told = session.scalars(select(Message.subject)).all()
    assert told.count("Et vaktbytte venter på svar fra deg") == 2
    assert told.count("Vaktbyttet falt bort") == 1  # Ola's; Kari knows


def test_a_no_ends_the_deal_and_the_offer_is_open_again(small_world: World) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    own = offer(small_world, "kari", roster, duties[0])
    deal = accept(small_world, "siv", own).json()
    refused = decide(small_world, deal, "refusal")
    assert (refused.json()["state"], refused.json()["reason"]) == ("refused", "Greit")
    assert small_world["kari"].get(f"/swap-offers/{own}").json()["offer"]["state"] == "open"
    with small_world.service.database.reading() as session:
        told = session.scalars(
            select(Message).where(Message.subject == "Vaktbyttet ble ikke noe av")
        ).all()
    assert {message.address for message in told} == {"doctor@fjell.example", "siv@fjell.example"}


def test_a_ring_of_three_goes_round(small_world: World) -> None:
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 3: "ola", 7: "siv"})
    ids = [
        offer(small_world, "kari", roster, duties[0], in_return=True, accepts=[duties[7]]),
        offer(small_world, "ola", roster, duties[3], in_return=True, accepts=[duties[0]]),
        offer(small_world, "siv", roster, duties[7], in_return=True, accepts=[duties[3]]),
    ]
    found = small_world["ola"].get(f"/rosters/{roster}/rings").json()
    assert found["complete"]
    [ring] = found["rings"]
    assert sorted(ring["offers"]) == sorted(ids)
    wrong = small_world["kari"].post("/swap-deals", json={"offers": [ids[0], ids[0]]})
    assert wrong.status_code == 422
    done = small_world["kari"].post("/swap-deals", json={"offers": ring["offers"]})
    assert done.status_code == 201, done.text
    assert done.json()["state"] == "done"
    assert holders(small_world, roster) == {duties[0]: "ola", duties[3]: "siv", duties[7]: "kari"}


def test_a_ring_asks_who_has_not_named_what_she_would_get(small_world: World) -> None:
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    ids = [
        offer(small_world, "kari", roster, duties[0], in_return=True),
        offer(small_world, "siv", roster, duties[7], in_return=True),
    ]
    deal = small_world["siv"].post("/swap-deals", json={"offers": ids}).json()
    assert deal["state"] == "asked"
    assert {own["doctor"]: own["says"] for own in deal["parts"]} == {"kari": None, "siv": True}
    no = small_world["kari"].post(f"/swap-deals/{deal['id']}/answers", json={"yes": False}, **ONE)
    assert no.json()["state"] == "refused"
    assert (
        len(small_world["siv"].get("/swap-offers", params={"only_open": True}).json()["items"]) == 2
    )


AWAY = {"doctor": "siv", "kind": "sick", "start": "2027-03-01", "end": "2027-03-02"}


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


def test_a_swap_is_judged_by_what_amends_nothing_of_the_publication(small_world: World) -> None:
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    coordinator = small_world["coordinator"]
    for number, change in enumerate(("off", "on"), 1):
        given = {change: [{"duty": duties[7], "doctor": "siv"}]}
        head = {"If-Match": f'"{number}.1"'}
        edited = coordinator.ask("PATCH", f"/rosters/{roster}", json=given, headers=head)
        assert edited.status_code == 200, edited.text
    own = offer(small_world, "kari", roster, duties[0])
    assert accept(small_world, "siv", own).json()["state"] == "done"
    shown = coordinator.get(f"/rosters/{roster}").json()
    assert (shown["roster"]["state"], shown["roster"]["version"]) == ("published", 4)
    assert holders(small_world, roster) == {duties[0]: "siv", duties[7]: "siv"}


def test_a_roster_that_is_being_changed_is_not_published_by_a_swap(small_world: World) -> None:
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 7: "siv"})
    own = offer(small_world, "kari", roster, duties[0])
    half_done = {"on": [{"duty": duties[3], "doctor": "ola"}]}
    edited = small_world["coordinator"].ask("PATCH", f"/rosters/{roster}", json=half_done, **ONE)
    assert edited.status_code == 200
    deal = accept(small_world, "siv", own).json()
    assert deal["state"] == "agreed"
    refused = decide(small_world, deal, "completion")
    assert refused.json()["type"] == "urn:rettvakt:problem:roster-being-changed"
    publish(small_world, roster, '"2"')
    done = decide(small_world, deal, "completion", "siv")
    assert done.json()["state"] == "done"
    assert holders(small_world, roster) == {duties[0]: "siv", duties[3]: "ola", duties[7]: "siv"}


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


def test_a_swap_with_an_exception_always_waits_for_the_coordinator(small_world: World) -> None:
    """Two evenings in a row give home duty the day after: a main rule is departed from."""
    with_colleagues(small_world)
    free(small_world)
    roster, duties = published(small_world, {0: "kari", 1: "siv"})
    verdict = small_world["coordinator"].post(
        f"/rosters/{roster}/swaps",
        json={"give": {"doctor": "kari", "duty": duties[0]}, "to": "siv"},
    )
    judged = verdict.json()["judged"]
    deal = accept(small_world, "siv", offer(small_world, "kari", roster, duties[0])).json()
    assert deal["state"] == ("agreed" if judged["exceptions"] else "done")


def test_of_settings_that_are_made_at_once_one_stands(world: World) -> None:
    change = {"json": {"need_approval": False}, **ONE}
    answers = _at_once(lambda _: world["coordinator"].ask("PUT", "/swap-settings", **change), 4)
    assert _statuses(answers) == [200, 412, 412, 412]


def test_settings_are_changed_by_who_knows_them(small_world: World) -> None:
    coordinator = small_world["coordinator"]
    assert coordinator.get("/swap-settings").json() == {"need_approval": True, "revision": 1}
    change = {"json": {"need_approval": False}}
    assert coordinator.ask("PUT", "/swap-settings", **change).status_code == 428
    changed = coordinator.ask("PUT", "/swap-settings", **change, **ONE)
    assert changed.headers["etag"] == '"2"'
    assert coordinator.ask("PUT", "/swap-settings", **change, **ONE).status_code == 412
    assert small_world["stranger"].get("/swap-settings").json()["need_approval"]
