"""The queue of jobs: nothing is done twice, nothing is lost when a holder goes."""

import errno
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from api.service.errors import BusyError
from api.service.jobs import store
from api.service.jobs.keeper import Keeper
from api.service.jobs.tables import Job, JobEvent
from api.service.jobs.task import Task
from scheduler.solving.process import SearchError
from tests.service.world import World
from tests.support import PATIENCE


def _asked(world: World, plan: str, **wanted: Any) -> Any:
    headers = {"Idempotency-Key": wanted.pop("key")} if "key" in wanted else {}
    return world["coordinator"].post(
        "/solves", json={"plan": plan, "seconds": 2} | wanted, headers=headers
    )


def _claim(world: World, holder: str) -> str | None:
    with world.service.database.writing() as session:
        job = store.claim(session, holder)
        return job.id if job else None


def test_jobs_are_taken_in_order_and_each_by_one_holder(world: World) -> None:
    plan = world.plan()
    first, second = (_asked(world, plan).json()["id"] for _ in range(2))
    assert [_claim(world, name) for name in ("a", "b", "c")] == [first, second, None]


def test_a_holder_that_shows_no_life_loses_its_job_and_can_do_no_harm(world: World) -> None:
    job = _asked(world, world.plan()).json()["id"]
    assert _claim(world, "a") == job
    with world.service.database.writing() as session:
        assert store.reap(session) == 0
        session.execute(
            update(Job).values(alive_at=datetime.now(UTC) - store.LEASE - timedelta(seconds=1))
        )
        assert store.reap(session) == 1
    assert _claim(world, "b") == job
    with world.service.database.writing() as session:
        with pytest.raises(store.LostError):
            store.held(session, job, "a")
        assert store.held(session, job, "b").attempts == 2


def test_a_job_that_stops_again_and_again_has_failed_in_the_end(small_world: World) -> None:
    job = _asked(small_world, small_world.plan()).json()["id"]
    for number in range(store.ATTEMPTS):
        assert _claim(small_world, f"holder {number}") == job
        with small_world.service.database.writing() as session:
            store.give_back(session, store.held(session, job, f"holder {number}"), "Strømbrudd.")
    told = small_world["coordinator"].get(f"/jobs/{job}").json()
    assert told["state"] == "failed"
    assert "Strømbrudd." in told["message"]
    assert _claim(small_world, "late") is None


def test_the_same_key_gives_the_same_job_and_no_other(world: World) -> None:
    plan = world.plan()
    first, again = _asked(world, plan, key="k1"), _asked(world, plan, key="k1")
    assert first.json()["id"] == again.json()["id"]
    other = _asked(world, plan, key="k1", seed=2)
    assert other.status_code == 422
    assert other.json()["type"] == "urn:rettvakt:problem:key-reused"
    assert _asked(world, plan, key="k2").json()["id"] != first.json()["id"]


def test_a_cooperation_has_so_many_jobs_and_another_is_not_held_up(small_world: World) -> None:
    plan = small_world.plan()
    statuses = [_asked(small_world, plan).status_code for _ in range(6)]
    assert statuses == [202] * 5 + [429]
    with small_world.service.database.writing() as session, pytest.raises(BusyError):
        store.enqueue(session, small_world.actors["coordinator"], "solve", "x", {}, most=5)
    with small_world.service.database.writing() as session:
        store.enqueue(session, small_world.actors["stranger"], "solve", "x", {}, most=5)


def test_a_job_that_waits_is_cancelled_and_one_that_runs_is_stopped(world: World) -> None:
    plan = world.plan()
    running, waiting = (_asked(world, plan).json()["id"] for _ in range(2))
    _claim(world, "a")
    states = [
        world["coordinator"].post(f"/jobs/{job}/stop").json()["state"] for job in (running, waiting)
    ]
    assert states == ["stopping", "cancelled"]
    assert world["coordinator"].post(f"/jobs/{waiting}/stop").status_code == 409
    with world.service.database.writing() as session:
        assert store.held(session, running, "a").state == store.STOPPING
        store.give_back(session, store.held(session, running, "a"), "Borte.")
    assert _claim(world, "b") == running  # somebody must still save its best


def test_events_are_numbered_and_can_be_read_on_from_any_of_them(world: World) -> None:
    job = _asked(world, world.plan()).json()["id"]
    _claim(world, "a")
    with world.service.database.writing() as session:
        own = store.held(session, job, "a")
        for number in range(3):
            store.add_event(session, job, "progress", {"seconds": number})
        store.end(session, own, store.DONE, result="r")
    whole = world["coordinator"].get(f"/jobs/{job}/events")
    assert whole.headers["content-type"].startswith("text/event-stream")
    ids = [line for line in whole.text.splitlines() if line.startswith("id: ")]
    assert ids == [f"id: {number}" for number in range(1, 6)]
    rest = world["coordinator"].get(f"/jobs/{job}/events", headers={"Last-Event-ID": "4"})
    assert [line for line in rest.text.splitlines() if line.startswith("id: ")] == ["id: 5"]
    assert '"state": "done"' in rest.text


def test_events_of_a_job_of_others_are_not_there(small_world: World) -> None:
    job = _asked(small_world, small_world.plan()).json()["id"]
    assert small_world["stranger"].get(f"/jobs/{job}/events").status_code == 404
    assert small_world["doctor"].get(f"/jobs/{job}/events").status_code == 403


def test_the_time_after_which_a_job_is_taken_can_be_set(small_world: World) -> None:
    job = _asked(small_world, small_world.plan()).json()["id"]
    assert _claim(small_world, "a") == job
    with small_world.service.database.writing() as session:
        session.execute(update(Job).values(alive_at=datetime.now(UTC) - timedelta(seconds=5)))
        assert store.reap(session) == 0
        assert store.reap(session, timedelta(seconds=4)) == 1


def test_a_keeper_that_can_start_no_process_leaves_the_job_to_others_and_lives_on(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    job = _asked(small_world, small_world.plan()).json()["id"]
    monkeypatch.setattr("api.service.jobs.child.subprocess.Popen", no_memory)
    settings = small_world.settings.model_copy(update={"jobs_at_once": 1})
    keeper = Keeper(settings, small_world.service.database)
    keeper.start()
    try:
        _wait_for(small_world, job, "failed")  # it has tried as often as a job is tried
    finally:
        keeper.close()
    told = small_world["coordinator"].get(f"/jobs/{job}").json()
    assert told["attempts"] == store.ATTEMPTS
    assert "Cannot allocate memory" in told["message"]


@pytest.mark.parametrize(
    "error", [SearchError("killed"), OperationalError("SELECT 1", None, Exception("away"))]
)
def test_a_job_is_not_failed_by_what_is_no_fault_of_its_own(
    small_world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A killed search, a database that was away: whoever takes it next goes on from its best."""

    def ends(*_: object, **__: object) -> None:
        raise error

    job = _asked(small_world, small_world.plan()).json()["id"]
    _claim(small_world, "a")
    monkeypatch.setattr("api.library.solve", ends)
    database = small_world.service.database
    with pytest.raises(type(error)):
        Task(small_world.settings, database, job, "a", threading.Event()).run()
    with database.writing() as session:
        store.give_back(session, store.held(session, job, "a"), "Borte.")
    assert _claim(small_world, "b") == job


def test_a_solve_becomes_a_roster_and_goes_on_where_a_closed_service_left_it(
    small_world: World,
) -> None:
    """One process of the service is closed in the middle; another makes the roster."""
    plan = small_world.plan()
    job = _asked(small_world, plan, seconds=6).json()["id"]
    settings = small_world.settings.model_copy(update={"jobs_at_once": 1, "workers_per_job": 1})
    first = Keeper(settings, small_world.service.database)
    first.start()
    _wait_for(small_world, job, "running")
    first.close()
    assert small_world["coordinator"].get(f"/jobs/{job}").json()["state"] == "queued"
    second = Keeper(settings, small_world.service.database)
    second.start()
    try:
        _wait_for(small_world, job, "done")
    finally:
        second.close()
    told = small_world["coordinator"].get(f"/jobs/{job}").json()
    made = small_world["coordinator"].get(f"/rosters/{told['roster']}").json()
    assert made["roster"]["state"] == "draft"
    assert made["version"]["breaches"] == 0
    rosters = small_world["coordinator"].get("/rosters").json()["items"]
    assert [own["id"] for own in rosters] == [told["roster"]]
    with small_world.service.database.reading() as session:
        kinds = set(session.scalars(select(JobEvent.kind)))
    assert "state" in kinds


def _wait_for(world: World, job: str, state: str) -> None:
    until = time.monotonic() + PATIENCE
    told = {"state": "unknown"}
    while told["state"] != state:
        told = world["coordinator"].get(f"/jobs/{job}").json()
        assert told["state"] == state or told["state"] not in store.ENDED, told
        assert time.monotonic() < until, f"job is still {told['state']}, not {state}"
        time.sleep(0.1)
