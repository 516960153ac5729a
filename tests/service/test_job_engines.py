"""Both ways of a job to a worker: told in the same transaction, brought, and never done twice."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api.service.db.database import Database
from api.service.jobs import deferred_keeper, engines, procrastinated, store
from api.service.jobs.delivery import announce
from api.service.jobs.tables import Job
from api.service.settings import Settings
from tests.service import databases
from tests.service.jobs import asked, claim
from tests.service.world import World
from tests.support import PATIENCE


@pytest.fixture
def told_world() -> Iterator[World]:
    """A service on PostgreSQL whose jobs procrastinate brings."""
    try:
        with databases.postgres() as address:
            database = Database(address)
            for _ in range(2):  # the second time nothing is left to do
                procrastinated.upgrade(database)
            database.close()
            world = World(address, queue="procrastinate")
            with TestClient(world.app, base_url="http://rettvakt.test"):
                yield world
    except databases.NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")


def _deliveries(world: World) -> list[tuple[str, str]]:
    with world.service.database.reading() as session:
        rows = session.execute(
            text(
                "SELECT args->>'job', status::text FROM procrastinate.procrastinate_jobs "
                "ORDER BY id"
            )
        )
        return [(job, state) for job, state in rows]


def test_a_job_is_told_in_the_transaction_that_makes_it_wait(told_world: World) -> None:
    job = asked(told_world, "solves", plan=told_world.plan())
    assert _deliveries(told_world) == [(job, "todo")]
    actor = told_world.actors["coordinator"]
    with told_world.service.database.writing() as session:
        store.enqueue(session, actor, "solve", "x", {}, most=5)
        session.rollback()
    assert _deliveries(told_world) == [(job, "todo")]
    assert claim(told_world, "a") == job
    with told_world.service.database.writing() as session:
        store.give_back(session, store.held(session, job, "a"), "Borte.")
    assert _deliveries(told_world) == [(job, "todo")] * 2  # the second does no harm


def test_what_waits_without_a_delivery_is_told_again(told_world: World) -> None:
    job = asked(told_world, "solves", plan=told_world.plan())
    with told_world.service.database.writing() as session:
        session.execute(text("SET LOCAL search_path TO procrastinate"))
        session.execute(text("DELETE FROM procrastinate_jobs"))
    for expected in (1, 0):
        with told_world.service.database.writing() as session:
            assert procrastinated.deliver_again(session) == expected
    assert _deliveries(told_world) == [(job, "todo")]


class _Done:
    """In the place of a job's own process: it has ended as soon as it began."""

    ended = True

    def collect(self) -> None:
        """Nothing is left to look after."""


def _done_at_once(_settings: Settings, database: Database, job: str, holder: str) -> _Done:
    with database.writing() as session:
        store.end(session, store.held(session, job, holder), store.DONE)
    return _Done()


@pytest.mark.slow
def test_a_job_that_is_brought_twice_is_done_once(
    told_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.service.jobs.deferred_keeper.begun", _done_at_once)
    job = asked(told_world, "solves", plan=told_world.plan())
    with told_world.service.database.writing() as session:
        announce(session, session.get_one(Job, job))
        announce(session, session.get_one(Job, job), timedelta(seconds=1))
    settings = told_world.settings.model_copy(update={"jobs_at_once": 2})
    engine = engines.engine(settings, told_world.service.database)
    engine.start()
    try:
        told = _wait_for_the_end(told_world, job)
        until = time.monotonic() + PATIENCE
        while _deliveries(told_world):
            assert time.monotonic() < until
            time.sleep(0.1)
    finally:
        engine.close()
    assert (told["state"], told["attempts"]) == ("done", 1)


def test_a_job_that_was_brought_while_the_database_failed_is_taken_soon(
    told_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its delivery is gone then, and nobody looks for such before an hour has passed."""
    faults, looked = iter(range(3)), threading.Event()
    claim_, deliver = store.claim, procrastinated.deliver_again

    def failing(*arguments: Any, **options: Any) -> Job | None:
        if next(faults, None) is not None:
            raise OperationalError("SELECT", {}, Exception("the server closed the connection"))
        return claim_(*arguments, **options)

    def delivered(session: Any) -> int:
        looked.set()
        return deliver(session)

    monkeypatch.setattr(store, "claim", failing)
    monkeypatch.setattr(deferred_keeper, "deliver_again", delivered)
    monkeypatch.setattr(deferred_keeper, "REAP", 3600)
    monkeypatch.setattr(deferred_keeper, "begun", _done_at_once)
    settings = told_world.settings.model_copy(update={"jobs_at_once": 2, "lease_seconds": 3600})
    engine = engines.engine(settings, told_world.service.database)
    engine.start()
    try:
        assert looked.wait(PATIENCE)
        job = asked(told_world, "solves", plan=told_world.plan())
        told = _wait_for_the_end(told_world, job)
    finally:
        engine.close()
    assert (told["state"], told["attempts"]) == ("done", 1)
    said = [own.getMessage() for own in caplog.records if "cannot be taken" in own.getMessage()]
    assert [own.rpartition("in ")[2] for own in said] == ["0.2 s", "0.4 s", "0.8 s"]


def _wait_for_the_end(world: World, job: str) -> Any:
    until = time.monotonic() + PATIENCE
    while True:
        told = world["coordinator"].get(f"/jobs/{job}").json()
        if told["state"] in store.ENDED:
            return told
        assert time.monotonic() < until, told
        time.sleep(0.1)


def test_procrastinate_is_refused_without_postgresql() -> None:
    with pytest.raises(ValidationError, match="needs PostgreSQL"):
        Settings(database="sqlite:///x.db", queue="procrastinate")


def test_of_a_cooperation_so_many_jobs_run_and_others_are_not_held_up(world: World) -> None:
    plan = world.plan()
    first, second = (asked(world, "solves", plan=plan) for _ in range(2))
    with world.service.database.writing() as session:
        other = store.enqueue(session, world.actors["stranger"], "solve", "x", {}, most=5).id

    def taken(job: str | None = None) -> str | None:
        with world.service.database.writing() as session:
            found = store.claim(session, "here", job=job, at_once=1)
            return found.id if found else None

    assert [taken(), taken(), taken()] == [first, other, None]
    assert taken(second) is None
    with world.service.database.writing() as session:
        store.end(session, store.held(session, first, "here"), store.DONE)
    assert taken(second) == second
