"""What jobs tell, for any number of readers: one look at the database for all of them.

The look is twice a second, and only while somebody reads. A reader that comes late is given what
was told before from the database, and then what the others are given. Every few seconds it is asked
once for each login and token among the readers whether it still opens the door.
"""

import asyncio
import json
import logging
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from anyio.to_thread import run_sync
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.db.database import Database
from api.service.errors import ServiceError
from api.service.jobs import store
from api.service.jobs.event import EventOut
from api.service.jobs.tables import Job, JobEvent

LOOK = 0.5  # seconds between two looks for news
ASK = 3.0  # seconds between two looks at who reads
_PIECE = 500  # events that are read, or kept for latecomers, at a time

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it goes out, made once for all readers.

    Attributes:
        number: of the event in its job.
        kind: progress, state, ...
        text: the whole event as JSON.
    """

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Pass:
    """By what a reader was let in.

    Attributes:
        key: the same for all who were let in by the same login or token.
        actor: finds out who it is now; raises `ServiceError` where it opens no door any more.
    """

    key: str
    actor: Callable[[Session], Actor]


@dataclass(slots=True)
class _Watched:
    """A job that somebody reads.

    Attributes:
        last: number of the newest event that is known.
        cooperation: whose job it is.
    """

    last: int
    events: deque[Told] = field(default_factory=lambda: deque(maxlen=_PIECE))
    ended: bool = False
    cooperation: str = ""
    readers: list[Pass] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Let all readers look."""
        self.changed.set()
        self.changed = asyncio.Event()


@dataclass(frozen=True, slots=True)
class _News:
    told: list[Told]
    ended: bool
    cooperation: str


class Watcher:
    """The readers of one process."""

    def __init__(self, database: Database, stopping: threading.Event) -> None:
        """Nothing is read before somebody follows a job; all streams end when `stopping` is set."""
        self._database = database
        self._stopping = stopping
        self._hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, _Hub] = WeakKeyDictionary()

    def follow(self, job: str, seen: int, entry: Pass) -> AsyncIterator[Told]:
        """What a job tells after an event, until it has ended or the reader is shut out.

        Args:
            job: id; the caller has found out that the reader may read it.
            seen: number of the last event that the reader has.
            entry: by what the reader was let in.
        """
        loop = asyncio.get_running_loop()
        if loop not in self._hubs:
            self._hubs[loop] = _Hub(self._database, self._stopping)
        return self._hubs[loop].follow(job, seen, entry)


class _Hub:
    """The readers of one event loop; a process that serves has one."""

    def __init__(self, database: Database, stopping: threading.Event) -> None:
        self._database = database
        self._stopping = stopping
        self._watched: dict[str, _Watched] = {}
        self._shut: set[str] = set()
        self._looking: asyncio.Task[None] | None = None

    async def follow(self, job: str, seen: int, entry: Pass) -> AsyncIterator[Told]:
        with self._reads(job, seen, entry) as own:
            while entry.key not in self._shut and not self._stopping.is_set():
                changed, ended = own.changed, own.ended
                if own.last > seen and not (own.events and own.events[0].number <= seen + 1):
                    news = await run_sync(self._read, {job: seen})
                    told = news[job].told
                else:
                    told = [event for event in own.events if event.number > seen]
                for event in told:
                    seen = event.number
                    yield event
                if told:
                    continue
                if ended:
                    return
                await changed.wait()

    @contextmanager
    def _reads(self, job: str, seen: int, entry: Pass) -> Iterator[_Watched]:
        own = self._watched.setdefault(job, _Watched(seen))
        if not own.events:  # who came before may have claimed to have seen what is yet to come
            own.last = min(own.last, seen)
        own.readers.append(entry)
        self._shut.discard(entry.key)  # it has just been let in; it is asked again like all others
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="events of jobs")
        try:
            yield own
        finally:
            own.readers.remove(entry)
            if not own.readers:
                del self._watched[job]

    async def _look(self) -> None:
        """Look for news of all jobs at once, as long as anybody reads."""
        asked = time.monotonic()
        while self._watched:
            if self._stopping.is_set():
                for watched in self._watched.values():
                    watched.wake()
                return
            try:
                after = {job: own.last for job, own in self._watched.items()}
                for job, found in (await run_sync(self._read, after)).items():
                    if own := self._watched.get(job):
                        self._hand_out(own, found)
                if time.monotonic() - asked >= ASK:
                    asked = time.monotonic()
                    await self._ask_who_reads()
            except SQLAlchemyError:
                logger.exception("events of jobs cannot be read; trying again")
            await asyncio.sleep(LOOK)
        self._shut.clear()

    def _hand_out(self, own: _Watched, found: _News) -> None:
        fresh = [event for event in found.told if event.number > own.last]
        if fresh:
            own.events.extend(fresh)
            own.last = fresh[-1].number
        own.cooperation = found.cooperation
        if fresh or found.ended != own.ended:
            own.ended = found.ended
            own.wake()

    async def _ask_who_reads(self) -> None:
        by_key = {
            entry.key: (entry, own.cooperation)
            for own in self._watched.values()
            for entry in own.readers
        }
        shut = await run_sync(self._refused, by_key.values())
        if shut:
            self._shut |= shut
            for own in self._watched.values():
                own.wake()

    # --- in a thread -----------------------------------------------------------------------------

    def _read(self, after: dict[str, int]) -> dict[str, _News]:
        """What jobs told after these events, and whether they have ended."""
        with self._database.reading() as session:
            jobs = session.execute(
                select(Job.id, Job.state, Job.cooperation_id).where(Job.id.in_(after))
            ).all()
            newer = or_(
                *(
                    and_(JobEvent.job_id == job, JobEvent.number > last)
                    for job, last in after.items()
                )
            )
            rows = session.execute(
                select(JobEvent.job_id, JobEvent.number, JobEvent.at, JobEvent.kind, JobEvent.data)
                .where(newer)
                .order_by(JobEvent.job_id, JobEvent.number)
                .limit(_PIECE)
            ).all()
        found = {job: _News([], ended=True, cooperation="") for job in after}  # unless it is there
        for job, state, cooperation in jobs:
            whole = len(rows) < _PIECE
            found[job] = _News([], whole and state in store.ENDED, cooperation)
        for row in rows:
            found[row.job_id].told.append(
                _told(EventOut(number=row.number, at=row.at, kind=row.kind, data=row.data))
            )
        return found

    def _refused(self, entries: Iterable[tuple[Pass, str]]) -> set[str]:
        """Keys that open the door no more."""
        found = set()
        with self._database.reading() as session:
            for entry, cooperation in entries:
                try:
                    actor = entry.actor(session)
                    actor.need(store.FOLLOWS)
                    if cooperation:
                        actor.within(cooperation)
                except ServiceError:
                    found.add(entry.key)
        return found


def _told(event: EventOut) -> Told:
    text = json.dumps(event.model_dump(mode="json"), ensure_ascii=False)
    return Told(event.number, event.kind, text)
