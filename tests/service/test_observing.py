"""What whoever runs the service sees: meters, the log, readiness."""

import io
import json
import logging
import re
import shutil
from collections import namedtuple
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from api.service.jobs import store
from api.service.jobs.tables import Job
from api.service.observing import logs
from api.service.observing.state import state_of
from api.service.settings import Settings
from tests.service import databases
from tests.service.world import V1, World

ROOT = Path(__file__).parents[2]


@pytest.fixture
def observed() -> Iterator[World]:
    with databases.sqlite() as address:
        world = World(address, metrics_token="maalinger", public_url="https://x.example/vakt")
        with TestClient(world.app):
            yield world


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged as JSON; afterwards the loggers are as before."""
    root, names = logging.getLogger(), ("api", "constraints", "scheduler")
    before = (root.handlers[:], root.level, {n: logging.getLogger(n).level for n in names})
    stream = io.StringIO()
    logs.set_up(Settings(log_format="json", log_level="debug"), stream=stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:], level, levels = before
    root.setLevel(level)
    for name, own in levels.items():
        logging.getLogger(name).setLevel(own)


def _meters(world: World) -> dict[str, list[Any]]:
    answer = world.client().get("/metrics", headers={"Authorization": "Bearer maalinger"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {sample.name: family.samples for family in families for sample in family.samples}


def test_requests_are_counted_by_template_and_never_by_address(observed: World) -> None:
    made = observed["coordinator"].post(
        "/feeds", json={"kind": "doctor", "subject": "kari", "label": "x"}
    )
    address = made.json()["url"].removeprefix("https://x.example/vakt")
    client = observed.client()
    etag = client.get(address).headers["etag"]
    client.get(address, headers={"If-None-Match": etag})
    client.get("/kalender/gjettet.ics")
    client.request("BREW", "/kaffe/kari@fjell.example")
    counted = {
        tuple(sample.labels.values()): sample.value
        for sample in _meters(observed)["rettvakt_http_requests_total"]
    }
    feed = "/kalender/{secret}.ics"
    assert counted["POST", "/api/v1/feeds", "201"] == 1
    assert counted["GET", feed, "200"] == counted["GET", feed, "304"] == 1
    assert counted["GET", feed, "404"] == 1
    assert counted["other", "unmatched", "404"] == 1
    assert {route for _, route, _ in counted} == {feed, "/api/v1/feeds", "unmatched"}


def test_meters_are_shown_to_who_has_the_token_alone(observed: World, small_world: World) -> None:
    for client, token in (
        (observed.client(), ""),
        (observed.client(), "Bearer "),
        (observed.client(), "Bearer annet"),
        (small_world.client(), "Bearer "),  # no token is set
        (small_world.client(), ""),
    ):
        assert client.get("/metrics", headers={"Authorization": token}).status_code == 404


def test_queue_and_outbox_are_told(world: World) -> None:
    plan = world.plan()
    first, second = (world["coordinator"].post("/solves", json={"plan": plan}) for _ in range(2))
    assert {first.status_code, second.status_code} == {202}
    long_ago = datetime.now(UTC) - timedelta(seconds=90)
    with world.service.database.writing() as session:
        session.execute(update(Job).values(created_at=long_ago))
    with world.service.database.reading() as session:
        waiting = state_of(session)
    assert waiting.jobs == {("solve", "queued"): 2}
    assert 90 <= waiting.oldest_queued < 600
    assert (waiting.silent, waiting.messages, waiting.oldest_message) == (0, 0, 0)
    assert waiting.nobody_works
    with world.service.database.writing() as session:
        job = store.claim(session, "a")
        assert job is not None
        job.alive_at = datetime.now(UTC) - timedelta(seconds=5)
    with world.service.database.reading() as session:
        working = state_of(session)
    assert working.jobs == {("solve", "queued"): 1, ("solve", "running"): 1}
    assert 5 <= working.silent < 600
    assert not working.nobody_works


def test_readiness_says_what_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = world.client().get("/health/ready")
    well = {"database": "ok", "tables": "ok", "queue": "ok", "disk": "ok"}
    assert (ready.status_code, ready.json()) == (200, {"status": "ok", "checks": well})
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    full = world.client().get("/health/ready")
    failing = "failing" if world.service.database.is_sqlite else "ok"  # it writes nowhere else
    assert (full.status_code, full.json()["checks"]["disk"]) == (200, failing)


def test_a_database_that_is_away_makes_it_unready_and_is_a_meter(
    observed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(observed.service.database, "reading", away)
    answer = observed.client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    assert answer.json()["checks"]["database"] == "failing"
    meters = _meters(observed)
    assert meters["rettvakt_database_up"][0].value == 0
    assert "rettvakt_jobs" not in meters


def test_a_request_has_an_id_in_its_answer_and_in_the_log(
    observed: World, log: io.StringIO
) -> None:
    person = observed["coordinator"]
    own = person.get("/me?secret=hemmelig", headers={"X-Request-ID": "fra-proxyen.17"})
    assert own.headers["x-request-id"] == "fra-proxyen.17"
    for unusable in ("kort", "x" * 65, 'to ord "og" mer', ""):
        answer = person.get("/me", headers={"X-Request-ID": unusable})
        assert len(answer.headers["x-request-id"]) == 32
    first, *_ = (json.loads(line) for line in log.getvalue().splitlines())
    assert first | {"time": "", "ms": 0} == {
        "time": "",
        "level": "info",
        "logger": "api.service.observing.requests",
        "message": "request",
        "request": "fra-proxyen.17",
        "actor": observed.actors["coordinator"].account,
        "method": "GET",
        "route": "/api/v1/me",
        "status": 200,
        "ms": 0,
    }
    assert "hemmelig" not in log.getvalue()


def test_a_fault_of_ours_has_the_id_as_well(
    observed: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> None:
        raise RuntimeError("kari@fjell.example bruker /kalender/hemmelig.ics")

    monkeypatch.setattr(observed.service.watch, "look", breaks)
    answer = observed.client().get("/health/ready")
    assert answer.status_code == 500
    told = json.loads(log.getvalue())
    assert (told["status"], told["route"]) == (500, "/health/ready")
    assert told["request"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("GET /kalender/abc-DEF_1.ics 404", "GET /kalender/*** 404"),
        ("til kari.moe+x@fjell.kommune.example:", "til ***@***:"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("postgresql://rettvakt:hemmelig@db/x", "postgresql://***@db/x"),
        ("GET /logg-inn/svar?code=1&state=2 HTTP", "GET /logg-inn/svar?*** HTTP"),
        ("rettvakt=abc; Path=/", "rettvakt=***; Path=/"),
        ("job 12: 3 doctors", "job 12: 3 doctors"),
    ],
)
def test_what_libraries_say_is_scrubbed(said: str, logged: str, log: io.StringIO) -> None:
    assert logs.scrubbed(said) == logged
    logging.getLogger("some.library").warning("%s", said)
    assert json.loads(log.getvalue())["message"] == logged


def test_statements_and_addresses_of_libraries_are_not_logged(log: io.StringIO) -> None:
    for name in ("sqlalchemy.engine", "httpx2", "uvicorn.access", "multipart"):
        logging.getLogger(name).info("a statement or an address")
    assert log.getvalue() == ""


def test_text_for_a_terminal_has_the_trace_and_no_secret() -> None:
    try:
        raise ValueError("bad /kalender/abc.ics")
    except ValueError as error:
        record = logging.LogRecord(
            "api", logging.ERROR, "", 1, "it %s", ("broke",), (ValueError, error, None)
        )
    told = logs.Lines().format(record)
    assert "ERROR   it broke" in told
    assert "ValueError: bad /kalender/***" in told


def test_under_a_path_of_a_proxy_both_kinds_of_addresses_work(observed: World) -> None:
    client, plan = observed.client(), observed.plan()
    headers = observed["coordinator"].headers
    for path in (f"/vakt{V1}", V1):
        assert client.get(f"{path}/me", headers=headers).status_code == 200
        asked = client.post(f"{path}/solves", json={"plan": plan}, headers=headers)
        assert asked.headers["location"] == f"/vakt{V1}/jobs/{asked.json()['id']}"
        assert client.put(f"{path}/plans/x", headers=headers).headers["allow"] == "GET"
        assert client.put(f"{path}/plans/empty", headers=headers).headers["allow"] == "POST"
    assert client.get(f"/vakt{V1}/openapi.json").json()["servers"] == [{"url": "/vakt"}]


def test_alerts_and_page_name_metrics_that_there_are(observed: World) -> None:
    observed["coordinator"].post("/solves", json={"plan": observed.plan()})
    there = set(_meters(observed))
    alerts = (ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8")
    rules = yaml.safe_load(alerts)["groups"][0]["rules"]
    named = re.findall(r"\brettvakt_\w+", " ".join(rule["expr"] for rule in rules))
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    named += re.findall(r"`(rettvakt_\w+)[{`]", page)
    assert len(named) > 15
    assert {name for name in named if name not in there and f"{name}_count" not in there} == set()
