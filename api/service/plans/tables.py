"""Plans and their versions; a version never changes."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class StoredPlan(Base):
    """A plan that is worked on.

    Attributes:
        version: number of the newest version; whoever changes the plan must know it.
    """

    __tablename__ = "plan"

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    created_at: Mapped[datetime]


class PlanVersion(Base):
    """A plan as it was at one time.

    Attributes:
        number: 1, 2, 3 ... in the plan.
        digest: SHA-256 of the document.
        problem_hash: of what the plan means.
        document: the plan as JSON.
        file_name: of the upload; empty for a change made here.
        note: why it was changed.
        author: name of the account, kept if the account goes.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[str] = id_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    problem_hash: Mapped[str] = mapped_column(String(64))
    rule_set: Mapped[str] = mapped_column(String(100))
    document: Mapped[str] = document_column()
    file_name: Mapped[str] = mapped_column(String(255))
    note: Mapped[str] = mapped_column(String(1000))
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
