"""Takes jobs from the queue and runs each in a process of its own: the embedded engine."""

import logging
import time

from sqlalchemy.exc import SQLAlchemyError

from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.child import PATIENCE, Child, begun, new_holder
from api.service.jobs.engine import REAP, Engine
from api.service.settings import Settings

_LOOK = 0.5  # seconds between two looks at the queue

logger = logging.getLogger(__name__)


class Keeper(Engine):
    """Looks into the queue again and again.

    Any number of keepers may share one database, in one machine or in many.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        """Nothing runs before `start`."""
        super().__init__(settings, database)
        self._running: list[Child] = []

    def close(self) -> None:
        """Take no more; what runs is given back, with its best, to go on elsewhere or later."""
        super().close()
        for own in self._running:
            own.let_go()
        until = time.monotonic() + PATIENCE
        for own in self._running:
            own.end(until)
        self._running.clear()

    def _run(self) -> None:
        reaped = 0.0
        while not self._closing.wait(_LOOK):
            try:
                if time.monotonic() - reaped >= min(REAP, self._lease.total_seconds()):
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
        holder = new_holder()
        with self._database.writing() as session:
            job = store.claim(session, holder, at_once=self._settings.running_per_cooperation)
            if job is None:
                return False
        child = begun(self._settings, self._database, job.id, holder)
        if child is None:
            return False
        self._running.append(child)
        return True

    def _collect(self) -> None:
        """Look after processes that have ended."""
        for own in tuple(self._running):
            if own.ended:
                self._running.remove(own)
                own.collect()
