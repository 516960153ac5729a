"""One job in a process of its own: `python -m api.service.jobs.run JOB HOLDER`.

Its standard input is the leash: when that ends, whoever started it is gone, and the job is given
back. It also ends when the job is taken from it.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
import time
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.delivery import install
from api.service.observing import logs
from api.service.settings import Settings

PULSE = 10  # signs of life in the time after which a job is taken from its holder
LOST = 3  # exit code of a process whose job was taken from it
BROKEN = 4  # of one whose search was killed
_GIVEN_BACK = "Tjenesten ble stoppet mens jobben gikk."


def main(job: str, holder: str) -> int:
    """Do the job; gives the exit code."""
    settings = Settings()
    logs.set_up(settings, job=job)
    database = Database(settings.database)
    install(settings, database)
    stop = threading.Event()
    leave = _Leaving(database, job, holder)
    signal.signal(signal.SIGTERM, leave.on_signal)
    pulse = threading.Thread(
        target=_pulse,
        args=(database, job, holder, stop, settings.lease_seconds / PULSE),
        daemon=True,
    )
    pulse.start()
    threading.Thread(target=_leash, args=(leave,), daemon=True).start()
    # Imported only now: it takes seconds on a busy machine, and signs of life are shown already.
    from api.service.jobs import limits
    from api.service.jobs.task import Task
    from scheduler.solving.process import SearchError

    try:
        task = Task(settings, database, job, holder, stop)
        limits.watch(task, task.seconds)
        task.run()
    except store.LostError:
        return LOST
    except SearchError:
        logging.getLogger(__name__).exception("job %s: the search ended before its time", job)
        return BROKEN  # whoever started us gives the job back: it goes on from its best
    return 0


class _Leaving:
    """Gives the job back, once, and ends the process."""

    def __init__(self, database: Database, job: str, holder: str) -> None:
        self._database, self._job, self._holder = database, job, holder
        self._once = threading.Lock()

    def now(self) -> None:
        if self._once.acquire(blocking=False):
            try:
                with contextlib.suppress(store.LostError), self._database.writing() as session:
                    found = store.held(session, self._job, self._holder)
                    found.attempts -= 1  # being stopped is no fault of the job
                    store.give_back(session, found, _GIVEN_BACK)
            finally:
                os._exit(0)  # also where the database is away: then the job is taken from us

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        # Not in the signal handler itself: the main thread may be inside the database.
        threading.Thread(target=self.now).start()


def _leash(leave: _Leaving) -> None:
    sys.stdin.read()
    leave.now()


def _pulse(database: Database, job: str, holder: str, stop: threading.Event, every: float) -> None:
    """Show a sign of life, and hear whether the job is to stop."""
    while True:
        try:
            with database.writing() as session:
                if store.held(session, job, holder).state == store.STOPPING:
                    stop.set()
        except store.LostError:
            os._exit(LOST)
        except SQLAlchemyError:
            # It may be away for a while; if for too long, the job is taken from us.
            logging.getLogger(__name__).exception("job %s: no sign of life could be given", job)
        time.sleep(every)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
