"""What somebody sends who means ill, or a tool that guesses: told what is wrong, never a 500."""

import json
import logging
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.service.db import backup
from api.service.db.database import Database
from tests.api.plans import tiny
from tests.service.world import V1, World

ROW = tuple[str, str, dict[str, Any]]
REQUESTS: list[ROW] = [
    ("GET", "/plans/%00", {}),
    ("GET", "/rosters/%00", {}),
    ("GET", "/rosters", {"params": {"plan": "\0"}}),
    ("GET", "/jobs/%00", {}),
    ("DELETE", "/feeds/%00", {}),
    ("DELETE", "/accounts/%00", {}),
    ("DELETE", "/accounts/0", {"params": {"why": "x" * 1001}}),
    ("DELETE", "/accounts/0", {"params": {"why": "\0"}}),
    ("GET", "/audit", {"params": {"subject": "\0"}}),
    ("GET", "/plans", {"params": {"after": "1-\0"}}),
    ("POST", "/solves", {"json": {"plan": "\0"}}),
    ("POST", "/feeds", {"json": {"kind": "district", "label": "x" * 101}}),
    ("POST", "/feeds", {"json": {"kind": "doctor", "subject": "\0", "label": "x"}}),
    ("POST", "/solves", {"content": b'{"plan": "\\ud800"}'}),
    ("POST", "/solves", {"content": b'{"plan": "x", "seconds": NaN}'}),
]


def test_what_no_database_can_hold_is_refused_with_its_place(world: World) -> None:
    for method, path, request in REQUESTS:
        headers = {"Content-Type": "application/json"} if "content" in request else {}
        answer = world["coordinator"].ask(method, path, headers=headers, **request)
        assert answer.status_code == 422, (method, path, request, answer.text)
        assert answer.json()["type"].startswith("urn:rettvakt:problem:")
    browser = world.browser("coordinator")
    token = {"label": "x" * 101, "scopes": ["jobs"]}
    assert browser.post("/tokens", json=token).status_code == 422
    assert browser.ask("DELETE", "/tokens/%00").status_code == 422


def test_a_file_with_an_odd_name_is_stored_with_a_plain_one(world: World) -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a\x00b\x1b.json"\r\n\r\n'
        + json.dumps(tiny()).encode()
        + b"\r\n--B--\r\n"
    )
    answer = world["coordinator"].post(
        "/plans", content=body, headers={"Content-Type": "multipart/form-data; boundary=B"}
    )
    assert answer.status_code == 201
    assert answer.json()["version"]["file_name"] == "ab.json"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.json", b"[" * 200_000),
        ("p.json", b'{"version": ' + b"1" * 5000 + b"}"),
        ("p.json", json.dumps(tiny() | {"title": "\ud800"}).encode()),
        ("p.yaml", b"- " * 3000),
        ("p.yaml", b'!!python/object/apply:os.system ["true"]'),
        (
            "p.yaml",
            b"a: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(
                b"%c: &%c [%s]\n" % (letter + 1, letter + 1, b",".join([b"*%c" % letter] * 9))
                for letter in b"abcdefghi"
            ),
        ),
        ("p.xlsx", b"PK\x03\x04 and no more"),
    ],
    ids=["deep", "digits", "surrogate", "deep yaml", "python yaml", "aliases", "no workbook"],
)
def test_a_hostile_file_is_a_fault_and_no_breakdown(
    small_world: World, name: str, content: bytes
) -> None:
    answer = small_world["coordinator"].post("/validations", files={"file": (name, content)})
    assert answer.status_code == 422
    assert answer.json()["faults"]


def test_events_after_a_number_that_no_database_knows_are_none(world: World) -> None:
    job = world["coordinator"].post("/solves", json={"plan": world.plan()}).json()["id"]
    world["coordinator"].post(f"/jobs/{job}/stop")
    for last in ("9" * 20, "²", "-1", "x"):
        answer = world["coordinator"].get(
            f"/jobs/{job}/events", headers={"Last-Event-ID": last.encode("latin-1")}
        )
        assert answer.status_code == 200
        assert ("cancelled" in answer.text) == (not last.isdecimal())


def test_an_error_of_the_database_names_no_values(small_world: World) -> None:
    """They would stand in the server's log: names, digests of secrets."""
    with (
        small_world.service.database.writing() as session,
        pytest.raises(SQLAlchemyError) as caught,
    ):
        session.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "hemmelig"})
    assert "hemmelig" not in str(caught.value)


def test_what_holds_persons_data_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "rettvakt.db"
    database = Database(f"sqlite:///{file}")
    from api.service.db import schema

    schema.upgrade(database)
    backup.save(database, tmp_path / "copy.zip")
    database.close()
    for own, mode in ((file.parent, 0o700), (file, 0o600), (tmp_path / "copy.zip", 0o600)):
        assert stat.S_IMODE(own.stat().st_mode) == mode, own


def test_answers_with_persons_data_are_kept_nowhere(small_world: World) -> None:
    answer = small_world["coordinator"].get("/me")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_fault_of_ours_tells_nothing_of_itself(
    small_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("hemmelig")

    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr("api.service.plans.store.plans", broken)
    answer = small_world["coordinator"].get("/plans")
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:rettvakt:problem:internal"
    assert "hemmelig" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_notes_are_for_those_who_keep_the_plan(small_world: World) -> None:
    """A note may say who is ill; a digest lets guesses at pseudonyms be tried."""
    answer = small_world["coordinator"].upload("/plans", tiny(), data={"note": "Siv er sykmeldt"})
    plan = answer.json()["plan"]["id"]
    duty = small_world.loaded(plan).problem.duties[0].id
    roster = small_world.roster(plan)
    match = {"If-Match": '"1"'}
    change = {"on": [{"duty": duty, "doctor": "kari"}], "note": "Siv er sykmeldt"}
    small_world["coordinator"].ask("PATCH", f"/rosters/{roster}", json=change, headers=match)
    small_world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"2"'}
    )
    addresses = {
        f"/plans/{plan}/versions": ("manager",),
        f"/plans/{plan}/versions/1": ("manager",),
        f"/rosters/{roster}": ("manager", "doctor"),
    }
    for path, roles in addresses.items():
        assert "sykmeldt" in small_world["coordinator"].get(path).text
        for role in roles:
            told = small_world[role].get(path)
            assert told.status_code == 200
            assert "sykmeldt" not in told.text
            assert "plan.json" not in told.text
            version = told.json() if isinstance(told.json(), dict) else {"version": told.json()[0]}
            assert version.get("version", version)["digest"] is None


def test_a_token_that_only_reads_plans_sees_nothing_private(small_world: World) -> None:
    plan = small_world.plan()
    path = f"{V1}/plans/{plan}/versions/1/document"
    browser = small_world.browser("coordinator")
    for scope, sees in (("plans:read", False), ("plans:write", True)):
        scopes = sorted({"plans:read", scope})
        made = browser.post("/tokens", json={"label": "x", "scopes": scopes}).json()
        answer = small_world.client().get(
            path, headers={"Authorization": f"Bearer {made['secret']}"}
        )
        assert ("born" in answer.text) is sees


def test_a_number_is_no_day_and_no_yes_and_false_is_no_number(small_world: World) -> None:
    any_version = {"If-Match": "*"}
    for method, path, body in (
        ("PUT", "/swap-settings", {"need_approval": 0}),
        ("PATCH", "/ledger/settings", {"half_life": 0, "booked_on": 0}),
        ("PATCH", "/ledger/settings", {"half_life": False}),
    ):
        own = small_world["coordinator"].ask(method, path, json=body, headers=any_version)
        assert own.status_code == 422, own.text
        assert own.json()["faults"][0]["place"].endswith(
            ("need_approval", "booked_on", "half_life")
        )
