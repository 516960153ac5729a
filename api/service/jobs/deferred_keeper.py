"""Takes jobs as procrastinate delivers them, and runs each in a process of its own.

Its worker waits for PostgreSQL's word (LISTEN/NOTIFY). What it brings is the id of a job; whether
the job can be had says the row of the job. So it does no harm if it brings one twice.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from api.service.jobs import store
from api.service.jobs.child import PATIENCE, Child, begun, new_holder
from api.service.jobs.delivery import announce
from api.service.jobs.engine import REAP, Engine
from api.service.jobs.procrastinated import QUEUE, SCHEMA, TASK, deliver_again
from api.service.jobs.tables import Job

_LOOK = 0.2  # seconds between two looks at a process
_NO_ROOM = timedelta(seconds=2)  # until a job is brought again whose cooperation has enough
# The database may be away for a while; jobs wait in it and nothing is lost.
_FAULTS = (ConnectorException, SQLAlchemyError, OSError)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0  # seconds until the next try; doubled each time

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class _Pauses:
    """How long to wait before the next try: longer each time, until one goes well."""

    def __init__(self) -> None:
        self._next = _FIRST_PAUSE

    def after_fault(self, what: str) -> float:
        """Seconds to wait; the fault that is being handled is logged."""
        pause = self._next
        self._next = min(2 * pause, _LONGEST_PAUSE)
        logger.exception("%s; trying again in %.1f s", what, pause)
        return pause

    def went_well(self) -> None:
        self._next = _FIRST_PAUSE


class DeferredKeeper(Engine):
    """Is told of jobs; a delivery that is running when it closes gives its own back."""

    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        pauses = _Pauses()
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                await self._until_it_fails()
            except _FAULTS:
                if time.monotonic() - began > _LONGEST_PAUSE:
                    pauses.went_well()
                await self._rest(pauses.after_fault("the queue of jobs cannot be read"))
            else:
                await self._rest(_LOOK)

    async def _until_it_fails(self) -> None:
        app = self._app()
        async with app.open_async():
            lease = self._lease.total_seconds()
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._settings.jobs_at_once,
                    install_signal_handlers=False,  # whoever started us has some
                    delete_jobs="always",  # the rows of jobs tell what was done
                    update_heartbeat_interval=lease / 4,
                    stalled_worker_timeout=lease,
                )
            )
            try:
                await self._look_after(app, worker)
            finally:
                worker.cancel()  # it ends when its tasks have; they know that we are closing
                await asyncio.gather(worker, return_exceptions=True)

    async def _look_after(self, app: App, worker: asyncio.Task[None]) -> None:
        """Until we are closed or the worker ends: take up what others left behind."""
        due, pauses = 0.0, _Pauses()
        while not self._closing.is_set() and not worker.done():
            if time.monotonic() >= due:
                try:
                    await self._take_up(app)
                    pauses.went_well()
                    due = time.monotonic() + min(REAP, self._lease.total_seconds())
                except _FAULTS:  # the worker goes on: what it runs must not be waited for
                    what = "jobs that others left behind cannot be taken up"
                    due = time.monotonic() + pauses.after_fault(what)
            await asyncio.sleep(_LOOK)
        if worker.done() and not worker.cancelled() and (error := worker.exception()):
            if isinstance(error, _FAULTS):
                raise error
            logger.error("the worker of procrastinate ended; starting another", exc_info=error)

    async def _take_up(self, app: App) -> None:
        await asyncio.to_thread(self._reap)
        for stalled in await app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=self._lease.total_seconds()
        ):
            await app.job_manager.retry_job(stalled)

    async def _rest(self, seconds: float) -> None:
        """Wait; no longer than until we are closed."""
        until = time.monotonic() + seconds
        while not self._closing.is_set() and time.monotonic() < until:
            await asyncio.sleep(min(_LOOK, seconds))

    async def _insist(self, what: str, act: Callable[[], Result]) -> Result:
        """Do it in a thread, and again soon if the database fails, until we are closed.

        A delivery that fails is gone, and its job would wait until somebody looks for such.
        """
        pauses = _Pauses()
        while True:
            try:
                return await asyncio.to_thread(act)
            except _FAULTS:
                if self._closing.is_set():
                    raise
                await self._rest(pauses.after_fault(what))

    def _reap(self) -> None:
        with self._database.writing() as session:
            store.reap(session, self._lease)
            deliver_again(session)

    def _app(self) -> App:
        address = make_url(self._settings.database).set(drivername="postgresql")
        app = App(
            connector=PsycopgConnector(
                conninfo=address.render_as_string(hide_password=False),
                kwargs={"options": f"-c search_path={SCHEMA}"},
                min_size=1,
                max_size=4,
            )
        )

        @app.task(name=TASK, queue=QUEUE)
        async def _bring(job: str) -> None:
            await self._bring(job)

        return app

    async def _bring(self, job: str) -> None:
        """Do a job if it can be had; when we are closing, give it back."""
        if self._closing.is_set():
            await asyncio.to_thread(self._announce_again, job)
            return
        child = await self._insist(f"job {job} cannot be taken", lambda: self._take(job))
        if child is None:
            return
        while not child.ended and not self._closing.is_set():
            await asyncio.sleep(_LOOK)
        if child.ended:
            await self._insist(f"the end of job {job} cannot be written", child.collect)
        else:
            child.let_go()
            await asyncio.to_thread(child.end, time.monotonic() + PATIENCE)

    def _announce_again(self, job: str, after: timedelta = timedelta()) -> None:
        with self._database.writing() as session:
            found = session.get(Job, job)
            if found is not None and found.holder == "" and found.state not in store.ENDED:
                announce(session, found, after)

    def _take(self, job: str) -> Child | None:
        holder = new_holder()
        with self._database.writing() as session:
            found = store.claim(
                session, holder, job=job, at_once=self._settings.running_per_cooperation
            )
        if found is None:
            self._announce_again(job, _NO_ROOM)
            return None
        return begun(self._settings, self._database, job, holder)
