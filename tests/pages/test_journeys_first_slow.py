"""The first hour: an empty installation, the example, and a workbook with faults."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from api.pages import times
from api.service.app import create_app
from api.service.settings import Settings
from scheduler.reading.shape import parse_plan
from scheduler.reading.write import to_workbook
from tests.api.plans import tiny
from tests.pages.conftest import REAL_NOW, Visit, served
from tests.pages.site import Site
from tests.service import databases

pytestmark = pytest.mark.slow

TWO_MINUTES = 120_000
MOST_CLICKS = 4
FOUNDER = {
    "Navn på samarbeidet eller kommunen": "Fjellregionen legevakt",
    "Navnet ditt": "Kari Kollen",
    "E-post": "kari@fjell.example",
    "Passord": "fem blå elger på tur",
}


class Empty(Site):
    """A service in which nobody has an account; it does its jobs itself."""

    def __init__(self, address: str) -> None:
        self.settings = Settings(database=address, workers_per_job=1, sends_messages=False)
        self.app = create_app(self.settings)
        self.service = self.app.state.service


@pytest.fixture
def empty() -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", REAL_NOW)
        with databases.sqlite() as address, served(Empty(address)) as running:
            yield running


def _found(page: Page) -> None:
    """Make the first account, as the first page asks."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Velkommen til Rettvakt")).to_be_visible()
    for label, value in FOUNDER.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Kom i gang").click()
    expect(page.get_by_role("heading", name="Slik begynner du")).to_be_visible()


def test_from_nothing_to_a_roster_of_the_example_within_two_minutes(
    empty: Site, visit: Visit
) -> None:
    page = visit(empty)
    clicks: list[None] = []
    page.expose_function("clicked", lambda: clicks.append(None))
    page.add_init_script("addEventListener('click', () => clicked(), true)")
    page.set_default_timeout(TWO_MINUTES)  # each step; the search takes half a minute of it
    _found(page)
    page.get_by_role("button", name="Prøv eksempelet").click()
    roster = page.locator("#fremdrift").get_by_role("link", name="Se vaktplanen")
    expect(roster).to_be_visible(timeout=TWO_MINUTES)
    roster.click()
    expect(page.get_by_text("Ingen regelbrudd")).to_be_visible()
    expect(page.locator(".rv-grid tbody tr")).to_have_count(26)
    assert len(clicks) <= MOST_CLICKS


def test_a_workbook_is_taken_with_every_fault_told_and_nothing_half_saved(
    empty: Site, visit: Visit, tmp_path: Path
) -> None:
    page = visit(empty)
    _found(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned arbeidsbok").click()
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    _fill(book)
    doctors, absences = book["Leger"], book["Fravær"]
    born, employment = _column(doctors, "Født"), _column(doctors, "Tilknytning")
    right = doctors.cell(3, born).value, doctors.cell(4, employment).value
    doctors.cell(3, born).value = "31.02.1980"
    doctors.cell(4, employment).value = "fastlønnet"
    absences.cell(3, _column(absences, "Lege")).value = "kari"
    absences.cell(3, _column(absences, "Slag")).value = "ferie"
    page.get_by_role("link", name="Last opp arbeidsboken").click()
    _upload(page, book, tmp_path)
    told = page.get_by_role("region", name="Dette må rettes")
    for place in (
        "Ark «Leger», rad 3, kolonne «Født»",
        "Ark «Leger», rad 4, kolonne «Tilknytning»",
        "Ark «Fravær», rad 3, kolonne «Fra»",
    ):
        expect(told.get_by_role("row").filter(has_text=place)).to_be_visible()
    expect(told).to_contain_text("31.02.1980")
    page.goto("/planer")
    expect(page.get_by_role("heading", name="Ingen planer ennå")).to_be_visible()

    doctors.cell(3, born).value, doctors.cell(4, employment).value = right
    absences.cell(3, _column(absences, "Fra")).value = "05.03.2027"
    page.goto("/planer/ny")
    _upload(page, book, tmp_path)
    expect(page.locator("#meldinger")).to_contain_text("Planen er lagret.")
    expect(page.get_by_role("heading", name="Fjell, mars 2027", level=1)).to_be_visible()


def _fill(book: Workbook) -> None:
    """A small plan, written into the empty workbook below its examples."""
    for sheet in load_workbook(BytesIO(to_workbook(parse_plan(tiny())))):
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.value is not None:
                    book[sheet.title].cell(cell.row + 1, cell.column).value = cell.value


def _column(sheet: Worksheet, title: str) -> int:
    return next(own.column for own in sheet[1] if own.value == title)


def _upload(page: Page, book: Workbook, folder: Path) -> None:
    book.save(folder / "plan.xlsx")
    page.get_by_label("Arbeidsbok eller planfil").set_input_files(folder / "plan.xlsx")
    page.locator("main").get_by_role("button", name="Last opp").click()
