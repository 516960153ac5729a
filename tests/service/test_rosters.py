"""Rosters: changed by hand with a verdict, published, kept for ever."""

import json
from io import BytesIO
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from api.service.file_names import plain
from tests.api.plans import tiny
from tests.service.world import World


def _first(world: World, plan: str, many: int = 3) -> list[str]:
    return [duty.id for duty in world.loaded(plan).problem.duties][:many]


def _publish(world: World, roster: str, version: int, **wanted: Any) -> Any:
    return world["coordinator"].post(
        f"/rosters/{roster}/publications", json=wanted, headers={"If-Match": f'"{version}"'}
    )


def _edit(world: World, roster: str, version: int, **change: Any) -> Any:
    return world["coordinator"].ask(
        "PATCH", f"/rosters/{roster}", json=change, headers={"If-Match": f'"{version}"'}
    )


def test_a_change_by_hand_gets_a_verdict_and_is_a_new_version(world: World) -> None:
    plan = world.plan()
    one, two, _ = _first(world, plan)
    roster = world.roster(plan, {one: "kari", two: "ola"})
    swap = {
        "off": [{"duty": one, "doctor": "kari"}],
        "on": [{"duty": one, "doctor": "siv"}],
        "note": "Kari er på kurs",
    }
    verdict = _edit(world, roster, 1, **swap)
    assert verdict.status_code == 200
    assert verdict.json()["lawful"]
    assert verdict.json()["stored"]["number"] == 2
    shown = world["coordinator"].get(f"/rosters/{roster}").json()
    assert shown["assignments"][0]["doctor"] == "siv"
    old = world["coordinator"].get(f"/rosters/{roster}", params={"version": 1}).json()
    assert old["assignments"][0]["doctor"] == "kari"
    moved = world["coordinator"].get(f"/rosters/{roster}/differences", params={"since": 1})
    assert moved.json() == [
        {"doctor": "kari", "gained": [], "lost": [one]},
        {"doctor": "siv", "gained": [one], "lost": []},
    ]


def test_a_change_can_be_tried_without_being_stored(small_world: World) -> None:
    plan = small_world.plan()
    one, two, _ = _first(small_world, plan)
    roster = small_world.roster(plan, {one: "kari"})
    answer = small_world["coordinator"].ask(
        "PATCH",
        f"/rosters/{roster}",
        json={"on": [{"duty": two, "doctor": "kari"}]},
        params={"only_try": True},
        headers={"If-Match": '"1"'},
    )
    assert answer.json()["stored"] is None
    assert small_world["coordinator"].get(f"/rosters/{roster}").json()["version"]["number"] == 1


AWAY = {"doctor": "kari", "kind": "course", "start": "2027-03-01", "end": "2027-03-14"}


def test_a_change_that_breaks_a_rule_is_told_in_sentences(small_world: World) -> None:
    plan = small_world.plan(absences=[AWAY])
    [one] = _first(small_world, plan, 1)
    roster = small_world.roster(plan)
    verdict = _edit(small_world, roster, 1, on=[{"duty": one, "doctor": "kari"}]).json()
    assert not verdict["lawful"]
    assert any("Kari Nordmann" in sentence for sentence in verdict["breaches"])
    assert not any("kurs" in sentence for sentence in verdict["breaches"])
    report = small_world["coordinator"].get(f"/rosters/{roster}/check").json()
    told = [own["sentence"] for own in report["findings"] if own["outcome"] == "breach"]
    assert verdict["breaches"] == told
    mended = _edit(small_world, roster, 2, off=[{"duty": one, "doctor": "kari"}]).json()
    assert mended["lawful"]
    assert mended["mended"] == told


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"on": [{"duty": "finnes-ikke", "doctor": "kari"}]}, "on[0].duty"),
        ({"on": [{"duty": "DUTY", "doctor": "karri"}]}, "on[0].doctor"),
        ({"off": [{"duty": "DUTY", "doctor": "ola"}]}, "off[0]"),
        ({"on": [{"duty": "DUTY", "doctor": "kari"}]}, "on[0]"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused_with_its_place(
    small_world: World, change: dict[str, Any], place: str
) -> None:
    plan = small_world.plan()
    [one] = _first(small_world, plan, 1)
    roster = small_world.roster(plan, {one: "kari"})
    change = json.loads(json.dumps(change).replace("DUTY", one))
    answer = _edit(small_world, roster, 1, **change)
    assert answer.status_code == 422
    assert [fault["place"] for fault in answer.json()["faults"]] == [place]
    assert small_world["coordinator"].get(f"/rosters/{roster}").json()["version"]["number"] == 1


def test_two_coordinators_cannot_overwrite_each_other(world: World) -> None:
    plan = world.plan()
    one, two, three = _first(world, plan)
    roster = world.roster(plan, {one: "kari"})
    first = _edit(world, roster, 1, on=[{"duty": two, "doctor": "ola"}])
    second = _edit(world, roster, 1, on=[{"duty": three, "doctor": "siv"}])
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["detail"].count("versjon 2") == 1


def test_a_roster_goes_from_draft_to_archive_and_no_other_way(world: World) -> None:
    plan = world.plan()
    one, two, _ = _first(world, plan)
    roster = world.roster(plan, {one: "kari"})

    def move(state: str) -> int:
        return (
            world["coordinator"]
            .post(
                f"/rosters/{roster}/state",
                json={"state": state},
                headers={"If-Match": f'"{version}"'},
            )
            .status_code
        )

    version = 1
    assert move("archived") == 409
    assert move("hearing") == 200
    assert _publish(world, roster, 1).status_code == 201
    assert _publish(world, roster, 1).status_code == 409
    assert move("draft") == 409
    assert _edit(world, roster, 1, on=[{"duty": two, "doctor": "ola"}]).status_code == 200
    version = 2
    state = world["coordinator"].get(f"/rosters/{roster}").json()["roster"]["state"]
    assert state == "amended"
    assert _publish(world, roster, 2).json()["moved"] == [
        {"doctor": "ola", "gained": [two], "lost": []}
    ]
    assert move("archived") == 200
    assert _edit(world, roster, 2, off=[{"duty": two, "doctor": "ola"}]).status_code == 409


def test_a_change_that_is_taken_back_amends_nothing(small_world: World) -> None:
    plan = small_world.plan()
    one, two, _ = _first(small_world, plan)
    roster = small_world.roster(plan, {one: "kari"})

    def state() -> str:
        return str(small_world["coordinator"].get(f"/rosters/{roster}").json()["roster"]["state"])

    given = {"duty": two, "doctor": "ola"}
    _edit(small_world, roster, 1, on=[given])
    assert state() == "draft"
    _publish(small_world, roster, 2)
    _edit(small_world, roster, 2, off=[given])
    assert state() == "amended"
    _edit(small_world, roster, 3, on=[given])
    assert state() == "published"
    assert _publish(small_world, roster, 4).status_code == 409
    _edit(small_world, roster, 4, off=[given])
    _publish(small_world, roster, 5)
    _edit(small_world, roster, 5, on=[given])  # as it was in the publication before the last
    assert state() == "amended"


def test_breaches_are_published_only_if_somebody_answers_for_them(small_world: World) -> None:
    plan = small_world.plan(absences=[AWAY])
    [one] = _first(small_world, plan, 1)
    roster = small_world.roster(plan, {one: "kari"})
    refused = _publish(small_world, roster, 1)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:rettvakt:problem:breaches-not-signed"
    signed = _publish(small_world, roster, 1, signed="Kommuneoverlegen: krise")
    assert signed.status_code == 201
    entry = small_world["coordinator"].get("/audit").json()["items"][0]
    assert entry["action"] == "roster.published"
    assert entry["why"] == "Kommuneoverlegen: krise"


def test_doctors_see_what_is_published_and_not_what_is_not(world: World) -> None:
    plan = world.plan()
    [one] = _first(world, plan, 1)
    roster = world.roster(plan, {one: "kari"})
    doctor = world["doctor"]
    assert doctor.get(f"/rosters/{roster}").status_code == 404
    assert doctor.get("/rosters").json()["items"] == []
    _publish(world, roster, 1)
    _edit(world, roster, 1, off=[{"duty": one, "doctor": "kari"}])
    shown = doctor.get(f"/rosters/{roster}").json()
    assert shown["version"]["number"] == 1
    assert shown["assignments"][0]["doctor"] == "kari"
    assert doctor.get(f"/rosters/{roster}", params={"version": 2}).status_code == 404
    assert [own["id"] for own in doctor.get("/rosters").json()["items"]] == [roster]


def test_every_export_is_a_file_of_its_kind(small_world: World) -> None:
    plan = small_world.plan()
    [one] = _first(small_world, plan, 1)
    roster = small_world.roster(plan, {one: "kari"})
    files = {
        kind: small_world["coordinator"].get(f"/rosters/{roster}/exports/{kind}")
        for kind in ("xlsx", "csv", "pdf", "ics", "json", "report.html", "report.pdf")
    }
    assert {own.status_code for own in files.values()} == {200}
    assert "Kari Nordmann" in files["csv"].content.decode("utf-8-sig")
    assert load_workbook(BytesIO(files["xlsx"].content)).sheetnames
    assert files["pdf"].content.startswith(b"%PDF")
    assert files["report.pdf"].content.startswith(b"%PDF")
    assert "sandbox" in files["report.html"].headers["content-security-policy"]
    calendar = Calendar.from_ical(files["ics"].content)
    events = [str(own["SUMMARY"]) for own in calendar.walk("VEVENT")]
    assert sum(own.startswith("Kari Nordmann: ") for own in events) == 1
    assert sum(own.startswith("UDEKKET: ") for own in events) == len(events) - 1
    assert {str(own["STATUS"]) for own in calendar.walk("VEVENT")} == {"TENTATIVE"}
    name = files["csv"].headers["content-disposition"].split('"')[1]
    about = name.removeprefix("vaktplan-").removesuffix("-v1.csv")
    assert about
    assert about == plain(about) != name
    again = small_world["coordinator"].post(
        "/rosters", data={"plan": plan}, files={"file": ("vaktplan.json", files["json"].content)}
    )
    assert again.status_code == 201


def test_a_roster_of_another_cooperation_is_not_there(world: World) -> None:
    roster = world.roster(world.plan())
    for path in ("", "/versions", "/check", "/exports/csv"):
        assert world["stranger"].get(f"/rosters/{roster}{path}").status_code == 404
    assert world["stranger"].get("/rosters").json()["items"] == []


def test_a_manager_gets_files_with_pseudonyms_for_other_municipalities(small_world: World) -> None:
    plan = tiny()
    plan["municipalities"].append({"id": "dal", "name": "Dal", "inhabitants": 900})
    plan["doctors"][1]["municipality"] = "dal"
    made = small_world.plan(**plan)
    one, two, _ = _first(small_world, made)
    roster = small_world.roster(made, {one: "kari", two: "ola"})
    assert _publish(small_world, roster, 1).status_code == 201
    manager = small_world["manager"]
    table = manager.get(f"/rosters/{roster}/exports/csv").content.decode("utf-8-sig")
    lines = [line.split(";") for line in table.splitlines()]
    rows = {line[-2]: (line[11], line[-1]) for line in lines}
    assert rows[one] == ("Kari Nordmann", "kari")
    shown = manager.get(f"/rosters/{roster}").json()["assignments"]
    [pseudonym] = [(own["doctor_name"], own["doctor"]) for own in shown if own["duty"] == two]
    assert rows[two] == pseudonym
    book = manager.get(f"/rosters/{roster}/exports/xlsx").content
    cells = {
        str(cell.value)
        for sheet in load_workbook(BytesIO(book)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    texts = [*cells, table, manager.get(f"/rosters/{roster}/exports/ics").text]
    assert not [text for text in texts if "Ola" in text or "Bråten" in text]
    assert any(pseudonym[0] in text for text in cells)
    assert manager.get(f"/rosters/{roster}/exports/pdf").content.startswith(b"%PDF")
    for kind in ("json", "report.html", "report.pdf"):
        assert manager.get(f"/rosters/{roster}/exports/{kind}").status_code == 403


def test_what_changes_nothing_makes_no_version(world: World) -> None:
    plan = world.plan()
    one, _, _ = _first(world, plan)
    roster = world.roster(plan, {one: "kari"})
    for change in ({}, {"off": [{"duty": one, "doctor": "kari"}], "on": []}):
        answer = _edit(world, roster, 1, **change)
        assert answer.status_code == 200
        assert (answer.json()["stored"] is None) is (not change)
    back = _edit(world, roster, 2, on=[{"duty": one, "doctor": "kari"}])
    assert back.json()["stored"]["number"] == 3


def test_an_earlier_version_stands_again_as_a_new_one(world: World) -> None:
    plan = world.plan()
    one, two, three = _first(world, plan)
    roster = world.roster(plan, {one: "kari"})
    on = [{"duty": two, "doctor": "ola"}, {"duty": three, "doctor": "siv"}]
    assert _edit(world, roster, 1, on=on).json()["stored"]["number"] == 2

    def restore(version: int, match: str) -> Any:
        return world["coordinator"].post(
            f"/rosters/{roster}/versions", json={"version": version}, headers={"If-Match": match}
        )

    assert restore(1, '"1"').status_code == 412
    undone = restore(1, '"2.0"').json()
    assert undone["version"]["number"] == 3
    assert undone["version"]["note"] == "Tilbake til versjon 1"
    shown = world["coordinator"].get(f"/rosters/{roster}").json()["assignments"]
    assert [own["doctor"] for own in shown if own["doctor"]] == ["kari"]
    assert restore(1, '"3"').json()["version"] is None
    assert restore(7, '"3"').status_code == 404
    redone = restore(2, '"3"').json()
    assert redone["version"]["number"] == 4


def test_a_change_of_state_is_a_change_for_who_sends_back_what_was_read(world: World) -> None:
    """Two coordinators read a draft; one sends it to hearing, the other would change it."""
    plan = world.plan()
    one, two, _ = _first(world, plan)
    roster = world.roster(plan, {one: "kari"})
    read = world["coordinator"].get(f"/rosters/{roster}")
    assert read.headers["etag"] == '"1.0"'
    assert read.json()["roster"]["revision"] == "1.0"
    match = {"If-Match": read.headers["etag"]}
    heard = world["coordinator"].post(
        f"/rosters/{roster}/state", json={"state": "hearing"}, headers=match
    )
    assert heard.headers["etag"] == '"1.1"'
    change = {"on": [{"duty": two, "doctor": "ola"}]}
    late = world["coordinator"].ask("PATCH", f"/rosters/{roster}", json=change, headers=match)
    assert late.status_code == 412
    published = world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1.1"'}
    )
    assert published.headers["etag"] == '"1.2"'


def test_a_preview_tells_what_publishing_would_do_and_does_nothing(small_world: World) -> None:
    plan = small_world.plan(absences=[AWAY])
    one, two, _ = _first(small_world, plan)
    roster = small_world.roster(plan, {one: "kari", two: "ola"})
    told = small_world["coordinator"].get(f"/rosters/{roster}/publication-preview").json()
    assert (told["first"], told["supersedes"], told["needs_signature"]) == (True, None, True)
    assert any("Kari Nordmann er borte" in own for own in told["breaches"])
    kari, ola = told["tellings"]
    assert (kari["doctor"], kari["told"], ola["told"]) == ("kari", True, False)
    assert kari["gained"] == ["Hjemmevakt hverdag mandag 1. mars 2027 kl. 15:30–08:00"]
    assert len(told["holes"]) == 12
    assert "rest_between_work" in {own["rule"] for own in told["unconfirmed"]}
    assert small_world["doctor"].get(f"/rosters/{roster}").status_code == 404
    assert _publish(small_world, roster, 1, signed="Krise").status_code == 201
    again = small_world["coordinator"].get(f"/rosters/{roster}/publication-preview")
    assert again.status_code == 409
    other = small_world.roster(plan, {one: "siv", two: "ola"})
    told = small_world["coordinator"].get(f"/rosters/{other}/publication-preview").json()
    assert (told["first"], told["supersedes"], told["breaches"]) == (False, roster, [])
    assert [(own["doctor"], len(own["gained"]), len(own["lost"])) for own in told["tellings"]] == [
        ("kari", 0, 1),
        ("siv", 1, 0),
    ]
