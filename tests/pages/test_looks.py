"""Every page in every state: accessible, in the reader's language, without a complaint."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.pages.conftest import Look, Visit
from tests.pages.site import Site
from tests.support import few

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Who, and where: each page and each state of it at least once.
PLACES = (
    ("", "/logg-inn"),
    ("", "/logg-inn?neste=/planer"),
    ("new", "/passord"),
    ("coordinator", "/"),
    ("coordinator", "/kom-i-gang"),
    ("coordinator", "/planer"),
    ("coordinator", "/planer/ny"),
    ("coordinator", "/planer/{plan}"),
    ("coordinator", "/planer/{plan}/ny-versjon"),
    ("coordinator", "/vaktplaner"),
    ("coordinator", "/vaktplaner/{published}"),
    ("coordinator", "/vaktplaner/{draft}?vis=periode"),
    ("coordinator", "/vaktplaner/{draft}?som=vakttyper"),
    ("coordinator", "/vaktplaner/{draft}?vakt={hole}"),
    ("coordinator", "/vaktplaner/{draft}/vakter/{hole}"),
    ("coordinator", "/vaktplaner/{published}/vakter/{duty}"),
    ("coordinator", "/vaktplaner/{draft}/funn"),
    ("coordinator", "/vaktplaner/{draft}/versjoner"),
    ("coordinator", "/vaktplaner/{draft}/sammenlign"),
    ("coordinator", "/vaktplaner/{draft}/lovlighet"),
    ("coordinator", "/vaktplaner/{draft}/fordeling"),
    ("coordinator", "/vaktplaner/{draft}/onsker"),
    ("coordinator", "/vaktplaner/{draft}/horing"),
    ("coordinator", "/vaktplaner/{draft}/publiser"),
    ("coordinator", "/vaktplaner/{draft}/reparer"),
    ("coordinator", "/jobber"),
    ("coordinator", "/jobber/{done}"),
    ("coordinator", "/jobber/{running}"),
    ("coordinator", "/jobber/{queued}"),
    ("coordinator", "/kalendere"),
    ("coordinator", "/passord"),
    ("coordinator", "/finnes-ikke"),
    ("coordinator", "/planer/tom"),
    ("coordinator", "/planer/{plan}/deler"),
    ("coordinator", "/planer/{plan}/deler/leger?endre=kari"),
    ("coordinator", "/planer/{plan}/deler/vakttyper?ny=1"),
    ("coordinator", "/planer/{plan}/deler/fravar"),
    ("coordinator", "/planer/{plan}/deler/leger?sok=finnesikke"),
    ("coordinator", "/planer/{plan}/lim-inn/fravar"),
    ("coordinator", "/planer/{plan}/periode"),
    ("coordinator", "/planer/{plan}/leger/kari"),
    ("coordinator", "/planer/{plan}/regler"),
    ("coordinator", "/planer/{plan}/regler/rest_between_work"),
    ("coordinator", "/planer/{plan}/regler/pattern_maximum"),
    ("coordinator", "/planer/{plan}/fritak"),
    ("coordinator", "/planer/{plan}/onskerunder"),
    ("coordinator", "/planer/{plan}/scenarier"),
    ("coordinator", "/planer/{plan}/scenarier/nytt"),
    ("coordinator", "/vaktkonto"),
    ("coordinator", "/vaktkonto/kontroll"),
    ("coordinator", "/brukere"),
    ("coordinator", "/brukere/{account}/rolle"),
    ("coordinator", "/brukere/{account}/steng"),
    ("coordinator", "/innstillinger"),
    ("coordinator", "/logg"),
    ("stranger", "/"),
    ("doctor", "/mine-vakter"),
    ("doctor", "/mine-vakter/vakt?vaktplan={published}&vakt={duty}"),
    ("doctor", "/mine-vakter/vakt?vaktplan={published}&vakt={others}"),
    ("doctor", "/bytter"),
    ("doctor", "/bytter/ny?vaktplan={published}&vakt={duty}"),
    ("doctor", "/bytter/{offer}"),
    ("doctor", "/onsker"),
    ("doctor", "/onsker/{round}"),
    ("doctor", "/onsker/{round}/{wish}"),
    ("doctor", "/onsker/svar/{published}"),
    ("doctor", "/min-konto"),
    ("doctor", "/mine-data"),
    ("doctor", "/horing/{hearing}"),
    ("coordinator", "/bytter"),
    ("coordinator", "/bytter/{offer}"),
    ("manager", "/kommunen"),
    ("doctor", "/vaktplaner/{published}"),
    ("doctor", "/kalendere"),
    ("manager", "/"),
    ("system", "/"),
)
# Those templates again, for other people and in states that differ in a word: the slow suite.
ALIKE = (
    ("coordinator", "/jobber/{failed}"),
    ("coordinator", "/jobber/{cancelled}"),
    ("coordinator", "/jobber/{stopping}"),
    ("coordinator", "/vaktplaner/{draft}?vis=uke"),
    ("manager", "/planer/{plan}/deler"),
    ("manager", "/planer/{plan}/regler"),
    ("stranger", "/planer"),
    ("stranger", "/vaktplaner"),
    ("stranger", "/jobber"),
    ("stranger", "/bytter"),
    ("system", "/mine-data"),
    ("doctor", "/vaktplaner"),
    ("doctor", "/planer"),
    ("doctor", "/vaktkonto"),
    ("manager", "/planer/{plan}"),
    ("manager", "/vaktplaner/{published}"),
    ("auditor", "/planer/{plan}"),
    ("manager", "/vaktplaner/{published}/fordeling"),
    ("coordinator", "/vaktplaner/{published}/publiser"),
    ("doctor", "/vaktplaner/{published}/lovlighet"),
)
# English words that are no Norwegian ones. What they stand in has escaped the catalogue.
ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|with|your|you|not|this|that|please|submit|search|close|open|clear|"
    r"loading|error|invalid|required|page|next|previous|click|choose|select|items?|results?|"
    r"password|name|day|days|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"january|february|march|may|june|july|october|december|hours?|ago|today|tomorrow)\b",
    re.IGNORECASE,
)
MOST_BYTES = 30 * 1024  # of a page, when all else is in the browser's cache
AGO = re.compile(r"\d+|ett|sekund(er)?|minutt(er)?")  # the second look is a little later
# What a page says, but for the findings beside a grid, which have a page of their own, and for what
# is true only with scripts, or only without them.
SAID = """main => {
  const own = main.cloneNode(true);
  own.querySelectorAll(".rv-found, noscript, [data-scripted]").forEach(part => part.remove());
  const words = [], walk = document.createTreeWalker(own, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) words.push(walk.currentNode.data);
  return words.join(" ");
}"""
JOURNAL = "Scandinavian Journal of Work, Environment & Health"  # a source keeps its name
TEXTS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const own = walk.currentNode.parentElement;
    if (own.closest("script, style, [lang=en]")) continue;
    if (walk.currentNode.data.trim()) found.push(walk.currentNode.data.trim());
  }
  for (const own of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "aria-description", "title", "alt", "placeholder"]) {
      if (own.getAttribute(name)) found.push(own.getAttribute(name));
    }
  }
  return found;
}"""


@pytest.mark.parametrize(("who", "where"), few((*PLACES, *ALIKE), len(PLACES)))
def test_every_page_is_accessible_in_bokmål_and_complains_of_nothing(
    site: Site, look: Look, who: str, where: str
) -> None:
    page = look(who)
    answer = page.goto(where.format(**site.things))
    assert answer is not None
    assert int(answer.headers["content-length"]) < MOST_BYTES
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    texts = [text.replace(JOURNAL, "") for text in page.evaluate(TEXTS)]
    assert [text for text in texts if ENGLISH.search(text)] == []
    assert page.evaluate("document.documentElement.lang") == "nb"
    assert _wider(page) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("who", "where"), [*PLACES, *ALIKE])
def test_every_page_is_accessible_in_the_dark_and_on_a_telephone(
    site: Site, look: Look, who: str, where: str
) -> None:
    size = {"width": 320, "height": 640}  # 1280 at 400 %: WCAG's reflow
    page = look(who, color_scheme="dark", viewport=size)
    page.goto(where.format(**site.things))
    assert violations(page) == []
    assert _wider(page) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("who", "where"), [*PLACES, *ALIKE])
def test_every_page_says_without_scripts_what_it_says_with_them(
    site: Site, look: Look, who: str, where: str
) -> None:
    said = []
    for scripts in (True, False):
        page = look(who, java_script_enabled=scripts)
        page.goto(where.format(**site.things))
        said.append(set(page.locator("main").evaluate(SAID).split()))
        assert page.locator("h1").count() == 1
    with_scripts, without = said
    assert [own for own in with_scripts - without if not AGO.fullmatch(own)] == []


def test_a_page_reads_without_scripts(site: Site, visit: Visit) -> None:
    page = visit(site, "coordinator", java_script_enabled=False)
    page.goto(f"/vaktplaner/{site.things['published']}")
    assert page.locator(".rv-grid tbody tr").count() == 3
    page.goto(f"/jobber/{site.things['running']}")
    assert page.locator(".rv-levels").get_by_text("7,5 timer").is_visible()
    assert page.get_by_role("link", name="Last siden på nytt").is_visible()


def test_a_jobs_page_says_that_it_follows_where_it_does(site: Site, visit: Visit) -> None:
    for scripts in (True, False):
        page = visit(site, "coordinator", java_script_enabled=scripts)
        page.goto(f"/jobber/{site.things['running']}")
        told = page.get_by_text("Siden oppdaterer seg selv.")
        expect(told).to_have_count(int(scripts))
        assert page.get_by_text("Du kan trygt lukke siden.").is_visible()


def test_paper_holds_whole_tables_or_says_that_it_cannot(site: Site, visit: Visit) -> None:
    page = visit(site, "coordinator")
    page.emulate_media(media="print")
    page.goto("/vaktplaner/{draft}/fordeling".format(**site.things))
    breaks = page.locator(".ds-table").evaluate_all(
        "all => all.map(own => getComputedStyle(own).breakInside)"
    )
    assert set(breaks) == {"auto"}  # «avoid» would leave a sheet empty before a long one
    page.goto("/vaktplaner/{draft}?vis=periode".format(**site.things))
    told = page.get_by_text("Hele perioden får ikke plass på ett ark.")
    assert page.locator(".rv-grid").is_visible()
    assert not told.is_visible()
    page.locator(".rv-grid colgroup").evaluate(
        "own => { for (let n = 0; n < 70; n++) own.append(document.createElement('col')) }"
    )
    assert not page.locator(".rv-grid").is_visible()
    assert told.is_visible()


def test_a_letter_in_the_grid_says_what_it_means_to_who_cannot_see_its_column(
    site: Site, look: Look
) -> None:
    page = look("coordinator")
    page.goto("/vaktplaner/{draft}".format(**site.things))
    said = {}
    for part in ("tbody", "tfoot"):
        link = page.locator(f".rv-grid {part} td a").first
        link.focus()
        said[part] = link.get_attribute("aria-description")
    assert said == {
        "tbody": "Hjemmevakt hverdag 15:30–08:00, mandag 1. mars, Kari Nordmann",
        "tfoot": "Hjemmevakt hverdag 15:30–08:00, tirsdag 2. mars, Uten lege",
    }


def test_each_language_has_its_own_words(site: Site, visit: Visit) -> None:
    seen = {}
    for locale in ("nb-NO", "nn-NO", "en-GB", "de-DE"):
        page = visit(site, "coordinator", locale=locale)
        page.goto("/")
        seen[locale] = (page.evaluate("document.documentElement.lang"), page.inner_text("h2"))
    assert seen == {
        "nb-NO": ("nb", "Trenger oppmerksomhet"),
        "nn-NO": ("nn", "Treng merksemd"),
        "en-GB": ("en", "Needs attention"),
        "de-DE": ("nb", "Trenger oppmerksomhet"),
    }


def test_the_language_is_remembered(site: Site, visit: Visit) -> None:
    page = visit(site, "coordinator")
    page.goto("/planer")
    page.get_by_role("button", name="Nynorsk").click()
    page.wait_for_url("**/planer")
    assert page.inner_text("h1") == "Planar"


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{own['id']}: {node['html'][:200]}" for own in found for node in own["nodes"]]


def _wider(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate(
        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
    )
    return width
