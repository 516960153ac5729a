"""What a coordinator does with a plan and around it, in a real browser."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from api.pages import times
from api.service.file_names import plain
from tests.pages.conftest import REAL_NOW, Visit, served
from tests.pages.site import Site
from tests.service import databases

ABSENCES = (
    "Lege\tSlag\tFra\tTil og med\nKari Nordmann\tferie\t{}\t05.03.2027\nola\tkurs\t4.3.2027\t"
)


@dataclass(frozen=True)
class Desk:
    """A coordinator at a browser of her own, with a plan of her own."""

    site: Site
    page: Page
    plan: str

    @property
    def path(self) -> str:
        """Where the plan lies."""
        return f"/planer/{self.plan}"

    def button(self, name: str, within: Locator | None = None) -> None:
        """Press a button; the page that comes must not be an error."""
        (within or self.page.locator("main")).get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.page.locator("main").get_by_role("link", name=name, exact=True).first.click()

    def told(self, text: str) -> None:
        """The message of the last change stands where the eye is."""
        expect(self.page.locator("#meldinger")).to_contain_text(text)
        expect(self.page.locator("#meldinger .ds-alert")).to_be_in_viewport()

    def faults(self, *texts: str) -> None:
        """Each of these must be put right, and the focus is there."""
        summary = self.page.locator(".ds-error-summary")
        expect(summary).to_be_focused()
        for text in texts:
            expect(summary).to_contain_text(text)


@pytest.fixture(scope="module")
def plans() -> Iterator[Site]:
    """A service whose plans the tests here change, each its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", REAL_NOW)
        with databases.sqlite() as address, served(Site(address)) as running:
            yield running


@pytest.fixture
def desk(plans: Site, visit: Visit) -> Desk:
    return Desk(plans, visit(plans, "coordinator"), plans.plan())


def test_a_plan_is_begun_empty_and_a_doctor_added_changed_and_undone(desk: Desk) -> None:
    page = desk.page
    page.goto("/planer/tom")
    desk.button("Lag planen")
    desk.faults("Fyll ut «Navn på planen».", "Fyll ut «Født».")
    for label, value in {
        "Navn på planen": "Våren 2027",
        "Første dag": "2027-02-15",
        "Siste dag": "2027-02-14",
        "Kommune": "Fjell",
        "Innbyggere": "4200",
        "Legevaktens navn": "Fjell legevakt",
        "Den første legen": "Kari Nordmann",
        "Født": "1980-06-01",
        "Den første vakten": "Legevakt",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    desk.button("Lag planen")
    desk.faults("Siste dag kan ikke være før den første.")
    page.get_by_label("Siste dag").fill("2027-02-28")
    desk.button("Lag planen")
    desk.told("Planen er laget.")

    desk.follow("Legg til")
    expect(page.get_by_label("Navn")).to_be_focused()
    page.keyboard.type("Siv Åsen")
    page.get_by_label("Kommune").select_option(label="Fjell")
    page.get_by_label("Tilknytning").select_option(label="fast ansatt")
    page.get_by_label("Praksisandel").fill("mye")
    desk.button("Lagre")
    desk.faults("«Født» mangler.", "Dette er ikke et tall som kan brukes.")
    page.get_by_label("Født").fill("1990-03-02")
    page.get_by_label("Praksisandel").fill("0,8")
    desk.button("Lagre")
    desk.told("Endringen er lagret")

    page.get_by_label("Finn rader").fill("siv")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 av 2")).to_be_visible()
    desk.follow("Siv Åsen")
    expect(page.get_by_text("Alt som gjelder denne legen")).to_be_visible()
    expect(page.locator("main")).to_contain_text("fast ansatt")
    desk.follow("Endre")
    expect(page.get_by_label("Praksisandel")).to_have_value("0,8")
    page.get_by_label("Praksisandel").fill("50 %")
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_contain_text("0,5")
    desk.told("Endringen er lagret")
    desk.button("Angre siste endring")
    desk.told("slik den var i versjon 2")
    expect(page.get_by_role("row", name="Siv Åsen")).to_contain_text("0,8")
    desk.button("Angre siste endring")
    expect(page.get_by_role("row", name="Siv Åsen")).to_have_count(0)
    desk.button("Gjør om")
    desk.button("Gjør om")
    expect(page.get_by_role("row", name="Siv Åsen")).to_contain_text("0,5")
    expect(page.get_by_role("button", name="Gjør om")).to_have_count(0)


def test_rows_of_a_spreadsheet_are_pasted_with_norwegian_dates(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.path}/deler/fravar")
    desk.follow("Lim inn fra Excel")
    expect(page.get_by_label("Rader fra regnearket")).to_be_focused()
    page.get_by_label("Rader fra regnearket").fill(ABSENCES.format("30.02.2027"))
    desk.button("Se hva det blir")
    expect(page.get_by_role("row", name="30.02.2027")).to_contain_text("rad 2, kolonne «Fra»")
    expect(page.get_by_role("heading", name="Slik er radene lest")).to_be_visible()
    expect(page.get_by_role("button", name="Legg til 2 rader")).to_have_count(0)
    page.get_by_label("Rader fra regnearket").fill(ABSENCES.format("01.03.2027"))
    desk.button("Se hva det blir")
    expect(page.get_by_role("heading", name="2 rader blir lagt til")).to_be_focused()
    desk.button("Legg til 2 rader")
    desk.told("2 rader er lagt til.")
    expect(page.get_by_role("row", name="Kari Nordmann")).to_contain_text("01.03.2027")


def test_a_claim_is_computed_recorded_and_decided(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.path}/fritak")
    claim = page.get_by_role("region", name="Nytt krav eller søknad")
    desk.button("Registrer kravet")
    desk.faults("Fyll ut «Lege».")
    for kind, field, day, begins in (
        ("Alder over 60 år", "Krevd fra", "2026-12-01", "1. juni 2040"),
        ("Svangerskap", "Termin", "2027-06-15", "15. mars 2027"),
        ("Amming", "Barnets fødselsdag", "2026-12-01", "30. november 2027"),
    ):
        claim.get_by_label("Lege", exact=True).select_option(label="Kari Nordmann")
        claim.get_by_label("Grunnlag").select_option(label=kind)
        claim.get_by_label(field).fill(day)
        desk.button("Regn ut datoene")
        computed = page.get_by_role("status").filter(has_text="Dette ville følge av kravet")
        expect(computed).to_be_focused()
        expect(computed).to_contain_text(begins)
    claim.get_by_label("Grunnlag").select_option(label="Svangerskap")
    expect(claim.get_by_label("Barnets fødselsdag")).to_be_hidden()
    claim.get_by_label("Krevd fra").fill("")
    desk.button("Registrer kravet")
    desk.told("Kravet til Kari Nordmann er registrert.")

    desk.follow("Kari Nordmann")
    desk.button("Lagre vedtaket")
    desk.faults("Fyll ut «Utfall».", "Fyll ut «Hvem vedtok det?».", "Fyll ut «Saksnummer».")
    page.get_by_label("Innvilget").check()
    page.get_by_label("Hvem vedtok det?").fill("Kommuneoverlegen i Fjell")
    page.get_by_label("Saksnummer").fill("2027/118")
    desk.button("Lagre vedtaket")
    desk.told("Vedtaket om Kari Nordmann er lagret.")
    row = page.get_by_role("region", name="Andre fritak").get_by_role("row", name="Kari Nordmann")
    expect(row).to_contain_text("Innvilget")
    expect(row).to_contain_text("2027/118")


def test_a_setting_is_changed_and_reset(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.path}/regler")
    desk.follow("Mål for hvile før neste arbeid")
    wanted = page.locator("form").get_by_label("Ønsket hvile før neste arbeid")
    wanted.fill("99")
    desk.button("Lagre")
    expect(page.get_by_role("alert")).to_be_focused()
    wanted.fill("13")
    desk.button("Lagre")
    desk.told("Verdiene er lagret.")
    expect(page.get_by_role("row", name="Ønsket hvile")).to_contain_text("13 timer")
    desk.button("Bruk de vanlige verdiene igjen")
    desk.told("Regelen har de vanlige verdiene igjen.")


def test_a_wish_round_is_opened_closed_and_taken_in(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.path}/onskerunder")
    desk.button("Åpne runden")
    desk.faults("Fyll ut «Frist».")
    page.get_by_label("Frist").fill("2126-12-20T16:00")
    page.get_by_label("Beskjed til legene").fill("Skriv jul og påske først.")
    desk.button("Åpne runden")
    desk.told("Ønskerunden er åpen.")
    expect(page.get_by_text("Når legene har lagt inn ønsker")).to_be_visible()
    expect(page.get_by_role("button", name="Ta inn")).to_have_count(0)
    wish = {"attitude": "rather_not", "start": "2027-03-06", "whole_weekend": True}
    own = page.url.rsplit("/", 1)[1]
    stated = desk.site["doctor"].post(f"/wish-rounds/{own}/wishes", json=wish)
    assert stated.status_code == 201, stated.text
    page.reload()
    desk.button("Avslutt runden nå")
    desk.told("Ønskerunden er avsluttet.")
    expect(page.get_by_role("row", name="Kari Nordmann")).to_contain_text("helst ikke")
    desk.button("Ta inn 1 ønske")
    desk.told("1 ønske er tatt inn i planen.")
    expect(page.get_by_text("Ønskene står i versjon 2 av planen.")).to_be_visible()


def test_alternatives_are_made_of_a_plan(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.path}/scenarier")
    desk.follow("Nytt alternativ")
    expect(page.get_by_label("Kommune", exact=True)).to_be_hidden()
    page.get_by_label("Hva endres?").select_option(label="Færre leger i en kommune")
    expect(page.get_by_label("Lege", exact=True)).to_be_hidden()
    page.get_by_label("Antall leger").fill("noen")
    desk.button("Lag alternativet")
    desk.faults("Fyll ut «Navn på alternativet».", "Fyll ut «Kommune».")
    page.get_by_label("Navn på alternativet").fill("En lege færre")
    page.get_by_label("Kommune", exact=True).select_option(label="Fjell")
    desk.button("Lag alternativet")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Antall leger").fill("1")
    desk.button("Lag alternativet")
    desk.told("«En lege færre» er lagret.")
    desk.follow("Legg til et alternativ")
    page.get_by_label("Navn på alternativet").fill("En lege færre")
    page.get_by_label("Hva endres?").select_option(label="En lege slutter")
    page.get_by_label("Lege", exact=True).select_option(label="Siv Åsen")
    desk.button("Lag alternativet")
    expect(page.get_by_role("heading", name="En lege færre", level=2)).to_have_count(2)


def test_an_account_is_made_once_and_its_password_changed_first(desk: Desk, visit: Visit) -> None:
    page = desk.page
    page.goto("/brukere")
    page.get_by_label("Navn", exact=True).fill("Siv Åsen")
    page.get_by_label("E-post", exact=True).fill("siv@fjell.example")
    page.get_by_label("Rolle", exact=True).select_option("doctor")
    desk.button("Opprett bruker")
    desk.faults("Velg hvilken lege brukeren er.")
    page.get_by_label("Lege i planen").select_option(label="Siv Åsen")
    page.get_by_role("button", name="Opprett bruker").dblclick()
    expect(page.get_by_role("heading", name="Siv Åsen kan logge inn")).to_be_visible()
    first = page.locator("code").inner_text()

    own = visit(desk.site)
    own.goto("/mine-vakter")
    _log_in(own, "siv@fjell.example", first)
    expect(own.get_by_text("Passordet ditt ble laget av en annen.")).to_be_visible()
    own.get_by_label("Passordet du har nå").fill(first)
    own.get_by_label("Nytt passord").fill("kort")
    own.get_by_role("button", name="Bytt passord").click()
    expect(own.locator(".ds-error-summary")).to_contain_text("minst 15 tegn")
    own.get_by_label("Passordet du har nå").fill(first)
    own.get_by_label("Nytt passord").fill("tre røde elger i fjøset")
    own.get_by_role("button", name="Bytt passord").click()
    _log_in(own, "siv@fjell.example", "tre røde elger i fjøset")
    own.wait_for_url("**/mine-vakter")


def _log_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(password)
    page.get_by_role("button", name="Logg inn").click()


def test_a_calendar_is_made_explained_and_revoked(desk: Desk) -> None:
    page = desk.page
    page.goto("/kalendere")
    desk.button("Lag adresse")
    desk.faults("Skriv et navn")
    page.get_by_label("Hva kaller du den?").fill("Tavla på legevakta")
    desk.button("Lag adresse")
    address = re.sub(
        r"^https?://[^/]+", "", page.get_by_label("Adressen", exact=True).input_value()
    )
    page.get_by_text("Google Kalender", exact=True).click()
    expect(page.locator("details[open] ol li").first).to_be_visible()
    served_ = page.request.get(address)
    assert served_.status == 200
    assert served_.text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="Slett «Tavla på legevakta»").click()
    desk.told("Adressen er slettet og svarer ikke lenger.")
    assert page.request.get(address).status == 404


def _table(content: bytes) -> bool:
    return bool(load_workbook(BytesIO(content)).sheetnames)


OPENED: dict[str, Callable[[bytes], bool]] = {
    "vaktplan-v1.xlsx": _table,
    "vaktplan-v1.csv": lambda own: len(list(csv.reader(StringIO(own.decode("utf-8-sig"))))) > 1,
    "vaktplan-v1.pdf": lambda own: len(PdfReader(BytesIO(own)).pages) > 0,
    "vaktplan-v1.ics": lambda own: bool(Calendar.from_ical(own).walk("VEVENT")),
    "vaktplan-v1.json": lambda own: "assignments" in json.loads(own),
    "rapport-v1.html": lambda own: own.lstrip().lower().startswith(b"<!doctype html>"),
    "rapport-v1.pdf": lambda own: len(PdfReader(BytesIO(own)).pages) > 0,
}


@pytest.mark.slow  # seven files, two of them typeset
def test_whatever_can_be_downloaded_opens(desk: Desk) -> None:
    page = desk.page
    problem = desk.site.loaded(desk.plan).problem
    who = ("kari", "ola", "siv")
    own = {duty.id: who[n % 3] for n, duty in enumerate(problem.duties)}
    roster = desk.site.roster(desk.plan, own)
    page.goto(f"/vaktplaner/{roster}")
    found, about = {}, plain(problem.title)
    assert about
    for link in page.get_by_role("region", name="Last ned").get_by_role("link").all():
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename.replace(f"-{about}-", "-")
        assert name != download.value.suggested_filename
        found[name] = Path(download.value.path()).read_bytes()
    assert found.keys() == OPENED.keys()
    assert [name for name, opens in OPENED.items() if not opens(found[name])] == []
    page.goto(desk.path)
    with page.expect_download() as download:
        desk.follow("Last ned arbeidsboken")
    assert _table(Path(download.value.path()).read_bytes())


def test_a_period_is_closed_a_balance_put_right_and_the_chain_checked(desk: Desk) -> None:
    page = desk.page
    duties = desk.site.loaded(desk.plan).problem.duties
    who = ("kari", "ola", "siv")
    roster = desk.site.roster(desk.plan, {own.id: who[n % 3] for n, own in enumerate(duties)})
    desk.site._published(roster)
    page.goto("/vaktkonto")
    page.get_by_label("Vaktplan", exact=True).select_option(value=roster)
    desk.button("Avslutt perioden")
    desk.told("Perioden er avsluttet.")
    desk.follow("Rett en saldo")
    correction = page.get_by_role("region", name="Rett en saldo")
    correction.get_by_label("Endring").fill("mange")
    desk.button("Før rettelsen")
    desk.faults("Det som står i «Endring», kan ikke brukes.", "Fyll ut «Grunn».")
    page.get_by_label("Lege", exact=True).select_option(label="Kari Nordmann")
    page.get_by_label("Endring").fill("−1,5")
    page.get_by_label("Grunn", exact=True).fill("Vakten 3. mars ble byttet muntlig")
    desk.button("Før rettelsen")
    desk.told("Rettelsen er ført.")
    desk.follow("Kari Nordmann")
    expect(page.locator("main")).to_contain_text("byttet muntlig")
    page.goto("/vaktkonto/kontroll")
    expect(page.get_by_text("kjeden er hel")).to_be_visible()
