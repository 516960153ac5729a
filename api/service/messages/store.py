"""Messages in the outbox: taken from there to be sent, looked at, and sent again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.tables import Account
from api.service.audit.store import log
from api.service.cursors import older
from api.service.errors import NotFoundError, StateError
from api.service.messages.contacts import contact_of
from api.service.messages.tables import DEAD, EMAIL, SENT, SMS, UNNEEDED, WAITING, Message
from api.service.messages.telling import has_been_read

# Minutes before the next try: two and a half days in all, so that a weekend kills no message.
WAITS = (1, 5, 15, 60, 240, 720, 720, 720, 720, 720)
_TAKEN = timedelta(minutes=5)  # more than handing one over takes at the very most


def take(session: Session) -> Message | None:
    """The message that has waited longest of those that are to be tried now, urgent ones first.

    It counts as tried from now on: if whoever takes it dies, another takes it a while later. An SMS
    about what a calendar of the receiver has read since is left unsent.
    """
    while True:
        message = session.scalar(
            select(Message)
            .where(Message.state == WAITING, Message.next_try_at <= datetime.now(UTC))
            .order_by(Message.urgent.desc(), Message.next_try_at, Message.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if message is None or message.channel != SMS or not has_been_read(session, message):
            break
        message.state = UNNEEDED
        session.flush()
    if message is not None:
        message.next_try_at = datetime.now(UTC) + _TAKEN
        message.attempts += 1
    return message


def note(session: Session, message: str, problem: str, *, refused: bool = False) -> None:
    """It is on its way, is tried again later, or is given up for somebody to look at.

    Args:
        session: to write with.
        message: id.
        problem: why it was not handed over; empty: it was.
        refused: another try would fail too.
    """
    found = session.get_one(Message, message, with_for_update=True)
    found.problem = problem[:500]
    if not problem:
        found.state = SENT
        found.sent_at = datetime.now(UTC)
    elif refused or found.attempts > len(WAITS):
        found.state = DEAD
    else:
        wait = timedelta(minutes=WAITS[max(found.attempts, 1) - 1])
        found.next_try_at = datetime.now(UTC) + wait


def messages(
    session: Session, actor: Actor, state: str | None, after: str | None, most: int
) -> Sequence[Row[Message, str]]:
    """Messages with the name of the receiver, the newest first, one more than `most`.

    Who publishes sees all of the cooperation, others their own.
    """
    actor.need(Right.PUBLISH, Right.PUBLISHED_READ)
    query = (
        select(Message, Account.name)
        .join(Account, Account.id == Message.account_id)
        .where(Message.cooperation_id == actor.cooperation)
    )
    if Right.PUBLISH not in actor.rights:
        query = query.where(Message.account_id == actor.account)
    if state is not None:
        query = query.where(Message.state == state)
    condition = older(Message, after)
    if condition is not None:
        query = query.where(condition)
    return session.execute(
        query.order_by(Message.created_at.desc(), Message.id).limit(most + 1)
    ).all()


def resend(session: Session, actor: Actor, message: str) -> tuple[Message, str]:
    """Send a message again, to the address that the receiver has now; gives it and the name.

    One that was sent before goes as a new mail; one that was given up as the same.

    Raises:
        NotFoundError: there is none, it belongs to others, or the receiver's account is closed or
            has no address of that kind any more.
        StateError: it waits to be sent anyway.
    """
    actor.need(Right.PUBLISH)
    found = session.get(Message, message, with_for_update=True)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    account = session.get_one(Account, found.account_id)
    address = account.email if found.channel == EMAIL else contact_of(session, account.id).phone
    if not account.active or not address:
        raise NotFoundError
    if found.state == WAITING:
        raise StateError("message", found.state)
    if found.state == SENT:
        found.resent += 1
    found.address = address
    found.state = WAITING
    found.attempts = 0
    found.problem = ""
    found.next_try_at = datetime.now(UTC)
    log(session, actor, "message.resent", f"message/{found.id}")
    return found, account.name
