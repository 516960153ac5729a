"""Jobs done in the test's own process, as their own process would do them."""

import threading
from typing import Any

from api.service.jobs import store
from api.service.jobs.task import Task
from tests.service.world import World


def claim(world: World, holder: str) -> str | None:
    """Take the next job; gives its id, or None."""
    with world.service.database.writing() as session:
        job = store.claim(session, holder)
        return job.id if job else None


def done(world: World, job: str, *, stop: threading.Event | None = None) -> Any:
    """Claim a job and do it; gives it as it is told afterwards."""
    assert claim(world, "here") == job
    settings = world.settings.model_copy(update={"workers_per_job": 1})
    Task(settings, world.service.database, job, "here", stop or threading.Event()).run()
    return world["coordinator"].get(f"/jobs/{job}").json()


def asked(world: World, what: str, **wish: Any) -> str:
    """Id of a job that the coordinator asks for."""
    answer = world["coordinator"].post(f"/{what}", json=wish)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/api/v1/jobs/{answer.json()['id']}"
    return str(answer.json()["id"])


def result(world: World, job: str) -> Any:
    """What came of a job."""
    answer = world["coordinator"].get(f"/jobs/{job}/result")
    assert answer.status_code == 200, answer.text
    return answer.json()
