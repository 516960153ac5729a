"""Who may do what: every endpoint with every role, each cell asserted."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.plans.redaction import is_open
from scheduler.reading.fields import Described, sheets
from scheduler.reading.template import EXAMPLES
from tests.api.plans import tiny
from tests.service import databases
from tests.service.world import V1, World

ROLES = ("nobody", "system", "coordinator", "manager", "doctor", "auditor", "stranger")


class Things:
    """What the requests are about: of the coordinator's cooperation."""

    def __init__(self, world: World) -> None:
        self.plan = world.plan()
        self.duty = world.loaded(self.plan).problem.duties[0].id
        self.published = world.roster(self.plan, {self.duty: "kari"})
        world["coordinator"].post(
            f"/rosters/{self.published}/publications", json={}, headers={"If-Match": '"1"'}
        )
        self.draft = world.roster(self.plan, {self.duty: "ola"})
        self.job = world["coordinator"].post("/solves", json={"plan": self.plan}).json()["id"]
        made = world["coordinator"].post(
            "/feeds", json={"kind": "doctor", "subject": "kari", "label": "x"}
        )
        self.feed = made.json()["id"]
        self.calendar = made.json()["url"].removeprefix("http://127.0.0.1:8000")
        self.account = world.actors["auditor"].account
        self.other_plan = world.plan()

    def with_parts(self, world: World) -> None:
        """Also a ledger, a wish round and scenarios."""
        coordinator = world["coordinator"]
        closed = coordinator.post(
            "/ledger/closings", json={"roster": self.published}, headers={"If-Match": '"0"'}
        )
        assert closed.status_code == 201, closed.text
        self.book = coordinator.get("/ledger/exports/json").content
        made = coordinator.post(
            f"/plans/{self.plan}/wish-rounds", json={"deadline": "2100-01-01T00:00:00Z"}
        )
        self.wish_round = made.json()["id"]
        wish = {"attitude": "want", "start": "2027-03-02"}
        stated = world["doctor"].post(f"/wish-rounds/{self.wish_round}/wishes", json=wish)
        self.wish = stated.json()["id"]
        stored = coordinator.post(
            f"/plans/{self.plan}/scenarios",
            json={"title": "x", "scenarios": [{"id": "x", "name": "x"}]},
        )
        assert stored.status_code == 201, stored.text
        self.scenarios = stored.json()["id"]


Request = Callable[[Things], dict[str, Any]]
Row = tuple[str, str, Request, tuple[int, ...]]
MATCH = {"headers": {"If-Match": '"1"'}}
ANY = {"headers": {"If-Match": "*"}}


def _file(document: dict[str, Any]) -> dict[str, Any]:
    return {"files": {"file": ("plan.json", json.dumps(document).encode())}}


# Method and path of the OpenAPI document, what is sent, and the answer to each of ROLES.
# 404 stands where somebody is not to know that there is such a thing.
TABLE: list[Row] = [
    ("GET", "/me", lambda t: {}, (401, 200, 200, 200, 200, 200, 200)),
    ("DELETE", "/session", lambda t: {}, (401, 204, 204, 204, 204, 204, 204)),
    (
        "PUT",
        "/me/password",
        lambda t: {"json": {"old": "x", "new": "y"}},
        (401, *(403,) * 6),  # nobody here is logged in: they have tokens
    ),
    (
        "POST",
        "/session",
        lambda t: {"json": {"email": "x@x", "password": "x"}},
        (401,) * 7,
    ),
    ("GET", "/tokens", lambda t: {}, (401, 200, 200, 200, 200, 200, 200)),
    (
        "POST",
        "/tokens",
        lambda t: {"json": {"label": "x", "scopes": ["published:read"]}},
        (401, *(403,) * 6),  # a token makes no tokens
    ),
    ("DELETE", "/tokens/{token}", lambda t: {"token": "0"}, (401, *(403,) * 6)),
    ("GET", "/cooperations", lambda t: {}, (401, 200, 403, 403, 403, 403, 403)),
    (
        "POST",
        "/cooperations",
        lambda t: {"json": {"name": "Ny"}},
        (401, 201, 403, 403, 403, 403, 403),
    ),
    ("GET", "/accounts", lambda t: {}, (401, 200, 200, 403, 403, 403, 200)),
    (
        "POST",
        "/accounts",
        lambda t: {
            "json": {
                "email": f"{uuid4().hex}@x.no",
                "name": "Ny",
                "role": "auditor",
                "password": "et langt passord",
            }
        },
        (401, 404, 201, 403, 403, 403, 201),  # an administrator must say where
    ),
    (
        "DELETE",
        "/accounts/{account}",
        lambda t: {"account": t.account},
        (401, 404, 204, 403, 403, 403, 404),
    ),
    ("POST", "/validations", lambda t: _file(tiny()), (401, 403, 200, 403, 403, 403, 200)),
    ("POST", "/plans", lambda t: _file(tiny()), (401, 403, 201, 403, 403, 403, 201)),
    ("GET", "/plans", lambda t: {}, (401, 403, 200, 200, 403, 200, 200)),
    ("GET", "/plans/{plan}", lambda t: {"plan": t.plan}, (401, 403, 200, 200, 403, 200, 404)),
    (
        "GET",
        "/plans/{plan}/versions",
        lambda t: {"plan": t.plan},
        (401, 403, 200, 200, 403, 200, 404),
    ),
    (
        "POST",
        "/plans/{plan}/versions",
        lambda t: {"plan": t.plan, **_file(tiny() | {"title": "Ny"}), **MATCH},
        (401, 403, 201, 403, 403, 403, 404),
    ),
    (
        "GET",
        "/plans/{plan}/versions/{number}",
        lambda t: {"plan": t.plan, "number": "1"},
        (401, 403, 200, 200, 403, 200, 404),
    ),
    (
        "GET",
        "/plans/{plan}/versions/{number}/document",
        lambda t: {"plan": t.plan, "number": "1"},
        (401, 403, 200, 200, 403, 200, 404),
    ),
    (
        "GET",
        "/plans/{plan}/versions/{number}/differences",
        lambda t: {"plan": t.plan, "number": "1", "params": {"since": 1}},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/rosters",
        lambda t: {
            "data": {"plan": t.plan},
            "files": {"file": ("v.csv", b"Dato;Vakt;Lege\n2027-03-01;Hjemmevakt hverdag;\n")},
        },
        (401, 403, 201, 403, 403, 403, 404),
    ),
    ("GET", "/rosters", lambda t: {}, (401, 403, 200, 200, 200, 200, 200)),
    (
        "GET",
        "/rosters/{roster}",
        lambda t: {"roster": t.published},
        (401, 403, 200, 200, 200, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}",
        lambda t: {"roster": t.draft},
        (401, 403, 200, 404, 404, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/versions",
        lambda t: {"roster": t.published},
        (401, 403, 200, 403, 403, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/differences",
        lambda t: {"roster": t.published, "params": {"since": 1}},
        (401, 403, 200, 403, 403, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/check",
        lambda t: {"roster": t.published},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    (
        "PATCH",
        "/rosters/{roster}",
        lambda t: {"roster": t.draft, "json": {}, **ANY},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/rosters/{roster}/state",
        lambda t: {"roster": t.draft, "json": {"state": "hearing"}, **ANY},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/rosters/{roster}/publications",
        lambda t: {"roster": t.draft, "json": {}, **ANY},
        (401, 403, 201, 403, 403, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/exports/{kind}",
        lambda t: {"roster": t.published, "kind": "csv"},
        (401, 403, 200, 403, 200, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/exports/{kind}",
        lambda t: {"roster": t.published, "kind": "json"},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    ("POST", "/solves", lambda t: {"json": {"plan": t.plan}}, (401, 403, 202, 403, 403, 403, 404)),
    ("GET", "/jobs", lambda t: {}, (401, 403, 200, 403, 403, 403, 200)),
    ("GET", "/jobs/{job}", lambda t: {"job": t.job}, (401, 403, 200, 403, 403, 403, 404)),
    (
        "POST",
        "/jobs/{job}/stop",
        lambda t: {"job": t.job},
        (401, 403, 202, 403, 403, 403, 404),
    ),
    (
        "GET",
        "/jobs/{job}/events",  # asked after the job was cancelled, so that the stream ends
        lambda t: {"job": t.job},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    ("GET", "/feeds", lambda t: {}, (401, 403, 200, 403, 200, 403, 200)),
    (
        "POST",
        "/feeds",
        lambda t: {"json": {"kind": "doctor", "subject": "kari", "label": "x"}},
        (401, 403, 201, 403, 201, 403, 201),
    ),
    (
        "DELETE",
        "/feeds/{feed}",
        lambda t: {"feed": t.feed},
        (401, 403, 204, 403, 404, 403, 404),
    ),
    ("GET", "/audit", lambda t: {}, (401, 403, 200, 403, 403, 200, 200)),
]

# Plans in parts, exemptions, wishes, the ledger, scenarios. What changes something is asked here
# without If-Match: who may do it is told what is missing (428), and nothing is changed.
_SEE = (401, 403, 200, 200, 403, 200, 404)
_KEEP = (401, 403, 200, 403, 403, 403, 404)
_CHANGE = (401, 403, 428, 403, 403, 403, 404)
_LEDGER = (401, 403, 200, 403, 403, 200, 200)
_POST = (401, 403, 428, 403, 403, 403, 428)  # a stranger has a ledger too


def _of_part(part: Described) -> Iterator[Row]:
    name = part.name.replace("_", "-")
    many, one = f"/plans/{{plan}}/{name}", f"/plans/{{plan}}/{name}/{{key}}"
    sees = _SEE if is_open(part.name) else _KEEP
    key = {"doctors": "kari", "municipalities": "fjell", "places": "lv", "patterns": "kveld"}
    there = part.name in key
    row = EXAMPLES[part.name]

    def about(**more: Any) -> Request:
        return lambda t: {"plan": t.plan, **more}

    def about_one(**more: Any) -> Request:
        return lambda t: {"plan": t.plan, "key": key.get(part.name, "0"), **more}

    yield "GET", many, about(), sees
    yield "POST", many, about(json=[row]), _CHANGE
    yield "GET", one, about_one(), tuple(c if c != 200 or there else 404 for c in sees)
    yield "PUT", one, about_one(json=row), _CHANGE
    yield "PATCH", one, about_one(json={}), _CHANGE
    yield "DELETE", one, about_one(), _CHANGE


def _plan(**more: Any) -> Request:
    return lambda t: {"plan": t.plan, **more}


def _round(**more: Any) -> Request:
    return lambda t: {"round": t.wish_round, **more}


def _scenarios(**more: Any) -> Request:
    return lambda t: {"set": t.scenarios, **more}


_DECISION = {"decided_on": "2027-01-01", "decided_by": "x", "reference": "x"}
_SET = {"title": "x", "scenarios": [{"id": "x", "name": "x"}]}
_WISH = {"attitude": "want", "start": "2027-03-02"}
_RULE = "/plans/{plan}/rules/{rule}"
STILL: list[Row] = [
    *(row for part in sheets() for row in _of_part(part)),
    ("GET", "/plans/{plan}/period", _plan(), _SEE),
    ("PATCH", "/plans/{plan}/period", _plan(json={}), _CHANGE),
    ("GET", "/plans/{plan}/rules", _plan(), _SEE),
    ("GET", _RULE, _plan(rule="target_rest"), _SEE),
    ("PUT", _RULE, _plan(rule="target_rest", json={}), _CHANGE),
    ("PATCH", _RULE, _plan(rule="target_rest", json={}), _CHANGE),
    ("DELETE", _RULE, _plan(rule="target_rest"), _CHANGE),
    ("POST", "/plans/{plan}/versions/{number}/restore", _plan(number="1", json={}), _CHANGE),
    ("GET", "/plans/{plan}/versions/{number}/workbook", _plan(number="1"), _KEEP),
    ("GET", "/plans/{plan}/attention", _plan(), _KEEP),
    ("GET", "/plans/{plan}/claims", _plan(), _KEEP),
    (
        "GET",
        "/plans/{plan}/exemption-dates",
        _plan(params={"doctor": "kari", "kind": "age"}),
        _KEEP,
    ),
    (
        "POST",
        "/plans/{plan}/claims",
        _plan(json={"doctor": "kari", "kind": "age"}),
        _CHANGE,
    ),
    (
        "POST",
        "/plans/{plan}/exemptions/{key}/decision",
        _plan(key="f1", json={"outcome": "granted", **_DECISION}),
        _CHANGE,
    ),
    (
        "POST",
        "/plans/{plan}/exemptions/{key}/end",
        _plan(key="f1", json={"last_day": "2027-03-05"}),
        _CHANGE,
    ),
    ("GET", "/wish-rounds", lambda t: {}, (401, 403, 200, 403, 200, 403, 200)),
    ("GET", "/wish-rounds/{round}", _round(), (401, 403, 200, 403, 200, 403, 404)),
    ("PATCH", "/wish-rounds/{round}", _round(json={}), _CHANGE),
    ("POST", "/wish-rounds/{round}/close", _round(), _CHANGE),
    ("POST", "/wish-rounds/{round}/intake", _round(json={}), _CHANGE),
    ("GET", "/wish-rounds/{round}/wishes", _round(), (401, 403, 200, 403, 200, 403, 404)),
    (
        "POST",
        "/wish-rounds/{round}/wishes",
        _round(json=_WISH, params={"only_try": True}),
        (401, 403, 403, 403, 200, 403, 403),
    ),
    (
        "PUT",
        "/wish-rounds/{round}/wishes/{wish}",
        lambda t: {"round": t.wish_round, "wish": t.wish, "json": _WISH},
        (401, 403, 403, 403, 428, 403, 403),
    ),
    (
        "DELETE",
        "/wish-rounds/{round}/wishes/{wish}",
        lambda t: {"round": t.wish_round, "wish": t.wish},
        (401, 403, 428, 403, 428, 403, 404),
    ),
    ("GET", "/ledger", lambda t: {}, (401, 403, 200, 200, 200, 200, 200)),
    (
        "GET",
        "/ledger/accounts/{doctor}",
        lambda t: {"doctor": "kari"},
        (401, 403, 200, 200, 200, 200, 404),
    ),
    (
        "GET",
        "/ledger/accounts/{doctor}",
        lambda t: {"doctor": "ola"},
        (401, 403, 200, 200, 404, 200, 404),
    ),
    ("GET", "/ledger/entries", lambda t: {}, _LEDGER),
    ("GET", "/ledger/entries/{number}", lambda t: {"number": "1"}, (*_LEDGER[:-1], 404)),
    ("GET", "/ledger/check", lambda t: {}, _LEDGER),
    ("GET", "/ledger/exports/{kind}", lambda t: {"kind": "json"}, _LEDGER),
    ("POST", "/ledger/closings", lambda t: {"json": {"roster": t.published}}, _POST),
    (
        "POST",
        "/ledger/corrections",
        lambda t: {"json": {"doctor": "kari", "measure": "nights", "amount": 1, "reason": "x"}},
        _POST,
    ),
    ("POST", "/ledger/reversals", lambda t: {"json": {"entry": 2, "reason": "x"}}, _POST),
    ("POST", "/ledger/leavings", lambda t: {"json": {"doctor": "kari"}}, _POST),
    ("PATCH", "/ledger/settings", lambda t: {"json": {}}, _POST),
    (
        "POST",
        "/ledger/imports",
        lambda t: {"files": {"file": ("b.json", t.book)}},
        _POST,
    ),
    ("GET", "/plans/{plan}/opening", _plan(), _KEEP),
    ("POST", "/plans/{plan}/opening", _plan(), _CHANGE),
    ("GET", "/plans/{plan}/scenarios", _plan(), _SEE),
    ("GET", "/scenarios/{set}", _scenarios(), (401, 403, 200, 404, 403, 200, 404)),
    ("GET", "/scenarios/{set}/file", _scenarios(), _KEEP),
    ("PUT", "/scenarios/{set}", _scenarios(json=_SET), _CHANGE),
    ("PATCH", "/scenarios/{set}", _scenarios(json={"shared": True}), _CHANGE),
    ("DELETE", "/scenarios/{set}", _scenarios(), _CHANGE),
]
_FILE = {"format": "rettvakt-scenarios", "version": 1, "plan": "x", **_SET}
_FIRST = {
    "title": "x",
    "first_day": "2027-01-01",
    "last_day": "2027-02-01",
    "municipality": {"name": "Fjell", "inhabitants": 900},
    "place": "Legevakta",
    "doctor": {"name": "Kari", "born": "1980-01-01"},
    "shift": {"name": "Vakt", "start": "15:30", "end": "08:00"},
}
TABLE += [
    ("POST", "/plans/empty", lambda t: {"json": _FIRST}, (401, 403, 201, 403, 403, 403, 201)),
    (
        "POST",
        "/plans/examples/{example}",
        lambda t: {"example": "oy"},
        (401, 403, 201, 403, 403, 403, 201),
    ),
    (
        "POST",
        "/plans/{plan}/wish-rounds",
        lambda t: {"plan": t.other_plan, "json": {"deadline": "2100-01-01T00:00:00Z"}},
        (401, 403, 201, 403, 403, 403, 404),
    ),
    ("POST", "/plans/{plan}/scenarios", _plan(json=_SET), (401, 403, 201, 403, 403, 403, 404)),
    (
        "POST",
        "/plans/{plan}/scenario-files",
        lambda t: {"plan": t.plan, "files": {"file": ("s.json", json.dumps(_FILE).encode())}},
        (401, 403, 201, 403, 403, 403, 404),
    ),
]
OPEN = {("GET", "/health/live"), ("GET", "/health/ready"), ("GET", "/kalender/{secret}.ics")}


def _ids(rows: list[Row]) -> list[str]:
    return [f"{method} {path} {n}" for n, (method, path, _, _) in enumerate(rows)]


READING = [row for row in TABLE if row[0] == "GET" and not row[1].endswith("/events")]
CHANGING = [row for row in TABLE if row not in READING]


@pytest.fixture(scope="module")
def still_world() -> Iterator[tuple[World, Things]]:
    """A world that nobody changes."""
    with databases.sqlite() as address:
        world = World(address)
        with TestClient(world.app):
            things = Things(world)
            things.with_parts(world)
            yield world, things


@pytest.mark.parametrize("row", READING, ids=_ids(READING))
def test_every_role_reads_what_the_table_says(still_world: tuple[World, Things], row: Row) -> None:
    _assert_row(*still_world, row)


@pytest.mark.parametrize("row", CHANGING, ids=_ids(CHANGING))
def test_every_role_changes_what_the_table_says(small_world: World, row: Row) -> None:
    things = Things(small_world)
    if row[1].endswith("/events"):
        small_world["coordinator"].post(f"/jobs/{things.job}/stop")
    _assert_row(small_world, things, row)


@pytest.mark.parametrize("row", STILL, ids=_ids(STILL))
def test_every_role_may_change_of_a_plan_what_the_table_says(
    still_world: tuple[World, Things], row: Row
) -> None:
    _assert_row(*still_world, row)


def _assert_row(world: World, things: Things, row: Row) -> None:
    method, path, request_of, answers = row
    found = {}
    # The coordinator comes last: what she takes away must be there for all others.
    for role in sorted(ROLES, key=lambda role: role == "coordinator"):
        request = dict(request_of(things))
        address = path
        for name in re.findall(r"\{(\w+)\}", path):
            address = address.replace(f"{{{name}}}", str(request.pop(name)))
        if role == "nobody":
            answer = world.client().request(method, f"{V1}{address}", **request)
        else:
            answer = world[role].ask(method, address, **request)
        found[role] = answer.status_code
    assert found == dict(zip(ROLES, answers, strict=True))


def test_the_table_has_every_endpoint(small_world: World) -> None:
    document = small_world.app.openapi()
    there = {
        (method.upper(), path.removeprefix(V1))
        for path, operations in document["paths"].items()
        for method in operations
    }
    assert there == {(method, path) for method, path, _, _ in (*TABLE, *STILL)} | OPEN


def test_what_is_open_to_everybody_needs_no_login(small_world: World) -> None:
    things = Things(small_world)
    client = small_world.client()
    for path in ("/health/live", "/health/ready", things.calendar):
        assert client.get(path).status_code == 200


def test_every_operation_has_a_name_of_its_own(small_world: World) -> None:
    document = create_app(small_world.settings).openapi()
    names = [
        own["operationId"]
        for operations in document["paths"].values()
        for own in operations.values()
    ]
    assert len(set(names)) == len(names)
