"""What a coordinator does with a roster, as browsers without scripts send it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import library
from api.service.rosters.tables import StoredRoster
from tests.pages.browsing import Browsing
from tests.pages.site import Site
from tests.pages.test_access import _browser
from tests.service import databases
from tests.service.jobs import done
from tests.support import PATIENCE

AWAY = {"doctor": "siv", "kind": "holiday", "start": "2027-03-01", "end": "2027-03-02"}


class Desk(Browsing):
    """A lawful roster that lacks its first duty, and a browser."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.plan = site.plan(absences=[AWAY])
        loaded = site.loaded(self.plan)
        self.duties = loaded.problem.duties
        solved = library.solve(loaded, seconds=PATIENCE, workers=1).roster
        assert solved is not None
        self.who = {own.duty: own.doctor for own in solved.assignments}
        self.first = self.duties[0].id
        given = {duty: who for duty, who in self.who.items() if duty != self.first}
        self.roster = site.roster(self.plan, given)
        self.browser: TestClient = _browser(site, "coordinator")

    @property
    def path(self) -> str:
        return f"/vaktplaner/{self.roster}"

    @property
    def stored(self) -> StoredRoster:
        with self.site.service.database.reading() as session:
            found: StoredRoster = session.get_one(StoredRoster, self.roster)
            return found

    def revision(self) -> str:
        return f"{self.stored.version}.{self.stored.moves}"

    def assignments(self) -> dict[str, str]:
        found = self.site["coordinator"].get(f"/rosters/{self.roster}")
        assert found.status_code == 200, found.text
        return {o["duty"]: o["doctor"] for o in found.json()["assignments"] if o["doctor"]}

    def job(self, answer: Any) -> str:
        job = answer.headers["location"].removeprefix("/jobber/")
        assert done(self.site, job)["state"] == "done"
        return str(job)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """One for all tests here, each of which leaves another version behind."""
    with databases.sqlite() as address:
        yield Desk(Site(address))


def fields(page: str, action: str) -> dict[str, Any]:
    """What the first form with this address would send untouched."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form, f"no form for {action}"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[1]))


def test_a_duty_is_given_asked_about_taken_back_and_refused_when_late(desk: Desk) -> None:
    shown = desk.get(f"{desk.path}/vakter/{desk.first}")
    form = fields(shown, f"{desk.path}/endre")
    assert form["fra_lege"] == ""
    desk.told(desk.post(f"{desk.path}/endre", **{**form, "til": desk.who[desk.first]}))
    assert desk.stored.version == 2
    late = desk.post(f"{desk.path}/endre", 412, **form)
    assert "Noen andre var raskere" in late.text
    asked: dict[str, Any] = {
        "duty": desk.first,
        "revision": desk.revision(),
        "fra_lege": desk.who[desk.first],
        "til": "siv",
    }
    question = unescape(desk.post(f"{desk.path}/endre", 200, **asked).text)
    assert "Ingenting er lagret" in question
    assert desk.stored.version == 2
    sure = fields(question, f"{desk.path}/endre")
    told = desk.told(desk.post(f"{desk.path}/endre", **sure))
    assert desk.stored.version == 3
    assert "brudd" in told.lower() or "bryter" in told.lower()
    undo = fields(told, f"{desk.path}/tilbake")
    assert undo["version"] == "2"
    numbered = fields(desk.get(f"{desk.path}?versjon=3&fra=2027-03-01"), f"{desk.path}/tilbake")
    assert numbered == {**undo, "tilbake": "fra=2027-03-01"}  # not back to version 3
    desk.get(f"{desk.path}/versjoner?versjon=3")
    desk.told(desk.post(f"{desk.path}/tilbake", **{**undo, "version": "1"}))
    assert desk.stored.version == 4
    desk.post(f"{desk.path}/tilbake", 412, revision="3.0", version="1")


def test_only_the_grid_says_that_duties_can_be_dragged(desk: Desk) -> None:
    assert "eller dra den" in desk.get(desk.path)
    assert "eller dra den" not in desk.get(f"{desk.path}?som=vakttyper")


def test_a_duty_is_locked_so_that_moving_it_breaks_a_rule_and_set_free(desk: Desk) -> None:
    duty = desk.duties[3].id
    holder = desk.who[duty]
    path = f"{desk.path}/vakter/{duty}"
    wanted = fields(desk.get(path), f"{desk.path}/las")
    assert wanted["laas"] == "true"
    assert "Nye vaktplaner og reparasjoner holder på det." in desk.told(
        desk.post(f"{desk.path}/las", **wanted)
    )
    shown = desk.get(path)
    assert ">låst<" in shown
    assert "Ramme: låst til legen" in desk.get(f"{desk.path}?vis=periode")
    asked = fields(shown, f"{desk.path}/endre")
    confirm = unescape(desk.post(f"{desk.path}/endre", 200, **asked).text)
    assert "men står ikke på den (låst av vaktplanleggeren)" in confirm
    late = desk.post(f"{desk.path}/las", 412, **wanted)
    assert "endret" in unescape(late.text)
    free = fields(shown, f"{desk.path}/las")
    assert (free["laas"], free["lege"]) == ("false", holder)
    told = desk.told(desk.post(f"{desk.path}/las", **free))
    assert "er ikke lenger låst til vakten" in told
    again = {**free, "revision": desk.revision()}
    assert "er ikke låst til vakten" in desk.told(desk.post(f"{desk.path}/las", **again))


def test_a_roster_is_compared_with_the_one_before(desk: Desk) -> None:
    alone = desk.get(f"{desk.path}/sammenlign")
    assert "Planen har ingen annen vaktplan" in alone
    swapped = {"kari": "ola", "ola": "kari"}
    given = {duty: swapped.get(who, who) for duty, who in desk.who.items()}
    later = desk.site.roster(desk.plan, given)
    page = desk.get(f"/vaktplaner/{later}/sammenlign")
    moved = sum(who in swapped for who in desk.who.values())
    assert f"{moved} vakter er besatt på en annen måte" in page
    assert f'<option value="{desk.roster}" selected>' in page
    assert desk.browser.get(f"/vaktplaner/{later}/sammenlign?med={later}").status_code == 404


def test_who_is_under_the_fair_share_has_a_minus_and_not_a_hyphen(desk: Desk) -> None:
    text = re.sub(r"<[^>]+>", " ", desk.get(f"{desk.path}/fordeling"))
    assert re.search(r"\(\u2212\d", text)
    assert not re.search(r"(?<![\w-])-\d", text)


def test_a_hole_is_explained_and_a_way_out_tried_and_stored(desk: Desk) -> None:
    before = desk.assignments()
    assert desk.first not in before
    job = desk.job(desk.post(f"{desk.path}/forklar", duty=desk.first))
    page = desk.get(f"/jobber/{job}")
    assert f"/jobber/{job}/svar" in page
    answer = desk.get(f"/jobber/{job}/svar")
    action = re.search(rf'action="(/jobber/{job}/svar/1/utvei/\d+)"', answer)
    assert action, answer
    form = fields(answer, action[1])
    version = desk.stored.version
    tried = unescape(desk.post(action[1], 200, **form).text)
    assert desk.stored.version == version
    desk.told(desk.post(action[1], **fields(tried, action[1])))
    assert desk.stored.version == version + 1
    after = desk.assignments()
    assert desk.first in after
    assert set(before) <= set(after)
    desk.post(action[1], 412, **form)


def test_who_is_ill_is_replaced_by_a_chosen_option(desk: Desk) -> None:
    missing = desk.post(f"{desk.path}/reparer", 422, lege="", fra="i morgen")
    assert 'id="feil-lege"' in missing.text
    assert 'id="feil-fra"' in missing.text
    day = desk.duties[3].day.isoformat()
    gone = desk.assignments()[desk.duties[3].id]
    wanted: dict[str, Any] = {"lege": gone, "hva": "leave", "fra": day, "til": day}
    job = desk.job(desk.post(f"{desk.path}/reparer", **wanted))
    told = desk.site["coordinator"].get(f"/jobs/{job}").json()
    assert "leave" in str(told["options"])
    options = desk.get(f"/jobber/{job}/svar")
    form = fields(options, f"/jobber/{job}/forslag/1")
    version = desk.stored.version
    desk.told(desk.post(f"/jobber/{job}/forslag/1", **form))
    assert desk.stored.version == version + 1
    assert desk.assignments().get(desk.duties[3].id) != gone
    desk.post(f"/jobber/{job}/forslag/1", 412, **form)
    desk.get(f"/jobber/{job}/svar")


def test_a_comment_is_answered_and_the_roster_signed_published_and_put_away(desk: Desk) -> None:
    hearing = desk.get(f"{desk.path}/horing")
    desk.told(desk.post(f"{desk.path}/tilstand", **fields(hearing, f"{desk.path}/tilstand")))
    assert desk.stored.state == "hearing"
    doctor = _browser(desk.site, "doctor")
    sent = doctor.post(f"/horing/{desk.roster}", data={"body": "Mange netter.", "duty": ""})
    assert sent.status_code == 200
    assert "Mange netter." in sent.text
    hearing = desk.get(f"{desk.path}/horing")
    action = re.search(rf'action="({desk.path}/horing/\w+)"', hearing)
    assert action
    form = fields(hearing, action[1])
    empty = desk.post(action[1], 422, **form, svar=" ", ferdig="false")
    assert 'id="feil-svar"' in empty.text
    said = desk.told(desk.post(action[1], **form, svar="Vi bytter én.", ferdig="true"))
    assert "Vi bytter én." in said
    [comment] = desk.site["coordinator"].get(f"/rosters/{desk.roster}/comments").json()["items"]
    assert comment["state"] == "closed"
    desk.post(action[1], 412, **form, svar="For sent.", ferdig="true")
    assert "Vi bytter én." in doctor.get(f"/horing/{desk.roster}").text
    # One breach, so that it must be signed.
    change: dict[str, Any] = {
        "duty": desk.first,
        "revision": desk.revision(),
        "fra_lege": desk.assignments().get(desk.first, ""),
        "til": "siv",
        "likevel": "true",
    }
    desk.post(f"{desk.path}/endre", **change)
    ahead = desk.get(f"{desk.path}/publiser")
    form = fields(ahead, f"{desk.path}/publiser")
    assert "får andre vakter, men ingen melding" in ahead  # who has no account must be told
    unsigned = desk.post(f"{desk.path}/publiser", 422, **form)
    assert 'id="feil-signert"' in unsigned.text
    told = desk.told(desk.post(f"{desk.path}/publiser", **form, signert="Kommuneoverlegen"))
    assert "Vaktplanen er publisert." in told
    assert desk.stored.state == "published"
    ahead = desk.get(f"{desk.path}/publiser")
    told = desk.told(desk.post(f"{desk.path}/tilstand", **fields(ahead, f"{desk.path}/tilstand")))
    assert desk.stored.state == "archived"
    for part in ("", "/funn", "/fordeling", "/lovlighet", "/onsker", "/versjoner", "/horing"):
        desk.get(desk.path + part)
