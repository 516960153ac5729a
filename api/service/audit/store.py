"""Writing to the audit log and reading it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.audit.tables import AuditEntry

PROGRAM = "Rettvakt"
LOGGED_IN = "account.logged-in"


def log(
    session: Session,
    actor: Actor | None,
    action: str,
    subject: str,
    *,
    cooperation: str | None = None,
    why: str = "",
    **details: Any,
) -> None:
    """Add an entry to the transaction that makes the change: both are kept, or neither.

    Args:
        session: of the change.
        actor: who; None for the program itself.
        action: «plan.created», ...
        subject: kind and id: «plan/0f3c…».
        cooperation: whose; the actor's own if not given.
        why: what the actor said.
        details: plain values; no reason of absence, ground of exemption or secret.
    """
    session.add(
        AuditEntry(
            cooperation_id=cooperation or (actor.cooperation if actor else None) or None,
            at=datetime.now(UTC),
            account_id=actor.account if actor else None,
            actor=f"{actor.name} <{actor.email}>" if actor else PROGRAM,
            action=action,
            subject=subject,
            why=why,
            details=details,
        )
    )


def entries(
    session: Session,
    cooperation: str,
    *,
    before: int | None = None,
    subject: str | None = None,
    since: datetime | None = None,
    most: int,
) -> Sequence[AuditEntry]:
    """Entries of a cooperation, the newest first.

    Args:
        session: to read with.
        cooperation: id.
        before: only entries with smaller ids.
        subject: only entries about this.
        since: only entries from this moment on.
        most: how many.
    """
    query = select(AuditEntry).where(AuditEntry.cooperation_id == cooperation)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(most)).all()


def last_login(session: Session, account: str) -> datetime | None:
    """When somebody logged in the time before this one; None if this is the first."""
    query = select(AuditEntry.at).where(
        AuditEntry.account_id == account, AuditEntry.action == LOGGED_IN
    )
    return session.scalar(query.order_by(AuditEntry.id.desc()).offset(1).limit(1))
