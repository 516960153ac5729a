"""Logging in and changing a password.

Judging a password takes long on purpose. That is done outside of every transaction, or a few who
guess would hold up all others who write.
"""

from api.service.accounts import store, visits
from api.service.accounts.actor import Actor
from api.service.accounts.secrets import password_is
from api.service.accounts.strength import LEAST
from api.service.accounts.tables import Account
from api.service.db.database import Database
from api.service.errors import PasswordError, WrongLoginError


def enter(
    database: Database, email: str, password: str, hours: float, *, former: str | None = None
) -> tuple[str, Account]:
    """A secret for the browser, and whose it is.

    Args:
        database: of the accounts.
        email: of the account.
        password: in the clear.
        hours: until the login ends.
        former: secret of the login that the browser had; it ends.

    Raises:
        WrongLoginError: e-mail and password do not belong together, or the account is closed.
    """
    with database.reading() as session:
        known = store.account_with(session, email)
    if not password_is(password, known.password_hash if known else None) or known is None:
        raise WrongLoginError
    with database.writing() as session:
        if former is not None:
            visits.log_out(session, former)
        return store.log_in(session, known, hours)


def change(database: Database, actor: Actor, old: str, new: str, *, end_tokens: bool) -> None:
    """Change the actor's own password and end all their logins, and tokens if they want.

    Raises:
        LoginNeededError: the actor is a token.
        WrongLoginError: the old password is wrong.
        PasswordError: the new one is too short or the same.
    """
    actor.need_login()
    with database.reading() as session:
        known = session.get_one(Account, actor.account)
    if not password_is(old, known.password_hash):
        raise WrongLoginError
    if new == old:
        raise PasswordError(least=LEAST)
    new_hash = store.hashed(new, known.email, known.name)
    with database.writing() as session:
        store.change_password(session, actor, known, new_hash, end_tokens=end_tokens)
