"""Hearings: doctors read a roster before it is published and say what they mean of it."""

from typing import Any

from tests.service.colleagues import with_colleagues
from tests.service.world import World


def _draft(world: World) -> tuple[str, list[str]]:
    plan = world.plan()
    duties = [duty.id for duty in world.loaded(plan).problem.duties]
    return world.roster(plan, {duties[0]: "kari", duties[1]: "ola"}), duties


def _state(world: World, roster: str, state: str) -> None:
    answer = world["coordinator"].post(
        f"/rosters/{roster}/state", json={"state": state}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 200, answer.text


def test_doctors_read_what_is_in_hearing_and_nothing_else_that_is_not_published(
    world: World,
) -> None:
    roster, duties = _draft(world)
    doctor = world["doctor"]
    assert doctor.get(f"/rosters/{roster}").status_code == 404
    _state(world, roster, "hearing")
    assert [own["id"] for own in doctor.get("/rosters").json()["items"]] == [roster]
    change = {"on": [{"duty": duties[2], "doctor": "kari"}]}
    world["coordinator"].ask("PATCH", f"/rosters/{roster}", json=change, headers={"If-Match": "*"})
    assert doctor.get(f"/rosters/{roster}").json()["version"]["number"] == 2
    assert doctor.get(f"/rosters/{roster}", params={"version": 1}).status_code == 404
    assert world["manager"].get(f"/rosters/{roster}").status_code == 404
    _state(world, roster, "draft")
    assert doctor.get(f"/rosters/{roster}").status_code == 404
    assert doctor.get("/rosters").json()["items"] == []


def test_a_comment_is_between_its_author_and_the_coordinator(world: World) -> None:
    with_colleagues(world)
    roster, duties = _draft(world)
    address = f"/rosters/{roster}/comments"
    said: dict[str, Any] = {"body": "Jeg er på kurs.\n\nKan Ola ta den?", "duty": duties[0]}
    assert world["kari"].post(address, json=said).status_code == 404
    _state(world, roster, "hearing")
    made = world["kari"].post(address, json=said)
    assert made.status_code == 201, made.text
    comment = made.json()
    assert (comment["version"], comment["doctor"], comment["state"]) == (1, "kari", "open")
    assert comment["body"] == said["body"]
    assert world["ola"].get(address).json()["items"] == []
    [seen] = world["coordinator"].get(address, params={"waiting": True}).json()["items"]
    assert seen == comment
    own = f"{address}/{comment['id']}"
    unknown = world["coordinator"].ask("PATCH", own, json={"answer": "Ja"})
    assert unknown.status_code == 428
    answer = world["coordinator"].ask(
        "PATCH", own, json={"answer": "Ola tar den."}, headers={"If-Match": '"1"'}
    )
    assert (answer.json()["answer"], answer.json()["state"]) == ("Ola tar den.", "closed")
    late = world["coordinator"].ask(
        "PATCH", own, json={"answer": "Nei"}, headers={"If-Match": '"1"'}
    )
    assert late.status_code == 412
    [mine] = world["kari"].get(address).json()["items"]
    assert (mine["answer"], mine["answered_by"]) == ("Ola tar den.", "Coordinator")
    assert world["coordinator"].get(address, params={"waiting": True}).json()["items"] == []
    logged = world["coordinator"].get("/audit").text
    assert "comment.closed" in logged
    assert "kurs" not in logged


def test_a_comment_on_what_is_not_there_is_refused(small_world: World) -> None:
    roster, _ = _draft(small_world)
    _state(small_world, roster, "hearing")
    address = f"/rosters/{roster}/comments"
    wrong = small_world["doctor"].post(address, json={"body": "x", "duty": "natt/2027-03-01"})
    assert [fault["place"] for fault in wrong.json()["faults"]] == ["duty"]
    for body in ("", "  \n ", "a\x00b"):
        assert small_world["doctor"].post(address, json={"body": body}).status_code == 422
    nowhere = small_world["coordinator"].ask(
        "PATCH", f"{address}/0", json={}, headers={"If-Match": "*"}
    )
    assert nowhere.status_code == 404
    assert small_world["coordinator"].get(address).json()["items"] == []
