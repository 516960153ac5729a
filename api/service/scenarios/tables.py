"""Stored sets of scenarios."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class ScenarioSet(Base):
    """A question about a plan, and the alternatives to it.

    Attributes:
        shared: the managers of the cooperation see it.
        version: for If-Match.
        document: JSON in the format of the scenario file; its `plan` is the id of the plan.
        plan_version: number of the version against which it was judged last.
        told: what was said of it then, as JSON; see `shapes.Told`.
        author: name of the account that made it.
    """

    __tablename__ = "scenario_set"

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    shared: Mapped[bool]
    version: Mapped[int]
    document: Mapped[str] = document_column()
    plan_version: Mapped[int]
    told: Mapped[str] = document_column()
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
