"""The audit log: written to, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import ID_LENGTH, Base


class AuditEntry(Base):
    """Who did what to what, when and why.

    Attributes:
        cooperation_id: no foreign key: the log outlives what it tells of.
        actor: name and e-mail as they were then.
        action: «plan.created», «roster.published», ...
        details: never holds a reason of absence, a ground of exemption or a secret.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    cooperation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    at: Mapped[datetime]
    account_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    actor: Mapped[str] = mapped_column(String(500))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(100), index=True)
    why: Mapped[str] = mapped_column(String(1000))
    details: Mapped[dict[str, Any]]
