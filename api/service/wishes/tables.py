"""Wish rounds, and what doctors have stated in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class WishRound(Base):
    """A time in which the doctors of a plan state their wishes.

    Attributes:
        deadline: after it doctors change nothing.
        most: wishes that each doctor may state.
        text: what the coordinator says to the doctors.
        version: of what the coordinator has set; for If-Match.
        statements: one more for each wish that is stated, changed or withdrawn.
        closed_at: when the coordinator ended it; None while it is open or only past its deadline.
        taken_version: number of the plan's version into which the wishes went.
    """

    __tablename__ = "wish_round"

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    deadline: Mapped[datetime]
    most: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    version: Mapped[int]
    statements: Mapped[int]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    taken_version: Mapped[int | None]


class StatedWish(Base):
    """A doctor's wish in a round; withdrawn ones are gone.

    Attributes:
        doctor: id in the plan.
        document: the wish as it stands in a plan, without its doctor.
        version: for If-Match.
    """

    __tablename__ = "stated_wish"

    id: Mapped[str] = id_column()
    round_id: Mapped[str] = mapped_column(
        ForeignKey("wish_round.id", ondelete="CASCADE"), index=True
    )
    doctor: Mapped[str] = mapped_column(String(100), index=True)
    document: Mapped[str] = document_column()
    version: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
