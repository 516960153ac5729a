"""A job that takes too much memory or time ends as failed, says why, and keeps its best."""

import subprocess
import sys
import threading
from itertools import chain, repeat
from typing import Any

import psutil
import pytest

from api.service.jobs import limits, store
from api.service.jobs.task import Finished, Task
from scheduler.domain.roster import Roster
from scheduler.solving.process import SearchError
from tests.service.jobs import asked, claim
from tests.service.world import World
from tests.support import PATIENCE


@pytest.fixture(autouse=True)
def only_what_the_test_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes beyond its memory kills all that it started: here not the other tests' browser."""
    before = {own.pid for own in psutil.Process().children(recursive=True)}
    children = psutil.Process.children

    def later(process: psutil.Process, recursive: bool = False) -> list[psutil.Process]:
        return [own for own in children(process, recursive) if own.pid not in before]

    monkeypatch.setattr(psutil.Process, "children", later)


def _task(world: World, job: str, **settings: Any) -> Task:
    assert claim(world, "here") == job
    own = world.settings.model_copy(update=settings)
    return Task(own, world.service.database, job, "here", threading.Event())


def test_memory_is_counted_with_what_was_started() -> None:
    alone = limits.taken()
    hungry = "import sys; kept = b'x' * 150_000_000; print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hungry], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        child.stdout.readline()
        assert limits.taken() - alone > 140_000_000
        child.kill()


def test_a_job_over_its_memory_ends_and_keeps_its_best(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_world.plan()
    job = asked(small_world, "solves", plan=plan)
    roster = small_world.roster(plan)
    content = small_world["coordinator"].get(f"/rosters/{roster}").json()
    task = _task(small_world, job, job_memory_mb=200)
    monkeypatch.setattr(limits, "LOOK", 0.01)
    monkeypatch.setattr(
        limits, "taken", chain([100_000_000, 300_000_000], repeat(100_000_000)).__next__
    )
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])

    def search(loaded: Any, **options: Any) -> Any:
        options["keep"](Roster.of(loaded.problem, ()))
        child.wait(PATIENCE)
        raise SearchError("killed")

    monkeypatch.setattr("api.library.solve", search)
    limits.watch(task, 0)
    task.run()
    assert child.returncode == -9
    told = small_world["coordinator"].get(f"/jobs/{job}").json()
    assert told["state"] == "failed"
    assert "mer minne enn den kan få (200 MB)" in told["message"]
    assert told["attempts"] == 1
    kept = small_world["coordinator"].get(f"/rosters/{told['roster']}").json()
    assert len(kept["assignments"]) == len(content["assignments"])


def test_a_job_that_does_not_end_in_time_is_stopped_and_says_so(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(small_world, "solves", plan=small_world.plan(), seconds=1)
    task = _task(small_world, job)
    monkeypatch.setattr(limits, "LOOK", 0.01)
    monkeypatch.setattr(limits, "_AGAIN", -1.9)
    monkeypatch.setattr(limits, "_PATIENCE", PATIENCE)
    monkeypatch.setattr(task, "_runner", lambda: _until_stopped)
    limits.watch(task, 1)
    task.run()
    told = small_world["coordinator"].get(f"/jobs/{job}").json()
    assert told["state"] == "failed"
    assert "ikke ferdig i tide" in told["message"]


def _until_stopped(task: Task) -> Finished:
    assert task.stop.wait(PATIENCE)
    return Finished(document={"kept": True})


def test_a_runner_that_does_not_end_is_ended(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(small_world, "solves", plan=small_world.plan())
    task = _task(small_world, job)
    gone: list[int] = []
    monkeypatch.setattr(limits, "_PATIENCE", 0)
    monkeypatch.setattr("api.service.jobs.limits.os._exit", gone.append)
    limits._too_long(task, 1)
    assert gone == [0]
    assert small_world["coordinator"].get(f"/jobs/{job}").json()["state"] == store.FAILED
