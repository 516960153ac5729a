"""Cooperations, and who may do what in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
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
        password_hash: empty for who logs in at a provider only.
        must_change: the password was given by somebody else.
        revision: 1, and one more for each change of what it is here.
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
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime]

    cooperation: Mapped[Cooperation | None] = relationship(lazy="joined")


class Visit(Base):
    """Somebody who is logged in; the browser holds the secret, we its digest.

    Attributes:
        identity_id: by which they logged in; None with a password.
        provider_session: the provider's name for the login, by which it can end it.
        id_token: what the provider gave, handed back to it when they log out.
    """

    __tablename__ = "visit"

    id: Mapped[str] = id_column()
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    identity_id: Mapped[str | None] = mapped_column(
        ForeignKey("identity.id", ondelete="CASCADE"), index=True
    )
    provider_session: Mapped[str | None] = mapped_column(String(255))
    id_token: Mapped[str | None] = mapped_column(Text)

    account: Mapped[Account] = relationship(lazy="joined")


class Identity(Base):
    """Who an account is at a provider of OpenID Connect.

    Attributes:
        issuer: the provider, with the tenant where it has several.
        subject: the provider's own name for the person; stays when the e-mail changes.
    """

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = id_column()
    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined")


class PendingLogin(Base):
    """A login that is under way at the provider; gone once somebody comes back with it.

    Attributes:
        browser_digest: of the secret in the cookie of the browser that began it.
        nonce: comes back inside the provider's answer.
        verifier: of PKCE; proves that who fetches the answer is who asked.
        next: path on our side to which the browser goes afterwards.
    """

    __tablename__ = "pending_login"

    state_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_digest: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    next: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(index=True)


class LoginTry(Base):
    """A try that counts against further ones; all processes see it.

    Attributes:
        key_digest: SHA-256 of what is counted for: account and address are not kept.
    """

    __tablename__ = "login_try"
    __table_args__ = (Index("ix_login_try_key_digest_at", "key_digest", "at"),)

    id: Mapped[str] = id_column()
    key_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


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
