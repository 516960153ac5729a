"""Tokens: what machines show instead of logging in."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.secrets import digest, new_secret
from api.service.accounts.tables import ApiToken
from api.service.audit.store import log
from api.service.errors import ForbiddenError, NotFoundError, NotLoggedInError, TokenEndError

TOKEN_DAYS = 365
_USED = timedelta(minutes=10)  # how exactly it is known when a token was used


def add_token(
    session: Session,
    actor: Actor,
    *,
    label: str,
    scopes: Collection[Right],
    ends_at: datetime | None,
    days: int = TOKEN_DAYS,
) -> tuple[str, ApiToken]:
    """A token of the actor's own, with no more rights than the actor has.

    Args:
        session: to write with.
        actor: whose.
        label: what to call it.
        scopes: its rights.
        ends_at: when it ends; None: as late as it may.
        days: how long it may last.

    Raises:
        LoginNeededError: the actor is a token itself.
        ForbiddenError: the actor lacks one of the rights.
        TokenEndError: it would end in the past, or too late.
    """
    actor.need_login()
    now = datetime.now(UTC)
    latest = now + timedelta(days=days)
    if ends_at is not None and not now < ends_at <= latest:
        raise TokenEndError(days=days)
    for scope in sorted(scopes):
        if scope not in actor.rights:
            raise ForbiddenError(right=scope.value)
    secret = new_secret()
    made = ApiToken(
        secret_digest=digest(secret),
        account_id=actor.account,
        label=label,
        scopes=sorted(scope.value for scope in scopes),
        created_at=now,
        ends_at=ends_at or latest,
    )
    session.add(made)
    session.flush()
    log(session, actor, "token.created", f"token/{made.id}", scopes=made.scopes)
    return secret, made


def tokens(session: Session, actor: Actor) -> Sequence[ApiToken]:
    """The actor's tokens, the newest first."""
    query = select(ApiToken).where(ApiToken.account_id == actor.account)
    return session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id)).all()


def revoke_token(session: Session, actor: Actor, token: str) -> None:
    """The token is worth nothing from now on.

    Raises:
        NotFoundError: the actor has no such token.
    """
    found = session.get(ApiToken, token)
    if found is None or found.account_id != actor.account:
        raise NotFoundError
    if found.revoked_at is None:
        found.revoked_at = datetime.now(UTC)
        log(session, actor, "token.revoked", f"token/{token}")


def note_use(session: Session, secret: str) -> None:
    """Remember that a token is used."""
    now = datetime.now(UTC)
    session.execute(
        update(ApiToken).where(ApiToken.secret_digest == digest(secret)).values(used_at=now)
    )


def is_to_be_noted(session: Session, secret: str) -> bool:
    """Whether the last use that is known of a token is a while ago."""
    used = session.scalar(select(ApiToken.used_at).where(ApiToken.secret_digest == digest(secret)))
    return used is None or used <= datetime.now(UTC) - _USED


def bearer(session: Session, secret: str) -> Actor:
    """Who holds the secret of a token.

    Raises:
        NotLoggedInError: it is unknown, revoked or has ended.
    """
    found = session.scalar(select(ApiToken).where(ApiToken.secret_digest == digest(secret)))
    now = datetime.now(UTC)
    if found is None or found.revoked_at or not found.account.active:
        raise NotLoggedInError
    if found.ends_at is not None and found.ends_at <= now:
        raise NotLoggedInError
    return Actor.of(found.account, frozenset(Right(scope) for scope in found.scopes))
