"""What there is to tell one person becomes messages in the outbox."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from api.service.accounts.roles import Role
from api.service.accounts.tables import Account
from api.service.messages.tables import EMAIL, SMS, Contact, Message
from api.service.messages.timing import Timing

MOST_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """What is told, in the words of its reader.

    Attributes:
        about: what it tells of; nobody is told of the same twice in one way.
        subject, body: of the mail.
        short: of the SMS.
    """

    about: str
    subject: str
    body: str
    short: str


def receivers(
    session: Session, cooperation: str, role: Role, doctors: Iterable[str] | None = None
) -> Sequence[Row[Account, Contact | None]]:
    """Open accounts of a role in a cooperation, and how each wants messages, in a fixed order.

    Args:
        session: to read with.
        cooperation: id.
        role: of the accounts.
        doctors: only accounts of these, ids in the plans; None: all.
    """
    query = (
        select(Account, Contact)
        .outerjoin(Contact, Contact.account_id == Account.id)
        .where(Account.cooperation_id == cooperation, Account.role == role.value, Account.active)
        .order_by(Account.id)
    )
    if doctors is not None:
        query = query.where(Account.doctor.in_(list(doctors)))
    return session.execute(query).all()


def written(
    account: Account, contact: Contact | None, draft: Draft, when: Timing, now: datetime
) -> list[Message]:
    """A mail, and an SMS where it hurries and the person has a telephone."""
    subject = " ".join(draft.subject.split())[:MOST_SUBJECT]
    ways = [(EMAIL, account.email, draft.body, when.email_at)]
    if when.sms_at is not None and contact is not None and contact.phone:
        ways.append((SMS, contact.phone, draft.short, when.sms_at))
    return [
        Message(
            cooperation_id=str(account.cooperation_id),
            account_id=account.id,
            about=draft.about,
            channel=channel,
            address=address,
            urgent=when.urgent,
            subject=subject,
            body=body,
            created_at=now,
            next_try_at=at,
        )
        for channel, address, body, at in ways
    ]
