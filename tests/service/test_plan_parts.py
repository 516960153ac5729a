"""Parts of a plan: rows by key, a version a change, faults beside the field, all or nothing."""

import json
from typing import Any

import pytest
from httpx2 import Response

from api.service.plans import parts
from api.service.plans.beginning import id_of
from scheduler.reading.fields import sheets
from scheduler.reading.template import EXAMPLES
from tests.api.plans import tiny
from tests.service.world import World

ABSENCE = {"doctor": "kari", "kind": "holiday", "start": "2027-03-03", "end": "2027-03-05"}


def match(version: int) -> dict[str, Any]:
    return {"headers": {"If-Match": f'"{version}"'}}


def places(answer: Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [own["place"] for own in answer.json()["faults"]]


def document(world: World, plan: str, version: int) -> Any:
    return world["coordinator"].get(f"/plans/{plan}/versions/{version}/document").json()


def test_a_row_is_added_read_changed_and_taken_away_each_by_one_version(world: World) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    path = f"/plans/{plan}/absences"
    added = coordinator.post(path, json=[ABSENCE], params={"note": "Ferie"}, **match(1)).json()
    assert (added["version"], added["changed"]) == (2, True)
    [row] = added["items"]
    assert coordinator.get(f"{path}/{row['key']}").json() == row
    assert row["value"] == ABSENCE
    changed = coordinator.ask(
        "PATCH", f"{path}/{row['key']}", json={"end": "2027-03-08"}, **match(2)
    ).json()
    [now] = changed["items"]
    assert now["value"] == ABSENCE | {"end": "2027-03-08"}
    assert coordinator.get(f"{path}/{row['key']}").status_code == 404  # it says something else
    whole = coordinator.ask("PUT", f"{path}/{now['key']}", json=ABSENCE, **match(3)).json()
    assert whole["items"] == [row]
    gone = coordinator.ask("DELETE", f"{path}/{row['key']}", **match(4))
    assert gone.headers["etag"] == '"5"'
    assert document(world, plan, 5) == document(world, plan, 1)
    notes = [own["note"] for own in coordinator.get(f"/plans/{plan}/versions").json()]
    assert notes[3] == "Ferie"
    assert coordinator.get(path, params={"version": 2}).json()["items"] == [row]


def test_what_leaves_the_plan_as_it_was_makes_no_version(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    doctor = coordinator.get(f"/plans/{plan}/doctors/kari").json()["value"]
    for method, body in (("PUT", doctor), ("PATCH", {}), ("PATCH", {"office": None})):
        answer = coordinator.ask(method, f"/plans/{plan}/doctors/kari", json=body, **match(1))
        assert answer.json()["changed"] is False
        assert answer.headers["etag"] == '"1"'
    answer = coordinator.post(f"/plans/{plan}/absences", json=[], **match(1))
    assert answer.json() == {"version": 1, "changed": False, "items": [], "remarks": []}
    assert len(coordinator.get(f"/plans/{plan}/versions").json()) == 1


def test_whoever_changes_another_version_is_stopped(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    path = f"/plans/{plan}/absences"
    assert coordinator.post(path, json=[ABSENCE]).status_code == 428
    assert coordinator.post(path, json=[ABSENCE], **match(1)).status_code == 200
    assert coordinator.post(path, json=[ABSENCE], **match(1)).status_code == 412
    assert coordinator.get(path).json()["total"] == 1


def test_a_paste_tells_all_its_faults_with_row_and_field_and_stores_nothing(
    world: World,
) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    path = f"/plans/{plan}/doctors"
    one = dict(tiny()["doctors"][0])
    rows = [one | {"id": "ny"}, one | {"id": "feil", "born": "20.02.1964"}, {"id": "tom"}]
    answer = coordinator.post(path, json=rows, **match(1))
    found = places(answer)
    assert "doctors[feil].born (rad 2)" in found
    assert "doctors[tom].name (rad 3)" in found
    assert all(own["problem"] and own["remedy"] for own in answer.json()["faults"])
    rows = [one | {"id": "ny", "municipality": "dal"}, one]
    assert places(coordinator.post(path, json=rows, **match(1))) == [
        "doctors[kari-2].id (rad 2)",  # the id is used already
        "doctors[ny].municipality (rad 1)",
    ]
    absence = ABSENCE | {"doctor": "knut"}
    answer = coordinator.post(f"/plans/{plan}/absences", json=[ABSENCE, absence], **match(1))
    assert places(answer) == ["absences.doctor (rad 2)"]
    assert coordinator.get(f"/plans/{plan}").json()["version"] == 1


def test_a_fault_elsewhere_names_the_row_that_no_longer_fits(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan(pins=[_pin("kari")])
    answer = coordinator.ask("DELETE", f"/plans/{plan}/patterns/kveld", **match(1))
    assert any(own.startswith("pins[") and own.endswith("].pattern") for own in places(answer))
    answer = coordinator.ask(
        "PATCH", f"/plans/{plan}/doctors/kari", json={"born": "1970-02-30"}, **match(1)
    )
    assert places(answer) == ["doctors[kari].born"]


def _pin(doctor: str) -> dict[str, str]:
    return {"doctor": doctor, "pattern": "kveld", "date": "2027-03-02"}


def test_many_rows_are_added_merged_or_put_instead(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    path = f"/plans/{plan}/wishes"

    def send(version: int, mode: str, *wishes: tuple[str, int]) -> list[tuple[str, int]]:
        rows = [
            {
                "id": own,
                "doctor": "kari",
                "attitude": "want",
                "start": "2027-03-02",
                "weight": weight,
            }
            for own, weight in wishes
        ]
        answer = coordinator.post(path, json=rows, params={"mode": mode}, **match(version))
        assert answer.status_code == 200, answer.text
        items = coordinator.get(path).json()["items"]
        return [(own["key"], own["value"]["weight"]) for own in items]

    assert send(1, "add", ("a", 1), ("b", 1)) == [("a", 1), ("b", 1)]
    assert send(2, "merge", ("b", 5), ("c", 1)) == [("a", 1), ("b", 5), ("c", 1)]
    assert send(3, "replace", ("d", 2)) == [("d", 2)]


def test_rows_come_a_page_at_a_time(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        answer = coordinator.get(f"/plans/{plan}/tail", params={"most": 5, **after}).json()
        assert answer["total"] == len(tiny()["tail"])
        seen += [own["key"] for own in answer["items"]]
        if answer["next"] is None:
            break
        after = {"after": answer["next"]}
    assert len(set(seen)) == len(seen) == len(tiny()["tail"])
    assert coordinator.get(f"/plans/{plan}/tail", params={"after": "x"}).status_code == 422


def test_every_part_of_the_format_has_its_endpoints_and_a_real_shape(small_world: World) -> None:
    paths = small_world.app.openapi()["paths"]
    for part in sheets():
        path = f"/api/v1/plans/{{plan}}/{part.name.replace('_', '-')}"
        assert set(paths[path]) == {"get", "post"}
        assert set(paths[f"{path}/{{key}}"]) == {"get", "put", "patch", "delete"}
        sent = paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert part.model is not None
        assert sent["items"]["$ref"].split("/")[-1].split("-")[0] == part.model.__name__


def test_others_than_the_coordinator_read_only_what_is_open(small_world: World) -> None:
    plan = small_world.plan(absences=[ABSENCE])
    for role in ("manager", "auditor"):
        assert small_world[role].get(f"/plans/{plan}/patterns").json()["total"] == 2
        for part in ("doctors", "absences", "exemptions", "wishes", "ledger", "agreements"):
            assert small_world[role].get(f"/plans/{plan}/{part}").status_code == 403


def test_the_examples_of_the_template_fit_every_part(small_world: World) -> None:
    """A row that the plan refuses for its meaning is refused with a place in that part."""
    coordinator, plan = small_world["coordinator"], small_world.plan()
    for part in sheets():
        path = f"/plans/{plan}/{part.name.replace('_', '-')}"
        answer = coordinator.post(path, json=[EXAMPLES[part.name]], **match(1))
        if answer.status_code == 200:  # back to where we were
            version = answer.json()["version"]
            restored = coordinator.post(
                f"/plans/{plan}/versions/1/restore", json={}, **match(version)
            )
            assert restored.status_code == 200
            plan = small_world.plan()
        else:
            assert all(own.split("[")[0].split(".")[0] == part.name for own in places(answer))


def test_undo_makes_an_earlier_version_the_newest(world: World) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    coordinator.ask("PATCH", f"/plans/{plan}/period", json={"title": "Ny"}, **match(1))
    answer = coordinator.post(f"/plans/{plan}/versions/1/restore", json={}, **match(2))
    assert answer.json()["version"]["number"] == 3
    assert answer.json()["version"]["note"] == "Tilbake til versjon 1"
    assert document(world, plan, 3) == document(world, plan, 1)
    assert coordinator.get(f"/plans/{plan}").json()["title"] == tiny()["title"]
    again = coordinator.post(f"/plans/{plan}/versions/1/restore", json={}, **match(3))
    assert again.json()["version"]["number"] == 3
    gone = coordinator.post(f"/plans/{plan}/versions/9/restore", json={}, **match(3))
    assert gone.status_code == 404


def test_the_workbook_of_a_version_is_the_plan_again(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan(absences=[ABSENCE])
    answer = coordinator.get(f"/plans/{plan}/versions/1/workbook")
    assert answer.headers["content-disposition"] == 'attachment; filename="plan-v1.xlsx"'
    files = {"file": ("plan.xlsx", answer.content)}
    again = coordinator.post(f"/plans/{plan}/versions", files=files, **match(1))
    assert again.json()["version"]["number"] == 1  # nothing is different


def test_the_period_is_changed_like_the_rest(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    path = f"/plans/{plan}/period"
    answer = coordinator.ask("PATCH", path, json={"last_day": "2027-02-01"}, **match(1))
    assert "last_day" in places(answer)
    answer = coordinator.ask("PATCH", path, json={"last_day": "2027-03-21"}, **match(1))
    assert answer.json()["last_day"] == "2027-03-21"
    assert coordinator.get(path).json() == answer.json()


def test_a_rule_is_set_changed_and_given_its_defaults_again(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    path = f"/plans/{plan}/rules/target_rest"
    answer = coordinator.ask("PUT", path, json={"target_rest": 120}, **match(1))
    assert places(answer) == ["settings.target_rest.target_rest"]
    answer = coordinator.ask("PUT", path, json={"target_rest": 12}, **match(1))
    assert _value(answer.json()["rule"], "target_rest") == (12, True)
    answer = coordinator.ask("PATCH", path, json={"price": 200}, **match(2))
    assert _value(answer.json()["rule"], "target_rest") == (12, True)
    answer = coordinator.ask("DELETE", path, **match(3))
    assert _value(answer.json()["rule"], "target_rest") == (11, False)
    assert document(small_world, plan, 4) == document(small_world, plan, 1)
    unknown = f"/plans/{plan}/rules/no_such_rule"
    assert coordinator.ask("PUT", unknown, json={}, **match(4)).status_code == 404
    told = coordinator.get(f"/plans/{plan}/rules").json()["items"]
    assert {own["id"] for own in told if not own["active"]}  # the vocabulary is listed too
    assert all(own["citations"] for own in told)


def _value(rule: Any, name: str) -> tuple[Any, bool]:
    [own] = [own for own in rule["parameters"] if own["name"] == name]
    return own["value"], own["own"]


def test_a_plan_begins_without_a_file(world: World) -> None:
    wanted = {
        "title": "Vår 2027",
        "first_day": "2027-01-04",
        "last_day": "2027-01-31",
        "municipality": {"name": "Øvre Å", "inhabitants": 900},
        "place": "Å legevakt",
        "doctor": {"name": "Åse Ås", "born": "1980-01-01"},
        "shift": {"name": "Hjemmevakt", "start": "15:30", "end": "08:00"},
    }
    answer = world["coordinator"].post("/plans/empty", json=wanted)
    assert answer.status_code == 201, answer.text
    assert answer.json()["judged"]["duties"] == 28
    plan = answer.json()["plan"]["id"]
    assert document(world, plan, 1)["doctors"][0]["id"] == "åse-ås"
    wanted["last_day"] = "2026-01-01"
    assert "last_day" in places(world["coordinator"].post("/plans/empty", json=wanted))


@pytest.mark.parametrize("name", ["oy", "by"])
def test_an_example_district_is_there_at_once(small_world: World, name: str) -> None:
    answer = small_world["coordinator"].post(f"/plans/examples/{name}")
    assert answer.status_code == 201
    assert answer.json()["judged"]["duties"] > 100
    assert small_world["coordinator"].post("/plans/examples/region").status_code == 422


def test_keys_tell_alike_rows_apart_and_merge_patches_go_into_parts() -> None:
    rows = [{"doctor": "kari"}, {"doctor": "kari"}, {"id": "a"}]
    first, second, third = parts.keys_of(rows)
    assert (second, third) == (f"{first}-2", "a")
    item = {"id": "a", "limits": {"max_nights": 3, "no_nights": True}, "office": "x"}
    changes = {"limits": {"max_nights": None}, "office": "y"}
    assert parts.merged(item, changes) == {
        "id": "a",
        "limits": {"no_nights": True},
        "office": "y",
    }


def test_ids_are_read_off_names() -> None:
    assert id_of("Kari  Nordmann", ()) == "kari-nordmann"
    assert id_of("Kari Nordmann", ("kari-nordmann",)) == "kari-nordmann-2"
    assert id_of("…", ()) == "ny"


def test_a_change_is_in_the_audit_log(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    coordinator.post(f"/plans/{plan}/absences", json=[ABSENCE], **match(1))
    entries = coordinator.get("/audit", params={"subject": f"plan/{plan}"}).json()["items"]
    assert entries[0]["details"]["version"] == 2
    assert "holiday" not in json.dumps(entries)
