"""Another role for an account: what goes with the old one ends in the same moment."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import RIGHTS, Right, Role
from api.service.accounts.tables import Account, ApiToken
from api.service.audit.store import log
from api.service.errors import ForbiddenError, LastOneError, NotFoundError, StateError


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is in a cooperation.

    Attributes:
        municipality: id in the plans, for a manager only.
        doctor: id in the plans, for a doctor only.
    """

    role: Role
    municipality: str | None = None
    doctor: str | None = None


def locked(session: Session, actor: Actor, account: str) -> Account:
    """An account that nobody else changes before this ends, nor those of who may do as much.

    A system administrator reaches the accounts of all cooperations, others those of their own.

    Raises:
        NotFoundError: there is none, or it belongs to others.
    """
    found = session.get(Account, account)
    if found is None:
        raise NotFoundError
    if actor.role is not Role.SYSTEM and (found.cooperation_id or "") != actor.cooperation:
        raise NotFoundError
    # In one order, so that two who change each other wait and do not block each other.
    peers = and_(
        Account.cooperation_id.is_not_distinct_from(found.cooperation_id),
        Account.role == found.role,
    )
    session.scalars(
        select(Account)
        .where(or_(Account.id == account, peers))
        .order_by(Account.id)
        .with_for_update(of=Account)
        .execution_options(populate_existing=True)
    ).all()
    return found


def must_not_be_the_last(session: Session, account: Account) -> None:
    """Go on only if a cooperation keeps a coordinator, and the service an administrator.

    Raises:
        LastOneError: there is no other.
    """
    if account.role not in (Role.COORDINATOR, Role.SYSTEM):
        return
    others = select(Account.id).where(
        Account.id != account.id,
        Account.cooperation_id.is_not_distinct_from(account.cooperation_id),
        Account.role == account.role,
        Account.active,
    )
    if session.scalar(others.limit(1)) is None:
        raise LastOneError


def change(session: Session, actor: Actor, account: Account, wanted: Place, why: str) -> bool:
    """Give an account another role; its tokens keep only rights that the new role has.

    Who is logged in with it may from now on do what the new role may, and no more.

    Args:
        session: to write with.
        actor: who changes it; may do all that both roles may.
        account: from `locked`.
        wanted: what it is to be; not a system administrator.
        why: for the audit log.

    Returns:
        False if it is that already, and nothing was changed.

    Raises:
        ForbiddenError: it is the actor's own, or the actor lacks a right of one of the roles.
        StateError: it is closed, or a system administrator's.
        LastOneError: the cooperation would have no coordinator any more.
    """
    former = Place(Role(account.role), account.municipality, account.doctor)
    if account.id == actor.account:
        raise ForbiddenError(right=Right.ACCOUNTS.value)
    if not account.active or former.role is Role.SYSTEM:
        raise StateError("account", "closed" if not account.active else former.role.value)
    for role in (former.role, wanted.role):
        actor.need_all_of(role)
    if former == wanted:
        return False
    if wanted.role is not former.role:
        must_not_be_the_last(session, account)
    account.role = wanted.role.value
    account.municipality, account.doctor = wanted.municipality, wanted.doctor
    account.revision += 1
    _narrow_tokens(session, account)
    log(
        session,
        actor,
        "account.role-changed",
        f"account/{account.id}",
        cooperation=account.cooperation_id,
        why=why,
        role=wanted.role.value,
        former=former.role.value,
        doctor=wanted.doctor,
        former_doctor=former.doctor,
        municipality=wanted.municipality,
        former_municipality=former.municipality,
    )
    return True


def _narrow_tokens(session: Session, account: Account) -> None:
    """What a token may no longer, it may not again either if the role is given back."""
    rights = {own.value for own in RIGHTS[Role(account.role)]}
    query = select(ApiToken).where(ApiToken.account_id == account.id, ApiToken.revoked_at.is_(None))
    for token in session.scalars(query):
        token.scopes = [own for own in token.scopes if own in rights]
        if not token.scopes:
            token.revoked_at = datetime.now(UTC)
