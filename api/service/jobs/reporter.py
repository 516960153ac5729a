"""What a running job tells and keeps, while it still holds the job."""

import time
from collections.abc import Sequence
from math import isfinite
from typing import Any

from api.service.db.database import Database
from api.service.jobs import kept, store
from scheduler.engine import Update

TELL = 0.5  # seconds between two events of progress


class Reporter:
    """The one way from a running job to its readers.

    Everything raises `LostError` once the job is held by somebody else.
    """

    def __init__(self, database: Database, job: str, holder: str) -> None:
        """Nothing is told yet."""
        self._database, self._job, self._holder = database, job, holder
        self._told = 0.0
        self._stage = ""

    def progress(self, stage: str, data: dict[str, Any]) -> None:
        """Tell how far it has come; of what comes too often, what a new stage begins with.

        Args:
            stage: what it is at, in bokmål.
            data: plain values without infinities.
        """
        now = time.monotonic()
        if now - self._told < TELL and stage == self._stage:
            return
        self._told, self._stage = now, stage
        with self._database.writing() as session:
            store.held(session, self._job, self._holder)
            store.add_event(session, self._job, "progress", {"step": stage} | data)

    def update(self, update: Update, **more: Any) -> None:
        """Tell how far a search has come: the levels with value, bound and gap.

        Args:
            update: of the search.
            more: what else is to be told, such as which of several plans it is of.
        """
        data = {
            "seconds": round(update.seconds, 1),
            "doing": update.doing,
            "levels": [
                {
                    "level": own.level,
                    "title": own.title,
                    "value": _finite(own.value),
                    "bound": _finite(own.bound),
                    "gap": _finite(own.value - own.bound),
                    "proven": own.proven,
                    "unit": own.unit,
                }
                for own in update.levels
            ],
        }
        self.progress(update.step, data | more)

    def counted(self, stage: str, done: int, of: int, names: Sequence[str] = ()) -> None:
        """Tell that so many of so many pieces are done."""
        self.progress(stage, {"done": done, "of": of, "names": list(names)})

    def keep_best(self, document: str) -> None:
        """Keep the best so far, from which another attempt goes on."""
        with self._database.writing() as session:
            store.held(session, self._job, self._holder).best = document

    def keep_part(self, name: str, document: str, *, done: bool) -> None:
        """Keep one piece of a job that has several, from which another attempt goes on."""
        with self._database.writing() as session:
            store.held(session, self._job, self._holder)
            kept.keep_part(session, self._job, name, document, done=done)


def _finite(number: float | None) -> float | None:
    """JSON has no infinity: what was never found is null."""
    return number if number is not None and isfinite(number) else None
