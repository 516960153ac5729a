"""Who somebody is: the account, the doctor in the plans, and all the names they go by."""

import json
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.tables import Account
from api.service.errors import NotFoundError
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.privacy.redacting import Person


def person_of(session: Session, cooperation: str, *, account: str = "", doctor: str = "") -> Person:
    """Somebody of a cooperation (empty: a system administrator), by account or by doctor's id.

    An account of a doctor brings the doctor's id along, and a doctor's id all accounts that have
    it: somebody may have logged in by several e-mails.

    Raises:
        NotFoundError: there is nobody, or they belong to others.
    """
    known = _account(session, cooperation, account) if account else None
    if account and known is None:
        raise NotFoundError
    own = known.doctor or "" if known else doctor
    accounts = [known] if known else []
    if own and cooperation:
        accounts += [found for found in _accounts(session, cooperation, own) if found != known]
    names = set(_names(session, cooperation, own)) if own and cooperation else set()
    if not accounts and not names:
        raise NotFoundError
    return Person(
        accounts=tuple(found.id for found in accounts),
        doctor=own,
        emails=frozenset(found.email for found in accounts),
        names=frozenset(names | {found.name for found in accounts}),
        code=f"slettet-{secrets.token_hex(4)}",
    )


def versions(session: Session, cooperation: str) -> Iterator[tuple[PlanVersion, dict[str, Any]]]:
    """Every version of every plan with its document, plan by plan, the oldest version first."""
    query = (
        select(PlanVersion)
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(StoredPlan.cooperation_id == cooperation)
        .order_by(StoredPlan.created_at, StoredPlan.id, PlanVersion.number)
        .execution_options(yield_per=20)
    )
    for version in session.scalars(query):
        yield version, json.loads(version.document)


def has_doctor(document: dict[str, Any], doctor: str) -> bool:
    """Whether a plan has a doctor."""
    return any(own["id"] == doctor for own in document.get("doctors", []))


def _account(session: Session, cooperation: str, account: str) -> Account | None:
    found = session.get(Account, account)
    return found if found and (found.cooperation_id or "") == cooperation else None


def _accounts(session: Session, cooperation: str, doctor: str) -> Sequence[Account]:
    """All accounts of a doctor, those that are open first."""
    query = select(Account).where(Account.cooperation_id == cooperation, Account.doctor == doctor)
    query = query.order_by(Account.active.desc(), Account.created_at, Account.id)
    return session.scalars(query).all()


def _names(session: Session, cooperation: str, doctor: str) -> Iterator[str]:
    for _, document in versions(session, cooperation):
        for own in document.get("doctors", []):
            if own["id"] == doctor:
                yield own["name"]
