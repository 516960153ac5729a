"""Cooperations and accounts, with their passwords."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.service.accounts import role as own_role
from api.service.accounts import tokens, visits
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.accounts.secrets import hash_password
from api.service.accounts.strength import judge
from api.service.accounts.tables import Account, Cooperation, Visit
from api.service.audit.store import log
from api.service.errors import (
    ForbiddenError,
    NotFoundError,
    TakenError,
    WrongLoginError,
)


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
    secret, _ = visits.add_visit(session, account, hours)
    return secret, account


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
        for own in tokens.tokens(session, actor):
            tokens.revoke_token(session, actor, own.id)


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
