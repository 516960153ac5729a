"""A coordinator at a published roster: somebody is ill, a duty has nobody, and what if."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from api.pages import times
from api.service.jobs.tables import Job
from api.service.messages.tables import Message
from tests.pages.conftest import REAL_NOW, Visit, served
from tests.pages.site import Site
from tests.service import databases
from tests.service.colleagues import holders, publish, with_colleagues
from tests.service.jobs import done
from tests.service.test_job_kinds import ONE_MORE

pytestmark = pytest.mark.slow

WHO = ("kari", "ola", "siv")


@pytest.fixture(scope="module")
def rosters() -> Iterator[Site]:
    """A service whose doctors have accounts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", REAL_NOW)
        with databases.sqlite() as address, served(Site(address)) as running:
            with_colleagues(running)
            yield running


def _roster(site: Site, *, hole: bool = False) -> str:
    """A published roster in which three take turns; perhaps the second duty has nobody."""
    plan = site.plan()
    duties = site.loaded(plan).problem.duties
    given = {own.id: WHO[n % 3] for n, own in enumerate(duties) if not (hole and n == 1)}
    roster = site.roster(plan, given)
    publish(site, roster, "*")
    return roster


def _press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def _job(site: Site, page: Page) -> None:
    """Do the job that the page shows, in its place."""
    page.wait_for_url("**/jobber/*")
    job = page.url.rsplit("/", 1)[1]
    with site.service.database.writing() as session:
        found = session.get_one(Job, job)
        found.options = {**found.options, "seconds": 5.0}
    assert done(site, job)["state"] == "done"


def test_somebody_is_ill_an_option_is_chosen_and_those_concerned_are_told(
    rosters: Site, visit: Visit
) -> None:
    roster = _roster(rosters)
    was, before = holders(rosters, roster), set(_told(rosters))
    page = visit(rosters, "coordinator")
    page.goto(f"/vaktplaner/{roster}")
    page.get_by_role("link", name="Noen er borte").click()
    page.get_by_label("Hvem er borte?").select_option(label="Kari Nordmann")
    page.get_by_label("Fra og med").fill("2027-03-04")
    page.get_by_label("Til og med").fill("2027-03-03")
    _press(page, "Finn løsninger")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.get_by_label("Fra og med").fill("2027-03-03")
    page.get_by_label("Til og med").fill("2027-03-04")
    _press(page, "Finn løsninger")
    _job(rosters, page)
    page.get_by_role("link", name="Se forslagene").click()
    option = page.get_by_role("article", name="Forslag 1")
    expect(option).to_contain_text("Kari Nordmann →")
    expect(option).to_contain_text("(mål ")
    _press(page, "Velg forslag 1")
    expect(page.locator("#meldinger")).to_contain_text("Publiser for å gi beskjed.")
    now = holders(rosters, roster)
    changed = {own for own in was if was[own] != now.get(own)}
    assert changed
    assert {was[own] for own in changed} == {"kari"}
    touched = {"kari"} | {now[own] for own in changed if own in now}

    page.get_by_role("link", name="Publisering").first.click()
    page.locator("main").get_by_role("button", name="Publiser versjon 2").click()
    expect(page.locator("#meldinger")).to_contain_text("publisert")
    told = dict(own for key, own in _told(rosters).items() if key not in before)
    assert told.keys() == {f"{'doctor' if own == 'kari' else own}@fjell.example" for own in touched}
    gone = told.pop("doctor@fjell.example")
    assert "− Hjemmevakt hverdag" in gone
    assert "\n+ Hjemmevakt" not in gone
    assert all("\n+ Hjemmevakt hverdag" in body for body in told.values())


def _told(site: Site) -> dict[str, tuple[str, str]]:
    """What waits to be sent, by id: address and text."""
    with site.service.database.reading() as session:
        found = session.scalars(select(Message)).all()
        return {own.id: (own.address, own.body) for own in found}


def test_a_hole_is_explained_and_a_way_out_tried_and_taken(rosters: Site, visit: Visit) -> None:
    roster = _roster(rosters, hole=True)
    before = len(holders(rosters, roster))
    page = visit(rosters, "coordinator")
    page.goto(f"/vaktplaner/{roster}")
    page.locator(".rv-grid tfoot td a").first.click()
    _press(page, "Finn ut hvorfor ingen har den")
    _job(rosters, page)
    page.locator("#fremdrift").get_by_role("link").click()
    expect(page.get_by_role("article").first).to_be_visible()
    _press(page, "Prøv denne (1)")
    expect(page.get_by_text("Ingenting er lagret")).to_be_visible()
    _press(page, "La den gjelde")
    expect(page.locator("#meldinger")).to_contain_text("Utveien er lagret som ny versjon.")
    assert len(holders(rosters, roster)) == before + 1


def test_scenarios_are_uploaded_compared_side_by_side_and_the_memo_opens(
    rosters: Site, visit: Visit, tmp_path: Path
) -> None:
    plan = rosters.plan()
    page = visit(rosters, "coordinator")
    page.goto(f"/planer/{plan}/scenarier")
    file = tmp_path / "scenarier.yaml"
    text = yaml.safe_dump({"format": "rettvakt-scenarios", "version": 1, **ONE_MORE})
    file.write_text(text.replace("municipality: fjell", "municipality: fjel"), "utf-8")
    page.get_by_label("Scenariofil").set_input_files(file)
    _press(page, "Last opp")
    expect(page.get_by_role("region", name="Dette må rettes")).to_contain_text("Mente du «fjell»?")
    file.write_text(text, "utf-8")
    page.get_by_label("Scenariofil").set_input_files(file)
    _press(page, "Last opp")
    expect(page.get_by_role("heading", name="Én lege til")).to_be_visible()
    _press(page, "Sammenlign")
    _job(rosters, page)
    page.locator("#fremdrift").get_by_role("link").click()
    table = page.get_by_role("region", name="Side om side")
    expect(table.get_by_role("columnheader", name="Én lege til")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="notat.pdf").click()
    memo = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    assert "Én lege til" in "".join(own.extract_text() for own in memo.pages)


def test_two_rosters_of_a_plan_are_compared_and_a_duty_is_locked_and_set_free(
    rosters: Site, visit: Visit
) -> None:
    plan = rosters.plan()
    duties = rosters.loaded(plan).problem.duties
    rosters.roster(plan, {own.id: WHO[n % 3] for n, own in enumerate(duties)})
    newer = rosters.roster(plan, {own.id: WHO[(n + (n == 0)) % 3] for n, own in enumerate(duties)})
    page = visit(rosters, "coordinator")
    page.goto(f"/vaktplaner/{newer}/versjoner")
    page.get_by_role("link", name="Sammenlign vaktplaner").click()
    expect(page.locator("main")).to_contain_text("1 vakt er besatt på en annen måte")
    expect(page.locator("main")).to_contain_text("Kari Nordmann")

    page.goto(f"/vaktplaner/{newer}")
    page.locator(".rv-grid tbody td a").first.click()
    panel = page.locator("#vakt")
    expect(panel.get_by_role("button", name="Lås til").first).to_be_visible()
    panel.get_by_role("button", name="Lås til").first.click()
    expect(page.locator("#meldinger")).to_contain_text("låst")
    assert len(rosters.loaded(plan).problem.pins) == 1
    page.locator(".rv-grid tbody td a").first.click()
    panel.get_by_role("button", name="Lås opp").click()
    expect(page.locator("#meldinger")).to_be_visible()
    assert not rosters.loaded(plan).problem.pins


def test_choices_of_the_account_are_refused_at_their_field_and_then_kept(
    rosters: Site, visit: Visit
) -> None:
    page = visit(rosters, "coordinator")
    page.goto("/innstillinger")
    ceiling = page.get_by_label("Høyeste saldo, i prosent av andelen i en periode")
    ceiling.fill("20")
    _press(page, "Lagre valgene")
    expect(page.get_by_label("Høyeste saldo")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Høyeste saldo").fill("300")
    _press(page, "Lagre valgene")
    expect(page.locator("#meldinger")).to_contain_text("Valgene er ført i vaktkontoen.")
    page.reload()
    expect(page.get_by_label("Høyeste saldo")).to_have_value("300")
