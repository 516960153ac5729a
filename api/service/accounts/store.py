"""Cooperations, accounts, logins and tokens."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.service.accounts import role as own_role
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.accounts.secrets import digest, hash_password, new_secret
from api.service.accounts.strength import judge
from api.service.accounts.tables import Account, ApiToken, Cooperation, Visit
from api.service.audit.store import log
from api.service.errors import (
    ForbiddenError,
    NotFoundError,
    NotLoggedInError,
    TakenError,
    TokenEndError,
    WrongLoginError,
)

TOKEN_DAYS = 365
_USED = timedelta(minutes=10)  # how exactly it is known when a token was used


def add_cooperation(session: Session, actor: Actor | None, name: str) -> Cooperation:
    """A new cooperation.

    Raises:
        TakenError: another has the name.
    """
    if session.scalar(select(Cooperation).where(Cooperation.name == name)):
        raise TakenError(value=name)
    made = Cooperation(name=name, created_at=datetime.now(UTC))
    _add(session, made, name)
    log(
        session,
        actor,
        "cooperation.created",
        f"cooperation/{made.id}",
        cooperation=made.id,
        name=name,
    )
    return made


def cooperations(session: Session) -> Sequence[Cooperation]:
    """All of them, by name."""
    return session.scalars(select(Cooperation).order_by(Cooperation.name)).all()


def add_account(
    session: Session,
    actor: Actor | None,
    *,
    email: str,
    name: str,
    role: Role,
    password: str | None,
    cooperation: str | None = None,
    municipality: str | None = None,
    doctor: str | None = None,
    must_change: bool = True,
) -> Account:
    """A new account.

    Args:
        session: to write with.
        actor: who makes it; None on the command line.
        email: what it logs in with; capitals do not matter.
        name: of the person.
        role: what they are.
        password: the first one; None for who logs in at a provider only.
        cooperation: id; none for a system administrator only.
        municipality: id in the plans, for a manager only.
        doctor: id in the plans, for a doctor only.
        must_change: the password is changed at the first login.

    Raises:
        TakenError: another account has the e-mail.
        PasswordError: the password is too short or one that everybody guesses.
        ForbiddenError: the actor lacks a right that the role has.
        NotFoundError: there is no such cooperation.
    """
    if actor is not None:
        actor.need_all_of(role)
    if cooperation is not None and session.get(Cooperation, cooperation) is None:
        raise NotFoundError
    own = email.strip().casefold()
    if email_is_taken(session, own):
        raise TakenError(value=own)
    made = Account(
        cooperation_id=cooperation,
        email=own,
        name=name.strip(),
        role=role.value,
        municipality=municipality,
        doctor=doctor,
        password_hash="" if password is None else hashed(password, own, name),
        must_change=must_change,
        active=True,
        created_at=datetime.now(UTC),
    )
    _add(session, made, own)
    log(
        session,
        actor,
        "account.created",
        f"account/{made.id}",
        cooperation=cooperation,
        role=role.value,
    )
    return made


def email_is_taken(session: Session, email: str) -> bool:
    """Whether an account has the e-mail, be it closed."""
    own = email.strip().casefold()
    return session.scalar(select(Account.id).where(Account.email == own)) is not None


def accounts(session: Session, cooperation: str | None) -> Sequence[Account]:
    """The accounts of a cooperation (None: the system administrators), by name."""
    query = select(Account).where(Account.cooperation_id == cooperation)
    return session.scalars(query.order_by(Account.name, Account.id)).all()


def close_account(session: Session, actor: Actor, account: str, why: str) -> None:
    """Nobody can log in with it any more; its logins and tokens end.

    Raises:
        NotFoundError: there is none, or it belongs to others.
        ForbiddenError: it is the actor's own.
        LastOneError: the cooperation would have no coordinator any more.
    """
    found = own_role.locked(session, actor, account)
    if (found.cooperation_id or "") != actor.cooperation:
        raise NotFoundError
    if found.id == actor.account:
        raise ForbiddenError(right=Right.ACCOUNTS.value)
    if found.active:
        own_role.must_not_be_the_last(session, found)
    found.active = False
    found.revision += 1
    session.execute(delete(Visit).where(Visit.account_id == found.id))
    log(session, actor, "account.closed", f"account/{found.id}", why=why)


def account_with(session: Session, email: str) -> Account | None:
    """The open account that logs in with an e-mail."""
    own = email.strip().casefold()
    return session.scalar(select(Account).where(Account.email == own, Account.active))


def log_in(session: Session, known: Account, hours: float) -> tuple[str, Account]:
    """A secret for the browser, and whose it is.

    Args:
        session: to write with.
        known: as it was when the password was judged.
        hours: until the login ends.

    Raises:
        WrongLoginError: it has been closed or has another password now.
    """
    account = _unchanged(session, known)
    secret, _ = add_visit(session, account, hours)
    return secret, account


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


def change_password(
    session: Session, actor: Actor, known: Account, new_hash: str, *, end_tokens: bool
) -> None:
    """Change the actor's own password and end all their logins, and tokens if they want.

    Raises:
        WrongLoginError: it has been closed or has another password now.
    """
    account = _unchanged(session, known)
    account.password_hash = new_hash
    account.must_change = False
    session.execute(delete(Visit).where(Visit.account_id == account.id))
    log(session, actor, "account.password-changed", f"account/{account.id}")
    if end_tokens:
        for own in tokens(session, actor):
            revoke_token(session, actor, own.id)


def reset_password(session: Session, email: str, new_hash: str) -> Account:
    """Give an account a password that its owner must change; all its logins end.

    Args:
        session: to write with.
        email: of an account that is not closed.
        new_hash: what is kept of the password.

    Raises:
        NotFoundError: there is no such account.
    """
    own = email.strip().casefold()
    account = session.scalar(select(Account).where(Account.email == own, Account.active))
    if account is None:
        raise NotFoundError
    account.password_hash = new_hash
    account.must_change = True
    session.execute(delete(Visit).where(Visit.account_id == account.id))
    log(
        session,
        None,
        "account.password-reset",
        f"account/{account.id}",
        cooperation=account.cooperation_id,
    )
    return account


def _unchanged(session: Session, known: Account) -> Account:
    account = session.get(Account, known.id, with_for_update={"of": Account})
    if account is None or not account.active or account.password_hash != known.password_hash:
        raise WrongLoginError
    return account


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


def hashed(password: str, *about: str) -> str:
    """What is kept of a password.

    Args:
        password: in the clear.
        about: e-mail and name, which are no good passwords.

    Raises:
        PasswordError: it is too short, or one that everybody guesses.
    """
    judge(password, *about)
    return hash_password(password)


def _add(session: Session, made: Cooperation | Account, name: str) -> None:
    """Add what has a name of its own, also where another is given the same name just now.

    Raises:
        TakenError: the other was quicker.
    """
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise TakenError(value=name) from error
