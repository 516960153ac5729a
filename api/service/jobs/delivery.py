"""The port between the queue of jobs and whatever brings a waiting job to a worker.

The row of a job is the truth: who holds it, and whether it waits. A delivery only says that it
waits. One that is lost is made again, one that comes twice finds the job taken.
"""

from datetime import timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from api.service.db.database import Database
from api.service.jobs.tables import Job
from api.service.settings import Settings

_KEY = "delivery"


class Delivery(Protocol):
    """Brings waiting jobs to workers."""

    def announce(self, session: Session, job: str, after: timedelta) -> None:
        """Say that a job waits, in the transaction that makes it wait.

        Args:
            session: of the transaction.
            job: id.
            after: not before so long.
        """
        ...


def install(settings: Settings, database: Database) -> None:
    """Let all sessions of a database announce jobs as the settings say."""
    if settings.queue == "procrastinate":
        from api.service.jobs.procrastinated import Deferred

        database.info[_KEY] = Deferred()


def announce(session: Session, job: Job, after: timedelta = timedelta()) -> None:
    """Say that a job waits. The embedded queue needs no telling: it looks."""
    delivery: Delivery | None = session.info.get(_KEY)
    if delivery is not None:
        delivery.announce(session, job.id, after)
