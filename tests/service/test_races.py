"""Two at once, on both databases: one wins, the other is told, and nothing is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from api.service.audit.tables import AuditEntry
from api.service.jobs import store
from api.service.jobs.tables import Job
from api.service.messages import store as outbox
from api.service.messages.tables import Message
from api.service.rosters.edits import tried
from api.service.rosters.tables import Publication, RosterVersion
from tests.api.plans import tiny
from tests.service.world import World

MANY = 6


def _at_once(call: Callable[[int], Any], many: int = MANY) -> list[Any]:
    """What each of many gets who call in the same moment."""
    gate = Barrier(many)

    def wait_and_call(number: int) -> Any:
        gate.wait()
        return call(number)

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(wait_and_call, range(many)))


def _statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def _roster(world: World) -> tuple[str, list[str]]:
    plan = world.plan()
    duties = [duty.id for duty in world.loaded(plan).problem.duties]
    return world.roster(plan, {duties[0]: "kari"}), duties


def test_of_edits_of_one_version_exactly_one_is_stored(world: World) -> None:
    roster, duties = _roster(world)

    def edit(number: int) -> Any:
        return world["coordinator"].ask(
            "PATCH",
            f"/rosters/{roster}",
            json={"on": [{"duty": duties[number + 1], "doctor": "ola"}], "note": str(number)},
            headers={"If-Match": '"1"'},
        )

    answers = _at_once(edit)
    assert _statuses(answers) == [200] + [412] * (MANY - 1)
    [winner] = [number for number, answer in enumerate(answers) if answer.status_code == 200]
    with world.service.database.reading() as session:
        versions = session.scalars(select(RosterVersion).order_by(RosterVersion.number)).all()
        actions = session.scalars(select(AuditEntry.action)).all()
    assert [own.number for own in versions] == [1, 2]
    assert versions[-1].note == str(winner)
    assert actions.count("roster.changed") == 1


def test_whoever_changes_any_version_changes_the_one_that_was_judged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If-Match: * while another's change comes in between would undo the other's."""
    roster, duties = _roster(world)
    between: list[Any] = []

    def slow(*arguments: Any) -> Any:
        verdict = tried(*arguments)
        if not between:
            between.append(None)
            between.append(edit(1))
        return verdict

    def edit(number: int) -> Any:
        return world["coordinator"].ask(
            "PATCH",
            f"/rosters/{roster}",
            json={"on": [{"duty": duties[number + 1], "doctor": "ola"}]},
            headers={"If-Match": "*"},
        )

    monkeypatch.setattr("api.service.rosters.routes.tried", slow)
    assert edit(0).status_code == 412
    assert between[1].status_code == 200
    shown = world["coordinator"].get(f"/rosters/{roster}").json()
    assert [own["doctor"] for own in shown["assignments"][:3]] == ["kari", None, "ola"]


def test_a_roster_that_several_publish_is_published_once_and_told_once(world: World) -> None:
    roster, _ = _roster(world)
    answers = _at_once(
        lambda _: world["coordinator"].post(
            f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
        )
    )
    assert _statuses(answers) == [201] + [409] * (MANY - 1)
    with world.service.database.reading() as session:
        assert session.scalars(select(Publication.number)).all() == [1]
        assert len(session.scalars(select(Message.id)).all()) == 1
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("roster.published") == 1


def test_edits_and_publications_all_at_once_number_without_gaps(world: World) -> None:
    """Each caller reads what stands and goes on from it, whatever the others do."""
    roster, duties = _roster(world)

    def work(number: int) -> int:
        stored = 0
        for _ in range(3):
            shown = world["coordinator"].get(f"/rosters/{roster}").json()
            match = {"If-Match": f'"{shown["roster"]["version"]}"'}
            has = any(
                own["duty"] == duties[number + 1] and own["doctor"] == "ola"
                for own in shown["assignments"]
            )
            change = [{"duty": duties[number + 1], "doctor": "ola"}]
            answer = world["coordinator"].ask(
                "PATCH", f"/rosters/{roster}", json={"off" if has else "on": change}, headers=match
            )
            stored += answer.status_code == 200
            assert answer.status_code in (200, 412), answer.text
            answer = world["coordinator"].post(
                f"/rosters/{roster}/publications", json={"signed": "x"}, headers={"If-Match": "*"}
            )
            assert answer.status_code in (201, 409), answer.text
        return stored

    stored = sum(_at_once(work, 3))
    with world.service.database.reading() as session:
        versions = session.scalars(select(RosterVersion.number)).all()
        publications = session.scalars(select(Publication)).all()
    assert sorted(versions) == list(range(1, stored + 2))
    assert sorted(own.number for own in publications) == list(range(1, len(publications) + 1))
    assert len({own.roster_version_id for own in publications}) == len(publications)


def test_of_changes_of_one_plan_exactly_one_is_stored(world: World) -> None:
    plan = world.plan()
    answers = _at_once(
        lambda number: world["coordinator"].upload(
            f"/plans/{plan}/versions",
            tiny() | {"title": f"Nummer {number}"},
            headers={"If-Match": '"1"'},
        )
    )
    assert _statuses(answers) == [201] + [412] * (MANY - 1)
    told = world["coordinator"].get(f"/plans/{plan}/versions").json()
    assert [own["number"] for own in told] == [2, 1]


def test_keepers_that_look_at_once_take_different_jobs(world: World) -> None:
    plan = world.plan()
    asked = {
        world["coordinator"].post("/solves", json={"plan": plan}).json()["id"] for _ in range(3)
    }

    def claim(number: int) -> str | None:
        with world.service.database.writing() as session:
            job = store.claim(session, f"holder {number}")
            return job.id if job else None

    taken = [own for own in _at_once(claim) if own is not None]
    assert len(taken) == len(set(taken)) == len(asked)
    with world.service.database.reading() as session:
        assert session.scalars(select(Job.attempts)).all() == [1] * len(asked)


def test_a_key_sent_several_times_at_once_starts_one_job(world: World) -> None:
    plan = world.plan()
    answers = _at_once(
        lambda _: world["coordinator"].post(
            "/solves", json={"plan": plan}, headers={"Idempotency-Key": "k"}
        )
    )
    assert _statuses(answers) == [202] * MANY
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_a_cooperation_gets_no_more_jobs_by_asking_at_once(world: World) -> None:
    plan = world.plan()
    answers = _at_once(lambda _: world["coordinator"].post("/solves", json={"plan": plan}), 8)
    assert _statuses(answers) == [202] * 5 + [429] * 3


def test_a_name_that_several_want_at_once_is_given_once(world: World) -> None:
    answers = _at_once(lambda _: world["system"].post("/cooperations", json={"name": "Nye Fjell"}))
    assert _statuses(answers) == [201] + [409] * (MANY - 1)
    account = {"email": "ny@x.no", "name": "Ny", "role": "auditor", "password": "et langt passord"}
    answers = _at_once(lambda _: world["coordinator"].post("/accounts", json=account))
    assert _statuses(answers) == [201] + [409] * (MANY - 1)


def test_senders_that_look_at_once_take_a_message_once(world: World) -> None:
    roster, _ = _roster(world)
    world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
    )

    with world.service.database.writing() as session:
        for own in session.scalars(select(Message)):  # quiet hours put it off until the morning
            own.next_try_at = datetime.now(UTC)

    def take(_: int) -> str | None:
        with world.service.database.writing() as session:
            message = outbox.take(session)
            return message.id if message else None

    assert len([own for own in _at_once(take) if own is not None]) == 1
