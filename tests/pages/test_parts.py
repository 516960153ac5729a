"""A coordinator changes a plan on its pages."""

from html import unescape
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from api.pages.parts.cells import SHEETS
from api.pages.parts.files import table
from api.pages.parts.pasted import pasted
from api.pages.tables import as_file
from fixtures.files import PLANS
from scheduler.reading.shape import parse_plan
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


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """A plan with rows in every part, among them what a spreadsheet could take for a formula."""
    document = yaml.safe_load((PLANS / "fjell.yaml").read_text(encoding="utf-8"))
    doctor, pattern = document["doctors"][0]["id"], document["patterns"][0]["id"]
    document["doctors"][1]["name"] = "+Åse =Lie"
    document["doctors"][0]["practice_share"] = 0.8125
    document["ledger"][0] |= {"points": -12.5, "nights": -0.125, "weekends": 123.456789}
    document["points"] = [{"hours": "night", "pattern": pattern, "on_site": 2.5}]
    day = {"pattern": pattern, "date": document["first_day"]}
    document["changed_duties"] = [{**day, "needed": 0}]
    document["published"] = [{**day, "doctor": doctor}]
    found: dict[str, Any] = parse_plan(document).to_document()
    return found


@pytest.mark.parametrize("part", SHEETS)
def test_every_part_as_a_file_means_the_same_when_it_is_pasted_back(
    part: str, whole: dict[str, Any]
) -> None:
    sheet = SHEETS[part]
    rows = whole[sheet.name]
    file = bytes(as_file(part, table(sheet, whole)).body).decode("utf-8-sig")
    back = pasted(sheet, file, whole)
    assert not back.faults
    named = [
        {**new, **{key: old[key] for key in ("id",) if key in old}}
        for old, new in zip(rows, back.items, strict=True)
    ]
    again = parse_plan({**whole, sheet.name: named})
    assert again.to_document()[sheet.name] == rows


def test_in_a_file_numbers_are_numbers_and_text_is_text(whole: dict[str, Any]) -> None:
    def lines(part: str) -> list[dict[str, str]]:
        head, *rows = table(SHEETS[part], whole)
        return [dict(zip(head, row, strict=True)) for row in rows]

    account = lines("vaktkonto")[0]
    assert (account["Poeng"], account["Netter"], account["Helger"]) == (
        "-12,5",
        "-0,125",
        "123,456789",
    )
    assert lines("leger")[1]["Navn"] == "'+Åse =Lie"


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
