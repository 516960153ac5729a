"""Logins: a browser holds the secret, we its digest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.secrets import digest, new_secret
from api.service.accounts.tables import Account, Visit
from api.service.audit.store import log
from api.service.errors import NotFoundError, NotLoggedInError


def add_visit(session: Session, account: Account, hours: float) -> tuple[str, Visit]:
    """A login that begins, with a secret of its own."""
    now = datetime.now(UTC)
    session.execute(delete(Visit).where(Visit.ends_at <= now))
    secret = new_secret()
    visit = Visit(
        secret_digest=digest(secret),
        account=account,
        created_at=now,
        ends_at=now + timedelta(hours=hours),
    )
    session.add(visit)
    session.flush()
    log(session, Actor.of(account), "account.logged-in", f"account/{account.id}")
    return secret, visit


def log_out(session: Session, secret: str) -> None:
    """End the login; one that has ended already is no error."""
    session.execute(delete(Visit).where(Visit.secret_digest == digest(secret)))


def visitor(session: Session, secret: str) -> Actor:
    """Who holds the secret of a login.

    Raises:
        NotLoggedInError: it has ended, or never was.
    """
    found = session.scalar(select(Visit).where(Visit.secret_digest == digest(secret)))
    if found is None or found.ends_at <= datetime.now(UTC) or not found.account.active:
        raise NotLoggedInError
    own = Actor.of(found.account)
    # Who came from a provider has no password here that could be changed first.
    return replace(own, must_change=own.must_change and found.identity_id is None)


def visit_of(session: Session, secret: str) -> Visit | None:
    """The login of a browser; None if it has ended."""
    return session.scalar(select(Visit).where(Visit.secret_digest == digest(secret)))


def visits(session: Session, actor: Actor) -> Sequence[Visit]:
    """The actor's logins that have not ended, the newest first."""
    query = select(Visit).where(
        Visit.account_id == actor.account, Visit.ends_at > datetime.now(UTC)
    )
    return session.scalars(query.order_by(Visit.created_at.desc(), Visit.id)).all()


def end_visit(session: Session, actor: Actor, visit: str) -> None:
    """End one of the actor's logins, wherever it is.

    Raises:
        NotFoundError: the actor has no such login.
    """
    found = session.get(Visit, visit)
    if found is None or found.account_id != actor.account:
        raise NotFoundError
    session.delete(found)
    _log_end(session, actor, 1)


def end_others(session: Session, actor: Actor, secret: str) -> None:
    """End all of the actor's logins but the one that a browser holds the secret of."""
    gone = delete(Visit).where(
        Visit.account_id == actor.account, Visit.secret_digest != digest(secret)
    )
    if count := len(session.execute(gone.returning(Visit.id)).all()):
        _log_end(session, actor, count)


def _log_end(session: Session, actor: Actor, count: int) -> None:
    log(session, actor, "account.logins-ended", f"account/{actor.account}", count=count)
