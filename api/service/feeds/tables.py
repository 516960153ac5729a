"""Calendar feeds: secret addresses, and the identity and history of each duty in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, id_column


class StoredFeed(Base):
    """A secret address that a calendar reads.

    Attributes:
        kind: doctor, place, district or busy (a doctor's, without what and where).
        subject: id of the doctor or place in the plans; empty for the district.
        secret_digest: SHA-256 of the secret in the address.
        label: the owner's own name for it: «telefonen».
        drafts: duties that are not published are shown as tentative.
        content_digest: of the bytes that were served last; its own date is `changed_at`, so that
            what leaves the calendar counts as a change too.
        changed_at: when the bytes were last others than before.
        seen_publication: id of the newest publication that the client has read; None before.
    """

    __tablename__ = "feed"
    __table_args__ = (
        CheckConstraint("kind IN ('doctor', 'place', 'district', 'busy')", name="kind"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(100))
    label: Mapped[str] = mapped_column(String(100))
    drafts: Mapped[bool]
    alarm_minutes: Mapped[int | None]
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    content_digest: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    client: Mapped[str] = mapped_column(String(200), default="")
    seen_publication: Mapped[str | None] = mapped_column(String(32))


class FeedDuty(Base):
    """A doctor's hold on a duty in the published rosters of a plan, with its history.

    Attributes:
        id: becomes the UID of the calendar's event.
        duty: id in the plan.
        sequence: one more for each change of time, place or status.
        fingerprint: of what a calendar shows; a new one raises the sequence.
        gone_at: when the doctor lost it; None while it stands.
    """

    __tablename__ = "feed_duty"
    __table_args__ = (UniqueConstraint("roster_id", "duty", "doctor"),)

    id: Mapped[str] = id_column()
    roster_id: Mapped[str] = mapped_column(ForeignKey("roster.id"), index=True)
    duty: Mapped[str] = mapped_column(String(200))
    doctor: Mapped[str] = mapped_column(String(100), index=True)
    sequence: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
