"""Plans that have been understood, kept for a while.

A stored version never changes, unless something is erased from it, maybe by another process: its
digest is looked at each time.
"""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from api import library
from api.service.documents import canonical, digest
from api.service.errors import NotFoundError
from api.service.plans.places import StoredPlaces
from api.service.plans.tables import PlanVersion
from api.service.recent import Recent
from scheduler.reading.plan import Plan

KEPT = 8  # plans; a large one takes some tens of megabytes
WRITTEN = 64  # plans of which nothing is worked out; a large one takes some hundred kilobytes

_Key = tuple[str, str]  # id and digest of a version


class UnderstoodPlans:
    """Plans by the id of their version."""

    def __init__(self, kept: int = KEPT, written: int = WRITTEN) -> None:
        """Know none yet."""
        self._recent: Recent[library.LoadedPlan] = Recent(kept)
        self._written: Recent[Plan] = Recent(written)

    def of(self, session: Session, version_id: str) -> library.LoadedPlan:
        """The plan of a version.

        Raises:
            NotFoundError: there is no such version.
        """
        key = _key(session, version_id)

        def understand() -> library.LoadedPlan:
            plan = self._read(session, key)
            return library.understand(plan, StoredPlaces(plan))

        return self._recent.get(key, understand)

    def written(self, session: Session, version_id: str) -> Plan:
        """The plan of a version as it is written: who is in it, from when to when.

        Nothing is worked out of it, so many can be asked for at once.

        Raises:
            NotFoundError: there is no such version.
        """
        return self._read(session, _key(session, version_id))

    def _read(self, session: Session, key: _Key) -> Plan:
        def read() -> Plan:
            document = session.get_one(PlanVersion, key[0]).document
            return Plan.model_validate(json.loads(document))

        return self._written.get(key, read)

    def keep(self, version_id: str, loaded: library.LoadedPlan) -> None:
        """Remember a plan that has just been stored."""
        known = digest(canonical(loaded.plan.to_document()))
        self._recent.keep((version_id, known), loaded)
        self._written.keep((version_id, known), loaded.plan)

    def forget(self) -> None:
        """Know none any more: something has been erased from them."""
        self._recent.forget()
        self._written.forget()


def _key(session: Session, version_id: str) -> _Key:
    known = session.scalar(select(PlanVersion.digest).where(PlanVersion.id == version_id))
    if known is None:
        raise NotFoundError
    return version_id, known
