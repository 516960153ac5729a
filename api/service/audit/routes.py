"""The audit log, for those who may read it."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import Field

from api.service.accounts.roles import Right
from api.service.audit import store
from api.service.audit.tables import AuditEntry
from api.service.dependencies import ActorDep, ServiceDep
from api.service.paging import MostDep
from api.service.problems import documented
from api.service.shapes import ForeignId, Shape

router = APIRouter(prefix="/audit", tags=["audit"])


class EntryOut(Shape):
    """One thing that was done."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    why: str
    details: dict[str, Any]

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        """An entry as it is told."""
        return cls(
            id=entry.id,
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            why=entry.why,
            details=entry.details,
        )


class EntriesOut(Shape):
    """Entries, the newest first."""

    items: list[EntryOut]
    next: int | None = Field(description="Send as `before` for the next page; null on the last")


@router.get("", responses=documented(401, 403, 422))
def entries(
    service: ServiceDep,
    actor: ActorDep,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    subject: Annotated[ForeignId | None, Query(description="roster/ID, …")] = None,
    most: MostDep = 50,
) -> EntriesOut:
    """Who did what, when and why, the newest first."""
    actor.need(Right.AUDIT_READ)
    with service.database.reading() as session:
        found = store.entries(
            session, actor.cooperation, before=before, subject=subject, most=most + 1
        )
    shown = [EntryOut.of(own) for own in found[:most]]
    return EntriesOut(items=shown, next=shown[-1].id if len(found) > most else None)
