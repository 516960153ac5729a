"""What a doctor does on the phone: a swap by keyboard alone, a wish, and why she has a duty."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.pages.conftest import Visit
from tests.pages.site import Site
from tests.service.colleagues import holders, published, with_colleagues

PHONE = {"viewport": {"width": 390, "height": 844}}


def _press(page: Page, name: str, role: str = "button") -> None:
    """Tab until the control with this name has the focus, then Enter: no mouse."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("own => own === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"«{name}» cannot be reached by keyboard")


def test_a_swap_by_keyboard_only(own_site: Site, visit: Visit) -> None:
    with_colleagues(own_site)
    roster, duties = published(own_site, {0: "kari", 1: "ola", 7: "siv"})
    kari = visit(own_site, "kari", **PHONE)
    kari.goto("/mine-vakter")
    _press(kari, "Hvorfor meg? Bytte?", "link")
    expect(kari.get_by_role("heading", name="Hvorfor meg?")).to_be_visible()
    _press(kari, "Tilby vakten til andre", "link")
    expect(kari.get_by_text("Bare Ola")).to_be_visible()
    _press(kari, "Tilby vakten")
    expect(kari.get_by_text("Den er din til noen har tatt den")).to_be_visible()

    ola = visit(own_site, "ola", **PHONE)
    ola.goto(kari.url)
    expect(ola.get_by_text("Ingen regel er til hinder.")).to_be_visible()
    _press(ola, "Ta vakten")
    expect(ola.get_by_text("Alle har sagt ja.")).to_be_visible()
    assert holders(own_site, roster)[duties[0]] == "kari"

    coordinator = visit(own_site, "coordinator")
    coordinator.goto(ola.url)
    _press(coordinator, "Godkjenn")
    expect(coordinator.get_by_text("Byttet gjelder.").first).to_be_visible()
    assert holders(own_site, roster)[duties[0]] == "ola"


def test_a_wish_tells_what_it_competes_with(own_site: Site, visit: Visit) -> None:
    with_colleagues(own_site)
    deadline = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    plan = own_site.plan()
    opened = own_site["coordinator"].post(f"/plans/{plan}/wish-rounds", json={"deadline": deadline})
    assert opened.status_code == 201, opened.text
    own = opened.json()["id"]
    wish = {"attitude": "rather_not", "start": "2027-03-06", "whole_weekend": True}
    assert own_site["ola"].post(f"/wish-rounds/{own}/wishes", json=wish).status_code == 201
    page = visit(own_site, "kari", java_script_enabled=False, **PHONE)
    page.goto(f"/onsker/{own}")
    page.get_by_role("button", name="Lagre ønsket").click()
    expect(page.get_by_text("Velg hva ønsket gjelder.").first).to_be_visible()
    page.get_by_label("Helst ikke").check()
    page.get_by_label("Fra og med").fill("2027-03-06")
    page.get_by_role("button", name="Se hvem som ønsker det samme").click()
    expect(page.get_by_text("1 annen lege ønsker det samme.")).to_be_visible()
    expect(page.get_by_text("Ingen ønsker ennå.")).to_be_visible()
    page.get_by_role("button", name="Lagre ønsket").click()
    expect(page.get_by_text("Ønsket er lagret.")).to_be_visible()
    page.get_by_role("button", name="Trekk ønsket").click()
    expect(page.get_by_text("Ingen ønsker ennå.")).to_be_visible()


def test_the_link_in_a_calendar_leads_through_the_login_to_why(
    own_site: Site, visit: Visit
) -> None:
    _, duties = published(own_site, {0: "kari", 1: "ola"})
    from sqlalchemy import select

    from api.service.feeds.tables import FeedDuty

    with own_site.service.database.reading() as session:
        found = session.scalars(
            select(FeedDuty.id).where(FeedDuty.duty == duties[0], FeedDuty.doctor == "kari")
        ).one()
    page = visit(own_site, **PHONE)
    page.goto(f"/vakt/{found}")
    page.get_by_label("E-post").fill("doctor@fjell.example")
    page.get_by_label("Passord").fill("et langt passord")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", name="Hvorfor meg?")).to_be_visible()
    expect(page.get_by_role("heading", name="Hvem andre kunne tatt den?")).to_be_visible()
