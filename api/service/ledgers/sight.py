"""Whose accounts somebody sees by name; the others are a spread without names."""

import json
from collections.abc import Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.plans.tables import PlanVersion, StoredPlan
from scheduler.ledger.book import Book


def seen(session: Session, actor: Actor, book: Book) -> Set[str]:
    """Ids of the doctors whose accounts the actor may read.

    A doctor reads the own one, a manager those of the municipality's doctors.

    Raises:
        ForbiddenError: the actor may read none at all.
    """
    actor.need(Right.LEDGER_OWN, Right.LEDGER_READ)
    if Right.LEDGER_READ in actor.rights:
        return frozenset(book.names)
    if actor.role is Role.MANAGER:
        return _of_municipality(session, actor) & set(book.names)
    return {actor.doctor} & set(book.names)


def _of_municipality(session: Session, actor: Actor) -> Set[str]:
    """Ids of the municipality's doctors; who has moved counts where the newest plan says."""
    documents = session.scalars(
        select(PlanVersion.document)
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(
            StoredPlan.cooperation_id == actor.cooperation,
            PlanVersion.number == StoredPlan.version,
        )
        .order_by(StoredPlan.created_at, StoredPlan.id.desc())
    )
    municipality: dict[str, str] = {}
    for document in documents:
        for doctor in json.loads(document).get("doctors", []):
            municipality[doctor["id"]] = doctor["municipality"]
    return {who for who, where in municipality.items() if where == actor.municipality}
