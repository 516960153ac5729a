"""What a doctor does on the telephone, from the next duty to a ring of swaps, as she does it."""

import io
import json
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from api.pages import times
from api.service.feeds.tables import FeedDuty
from tests.api.plans import Document, tiny
from tests.pages.conftest import REAL_NOW, Visit, served
from tests.pages.site import Site
from tests.service import databases
from tests.service.colleagues import holders, published, with_colleagues
from tests.support import PATIENCE

HEIGHT = 844
PHONE = {"viewport": {"width": 390, "height": HEIGHT}, "is_mobile": True, "has_touch": True}
OTHERS = {"mona": "Mona Lie", "per": "Per Dahl", "tor": "Tor Vik"}
WHO = ("kari", "ola", "siv", *OTHERS)
WISH = {
    "id": "ø1",
    "doctor": "kari",
    "attitude": "rather_not",
    "start": "2027-03-13",
    "end": "2027-03-14",
}


@pytest.fixture(scope="module")
def clinic() -> Iterator[Site]:
    """Six doctors in a rota, a roster that they work by, a closed period and a wish round.

    The tests share it: each takes duties of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", REAL_NOW)
        with databases.sqlite() as address, served(Site(address)) as site:
            with_colleagues(site)
            roster, duties = published(
                site,
                {n: WHO[n % 6] for n in range(14)},
                signed="Kommuneoverlegen",
                doctors=_six(),
                wishes=[WISH],
            )
            site.things = {f"duty{n}": own for n, own in enumerate(duties)} | {"roster": roster}
            answer = site["coordinator"].post(
                "/ledger/closings", json={"roster": roster}, headers={"If-Match": '"0"'}
            )
            assert answer.status_code == 201, answer.text
            plan = site["coordinator"].get(f"/rosters/{roster}").json()["roster"]["plan"]
            deadline = (datetime.now(UTC) + timedelta(days=1)).isoformat()
            opened = site["coordinator"].post(
                f"/plans/{plan}/wish-rounds", json={"deadline": deadline}
            )
            assert opened.status_code == 201, opened.text
            site.things["round"] = opened.json()["id"]
            yield site


def _six() -> list[Document]:
    three = tiny()["doctors"]
    return [*three, *(deepcopy(three[0]) | {"id": i, "name": n} for i, n in OTHERS.items())]


def test_the_next_duty_is_found_without_scrolling(clinic: Site, visit: Visit) -> None:
    page = visit(clinic, **PHONE)
    page.goto("/")
    page.get_by_label("E-post").fill("doctor@fjell.example")
    page.get_by_label("Passord").fill("et langt passord")
    page.get_by_role("button", name="Logg inn").click()
    for part in (".rv-when", ".rv-hours", ".rv-where"):
        box = page.locator(f".rv-next {part}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < HEIGHT / 2
    expect(page.locator(".rv-next .rv-when")).to_have_text("Mandag 1. mars 2027")
    expect(page.locator(".rv-next .rv-where")).to_have_text("Hjemmevakt hverdag · Legevakta")
    large = page.locator(".rv-next .rv-when").evaluate("own => getComputedStyle(own).fontSize")
    assert float(large.removesuffix("px")) >= 24


def test_every_duty_says_why_it_is_hers(clinic: Site, visit: Visit) -> None:
    page = visit(clinic, "siv", **PHONE)
    page.goto("/mine-vakter")
    links = page.locator(".rv-next a, .rv-duties a").evaluate_all("all => all.map(own => own.href)")
    assert len(links) >= 2
    for link in links:
        page.goto(link)
        why = page.get_by_role("region", name="Hvorfor meg?")
        assert why.locator("p").first.inner_text()
        page.get_by_text("regler som gjaldt").click()
        assert page.locator(".rv-rules li").count() > 3
        expect(page.get_by_role("heading", name="Hvem andre kunne tatt den?")).to_be_visible()
        expect(page.get_by_text("Kontoen din uten og med vakten")).to_be_visible()


def test_a_calendar_is_subscribed_to_in_the_way_of_each_program(clinic: Site, visit: Visit) -> None:
    page = visit(clinic, "ola", **PHONE)
    page.goto("/mine-vakter")
    page.get_by_role("link", name="Få vaktene i kalenderen").click()
    page.get_by_label("Hva kaller du den?").fill("Telefonen")
    page.get_by_role("button", name="Lag adresse").click()
    address = page.get_by_role("textbox", name="Adressen").input_value()
    webcal = address.replace("http://", "webcal://")
    expect(page.get_by_role("link", name="Åpne i kalenderen").first).to_have_attribute(
        "href", webcal
    )
    for name, button, delay in (
        ("iPhone eller iPad", webcal, "Så ofte som telefonen henter"),
        ("Android (ICSx⁵)", webcal, "én gang i døgnet"),
        ("Google Kalender", f"calendar/r?cid={quote(webcal, safe='')}", "8 til 24 timer"),
        ("Outlook på nettet", f"addfromweb?url={quote(address, safe='')}", "mer enn et døgn"),
    ):
        own = page.locator("details", has=page.locator("summary", has_text=name))
        own.locator("summary").click()
        assert button in (own.get_by_role("link").get_attribute("href") or "")
        expect(own.get_by_text(delay)).to_be_visible()
    agent = {"User-Agent": "Google-Calendar-Importer"}
    here = clinic.url + address.removeprefix(clinic.settings.public_url)
    with urlopen(Request(here, headers=agent), timeout=PATIENCE) as answer:
        told = answer.read().decode()
    assert told.count("BEGIN:VEVENT") == len([n for n in range(14) if WHO[n % 6] == "ola"])
    page.goto("/kalendere")
    row = page.locator("tr", has_text="Telefonen")
    expect(row).to_contain_text("Google Kalender")
    expect(row).to_contain_text("oppdatert")
    row.get_by_role("button", name="Slett «Telefonen»").click()
    expect(page.get_by_text("Adressen er slettet og svarer ikke lenger.")).to_be_visible()


def test_a_wish_tells_what_it_competes_with(clinic: Site, visit: Visit) -> None:
    own = clinic.things["round"]
    wish = {"attitude": "rather_not", "start": "2027-03-06", "whole_weekend": True}
    assert clinic["ola"].post(f"/wish-rounds/{own}/wishes", json=wish).status_code == 201
    page = visit(clinic, "kari", java_script_enabled=False, **PHONE)
    page.goto(f"/onsker/{own}")
    page.get_by_role("button", name="Lagre ønsket").click()
    expect(page.get_by_text("Velg hva ønsket gjelder.").first).to_be_visible()
    page.get_by_label("Helst ikke").check()
    page.get_by_label("Fra og med").fill("2027-03-06")
    page.get_by_role("button", name="Se hvor mange som ønsker det samme").click()
    expect(page.get_by_text("1 annen lege ønsker det samme.")).to_be_visible()
    expect(page.get_by_text("Ingen ønsker ennå.")).to_be_visible()
    page.get_by_role("button", name="Lagre ønsket").click()
    expect(page.get_by_text("Ønsket er lagret.")).to_be_visible()
    page.get_by_role("button", name="Trekk ønsket").click()
    expect(page.get_by_text("Ingen ønsker ennå.")).to_be_visible()


def test_each_wish_has_its_answer(clinic: Site, visit: Visit) -> None:
    page = visit(clinic, "kari", **PHONE)
    page.goto("/onsker")
    page.get_by_role("region", name="Svar på ønskene dine").get_by_role("link").click()
    expect(page.locator(".rv-receipt")).to_have_count(1)
    expect(page.locator(".rv-receipt .ds-tag")).to_have_text("Delvis oppfylt")
    page.get_by_text("Hva som sto i veien").click()
    assert page.locator(".rv-receipt details li").count() >= 1


def test_a_swap_by_keyboard_only(clinic: Site, visit: Visit) -> None:
    duty = clinic.things["duty0"]
    kari = visit(clinic, "kari", **PHONE)
    kari.goto("/mine-vakter")
    _press(kari, "Hvorfor meg? Bytte?", "link")
    expect(kari.get_by_role("heading", name="Hvorfor meg?")).to_be_visible()
    _press(kari, "Tilby vakten til andre", "link")
    expect(kari.get_by_text("Bare Ola")).to_be_visible()
    _press(kari, "Tilby vakten")
    expect(kari.get_by_text("Den er din til noen har tatt den")).to_be_visible()

    ola = visit(clinic, "ola", **PHONE)
    ola.goto("/mine-vakter")
    _press(ola, "Bytter", "link")
    _press(ola, "Mandag 1. mars 2027, 15:30–08:00 · Hjemmevakt hverdag", "link")
    expect(ola.get_by_text("Ingen regel er til hinder.")).to_be_visible()
    _press(ola, "Ta vakten")
    expect(ola.get_by_text("Alle har sagt ja.")).to_be_visible()
    assert holders(clinic, clinic.things["roster"])[duty] == "kari"

    coordinator = visit(clinic, "coordinator")
    coordinator.goto(ola.url)
    _press(coordinator, "Godkjenn")
    expect(coordinator.get_by_text("Byttet gjelder.").first).to_be_visible()
    assert holders(clinic, clinic.things["roster"])[duty] == "ola"


@pytest.mark.slow
def test_three_offers_go_round(clinic: Site, visit: Visit) -> None:
    given = {"kari": 6, "ola": 7, "siv": 8}
    roster, offers = clinic.things["roster"], {}
    for who, number in given.items():
        wanted = {"kari": 8, "ola": 6, "siv": 7}[who]
        offer = {
            "roster": roster,
            "duty": clinic.things[f"duty{number}"],
            "in_return": True,
            "accepts": [clinic.things[f"duty{wanted}"]] if who != "ola" else None,
        }
        answer = clinic[who].post("/swap-offers", json=offer)
        assert answer.status_code == 201, answer.text
        offers[who] = answer.json()["id"]
    kari = visit(clinic, "kari", **PHONE)
    kari.goto(f"/bytter/{offers['kari']}")
    ring = kari.locator(".rv-ring").filter(has_text="Kari Nordmann gir Ola Bråten:")
    expect(ring).to_contain_text("Siv Åsen gir Kari Nordmann:")
    expect(ring).to_contain_text("Ingen regel er til hinder.")
    ring.get_by_role("button", name="Foreslå denne ringen").click()
    expect(kari.get_by_text("Noen har ikke svart ennå.")).to_be_visible()

    ola = visit(clinic, "ola", **PHONE)
    ola.goto("/bytter")
    ola.get_by_role("region", name="Venter på svaret ditt").get_by_role("link").click()
    ola.get_by_role("button", name="Ja, bytt").click()
    coordinator = visit(clinic, "coordinator")
    coordinator.goto("/bytter")
    coordinator.get_by_role("region", name="Venter på deg").get_by_role("link").click()
    coordinator.get_by_role("button", name="Godkjenn").click()
    expect(coordinator.get_by_text("Byttet gjelder.").first).to_be_visible()
    found = holders(clinic, roster)
    assert [found[clinic.things[f"duty{n}"]] for n in (6, 7, 8)] == ["ola", "siv", "kari"]


def test_the_own_account_stands_beside_all_without_names(clinic: Site, visit: Visit) -> None:
    page = visit(clinic, "kari", **PHONE)
    page.goto("/mine-vakter")
    page.get_by_text("Mer", exact=True).click()
    page.get_by_role("link", name="Min konto").click()
    strip = page.locator(".rv-strips > li", has_text="Belastningspoeng")
    expect(strip.locator(".rv-strip-other")).to_have_count(6)
    expect(strip.locator(".rv-strip-own")).to_have_count(1)
    expect(strip.get_by_text("Alle leger:")).to_be_visible()
    text = page.inner_text("main")
    assert not [name for name in ("Ola", "Siv", "Mona", "Per Dahl", "Tor Vik") if name in text]
    page.get_by_text("Kontoen linje for linje").click()
    expect(page.get_by_role("table", name="Belastningspoeng")).to_be_visible()


def test_her_data_are_hers_to_see_and_take(clinic: Site, visit: Visit) -> None:
    page = visit(clinic, "kari", **PHONE)
    page.goto("/mine-data")
    page.get_by_label("Mobil").fill("ikke et nummer")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Skriv et telefonnummer").first).to_be_visible()
    page.get_by_label("Mobil").fill("900 00 000")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Lagret.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned mine data").click()
    content = download.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = json.loads(file.read("person.json"))
    text = json.dumps(told, ensure_ascii=False)
    assert "doctor@fjell.example" in text
    assert "90000000" in text.replace(" ", "")
    assert not [name for name in ("Ola Bråten", "Siv Åsen", "Mona Lie") if name in text]


def test_the_link_in_a_calendar_leads_through_the_login_to_why(clinic: Site, visit: Visit) -> None:
    with clinic.service.database.reading() as session:
        found = session.scalars(
            select(FeedDuty.id).where(
                FeedDuty.duty == clinic.things["duty12"], FeedDuty.doctor == "kari"
            )
        ).one()
    page = visit(clinic, **PHONE)
    page.goto(f"/vakt/{found}")
    page.get_by_label("E-post").fill("doctor@fjell.example")
    page.get_by_label("Passord").fill("et langt passord")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", name="Hvorfor meg?")).to_be_visible()
    expect(page.get_by_role("heading", name="Hvem andre kunne tatt den?")).to_be_visible()


def _press(page: Page, name: str, role: str = "button") -> None:
    """Tab until the control with this name has a visible focus, then Enter: no mouse."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("own => own === document.activeElement"):
            look = wanted.evaluate("own => getComputedStyle(own).outlineStyle")
            assert look != "none", f"nobody sees that «{name}» has the focus"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"«{name}» cannot be reached by keyboard")
