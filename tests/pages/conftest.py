"""The real application on a real port, and Debian's Chromium to look at it."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.pages import times
from tests.pages.site import Site
from tests.service import databases
from tests.support import PATIENCE

REAL_NOW = times.now
NOW = datetime(2027, 3, 2, 11, 0, tzinfo=UTC)  # in the middle of the published roster
CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Pages that nobody has looked at are not tested: without it the tests fail."""
    if shutil.which(CHROMIUM) is None:
        pytest.fail(
            "NO PAGE WAS LOOKED AT: Chromium is missing. As root: "
            "apt-get install -y --no-install-recommends chromium"
        )
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield made
        made.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A service with people, plans and rosters of every kind; tests must not change it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", lambda: NOW)
        with databases.sqlite() as address, served(Site(address)) as running:
            running.fill()
            yield running


@pytest.fixture
def own_site() -> Iterator[Site]:
    """A service of the test's own, with people and nothing else, in the time that it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", REAL_NOW)
        with databases.sqlite() as address, served(Site(address)) as running:
            yield running


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """The site behind a port of its own."""
    config = uvicorn.Config(
        site.app, port=0, log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started:
        assert time.monotonic() < until, "the server does not start"
        time.sleep(0.02)
    site.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


Visit = Callable[..., Page]
Look = Callable[..., Page]


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[dict[str, Page]]:
    """One window a person, opened when they are first needed, for tests that only look."""
    opened: dict[str, Page] = {}
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture
def look(browser: Browser, site: Site, windows: dict[str, Page]) -> Iterator[Look]:
    """The window of somebody who is logged in; whatever it complains of makes the test fail."""
    complaints: list[str] = []
    seen: list[tuple[Page, dict[str, Any]]] = []

    def open_(name: str = "", **options: Any) -> Page:
        key = f"{name} {sorted(options.items())}"
        if key not in windows:
            windows[key] = window(browser, site, name, **options)
        page = windows[key]
        listeners = heard(page, complaints)
        seen.append((page, listeners))
        return page

    yield open_
    for page, listeners in seen:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
    assert not complaints, complaints


def window(browser: Browser, site: Site, name: str = "", **options: Any) -> Page:
    """A new window; of somebody who is logged in, if they are named."""
    context = browser.new_context(
        **{"locale": "nb-NO", "base_url": site.url, "reduced_motion": "reduce", **options}
    )
    context.set_default_timeout(PATIENCE * 1000)
    if name:
        context.add_cookies([cast(Any, site.cookie(name))])
    return context.new_page()


def heard(page: Page, complaints: list[str]) -> dict[str, Any]:
    """Keep what a page complains of, and whom it asks but the service; gives the listeners."""

    def on_error(error: Any) -> None:
        complaints.append(f"{page.url}: {error}")

    def on_console(message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    def on_request(request: Any) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            complaints.append(f"{page.url} asks somebody else: {request.url}")

    page.on("pageerror", on_error)
    page.on("console", on_console)
    page.on("request", on_request)
    return {"pageerror": on_error, "console": on_console, "request": on_request}


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A window of somebody who is logged in; whatever it complains of makes the test fail."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(site: Site, name: str = "", **options: Any) -> Page:
        page = window(browser, site, name, **options)
        opened.append(page.context)
        heard(page, complaints)
        return page

    yield open_
    for context in opened:
        context.close()
    assert not complaints, complaints
