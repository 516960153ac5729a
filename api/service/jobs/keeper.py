"""Takes jobs from the queue and runs each in a process of its own."""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.run import LOST
from api.service.settings import Settings

_LOOK = 0.5  # seconds between two looks at the queue
_REAP = 5.0  # seconds between two looks for holders that are gone
_PATIENCE = 8.0  # seconds for a process to give its job back

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Running:
    job: str
    holder: str
    process: subprocess.Popen[bytes]


class Keeper:
    """Runs so many jobs at a time until it is closed.

    Any number of keepers may share one database, in one machine or in many.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        """Nothing runs before `start`."""
        self._settings = settings
        self._database = database
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._closing = threading.Event()
        self._running: list[_Running] = []
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def close(self) -> None:
        """Take no more; what runs is given back, with its best, to go on elsewhere or later."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
        for own in self._running:
            if own.process.stdin:
                own.process.stdin.close()  # the end of the leash
        until = time.monotonic() + _PATIENCE
        for own in self._running:
            try:
                own.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                own.process.kill()
                own.process.wait()
                self._give_back(own.job, own.holder, "Tjenesten ble stoppet mens jobben gikk.")
        self._running.clear()

    def _run(self) -> None:
        reaped = 0.0
        while not self._closing.wait(_LOOK):
            try:
                if time.monotonic() - reaped >= min(_REAP, self._lease.total_seconds()):
                    reaped = time.monotonic()
                    with self._database.writing() as session:
                        store.reap(session, self._lease)
                self._collect()
                while len(self._running) < self._settings.jobs_at_once and self._take():
                    pass
            except SQLAlchemyError:
                # The database may be away for a while; jobs wait in it and nothing is lost.
                logger.exception("the queue of jobs cannot be read; trying again")

    def _take(self) -> bool:
        holder = f"{socket.gethostname()[:40]}/{os.getpid()}/{uuid4().hex[:8]}"
        with self._database.writing() as session:
            job = store.claim(session, holder)
            if job is None:
                return False
        try:
            process = subprocess.Popen(
                # -P: nothing in the folder that we were started in may pass for a part of us
                [sys.executable, "-P", "-m", "api.service.jobs.run", job.id, holder],
                stdin=subprocess.PIPE,
                env={
                    **os.environ,
                    "RETTVAKT_DATABASE": self._settings.database,
                    "RETTVAKT_LEASE_SECONDS": str(self._settings.lease_seconds),
                },
                start_new_session=True,  # Ctrl-C in the terminal is for us; we end it ourselves
            )
        except OSError as error:
            # No memory or no more processes: whoever has some may take it.
            logger.exception("no process can be started for job %s", job.id)
            self._give_back(job.id, holder, f"Ingen prosess kunne startes ({error.strerror}).")
            return False
        self._running.append(_Running(job.id, holder, process))
        return True

    def _collect(self) -> None:
        """Look after processes that have ended."""
        for own in tuple(self._running):
            code = own.process.poll()
            if code is None:
                continue
            if own.process.stdin:
                own.process.stdin.close()
            self._running.remove(own)
            if code not in (0, LOST):
                self._give_back(
                    own.job, own.holder, f"Prosessen som arbeidet med den, stanset ({code})."
                )

    def _give_back(self, job: str, holder: str, why: str) -> None:
        try:
            with self._database.writing() as session:
                store.give_back(session, store.held(session, job, holder), why)
        except store.LostError:
            logger.info("job %s had ended or been taken already", job)
