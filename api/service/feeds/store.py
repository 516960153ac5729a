"""Secret addresses: made, listed, revoked, found again by their secret."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.secrets import digest, new_secret
from api.service.audit.store import log
from api.service.errors import ForbiddenError, NotFoundError
from api.service.feeds.tables import StoredFeed

DOCTOR, PLACE, DISTRICT, BUSY = "doctor", "place", "district", "busy"
OF_DOCTOR = (DOCTOR, BUSY)
_SETTLED = timedelta(minutes=1)  # fetches nearer than this are not noted one by one


def add_feed(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    subject: str,
    label: str,
    drafts: bool,
    alarm_minutes: int | None,
) -> tuple[str, StoredFeed]:
    """A new address: its secret, told this once, and what is kept.

    Raises:
        ForbiddenError: a doctor asks for another's calendar, or for a whole place's.
    """
    actor.need(Right.FEEDS_OWN, Right.FEEDS_ALL)
    if Right.FEEDS_ALL not in actor.rights and (kind not in OF_DOCTOR or subject != actor.doctor):
        raise ForbiddenError(right=Right.FEEDS_ALL.value)
    secret = new_secret()
    made = StoredFeed(
        cooperation_id=actor.cooperation,
        account_id=actor.account,
        kind=kind,
        subject=subject,
        label=label,
        drafts=drafts,
        alarm_minutes=alarm_minutes,
        secret_digest=digest(secret),
        created_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    log(session, actor, "feed.created", f"feed/{made.id}", kind=kind, of=subject)
    return secret, made


def feeds(session: Session, actor: Actor) -> Sequence[StoredFeed]:
    """The actor's own addresses; for a coordinator all of the cooperation. The newest first."""
    actor.need(Right.FEEDS_OWN, Right.FEEDS_ALL)
    query = select(StoredFeed).where(StoredFeed.cooperation_id == actor.cooperation)
    if Right.FEEDS_ALL not in actor.rights:
        query = query.where(StoredFeed.account_id == actor.account)
    return session.scalars(query.order_by(StoredFeed.created_at.desc(), StoredFeed.id)).all()


def revoke(session: Session, actor: Actor, feed: str) -> None:
    """The address answers no more.

    Raises:
        NotFoundError: there is none, or it belongs to others.
    """
    actor.need(Right.FEEDS_OWN, Right.FEEDS_ALL)
    found = session.get(StoredFeed, feed)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    if Right.FEEDS_ALL not in actor.rights and found.account_id != actor.account:
        raise NotFoundError
    if found.revoked_at is None:
        found.revoked_at = datetime.now(UTC)
        log(session, actor, "feed.revoked", f"feed/{found.id}")


def revoke_own(session: Session, actor: Actor, account: str) -> None:
    """End an account's calendars of doctors; those of places and the district serve others too."""
    query = select(StoredFeed).where(
        StoredFeed.account_id == account,
        StoredFeed.kind.in_(OF_DOCTOR),
        StoredFeed.revoked_at.is_(None),
    )
    for found in session.scalars(query):
        found.revoked_at = datetime.now(UTC)
        log(session, actor, "feed.revoked", f"feed/{found.id}")


def by_secret(session: Session, secret: str) -> StoredFeed:
    """The feed behind an address.

    Raises:
        NotFoundError: the address is unknown or revoked: which of the two is not told.
    """
    found = session.scalar(select(StoredFeed).where(StoredFeed.secret_digest == digest(secret)))
    if found is None or found.revoked_at is not None:
        raise NotFoundError
    return found


def is_noted(feed: StoredFeed, content: str, client: str, publication: str | None) -> bool:
    """Whether nothing worth writing down has happened since the last fetch."""
    return (
        feed.content_digest == content
        and feed.client == client
        and feed.seen_publication == publication
        and feed.fetched_at is not None
        and datetime.now(UTC) - feed.fetched_at < _SETTLED
    )


def note(
    session: Session, feed: str, content: str, client: str, publication: str | None
) -> datetime:
    """Write down a fetch; gives when the content was last changed.

    Args:
        session: to write with.
        feed: id.
        content: digest of the bytes that are served.
        client: what the client calls itself.
        publication: id of the newest publication in it.
    """
    found = session.get_one(StoredFeed, feed, with_for_update=True)
    now = datetime.now(UTC)
    if found.content_digest != content or found.changed_at is None:
        found.content_digest = content
        found.changed_at = now.replace(microsecond=0)
    found.fetched_at = now
    found.client = client
    found.seen_publication = publication
    return found.changed_at
