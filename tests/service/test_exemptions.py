"""Exemptions as they are handled, and what needs attention in a plan."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from api.service.plans import attention
from tests.api.plans import tiny
from tests.service.test_plan_parts import match, places
from tests.service.world import World


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({"doctor": "kari", "kind": "age", "first": "2026-12-01"}, "2040-06-01", None),
        ({"doctor": "kari", "kind": "pregnancy", "term": "2027-08-31"}, "2027-05-31", None),
        (
            {"doctor": "kari", "kind": "nursing", "birth": "2026-09-01", "first": "2026-12-01"},
            "2026-09-01",
            "2027-08-31",
        ),
    ],
)
def test_dates_follow_from_birthday_term_and_birth(
    small_world: World, asked: dict[str, str], first: str, last: str | None
) -> None:
    plan = small_world.plan()
    told = small_world["coordinator"].get(f"/plans/{plan}/exemption-dates", params=asked).json()
    assert (told["right_first"], told["right_last"]) == (first, last)
    assert told["holds"]
    assert told["first"] == max(first, asked.get("first", first))


def test_a_hired_doctor_has_no_right_and_that_is_told(small_world: World) -> None:
    document = tiny()
    document["doctors"][0]["employment"] = "hired"
    answer = small_world["coordinator"].upload("/plans", document)
    plan = answer.json()["plan"]["id"]
    asked = {"doctor": "kari", "kind": "nursing", "birth": "2026-09-01"}
    told = small_world["coordinator"].get(f"/plans/{plan}/exemption-dates", params=asked).json()
    assert (told["holds"], told["trouble"]) == (False, "not_gp")
    asked["doctor"] = "nobody"
    path = f"/plans/{plan}/exemption-dates"
    assert small_world["coordinator"].get(path, params=asked).status_code == 404


def test_an_application_is_decided_and_ended(world: World) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    asked = {"doctor": "ola", "kind": "decision", "first": "2027-03-03", "last": "2027-03-10"}
    made = coordinator.post(f"/plans/{plan}/claims", json=asked, **match(1)).json()["exemption"]
    assert (made["key"], made["status"], made["waiting"]) == ("f1", "applied", True)
    assert made["dates"]["holds"] is False
    decision = {
        "outcome": "granted",
        "decided_on": "2026-11-20",
        "decided_by": "Kommuneoverlegen i Fjell",
        "reference": "2026/77",
        "valid_until": "2027-03-08",
    }
    path = f"/plans/{plan}/exemptions/f1"
    granted = coordinator.post(f"{path}/decision", json=decision, **match(2)).json()["exemption"]
    assert granted["decided_by"] == "Kommuneoverlegen i Fjell"
    assert (granted["dates"]["first"], granted["dates"]["last"]) == ("2027-03-03", "2027-03-08")
    assert granted["expires"] is True
    again = coordinator.post(f"{path}/decision", json=decision, **match(3))
    assert again.status_code == 409
    ended = coordinator.post(f"{path}/end", json={"last_day": "2027-03-05"}, **match(3))
    assert ended.json()["exemption"]["dates"]["last"] == "2027-03-05"
    assert coordinator.get(f"{path}").json()["value"]["reference"] == "2026/77"
    again = coordinator.post(f"{path}/end", json={"last_day": "2027-03-05"}, **match(4))
    assert again.status_code == 409


def test_a_right_holds_from_the_claim_whatever_is_decided_of_its_days(
    small_world: World,
) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    claim = {
        "doctor": "kari",
        "kind": "nursing",
        "birth": "2026-09-01",
        "first": "2026-12-01",
    }
    made = coordinator.post(f"/plans/{plan}/claims", json=claim, **match(1)).json()["exemption"]
    assert (made["status"], made["dates"]["first"]) == ("claimed", "2026-12-01")
    assert made["dates"]["last"] == "2027-08-31"
    decision = {
        "outcome": "refused",
        "decided_on": "2026-11-20",
        "decided_by": "x",
        "reference": "x",
    }
    path = f"/plans/{plan}/exemptions/f1/decision"
    refused = coordinator.post(path, json=decision, **match(2)).json()["exemption"]
    assert (refused["dates"]["holds"], refused["dates"]["trouble"]) == (False, "refused")


def test_a_claim_that_lacks_its_fact_is_refused_with_the_field(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    claim = {"doctor": "kari", "kind": "pregnancy"}
    answer = coordinator.post(f"/plans/{plan}/claims", json=claim, **match(1))
    assert places(answer) == ["exemptions[f1].term"]
    assert coordinator.get(f"/plans/{plan}/claims").json() == []


def _kinds(world: World, plan: str) -> dict[str, Any]:
    told = world["coordinator"].get(f"/plans/{plan}/attention").json()
    assert all(own["text"].endswith(".") for own in told)
    return {own["kind"]: own for own in told}


def test_what_needs_attention_is_listed(world: World) -> None:
    coordinator = world["coordinator"]
    exemptions = [
        {"id": "f1", "doctor": "ola", "kind": "decision", "status": "applied"},
        {
            "id": "f2",
            "doctor": "siv",
            "kind": "decision",
            "status": "granted",
            "decided_on": "2026-11-01",
            "valid_from": "2026-11-01",
            "valid_until": "2027-03-10",
        },
    ]
    plan = world.plan(exemptions=exemptions)
    found = _kinds(world, plan)
    assert set(found) == {"claim_waiting", "exemption_expires", "law_unconfirmed"}
    assert found["claim_waiting"]["subject"] == "exemption/f1"
    assert "Siv Åsen" in found["exemption_expires"]["text"]
    roster = world.roster(plan)
    found = _kinds(world, plan)
    assert found["holes"]["subject"] == f"roster/{roster}"
    [version] = coordinator.get(f"/rosters/{roster}/versions").json()
    assert found["holes"]["count"] == version["holes"] > 0
    coordinator.ask("PATCH", f"/plans/{plan}/period", json={"title": "Ny"}, **match(1))
    assert _kinds(world, plan)["roster_behind"]["count"] == 1
    deadline = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = coordinator.post(f"/plans/{plan}/wish-rounds", json={"deadline": deadline}).json()
    assert _kinds(world, plan)["wishes_due"]["subject"] == f"wish-round/{made['id']}"
    coordinator.post(f"/wish-rounds/{made['id']}/close", **match(1))
    assert "wishes_waiting" in _kinds(world, plan)


def test_calendars_that_have_not_fetched_what_was_published_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    feed = {"kind": "doctor", "subject": "kari", "label": "x"}
    address = urlsplit(coordinator.post("/feeds", json=feed).json()["url"]).path
    roster = world.roster(plan)
    coordinator.post(f"/rosters/{roster}/publications", json={"signed": "x"}, **match(1))
    assert "feeds_stale" not in _kinds(world, plan)  # it was published just now
    monkeypatch.setattr(attention, "STALE_AFTER", timedelta(0))
    assert _kinds(world, plan)["feeds_stale"]["count"] == 1
    assert world.client().get(address).status_code == 200
    assert "feeds_stale" not in _kinds(world, plan)
