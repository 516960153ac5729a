"""What crosses the wire for each main page: on the first visit, and on the next.

Counted by Chromium, headers included, on an example district (26 doctors, half a year; every duty
is given in turn, so findings abound) and on a huge roster. Without Chromium nothing is measured.
"""

import shutil
from collections.abc import Iterator
from itertools import cycle

from playwright.sync_api import BrowserContext, sync_playwright

from api import library
from benchmarks.tasks.timing import Timing
from benchmarks.website import CHROMIUM, Website, expected, huge_roster, served, website
from fixtures.files import fixture
from scheduler.domain.roster import Assignment, Roster
from scheduler.writing.roster_json import to_json

_PAGES = (
    "/",
    "/planer",
    "/planer/{plan}",
    "/planer/{plan}/deler/leger",
    "/planer/{plan}/regler",
    "/planer/{plan}/fritak",
    "/vaktplaner",
    "/vaktplaner/{roster}",
    "/vaktplaner/{roster}?vis=periode",
    "/vaktplaner/{roster}?som=vakttyper",
    "/vaktplaner/{roster}/funn",
    "/vaktplaner/{roster}/lovlighet",
    "/vaktplaner/{roster}/fordeling",
    "/vaktplaner/{roster}/publiser",
    "/vaktplaner/{huge}?vis=uke",
    "/vaktplaner/{huge}?vis=periode",
    "/bytter",
    "/kalendere",
    "/vaktkonto",
    "/brukere",
    "/logg",
)


def measure() -> Iterator[Timing]:
    """Kilobytes of each page; the seconds are those until it is loaded again."""
    if not shutil.which(CHROMIUM):
        return
    with website() as own:
        things = {**_example(own), "huge": huge_roster(own.client)}
        name, secret = own.cookie
        with served(own.app) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            for place in _PAGES:
                context = browser.new_context(base_url=url)
                context.add_cookies([{"name": name, "value": secret, "url": url}])
                yield _weighed(context, place, place.format(**things))
                context.close()
            browser.close()


def _weighed(context: BrowserContext, place: str, path: str) -> Timing:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    fetched = []
    for _ in range(2):
        sizes.clear()
        page.goto(path, wait_until="networkidle")
        fetched.append(sum(sizes) / 1024)
    seconds = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    first, again = fetched
    note = f"first visit {first:.0f} kB, then {again:.1f} kB"
    return Timing("page on the wire", place, seconds, 0.0, 2, note)


def _example(own: Website) -> dict[str, str]:
    """The plan of the example district, and a roster in which its doctors take turns."""
    client = own.client
    made = expected(client.post("/api/v1/plans/examples/fjell"), 201)
    problem = library.read(fixture("fjell")).problem
    turns = zip(problem.duties, cycle(own.id for own in problem.doctors), strict=False)
    content = to_json(Roster.of(problem, (Assignment(duty.id, who) for duty, who in turns)))
    plan = str(made.json()["plan"]["id"])
    roster = expected(
        client.post(
            "/api/v1/rosters",
            data={"plan": plan},
            files={"file": ("vaktplan.json", content.encode())},
        ),
        201,
    )
    return {"plan": plan, "roster": str(roster.json()["id"])}
