"""One job's own process, as whoever started it sees it: begun, watched, ended."""

import logging
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from uuid import uuid4

from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.run import LOST
from api.service.settings import Settings

PATIENCE = 8.0  # seconds for a process to give its job back

logger = logging.getLogger(__name__)


def new_holder() -> str:
    """Who holds a job: machine, process, and a name of its own."""
    return f"{socket.gethostname()[:40]}/{os.getpid()}/{uuid4().hex[:8]}"


@dataclass(frozen=True, slots=True)
class Child:
    """A process that works on a job."""

    database: Database
    job: str
    holder: str
    process: subprocess.Popen[bytes]

    @property
    def ended(self) -> bool:
        """Whether it has ended; `collect` then."""
        return self.process.poll() is not None

    def collect(self) -> None:
        """Look after a process that has ended: one that died gives its job to others."""
        self.let_go()
        code = self.process.poll()
        if code not in (0, LOST):
            _give_back(
                self.database,
                self.job,
                self.holder,
                f"Prosessen som arbeidet med den, stanset ({code}).",
            )

    def let_go(self) -> None:
        """End the leash: a process that still works gives its job back, with its best."""
        if self.process.stdin:
            self.process.stdin.close()

    def end(self, until: float) -> None:
        """Wait so long for a process that was let go, then kill it.

        Args:
            until: moment of `time.monotonic`.
        """
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            why = "Tjenesten ble stoppet mens jobben gikk."
            _give_back(self.database, self.job, self.holder, why)


def begun(settings: Settings, database: Database, job: str, holder: str) -> Child | None:
    """A process for a job that the holder has claimed.

    None where none can be started: the job is given back then.
    """
    try:
        process = subprocess.Popen(
            # -P: nothing in the folder that we were started in may pass for a part of us
            [sys.executable, "-P", "-m", "api.service.jobs.run", job, holder],
            stdin=subprocess.PIPE,
            env={**os.environ, **_handed_on(settings)},
            start_new_session=True,  # Ctrl-C in the terminal is for us; we end it ourselves
        )
    except OSError as error:
        # No memory or no more processes: whoever has some may take it.
        logger.exception("no process can be started for job %s", job)
        _give_back(database, job, holder, f"Ingen prosess kunne startes ({error.strerror}).")
        return None
    return Child(database, job, holder, process)


def _handed_on(settings: Settings) -> dict[str, str]:
    """What the process must know as we do, whatever the environment says."""
    found = {
        "RETTVAKT_DATABASE": settings.database,
        "RETTVAKT_QUEUE": settings.queue,
        "RETTVAKT_LEASE_SECONDS": str(settings.lease_seconds),
    }
    if settings.workers_per_job is not None:
        found["RETTVAKT_WORKERS_PER_JOB"] = str(settings.workers_per_job)
    if settings.job_memory_mb is not None:
        found["RETTVAKT_JOB_MEMORY_MB"] = str(settings.job_memory_mb)
    return found


def _give_back(database: Database, job: str, holder: str, why: str) -> None:
    try:
        with database.writing() as session:
            store.give_back(session, store.held(session, job, holder), why)
    except store.LostError:
        logger.info("job %s had ended or been taken already", job)
