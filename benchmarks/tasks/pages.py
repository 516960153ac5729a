"""Pages: the grid of 100 doctors over 26 weeks, made by the server and shown by Chromium.

The note of the first task says what crosses the wire. Without Chromium only the server is measured.
"""

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.settings import Settings
from benchmarks.tasks.timing import Timing, timed

DOCTORS, WEEKS, PATTERNS = 100, 26, 4
CHROMIUM = "/usr/bin/chromium"
_INSTANCE = f"grid/{DOCTORS}x{WEEKS}"
_FIRST = date(2027, 1, 4)
_DAYS = [_FIRST + timedelta(days=n) for n in range(7 * WEEKS)]
_FOUNDER = {
    "cooperation": "Fjell",
    "name": "K",
    "email": "k@fjell.example",
    "password": "fem blå elger på tur",
}


def measure() -> Iterator[Timing]:
    """What the reader of a huge roster waits for."""
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
            _expected(client.post("/velkommen", data=_FOUNDER), 200)
            roster = _roster(client)
            yield timed(
                "first page, server", "empty", lambda: client.get("/"), runs=5, note=_wire(client)
            )
            for span in ("uke", "periode"):
                path = f"/vaktplaner/{roster}?vis={span}"
                note = f"{int(client.get(path).headers['content-length']) // 1024} kB on the wire"
                yield timed(
                    f"roster, {span}, server",
                    _INSTANCE,
                    lambda path=path: _expected(client.get(path), 200),  # type: ignore[misc]
                    runs=5,
                    note=note,
                )
            if shutil.which(CHROMIUM):
                cookie = client.cookies.get(settings.cookie) or ""
                path = f"/vaktplaner/{roster}?vis=periode"
                with _served(app) as url:
                    yield from _in_browser(url, path, settings.cookie, cookie)


def _wire(client: TestClient) -> str:
    """What a browser that was never here fetches for the first page."""
    page = client.get("/")
    named = dict.fromkeys(re.findall(r'(?:href|src)="(/statisk/[^"]+)"', page.text))
    sizes = [int(client.get(own).headers["content-length"]) for own in named]
    own = int(page.headers["content-length"])
    return f"{own / 1024:.1f} kB, and {sum(sizes) // 1024} kB of {len(sizes)} files kept for ever"


def _in_browser(url: str, path: str, name: str, secret: str) -> Iterator[Timing]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(base_url=url)
        context.add_cookies([{"name": name, "value": secret, "url": url}])
        page = context.new_page()

        def shown() -> None:
            page.goto(path)
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

        shown()
        cells = page.locator(".rv-grid td").count()
        note = f"until it is painted; {cells} cells"
        yield timed("roster, periode, Chromium", _INSTANCE, shown, runs=5, note=note)
        browser.close()


@contextmanager
def _served(app: Any) -> Iterator[str]:
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


def _roster(client: TestClient) -> str:
    document = json.dumps(_plan()).encode()
    plan = _expected(client.post("/api/v1/plans", files={"file": ("p.json", document)}), 201)
    rows = ["Dato;Vakt;Lege"]
    for n, day in enumerate(_DAYS):
        for pattern in range(PATTERNS):
            doctor = (n * PATTERNS + pattern) % DOCTORS
            rows.append(f"{day};Vakt {pattern};Lege {doctor}")
    made = _expected(
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


def _expected(answer: Any, status: int) -> Any:
    if answer.status_code != status:
        raise RuntimeError(
            f"{answer.request.url} answered {answer.status_code}: {answer.text[:500]}"
        )
    return answer
