"""The service with its pages for benchmarks: somebody who is logged in, and a huge roster."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.service.app import create_app
from api.service.settings import Settings
from benchmarks.plain_plan import plain_plan

DOCTORS, WEEKS, PATTERNS = 100, 26, 4
CHROMIUM = "/usr/bin/chromium"
_FIRST = date(2027, 1, 4)
_DAYS = [_FIRST + timedelta(days=n) for n in range(7 * WEEKS)]
_FOUNDER = {
    "cooperation": "Fjell",
    "name": "K",
    "email": "k@fjell.example",
    "password": "fem blå elger på tur",
}


@dataclass(frozen=True, slots=True)
class Website:
    """A service in a folder of its own.

    Attributes:
        client: logged in as the coordinator.
        cookie: name and secret of that login.
    """

    app: FastAPI
    client: TestClient
    cookie: tuple[str, str]


@contextmanager
def website() -> Iterator[Website]:
    """An empty service with its coordinator."""
    with TemporaryDirectory() as folder:
        settings = Settings(
            database=f"sqlite:///{Path(folder) / 'pages.db'}", jobs_at_once=0, sends_messages=False
        )
        app = create_app(settings)
        with TestClient(
            app,
            base_url="http://127.0.0.1:8000",
            client=("127.0.0.1", 50_000),
            headers={"Accept": "text/html"},
        ) as client:
            expected(client.post("/velkommen", data=_FOUNDER), 200)
            yield Website(app, client, (settings.cookie, client.cookies.get(settings.cookie) or ""))


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The service behind a port of its own; gives its address."""
    config = uvicorn.Config(app, port=0, log_level="warning", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server does not start")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def huge_roster(client: TestClient) -> str:
    """Id of a roster of 100 doctors over 26 weeks, four duties a day."""
    shifts = ((f"v{n}", f"Vakt {n}", "15:30", "22:00") for n in range(PATTERNS))
    own = plain_plan("Stor", _DAYS[0], _DAYS[-1], DOCTORS, shifts)
    document = json.dumps(own).encode()
    plan = expected(client.post("/api/v1/plans", files={"file": ("p.json", document)}), 201)
    rows = ["Dato;Vakt;Lege"]
    for n, day in enumerate(_DAYS):
        for pattern in range(PATTERNS):
            doctor = (n * PATTERNS + pattern) % DOCTORS
            rows.append(f"{day};Vakt {pattern};Lege {doctor}")
    made = expected(
        client.post(
            "/api/v1/rosters",
            data={"plan": plan.json()["plan"]["id"]},
            files={"file": ("v.csv", "\n".join(rows).encode())},
        ),
        201,
    )
    return str(made.json()["id"])


def expected(answer: Response, status: int) -> Response:
    """The answer.

    Raises:
        RuntimeError: its status is another one.
    """
    if answer.status_code != status:
        raise RuntimeError(
            f"{answer.request.url} answered {answer.status_code}: {answer.text[:500]}"
        )
    return answer
