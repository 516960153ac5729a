"""Calendar feeds: secret addresses, who reads them, and the identity and history of each event."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, id_column

NOBODY = ""
"""Stands for the doctor in the event of an uncovered place."""


class StoredFeed(Base):
    """A secret address that a calendar reads.

    Attributes:
        kind: doctor, place, district, holes (what is uncovered) or busy (a doctor's, without what
            and where).
        subject: id of the doctor or place in the plans; empty for the district and its holes.
        secret_digest: SHA-256 of the secret in the address.
        label: the owner's own name for it: «telefonen».
        language: of what it says beside names: nb, nn or en.
        drafts: duties that are not published are shown as tentative.
        home_busy: home duty takes up the reader's time too.
        content_digest: of the bytes that were served last; its own date is `changed_at`, so that
            what leaves the calendar counts as a change too.
        changed_at: when the bytes were last others than before.
    """

    __tablename__ = "feed"
    __table_args__ = (
        CheckConstraint("kind IN ('doctor', 'place', 'district', 'holes', 'busy')", name="kind"),
        CheckConstraint("language IN ('nb', 'nn', 'en')", name="language"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(100))
    label: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(2), default="nb")
    drafts: Mapped[bool]
    home_busy: Mapped[bool] = mapped_column(default=False)
    alarm_minutes: Mapped[int | None]
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    content_digest: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime | None]


class FeedClient(Base):
    """A kind of calendar client that reads a feed, and what it has seen.

    Attributes:
        family: what kind of client it is (`clients.FAMILIES`).
        user_agent: what it called itself the last time.
        before_at: when it came the time before the last; None after one visit.
        seen: id of roster -> number of its published version that the client has read.
    """

    __tablename__ = "feed_client"

    feed_id: Mapped[str] = mapped_column(
        ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True
    )
    family: Mapped[str] = mapped_column(String(20), primary_key=True)
    user_agent: Mapped[str] = mapped_column(String(200))
    first_at: Mapped[datetime]
    before_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime]
    seen: Mapped[dict[str, Any]]


class FeedDuty(Base):
    """A doctor's hold on a duty in the published rosters of a plan, with its history.

    Attributes:
        id: becomes the UID of the calendar's event, and names the duty's page.
        plan_id: whichever of its rosters is in force.
        duty: id in the plan.
        doctor: id in the plan; NOBODY for what is uncovered.
        sequence: one more for each change of time, place or status.
        fingerprint: of what a calendar shows; a new one raises the sequence.
        ends_at: the end of the duty; None for what was published before it was kept.
        gone_at: when the doctor lost it; None while it stands.
    """

    __tablename__ = "feed_duty"
    __table_args__ = (UniqueConstraint("plan_id", "duty", "doctor"),)

    id: Mapped[str] = id_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    duty: Mapped[str] = mapped_column(String(200))
    doctor: Mapped[str] = mapped_column(String(100), index=True)
    sequence: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
