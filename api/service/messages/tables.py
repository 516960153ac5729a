"""Messages that wait to be sent, and those that were."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class Message(Base):
    """A message to one person.

    Attributes:
        about: what it tells of («publication/ID»): nobody is told of it twice.
        sent_at: None until it is sent.
        next_try_at: not tried again before.
        problem: why the last try failed.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("about", "account_id"),
        Index("ix_message_sent_at_next_try_at", "sent_at", "next_try_at"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = document_column()
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(500), default="")
    sent_at: Mapped[datetime | None]
