"""Rosters, their versions and what was published; versions and publications never change."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class StoredRoster(Base):
    """A roster of a plan on its way from draft to archive.

    Attributes:
        version: number of the newest version; whoever changes the roster must know it.
        state: draft, hearing, published, amended (its newest version says
            something else than what was published) or archived.
        moves: how often the state was changed by somebody; a part of the ETag.
    """

    __tablename__ = "roster"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'hearing', 'published', 'amended', 'archived')", name="state"
        ),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    moves: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class RosterVersion(Base):
    """A roster as it was at one time.

    Attributes:
        number: 1, 2, 3 ... in the roster.
        plan_version_id: what it was made for.
        digest: SHA-256 of the document.
        document: assignments and provenance as JSON, without the plan.
        holes, breaches: what the checkers found in this version.
    """

    __tablename__ = "roster_version"
    __table_args__ = (UniqueConstraint("roster_id", "number"),)

    id: Mapped[str] = id_column()
    roster_id: Mapped[str] = mapped_column(ForeignKey("roster.id"))
    number: Mapped[int]
    plan_version_id: Mapped[str] = mapped_column(ForeignKey("plan_version.id"))
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = document_column()
    holes: Mapped[int]
    breaches: Mapped[int]
    note: Mapped[str] = mapped_column(String(1000))
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Publication(Base):
    """A version that was published: what the doctors were told to work by.

    Attributes:
        number: 1, 2, 3 ... in the roster.
        signed: why it was published in spite of breaches; empty where there were none.
    """

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("roster_id", "number"),)

    id: Mapped[str] = id_column()
    roster_id: Mapped[str] = mapped_column(ForeignKey("roster.id"))
    number: Mapped[int]
    roster_version_id: Mapped[str] = mapped_column(ForeignKey("roster_version.id"))
    signed: Mapped[str] = mapped_column(String(1000))
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
