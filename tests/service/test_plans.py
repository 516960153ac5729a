"""Plans: faults are told, versions are kept, nobody overwrites another."""

import json

from fastapi.testclient import TestClient

from api.service.documents import differences
from api.service.plans.places import StoredPlaces
from tests.api.plans import tiny
from tests.service import databases
from tests.service.world import World


def test_a_plan_with_faults_is_refused_with_all_of_them_and_nothing_is_stored(
    world: World,
) -> None:
    faulty = tiny() | {"first_day": "2027-02-30", "title": ""}
    answer = world["coordinator"].upload("/plans", faulty)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {fault["place"] for fault in answer.json()["faults"]} == {"first_day", "title"}
    assert all(fault["problem"] and fault["remedy"] for fault in answer.json()["faults"])
    assert world["coordinator"].get("/plans").json()["items"] == []


def test_a_stored_plan_is_remarked_upon_in_words_and_not_by_paths(small_world: World) -> None:
    wish = {
        "id": "w1",
        "doctor": "siv",
        "attitude": "rather_not",
        "start": "2027-03-02",
        "patterns": ["helg"],  # it is a Tuesday
    }
    plan = small_world.plan(wishes=[wish])
    small_world.service.plans.forget()  # as after a new start: the file is gone
    told = small_world.loaded(plan).remarks
    assert "Ønsker, Siv Åsen: Ønsket gjelder ingen vakt eller økt i perioden." in told
    places = StoredPlaces(small_world.loaded(plan).plan)
    assert places.name(("patterns", 0, "place")) == f"Vakttyper, {tiny()['patterns'][0]['name']}"
    assert places.name(("absences", 0, "doctor")) == "Fravær, rad 1"  # not whose
    assert places.name(("settings", "rest_between_work", "hours")) == "Regler"
    assert places.name(("judged_on",)) == "Planen, «Vurdert den»"
    assert places.name(("tail",)) == "Forrige plan"
    assert places.name(()) == "Planen"


def test_problems_are_told_in_the_language_that_is_asked_for(small_world: World) -> None:
    ask = small_world["coordinator"].get
    for accepted, language, title in (
        ("nb-NO,nb;q=0.9,en;q=0.8", "nb", "Finnes ikke"),
        ("en-GB,en;q=0.9", "en", "Not found"),
        ("", "nb", "Finnes ikke"),
        ("fr, en", "en", "Not found"),
    ):
        answer = ask("/plans/0", headers={"Accept-Language": accepted})
        assert answer.json()["title"] == title
        assert answer.headers["content-language"] == language


def test_validation_stores_nothing(small_world: World) -> None:
    answer = small_world["coordinator"].upload("/validations", tiny())
    assert answer.status_code == 200
    assert answer.json()["doctors"] == 3
    assert small_world["coordinator"].get("/plans").json()["items"] == []


def test_each_change_is_a_version_and_the_old_one_stands(world: World) -> None:
    coordinator = world["coordinator"]
    plan = world.plan()
    changed = coordinator.upload(
        f"/plans/{plan}/versions",
        tiny() | {"title": "Fjell, ny"},
        headers={"If-Match": '"1"'},
        data={"note": "Nytt navn"},
    )
    assert changed.status_code == 201
    assert changed.headers["etag"] == '"2"'
    assert coordinator.get(f"/plans/{plan}").json()["title"] == "Fjell, ny"
    old = coordinator.get(f"/plans/{plan}/versions/1/document").json()
    assert old["title"] == tiny()["title"]
    told = coordinator.get(f"/plans/{plan}/versions").json()
    assert [own["number"] for own in told] == [2, 1]
    assert told[0]["note"] == "Nytt navn"
    assert coordinator.get(f"/plans/{plan}/versions/2/differences", params={"since": 1}).json() == [
        {"path": "title", "before": tiny()["title"], "after": "Fjell, ny"}
    ]


def test_whoever_changes_an_old_version_is_stopped(world: World) -> None:
    coordinator = world["coordinator"]
    plan = world.plan()

    def change(title: str, headers: dict[str, str]) -> int:
        document = tiny() | {"title": title}
        return coordinator.upload(f"/plans/{plan}/versions", document, headers=headers).status_code

    assert change("En", {"If-Match": '"1"'}) == 201
    assert change("To", {"If-Match": '"1"'}) == 412
    assert change("To", {}) == 428
    assert coordinator.get(f"/plans/{plan}").json()["title"] == "En"


def test_the_same_plan_once_more_is_no_new_version(small_world: World) -> None:
    plan = small_world.plan()
    answer = small_world["coordinator"].upload(
        f"/plans/{plan}/versions", tiny(), headers={"If-Match": '"1"'}
    )
    assert answer.json()["version"]["number"] == 1


def test_others_than_the_coordinator_see_nothing_private(small_world: World) -> None:
    plan = small_world.plan(
        absences=[{"doctor": "siv", "kind": "sick", "start": "2027-03-02", "end": "2027-03-03"}],
        exemptions=[
            {
                "id": "f1",
                "doctor": "siv",
                "kind": "nursing",
                "status": "claimed",
                "claimed_from": "2026-11-21",
                "birth": "2026-09-01",
            }
        ],
    )
    path = f"/plans/{plan}/versions/1/document"
    whole = small_world["coordinator"].get(path).text
    assert all(word in whole for word in ("nursing", "sick", "born", "Siv Åsen"))
    for role in ("auditor", "manager"):
        told = small_world[role].get(path).text
        assert not [w for w in ("nursing", "sick", "born", "exemptions", "absences") if w in told]
        assert "Siv Åsen" in told  # of the manager's own municipality


def test_a_manager_sees_doctors_of_other_municipalities_by_pseudonym(small_world: World) -> None:
    document = tiny()
    document["municipalities"].append({"id": "dal", "name": "Dal", "inhabitants": 900})
    document["doctors"][2]["municipality"] = "dal"
    answer = small_world["coordinator"].upload("/plans", document)
    plan = answer.json()["plan"]["id"]
    told = small_world["manager"].get(f"/plans/{plan}/versions/1/document").json()
    names = {own["name"] for own in told["doctors"]}
    assert {"Kari Nordmann", "Ola Bråten"} < names
    assert "siv" not in json.dumps(told).casefold()
    again = small_world["manager"].get(f"/plans/{plan}/versions/1/document").json()
    assert again == told


def test_long_lists_come_a_page_at_a_time(small_world: World) -> None:
    made = [small_world.plan(title=f"Plan {number}") for number in range(5)]
    seen: list[str] = []
    after: str | None = None
    while True:
        params = {"most": 2} | ({"after": after} if after else {})
        answer = small_world["coordinator"].get("/plans", params=params).json()
        seen += [own["id"] for own in answer["items"]]
        after = answer["next"]
        if after is None:
            break
    assert seen == made[::-1]
    assert small_world["coordinator"].get("/plans", params={"after": "x"}).status_code == 422


def test_a_body_that_is_too_large_is_refused_early() -> None:
    with databases.sqlite() as address:
        world = World(address, max_upload_mb=0.001)
        with TestClient(world.app):
            answer = world["coordinator"].upload("/plans", tiny() | {"title": "x" * 2000})
            assert answer.status_code == 413
            assert answer.json()["type"] == "urn:rettvakt:problem:too-large"
            assert world["coordinator"].get("/plans").json()["items"] == []


def test_differences_go_by_ids_and_not_by_order() -> None:
    before = {"doctors": [{"id": "a", "share": 1}, {"id": "b", "share": 1}], "x": [1, 2, 2]}
    after = {"doctors": [{"id": "b", "share": 0.5}, {"id": "a", "share": 1}], "x": [2, 1, 2]}
    assert [(own.path, own.before, own.after) for own in differences(before, after)] == [
        ("doctors[b].share", 1, 0.5)
    ]
