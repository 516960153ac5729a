"""Swaps between doctors: offered, agreed, judged in the last moment, and never half done."""

from sqlalchemy import select

from api.service.audit.tables import AuditEntry
from api.service.messages.tables import Message
from api.service.rosters.tables import Publication
from tests.service.colleagues import holders, publish, published, with_colleagues
from tests.service.swapping import ONE, accept, decide, free, offer
from tests.service.world import World


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


def test_settings_are_changed_by_who_knows_them(small_world: World) -> None:
    coordinator = small_world["coordinator"]
    assert coordinator.get("/swap-settings").json() == {"need_approval": True, "revision": 1}
    change = {"json": {"need_approval": False}}
    assert coordinator.ask("PUT", "/swap-settings", **change).status_code == 428
    changed = coordinator.ask("PUT", "/swap-settings", **change, **ONE)
    assert changed.headers["etag"] == '"2"'
    assert coordinator.ask("PUT", "/swap-settings", **change, **ONE).status_code == 412
    assert small_world["stranger"].get("/swap-settings").json()["need_approval"]
