"""Getting in and out: the first account, the ways to log in, and what other sites may not do."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.pages.account.views import inside
from api.service.app import create_app
from api.service.service import Service
from api.service.settings import Settings
from tests.pages.site import Site
from tests.service import databases
from tests.service.world import PASSWORD

FOUNDER = {
    "cooperation": "Fjellregionen legevakt",
    "name": "Kari Kollen",
    "email": "kari@fjell.example",
    "password": "fem blå elger på tur",
}
HERE = "http://127.0.0.1:8000"


@pytest.fixture
def nobody() -> Iterator[Any]:
    """Makes browsers of a service in which nobody has an account."""
    with databases.sqlite() as address:

        def make(client: str = "127.0.0.1", base: str = HERE, **settings: Any) -> TestClient:
            own = Settings(database=address, jobs_at_once=0, sends_messages=False, **settings)
            return TestClient(
                create_app(own),
                base_url=base,
                client=(client, 50_000),
                headers={"Accept": "text/html"},
                follow_redirects=False,
            )

        yield make


def _service(browser: TestClient) -> Service:
    service: Service = browser.app.state.service  # type: ignore[attr-defined]
    return service


def test_the_first_page_of_an_empty_service_is_the_welcome_and_only_once(nobody: Any) -> None:
    browser = nobody()
    assert browser.get("/logg-inn").headers["location"] == "/velkommen"
    assert "felt-code" not in browser.get("/velkommen").text
    answer = browser.post("/velkommen", data=FOUNDER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Kari Kollen" in browser.get("/").text
    assert browser.get("/velkommen").status_code == 404
    again = browser.post("/velkommen", data=FOUNDER | {"email": "ola@fjell.example"})
    assert again.status_code == 404
    assert browser.get("/logg-inn").status_code == 200


@pytest.mark.parametrize(
    ("client", "base", "headers", "settings"),
    [
        ("10.0.0.7", HERE, {}, {}),
        ("127.0.0.1", "http://rettvakt.example", {}, {}),
        ("127.0.0.1", HERE, {"X-Forwarded-For": "127.0.0.1"}, {}),
        ("127.0.0.1", HERE, {"X-Forwarded-Host": "localhost"}, {}),
        ("127.0.0.1", HERE, {"X-Forwarded-Proto": "https"}, {}),
        ("127.0.0.1", HERE, {"Forwarded": "for=127.0.0.1"}, {}),
        ("127.0.0.1", HERE, {"Via": "1.1 proxy"}, {}),
        ("127.0.0.1", HERE, {"X-Real-IP": "127.0.0.1"}, {}),
        ("127.0.0.1", HERE, {}, {"public_url": "https://rettvakt.example"}),
    ],
)
def test_from_anywhere_else_the_first_account_takes_the_code(
    nobody: Any, client: str, base: str, headers: dict[str, str], settings: dict[str, str]
) -> None:
    browser = nobody(client, base, **settings)
    browser.headers.update(headers)
    assert "felt-code" in browser.get("/velkommen").text
    for wrong in ("", "000000", "å"):
        answer = browser.post("/velkommen", data=FOUNDER | {"code": wrong})
        assert answer.status_code == 422
        assert "Koden stemmer ikke" in answer.text
    code = _service(browser).setup_code
    assert browser.post("/velkommen", data=FOUNDER | {"code": f" {code} "}).status_code == 303


def test_codes_cannot_be_tried_without_end(nobody: Any) -> None:
    browser = nobody("10.0.0.7", login_tries=1)
    answers = [
        browser.post("/velkommen", data=FOUNDER | {"code": str(n)}).status_code for n in range(40)
    ]
    assert answers[-1] == 429
    assert set(answers) == {422, 429}


def test_what_is_wrong_with_the_first_account_is_said_at_its_fields(nobody: Any) -> None:
    answer = nobody().post("/velkommen", data={"email": "kari", "password": "kort"})
    assert answer.status_code == 422
    for field in ("cooperation", "name", "email"):
        assert f'id="feil-{field}"' in answer.text
    answer = nobody().post("/velkommen", data=FOUNDER | {"password": "kort"})
    assert answer.status_code == 422
    assert 'id="feil-password"' in answer.text
    assert FOUNDER["email"] in answer.text
    assert nobody().get("/velkommen").status_code == 200  # nothing was half made


def test_a_refused_password_is_told_what_is_wrong_with_it(nobody: Any) -> None:
    """One that is long enough must not be told that it is too short."""
    browser = nobody()
    short = browser.post("/velkommen", data=FOUNDER | {"password": "kort"}).text
    assert "minst 15 tegn. Det du skrev, har 4." in short
    easy = browser.post("/velkommen", data=FOUNDER | {"password": "passordpassordpassord"}).text
    assert "langt nok, men for lett å gjette" in easy
    assert browser.post("/velkommen", data=FOUNDER).status_code == 303
    own = {"old": FOUNDER["password"], "new": FOUNDER["password"]}
    assert "et annet enn det du har nå" in browser.post("/passord", data=own).text


CROSS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://ond.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", CROSS)
def test_forms_of_other_sites_change_nothing(site: Site, headers: dict[str, str]) -> None:
    browser = _browser(site, "coordinator")
    plan, feed = site.things["plan"], "finnes-ikke"
    for path, data in (
        ("/logg-inn", {"email": "coordinator@fjell.example", "password": PASSWORD}),
        ("/logg-ut", {}),
        ("/passord", {"old": PASSWORD, "new": "fem blå elger på tur"}),
        ("/spraak", {"spraak": "nn"}),
        ("/planer/ny", {}),
        (f"/planer/{plan}/beregn", {}),
        (f"/kalendere/{feed}/slett", {}),
    ):
        answer = browser.post(path, data=data, headers=headers)
        assert (path, answer.status_code) == (path, 403)
        assert "set-cookie" not in answer.headers
    assert browser.get("/planer").status_code == 200


def test_forms_of_other_sites_make_no_first_account(nobody: Any) -> None:
    for headers in CROSS:
        assert nobody().post("/velkommen", data=FOUNDER, headers=headers).status_code == 403
    assert nobody().get("/velkommen").status_code == 200


def test_the_login_offers_the_ways_there_are(nobody: Any) -> None:
    provider = {
        "oidc_issuer": "https://login.example",
        "oidc_name": "ID-porten",
        "oidc_client_id": "rettvakt",
        "oidc_client_secret": "hemmelig",
    }
    assert nobody().post("/velkommen", data=FOUNDER).status_code == 303
    plain = nobody().get("/logg-inn").text
    assert "felt-password" in plain
    assert "session/provider" not in plain
    both = nobody(**provider).get("/logg-inn?neste=/planer").text
    assert 'href="/api/v1/session/provider?next=%2Fplaner">Logg inn med ID-porten<' in both
    assert "felt-password" in both
    off = nobody(**provider, local_passwords=False)
    shown = off.get("/logg-inn").text
    assert "Logg inn med ID-porten" in shown
    assert "felt-password" not in shown
    login = {"email": FOUNDER["email"], "password": FOUNDER["password"]}
    refused = off.post("/logg-inn", data=login)
    assert refused.status_code == 422
    assert "Her logger ingen inn med passord" in refused.text
    spare = nobody(**provider, local_passwords=False, emergency_account=FOUNDER["email"])
    assert "Logg inn med nødkontoen" in spare.get("/logg-inn").text
    assert spare.post("/logg-inn", data=login).status_code == 303


def test_a_login_lost_at_the_provider_is_told_on_a_page(nobody: Any) -> None:
    answer = nobody().get("/api/v1/session/provider/callback?state=x&code=y")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path", ["//ond.example", "/\\ond.example", "https://ond.example", "", "/x\n", "/" + "x" * 500]
)
def test_a_login_leads_nowhere_else(path: str) -> None:
    assert inside(path) == "/"
    assert inside("/planer?etter=2") == "/planer?etter=2"


def _browser(site: Site, role: str) -> TestClient:
    browser = TestClient(
        site.app,
        base_url="http://rettvakt.test",
        headers={"Accept": "text/html"},
        follow_redirects=False,
    )
    cookie = site.cookie(role)
    browser.cookies.set(cookie["name"], cookie["value"])
    return browser
