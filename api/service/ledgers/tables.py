"""The entries of the ledger; an entry never changes and is never taken away."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class LedgerEntry(Base):
    """One entry of a cooperation's book.

    Attributes:
        number: 1, 2, 3 ... in the book.
        digest: of the chain, over the document and the digest above.
        document: the entry as it stands in a book file, with its digest.
        roster_version_id: of a closing made here: what was worked.
        author: name of the account, kept if the account goes.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("cooperation_id", "number"),)

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = document_column()
    roster_version_id: Mapped[str | None] = mapped_column(ForeignKey("roster_version.id"))
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
