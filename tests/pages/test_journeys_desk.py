"""What a coordinator does at the desk of a roster, in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from api import library
from api.pages import times
from tests.api.plans import tiny
from tests.pages.conftest import REAL_NOW, Visit, served
from tests.pages.keys import Keyboard
from tests.pages.site import Site
from tests.pages.test_looks import violations
from tests.service import databases
from tests.service.jobs import done
from tests.service.world import PASSWORD
from tests.support import PATIENCE


@pytest.fixture(scope="module")
def desks() -> Iterator[Site]:
    """A service whose rosters the tests here change, each its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times, "now", REAL_NOW)
        with databases.sqlite() as address, served(Site(address)) as running:
            yield running


@pytest.mark.slow
def test_a_roster_is_made_mended_and_published_without_a_mouse(desks: Site, visit: Visit) -> None:
    plan = desks.plan()
    page = visit(desks)
    keys = Keyboard(page)

    page.goto("/logg-inn")
    keys.tab_to(page.locator("[name=email]"))
    page.keyboard.type("coordinator@fjell.example")
    keys.tab_to(page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/")
    keys.enter(page.locator(f"main a[href='/planer/{plan}']").first)
    page.wait_for_url(f"**/planer/{plan}")
    keys.tab_to(page.locator("[name=seconds]"))
    keys.press("Home")  # the shortest
    keys.enter(page.get_by_role("button", name="Lag vaktplan"))
    page.wait_for_url("**/jobber/*")
    keys.tab_to(page.locator("#fremdrift button"))
    done(desks, page.url.rsplit("/", 1)[1])
    opened = page.locator("#fremdrift a.ds-button").first
    expect(opened).to_be_focused()  # where the button to stop was
    keys.press("Enter")
    page.wait_for_url("**/vaktplaner/*")

    first = page.locator(".rv-grid tbody td a").first
    keys.tab_to(first)
    doctor, duty = keys.place().split()
    keys.press("Enter")
    expect(page.locator("#vakt h2")).to_be_focused()
    keys.press("Escape")
    assert keys.place() == f"{doctor} {duty}"
    keys.press("Enter")
    expect(page.locator("#vakt h2")).to_be_focused()
    keys.enter(page.get_by_role("button", name="Ta vakten fra"))
    expect(page.locator("#meldinger")).to_contain_text("har ikke lenger vakten")
    assert keys.place() == f" {duty}"  # the hole

    keys.press("ArrowUp", "h")
    assert keys.place() == f" {duty}"
    keys.press("Enter")
    expect(page.locator("#vakt h2")).to_be_focused()
    keys.enter(page.get_by_role("button", name="Gi vakten til").first)
    expect(page.locator("#meldinger")).to_contain_text("har fått vakten")
    taken = keys.place()
    assert taken.endswith(duty)
    keys.press("Control+z")
    expect(page.locator(".rv-grid tfoot td a")).to_be_focused()
    keys.press("Control+z")
    expect(page.locator(".rv-grid tfoot")).to_have_count(0)
    assert keys.place() == f"{doctor} {duty}"
    keys.press("Control+y")
    expect(page.locator(".rv-grid tfoot td a")).to_be_focused()
    keys.press("Control+y")
    expect(page.locator(".rv-grid tfoot")).to_have_count(0)
    assert keys.place() == taken

    keys.press("?")
    expect(page.locator("#taster")).to_be_visible()
    keys.press("Escape")
    assert keys.place() == taken
    keys.enter(page.locator(".rv-parts a[href$='/publiser']"), back=True)
    keys.enter(page.get_by_role("button", name="Publiser"))
    page.wait_for_url("**/vaktplaner/*")
    expect(page.locator("#meldinger")).to_contain_text("Vaktplanen er publisert")

    page.goto("/")
    changed = page.locator("section[aria-labelledby=endret] li", has_text="Vaktplan: Fjell")
    expect(changed.first).to_contain_text("Coordinator: publiserte en vaktplan")
    expect(changed.first).to_contain_text(re.compile(r"endret en vaktplan \d+ ganger"))
    assert violations(page) == []


@dataclass(frozen=True)
class Desk:
    """A lawful roster on a page, and where its cells are."""

    page: Page
    path: str
    who: dict[str, str]

    def link(self, duty: str) -> Locator:
        return self.page.locator(f".rv-grid td a[href$='/vakter/{duty}']")

    def cell(self, doctor: str, duty: str) -> Locator:
        """The doctor's cell on the day of a duty."""
        column = self.link(duty).evaluate("own => own.closest('td').cellIndex")
        return self.page.locator(f".rv-grid tr[data-lege={doctor}] > *").nth(column)

    def holder(self, duty: str) -> str:
        found: str = self.link(duty).evaluate("own => own.closest('tr').dataset.lege || ''")
        return found

    def drag(self, duty: str, to: Locator) -> None:
        """Take a duty as far as a cell, and hold it there until the verdict has come."""
        self.link(duty).hover()
        self.page.mouse.down()
        to.hover()
        expect(self.page.locator(".rv-grid th[data-verdict]").first).to_be_visible()

    @property
    def told(self) -> Locator:
        return self.page.locator("#loeftet")


@pytest.fixture
def desk(desks: Site, visit: Visit) -> Desk:
    """Three doctors who have a fortnight's duties by turns; two in a row break no rule."""
    plan = desks.plan()
    solved = library.solve(desks.loaded(plan), seconds=PATIENCE, workers=1).roster
    assert solved is not None
    who = {own.duty: own.doctor for own in solved.assignments}
    path = f"/vaktplaner/{desks.roster(plan, who)}"
    page = visit(desks, "coordinator")
    page.goto(path)
    return Desk(page, path, who)


@pytest.mark.slow
def test_a_duty_is_dragged_swapped_asked_about_and_refused_when_late(
    desk: Desk, visit: Visit, desks: Site
) -> None:
    page, keys = desk.page, Keyboard(desk.page)
    days = sorted((duty.split("/")[1], duty) for duty in desk.who)
    duty = next(own for _, own in days if desk.who[own] == "kari")

    # To an empty cell: given. The verdict and its price stand beside the pointer.
    free = page.locator(".rv-grid tr[data-lege=ola] td:not(.sum):empty").first
    desk.drag(duty, free)
    expect(desk.told).to_contain_text("Gi vakten til Ola Bråten")
    expect(desk.told).to_contain_text("Lovlig.")
    expect(desk.told).to_contain_text("poeng (mål")
    page.mouse.up()
    expect(page.locator("#meldinger")).to_contain_text("Ola Bråten har fått vakten")
    assert desk.holder(duty) == "ola"
    assert keys.place() == f"ola {duty}"

    # By keys to another's duty: a swap. Esc lets go; the focus is where it was.
    keys.press("m")
    expect(desk.told).to_contain_text("Du flytter")
    keys.press("ArrowDown", "Escape")
    expect(desk.told).to_be_hidden()
    assert keys.place() == f"ola {duty}"
    other = next(own for _, own in days if desk.who[own] == "siv")
    steps = desk.cell("ola", other).evaluate("own => own.cellIndex") - desk.link(duty).evaluate(
        "own => own.closest('td').cellIndex"
    )
    keys.press("m", "ArrowDown", *["ArrowRight" if steps > 0 else "ArrowLeft"] * abs(steps))
    expect(desk.told).to_contain_text("Bytt med Siv Åsen")
    expect(desk.told).to_contain_text("Lovlig")
    keys.press("Enter")
    expect(page.locator("#meldinger")).to_contain_text("har byttet")
    assert (desk.holder(duty), desk.holder(other)) == ("siv", "ola")
    assert keys.place() == f"siv {duty}"

    # Dropped nowhere: nothing is sent, and no duty opens.
    desk.drag(duty, page.locator("h1"))
    page.mouse.up()
    expect(desk.told).to_be_hidden()
    expect(page.locator("#vakt")).to_be_hidden()

    # Somebody else was quicker.
    late = visit(desks, "coordinator")
    late.goto(desk.path)
    page.keyboard.press("Control+z")
    page.wait_for_url("**/vaktplaner/*")
    expect(page.locator("#meldinger")).to_contain_text("Vaktplanen er igjen")
    second = Desk(late, desk.path, desk.who)
    second.link(duty).hover()
    late.mouse.down()
    late.locator("h1").hover()
    expect(second.told).to_contain_text("Noen andre har endret vaktplanen.")
    late.locator(".rv-grid tr[data-lege=kari] th").hover()
    late.mouse.up()
    expect(late.locator("h1")).to_have_text("Noen andre var raskere")


@pytest.mark.slow
def test_of_two_on_a_duty_the_one_in_whose_row_it_was_opened_is_moved(
    desks: Site, visit: Visit
) -> None:
    evening, weekend = tiny()["patterns"]
    plan = desks.plan(patterns=[{**evening, "needed": 2}, weekend])
    duty = desks.loaded(plan).problem.duties[0].id
    roster = desks.roster(plan, {duty: "kari"})
    second = {"on": [{"duty": duty, "doctor": "ola"}]}
    edited = desks["coordinator"].ask(
        "PATCH", f"/rosters/{roster}", json=second, headers={"If-Match": '"1"'}
    )
    assert edited.status_code == 200, edited.text
    page = visit(desks, "coordinator")
    page.goto(f"/vaktplaner/{roster}?vakt={duty}")
    expect(page.locator("#vakt")).to_contain_text("Ta vakten fra Kari Nordmann")
    expect(page.locator("[data-lift]")).to_have_count(0)  # whose?

    page.locator(f"tr[data-lege=ola] a[href$='/vakter/{duty}']").click()
    expect(page.locator("[data-lift]")).to_have_attribute("data-giver", "ola")
    told = page.locator("#loeftet")
    page.route("**/flytting/**", lambda route: route.fulfill(body="half an ans"))
    page.locator("[data-lift]").click()
    expect(told).to_contain_text(str(told.get_attribute("data-failed")))
    prevented = "key => !document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
    prevented += "{key, bubbles: true, cancelable: true}))"
    keys = ("F5", "PageDown", " ", "h", "ArrowDown", "Escape")
    assert [key for key in keys if page.evaluate(prevented, key)] == [*keys[4:]]
    expect(told).to_be_hidden()

    page.unroute("**/flytting/**")
    built: list[str] = []
    page.on("request", lambda own: built.append(own.url) if "helhet" in own.url else None)
    page.route("**/flytting/**helhet=true**", lambda route: route.fulfill(body="half an ans"))
    for _ in range(2):  # put down at once, then held
        assert not built
        page.keyboard.press("Escape")
        page.locator(f"tr[data-lege=ola] a[href$='/vakter/{duty}']").click()
        expect(page.locator("[data-lift]")).to_be_visible()
        desks.service.desks.forget()  # the panel has had the model built
        page.locator("[data-lift]").click()
        expect(told).to_contain_text("Du flytter")
    page.locator("tr[data-lege=siv] td:not(.sum)").first.click()
    expect(told).to_contain_text(str(told.get_attribute("data-pricing")))
    expect(told).to_contain_text(str(told.get_attribute("data-unpriced")))
    assert len(built) == 1
    page.locator("#loeftet [data-do]").click()
    expect(page.locator("#meldinger")).to_contain_text("Siv Åsen har fått vakten")
