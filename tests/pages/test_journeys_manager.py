"""What a municipality's manager comes for: is it lawful, who bears what, what does it cost."""

from playwright.sync_api import expect

from tests.pages.conftest import Look
from tests.pages.site import Site

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def test_a_manager_finds_law_burden_cost_and_the_memo(site: Site, look: Look) -> None:
    page = look("manager", **PHONE)
    page.goto("/")
    page.get_by_role("link", name="Min kommune").click()
    expect(page.get_by_text("Ingen regel er brutt.")).to_be_visible()
    breach = "Et brudd er en regel som ikke er fulgt: lov, avtale eller kommunens egen."
    expect(page.get_by_text(breach)).to_be_visible()
    burden = page.get_by_role("region", name="Belastningen på kommunens leger")
    expect(burden.last.get_by_role("rowheader", name="Kari Nordmann")).to_be_visible()
    costs = page.get_by_role("region", name="Timer og utgifter for kommunen")
    expect(costs).to_contain_text("Kommunen har ikke lagt inn egne timesatser.")
    expect(costs).to_contain_text("SFS 2305 pkt. 8.3 er ikke lest i avtalen")
    article = page.get_by_role("article").filter(has_text="Flere leger i vakt")
    expect(article).to_contain_text("Hver vakt er dekket i begge alternativene.")
    with page.expect_download() as download:
        article.get_by_role("link", name="Last ned som PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    article.get_by_role("link", name="Les notatet til politisk behandling").click()
    page.wait_for_url("**/notat.html")  # read where one is, not fetched as a file
    page.go_back()
    assert page.locator("main form").count() == 1  # to choose the roster: nothing is changed here
