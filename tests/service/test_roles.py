"""Another role for an account: at once, and never so that nobody is the coordinator."""

from typing import Any

import pytest
from sqlalchemy import select

from api.service.accounts import store, tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.audit.tables import AuditEntry
from tests.service.test_races import _at_once, _statuses
from tests.service.world import PASSWORD, Person, World

AUDITOR = {"role": "auditor"}


def _change(world: World, who: str, whose: str, role: dict[str, str], match: str = '"1"') -> Any:
    path = f"/accounts/{world.actors[whose].account}/role"
    return world[who].ask("PUT", path, json=role, headers={"If-Match": match})


def _second_coordinator(world: World) -> None:
    with world.service.database.writing() as session:
        made = store.add_account(
            session,
            None,
            email="second@fjell.example",
            name="Second",
            role=Role.COORDINATOR,
            password=PASSWORD,
            cooperation=world.actors["coordinator"].cooperation,
            must_change=False,
        )
        actor = world.actors["second"] = Actor.of(made)
        token, _ = tokens.add_token(
            session, actor, label="x", scopes=sorted(actor.rights), ends_at=None
        )
    world.people["second"] = Person(world.client(), token)


def test_logins_tokens_and_calendars_follow_the_new_role_at_once(world: World) -> None:
    browser = world.browser("doctor")
    narrow = browser.post("/tokens", json={"label": "x", "scopes": ["swaps:own"]}).json()["secret"]
    feed = browser.post("/feeds", json={"kind": "doctor", "subject": "kari", "label": "x"})
    address = feed.json()["url"].removeprefix("http://127.0.0.1:8000")
    assert world.client().get(address).status_code == 200
    changed = _change(world, "coordinator", "doctor", {**AUDITOR, "why": "Sluttet som lege"})
    assert changed.status_code == 200, changed.text
    assert (changed.headers["etag"], changed.json()["doctor"]) == ('"2"', None)
    me = browser.get("/me").json()
    assert (me["role"], me["doctor"]) == ("auditor", "")
    assert "swaps:own" not in me["rights"]
    assert browser.get("/swap-offers").status_code == 403
    kept = world["doctor"].get("/me").json()["rights"]
    assert kept == ["published:read"]  # what its token had, and an auditor may too
    assert Person(world.client(), narrow).get("/me").status_code == 401
    assert world.client().get(address).status_code == 404
    back = {"role": "doctor", "doctor": "kari"}
    assert _change(world, "coordinator", "doctor", back).status_code == 412
    assert _change(world, "coordinator", "doctor", back, '"2"').status_code == 200
    # What was lost with the role does not come back with it.
    assert world["doctor"].get("/me").json()["rights"] == ["published:read"]
    with world.service.database.reading() as session:
        found = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.action == "account.role-changed")
            .order_by(AuditEntry.id)
        ).all()
    assert [(own.details["former"], own.details["role"], own.why) for own in found] == [
        ("doctor", "auditor", "Sluttet som lege"),
        ("auditor", "doctor", ""),
    ]


def test_a_former_coordinators_calendars_of_doctors_end(small_world: World) -> None:
    _second_coordinator(small_world)
    wanted = {"kind": "doctor", "subject": "ola", "label": "x"}
    feed = small_world["second"].post("/feeds", json=wanted)
    address = feed.json()["url"].removeprefix("http://127.0.0.1:8000")
    assert small_world.client().get(address).status_code == 200
    manager = {"role": "manager", "municipality": "fjell"}
    assert _change(small_world, "coordinator", "second", manager).status_code == 200
    assert small_world.client().get(address).status_code == 404


def test_the_log_tells_which_doctor_an_account_was_and_is(small_world: World) -> None:
    ola = {"role": "doctor", "doctor": "ola"}
    assert _change(small_world, "coordinator", "doctor", ola).status_code == 200
    manager = {"role": "manager", "municipality": "fjell"}
    assert _change(small_world, "coordinator", "doctor", manager, '"2"').status_code == 200
    with small_world.service.database.reading() as session:
        logged = select(AuditEntry).where(AuditEntry.action == "account.role-changed")
        first, second = session.scalars(logged.order_by(AuditEntry.id)).all()
    assert (first.details["former_doctor"], first.details["doctor"]) == ("kari", "ola")
    assert (second.details["former_doctor"], second.details["doctor"]) == ("ola", None)
    assert (second.details["former_municipality"], second.details["municipality"]) == (
        None,
        "fjell",
    )


def test_the_last_coordinator_keeps_the_role(small_world: World) -> None:
    world = small_world
    refused = _change(world, "system", "coordinator", AUDITOR)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:rettvakt:problem:last-one")
    _second_coordinator(world)
    assert _change(world, "system", "coordinator", AUDITOR).status_code == 200
    assert _change(world, "system", "second", AUDITOR).status_code == 409
    assert world["second"].get("/accounts").status_code == 200


def test_of_two_who_take_the_role_from_each_other_at_once_one_keeps_it(world: World) -> None:
    _second_coordinator(world)
    pairs = (("coordinator", "second"), ("second", "coordinator"))
    answers = _at_once(lambda number: _change(world, *pairs[number], AUDITOR), 2)
    statuses = _statuses(answers)
    assert statuses[0] == 200
    assert statuses[1] in (403, 409)
    roles = [world[who].get("/me").json()["role"] for who in ("coordinator", "second")]
    assert sorted(roles) == ["auditor", "coordinator"]


@pytest.mark.parametrize(
    ("who", "whose", "role", "status"),
    [
        ("coordinator", "coordinator", AUDITOR, 403),  # the own one
        ("coordinator", "system", AUDITOR, 404),
        ("coordinator", "stranger", AUDITOR, 404),
        ("coordinator", "auditor", {"role": "system"}, 422),
        ("coordinator", "auditor", {"role": "doctor"}, 422),  # which one?
        ("coordinator", "auditor", {**AUDITOR, "doctor": "kari"}, 422),
        ("doctor", "auditor", {"role": "coordinator"}, 403),
        ("narrow", "auditor", {"role": "coordinator"}, 403),
        ("narrow", "coordinator", AUDITOR, 403),
    ],
)
def test_nobody_gives_more_than_they_may_themselves(
    small_world: World, who: str, whose: str, role: dict[str, str], status: int
) -> None:
    with small_world.service.database.writing() as session:
        scopes = [Right.ACCOUNTS, Right.PLANS_READ]
        actor = small_world.actors["coordinator"]
        token, _ = tokens.add_token(session, actor, label="x", scopes=scopes, ends_at=None)
    small_world.people["narrow"] = Person(small_world.client(), token)
    answer = _change(small_world, who, whose, role)
    assert answer.status_code == status, answer.text


def test_a_closed_account_gets_no_other_role(small_world: World) -> None:
    account = small_world.actors["auditor"].account
    assert small_world["coordinator"].ask("DELETE", f"/accounts/{account}").status_code == 204
    manager = {"role": "manager", "municipality": "fjell"}
    assert _change(small_world, "coordinator", "auditor", manager, '"2"').status_code == 409
