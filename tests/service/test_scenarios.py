"""Stored scenarios: judged against the plan at once, shared without doctors' names."""

import json
from typing import Any

from scheduler.reading.places import Source
from scheduler.whatif.reading import scenarios_of
from tests.api.plans import tiny
from tests.service.test_plan_parts import match, places
from tests.service.world import World


def asked(*changes: dict[str, Any]) -> dict[str, Any]:
    """A set with one scenario of these changes."""
    return {
        "title": "Hva om Kari slutter?",
        "question": "Går vaktene opp?",
        "scenarios": [{"id": "uten", "name": "Uten en lege", "changes": list(changes)}],
    }


LEAVES = {"change": "doctor_leaves", "doctor": "Kari Nordmann"}


def stored(world: World, plan: str, *changes: dict[str, Any]) -> str:
    answer = world["coordinator"].post(f"/plans/{plan}/scenarios", json=asked(*changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_names_and_ids_are_both_understood(world: World) -> None:
    plan = world.plan()
    own = stored(
        world,
        plan,
        LEAVES,
        {"change": "doctors_join", "municipality": " FJELL ", "number": 2},
        {"change": "pattern", "pattern": "kveld", "place": "Legevakta", "start": "16:00"},
    )
    told = world["coordinator"].get(f"/scenarios/{own}").json()
    changes = told["document"]["scenarios"][0]["changes"]
    assert [changes[0]["doctor"], changes[1]["municipality"], changes[2]["place"]] == [
        "kari",
        "fjell",
        "lv",
    ]
    assert told["scenarios"][0]["changes"][:2] == [
        "Kari Nordmann slutter.",
        "To leger til i Fjell.",
    ]
    assert told["document"]["plan"] == plan
    file, _ = scenarios_of(Source(told["document"]))
    assert file.scenarios[0].id == "uten"


def test_every_fault_is_told_and_nothing_is_stored(world: World) -> None:
    plan = world.plan()
    path = f"/plans/{plan}/scenarios"
    answer = world["coordinator"].post(path, json=asked({"change": "doctor_leves"}, {}))
    assert places(answer) == ["scenarios[0].changes[0].change", "scenarios[0].changes[1]"]
    answer = world["coordinator"].post(path, json=asked({**LEAVES, "doctor": "Karin"}))
    assert places(answer) == ["scenarios[0].changes[0].doctor"]
    file = {"change": "municipality_joins", "plan": "/etc/passwd", "municipality": "dal"}
    answer = world["coordinator"].post(path, json=asked(file))
    assert "finnes ikke i samarbeidet" in answer.json()["faults"][0]["problem"]
    assert world["coordinator"].get(path).json() == []


def test_a_municipality_joins_from_another_plan_of_the_cooperation(small_world: World) -> None:
    plan = small_world.plan()
    other = tiny() | {"title": "Dal legevakt"}
    other["municipalities"] = [{"id": "dal", "name": "Dal", "inhabitants": 900}]
    other["places"] = [{"id": "dv", "name": "Dal legevakt", "municipality": "dal"}]
    other["doctors"] = [{**other["doctors"][0], "id": "per", "name": "Per Dal"}]
    other["doctors"][0]["municipality"] = "dal"
    other["patterns"] = [{**own, "place": "dv"} for own in other["patterns"]]
    other["tail"] = []
    answer = small_world["coordinator"].upload("/plans", other)
    assert answer.status_code == 201, answer.text
    joins = {"change": "municipality_joins", "plan": "dal LEGEVAKT", "municipality": "dal"}
    own = stored(small_world, plan, joins)
    told = small_world["coordinator"].get(f"/scenarios/{own}").json()
    change = told["document"]["scenarios"][0]["changes"][0]
    assert change["plan"] == answer.json()["plan"]["id"]
    foreign = small_world["stranger"].upload("/plans", other).json()["plan"]["id"]
    refused = small_world["coordinator"].post(
        f"/plans/{plan}/scenarios", json=asked({**joins, "plan": foreign})
    )
    assert refused.status_code == 422


def test_managers_see_what_is_shared_and_no_name_of_a_doctor(world: World) -> None:
    plan = world.plan()
    own = stored(world, plan, LEAVES)
    assert world["manager"].get(f"/plans/{plan}/scenarios").json() == []
    assert world["manager"].get(f"/scenarios/{own}").status_code == 404
    shared = world["coordinator"].ask(
        "PATCH", f"/scenarios/{own}", json={"shared": True}, **match(1)
    )
    assert shared.json()["version"] == 2
    again = world["coordinator"].ask(
        "PATCH", f"/scenarios/{own}", json={"shared": True}, **match(2)
    )
    assert again.json()["version"] == 2
    assert shared.json()["remarks"] == []
    told = world["manager"].get(f"/scenarios/{own}").json()
    assert told["scenarios"][0]["changes"] == ["En lege slutter."]
    assert told["document"] is None
    assert "kari" not in json.dumps(told["scenarios"]).casefold()
    assert len(world["manager"].get(f"/plans/{plan}/scenarios").json()) == 1


def test_a_set_is_replaced_by_who_knows_its_version(world: World) -> None:
    plan = world.plan()
    own = stored(world, plan, LEAVES)
    path = f"/scenarios/{own}"
    put = world["coordinator"].ask
    other = asked({**LEAVES, "doctor": "ola"})
    assert put("PUT", path, json=other).status_code == 428
    assert put("PUT", path, json=other, **match(1)).json()["version"] == 2
    assert put("PUT", path, json=other, **match(1)).status_code == 412
    assert put("PUT", path, json=other, **match(2)).json()["version"] == 2  # nothing is new
    world["coordinator"].ask("PATCH", f"/plans/{plan}/period", json={"title": "Ny"}, **match(1))
    assert put("PUT", path, json=other, **match(2)).json()["plan_version"] == 2
    assert put("DELETE", path, **match(2)).status_code == 204
    assert world["coordinator"].get(path).status_code == 404


def test_a_scenario_file_goes_in_and_comes_out(small_world: World) -> None:
    plan = small_world.plan()
    own = stored(small_world, plan, LEAVES)
    content = small_world["coordinator"].get(f"/scenarios/{own}/file").content
    path = f"/plans/{plan}/scenario-files"

    def send(name: str, body: bytes) -> Any:
        return small_world["coordinator"].post(path, files={"file": (name, body)})

    again = send("s.yaml", content.replace(b"doctor: kari", b"doctor: Kari Nordmann"))
    assert again.status_code == 201, again.text
    kept = small_world["coordinator"].get(f"/scenarios/{own}").json()["document"]
    assert again.json()["document"] == kept
    assert places(send("s.yaml", content.replace(b"doctor: kari", b"doctor: knut"))) == [
        "scenarios[0].changes[0].doctor (linje 12)"
    ]
    assert places(send("s.xlsx", content)) == ["s.xlsx"]
