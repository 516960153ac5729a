"""A job as its runner sees it, and what comes of it."""

import importlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.service.db.database import Database
from api.service.jobs import kept, store
from api.service.jobs.reporter import Reporter
from api.service.jobs.tables import Job
from api.service.settings import Settings
from scheduler.reading.faults import PlanError
from scheduler.solving.process import SearchError

_FAULTY = "Noe i planen eller bestillingen må rettes."


class NoResultError(Exception):
    """The job ends without a result.

    Attributes:
        state: failed or cancelled.
        message: why, for a person, in bokmål; it tells nothing of the plan.
        details: what there is to tell of the plan, for who sees grounds and absences.
    """

    def __init__(self, message: str, state: str = store.FAILED, *, details: str = "") -> None:
        """Keep all."""
        self.message, self.state, self.details = message, state, details
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a runner hands over; all of it is stored in the transaction that ends the job.

    Attributes:
        save: stores a roster; gives its id, or None.
        document: what GET /jobs/{id}/result tells.
        files: by name, to be downloaded.
        cut_off: a search did not answer when it was to end, and its last roster was taken.
    """

    save: Callable[[Session, Job], str | None] = lambda _session, _job: None
    document: Mapping[str, Any] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    cut_off: bool = False


class Task:
    """One attempt at a job.

    Attributes:
        settings: limits and threads.
        database: where the job and what it works on are.
        kind: name.
        subject: id of what it works on.
        options: as they were understood when the job was asked for.
        seconds: wall time that it is expected to need at most; 0: unknown.
        best: what an earlier attempt kept, or None.
        parts: pieces that an earlier attempt kept: name -> (document, whether it is done).
        stop: set when the job is to stop; the runner then ends soon, with its best.
        reporter: for progress and for what is kept.
        over: why the job was ended by a limit; empty while it keeps within them.
        finished: set when this attempt is over, however it went.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        job: str,
        holder: str,
        stop: threading.Event,
    ) -> None:
        """Read the job; nothing is done before `run`."""
        self.settings, self.database = settings, database
        self.id, self.holder, self.stop = job, holder, stop
        self.reporter = Reporter(database, job, holder)
        self.over = ""
        self.finished = threading.Event()
        with database.reading() as session:
            found = session.get_one(Job, job)
            self.kind, self.subject = found.kind, found.subject_id
            self.options: dict[str, Any] = dict(found.options)
            self.seconds = found.seconds
            self.best = found.best
            self.parts = kept.parts(session, job)

    def run(self) -> None:
        """Do the job and end it, in one transaction, so that all or nothing is stored.

        Raises:
            LostError: the job was taken from us.
            SearchError, SQLAlchemyError: no fault of the job: another attempt may go better.
        """
        try:
            self._run()
        finally:
            self.finished.set()

    def _run(self) -> None:
        try:
            finished = self._runner()(self)
        except (store.LostError, SearchError, SQLAlchemyError):
            if self.over:
                self.end(store.FAILED, self.over)
                return
            raise
        except NoResultError as error:
            state = store.FAILED if self.over else error.state
            self.end(state, self.over or error.message, error.details)
            return
        except PlanError as error:
            self.end(store.FAILED, _FAULTY, str(error.faults[0]))
            return
        except Exception as error:
            self.end(store.FAILED, f"Feil i Rettvakt ({type(error).__name__}).")
            raise
        with self.database.writing() as session:
            job = store.held(session, self.id, self.holder)
            result = finished.save(session, job)
            kept.keep_result(session, job, finished.document, finished.files)
            state = store.FAILED if self.over else store.DONE
            store.end(
                session, job, state, result=result, message=self.over, cut_off=finished.cut_off
            )

    def end(self, state: str, message: str, details: str = "") -> None:
        """End the job without a result; what was kept stays kept.

        Raises:
            LostError: the job was taken from us.
        """
        with self.database.writing() as session:
            own = store.held(session, self.id, self.holder)
            store.end(session, own, state, message=message, details=details)

    def _runner(self) -> Callable[["Task"], Finished]:
        """What does jobs of this kind."""
        module = importlib.import_module(f"api.service.jobs.running.{self.kind}")
        runner: Callable[[Task], Finished] = module.run
        return runner
