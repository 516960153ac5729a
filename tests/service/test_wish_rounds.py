"""Wish rounds: doctors state wishes in time, and what stands at the end goes into the plan."""

from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import update

from api.service.accounts import store as accounts
from api.service.accounts import tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.plans.changing import understood
from api.service.wishes import taking
from api.service.wishes.shapes import WishWords
from api.service.wishes.tables import WishRound
from scheduler.reading.parts.terms import Wish
from tests.api.plans import tiny
from tests.service.test_plan_parts import match, places
from tests.service.test_races import _at_once, _statuses
from tests.service.world import PASSWORD, Person, World

WEEKEND = {"attitude": "rather_not", "start": "2027-03-06", "whole_weekend": True}
TUESDAY = {"attitude": "want", "start": "2027-03-02"}


def opened(world: World, plan: str, **more: Any) -> str:
    """Id of a round that is open until tomorrow."""
    deadline = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    answer = world["coordinator"].post(
        f"/plans/{plan}/wish-rounds", json={"deadline": deadline, **more}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def state(world: World, own: str, wish: dict[str, Any], who: str = "doctor") -> Any:
    return world[who].post(f"/wish-rounds/{own}/wishes", json=wish)


def colleague(world: World, doctor: str) -> None:
    """Another doctor with an account, by the doctor's id."""
    with world.service.database.writing() as session:
        made = accounts.add_account(
            session,
            None,
            email=f"{doctor}@fjell.example",
            name=doctor,
            role=Role.DOCTOR,
            password=PASSWORD,
            cooperation=world.actors["doctor"].cooperation,
            doctor=doctor,
            must_change=False,
        )
        actor = Actor.of(made)
        scopes = [Right(own) for own in actor.rights]
        token, _ = tokens.add_token(session, actor, label="x", scopes=scopes, ends_at=None)
    world.people[doctor] = Person(world.client(), token)


def test_wishes_are_stated_changed_withdrawn_and_taken_in(world: World) -> None:
    coordinator, doctor, plan = world["coordinator"], world["doctor"], world.plan()
    own = opened(world, plan, text="Husk påsken")
    told = doctor.get(f"/wish-rounds/{own}").json()
    assert (told["state"], told["text"], told["wishes"]) == ("open", "Husk påsken", 0)
    assert [kind["id"] for kind in told["patterns"]] == ["kveld", "helg"]
    first = state(world, own, WEEKEND).json()
    second = state(world, own, TUESDAY).json()
    path = f"/wish-rounds/{own}/wishes/{first['id']}"
    changed = doctor.ask("PUT", path, json=WEEKEND | {"weight": 5}, **match(1))
    assert changed.headers["etag"] == '"2"'
    assert doctor.ask("PUT", path, json=WEEKEND, **match(1)).status_code == 412
    gone = doctor.ask("DELETE", f"/wish-rounds/{own}/wishes/{second['id']}", **match(1))
    assert gone.status_code == 204
    assert coordinator.get(f"/plans/{plan}/wishes").json()["total"] == 0
    taken = coordinator.post(f"/wish-rounds/{own}/intake", json={}, **match(1)).json()
    assert (taken["version"], taken["wishes"], taken["round"]["state"]) == (2, 1, "taken")
    [row] = coordinator.get(f"/plans/{plan}/wishes").json()["items"]
    assert row["value"]["doctor"] == "kari"
    assert row["value"]["weight"] == 5
    again = coordinator.post(f"/wish-rounds/{own}/intake", json={}, **match(2))
    assert again.status_code == 409


def test_late_is_told_with_the_deadline_and_changes_nothing(world: World) -> None:
    plan = world.plan()
    own = opened(world, plan)
    wish = state(world, own, WEEKEND).json()["id"]
    with world.service.database.writing() as session:
        past = datetime(2026, 1, 15, 22, 59, tzinfo=UTC)
        session.execute(update(WishRound).values(deadline=past))
    path = f"/wish-rounds/{own}/wishes/{wish}"
    for answer in (
        state(world, own, TUESDAY),
        world["doctor"].ask("PUT", path, json=TUESDAY, **match(1)),
        world["doctor"].ask("DELETE", path, **match(1)),
    ):
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:rettvakt:problem:wishes-closed"
        assert "15.01.2026 kl. 23:59" in answer.json()["detail"]
    assert len(world["doctor"].get(f"/wish-rounds/{own}/wishes").json()) == 1
    tried = world["doctor"].post(
        f"/wish-rounds/{own}/wishes", json=TUESDAY, params={"only_try": True}
    )
    assert tried.status_code == 200
    # A later deadline opens it again, and the coordinator can take a wish out in between.
    assert world["coordinator"].ask("DELETE", path, **match(1)).status_code == 204
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    answer = world["coordinator"].ask(
        "PATCH", f"/wish-rounds/{own}", json={"deadline": later}, **match(1)
    )
    assert answer.json()["state"] == "open"
    assert state(world, own, TUESDAY).status_code == 201


def test_a_round_is_closed_early_and_only_one_is_open(small_world: World) -> None:
    coordinator, plan = small_world["coordinator"], small_world.plan()
    own = opened(small_world, plan)
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    twice = coordinator.post(f"/plans/{plan}/wish-rounds", json={"deadline": later})
    assert twice.status_code == 409
    past = coordinator.post(f"/plans/{plan}/wish-rounds", json={"deadline": "2026-01-01T00:00:00Z"})
    assert places(past) == ["deadline"]
    assert coordinator.post(f"/wish-rounds/{own}/close").status_code == 428
    assert coordinator.post(f"/wish-rounds/{own}/close", **match(1)).status_code == 200
    assert state(small_world, own, TUESDAY).status_code == 409
    assert coordinator.post(f"/wish-rounds/{own}/close", **match(2)).status_code == 409


def test_faults_of_a_wish_are_those_of_the_plan_beside_their_fields(small_world: World) -> None:
    own = opened(small_world, small_world.plan())
    answer = state(small_world, own, {"attitude": "vil", "start": "6. mars"})
    assert places(answer) == ["wishes.attitude", "wishes.start"]
    answer = state(small_world, own, TUESDAY | {"whole_weekend": True, "patterns": ["natt"]})
    assert places(answer) == ["wishes.patterns[0]", "wishes.start"]
    answer = state(small_world, own, TUESDAY | {"start": "2027-07-01"})
    assert places(answer) == ["wishes.start"]
    half = {"attitude": "want", "start": "2027-03-06", "end": "2027-03-07"}
    assert state(small_world, own, half | {"patterns": ["helg"]}).json()["remarks"] == []


def test_a_weekend_that_lacks_its_friday_is_remarked(small_world: World) -> None:
    document = tiny()
    document["patterns"][0]["end"] = "23:00"
    answer = small_world["coordinator"].upload("/plans", document)
    own = opened(small_world, answer.json()["plan"]["id"])
    half = {"attitude": "rather_not", "start": "2027-03-06", "end": "2027-03-07"}
    [remark] = state(small_world, own, half).json()["remarks"]
    assert "fredag kveld" in remark


def test_nobody_states_more_than_each_may_also_at_once(world: World) -> None:
    own = opened(world, world.plan(), most=2)
    answers = _at_once(lambda _: state(world, own, TUESDAY))
    assert _statuses(answers) == [201, 201] + [409] * 4
    assert len(world["doctor"].get(f"/wish-rounds/{own}/wishes").json()) == 2


def test_a_doctor_sees_how_many_compete_and_nobodys_name(small_world: World) -> None:
    plan = small_world.plan()
    own = opened(small_world, plan)
    for doctor in ("ola", "siv"):
        colleague(small_world, doctor)
    state(small_world, own, WEEKEND, "ola")
    state(small_world, own, {"attitude": "cannot", "start": "2027-03-07"}, "siv")
    state(small_world, own, TUESDAY, "siv")
    tried = (
        small_world["doctor"]
        .post(f"/wish-rounds/{own}/wishes", json=WEEKEND, params={"only_try": True})
        .json()
    )
    assert (tried["id"], tried["competing"]) == (None, 2)
    mine = state(small_world, own, TUESDAY).json()
    assert mine["competing"] == 1
    told = small_world["doctor"].get(f"/wish-rounds/{own}/wishes").json()
    assert [wish["doctor"] for wish in told] == ["kari"]
    every = small_world["coordinator"].get(f"/wish-rounds/{own}/wishes").json()
    assert {wish["doctor_name"] for wish in every} == {"Kari Nordmann", "Ola Bråten", "Siv Åsen"}
    other = next(wish["id"] for wish in every if wish["doctor"] == "ola")
    stolen = small_world["doctor"].ask("DELETE", f"/wish-rounds/{own}/wishes/{other}", **match(1))
    assert stolen.status_code == 404


def test_a_doctor_who_is_not_in_the_plan_knows_of_no_round(small_world: World) -> None:
    own = opened(small_world, small_world.plan())
    colleague(small_world, "knut")
    assert small_world["knut"].get("/wish-rounds").json() == []
    assert small_world["knut"].get(f"/wish-rounds/{own}").status_code == 404
    assert state(small_world, own, TUESDAY, "knut").status_code == 404


def test_wishes_replace_those_of_the_same_doctors_where_that_is_asked(
    small_world: World,
) -> None:
    standing = [
        {"id": own, "doctor": own, "attitude": "want", "start": "2027-03-03"}
        for own in ("kari", "ola")
    ]
    plan = small_world.plan(wishes=standing)
    own = opened(small_world, plan)
    state(small_world, own, TUESDAY)
    small_world["coordinator"].post(
        f"/wish-rounds/{own}/intake", json={"replace": True}, **match(1)
    )
    items = small_world["coordinator"].get(f"/plans/{plan}/wishes").json()["items"]
    assert [row["value"]["start"] for row in items] == ["2027-03-03", "2027-03-02"]
    assert [row["value"]["doctor"] for row in items] == ["ola", "kari"]


def test_a_plan_that_is_changed_meanwhile_stops_the_intake(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    own = opened(world, plan)
    state(world, own, TUESDAY)
    judge = understood

    def changed_meanwhile(*arguments: Any) -> Any:
        judged = judge(*arguments)
        answer = coordinator.ask("PATCH", f"/plans/{plan}/period", json={"title": "Ny"}, **match(1))
        assert answer.status_code == 200
        return judged

    monkeypatch.setattr(taking, "understood", changed_meanwhile)
    answer = coordinator.post(f"/wish-rounds/{own}/intake", json={}, **match(1))
    assert answer.status_code == 412
    monkeypatch.undo()
    assert coordinator.get(f"/wish-rounds/{own}").json()["state"] == "open"
    assert coordinator.get(f"/plans/{plan}/wishes").json()["total"] == 0
    answer = coordinator.post(f"/wish-rounds/{own}/intake", json={}, **match(2))
    assert answer.json()["wishes"] == 1


def test_a_wish_stated_while_they_are_taken_in_is_taken_in_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, plan = world["coordinator"], world.plan()
    own = opened(world, plan)
    state(world, own, TUESDAY)
    judge, once = understood, Event()

    def stated_meanwhile(*arguments: Any) -> Any:
        judged = judge(*arguments)
        if not once.is_set():
            once.set()
            assert state(world, own, WEEKEND).status_code == 201
        return judged

    monkeypatch.setattr(taking, "understood", stated_meanwhile)
    taken = coordinator.post(f"/wish-rounds/{own}/intake", json={}, **match(1)).json()
    assert (taken["wishes"], taken["version"]) == (2, 2)
    assert coordinator.get(f"/plans/{plan}/wishes").json()["total"] == 2
    assert state(world, own, TUESDAY).status_code == 409


def test_intakes_at_once_take_the_wishes_in_once(world: World) -> None:
    plan = world.plan()
    own = opened(world, plan)
    state(world, own, TUESDAY)
    answers = _at_once(
        lambda _: world["coordinator"].post(
            f"/wish-rounds/{own}/intake", json={}, headers={"If-Match": "*"}
        ),
        4,
    )
    assert [code for code in _statuses(answers) if code == 200] == [200]
    assert set(_statuses(answers)) <= {200, 409, 412}
    assert world["coordinator"].get(f"/plans/{plan}").json()["version"] == 2


def test_a_stated_wish_has_the_fields_of_a_wish_in_a_plan() -> None:
    assert set(WishWords.model_fields) == set(Wish.model_fields) - {"id", "doctor"}
    for name, field in WishWords.model_fields.items():
        assert field.annotation == Wish.model_fields[name].annotation
        assert field.default == Wish.model_fields[name].default
