"""What doctors see of offers before they open one, as browsers without scripts get it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from html import unescape

import pytest

from api.pages.swaps import views
from tests.api.plans import tiny
from tests.pages.browsing import Browsing
from tests.pages.site import Site
from tests.pages.test_access import _browser
from tests.service import databases
from tests.service.colleagues import published, with_colleagues

AWAY = {"doctor": "siv", "kind": "sick", "start": "2027-03-01", "end": "2027-03-02"}


@dataclass
class Rota(Browsing):
    """Kari's offers in a roster of hers, Ola's and Siv's, read by one of them at a time."""

    site: Site
    roster: str
    duties: list[str]

    def reads(self, who: str, path: str) -> str:
        """The words of a page, without tags."""
        self.browser = _browser(self.site, who)
        return " ".join(re.sub(r"<[^>]+>", " ", unescape(self.get(path))).split())


@pytest.fixture(scope="module")
def rota() -> Iterator[Rota]:
    with databases.sqlite() as address:
        site = Site(address)
        with_colleagues(site)
        night = deepcopy(tiny()["patterns"][0]) | {"start": "23:00", "end": "08:00"}
        roster, duties = published(
            site,
            {0: "kari", 3: "kari", 7: "siv"},
            absences=[AWAY],
            patterns=[night],
            tail=[],
            signed="Kommuneoverlegen",
        )
        for number in (0, 3):
            offer = {"roster": roster, "duty": duties[number], "in_return": True}
            answer = site["kari"].post("/swap-offers", json=offer)
            assert answer.status_code == 201, answer.text
        yield Rota(site, roster, duties)


def test_what_can_only_be_swapped_stands_by_itself(rota: Rota) -> None:
    assert "Bare som bytte" not in rota.reads("ola", "/bytter")
    able, barred = rota.reads("siv", "/bytter").split("Bare som bytte")
    assert "Kolleger tilbyr" in able
    assert "Natt til fredag 5. mars" in able
    assert "Natt til tirsdag 2. mars" in barred


def test_a_night_is_told_by_the_day_on_which_it_ends(rota: Rota) -> None:
    assert "Natt til tirsdag 2. mars" in rota.reads("kari", "/bytter")


def test_an_own_offer_does_not_say_whose_it_is_but_says_that_no_ring_works_out(rota: Rota) -> None:
    mine = rota.reads("kari", "/bytter")
    assert "Fra Kari" not in mine
    offers = rota.site["kari"].get("/swap-offers").json()["items"]
    assert "Ingen ring går opp" in rota.reads("kari", f"/bytter/{offers[0]['id']}")


def test_deals_are_told_a_page_at_a_time(rota: Rota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_DEALS", 1)
    for offer in rota.site["kari"].get("/swap-offers").json()["items"]:
        said = rota.site["ola"].post(
            f"/swap-offers/{offer['id']}/acceptances",
            json={"duty": None},
            headers={"If-Match": f'"{offer["revision"]}"'},
        )
        assert said.status_code == 201, said.text
    rota.browser = _browser(rota.site, "ola")
    first = rota.get("/bytter")
    assert first.count('href="/avtaler/') == 1
    older = re.search(r'href="(/bytter\?etter=[^"]+)" rel="next"', first)
    assert older
    second = rota.get(older[1])
    assert second.count('href="/avtaler/') == 1
    assert re.findall(r"/avtaler/\w+", first) != re.findall(r"/avtaler/\w+", second)
    assert 'rel="next"' not in second
