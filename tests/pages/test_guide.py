"""`docs/brukerveiledning.md`, followed step by step with the words that stand in it.

Slow: a service of its own starts as the guide's reader starts it, and computes rosters.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from scheduler.reading.plan import Plan
from scheduler.reading.write import to_workbook
from tests.api.plans import tiny
from tests.service import databases
from tests.service.processes import Fleet
from tests.support import PATIENCE

pytestmark = pytest.mark.slow

GUIDE = Path(__file__).parents[2] / "docs" / "brukerveiledning.md"
PASSWORD = "et langt passord til veiledningen"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Reader:
    """Somebody with the guide in the hand: presses what it names, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._guide = " ".join(GUIDE.read_text("utf-8").split())

    def presses(self, name: str, role: str = "button") -> None:
        """Press what the guide calls by its name in «»; what ends in … goes on there."""
        assert f"«{name}»" in self._guide, f"the guide does not name «{name}»"
        pattern = re.compile("^" + re.escape(name).replace("…", ".*"))
        self.page.get_by_role(cast(Any, role), name=pattern).first.click()
        self.page.wait_for_load_state()

    def follows(self, name: str) -> None:
        """The same for a link."""
        self.presses(name, "link")

    def sees(self, text: str) -> None:
        """What the page says after it."""
        expect(self.page.locator("body")).to_contain_text(text)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The browser of a new user, before a service that nobody has used."""
    with databases.sqlite() as address:
        fleet = Fleet(address, {"RETTVAKT_SENDS_MESSAGES": "false"}, 0, tmp_path)
        try:
            fleet.ready()
            context = browser.new_context(locale="nb-NO", base_url=f"http://127.0.0.1:{fleet.port}")
            context.set_default_timeout(PATIENCE * 1000)
            yield context.new_page()
            context.close()
        finally:
            assert fleet.close() == []


def test_the_guide_can_be_followed(page: Page) -> None:
    reader = Reader(page)
    _start(reader)
    _workbook(reader)
    plan = page.url
    _wishes(reader, plan)
    page.goto(plan)
    page.get_by_label("Hvor lenge skal det letes?").select_option("30")
    reader.presses("Lag vaktplan")
    reader.follows("Se vaktplanen")
    roster = page.url.split("?")[0]
    _holes(reader, roster)
    password = _doctor(reader)
    _hearing_and_publishing(reader, roster)
    _is_ill(reader, roster)
    _her_pocket(reader, password)


def _start(reader: Reader) -> None:
    page = reader.page
    page.goto("/")
    page.get_by_label("Navn på samarbeidet").fill("Fjellregionen legevakt")
    page.get_by_label("Navnet ditt").fill("Kari Moe")
    page.get_by_label("E-post").fill("kari@kommune.example")
    page.get_by_label("Passord").fill(PASSWORD)
    reader.presses("Kom i gang")
    reader.presses("Prøv eksempelet")
    reader.follows("Se vaktplanen")
    expect(page.locator(".rv-grid tbody tr").first).to_be_visible()
    reader.sees("Bokstavene")


def _workbook(reader: Reader) -> None:
    """Steps 3 and 4: an empty workbook is refused, so is a wrong one; a right one is a plan."""
    page = reader.page
    reader.follows("Planer")
    reader.follows("Last opp plan")
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned arbeidsbok").click()
    empty = download.value.path().read_bytes()
    assert "Veiledning" in openpyxl.load_workbook(io.BytesIO(empty)).sheetnames
    good = to_workbook(Plan.model_validate(tiny()))
    for content in (empty, _with_a_fault(good)):
        _upload(page, content)
        reader.sees("Planen er ikke lagret.")
    row = page.get_by_role("row", name=re.compile("Leger"))
    expect(row).to_contain_text("rad 2")
    expect(row).to_contain_text("fjel")
    _upload(page, good)
    reader.sees("Planen er lagret.")


def _wishes(reader: Reader, plan: str) -> None:
    page = reader.page
    reader.follows("Innholdet i planen")
    reader.sees("Leger")
    page.goto(plan)
    reader.follows("Ønskerunder")
    page.get_by_label("Frist").fill("2100-01-01T12:00")
    reader.presses("Åpne runden")
    reader.sees("åpen")


def _holes(reader: Reader, roster: str) -> None:
    """Step 7: a duty that lacks a doctor gets one again."""
    page = reader.page
    page.get_by_role("row", name=re.compile("Siv Åsen")).get_by_role("link").first.click()
    page.get_by_role("button", name="Ta vakten fra Siv Åsen").click()
    page.goto(roster)
    page.get_by_role("row", name=re.compile("Uten lege")).get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Finn ut hvorfor ingen har den")).to_be_visible()
    reader.presses("Gi vakten til …")
    page.goto(roster)
    reader.sees("Alle vakter er fylt")


def _doctor(reader: Reader) -> str:
    """An account for Siv; gives the first password."""
    page = reader.page
    page.get_by_text("Mer", exact=True).click()
    reader.follows("Brukere")
    page.get_by_label("Navn").fill("Siv Åsen")
    page.get_by_label("E-post").fill("siv@kommune.example")
    page.get_by_label("Rolle").select_option("doctor")
    page.get_by_label("Lege i planen").select_option("siv")
    reader.presses("Opprett bruker")
    return page.locator("code.rv-mark").inner_text()


def _hearing_and_publishing(reader: Reader, roster: str) -> None:
    page = reader.page
    page.goto(roster)
    reader.follows("Høring")
    reader.presses("Send på høring")
    reader.sees("Kommentarer fra legene")
    reader.follows("Publisering")
    reader.sees("Leger som får melding")
    reader.presses("Publiser versjon …")
    reader.sees("Kalenderne er oppdatert")


def _is_ill(reader: Reader, roster: str) -> None:
    page = reader.page
    page.goto(roster)
    reader.follows("Noen er borte")
    page.get_by_label("Hvem er borte?").select_option("ola")
    page.get_by_label("Fra og med").fill("2027-03-01")
    page.get_by_label("Til og med").fill("2027-03-07")
    reader.presses("Finn løsninger")
    page.get_by_role("link", name="Se forslagene").click()
    page.get_by_role("button", name=re.compile("Velg forslag 1")).click()
    page.goto(roster)
    reader.sees("endret etter publisering")


def _her_pocket(reader: Reader, password: str) -> None:
    """What stands there for doctors: first password, next duty, calendar, swap, account, data."""
    page = reader.page
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_label("E-post").fill("siv@kommune.example")
    page.get_by_label("Passord").fill(password)
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_label("Passordet du har nå").fill(password)
    page.get_by_label("Nytt passord").fill(PASSWORD)
    page.get_by_role("button", name="Bytt passord").click()
    page.get_by_label("E-post").fill("siv@kommune.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    reader.sees("Neste vakt")
    reader.follows("Få vaktene i kalenderen")
    page.get_by_label("Hva kaller du den?").fill("Telefonen")
    reader.presses("Lag adresse")
    expect(page.get_by_role("link", name="Åpne i kalenderen").first).to_be_visible()
    page.goto("/mine-vakter")
    page.get_by_role("link", name="Hvorfor meg? Bytte?").click()
    reader.sees("Hvorfor meg?")
    reader.follows("Tilby vakten til andre")
    reader.presses("Tilby vakten")
    reader.sees("Den er din til noen har tatt den")
    for place in ("Min konto", "Mine data"):
        page.get_by_text("Mer", exact=True).click()
        page.get_by_role("link", name=place).click()
        expect(page.get_by_role("heading", level=1, name=place)).to_be_visible()


def _upload(page: Page, content: bytes) -> None:
    page.get_by_label("Arbeidsbok eller planfil").set_input_files(
        {"name": "plan.xlsx", "mimeType": EXCEL, "buffer": content}
    )
    page.get_by_role("button", name="Last opp", exact=True).click()
    page.wait_for_load_state()


def _with_a_fault(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Leger"]["D2"] = "fjel"  # there is no such municipality
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()
