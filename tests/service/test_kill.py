"""Kill -9 at any moment: nothing that was confirmed is lost, nothing is done twice, jobs end.

More rounds: RETTVAKT_TEST_KILLS=50 ./run slow tests/service/test_kill.py
"""

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from api.service.audit.tables import AuditEntry
from api.service.feeds.tables import NOBODY, FeedDuty
from api.service.jobs import engines, store
from api.service.jobs.tables import Job
from api.service.messages.tables import Message
from api.service.rosters.documents import assignments
from api.service.rosters.tables import Publication, RosterVersion
from tests.service import databases
from tests.service.processes import Fleet, kill
from tests.service.world import V1, World
from tests.support import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
]
ROUNDS = int(os.environ.get("RETTVAKT_TEST_KILLS", "10"))
LEASE = 3
SETTINGS = {
    "RETTVAKT_LEASE_SECONDS": str(LEASE),
    "RETTVAKT_WORKERS_PER_JOB": "1",
    "RETTVAKT_RUNNING_PER_COOPERATION": "5",
}
JOB, SOLVER = "api.service.jobs.run", "scheduler.solving.child"
PUBLISHING = "server, while it publishes"


@pytest.fixture(params=["sqlite", "postgres", "procrastinate"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """People on a database that is not served yet; PostgreSQL with both engines of the queue."""
    told = request.param == "procrastinate"
    try:
        with getattr(databases, "postgres" if told else request.param)() as address:
            own = World(address, **({"queue": "procrastinate"} if told else {}))
            engines.upgrade(own.settings, own.service.database)
            yield own
            own.service.close()
    except databases.NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")


def _settings(world: World) -> dict[str, str]:
    return {**SETTINGS, "RETTVAKT_QUEUE": world.settings.queue}


class Coordinator(threading.Thread):
    """Changes a roster and publishes it, asks for solves, and writes down what was confirmed.

    A request whose answer never came is sent again: with the same key, or after a look at what
    stands.
    """

    def __init__(self, world: World, fleet: Fleet, plan: str, roster: str) -> None:
        super().__init__(daemon=True)
        self.plan, self.roster = plan, roster
        self.duty = world.loaded(plan).problem.duties[0].id
        self.client = httpx2.Client(
            base_url=f"http://127.0.0.1:{fleet.port}{V1}",
            headers=world["coordinator"].headers,
            timeout=60,
        )
        self.closing = threading.Event()
        self.publishing = threading.Event()
        self.changed: set[int] = set()
        self.published: dict[int, int] = {}
        self.jobs: dict[str, str] = {}
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.closing.is_set():
                with suppress(httpx2.TransportError):
                    self._change()
                    self._publish()
                    self._solve()
                time.sleep(0.02)
        except BaseException as error:
            self.error = error
            raise

    def _stands(self) -> tuple[int, str, str]:
        told = self._sure(self.client.get(f"/rosters/{self.roster}"))
        return told["roster"]["version"], told["roster"]["state"], told["assignments"][0]["doctor"]

    def _change(self) -> None:
        version, state, doctor = self._stands()
        if state == "amended" or (state == "draft" and version > 1):
            return
        other = "siv" if doctor == "kari" else "kari"
        change = {
            "off": [{"duty": self.duty, "doctor": doctor}],
            "on": [{"duty": self.duty, "doctor": other}],
        }
        told = self._sure(
            self.client.patch(
                f"/rosters/{self.roster}", json=change, headers={"If-Match": f'"{version}"'}
            )
        )
        self.changed.add(told["stored"]["number"])

    def _publish(self) -> None:
        version, state, _ = self._stands()
        if state == "published":
            return
        self.publishing.set()
        try:
            answer = self.client.post(
                f"/rosters/{self.roster}/publications",
                json={"signed": "Prøve"},
                headers={"If-Match": f'"{version}"'},
            )
        finally:
            self.publishing.clear()
        told = self._sure(answer)
        self.published[told["number"]] = told["version"]

    def _solve(self) -> None:
        """Keep one job open; a key whose answer never came is sent again."""
        if self.jobs:
            newest = list(self.jobs.values())[-1]
            if self._sure(self.client.get(f"/jobs/{newest}"))["state"] not in store.ENDED:
                return
        key = f"jobb {len(self.jobs)}"
        answer = self.client.post(
            "/solves",
            json={"plan": self.plan, "seconds": 4},
            headers={"Idempotency-Key": key},
        )
        self.jobs[key] = self._sure(answer)["id"]

    def _sure(self, answer: httpx2.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()

    def close(self) -> None:
        """Stop after the request that is on its way."""
        self.closing.set()
        self.join(PATIENCE)
        assert self.error is None
        assert not self.is_alive()
        self.client.close()


def test_kills_at_random_moments_lose_nothing_and_do_nothing_twice(
    world: World, tmp_path: Path
) -> None:
    chance = random.Random(20270312)
    plan = world.plan()
    duty = world.loaded(plan).problem.duties[0].id
    roster = world.roster(plan, {duty: "kari"})
    on_one_machine = world.service.database.is_sqlite
    fleet = Fleet(world.address, _settings(world), 0 if on_one_machine else 2, tmp_path)
    kinds = [*fleet.processes, JOB, JOB, SOLVER, PUBLISHING]
    left: list[int] = []
    try:
        fleet.ready()
        coordinator = Coordinator(world, fleet, plan, roster)
        coordinator.start()
        for _ in range(ROUNDS):
            time.sleep(chance.uniform(0.0, 2.0))
            kind = chance.choice(kinds)
            if kind == PUBLISHING:
                _kill_at_publication(fleet, coordinator, chance)
            elif kind in fleet.processes:
                fleet.kill(kind)
            else:
                _kill_one(fleet, kind, chance)
        fleet.ready()
        time.sleep(1)
        coordinator.close()
        _wait_for_the_end_of_all_jobs(world)
    finally:
        left = fleet.close()
    assert left == []  # nobody goes on for nobody
    assert coordinator.published
    _nothing_lost_or_done_twice(world, coordinator)


def _kill_at_publication(fleet: Fleet, told: Coordinator, chance: random.Random) -> None:
    """Kill the server while it publishes: before, in or just after the transaction."""
    assert told.publishing.wait(PATIENCE), told.error
    time.sleep(chance.uniform(0.0, 0.05))
    fleet.kill("server")


def _kill_one(fleet: Fleet, module: str, chance: random.Random) -> None:
    """Wait until one runs, let it go on for a while, and kill it."""
    until = time.monotonic() + PATIENCE
    while True:
        if fleet.found(module):
            time.sleep(chance.uniform(0.0, 2.0))
        if there := fleet.found(module):
            kill(chance.choice(there))
            return
        assert time.monotonic() < until, f"nobody runs {module}"
        time.sleep(0.05)


def _wait_for_the_end_of_all_jobs(world: World) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with world.service.database.reading() as session:
            is_open = session.scalar(
                select(func.count()).select_from(Job).where(Job.state.in_(store.OPEN))
            )
        if not is_open:
            return
        assert time.monotonic() < until, f"{is_open} jobs do not end"
        time.sleep(0.2)


def _nothing_lost_or_done_twice(world: World, told: Coordinator) -> None:
    with world.service.database.reading() as session:
        versions = {
            own.number: own
            for own in session.scalars(
                select(RosterVersion).where(RosterVersion.roster_id == told.roster)
            )
        }
        publications = session.scalars(
            select(Publication)
            .where(Publication.roster_id == told.roster)
            .order_by(Publication.number)
        ).all()
        jobs = {own.id: own for own in session.scalars(select(Job))}
        made = session.scalars(
            select(RosterVersion.roster_id).where(RosterVersion.note == "Laget av en beregning")
        ).all()
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.subject == f"roster/{told.roster}")
        ).all()
        messages = session.scalar(select(func.count()).select_from(Message))
        shown = {
            (own.duty, own.doctor)
            for own in session.scalars(select(FeedDuty).where(FeedDuty.gone_at.is_(None)))
            if own.doctor != NOBODY
        }
    # What was confirmed is there; what is there fits together.
    assert told.changed <= set(versions)
    assert sorted(versions) == list(range(1, len(versions) + 1))
    assert [own.number for own in publications] == list(range(1, len(publications) + 1))
    by_id = {own.id: own for own in versions.values()}
    assert len({own.roster_version_id for own in publications}) == len(publications)
    there = {own.number: by_id[own.roster_version_id].number for own in publications}
    assert told.published.items() <= there.items()
    # The log, the messages and the calendars are of the same transaction as what they tell of.
    assert actions.count("roster.changed") == len(versions) - 1
    assert actions.count("roster.published") == len(publications)
    hers = [False] + [
        any(own.doctor == "kari" for own in assignments(by_id[p.roster_version_id].document))
        for p in publications
    ]
    assert messages == sum(before != after for before, after in pairwise(hers))
    newest = by_id[publications[-1].roster_version_id]
    assert shown == {(own.duty, own.doctor) for own in assignments(newest.document)}
    # Each job ended once, and each that is done has one roster.
    assert set(told.jobs.values()) <= set(jobs)
    assert len(jobs) <= len(told.jobs) + 1  # the last answer may be on its way still
    assert jobs
    for job in jobs.values():
        assert job.state in (store.DONE, store.FAILED)
        assert job.state == store.DONE or job.attempts >= store.ATTEMPTS, job.message
    done = [job.result_id for job in jobs.values() if job.state == store.DONE]
    assert sorted(made) == sorted(map(str, done))


def test_the_job_of_a_machine_that_is_gone_is_finished_by_another(
    world: World, tmp_path: Path
) -> None:
    plan = world.plan()
    fleet = Fleet(world.address, _settings(world), 2, tmp_path)
    try:
        fleet.ready()
        answer = httpx2.post(
            f"http://127.0.0.1:{fleet.port}{V1}/solves",
            json={"plan": plan, "seconds": 5},
            headers=world["coordinator"].headers,
        )
        job = answer.json()["id"]
        first = _holder(world, job)
        [gone] = [
            name for name, own in fleet.processes.items() if own.pid == int(first.split("/")[1])
        ]
        # The job's process must not live to give the job back: it goes first.
        fleet.processes[gone].send_signal(signal.SIGSTOP)  # nor may the worker see that it went
        for pid in fleet.found(JOB):
            kill(pid)
        fleet.processes[gone].kill()
        second = _holder(world, job, other_than=first)
        assert second.split("/")[1] != first.split("/")[1]
        _wait_for_the_end_of_all_jobs(world)
    finally:
        left = fleet.close()
    assert left == []
    with world.service.database.reading() as session:
        ended = session.get_one(Job, job)
    assert (ended.state, ended.attempts) == (store.DONE, 2)


def _holder(world: World, job: str, other_than: str = "") -> str:
    """Who holds a job, once somebody else than before does."""
    until = time.monotonic() + PATIENCE
    while True:
        with world.service.database.reading() as session:
            holder: str = session.get_one(Job, job).holder
        if holder not in ("", other_than):
            return holder
        assert time.monotonic() < until, "nobody takes up the job"
        time.sleep(0.1)
