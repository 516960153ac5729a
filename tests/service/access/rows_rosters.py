"""Rosters, hearings and advice about them, and the rules."""

from tests.service.access.things import ANY, Row

TABLE: list[Row] = [
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
        (401, 403, 200, 200, 200, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/exports/{kind}",
        lambda t: {"roster": t.published, "kind": "json"},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    ("GET", "/rules", lambda t: {}, (401, *(200,) * 6)),
    ("GET", "/rules/{rule}", lambda t: {"rule": "cover"}, (401, *(200,) * 6)),
    (
        "POST",
        "/rosters/{roster}/versions",
        lambda t: {"roster": t.draft, "json": {"version": 1}, **ANY},
        (401, 403, 201, 403, 403, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/publication-preview",
        lambda t: {"roster": t.draft},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/duties/{duty}/takers",
        lambda t: {"roster": t.published, "duty": t.duty},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/duties/{duty}/why",
        lambda t: {"roster": t.published, "duty": t.duty},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "POST",
        "/rosters/{roster}/swaps",
        lambda t: {
            "roster": t.published,
            "json": {"give": {"doctor": "kari", "duty": t.duty}, "to": "siv"},
        },
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/rings",
        lambda t: {"roster": t.published},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/legality",
        lambda t: {"roster": t.published},
        (401, 403, 200, 200, 200, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/receipts",
        lambda t: {"roster": t.published},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/shares",
        lambda t: {"roster": t.published},
        (401, 403, 200, 200, 200, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/costs",
        lambda t: {"roster": t.published},
        (401, 403, 200, 200, 403, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/burden",
        lambda t: {"roster": t.published},
        (401, 403, 200, 200, 200, 200, 404),
    ),
    (
        "GET",
        "/rosters/{roster}/comments",
        lambda t: {"roster": t.published},
        (401, 403, 200, 403, 200, 403, 404),
    ),
    (
        "POST",
        "/rosters/{roster}/comments",
        lambda t: {"roster": t.published, "json": {"body": "x"}},
        (401, 403, 201, 403, 201, 403, 404),
    ),
    (
        "PATCH",
        "/rosters/{roster}/comments/{comment}",
        lambda t: {
            "roster": t.published,
            "comment": t.comment,
            "json": {"answer": "x"},
            **ANY,
        },
        (401, 403, 200, 403, 403, 403, 404),
    ),
]
