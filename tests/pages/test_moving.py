"""A lifted duty's verdicts, and what is undone."""

import threading
from typing import Any

import pytest

from api.pages.undoing import Steps, steps
from api.service.advice.desks import Desk, PlanModel
from scheduler.changes.trials import Ground
from scheduler.domain.problem import Problem
from tests.pages.site import Site
from tests.pages.test_access import _browser


@pytest.mark.parametrize(
    ("contents", "back", "on"),
    [
        ("", None, None),
        ("a", None, None),
        ("ab", 1, None),
        ("aba", None, 2),
        ("abcb", 1, 3),
        ("abcba", None, 2),
        ("abcbabc", 2, None),
        ("abcbd", 2, None),  # the way forward to c is gone
        ("abcbab", 1, 3),
    ],
)
def test_one_goes_back_and_on_a_step_at_a_time(
    contents: str, back: int | None, on: int | None
) -> None:
    assert steps(enumerate(contents, 1)) == Steps(back, on)


def test_a_lifted_hole_tells_of_every_doctor_in_the_readers_language(site: Site) -> None:
    browser = _browser(site, "coordinator")
    path = f"/vaktplaner/{site.things['draft']}/flytting/{site.things['hole']}"
    told = browser.get(path, params={"revision": "1.0"}).json()
    assert told["said"].startswith("Du fyller hjemmevakt ")
    assert set(told["give"]) == {"kari", "ola", "siv"}
    assert told["give"]["kari"]["title"] == "Gi vakten til Kari Nordmann"
    nynorsk = browser.get(path, params={"revision": "1.0"}, headers={"Accept-Language": "nn"})
    assert nynorsk.json()["give"]["kari"]["title"] == "Gi vakta til Kari Nordmann"
    assert browser.get(path, params={"revision": "7.0"}).status_code == 412


def test_what_it_does_to_the_whole_is_told_once_it_is_worked_out(site: Site) -> None:
    browser = _browser(site, "coordinator")
    path = f"/vaktplaner/{site.things['hearing']}/flytting/{site.things['hole']}"
    asked = {"revision": "1.1"}
    site.service.desks.forget()
    first = browser.get(path, params=asked).json()
    lawful = [own["whole"] for own in first["give"].values() if own["kind"] != "breach"]
    assert not first["whole"]
    assert lawful
    assert set(lawful) == {None}
    then = browser.get(path, params={**asked, "helhet": "true"}).json()
    assert then["whole"]
    told = [own["whole"] for own in then["give"].values() if own["kind"] != "breach"]
    assert all(one.startswith("Planen blir ") and one.endswith(".") for one in told)
    other = path.replace(site.things["hearing"], site.things["draft"])
    assert browser.get(other, params={"revision": "1.0"}).json()["whole"]  # it is the plan's


def test_nobody_waits_for_a_roster_while_the_model_of_its_plan_is_built(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.service.desks.forget()
    desks: list[Desk] = []
    free: list[bool] = []
    made, build = Desk.__init__, PlanModel.ground

    def remembered(desk: Desk, *given: Any) -> None:
        made(desk, *given)
        desks.append(desk)

    def somebody_else() -> None:
        free.append(desks[0].lock.acquire(blocking=False))
        if free[-1]:
            desks[0].lock.release()

    def observed(model: PlanModel) -> Ground:
        if not model.ready:
            other = threading.Thread(target=somebody_else)
            other.start()
            other.join()
        return build(model)

    monkeypatch.setattr(Desk, "__init__", remembered)
    monkeypatch.setattr(PlanModel, "ground", observed)
    path = f"/vaktplaner/{site.things['draft']}/flytting/{site.things['hole']}"
    browser = _browser(site, "coordinator")
    assert browser.get(path, params={"revision": "1.0", "helhet": "true"}).json()["whole"]
    assert free == [True]


def test_lifts_that_were_given_up_leave_one_model_for_the_next_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who puts a duty down stops asking; what was asked for is built once, and used by the next."""
    site.service.desks.forget()
    built: list[Problem] = []
    begun, go_on = threading.Event(), threading.Event()

    def slowly(problem: Problem, rules: Any) -> Ground:
        built.append(problem)
        begun.set()
        assert go_on.wait(60)
        return Ground(problem, rules)

    monkeypatch.setattr("api.service.advice.desks.Ground", slowly)
    path = f"/vaktplaner/{site.things['draft']}/flytting/{site.things['hole']}"
    browser = _browser(site, "coordinator")
    asked = {"revision": "1.0", "helhet": "true"}
    told: list[Any] = []
    lifts = [
        threading.Thread(target=lambda: told.append(browser.get(path, params=asked).json()))
        for _ in range(3)
    ]
    for lift in lifts:
        lift.start()
    assert begun.wait(60)
    assert not browser.get(path, params={"revision": "1.0"}).json()["whole"]  # nobody waits
    go_on.set()
    for lift in lifts:
        lift.join()
    assert [own["whole"] for own in told] == [True] * 3
    assert browser.get(path, params={"revision": "1.0"}).json()["whole"]
    assert len(built) == 1


def test_a_lifted_duty_tells_of_swaps_among_the_days_that_are_shown(site: Site) -> None:
    browser = _browser(site, "coordinator")
    path = f"/vaktplaner/{site.things['draft']}/bytte/{site.things['duty']}"
    days = {"fra": "2027-03-01", "til": "2027-03-05"}
    asked = {"revision": "1.0", "fra_lege": "kari", **days}
    told = browser.get(path, params=asked).json()["swap"]
    assert told
    for key, one in told.items():
        who, duty = key.split(" ")
        assert who in ("ola", "siv")
        assert days["fra"] <= duty.split("/")[1] <= days["til"]
        assert one["title"].startswith("Bytt med ")
        assert one["kind"] in ("can", "exception", "breach")
        assert bool(one["rules"]) is (one["kind"] != "can")
    other = browser.get(path, params={**asked, "fra_lege": "ola"})
    assert other.status_code == 422  # it is Kari's
