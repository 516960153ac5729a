"""What a municipality's manager is told: costs by its own rates, and the memo of a shared set."""

from typing import Any

import pytest

from tests.api.plans import tiny
from tests.service.access.things import compared
from tests.service.colleagues import published
from tests.service.world import World

TOWNS = [
    {"id": "fjell", "name": "Fjell", "inhabitants": 3000},
    {"id": "dal", "name": "Dal", "inhabitants": 900},
]
DUTY = {"id": "tilsyn", "name": "Tilsyn", "municipality": "fjell", "place": "lv"}
SESSION = {"duty": "tilsyn", "weekdays": ["tue"], "start": "12:00", "end": "15:00"}
RATES = ("cost_other_task_specialist", "cost_other_task_other")
SET = {"title": "Natten", "question": "Hva koster natten?", "scenarios": [{"id": "x", "name": "X"}]}


def _costs(world: World, roster: str, who: str) -> Any:
    return world[who].get(f"/rosters/{roster}/costs").json()


def _one_is_of_dal() -> list[dict[str, Any]]:
    doctors = tiny()["doctors"]
    doctors[2]["municipality"] = "dal"
    return list(doctors)


def _session(world: World, **plan: Any) -> str:
    """A roster in which Kari has a night, and a session of municipal work on the day after."""
    made = world.plan(
        municipalities=TOWNS,
        doctors=_one_is_of_dal(),
        municipal_duties=[DUTY],
        sessions=[SESSION],
        **plan,
    )
    duties = world.loaded(made).problem.duties
    session = next(own.id for own in duties if own.type.id == "tilsyn")
    night = next(own.id for own in duties if own.type.id == "kveld")
    roster = world.roster(made, {session: "kari", night: "kari"})
    answer = world["coordinator"].post(
        f"/rosters/{roster}/publications",
        json={"signed": "Kommuneoverlegen"},
        headers={"If-Match": "*"},
    )
    assert answer.status_code == 201, answer.text
    return roster


def test_costs_are_told_with_how_surely_the_rates_are_known(small_world: World) -> None:
    roster = _session(small_world)
    told = _costs(small_world, roster, "manager")
    [fjell] = told["rows"]
    assert (fjell["municipality"], fjell["doctors"]) == ("fjell", 2)
    assert (fjell["home_hours"], fjell["municipal_hours"]) == (16.5, 3)
    assert fjell["kroner"] == 3 * 1230
    assert "må oppdateres av kommunen" in fjell["sentence"]
    assert (told["own_rates"], told["confidence"]) == (
        False,
        "lest i annen kilde – må bekreftes",
    )
    assert "pkt. 8.3" in told["not_priced"]
    all_towns = _costs(small_world, roster, "coordinator")["rows"]
    assert [own["municipality"] for own in all_towns] == ["dal", "fjell"]
    own = {"municipal_cost": dict.fromkeys(RATES, 1400)}
    told = _costs(small_world, _session(small_world, settings=own), "manager")
    assert told["rows"][0]["kroner"] == 3 * 1400
    assert (told["own_rates"], told["confidence"]) == (True, "kommunens valg")


def test_lost_opening_hours_do_not_tell_a_manager_who_is_away(small_world: World) -> None:
    plain = _costs(small_world, _session(small_world), "manager")
    away = [{"doctor": "kari", "kind": "sick", "start": "2027-03-02", "end": "2027-03-02"}]
    roster = _session(small_world, absences=away)
    assert _costs(small_world, roster, "manager")["rows"] == plain["rows"]
    hers = _costs(small_world, roster, "coordinator")["rows"][0]["lost_hours"]
    assert hers < plain["rows"][0]["lost_hours"]


def test_the_memo_of_a_set_is_read_by_whom_it_is_shared_with(small_world: World) -> None:
    roster, _ = published(small_world, {0: "kari"})
    coordinator, manager = small_world["coordinator"], small_world["manager"]
    plan = coordinator.get(f"/rosters/{roster}").json()["roster"]["plan"]
    own = coordinator.post(f"/plans/{plan}/scenarios", json=SET).json()["id"]
    none: dict[str, Any] = {"compared_at": None, "current": False, "in_short": [], "files": []}
    assert coordinator.get(f"/scenarios/{own}/memo").json() == none
    assert coordinator.get(f"/scenarios/{own}/memo/notat.pdf").status_code == 404
    compared(small_world, plan, own)
    assert manager.get(f"/scenarios/{own}/memo").status_code == 404
    shared = coordinator.ask(
        "PATCH", f"/scenarios/{own}", json={"shared": True}, headers={"If-Match": '"1"'}
    )
    assert shared.status_code == 200, shared.text
    told = manager.get(f"/scenarios/{own}/memo").json()
    assert (told["current"], told["files"]) == (True, ["notat.html", "notat.pdf"])
    assert told["in_short"] == ["Hver vakt er dekket i begge alternativene."]
    page = manager.get(f"/scenarios/{own}/memo/notat.html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox" in page.headers["content-security-policy"]
    assert manager.get(f"/scenarios/{own}/memo/alt.json").status_code == 422
    changed = coordinator.ask(
        "PUT",
        f"/scenarios/{own}",
        json=SET | {"question": "Og nå?"},
        headers={"If-Match": '"2"'},
    )
    assert changed.status_code == 200, changed.text
    assert manager.get(f"/scenarios/{own}/memo").json()["current"] is False


@pytest.mark.parametrize("who", ["doctor", "system"])
def test_nobody_else_is_told_of_costs(small_world: World, who: str) -> None:
    roster, _ = published(small_world, {0: "kari"})
    assert small_world[who].get(f"/rosters/{roster}/costs").status_code == 403
