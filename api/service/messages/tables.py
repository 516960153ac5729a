"""Messages that wait to be sent, those that were, and how people want theirs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column

EMAIL, SMS = "email", "sms"
WAITING, SENT, DEAD, UNNEEDED = "waiting", "sent", "dead", "unneeded"


class Message(Base):
    """A message to one person.

    Attributes:
        about: what it tells of («publication/ID»): nobody is told of it twice in one way.
        channel: by e-mail or SMS.
        address: e-mail address or telephone number.
        urgent: what it tells of is nearer than calendars read.
        state: waiting; sent; dead: given up until somebody sends it again; or unneeded, since a
            calendar has read of it before.
        sent_at: None until it is sent.
        next_try_at: not tried again before.
        attempts: since it was written, or sent again.
        resent: how often it was sent again after it had been sent.
        problem: why the last try failed.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("about", "account_id", "channel"),
        CheckConstraint("channel IN ('email', 'sms')", name="channel"),
        CheckConstraint("state IN ('waiting', 'sent', 'dead', 'unneeded')", name="state"),
        Index("ix_message_state_next_try_at", "state", "next_try_at"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(10), default=EMAIL)
    address: Mapped[str] = mapped_column(String(254))
    urgent: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = document_column()
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    resent: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(500), default="")
    sent_at: Mapped[datetime | None]


class Contact(Base):
    """How a person wants messages; who has none gets bokmål by e-mail.

    Attributes:
        language: nb, nn or en.
        phone: for SMS about what is urgent, as «+4790000000»; empty: none.
    """

    __tablename__ = "message_contact"
    __table_args__ = (CheckConstraint("language IN ('nb', 'nn', 'en')", name="language"),)

    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str] = mapped_column(String(16))
