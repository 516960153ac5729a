"""The real server: what it logs, and how it stops with jobs, streams and uploads under way."""

import json
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.service.jobs.tables import Job
from fixtures.files import PLANS
from tests.service import databases
from tests.service.processes import Fleet
from tests.service.world import PASSWORD, V1, World
from tests.support import PATIENCE

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


@dataclass(frozen=True)
class Story:
    """What was seen of a server that was used, and told to stop in the middle of it.

    Attributes:
        streams, upload: what came on those connections until they ended.
        running, waiting: jobs as they stood afterwards.
        left: processes that were still there.
        log: all that the processes wrote.
        secrets: what must not be in it.
    """

    streams: list[bytes]
    upload: bytes
    running: Job
    waiting: Job
    left: list[int]
    log: str
    secrets: list[str]


@pytest.fixture(scope="module")
def story(world: World, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("server")
    fleet = _fleet(world, folder)
    base, headers = f"http://127.0.0.1:{fleet.port}", world["coordinator"].headers
    try:
        with ExitStack() as stack:
            client = stack.enter_context(httpx2.Client(base_url=base, headers=headers))
            secrets = _used(client, fleet, world, stack)
            file = {"file": ("fjell.yaml", (PLANS / "fjell.yaml").read_bytes())}
            plan = client.post(f"{V1}/plans", files=file).json()["plan"]["id"]
            wanted = {"plan": plan, "seconds": 3000}  # of a plan that is not proven in a minute
            job, waiting = (client.post(f"{V1}/solves", json=wanted).json()["id"] for _ in range(2))
            _until(lambda: _job(world, job).state == "running")
            bearer = f"Authorization: {headers['Authorization']}\r\n"
            streams = [
                _asked(fleet, f"GET {V1}/jobs/{waiting}/events HTTP/1.1", stack)
                for _ in range(READERS)
            ]
            for stream in streams:
                stream.sendall(f"{bearer}\r\n".encode())
            upload = _asked(fleet, f"POST {V1}/plans HTTP/1.1", stack)
            upload.sendall(
                f"{bearer}Content-Type: multipart/form-data; boundary=B\r\n"
                "Content-Length: 100000\r\n\r\n--B\r\n".encode()
            )
            meters = {"Authorization": f"Bearer {_TOKEN}"}
            _until(lambda: _streams(client.get("/metrics", headers=meters).text) == READERS)
            fleet.processes["server"].send_signal(signal.SIGTERM)
            answers = [_rest(stream) for stream in streams]
            broken = _rest(upload)
            fleet.processes["server"].wait(PATIENCE)
    finally:
        left = fleet.close()
    log = (folder / "log.txt").read_text()
    return Story(answers, broken, _job(world, job), _job(world, waiting), left, log, secrets)


def _used(client: httpx2.Client, fleet: Fleet, world: World, stack: ExitStack) -> list[str]:
    """Ask for this and that; gives what the log must not hold."""
    feed = {"kind": "doctor", "subject": "kari", "label": "x"}
    made = client.post(f"{V1}/feeds", json=feed).json()
    path = re.sub(r"^https?://[^/]+", "", made["url"])
    assert client.get(path).status_code == 200
    assert client.get(path.replace(".ics", ".icx")).status_code == 404
    assert client.get(f"{path}?gjett=spoerring").status_code == 200
    assert client.get("/kalender/gjettetadresse.ics").status_code == 404
    for password in (PASSWORD, "feil passord"):
        login = {"email": "coordinator@fjell.example", "password": password}
        client.post(f"{V1}/session", json=login)
    client.get(f"{V1}/me?token=spoerring")
    client.post(f"{V1}/plans", files={"file": ("p.json", b'{"kropp": 1}')})
    _rest(_asked(fleet, "GET /kalender/gjettetadresse.ics EN/VROVL\r\n", stack))
    _rest(_asked(fleet, "GET /kalender/gjettetadresse.ics HTTP/1.1\r\nA: \0\r\n", stack))
    return [
        path.removeprefix("/kalender/").removesuffix(".ics"),
        world["coordinator"].headers["Authorization"].removeprefix("Bearer "),
        *("gjettetadresse", "spoerring", "kropp", "fjell.example", PASSWORD, "feil passord"),
        _TOKEN,
    ]


def test_streams_end_in_order_when_the_server_is_told_to_stop(story: Story) -> None:
    assert len(story.streams) == READERS
    assert all(own.startswith(b"HTTP/1.1 200") for own in story.streams)
    assert all(own.endswith(b"0\r\n\r\n") for own in story.streams), "a stream was cut off"


def test_an_upload_that_never_ends_does_not_keep_the_server(story: Story) -> None:
    assert not story.upload.startswith(b"HTTP/1.1 2")
    assert story.left == []


def test_a_job_under_way_is_given_back(story: Story) -> None:
    assert (story.running.state, story.running.holder) == ("queued", "")
    assert story.running.attempts == 0, "being stopped is no fault of the job"
    assert (story.waiting.state, story.waiting.attempts) == ("queued", 0)


def test_the_log_of_a_server_holds_no_secret(story: Story, world: World) -> None:
    assert [secret for secret in story.secrets if secret in story.log] == []
    lines = [json.loads(line) for line in story.log.splitlines() if line.startswith("{")]
    routes = {(own.get("route"), own.get("status")) for own in lines}
    assert {("/kalender/{secret}.ics", 200), ("/kalender/{secret}.ics", 404)} <= routes
    assert {(f"{V1}/session", 200), (f"{V1}/session", 401), (f"{V1}/plans", 422)} <= routes
    assert {own["actor"] for own in lines if own.get("route") == f"{V1}/feeds"} == {
        world.actors["coordinator"].account
    }


def _streams(page: str) -> float:
    return next(
        sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == "rettvakt_event_streams"
    )


@pytest.mark.slow
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
