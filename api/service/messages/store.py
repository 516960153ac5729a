"""Messages in the outbox: put there with the change, taken from there to be sent."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.roles import Role
from api.service.accounts.tables import Account
from api.service.messages.tables import Message
from api.service.messages.text import Telling, told
from api.service.rosters.moves import Moved
from api.service.rosters.tables import Publication, StoredRoster
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem

_WAITS = (1, 5, 15, 60, 240, 720)  # minutes before the next try; the last one again and again
_TAKEN = timedelta(minutes=5)  # more than handing one over takes at the very most


def tell_of_publication(
    session: Session,
    roster: StoredRoster,
    publication: Publication,
    changes: Iterable[Moved],
    before: Problem | None,
    after: Problem,
) -> int:
    """Put a message in the outbox for each doctor whose future duties moved; gives how many.

    Args:
        session: of the publication.
        roster: that was published.
        publication: of it.
        changes: who got and lost what.
        before: the plan of the version that was published before; None if none was.
        after: the plan of the one that is published now.
    """
    now = datetime.now(UTC)
    query = select(Account).where(
        Account.cooperation_id == roster.cooperation_id,
        Account.role == Role.DOCTOR.value,
        Account.active,
    )
    accounts = session.scalars(query).all()
    moved = {own.doctor: own for own in changes}
    count = 0
    for account in accounts:
        own = moved.get(account.doctor or "")
        if own is None:
            continue
        gained = _coming(own.gained, after.duty_by_id, now)
        lost = _coming(own.lost, (before or after).duty_by_id, now)
        if not gained and not lost:
            continue
        subject, body = told(Telling(account.name, roster.title, before is None, gained, lost))
        session.add(
            Message(
                cooperation_id=roster.cooperation_id,
                account_id=account.id,
                about=f"publication/{publication.id}",
                address=account.email,
                subject=subject,
                body=body,
                created_at=now,
                next_try_at=now,
            )
        )
        count += 1
    return count


def take(session: Session) -> Message | None:
    """The message that has waited longest of those that are to be tried now.

    It counts as tried from now on: if whoever takes it dies, another takes it a while later.
    """
    message = session.scalar(
        select(Message)
        .where(Message.sent_at.is_(None), Message.next_try_at <= datetime.now(UTC))
        .order_by(Message.next_try_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if message is not None:
        message.next_try_at = datetime.now(UTC) + _TAKEN
        message.attempts += 1
    return message


def note(session: Session, message: str, problem: str) -> None:
    """It is on its way, or is tried again later and never given up."""
    found = session.get_one(Message, message, with_for_update=True)
    found.problem = problem[:500]
    if not problem:
        found.sent_at = datetime.now(UTC)
        return
    wait = _WAITS[min(found.attempts, len(_WAITS)) - 1]
    found.next_try_at = datetime.now(UTC) + timedelta(minutes=wait)


def _coming(duties: Iterable[str], known: Mapping[str, Duty], now: datetime) -> tuple[Duty, ...]:
    found = (known[duty] for duty in duties if duty in known)
    return tuple(sorted((d for d in found if d.end > now), key=lambda d: (d.start, d.id)))
