"""Calendars and messages."""

from tests.service.access.things import Row

TABLE: list[Row] = [
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
    ("GET", "/feeds/help", lambda t: {}, (401, 200, 200, 200, 200, 200, 200)),
    (
        "GET",
        "/feeds/events/{event}",
        lambda t: {"event": t.event},
        (401, 403, 200, 403, 200, 200, 404),
    ),
    ("GET", "/messages", lambda t: {}, (401, 403, 200, 200, 200, 200, 200)),
    (
        "POST",
        "/messages/{message}/resend",
        lambda t: {"message": t.message},
        (401, 403, 202, 403, 403, 403, 404),
    ),
    ("GET", "/me/contact", lambda t: {}, (401, 200, 200, 200, 200, 200, 200)),
    ("PUT", "/me/contact", lambda t: {"json": {}}, (401, 200, 200, 200, 200, 200, 200)),
    (
        "GET",
        "/accounts/{account}/contact",
        lambda t: {"account": t.account},
        (401, 404, 200, 403, 403, 200, 404),
    ),
    (
        "PUT",
        "/accounts/{account}/contact",
        lambda t: {"account": t.account, "json": {"language": "nn"}},
        (401, 404, 200, 403, 403, 200, 404),
    ),
]
