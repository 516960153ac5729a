"""How queue, outbox, database and disk are: asked of them when somebody looks."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.tables import Job
from api.service.messages.tables import Message
from api.service.settings import Settings

LEAST_FREE = 200_000_000  # bytes: less than a few backups and messages need
_WAITS = 60.0  # seconds after which a job that waits while none runs says that nobody takes any


@dataclass(frozen=True, slots=True)
class State:
    """What the database says at one moment.

    Attributes:
        jobs: how many there are of each kind in each state.
        oldest_queued: seconds that the job has waited that has waited longest; 0 if none waits.
        silent: seconds since the last sign of life of the holder that has been silent longest.
        messages: that wait to be sent; of them `failing` were tried in vain.
        oldest_message: seconds that the oldest of them has waited.
    """

    jobs: dict[tuple[str, str], int] = field(default_factory=dict)
    oldest_queued: float = 0.0
    silent: float = 0.0
    messages: int = 0
    failing: int = 0
    oldest_message: float = 0.0

    @property
    def nobody_works(self) -> bool:
        """Whether jobs wait and no holder is at work."""
        at_work = sum(n for (_, state), n in self.jobs.items() if state == store.RUNNING)
        return self.oldest_queued > _WAITS and not at_work


def state_of(session: Session) -> State:
    """How queue and outbox are now."""
    now = datetime.now(UTC)
    counted = session.execute(
        select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)
    )
    queued, alive = (
        session.scalar(select(func.min(column)).where(Job.state == state, held))
        for column, state, held in (
            (Job.created_at, store.QUEUED, Job.holder == ""),
            (Job.alive_at, store.RUNNING, Job.holder != ""),
        )
    )
    waits = Message.sent_at.is_(None)
    messages, oldest = session.execute(
        select(func.count(), func.min(Message.created_at)).where(waits)
    ).one()
    failing = session.scalar(select(func.count()).where(waits, Message.problem != ""))
    return State(
        {(kind, state): number for kind, state, number in counted},
        _since(queued, now),
        _since(alive, now),
        messages,
        failing or 0,
        _since(oldest, now),
    )


def _since(then: datetime | None, now: datetime) -> float:
    return max(0.0, (now - then).total_seconds()) if then is not None else 0.0


class Watch:
    """The state, asked for at most once in so many seconds, however many look.

    Args:
        database: whose state it is.
        every: seconds.
    """

    def __init__(self, database: Database, every: float = 5.0) -> None:
        """Nothing is asked yet."""
        self._database, self._every = database, every
        self._lock = threading.Lock()
        self._asked = float("-inf")
        self._found: State | None = None

    def look(self) -> State | None:
        """The state; None while the database does not answer."""
        with self._lock:
            if time.monotonic() - self._asked >= self._every:
                try:
                    with self._database.reading() as session:
                        self._found = state_of(session)
                except SQLAlchemyError:
                    self._found = None
                self._asked = time.monotonic()
            return self._found


def folders(settings: Settings, database: Database) -> Iterator[Path]:
    """Where this process writes: the folder of an SQLite file, and the outbox if it is one."""
    if database.is_sqlite:
        yield Path(str(database.engine.url.database)).resolve().parent
    if settings.sends_messages and not settings.smtp_host:
        yield Path(settings.outbox).expanduser().resolve()


def free_bytes(settings: Settings, database: Database) -> int | None:
    """The least room left where this process writes; None if it writes nowhere."""
    return min(
        (shutil.disk_usage(_there(own)).free for own in folders(settings, database)), default=None
    )


def _there(folder: Path) -> Path:
    """The folder, or the one above it that is there already."""
    return next(own for own in (folder, *folder.parents) if own.exists())
