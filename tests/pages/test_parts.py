"""A coordinator changes a plan on its pages."""

from html import unescape

from fastapi.testclient import TestClient

from tests.pages.site import Site
from tests.pages.test_access import _browser

PASTED = "Lege\tSlag\tFra\tTil og med\n" + "".join(
    f"Kari Nordmann\tferie\t{day:02}.07.2027\t{day:02}.07.2027\n" for day in (5, 6, 7)
)


def test_a_part_as_a_table_can_be_pasted_back(own_site: Site) -> None:
    plan = own_site.plan()
    browser: TestClient = _browser(own_site, "coordinator")
    table = browser.get(f"/planer/{plan}/deler/leger/fil.csv")
    assert table.headers["content-disposition"] == 'attachment; filename="leger.csv"'
    head, kari, *_ = table.content.decode("utf-8-sig").splitlines()
    row = kari.replace("Kari Nordmann", "Eva Lie").replace("01.06.1980", "02.03.1985")
    filled = {"version": "1", "text": f"{head}\n{row}", "lagre": "1"}
    pasted = browser.post(f"/planer/{plan}/lim-inn/leger", data=filled, follow_redirects=False)
    assert pasted.status_code == 303, pasted.text
    again = browser.get(f"/planer/{plan}/deler/leger/fil.csv").content.decode("utf-8-sig")
    assert again.splitlines()[-1] == row


def test_unknown_names_are_told_with_the_cells_that_cannot_be_read(own_site: Site) -> None:
    plan = own_site.plan()
    browser: TestClient = _browser(own_site, "coordinator")
    text = "Lege\tSlag\tFra\nKari Nordman\tferie\t30.02.2027\nHvem Er\tkurs\t05.03.2027"
    told = browser.post(f"/planer/{plan}/lim-inn/fravar", data={"version": "1", "text": text})
    assert told.status_code == 422
    page = unescape(told.text)
    assert "Denne datoen finnes ikke i kalenderen." in page
    assert page.count("Navnet finnes ikke under «Leger».") == 2
    assert "Mente du «Kari Nordmann»?" in page
    assert "linje 3, «Lege»" in page


def _kari(**changes: str) -> dict[str, str]:
    return {
        "version": "1",
        "id": "kari",
        "name": "Kari Nordmann",
        "born": "1980-06-01",
        "municipality": "fjell",
        "employment": "self_employed",
        **changes,
    }


def test_a_share_with_a_fault_then_right_and_three_absences_at_once(own_site: Site) -> None:
    plan = own_site.plan()
    browser: TestClient = _browser(own_site, "coordinator")
    path = f"/planer/{plan}/deler/leger/kari"
    wrong = browser.post(path, data=_kari(practice_share="tull"), follow_redirects=False)
    assert wrong.status_code == 422
    assert 'id="feil-practice_share"' in wrong.text
    right = browser.post(path, data=_kari(practice_share="80 %"), follow_redirects=False)
    assert right.status_code == 303, right.text
    pasting = f"/planer/{plan}/lim-inn/fravar"
    filled = {"version": "2", "text": PASTED}
    preview = browser.post(pasting, data=filled)
    assert "3 rader blir lagt til" in preview.text
    stored = browser.post(pasting, data={**filled, "lagre": "1"}, follow_redirects=False)
    assert stored.status_code == 303, stored.text
    document = own_site["coordinator"].get(f"/plans/{plan}/versions/3/document").json()
    assert [own["doctor"] for own in document["absences"]][-3:] == ["kari"] * 3
