"""A person can be erased so that nothing of it is left."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from api.service.accounts import store as accounts
from api.service.accounts.roles import Role
from api.service.accounts.tables import Account
from api.service.db.tables import METADATA
from api.service.jobs import store
from api.service.jobs.tables import Job
from api.service.plans.tables import PlanVersion
from api.service.privacy import erasing
from api.service.privacy.tables import Erasure
from tests.service.tuva import MARKERS, Full, exported
from tests.service.world import PASSWORD, World


def _with(world: World, **settings: Any) -> None:
    changed = world.settings.model_copy(update=settings)
    world.settings = world.service.settings = changed


# Tables in which nobody stands, or only by the id of the account.
_NOBODY = {
    "cooperation",
    "visit",
    "identity",
    "pending_login",
    "login_try",
    "plan",
    "roster",
    "job_event",
    "once_key",
    "erasure",
    "turn",
    "swap_settings",
}


def test_before_anything_is_erased_the_markers_are_all_there(small_full: Full) -> None:
    found = small_full.found()
    assert set().union(*found.values()) == set(MARKERS)
    assert set(found) == set(METADATA.tables) - _NOBODY


def test_nothing_about_an_erased_person_is_left_anywhere(full: Full) -> None:
    _with(full.world, keep_rosters_months=0)
    answer = full.erase()
    assert answer.status_code == 201, answer.text
    assert full.found() == {}
    told = answer.json()
    assert told["held_until"] is None
    assert told["counts"]["plan_version"] == 1
    assert told["counts"]["message"] == 2
    # The book holds together, and is another one than before.
    assert told["counts"]["ledger_entry"] >= 2
    checked = full.world["coordinator"].get("/ledger/check").json()
    assert checked["flaws"] == []
    accounts = full.world["coordinator"].get("/ledger").json()
    assert told["code"] in json.dumps(accounts)
    # What others are told by is as it was: the roster can be read, and the code has the duty.
    content = full.world["coordinator"].get(f"/rosters/{full.roster}").json()
    by_duty = {own["duty"]: own["doctor"] for own in content["assignments"]}
    assert by_duty[full.duty] == told["code"]
    assert by_duty[full.others] == "kari"
    assert full.world.client().get(full.calendar).status_code == 404
    assert full.tuva.get("/me").status_code == 401
    again = full.world.client().post(
        "/api/v1/session", json={"email": "tuva@fjell.example", "password": PASSWORD}
    )
    assert again.status_code == 401


def test_a_job_under_way_brings_nothing_back_of_an_erased_person(small_full: Full) -> None:
    """It has read the plan before, and would store a roster with the person in it at its end."""
    world = small_full.world
    with world.service.database.writing() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.holder, job.best = store.RUNNING, "there", '{"doctor":"tuva-o"}'
        name = job.id
    assert small_full.erase().status_code == 201
    told = world["coordinator"].get(f"/jobs/{name}").json()
    assert told["state"] == "failed"
    assert "slettet imens" in told["message"]
    with world.service.database.writing() as session:
        assert session.get_one(Job, name).best is None
        with pytest.raises(store.LostError):
            store.held(session, name, "there")


def test_what_is_kept_at_hand_of_a_roster_goes_with_the_person(small_full: Full) -> None:
    """In this process and in others, which are told nothing of the erasure."""
    world, address = small_full.world, f"/rosters/{small_full.roster}/burden"
    assert "tuva-o" in world["coordinator"].get(address).text
    world.service.forget = lambda: None
    _with(world, keep_rosters_months=0)
    assert small_full.erase().status_code == 201
    assert "tuva-o" not in world["coordinator"].get(address).text


def test_an_erased_person_leaves_others_as_they_were(small_full: Full) -> None:
    _with(small_full.world, keep_rosters_months=0)
    assert small_full.erase().status_code == 201
    document = (
        small_full.world["coordinator"].get(f"/plans/{small_full.plan}/versions/1/document").json()
    )
    kari = next(own for own in document["doctors"] if own["id"] == "kari")
    assert (kari["name"], kari["born"]) == ("Kari Nordmann", "1980-06-01")
    assert [own["doctor"] for own in document["absences"]] == ["kari"]
    report = small_full.world["coordinator"].get(f"/rosters/{small_full.roster}/check")
    assert report.status_code == 200


def test_who_is_still_in_a_plan_is_not_erased(small_world: World) -> None:
    small_world.plan()
    answer = small_world.browser("coordinator").post(
        "/privacy/erasures", json={"account": small_world.actors["doctor"].account}
    )
    assert answer.status_code == 409
    assert "Fjell, mars 2027" in answer.json()["detail"]


def test_a_doctor_without_an_account_can_be_erased_and_told_about(small_full: Full) -> None:
    _with(small_full.world, keep_rosters_months=0)
    coordinator = small_full.world["coordinator"]
    content = exported(coordinator.get("/privacy/export", params={"doctor": "siv"}))
    assert content["plans"][0]["said"]["doctors"][0]["name"] == "Siv Åsen"
    body = {"doctor": "siv"}
    told = small_full.world.browser("coordinator").post("/privacy/erasures", json=body)
    assert told.status_code == 201, told.text
    assert "Siv Åsen" not in coordinator.get(f"/plans/{small_full.plan}/versions/1/document").text
    gone = coordinator.get("/privacy/export", params={"doctor": "siv"})
    assert gone.status_code == 404


def test_all_accounts_of_a_doctor_are_erased_together(small_full: Full) -> None:
    world = small_full.world
    _with(world, keep_rosters_months=0)
    with world.service.database.writing() as session:
        second = accounts.add_account(
            session,
            world.actors["coordinator"],
            email="privat@fjell.example",
            name="Tuva Ø. Vik",
            role=Role.DOCTOR,
            password=PASSWORD,
            cooperation=small_full.actor.cooperation,
            doctor="tuva-o",
            must_change=False,
        ).id
    assert small_full.erase(account=second).status_code == 201
    assert small_full.found() == {}
    with world.service.database.reading() as session:
        both = session.scalars(select(Account).where(Account.id.in_([small_full.account, second])))
        found = list(both)
    assert [own.active for own in found] == [False, False]
    assert len({own.email for own in found}) == 2
    assert all(own.email.endswith("@slettet.invalid") for own in found)
    assert {own.name for own in found} == {"Slettet bruker"}


def test_an_erasure_can_be_tried_and_changes_nothing(full: Full) -> None:
    before = full.found()
    answer = full.world["coordinator"].post(
        "/privacy/erasures", json={"account": full.account}, params={"only_try": True}
    )
    assert answer.status_code == 201
    assert answer.json()["counts"]["api_token"] == 1
    assert full.found() == before
    assert full.tuva.get("/me").status_code == 200
    assert full.world["coordinator"].get("/privacy/erasures").json() == []


def test_no_token_erases_and_nobody_erases_themselves_or_others_elsewhere(small_full: Full) -> None:
    body = {"account": small_full.account}
    assert small_full.world["coordinator"].post("/privacy/erasures", json=body).status_code == 403
    assert (
        small_full.world.browser("stranger").post("/privacy/erasures", json=body).status_code == 404
    )
    own = {"account": small_full.world.actors["coordinator"].account}
    assert (
        small_full.world.browser("coordinator").post("/privacy/erasures", json=own).status_code
        == 403
    )
    both = {"account": small_full.account, "doctor": "tuva-o"}
    for wrong in (both, {}):
        answer = small_full.world.browser("coordinator").post("/privacy/erasures", json=wrong)
        assert answer.status_code == 422


def test_what_is_kept_changes_only_inside_an_erasure(world: World) -> None:
    world.plan()
    database = world.service.database
    for table, values in (
        ("plan_version", "note = 'x'"),
        ("plan_version", "number = 9"),
        ("audit_entry", "action = 'x'"),
    ):
        with pytest.raises(DBAPIError, match="is never changed"), database.writing() as session:
            session.execute(text(f"UPDATE {table} SET {values}"))
    with database.writing() as session:
        made = erasing.open_erasure(session, "", "retention")
        session.execute(update(PlanVersion).values(note="x"))
        erasing.close(session, made, {})
    for statement in (
        "UPDATE plan_version SET number = 9",
        "UPDATE plan_version SET created_at = created_at",
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",  # all of it is young
        "DELETE FROM erasure",
    ):
        with database.writing() as session:
            made = erasing.open_erasure(session, "", "retention")
            with pytest.raises(DBAPIError, match="is never changed"), session.begin_nested():
                session.execute(text(statement))
            erasing.close(session, made, {})
    with pytest.raises(DBAPIError, match="is never changed"), database.writing() as session:
        session.execute(update(Erasure).values(ended_at=None))
    with database.reading() as session:
        still_open = select(func.count()).where(Erasure.ended_at.is_(None))
        assert session.scalar(still_open) == 0
