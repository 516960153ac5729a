"""Secret addresses: made, listed, revoked, found again by their secret."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.secrets import digest, new_secret
from api.service.audit.store import log
from api.service.errors import ForbiddenError, NotFoundError
from api.service.feeds.tables import FeedClient, FeedDuty, StoredFeed
from api.service.plans.tables import StoredPlan

DOCTOR, PLACE, DISTRICT, HOLES, BUSY = "doctor", "place", "district", "holes", "busy"
OF_DOCTOR = (DOCTOR, BUSY)
OF_ALL = (DISTRICT, HOLES)
_SECOND = timedelta(seconds=1)
_SETTLED = timedelta(minutes=1)  # fetches nearer than this are not noted one by one


def add_feed(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    subject: str,
    label: str,
    language: str = "nb",
    drafts: bool = False,
    home_busy: bool = False,
    alarm_minutes: int | None = None,
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
        language=language,
        drafts=drafts,
        home_busy=home_busy,
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


def client_of(session: Session, feed: StoredFeed, family: str) -> FeedClient | None:
    """What is known of a kind of client that reads a feed."""
    return session.get(FeedClient, (feed.id, family))


def clients_of(session: Session, feeds: Sequence[str]) -> Mapping[str, Sequence[FeedClient]]:
    """Who reads these feeds, the latest visitor first: id of feed -> clients."""
    found: dict[str, list[FeedClient]] = defaultdict(list)
    query = select(FeedClient).where(FeedClient.feed_id.in_(feeds))
    for own in session.scalars(query.order_by(FeedClient.fetched_at.desc(), FeedClient.family)):
        found[own.feed_id].append(own)
    return found


def doctor_clients(session: Session, cooperation: str, doctor: str) -> Sequence[FeedClient]:
    """Who reads a doctor's own duties."""
    return session.scalars(
        select(FeedClient)
        .join(StoredFeed, StoredFeed.id == FeedClient.feed_id)
        .where(
            StoredFeed.cooperation_id == cooperation,
            StoredFeed.kind == DOCTOR,
            StoredFeed.subject == doctor,
            StoredFeed.revoked_at.is_(None),
        )
        .order_by(FeedClient.feed_id, FeedClient.family)
    ).all()


def event_of(session: Session, actor: Actor, event: str) -> FeedDuty:
    """The event behind the link in a calendar.

    Raises:
        NotFoundError: there is none, or it belongs to others.
        ForbiddenError: the actor knows doctors by pseudonyms.
    """
    actor.need(Right.ROSTERS_READ, Right.PUBLISHED_READ)
    if not actor.sees_names:
        raise ForbiddenError(right=Right.ROSTERS_READ.value)
    found = session.get(FeedDuty, event)
    if found is None:
        raise NotFoundError
    actor.within(session.get_one(StoredPlan, found.plan_id).cooperation_id)
    return found


@dataclass(frozen=True, slots=True)
class Visit:
    """A client's visit to a feed.

    Attributes:
        content: digest of the bytes that stand there.
        user_agent: what the client calls itself.
        family: what kind of client it is.
        seen: id of roster -> number of the published version that it reads.
    """

    content: str
    user_agent: str
    family: str
    seen: Mapping[str, int]


def is_noted(feed: StoredFeed, client: FeedClient | None, visit: Visit) -> bool:
    """Whether nothing worth writing down has happened since the client's last visit."""
    return (
        feed.content_digest == visit.content
        and client is not None
        and client.user_agent == visit.user_agent
        and client.seen == visit.seen
        and datetime.now(UTC) - client.fetched_at < _SETTLED
    )


def note(session: Session, feed: str, visit: Visit) -> datetime:
    """Write down a visit; gives when the content was last changed.

    Args:
        session: to write with.
        feed: id.
        visit: who came, and what stood there.
    """
    found = note_content(session, feed, visit.content)
    now = datetime.now(UTC)
    own = session.get(FeedClient, (feed, visit.family))
    if own is None:
        own = FeedClient(feed_id=feed, family=visit.family, first_at=now, before_at=None)
        session.add(own)
    elif now - own.fetched_at >= _SETTLED:  # a client may ask twice in a moment
        own.before_at = own.fetched_at
    own.user_agent = visit.user_agent
    own.fetched_at = now
    own.seen = dict(visit.seen)
    return found


def note_content(session: Session, feed: str, content: str) -> datetime:
    """Write down what stands there; gives when it was last changed.

    Two contents never have the same moment, or a client that came in between would not be told of
    the second one: moments of HTTP are whole seconds.
    """
    found = session.get_one(StoredFeed, feed, with_for_update=True)
    now = datetime.now(UTC).replace(microsecond=0)
    if found.content_digest != content or found.changed_at is None:
        found.content_digest = content
        earlier = found.changed_at
        found.changed_at = now if earlier is None else max(now, earlier + _SECOND)
    return found.changed_at
