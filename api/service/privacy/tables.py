"""What was erased, and whose turn it is to sweep."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import ID_LENGTH, Base, id_column


class Erasure(Base):
    """That something was erased; says what kind of thing and how much, never what.

    While `ended_at` is None the database lets texts be replaced in what is otherwise never changed.
    It is None only inside the transaction that erases.

    Attributes:
        kind: person (somebody was erased) or retention (time was up for something).
        cooperation_id, account_id: whose; no foreign keys: this outlives them.
        code: what the person is called from now on.
        author: who did it; empty for the program itself.
        counts: rows by table.
        held: what must still be kept about the person, for the sweep to erase later.
        held_until: the day on which the last of it may go.
    """

    __tablename__ = "erasure"
    __table_args__ = (CheckConstraint("kind IN ('person', 'retention')", name="kind"),)

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    code: Mapped[str] = mapped_column(String(40))
    author: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(1000))
    counts: Mapped[dict[str, Any]]
    held: Mapped[dict[str, Any] | None]
    held_until: Mapped[date | None]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Turn(Base):
    """Something that one process does for all, now and then.

    Attributes:
        next_at: nobody does it before.
    """

    __tablename__ = "turn"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    next_at: Mapped[datetime]
