"""Jobs and what comes of them."""

from tests.service.access.things import ANY, Row

TABLE: list[Row] = [
    ("POST", "/solves", lambda t: {"json": {"plan": t.plan}}, (401, 403, 202, 403, 403, 403, 404)),
    (
        "POST",
        "/repairs",
        lambda t: {
            "json": {
                "roster": t.draft,
                "at": "2027-03-01T12:00:00+01:00",
                "events": [{"sick": "kari"}],
            }
        },
        (401, 403, 202, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/comparisons",
        lambda t: {
            "json": {
                "plan": t.plan,
                "scenarios": {"title": "x", "scenarios": [{"id": "a", "name": "A"}]},
            }
        },
        (401, 403, 202, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/certificates",
        lambda t: {"json": {"roster": t.draft}},
        (401, 403, 202, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/explanations",
        lambda t: {"json": {"roster": t.draft}},
        (401, 403, 202, 403, 403, 403, 404),
    ),
    ("GET", "/jobs/{job}/result", lambda t: {"job": t.job}, (401, 403, 200, 403, 403, 403, 404)),
    (
        "GET",
        "/jobs/{job}/files/{name}",
        lambda t: {"job": t.job, "name": "x.csv"},
        (401, 403, 200, 403, 403, 403, 404),
    ),
    (
        "POST",
        "/jobs/{job}/options/{number}",
        lambda t: {"job": t.repair, "number": "1", **ANY},
        (401, 403, 201, 403, 403, 403, 404),
    ),
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
]
