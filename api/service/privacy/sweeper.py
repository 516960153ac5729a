"""Sweeps once an hour, and plans once a day, in one of all processes that share the database."""

import logging
import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from api.service.db.database import Database
from api.service.errors import StaleError
from api.service.privacy.retention import my_turn, sweep_plans, sweep_rows
from api.service.settings import Settings

_LOOK = 60.0  # seconds between two looks at whose turn it is
_EVERY = timedelta(hours=1)
_PLANS_EVERY = timedelta(days=1)  # all plans are read for it

logger = logging.getLogger(__name__)


class Sweeper:
    """Looks every minute whether it is to sweep, until it is closed."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Nothing is swept before `start`."""
        self._settings, self._database = settings, database
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Sweep no more; a sweep that is under way is finished."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def once(self, now: datetime) -> bool:
        """Sweep if it is this process's turn; gives whether it was."""
        with self._database.writing() as session:
            rows = my_turn(session, "sweep", now, _EVERY)
            plans = my_turn(session, "sweep-plans", now, _PLANS_EVERY)
        if rows:
            logger.info("swept: %s", dict(sweep_rows(self._database, self._settings, now)))
        if plans:
            logger.info("swept: %s", dict(sweep_plans(self._database, self._settings, now)))
        return rows or plans

    def _run(self) -> None:
        while not self._closing.wait(_LOOK):
            try:
                self.once(datetime.now(UTC))
            except StaleError:
                logger.info("a plan was changed during the sweep; the next one goes on")
            except SQLAlchemyError:
                # The database may be away for a while; what is old stays old.
                logger.exception("the sweep failed; it is tried again")
