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
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.settings import Settings

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
    document = json.dumps(_plan()).encode()
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


def _plan() -> dict[str, Any]:
    return {
        "format": "rettvakt-plan",
        "version": 1,
        "title": "Stor",
        "first_day": str(_DAYS[0]),
        "last_day": str(_DAYS[-1]),
        "judged_on": "2026-11-21",
        "municipalities": [{"id": "fjell", "name": "Fjell", "inhabitants": 30_000}],
        "places": [{"id": "lv", "name": "Legevakta", "municipality": "fjell"}],
        "doctors": [
            {
                "id": f"d{n}",
                "name": f"Lege {n}",
                "municipality": "fjell",
                "employment": "self_employed",
                "born": "1980-06-01",
            }
            for n in range(DOCTORS)
        ],
        "patterns": [
            {
                "id": f"v{n}",
                "name": f"Vakt {n}",
                "presence": "home",
                "place": "lv",
                "start": "15:30",
                "end": "22:00",
                "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "red_days": "like_sunday",
                "duty_class": 1,
            }
            for n in range(PATTERNS)
        ],
    }


def expected(answer: Any, status: int) -> Any:
    """The answer.

    Raises:
        RuntimeError: its status is another one.
    """
    if answer.status_code != status:
        raise RuntimeError(
            f"{answer.request.url} answered {answer.status_code}: {answer.text[:500]}"
        )
    return answer
