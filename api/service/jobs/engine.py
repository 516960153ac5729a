"""What every engine of the queue is: a thread that takes jobs and runs them until it is closed."""

import threading
from abc import ABC, abstractmethod
from datetime import timedelta

from api.service.db.database import Database
from api.service.settings import Settings

REAP = 5.0  # seconds between two looks for holders that are gone


class Engine(ABC):
    """Runs so many jobs at a time in the background until it is closed."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Nothing runs before `start`."""
        self._settings = settings
        self._database = database
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def close(self) -> None:
        """Take no more; what runs is given back, with its best, to go on elsewhere or later."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    @abstractmethod
    def _run(self) -> None:
        """Take jobs until `_closing` is set; the thread ends with it."""
