"""What doctors say of rosters, and what they are answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class RosterComment(Base):
    """A comment on a version of a roster, between its author and the coordinator.

    Attributes:
        duty: id of the duty that it is about; None: the roster as a whole.
        doctor: id of the doctor who wrote it; None for a coordinator.
        author: name of the account, kept if the account goes.
        revision: 1, and one more for each change; whoever changes the comment must know it.
        answer: of the coordinator; empty until there is one.
        closed_at: None as long as it waits for an answer.
    """

    __tablename__ = "roster_comment"
    __table_args__ = (Index("ix_roster_comment_roster_id_created_at", "roster_id", "created_at"),)

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"))
    roster_id: Mapped[str] = mapped_column(ForeignKey("roster.id"))
    roster_version_id: Mapped[str] = mapped_column(ForeignKey("roster_version.id"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    duty: Mapped[str | None] = mapped_column(String(200))
    doctor: Mapped[str | None] = mapped_column(String(100))
    author: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = document_column()
    revision: Mapped[int] = mapped_column(default=1)
    answer: Mapped[str] = document_column()
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
