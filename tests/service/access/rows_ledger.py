"""The ledger, and what it gives a plan."""

from tests.service.access.things import CHANGE, KEEP, Row, of_plan

_LEDGER = (401, 403, 200, 403, 403, 200, 200)
_POST = (401, 403, 428, 403, 403, 403, 428)  # a stranger has a ledger too


STILL: list[Row] = [
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
    ("GET", "/plans/{plan}/opening", of_plan(), KEEP),
    ("POST", "/plans/{plan}/opening", of_plan(), CHANGE),
]
