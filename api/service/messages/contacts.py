"""How people want messages: language, and a telephone for what is urgent."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.tables import Account
from api.service.audit.store import log
from api.service.errors import NotFoundError
from api.service.messages.tables import Contact


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a person wants messages.

    Attributes:
        language: nb, nn or en.
        phone: for urgent SMS; empty: none.
    """

    language: str = "nb"
    phone: str = ""


def contact_of(session: Session, account: str) -> Wanted:
    """How an account wants messages."""
    found = session.get(Contact, account)
    return Wanted(found.language, found.phone) if found else Wanted()


def visible_contact(session: Session, actor: Actor, account: str) -> Wanted:
    """How an account wants messages: the own one, or for a coordinator one of the cooperation.

    Raises:
        NotFoundError: there is no such account, or it belongs to others.
    """
    _refuse_others(session, actor, account)
    return contact_of(session, account)


def set_contact(session: Session, actor: Actor, account: str, wanted: Wanted) -> None:
    """Write down how an account wants messages. The number itself is not logged.

    Raises:
        NotFoundError: there is no such account, or it belongs to others.
    """
    _refuse_others(session, actor, account)
    found = session.get(Contact, account, with_for_update=True)
    if found is None:
        found = Contact(account_id=account)
        session.add(found)
    found.language = wanted.language
    found.phone = wanted.phone
    log(
        session,
        actor,
        "contact.changed",
        f"account/{account}",
        language=wanted.language,
        phone=bool(wanted.phone),
    )


def _refuse_others(session: Session, actor: Actor, account: str) -> None:
    if account == actor.account:
        return
    actor.need(Right.ACCOUNTS)
    found = session.get(Account, account)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
