"""Logins, accounts, tokens, the log and what is kept about persons."""

from uuid import uuid4

from tests.service.access.things import Row

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
    ("GET", "/sessions", lambda t: {}, (401, *(403,) * 6)),  # only for who is logged in
    ("DELETE", "/sessions", lambda t: {}, (401, *(403,) * 6)),
    ("DELETE", "/sessions/{session}", lambda t: {"session": "0"}, (401, *(403,) * 6)),
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
    (
        "PUT",
        "/accounts/{account}/role",
        lambda t: {"account": t.account, "json": {"role": "coordinator"}},
        (401, 428, 428, 403, 403, 403, 404),
    ),
    ("GET", "/audit", lambda t: {}, (401, 403, 200, 403, 403, 200, 200)),
    ("GET", "/privacy/me", lambda t: {}, (401, *(403,) * 6)),  # only for who is logged in
    (
        "GET",
        "/privacy/export",
        lambda t: {"params": {"account": t.account}},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    ("GET", "/privacy/erasures", lambda t: {}, (401, 403, 200, 403, 403, 403, 200)),
    (
        "POST",
        "/privacy/erasures",
        lambda t: {"json": {"account": t.account}},
        (401, *(403,) * 6),  # a token erases nobody
    ),
    (
        "POST",
        "/privacy/erasures",
        lambda t: {"json": {"account": t.account}, "params": {"only_try": True}},
        (401, 403, 201, 403, 403, 403, 404),
    ),
    ("POST", "/session/provider/logout", lambda t: {}, (401, *(404,) * 6)),
]
