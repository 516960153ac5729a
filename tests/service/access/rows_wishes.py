"""Wish rounds and scenarios."""

import json
from typing import Any

from tests.service.access.things import CHANGE, KEEP, SEE, Request, Row, of_plan


def _round(**more: Any) -> Request:
    return lambda t: {"round": t.wish_round, **more}


def _scenarios(**more: Any) -> Request:
    return lambda t: {"set": t.scenarios, **more}


_SET = {"title": "x", "scenarios": [{"id": "x", "name": "x"}]}
_WISH = {"attitude": "want", "start": "2027-03-02"}
_FILE: dict[str, Any] = {"format": "rettvakt-scenarios", "version": 1, "plan": "x", **_SET}

TABLE: list[Row] = [
    (
        "POST",
        "/plans/{plan}/wish-rounds",
        lambda t: {"plan": t.other_plan, "json": {"deadline": "2100-01-01T00:00:00Z"}},
        (401, 403, 201, 403, 403, 403, 404),
    ),
    ("POST", "/plans/{plan}/scenarios", of_plan(json=_SET), (401, 403, 201, 403, 403, 403, 404)),
    (
        "POST",
        "/plans/{plan}/scenario-files",
        lambda t: {"plan": t.plan, "files": {"file": ("s.json", json.dumps(_FILE).encode())}},
        (401, 403, 201, 403, 403, 403, 404),
    ),
]

STILL: list[Row] = [
    ("GET", "/wish-rounds", lambda t: {}, (401, 403, 200, 403, 200, 403, 200)),
    ("GET", "/wish-rounds/{round}", _round(), (401, 403, 200, 403, 200, 403, 404)),
    ("PATCH", "/wish-rounds/{round}", _round(json={}), CHANGE),
    ("POST", "/wish-rounds/{round}/close", _round(), CHANGE),
    ("POST", "/wish-rounds/{round}/intake", _round(json={}), CHANGE),
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
    ("GET", "/plans/{plan}/scenarios", of_plan(), SEE),
    ("GET", "/scenarios/{set}", _scenarios(), (401, 403, 200, 404, 403, 200, 404)),
    ("GET", "/scenarios/{set}/file", _scenarios(), KEEP),
    ("GET", "/scenarios/{set}/memo", _scenarios(), (401, 403, 200, 404, 403, 200, 404)),
    (
        "GET",
        "/scenarios/{set}/memo/{name}",
        _scenarios(name="notat.html"),
        (401, 403, 200, 404, 403, 200, 404),
    ),
    ("PUT", "/scenarios/{set}", _scenarios(json=_SET), CHANGE),
    ("PATCH", "/scenarios/{set}", _scenarios(json={"shared": True}), CHANGE),
    ("DELETE", "/scenarios/{set}", _scenarios(), CHANGE),
]
