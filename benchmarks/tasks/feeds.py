"""Feeds over HTTP: a doctor's 400 events and a whole district, made anew, from memory, and known.

Each request is made in this process against a service on SQLite.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.service.accounts import store, tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.app import create_app
from api.service.feeds import calendars
from api.service.recent import Recent
from api.service.settings import Settings
from benchmarks.plain_plan import plain_plan
from benchmarks.tasks.timing import Timing, timed
from benchmarks.website import expected

EVENTS, DOCTORS = 400, 10
SHIFTS = (("kveld", "Kveld", "15:30", "22:00"), ("natt", "Natt", "22:00", "08:00"))
_FIRST, _LAST = date(2027, 1, 1), date(2027, 12, 31)
_RUNS = 5


def measure() -> Iterator[Timing]:
    """What a calendar waits for."""
    with TemporaryDirectory() as folder, _service(Path(folder)) as (client, service):
        for kind, subject in (("doctor", "d0"), ("district", "")):
            path = _feed(client, kind, subject)
            first = client.get(path)
            note = f"{first.text.count('BEGIN:VEVENT')} events, {len(first.content) // 1024} kB"
            etag = {"If-None-Match": first.headers["ETag"]}

            def anew(path: str = path) -> Response:
                service.calendars = Recent(1)
                return expected(client.get(path), 200)

            def kept(path: str = path) -> Response:
                return expected(client.get(path), 200)

            def known(path: str = path, etag: dict[str, str] = etag) -> Response:
                return expected(client.get(path, headers=etag), 304)

            requests: dict[str, Callable[[], Response]] = {
                "made anew": anew,
                "from memory": kept,
                "known by its tag": known,
            }
            for name, request in requests.items():
                yield timed(f"feed of {kind}, {name}", "year", request, runs=_RUNS, note=note)


@contextmanager
def _service(folder: Path) -> Iterator[tuple[TestClient, Any]]:
    """A service in which a year with EVENTS duties of the first doctor is published."""
    settings = Settings(
        database=f"sqlite:///{folder / 'feeds.db'}", jobs_at_once=0, sends_messages=False
    )
    app = create_app(settings)
    service = app.state.service
    with TestClient(app) as client:
        with service.database.writing() as session:
            own = store.add_cooperation(session, None, "Fjell").id
            account = store.add_account(
                session,
                None,
                email="k@fjell.example",
                name="K",
                role=Role.COORDINATOR,
                password="et langt passord",
                cooperation=own,
                must_change=False,
            )
            actor = Actor.of(account)
            rights = [Right(right) for right in actor.rights]
            token, _ = tokens.add_token(session, actor, label="x", scopes=rights, ends_at=None)
        client.headers["Authorization"] = f"Bearer {token}"
        _publish(client)
        # The window of the feed is asked of the clock; here the year has just begun.
        vars(calendars)["first_day"] = lambda _: _FIRST
        yield client, service


def _publish(client: TestClient) -> None:
    document = json.dumps(plain_plan("Year", _FIRST, _LAST, DOCTORS, SHIFTS)).encode()
    plan = expected(client.post("/api/v1/plans", files={"file": ("p.json", document)}), 201)
    days = [date.fromordinal(n) for n in range(_FIRST.toordinal(), _LAST.toordinal() + 1)]
    rows = ["Dato;Vakt;Lege"] + [f"{day};Kveld;Lege 0" for day in days]
    rows += [f"{day};Natt;Lege {0 if n < EVENTS - len(days) else 1}" for n, day in enumerate(days)]
    roster = expected(
        client.post(
            "/api/v1/rosters",
            data={"plan": plan.json()["plan"]["id"]},
            files={"file": ("v.csv", "\n".join(rows).encode())},
        ),
        201,
    )
    expected(
        client.post(
            f"/api/v1/rosters/{roster.json()['id']}/publications",
            json={"signed": "measured"},
            headers={"If-Match": '"1"'},
        ),
        201,
    )


def _feed(client: TestClient, kind: str, subject: str) -> str:
    asked = {"kind": kind, "subject": subject, "label": "x"}
    url: str = expected(client.post("/api/v1/feeds", json=asked), 201).json()["url"]
    return f"/{url.split('://', 1)[1].split('/', 1)[1]}"
