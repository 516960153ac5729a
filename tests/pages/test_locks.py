"""Locks from the desk: what the plan says of them, undone, in other rosters, in published ones."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.service.plans import store as plans
from api.service.rosters.tables import StoredRoster
from tests.pages.browsing import Browsing
from tests.pages.site import Site
from tests.pages.test_access import _browser
from tests.pages.test_actions_rosters import fields
from tests.service import databases

WHO = ("kari", "ola", "siv")


class Office(Browsing):
    """Two rosters of one plan, and a browser."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.browser = _browser(site, "coordinator")
        self.plan = site.plan()
        self.duties = [own.id for own in site.loaded(self.plan).problem.duties]
        self.given = {duty: WHO[n % 3] for n, duty in enumerate(self.duties)}
        self.roster = site.roster(self.plan, self.given)
        self.other = site.roster(self.plan, self.given)

    def stored(self) -> StoredRoster:
        with self.site.service.database.reading() as session:
            found: StoredRoster = session.get_one(StoredRoster, self.roster)
            return found

    def pins(self) -> set[tuple[str, str]]:
        """What the plan locks as it is now."""
        return {(own.doctor, own.duty) for own in self.site.loaded(self.plan).problem.pins}

    def document(self) -> str:
        """The plan as it is now."""
        with self.site.service.database.reading() as session:
            found = plans.plan_of(session, self.site.actors["coordinator"], self.plan)
            return plans.version_of(session, found).document

    def form(self, duty: str, roster: str = "") -> dict[str, Any]:
        """What the button of a duty's panel would send."""
        path = f"/vaktplaner/{roster or self.roster}"
        return fields(self.get(f"{path}/vakter/{duty}"), f"{path}/las")

    def press(self, duty: str, roster: str = "") -> str:
        """Lock a duty, or set it free; gives the page that it leads to."""
        path = f"/vaktplaner/{roster or self.roster}/las"
        return self.told(self.post(path, **self.form(duty, roster)))

    def back(self, number: int) -> str:
        """Press undo or redo, of which the page must offer the one that leads to this version."""
        path = f"/vaktplaner/{self.roster}"
        page = self.get(path)
        assert f'<input type="hidden" name="version" value="{number}">' in page
        revision = fields(page, f"{path}/tilbake")["revision"]
        return self.told(self.post(f"{path}/tilbake", revision=revision, version=number))


@pytest.fixture
def office() -> Iterator[Office]:
    with databases.sqlite() as address:
        yield Office(Site(address))


def test_undo_takes_the_lock_out_of_the_plan_and_redo_puts_it_back(office: Office) -> None:
    duty, later = office.duties[0], office.duties[4]
    before = office.document()
    assert "«Angre» tar låsen bort." in office.press(duty)
    locked = office.pins()
    assert (office.given[duty], duty) in locked
    assert "låsene i planen er stilt tilbake" in office.back(1)
    assert office.document() == before
    assert office.form(duty)["laas"] == "true"
    office.back(2)
    assert office.pins() == locked
    assert office.form(duty)["laas"] == "false"
    office.back(1)
    # The roster stands on the plan as it is: the next lock goes along too.
    assert "«Angre» tar låsen bort." in office.press(later)
    assert office.stored().version == 6
    assert (office.given[later], later) in office.pins()
    assert (office.given[duty], duty) not in office.pins()


def test_undo_leaves_what_the_plan_has_learnt_meanwhile(office: Office) -> None:
    first, second = office.duties[0], office.duties[4]
    office.press(first)
    office.press(second, office.other)  # of an earlier version of the plan: apart
    assert (office.given[second], second) in office.pins()
    office.back(1)
    assert (office.given[first], first) not in office.pins()
    assert (office.given[second], second) in office.pins()


def test_a_roster_of_an_earlier_plan_shows_its_lock_and_can_be_unlocked(office: Office) -> None:
    first, second = office.duties[0], office.duties[4]
    office.press(first, office.other)
    form = office.form(second)
    told = office.press(second)
    assert "Denne vaktplanen er laget av en eldre versjon av planen" in told
    assert "Ramme: låst til legen" in told
    assert "Ramme: låst til legen" not in office.get(f"/vaktplaner/{office.roster}?som=vakttyper")
    assert office.stored().version == 1
    assert {(office.given[own], own) for own in (first, second)} <= office.pins()
    again = office.told(office.post(f"/vaktplaner/{office.roster}/las", **form))
    assert "er allerede låst til vakten" in again
    assert office.form(second)["laas"] == "false"
    assert "er tatt ut av planen" in office.press(second)
    assert (office.given[second], second) not in office.pins()
    assert (office.given[first], first) in office.pins()


def test_a_published_roster_stays_published_when_a_duty_is_locked(office: Office) -> None:
    duty = office.duties[0]
    office.site._published(office.roster)
    assert "Vaktplanen er publisert og står som den er" in office.press(duty)
    assert (office.stored().state, office.stored().version) == ("published", 1)
    assert (office.given[duty], duty) in office.pins()
    assert office.form(duty)["laas"] == "false"
    assert "Vaktplanen er publisert og står som den er" in office.press(duty)
    assert (office.stored().state, office.stored().version) == ("published", 1)
    assert (office.given[duty], duty) not in office.pins()


def test_undo_of_a_lock_from_before_the_publication_leaves_the_roster_published(
    office: Office,
) -> None:
    duty = office.duties[0]
    office.press(duty)
    office.site._published(office.roster)
    for number, locked in ((1, False), (2, True)):
        assert "låsene i planen er stilt tilbake" in office.back(number)
        assert office.stored().state == "published"
        assert ((office.given[duty], duty) in office.pins()) is locked
    assert office.stored().version == 4


def test_undo_of_a_move_and_a_lock_is_told_by_the_move(office: Office) -> None:
    duty, moved = office.duties[0], office.duties[4]
    office.press(duty)
    office.site._published(office.roster)
    path = f"/vaktplaner/{office.roster}"
    revision = fields(office.get(path), f"{path}/tilbake")["revision"]
    away = {"duty": moved, "fra_lege": office.given[moved], "revision": revision, "likevel": "true"}
    office.told(office.post(f"{path}/endre", **away))
    assert (office.stored().state, office.stored().version) == ("amended", 3)
    office.press(duty)  # free again, on a roster that says something else than was published
    assert office.stored().state == "amended"
    office.back(3)
    assert office.stored().state == "amended"
    office.back(2)
    assert office.stored().state == "published"


def test_undo_of_a_move_leaves_the_plan_alone(office: Office) -> None:
    duty = office.duties[0]
    office.press(duty)
    before = office.document()
    path, moved = f"/vaktplaner/{office.roster}", office.duties[4]
    revision = fields(office.get(path), f"{path}/tilbake")["revision"]
    away = {"duty": moved, "fra_lege": office.given[moved], "revision": revision, "likevel": "true"}
    office.told(office.post(f"{path}/endre", **away))
    assert office.stored().version == 3
    assert "er igjen slik den var i versjon 2." in office.back(2)
    assert office.document() == before
    assert office.form(duty)["laas"] == "false"


def test_the_roster_before_is_found_however_many_came_after(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.pages.rosters.comparing._OFFERED", 1)
    later = [office.site.roster(office.plan, office.given) for _ in range(2)]
    page = office.get(f"/vaktplaner/{office.other}/sammenlign")
    assert f'<option value="{office.roster}" selected>' in page
    assert f'<option value="{later[-1]}">' in page
    asked = office.get(f"/vaktplaner/{office.roster}/sammenlign?med={later[0]}")
    assert f'<option value="{later[0]}" selected>' in asked
