"""Rosters: changed by hand with a verdict, published, kept for ever."""

import json
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

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
        for kind in ("xlsx", "csv", "pdf", "json", "report.html", "report.pdf")
    }
    assert {own.status_code for own in files.values()} == {200}
    assert "Kari Nordmann" in files["csv"].content.decode("utf-8-sig")
    assert load_workbook(BytesIO(files["xlsx"].content)).sheetnames
    assert files["pdf"].content.startswith(b"%PDF")
    assert files["report.pdf"].content.startswith(b"%PDF")
    assert "sandbox" in files["report.html"].headers["content-security-policy"]
    assert 'filename="vaktplan-v1.csv"' in files["csv"].headers["content-disposition"]
    again = small_world["coordinator"].post(
        "/rosters", data={"plan": plan}, files={"file": ("vaktplan.json", files["json"].content)}
    )
    assert again.status_code == 201


def test_a_roster_of_another_cooperation_is_not_there(world: World) -> None:
    roster = world.roster(world.plan())
    for path in ("", "/versions", "/check", "/exports/csv"):
        assert world["stranger"].get(f"/rosters/{roster}{path}").status_code == 404
    assert world["stranger"].get("/rosters").json()["items"] == []


def test_a_change_without_content_makes_no_version(small_world: World) -> None:
    roster = small_world.roster(small_world.plan())
    answer = small_world["coordinator"].ask(
        "PATCH", f"/rosters/{roster}", json={}, headers={"If-Match": '"1"'}
    )
    assert answer.json()["stored"] is None
    assert answer.headers["etag"] == '"1"'
    assert len(small_world["coordinator"].get(f"/rosters/{roster}/versions").json()) == 1
