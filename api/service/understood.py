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
from api.service.plans.tables import PlanVersion
from api.service.recent import Recent
from scheduler.reading.plan import Plan

KEPT = 8  # plans; a large one takes some tens of megabytes


class UnderstoodPlans:
    """Plans by the id of their version."""

    def __init__(self, kept: int = KEPT) -> None:
        """Know none yet."""
        self._recent: Recent[library.LoadedPlan] = Recent(kept)

    def of(self, session: Session, version_id: str) -> library.LoadedPlan:
        """The plan of a version.

        Raises:
            NotFoundError: there is no such version.
        """

        def understand() -> library.LoadedPlan:
            version = session.get(PlanVersion, version_id)
            if version is None:
                raise NotFoundError
            return library.understand(Plan.model_validate(json.loads(version.document)))

        known = session.scalar(select(PlanVersion.digest).where(PlanVersion.id == version_id))
        return self._recent.get((version_id, known), understand)

    def keep(self, version_id: str, loaded: library.LoadedPlan) -> None:
        """Remember a plan that has just been stored."""
        known = digest(canonical(loaded.plan.to_document()))
        self._recent.keep((version_id, known), loaded)

    def forget(self) -> None:
        """Know none any more: something has been erased from them."""
        self._recent.forget()
