"""What doctors see in lists before they open one, as browsers without scripts get it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from api import library
from api.pages.swaps import views
from api.service.offers import completing
from api.service.rosters import documents
from scheduler.changes.stops import Stops
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
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


def test_each_roster_is_read_once_for_all_that_is_offered_and_agreed(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(text: str, problem: Problem) -> Roster:
        read.append(text)
        return documents.read(text, problem)

    monkeypatch.setattr(completing, "read", counted)
    shown = rota.reads("ola", "/bytter")
    assert "Natt til fredag 5. mars" in shown
    assert len(read) == 1
    monkeypatch.setattr(Stops, "verdict", lambda *_: pytest.fail("it was judged before"))
    assert rota.reads("ola", "/bytter") == shown


def test_to_list_rounds_and_answers_no_plan_is_worked_out(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = rota.site
    elsewhere, _ = published(site, {0: "ola"}, doctors=tiny()["doctors"][1:], tail=[])
    for roster in (rota.roster, elsewhere):
        plan = site["coordinator"].get(f"/rosters/{roster}").json()["roster"]["plan"]
        deadline = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        opened = site["coordinator"].post(f"/plans/{plan}/wish-rounds", json={"deadline": deadline})
        assert opened.status_code == 201, opened.text
    site.service.plans.forget()
    monkeypatch.setattr(library, "understand", lambda *_: pytest.fail("a plan is worked out"))
    for who, many in (("kari", 1), ("ola", 2)):
        rota.browser = _browser(site, who)
        shown = rota.get("/onsker")
        assert shown.count('href="/onsker/svar/') == many
        assert len(re.findall(r'href="/onsker/[0-9a-f]{32}"', shown)) == many


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
    rota.browser = _browser(rota.site, "kari")  # all wait for her answer
    hers = rota.get("/bytter")
    assert hers.count('href="/avtaler/') == 2
    assert "Avtalene på denne siden venter og står øverst." in hers
    assert re.search(r"<ul[^>]*>\s*</ul>", hers) is None
