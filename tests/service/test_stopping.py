"""The real server: what it logs, and how it stops with jobs, streams and uploads under way."""

import json
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.service.jobs.tables import Job
from tests.service import databases
from tests.service.processes import PATIENCE, Fleet
from tests.service.world import PASSWORD, V1, World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
READERS = 50
_TOKEN = "en-hemmelig-maalernoekkel"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)], scope="module")
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    try:
        with getattr(databases, request.param)() as address:
            own = World(address)
            yield own
            own.service.close()
    except databases.NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")


def _fleet(world: World, folder: Path) -> Fleet:
    settings = {
        "RETTVAKT_LOG_FORMAT": "json",
        "RETTVAKT_LOG_LEVEL": "debug",
        "RETTVAKT_METRICS_TOKEN": _TOKEN,
        "RETTVAKT_WORKERS_PER_JOB": "1",
    }
    fleet = Fleet(world.address, settings, 0, folder)
    fleet.ready()
    return fleet


def _until(condition: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def _job(world: World, job: str) -> Job:
    with world.service.database.reading() as session:
        found: Job = session.get_one(Job, job)
        return found


def _asked(fleet: Fleet, request: str, stack: ExitStack) -> socket.socket:
    """A connection on which a request was sent by hand."""
    line = stack.enter_context(socket.create_connection(("127.0.0.1", fleet.port), PATIENCE))
    line.sendall(f"{request}\r\nHost: 127.0.0.1\r\n".encode())
    return line


def _rest(line: socket.socket) -> bytes:
    """What comes on a connection until it ends; all of it, whether or not it was cut off."""
    got = b""
    try:
        while more := line.recv(65536):
            got += more
    except ConnectionResetError:
        pass
    return got


def test_a_server_that_is_told_to_stop_ends_its_streams_and_gives_its_job_back(
    world: World, tmp_path: Path
) -> None:
    fleet = _fleet(world, tmp_path)
    try:
        with ExitStack() as stack:
            headers = world["coordinator"].headers
            client = stack.enter_context(
                httpx2.Client(base_url=f"http://127.0.0.1:{fleet.port}", headers=headers)
            )
            plan = world.plan()
            wanted = {"plan": plan, "seconds": 3000}
            job = client.post(f"{V1}/solves", json=wanted).json()["id"]
            waiting = client.post(f"{V1}/solves", json=wanted).json()["id"]
            _until(lambda: _job(world, job).state == "running")
            bearer = f"Authorization: {headers['Authorization']}\r\n"
            lines = [
                _asked(fleet, f"GET {V1}/jobs/{waiting}/events HTTP/1.1", stack)
                for _ in range(READERS)
            ]
            for line in lines:
                line.sendall(f"{bearer}\r\n".encode())
            upload = _asked(fleet, f"POST {V1}/plans HTTP/1.1", stack)
            upload.sendall(
                f"{bearer}Content-Type: multipart/form-data; boundary=B\r\n"
                "Content-Length: 100000\r\n\r\n--B\r\n".encode()
            )
            meters = {"Authorization": f"Bearer {_TOKEN}"}
            _until(lambda: _streams(client.get("/metrics", headers=meters).text) == READERS)
            fleet.processes["server"].send_signal(signal.SIGTERM)
            answers = [_rest(line) for line in lines]
            assert all(a.startswith(b"HTTP/1.1 200") for a in answers)
            assert all(a.endswith(b"0\r\n\r\n") for a in answers), "a stream was cut off"
            assert not _rest(upload).startswith(b"HTTP/1.1 2")
            fleet.processes["server"].wait(PATIENCE)
            _until(lambda: not fleet.found())
            given_back = _job(world, job)
            assert (given_back.state, given_back.holder) == ("queued", "")
            assert given_back.attempts == 0, "being stopped is no fault of the job"
            assert _job(world, waiting).state == "queued"
    finally:
        assert fleet.close() == []


def _streams(page: str) -> float:
    return next(
        sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == "rettvakt_event_streams"
    )


def test_a_server_that_is_told_twice_ends_and_loses_nothing(world: World, tmp_path: Path) -> None:
    fleet = _fleet(world, tmp_path)
    try:
        client = httpx2.Client(
            base_url=f"http://127.0.0.1:{fleet.port}", headers=world["coordinator"].headers
        )
        job = client.post(f"{V1}/solves", json={"plan": world.plan(), "seconds": 3000}).json()["id"]
        for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGINT, signal.SIGINT):
            fleet.processes["server"].send_signal(number)
        fleet.processes["server"].wait(PATIENCE)
        _until(lambda: not fleet.found())
        assert _job(world, job).state in {"queued", "running"}  # if running: it is taken up later
        client.close()
    finally:
        assert fleet.close() == []


def test_the_log_of_a_running_server_holds_no_secret(world: World, tmp_path: Path) -> None:
    fleet = _fleet(world, tmp_path)
    base = f"http://127.0.0.1:{fleet.port}"
    coordinator = world["coordinator"].headers
    with httpx2.Client(base_url=base) as client:
        feed = {"kind": "doctor", "subject": "kari", "label": "x"}
        made = client.post(f"{V1}/feeds", json=feed, headers=coordinator).json()
        path = re.sub(r"^https?://[^/]+", "", made["url"])
        assert client.get(path).status_code == 200
        assert client.get(path.replace(".ics", ".icx")).status_code == 404
        assert client.get(f"{path}?gjett=spoerring").status_code == 200
        assert client.get("/kalender/gjettetadresse.ics").status_code == 404
        for password in (PASSWORD, "feil passord"):
            login = {"email": "coordinator@fjell.example", "password": password}
            client.post(f"{V1}/session", json=login)
        client.get(f"{V1}/me?token=spoerring")
        client.post(f"{V1}/plans", files={"file": ("p.json", b'{"kropp": 1}')}, headers=coordinator)
        client.get("/metrics", headers={"Authorization": f"Bearer {_TOKEN}"})
    with ExitStack() as stack:
        _rest(_asked(fleet, "GET /kalender/gjettetadresse.ics EN/VROVL\r\n", stack))
        _rest(_asked(fleet, "GET /kalender/gjettetadresse.ics HTTP/1.1\r\nA: \0\r\n", stack))
    assert fleet.close() == []
    log = (tmp_path / "log.txt").read_text()
    secrets = [
        path.removeprefix("/kalender/").removesuffix(".ics"),
        coordinator["Authorization"].removeprefix("Bearer "),
        *("gjettetadresse", "spoerring", "kropp", "fjell.example", PASSWORD, "feil passord"),
        _TOKEN,
    ]
    assert [secret for secret in secrets if secret in log] == []
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    routes = {(own.get("route"), own.get("status")) for own in lines}
    assert {("/kalender/{secret}.ics", 200), ("/kalender/{secret}.ics", 404)} <= routes
    assert {(f"{V1}/session", 200), (f"{V1}/session", 401), (f"{V1}/plans", 422)} <= routes
    assert {own["actor"] for own in lines if own.get("route") == f"{V1}/feeds"} == {
        world.actors["coordinator"].account
    }
