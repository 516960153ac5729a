"""The pages below a path of the host: each address they hold or ask for lies there."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from api.pages.templates import HERE, names
from api.pages.under import address, addressed
from tests.pages.conftest import Visit, served
from tests.pages.site import Site
from tests.service import databases
from tests.service.world import PASSWORD

ROOT = "/legevakt"
HELD = """() => [...document.querySelectorAll("[href], [src], [action], [formaction], [hx-get]")]
  .flatMap(own => ["href", "src", "action", "formaction", "hx-get"].map(n => own.getAttribute(n)))
  .filter(own => own && own.startsWith("/"))"""


@pytest.fixture(scope="module")
def below() -> Iterator[Site]:
    """A site that people reach as HOST/legevakt, with things on every page."""
    with databases.sqlite() as at:
        site = Site(at, public_url=f"http://127.0.0.1{ROOT}")
        with served(site) as running:
            running.fill()
            yield running


@pytest.mark.slow
def test_one_logs_in_walks_about_and_is_told_what_was_done(below: Site, visit: Visit) -> None:
    page = visit(below)
    asked: list[str] = []
    page.on("request", lambda own: asked.append(urlsplit(own.url).path))
    page.goto(f"{ROOT}/planer")
    page.get_by_label("E-post").fill("coordinator@fjell.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1, name="Planer")).to_be_visible()
    current = page.get_by_role("link", name="Planer").first
    expect(current).to_have_attribute("aria-current", "page")
    weight = current.evaluate("own => getComputedStyle(own).fontWeight")
    assert weight == "600", "the styles did not come"
    assert page.evaluate("document.fonts.check('16px Inter')")
    page.get_by_role("button", name="Nynorsk").click()
    expect(page.get_by_role("heading", level=1, name="Planar")).to_be_visible()
    page.goto(f"{ROOT}/jobber/{below.things['running']}")
    expect(page.locator("#fremdrift")).to_contain_text("7,5")
    page.goto(f"{ROOT}/vaktplaner/{below.things['draft']}")
    expect(page.get_by_text("Vakter utan lege (2)").first).to_be_visible()
    page.goto(f"{ROOT}/finnes-ikke")
    assert page.locator("h1").count() == 1
    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_text("Du er logga ut.")).to_be_visible()
    assert asked
    assert [own for own in asked if not own.startswith(f"{ROOT}/")] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("doctor", "/mine-vakter"),
        ("doctor", "/onsker/{round}"),
        ("doctor", "/bytter/{offer}"),
        ("doctor", "/kalendere"),
        ("manager", "/kommunen"),
        ("coordinator", "/planer/{plan}"),
        ("coordinator", "/planer/{plan}/deler/leger?endre=kari"),
        ("coordinator", "/vaktplaner/{draft}?vakt={hole}"),
        ("coordinator", "/jobber"),
    ],
)
def test_no_page_holds_an_address_elsewhere(
    below: Site, visit: Visit, who: str, where: str
) -> None:
    cookie = below.cookie(who) | {"url": f"{below.url}{ROOT}/"}
    page = visit(below)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(ROOT + where.format(**below.things))
    held = page.evaluate(HELD)
    assert held
    assert [own for own in held if not own.startswith(f"{ROOT}/")] == []
    assert [own for own in held if own.startswith(f"{ROOT}{ROOT}")] == []


def test_templates_hold_addresses_in_known_attributes_only() -> None:
    found = {
        attribute
        for name in names()
        for attribute in re.findall(r'([\w:-]+)="/', (HERE / name).read_text("utf-8"))
    }
    assert "hx-get" in found
    unknown = {own for own in found if addressed("/a", f'<p {own}="/planer">').count("/a/") != 1}
    assert unknown == set(), "add it to api/pages/under.py"


def test_addresses_of_others_and_words_stay_what_they_are() -> None:
    html = '<a href="/planer">href=&#34;/x&#34;</a> <a href="//other/x"> <a href="https://x/">'
    assert addressed("/a", html) == html.replace('"/planer"', '"/a/planer"')
    assert addressed("", html) == html
    assert address("/a", "https://x/") == "https://x/"
    assert address("/a", "/vakt/1") == "/a/vakt/1"
