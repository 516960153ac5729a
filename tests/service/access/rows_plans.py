"""Plans, their parts, rules and exemptions."""

import json
from collections.abc import Iterator
from typing import Any

from api.service.plans.redaction import is_open
from scheduler.reading.fields import Described, sheets
from scheduler.reading.template import EXAMPLES
from tests.api.plans import tiny
from tests.service.access.things import CHANGE, KEEP, SEE, Request, Row, of_plan


def _file(document: dict[str, Any]) -> dict[str, Any]:
    return {"files": {"file": ("plan.json", json.dumps(document).encode())}}


def _of_part(part: Described) -> Iterator[Row]:
    name = part.name.replace("_", "-")
    many, one = f"/plans/{{plan}}/{name}", f"/plans/{{plan}}/{name}/{{key}}"
    sees = SEE if is_open(part.name) else KEEP
    key = {"doctors": "kari", "municipalities": "fjell", "places": "lv", "patterns": "kveld"}
    there = part.name in key
    row = EXAMPLES[part.name]

    def about(**more: Any) -> Request:
        return lambda t: {"plan": t.plan, **more}

    def about_one(**more: Any) -> Request:
        return lambda t: {"plan": t.plan, "key": key.get(part.name, "0"), **more}

    yield "GET", many, about(), sees
    yield "POST", many, about(json=[row]), CHANGE
    yield "GET", one, about_one(), tuple(c if c != 200 or there else 404 for c in sees)
    yield "PUT", one, about_one(json=row), CHANGE
    yield "PATCH", one, about_one(json={}), CHANGE
    yield "DELETE", one, about_one(), CHANGE


_DECISION = {"decided_on": "2027-01-01", "decided_by": "x", "reference": "x"}
_RULE = "/plans/{plan}/rules/{rule}"
_FIRST = {
    "title": "x",
    "first_day": "2027-01-01",
    "last_day": "2027-02-01",
    "municipality": {"name": "Fjell", "inhabitants": 900},
    "place": "Legevakta",
    "doctor": {"name": "Kari", "born": "1980-01-01"},
    "shift": {"name": "Vakt", "start": "15:30", "end": "08:00"},
}
MATCH = {"headers": {"If-Match": '"1"'}}

TABLE: list[Row] = [
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
    ("POST", "/plans/empty", lambda t: {"json": _FIRST}, (401, 403, 201, 403, 403, 403, 201)),
    (
        "POST",
        "/plans/examples/{example}",
        lambda t: {"example": "oy"},
        (401, 403, 201, 403, 403, 403, 201),
    ),
]

STILL: list[Row] = [
    *(row for part in sheets() for row in _of_part(part)),
    ("GET", "/plans/{plan}/period", of_plan(), SEE),
    ("PATCH", "/plans/{plan}/period", of_plan(json={}), CHANGE),
    ("GET", "/plans/{plan}/rules", of_plan(), SEE),
    ("GET", _RULE, of_plan(rule="target_rest"), SEE),
    ("PUT", _RULE, of_plan(rule="target_rest", json={}), CHANGE),
    ("PATCH", _RULE, of_plan(rule="target_rest", json={}), CHANGE),
    ("DELETE", _RULE, of_plan(rule="target_rest"), CHANGE),
    ("POST", "/plans/{plan}/versions/{number}/restore", of_plan(number="1", json={}), CHANGE),
    ("GET", "/plans/{plan}/versions/{number}/workbook", of_plan(number="1"), KEEP),
    ("GET", "/plans/{plan}/attention", of_plan(), KEEP),
    ("GET", "/plans/{plan}/claims", of_plan(), KEEP),
    (
        "GET",
        "/plans/{plan}/exemption-dates",
        of_plan(params={"doctor": "kari", "kind": "age"}),
        KEEP,
    ),
    (
        "POST",
        "/plans/{plan}/claims",
        of_plan(json={"doctor": "kari", "kind": "age"}),
        CHANGE,
    ),
    (
        "POST",
        "/plans/{plan}/exemptions/{key}/decision",
        of_plan(key="f1", json={"outcome": "granted", **_DECISION}),
        CHANGE,
    ),
    (
        "POST",
        "/plans/{plan}/exemptions/{key}/end",
        of_plan(key="f1", json={"last_day": "2027-03-05"}),
        CHANGE,
    ),
]
