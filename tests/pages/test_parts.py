"""A coordinator changes a plan on its pages."""

from fastapi.testclient import TestClient

from tests.pages.site import Site
from tests.pages.test_access import _browser

PASTED = "Lege\tSlag\tFra\tTil og med\n" + "".join(
    f"Kari Nordmann\tferie\t{day:02}.07.2027\t{day:02}.07.2027\n" for day in (5, 6, 7)
)


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
