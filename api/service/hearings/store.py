"""Comments on rosters: each is between its author and the coordinator."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.audit.store import log
from api.service.cursors import older
from api.service.errors import NotFoundError, StateError
from api.service.hearings.tables import RosterComment
from api.service.rosters.store import ARCHIVED
from api.service.rosters.tables import RosterVersion, StoredRoster


def add(
    session: Session,
    actor: Actor,
    roster: StoredRoster,
    version: RosterVersion,
    *,
    body: str,
    duty: str | None,
) -> RosterComment:
    """A comment on a version that the actor can read.

    Raises:
        StateError: the roster is archived; nobody would answer.
    """
    if roster.state == ARCHIVED:
        raise StateError("roster", roster.state)
    made = RosterComment(
        cooperation_id=roster.cooperation_id,
        roster_id=roster.id,
        roster_version_id=version.id,
        account_id=actor.account,
        duty=duty,
        doctor=actor.doctor or None,
        author=actor.name,
        body=body,
        answer="",
        created_at=datetime.now(UTC),
        closed_at=None,
    )
    session.add(made)
    session.flush()
    log(session, actor, "comment.made", f"roster/{roster.id}", comment=made.id, duty=duty)
    return made


def comments(
    session: Session,
    actor: Actor,
    roster: StoredRoster,
    *,
    waiting: bool,
    after: str | None,
    most: int,
) -> Sequence[tuple[RosterComment, int]]:
    """Comments that the actor may read with the numbers of their versions, the newest first.

    All for those who change rosters, the own ones for others; one more than `most`.
    """
    query = (
        select(RosterComment, RosterVersion.number)
        .join(RosterVersion, RosterVersion.id == RosterComment.roster_version_id)
        .where(RosterComment.roster_id == roster.id)
    )
    if Right.ROSTERS_WRITE not in actor.rights:
        query = query.where(RosterComment.account_id == actor.account)
    if waiting:
        query = query.where(RosterComment.closed_at.is_(None))
    condition = older(RosterComment, after)
    if condition is not None:
        query = query.where(condition)
    order = (RosterComment.created_at.desc(), RosterComment.id)
    return [
        (own, number) for own, number in session.execute(query.order_by(*order).limit(most + 1))
    ]


def comment_of(
    session: Session, roster: StoredRoster, comment: str, *, to_change: bool = False
) -> RosterComment:
    """One comment on a roster.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(RosterComment, comment, with_for_update=to_change)
    if found is None or found.roster_id != roster.id:
        raise NotFoundError
    return found


def answer(
    session: Session, actor: Actor, comment: RosterComment, *, text: str | None, close: bool
) -> None:
    """Answer a comment, settle it, or open it again; what changes nothing is no version."""
    before = (comment.answer, comment.closed_at is not None)
    if text is not None and text != comment.answer:
        comment.answer, comment.answered_by = text, actor.name
    if close is not (comment.closed_at is not None):
        comment.closed_at = datetime.now(UTC) if close else None
    if before == (comment.answer, comment.closed_at is not None):
        return
    comment.revision += 1
    action = "comment.closed" if close else "comment.answered"
    log(session, actor, action, f"roster/{comment.roster_id}", comment=comment.id)
