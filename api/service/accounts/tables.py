"""Cooperations, and who may do what in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.service.db.base import ID_LENGTH, Base, id_column, new_id


class Cooperation(Base):
    """An inter-municipal cooperation, or one municipality: what belongs to it, others never see.

    Attributes:
        pseudonym_key: makes the pseudonyms of its doctors; never leaves the database.
    """

    __tablename__ = "cooperation"

    id: Mapped[str] = id_column()
    name: Mapped[str] = mapped_column(String(200), unique=True)
    pseudonym_key: Mapped[str] = mapped_column(String(ID_LENGTH), default=new_id)
    created_at: Mapped[datetime]


class Account(Base):
    """A person who can log in.

    Attributes:
        cooperation_id: None for a system administrator alone.
        email: in small letters.
        municipality: id in the plans, for a municipality's manager.
        doctor: id in the plans, for a doctor.
        must_change: the password was given by somebody else.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("(role = 'system') = (cooperation_id IS NULL)", name="belongs_somewhere"),
        CheckConstraint("(role = 'manager') = (municipality IS NOT NULL)", name="manager_of_one"),
        CheckConstraint("(role = 'doctor') = (doctor IS NOT NULL)", name="doctor_is_one"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str | None] = mapped_column(ForeignKey("cooperation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    municipality: Mapped[str | None] = mapped_column(String(100))
    doctor: Mapped[str | None] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    cooperation: Mapped[Cooperation | None] = relationship(lazy="joined")


class Visit(Base):
    """Somebody who is logged in; the browser holds the secret, we its digest."""

    __tablename__ = "visit"

    id: Mapped[str] = id_column()
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)

    account: Mapped[Account] = relationship(lazy="joined")


class ApiToken(Base):
    """What a machine shows instead of logging in."""

    __tablename__ = "api_token"

    id: Mapped[str] = id_column()
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined")
