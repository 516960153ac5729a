"""Pages: the grid of 100 doctors over 26 weeks, made by the server and shown by Chromium.

The note of the first task says what crosses the wire. Without Chromium only the server is measured.
"""

import re
import shutil
from collections.abc import Iterator

from fastapi.testclient import TestClient

from benchmarks.tasks.timing import Timing, timed
from benchmarks.website import CHROMIUM, DOCTORS, WEEKS, expected, huge_roster, served, website

_INSTANCE = f"grid/{DOCTORS}x{WEEKS}"
_SPANS = ("uke", "maaned", "periode")
_RUNS = 5
# What Chromium counts of a page's main thread, in seconds since it was opened.
_PARTS = {
    "ScriptDuration": "scripts",
    "RecalcStyleDuration": "styles",
    "LayoutDuration": "layout",
}
_ALL = "TaskDuration"


def measure() -> Iterator[Timing]:
    """What the reader of a huge roster waits for."""
    with website() as own:
        client = own.client
        roster = huge_roster(client)
        yield timed(
            "first page, server", "empty", lambda: client.get("/"), runs=_RUNS, note=_wire(client)
        )
        for span in _SPANS:
            path = f"/vaktplaner/{roster}?vis={span}"
            note = f"{int(client.get(path).headers['content-length']) // 1024} kB on the wire"
            yield timed(
                f"roster, {span}, server",
                _INSTANCE,
                lambda path=path: expected(client.get(path), 200),  # type: ignore[misc]
                runs=_RUNS,
                note=note,
            )
        if shutil.which(CHROMIUM):
            with served(own.app) as url:
                for span in _SPANS:
                    path = f"/vaktplaner/{roster}?vis={span}"
                    yield _in_browser(url, path, f"roster, {span}, Chromium", own.cookie)


def _wire(client: TestClient) -> str:
    """What a browser that was never here fetches for the first page."""
    page = client.get("/")
    named = dict.fromkeys(re.findall(r'(?:href|src)="(/statisk/[^"]+)"', page.text))
    sizes = [int(client.get(own).headers["content-length"]) for own in named]
    own = int(page.headers["content-length"])
    return f"{own / 1024:.1f} kB, and {sum(sizes) // 1024} kB of {len(sizes)} files kept for ever"


def _in_browser(url: str, path: str, task: str, cookie: tuple[str, str]) -> Timing:
    """The quickest of some visits: until it is painted, and what its main thread worked."""
    from playwright.sync_api import sync_playwright

    name, secret = cookie
    found, cells = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(_RUNS):
            context = browser.new_context(base_url=url)
            context.add_cookies([{"name": name, "value": secret, "url": url}])
            page = context.new_page()
            page.goto("/")  # the files that are kept are in the browser's cache from here on
            session = context.new_cdp_session(page)
            session.send("Performance.enable")
            page.goto(path)
            shown = page.evaluate(
                "new Promise(done => requestAnimationFrame(() => setTimeout(() => "
                "done(performance.now()))))"
            )
            told = session.send("Performance.getMetrics")["metrics"]
            found.append((shown / 1000, {own["name"]: own["value"] for own in told}))
            cells = page.locator(".rv-grid td").count()
            context.close()
        browser.close()
    counted = {own: min(one[own] for _, one in found) for own in (*_PARTS, _ALL)}
    parts = ", ".join(f"{word} {counted[own] * 1000:.0f} ms" for own, word in _PARTS.items())
    return Timing(
        task,
        _INSTANCE,
        min(seconds for seconds, _ in found),
        counted[_ALL],
        _RUNS,
        f"until it is painted; processor: the page's main thread ({parts}); {cells} cells",
    )
