"""The first cooperation and its coordinator, while there is nobody yet who could make them."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from api.service.accounts import store
from api.service.accounts.roles import Role
from api.service.accounts.tables import Account
from api.service.errors import ForbiddenError


def is_empty(session: Session) -> bool:
    """Whether nobody has an account."""
    return session.scalar(select(Account.id).limit(1)) is None


def begin(session: Session, *, cooperation: str, name: str, email: str, password: str) -> Account:
    """Make the first cooperation and the account of its coordinator.

    Raises:
        ForbiddenError: somebody has an account already: they make the others.
        PasswordError: the password is too short.
        TakenError: there is a cooperation of this name.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))
    if not is_empty(session):
        raise ForbiddenError(right="setup")
    home = store.add_cooperation(session, None, cooperation)
    return store.add_account(
        session,
        None,
        email=email,
        name=name,
        role=Role.COORDINATOR,
        password=password,
        cooperation=home.id,
        must_change=False,
    )
