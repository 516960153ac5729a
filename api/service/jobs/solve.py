"""A solve as a job: from the plan in the database to a roster there."""

import threading
import time
from collections.abc import Callable
from math import isfinite

from sqlalchemy.exc import SQLAlchemyError

from api import library
from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.tables import Job
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.rosters import store as rosters
from api.service.rosters.documents import read, written
from api.service.rosters.tables import RosterVersion, StoredRoster
from api.service.settings import Settings
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Roster
from scheduler.engine import Update
from scheduler.reading.faults import PlanError
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending

TELL = 0.5  # seconds between two events of progress


class Solve:
    """A solve whose progress and best roster are kept in the database."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        job: str,
        holder: str,
        stop: threading.Event,
    ) -> None:
        """Nothing is done before `run`.

        Args:
            settings: limits and threads.
            database: where the job, its plan and its roster are.
            job: id.
            holder: who we are.
            stop: set when the job is to stop.
        """
        self._settings = settings
        self._database = database
        self._job = job
        self._holder = holder
        self._stop = stop
        self._told = 0.0
        self._stage = ""

    def run(self) -> None:
        """Solve, store the roster, and end the job: in one transaction, so that all or nothing is.

        Raises:
            LostError: the job was taken from us.
        """
        try:
            # Only read: to understand a large plan takes a while, and others want to write.
            with self._database.reading() as session:
                job = session.get_one(Job, self._job)
                options = dict(job.options)
                loaded = UnderstoodPlans(1).of(session, job.subject_id)
                start = self._start(session.get, job, loaded)
            outcome = library.solve(
                loaded,
                seconds=options["seconds"],
                seed=options["seed"],
                workers=self._settings.workers_per_job,
                start=start,
                tell=self._tell,
                keep=self._keep,
                stop=self._stop,
            )
        except (store.LostError, SearchError, SQLAlchemyError):
            raise  # no fault of the job: another attempt may go better
        except PlanError as error:
            self._end(store.FAILED, str(error.faults[0]))
            return
        except Exception as error:
            self._end(store.FAILED, f"Feil i Rettvakt ({type(error).__name__}).")
            raise
        if outcome.roster is None or outcome.report is None:
            said = {
                Ending.IMPOSSIBLE: "Det finnes ingen lovlig vaktplan. "
                + " ".join(outcome.conflicts),
                Ending.OUT_OF_TIME: "Ingen lovlig vaktplan ble funnet i tide. Gi jobben mer tid.",
            }[outcome.ending]
            self._end(store.CANCELLED if outcome.stopped else store.FAILED, said)
            return
        with self._database.writing() as session:
            job = store.held(session, self._job, self._holder)
            version = session.get_one(PlanVersion, job.subject_id)
            made, _ = rosters.add_roster(
                session,
                store.author_of(session, job),
                session.get_one(StoredPlan, version.plan_id),
                version,
                outcome.roster,
                outcome.report,
                title="",
                note=f"Laget av jobb {job.id}",
            )
            store.end(session, job, store.DONE, result=made.id)

    def _start(
        self,
        get: Callable[..., RosterVersion | StoredRoster | None],
        job: Job,
        loaded: library.LoadedPlan,
    ) -> Roster | None:
        """The best so far of an earlier attempt, or the roster that was asked to begin with."""
        if job.best is not None:
            return read(job.best, loaded.problem)
        version = job.options.get("start")
        found = get(RosterVersion, version) if version else None
        return read(found.document, loaded.problem) if isinstance(found, RosterVersion) else None

    def _end(self, state: str, message: str) -> None:
        with self._database.writing() as session:
            store.end(session, store.held(session, self._job, self._holder), state, message=message)

    def _tell(self, update: Update) -> None:
        now = time.monotonic()
        if now - self._told < TELL and update.step == self._stage:
            return
        self._told, self._stage = now, update.step
        data = {
            "seconds": round(update.seconds, 1),
            "step": update.step,
            "doing": update.doing,
            "levels": [
                {
                    "level": own.level,
                    "title": own.title,
                    "value": _finite(own.value),
                    "bound": _finite(own.bound),
                    "proven": own.proven,
                    "unit": own.unit,
                }
                for own in update.levels
            ],
        }
        with self._database.writing() as session:
            store.held(session, self._job, self._holder)
            store.add_event(session, self._job, "progress", data)

    def _keep(self, roster: Roster) -> None:
        with self._database.writing() as session:
            store.held(session, self._job, self._holder).best = written(roster)


def _finite(number: float) -> float | None:
    """JSON has no infinity: what was never found is null."""
    return number if isfinite(number) else None
