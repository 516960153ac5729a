"""Swap offers of doctors, deals that come of them, and what the cooperation wants of both."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.service.db.base import Base, id_column
from scheduler.domain.roster import Timetable
from scheduler.swaps.rings import SwapOffer as PlainOffer

OPEN, TAKEN, DONE, WITHDRAWN, DECLINED, LAPSED = (
    "open",
    "taken",
    "done",
    "withdrawn",
    "declined",
    "lapsed",
)
ASKED, AGREED, REFUSED = "asked", "agreed", "refused"


class SwapOffer(Base):
    """A duty, or a block, that a doctor wants to be rid of.

    Attributes:
        roster_id: the plan's roster in force.
        doctor, to_doctor: ids in the plan; None: offered to all.
        unit: id of the duty or block.
        in_return: she wants a duty back for it.
        accepts: units that she has said she would take; None: none is named.
        state: open; taken (in a deal that all agree to); done; or withdrawn, declined (by the one
            to whom it was made), lapsed (the roster has changed).
        revision: whoever changes the offer, or says yes to it, must know it.
        ends_at: afterwards an open offer counts for nothing.
    """

    __tablename__ = "swap_offer"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'taken', 'done', 'withdrawn', 'declined', 'lapsed')", name="state"
        ),
        Index("ix_swap_offer_plan_id_state", "plan_id", "state"),
        Index("ix_swap_offer_cooperation_id_created_at", "cooperation_id", "created_at"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    roster_id: Mapped[str] = mapped_column(ForeignKey("roster.id"))
    doctor: Mapped[str] = mapped_column(String(100))
    to_doctor: Mapped[str | None] = mapped_column(String(100))
    unit: Mapped[str] = mapped_column(String(200))
    in_return: Mapped[bool]
    accepts: Mapped[list[str] | None]
    note: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    def plain(self) -> PlainOffer:
        """The engine's word for it."""
        accepts = None if self.accepts is None else frozenset(self.accepts)
        return PlainOffer(self.doctor, self.unit, accepts)

    def stands_in(self, timetable: Timetable) -> bool:
        """Whether the doctor has the whole of it in a roster."""
        duties = timetable.problem.units.get(self.unit, ())
        return bool(duties) and all(self.doctor in timetable.doctors_on(d.id) for d in duties)


class SwapDeal(Base):
    """Duties that some doctors want to let change hands.

    Attributes:
        state: asked (somebody has not answered yet), agreed (all have said yes), done, refused
            (by one of them, by the coordinator, or by a rule), withdrawn or lapsed.
        revision: whoever answers or decides must know it.
        reason: why it was refused, or what the coordinator noted.
        decided_by: name of who let it come true or refused it.
        publication_id: what it came true with.
    """

    __tablename__ = "swap_deal"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked', 'agreed', 'done', 'refused', 'withdrawn', 'lapsed')", name="state"
        ),
        Index("ix_swap_deal_plan_id_state", "plan_id", "state"),
        Index("ix_swap_deal_cooperation_id_created_at", "cooperation_id", "created_at"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    roster_id: Mapped[str] = mapped_column(ForeignKey("roster.id"))
    state: Mapped[str] = mapped_column(String(20), default=ASKED)
    revision: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(2000), default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    publication_id: Mapped[str | None] = mapped_column(ForeignKey("publication.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    parts: Mapped[list["SwapPart"]] = relationship(
        lazy="selectin", order_by="SwapPart.place", cascade="all, delete-orphan"
    )


class SwapPart(Base):
    """One doctor's part of a deal.

    Attributes:
        place: the order of those who take part; what one gives, the next one gets.
        gives, gets: units; None where nothing is given, or nothing comes back.
        offer_id: the offer that it comes of; None for a duty that is given only in return.
        says: yes or no; None: has not answered.
    """

    __tablename__ = "swap_part"
    __table_args__ = (UniqueConstraint("deal_id", "doctor"),)

    id: Mapped[str] = id_column()
    deal_id: Mapped[str] = mapped_column(ForeignKey("swap_deal.id", ondelete="CASCADE"))
    place: Mapped[int]
    doctor: Mapped[str] = mapped_column(String(100), index=True)
    gives: Mapped[str | None] = mapped_column(String(200))
    gets: Mapped[str | None] = mapped_column(String(200))
    offer_id: Mapped[str | None] = mapped_column(ForeignKey("swap_offer.id"))
    says: Mapped[bool | None]
    said_at: Mapped[datetime | None]


class SwapSettings(Base):
    """What a cooperation wants of swaps; without a row the defaults hold.

    Attributes:
        need_approval: a coordinator must approve each of them.
        revision: 1, and one more for each change.
    """

    __tablename__ = "swap_settings"

    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), primary_key=True)
    need_approval: Mapped[bool]
    revision: Mapped[int]
