"""What a coordinator does at the desk of a roster, in a real browser."""

from playwright.sync_api import expect

from tests.pages.conftest import Visit
from tests.pages.keys import Keyboard
from tests.pages.site import Site
from tests.service.jobs import done
from tests.service.world import PASSWORD


def test_a_roster_is_made_mended_and_published_without_a_mouse(
    own_site: Site, visit: Visit
) -> None:
    plan = own_site.plan()
    page = visit(own_site)
    keys = Keyboard(page)

    page.goto("/logg-inn")
    keys.tab_to(page.locator("[name=email]"))
    page.keyboard.type("coordinator@fjell.example")
    keys.tab_to(page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/")
    keys.enter(page.locator(f"main a[href='/planer/{plan}']"))
    page.wait_for_url(f"**/planer/{plan}")
    keys.tab_to(page.locator("[name=seconds]"))
    keys.press("Home")  # the shortest
    keys.enter(page.get_by_role("button", name="Lag vaktplan"))
    page.wait_for_url("**/jobber/*")
    keys.tab_to(page.locator("#fremdrift button"))
    done(own_site, page.url.rsplit("/", 1)[1])
    opened = page.locator("#fremdrift a.ds-button")
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
