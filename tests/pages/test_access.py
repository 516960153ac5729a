"""Who may see which page: every route with every role, and nothing that is not in the table."""

import re

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.pages.subjects import routers
from api.service.dependencies import COOKIE
from tests.pages.site import Site

ROLES = ("", "system", "coordinator", "manager", "doctor", "auditor", "stranger")
IN, NO, GONE, FAULT = 303, 403, 404, 422
ALL = (IN, 200, 200, 200, 200, 200, 200)
KEEPS = (IN, NO, 200, NO, NO, NO, 200)  # who writes plans
KEEPS_OWN = (IN, NO, 200, NO, NO, NO, GONE)
READS = (IN, NO, 200, 200, NO, 200, 200)
READS_OWN = (IN, NO, 200, 200, NO, 200, GONE)
ROSTERS = (IN, NO, 200, 200, 200, 200, 200)
A_DRAFT = (IN, NO, 200, GONE, GONE, 200, GONE)
DESK = (IN, NO, 200, NO, NO, NO, GONE)  # who changes rosters
DOCTOR = (IN, NO, NO, NO, 200, NO, NO)
DOCTOR_DOES = (IN, NO, NO, NO, IN, NO, NO)
SWAPS = (IN, NO, 200, NO, 200, NO, 200)
FEEDS = (IN, NO, 200, NO, 200, NO, 200)

OLD = 412  # a form without the version that it was made with
BY_KEEPER = (IN, NO, OLD, NO, NO, NO, GONE)
LEDGER = (IN, NO, 200, 200, 200, 200, 200)
SETS = (IN, NO, GONE, GONE, NO, GONE, GONE)  # there is no such set
_PLAN = "/planer/{plan}"
PLAN_PAGES: list[tuple[str, str, tuple[int, ...]]] = [
    ("GET", f"{_PLAN}/deler", READS_OWN),
    ("GET", f"{_PLAN}/deler/{{part}}", KEEPS_OWN),
    ("GET", f"{_PLAN}/deler/{{part}}/fil.csv", KEEPS_OWN),
    ("POST", f"{_PLAN}/deler/{{part}}", BY_KEEPER),
    ("POST", f"{_PLAN}/deler/{{part}}/{{key}}", BY_KEEPER),
    ("POST", f"{_PLAN}/deler/{{part}}/{{key}}/slett", BY_KEEPER),
    ("GET", f"{_PLAN}/lim-inn/{{part}}", KEEPS_OWN),
    ("POST", f"{_PLAN}/lim-inn/{{part}}", (IN, NO, FAULT, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/periode", KEEPS_OWN),
    ("POST", f"{_PLAN}/periode", BY_KEEPER),
    ("POST", f"{_PLAN}/tilbake", BY_KEEPER),
    ("GET", f"{_PLAN}/leger/{{doctor}}", KEEPS_OWN),
    ("GET", f"{_PLAN}/regler", READS_OWN),
    ("GET", f"{_PLAN}/regler/{{rule}}", READS_OWN),
    ("POST", f"{_PLAN}/regler/{{rule}}", BY_KEEPER),
    ("POST", f"{_PLAN}/regler/{{rule}}/nullstill", BY_KEEPER),
    ("GET", f"{_PLAN}/fritak", KEEPS_OWN),
    ("POST", f"{_PLAN}/fritak", (IN, NO, FAULT, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/fritak/{{key}}", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/fritak/{{key}}/vedtak", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/fritak/{{key}}/slutt", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/onskerunder", KEEPS_OWN),
    ("POST", f"{_PLAN}/onskerunder", (IN, NO, FAULT, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/onskerunder/{{round}}", KEEPS_OWN),
    ("POST", f"{_PLAN}/onskerunder/{{round}}", (IN, NO, 412, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/onskerunder/{{round}}/slutt", (IN, NO, 412, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/onskerunder/{{round}}/ta-inn", (IN, NO, 412, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/scenarier", READS_OWN),
    ("POST", f"{_PLAN}/scenarier", (IN, NO, FAULT, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/scenarier/nytt", KEEPS_OWN),
    ("POST", f"{_PLAN}/scenarier/nytt", (IN, NO, FAULT, NO, NO, NO, GONE)),
    ("GET", f"{_PLAN}/scenarier/{{set}}", SETS),
    ("GET", f"{_PLAN}/scenarier/{{set}}/fil", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/scenarier/{{set}}/beregn", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/scenarier/{{set}}/del", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("POST", f"{_PLAN}/scenarier/{{set}}/slett", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("GET", "/sammenligninger/{job}", (IN, NO, GONE, NO, NO, NO, GONE)),  # a solve is none
    ("GET", "/sammenligninger/{job}/filer/{name}", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("GET", "/vaktkonto", LEDGER),
    ("GET", "/vaktkonto/filer/csv", (IN, NO, 200, NO, NO, 200, 200)),
    ("GET", "/vaktkonto/kontroll", (IN, NO, 200, NO, NO, 200, 200)),
    ("GET", "/vaktkonto/leger/{doctor}", (IN, NO, GONE, GONE, GONE, GONE, GONE)),  # no entry yet
    ("POST", "/vaktkonto/avslutninger", (IN, NO, FAULT, NO, NO, NO, FAULT)),
    ("POST", "/vaktkonto/rettelser", (IN, NO, FAULT, NO, NO, NO, FAULT)),
    ("GET", "/brukere", (IN, 200, 200, NO, NO, NO, 200)),
    ("GET", "/brukere/fil.csv", (IN, 200, 200, NO, NO, NO, 200)),
    ("GET", "/innstillinger", (IN, NO, 200, NO, NO, NO, 200)),
    ("POST", "/innstillinger/vaktkonto", (IN, NO, FAULT, NO, NO, NO, FAULT)),
    ("POST", "/brukere", (IN, FAULT, FAULT, NO, NO, NO, FAULT)),
    ("GET", "/brukere/{account}/rolle", (IN, GONE, GONE, NO, NO, NO, GONE)),
    ("POST", "/brukere/{account}/rolle", (IN, GONE, GONE, NO, NO, NO, GONE)),
    ("GET", "/brukere/{account}/steng", (IN, GONE, GONE, NO, NO, NO, GONE)),
    ("POST", "/brukere/{account}/steng", (IN, GONE, GONE, NO, NO, NO, GONE)),
    ("GET", "/logg", (IN, NO, 200, NO, NO, 200, 200)),
    ("GET", "/logg/fil.csv", (IN, NO, 200, NO, NO, 200, 200)),
]
# Method, path, answer to each of ROLES. 303 to nobody is the way to the login.
TABLE: list[tuple[str, str, tuple[int, ...]]] = [
    ("GET", "/logg-inn", (200,) * 7),
    ("POST", "/logg-inn", (FAULT,) * 7),
    ("POST", "/logg-ut", (IN,) * 7),
    ("GET", "/passord", ALL),
    ("POST", "/passord", (IN, *(FAULT,) * 6)),
    ("POST", "/spraak", (FAULT,) * 7),
    ("GET", "/velkommen", (GONE,) * 7),
    ("POST", "/velkommen", (GONE,) * 7),
    ("GET", "/", (IN, 200, 200, 200, IN, 200, 200)),
    ("POST", "/samarbeid", (IN, FAULT, *(NO,) * 5)),
    ("POST", "/samarbeid/koordinator", (IN, FAULT, *(NO,) * 5)),
    ("GET", "/kom-i-gang", KEEPS),
    ("GET", "/arbeidsbok.xlsx", KEEPS),
    ("GET", "/planer", READS),
    ("GET", "/planer/ny", KEEPS),
    ("POST", "/planer/ny", (IN, NO, FAULT, NO, NO, NO, FAULT)),
    ("GET", "/planer/tom", KEEPS),
    ("POST", "/planer/tom", (IN, NO, FAULT, NO, NO, NO, FAULT)),
    ("GET", "/planer/{plan}", READS_OWN),
    ("GET", "/planer/{plan}/arbeidsbok.xlsx", KEEPS_OWN),
    ("GET", "/planer/{plan}/ny-versjon", KEEPS_OWN),
    ("POST", "/planer/{plan}/ny-versjon", (IN, *(FAULT,) * 6)),
    ("GET", "/jobber", (IN, NO, 200, NO, NO, NO, 200)),
    ("GET", "/jobber/{job}", KEEPS_OWN),
    ("GET", "/jobber/{job}/strom", KEEPS_OWN),
    ("POST", "/jobber/{job}/stopp", (IN, NO, 409, NO, NO, NO, GONE)),  # it has ended
    ("GET", "/vaktplaner", ROSTERS),
    ("GET", "/vaktplaner/{roster}", A_DRAFT),
    ("GET", "/vaktplaner/{roster}/filer/csv", (IN, NO, 200, GONE, GONE, 200, GONE)),
    ("GET", "/vaktplaner/{roster}/vakter/{duty:path}", DESK),
    ("GET", "/vaktplaner/{roster}/flytting/{duty:path}", (IN, *(FAULT,) * 6)),  # which revision?
    ("GET", "/vaktplaner/{roster}/bytte/{duty:path}", (IN, *(FAULT,) * 6)),  # who has it?
    ("GET", "/vaktplaner/{roster}/funn", DESK),
    ("GET", "/vaktplaner/{roster}/versjoner", (IN, NO, 200, GONE, GONE, 200, GONE)),
    ("GET", "/vaktplaner/{roster}/sammenlign", DESK),
    ("GET", "/vaktplaner/{roster}/horing", DESK),
    ("POST", "/vaktplaner/{roster}/horing/{comment}", (IN, *(FAULT,) * 6)),
    ("POST", "/vaktplaner/{roster}/tilstand", (IN, *(FAULT,) * 6)),
    ("GET", "/vaktplaner/{roster}/publiser", DESK),
    ("POST", "/vaktplaner/{roster}/publiser", (IN, *(FAULT,) * 6)),
    ("GET", "/vaktplaner/{roster}/fordeling", A_DRAFT),
    ("GET", "/vaktplaner/{roster}/fordeling.csv", A_DRAFT),
    ("GET", "/vaktplaner/{roster}/lovlighet", A_DRAFT),
    ("GET", "/vaktplaner/{roster}/onsker", DESK),
    ("GET", "/vaktplaner/{roster}/reparer", DESK),
    ("POST", "/vaktplaner/{roster}/reparer", (IN, NO, FAULT, NO, NO, NO, GONE)),
    ("POST", "/vaktplaner/{roster}/forklar", (IN, *(FAULT,) * 6)),
    ("GET", "/jobber/{job}/svar", (IN, NO, GONE, NO, NO, NO, GONE)),  # it is a solve
    ("POST", "/jobber/{job}/forslag/{number}", (IN, *(FAULT,) * 6)),
    ("POST", "/jobber/{job}/svar/{number}/utvei/{way}", (IN, *(FAULT,) * 6)),
    ("POST", "/vaktplaner/{roster}/endre", (IN, *(FAULT,) * 6)),
    ("POST", "/vaktplaner/{roster}/las", (IN, *(FAULT,) * 6)),
    ("POST", "/vaktplaner/{roster}/tilbake", (IN, *(FAULT,) * 6)),
    ("GET", "/mine-vakter", (IN, NO, NO, NO, 200, NO, NO)),
    ("GET", "/mine-vakter/vakt", (IN, *(FAULT,) * 6)),  # which one?
    ("GET", "/vakt/{event}", (IN, NO, GONE, NO, GONE, GONE, GONE)),
    ("GET", "/bytter", SWAPS),
    ("GET", "/bytter/ny", (IN, *(FAULT,) * 6)),
    ("POST", "/bytter/ny", (IN, NO, NO, NO, GONE, NO, NO)),
    ("POST", "/bytter/ring", DOCTOR_DOES),
    ("GET", "/bytter/{offer}", (IN, NO, 200, NO, 200, NO, GONE)),
    ("POST", "/bytter/{offer}/ta", (IN, NO, NO, NO, FAULT, NO, NO)),
    ("POST", "/bytter/{offer}/slutt", (IN, NO, 412, NO, 412, NO, GONE)),
    ("GET", "/avtaler/{deal}", (IN, NO, GONE, NO, GONE, NO, GONE)),
    ("POST", "/avtaler/{deal}/svar", (IN, NO, GONE, NO, GONE, NO, GONE)),
    ("POST", "/avtaler/{deal}/avgjor", (IN, NO, GONE, NO, NO, NO, GONE)),
    ("POST", "/avtaler/innstilling", (IN, NO, 412, NO, NO, NO, 412)),
    ("GET", "/onsker", DOCTOR),
    ("GET", "/onsker/svar/{published}", DOCTOR),
    ("GET", "/onsker/{round}", DOCTOR),
    ("POST", "/onsker/{round}", (IN, NO, NO, NO, FAULT, NO, NO)),
    ("GET", "/onsker/{round}/{wish}", (IN, NO, NO, NO, GONE, NO, NO)),
    ("POST", "/onsker/{round}/{wish}/trekk", (IN, NO, NO, NO, GONE, NO, NO)),
    ("GET", "/min-konto", DOCTOR),
    ("GET", "/mine-data", ALL),
    ("POST", "/mine-data", (IN, *(FAULT,) * 6)),
    ("GET", "/mine-data/fil", ALL),
    ("POST", "/mine-data/innlogginger/{login}/slett", (IN, *(GONE,) * 6)),
    ("POST", "/mine-data/nokler/{token}/slett", (IN, *(GONE,) * 6)),
    ("GET", "/horing/{hearing}", DOCTOR),
    ("POST", "/horing/{hearing}", (IN, NO, NO, NO, FAULT, NO, NO)),
    ("GET", "/kommunen", (IN, NO, NO, 200, NO, NO, NO)),
    ("GET", "/kommunen/notat/{shared}/notat.pdf", (IN, NO, 200, 200, NO, 200, GONE)),
    ("GET", "/kalendere", FEEDS),
    ("POST", "/kalendere", (IN, NO, FAULT, NO, FAULT, NO, FAULT)),
    ("POST", "/kalendere/{feed}/slett", (IN, NO, GONE, NO, GONE, NO, GONE)),
    *PLAN_PAGES,
    # Last: they change something.
    ("POST", "/planer/{plan}/beregn", (IN, NO, IN, NO, NO, NO, GONE)),
]
ELSEWHERE = {
    ("GET", "/statisk/{name}"),  # for everybody, and nothing of anybody
    ("HEAD", "/statisk/{name}"),
    ("POST", "/mine-data/innlogginger/slett"),  # it would log out the browsers of other tests
    ("POST", "/eksempel"),  # `test_journeys_first_slow`: it reads a whole district
}


def test_every_page_is_in_the_table() -> None:
    routes = [own for router in routers() for own in router.routes if isinstance(own, APIRoute)]
    there = {(method, own.path) for own in routes for method in own.methods or ()}
    names = {"/csv": "/{kind}", "{published}": "{roster}", "{hearing}": "{roster}"}
    names |= {"{shared}": "{set}", "/notat.pdf": "/{name}"}
    written = set()
    for method, path, _ in TABLE:
        for ours, theirs in names.items():
            path = path.replace(ours, theirs)
        written.add((method, path))
    assert there - ELSEWHERE == written


def test_what_a_form_sends_is_read_from_the_form() -> None:
    routes = [own for router in routers() for own in router.routes if isinstance(own, APIRoute)]
    sent = [own for own in routes if "POST" in (own.methods or ())]
    assert sent
    # FastAPI takes a bare `bool` or `Literal` from the query: the button would do nothing.
    assert [own.path for own in sent if own.dependant.query_params] == []


@pytest.mark.parametrize(("method", "path", "answers"), TABLE)
def test_who_may_see_it(site: Site, method: str, path: str, answers: tuple[int, ...]) -> None:
    ids = {own: own for own in ("plan", "published", "hearing", "offer", "round", "duty", "shared")}
    ids |= {"job": "done", "roster": "draft"}
    own = re.sub(
        r"\{(\w+)(?::path)?\}",
        lambda m: _NAMED.get(m[1]) or site.things.get(ids.get(m[1], ""), "nothing"),
        path,
    )
    found = []
    for role in ROLES:
        answer = _browser(site, role).request(method, own, follow_redirects=False)
        found.append(answer.status_code)
        if not role and answer.status_code == IN:
            assert answer.headers["location"].startswith("/logg-inn")
    assert tuple(found) == answers


_NAMED = {"part": "leger", "doctor": "kari", "rule": "rest_between_work"}


def _browser(site: Site, role: str) -> TestClient:
    browser = TestClient(site.app, base_url="http://rettvakt.test", headers={"Accept": "text/html"})
    if role:
        browser.cookies.set(COOKIE, site.cookie(role)["value"])
    return browser
