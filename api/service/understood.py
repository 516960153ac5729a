"""Plans that have been understood, kept for a while: a stored version never changes."""

import json
import threading
from collections import OrderedDict

from sqlalchemy.orm import Session

from api import library
from api.service.errors import NotFoundError
from api.service.plans.tables import PlanVersion
from scheduler.reading.plan import Plan

KEPT = 8  # plans; a large one takes some tens of megabytes


class UnderstoodPlans:
    """Plans by the id of their version, the last used ones at hand."""

    def __init__(self, kept: int = KEPT) -> None:
        """Know none yet."""
        self._kept = kept
        self._known: OrderedDict[str, library.LoadedPlan] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: Session, version_id: str) -> library.LoadedPlan:
        """The plan of a version.

        Raises:
            NotFoundError: there is no such version.
        """
        with self._lock:
            if version_id in self._known:
                self._known.move_to_end(version_id)
                return self._known[version_id]
        version = session.get(PlanVersion, version_id)
        if version is None:
            raise NotFoundError
        loaded = library.understand(Plan.model_validate(json.loads(version.document)))
        self.keep(version_id, loaded)
        return loaded

    def keep(self, version_id: str, loaded: library.LoadedPlan) -> None:
        """Remember a plan that has just been stored."""
        with self._lock:
            self._known[version_id] = loaded
            self._known.move_to_end(version_id)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
