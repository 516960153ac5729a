"""A change of a plan: read, edited, understood as a whole, and stored as one version."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api import library
from api.service.accounts.actor import Actor
from api.service.documents import canonical, digest
from api.service.errors import StaleError
from api.service.plans import store
from api.service.plans.parts import Document, Edited
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.service import Service
from scheduler.reading.shape import parse_plan


@dataclass(frozen=True, slots=True)
class Understood:
    """A plan as it would be after a change, understood and not stored.

    Attributes:
        base: number of the version that was changed.
        standing: that version.
        loaded: the plan as it would be.
        changed: it says something else than the version that stands.
        touched: see `Edited`.
    """

    plan: StoredPlan
    base: int
    standing: PlanVersion
    loaded: library.LoadedPlan
    changed: bool
    touched: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What became of a change.

    Attributes:
        version: the new one, or the one that stands if nothing is different.
        touched: see `Edited`.
    """

    plan: StoredPlan
    version: PlanVersion
    loaded: library.LoadedPlan
    changed: bool
    touched: tuple[int, ...]


def change(
    service: Service,
    actor: Actor,
    plan: str,
    check: Callable[[int], None],
    edit: Callable[[Document], Edited],
    *,
    note: str,
) -> PlanChange:
    """Change a plan by one version, or not at all.

    Args:
        service: where the plan is.
        actor: who changes it; may write plans.
        plan: id.
        check: raises if the version that stands is not the one that the caller knows.
        edit: from the document that stands to the new one.
        note: why.

    Raises:
        NotFoundError: there is no such plan or row.
        StaleError: somebody was quicker.
        scheduler.reading.faults.PlanError: with every fault of the plan as it would be.
    """
    own = understood(service, actor, plan, check, edit)
    if not own.changed:
        return PlanChange(own.plan, own.standing, own.loaded, changed=False, touched=own.touched)
    with service.database.writing() as session:
        found, version = kept(session, actor, own, note=note)
    service.plans.keep(version.id, own.loaded)
    return PlanChange(found, version, own.loaded, changed=True, touched=own.touched)


def understood(
    service: Service,
    actor: Actor,
    plan: str,
    check: Callable[[int], None],
    edit: Callable[[Document], Edited],
) -> Understood:
    """What a change would make of a plan; see `change`.

    The whole plan is read again, so a change is judged exactly as an upload is. It takes a while:
    not for a transaction that writes.
    """
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        check(found.version)
        standing = store.version_of(session, found)
        base = found.version
    edited = edit(json.loads(standing.document))
    places = edited.places()
    written = parse_plan(edited.document, places)
    if digest(canonical(written.to_document())) == standing.digest:
        with service.database.reading() as session:
            loaded = service.plans.of(session, standing.id)
        return Understood(found, base, standing, loaded, changed=False, touched=edited.touched)
    loaded = library.understand(written, places)
    return Understood(found, base, standing, loaded, changed=True, touched=edited.touched)


def kept(
    session: Session, actor: Actor, own: Understood, *, note: str
) -> tuple[StoredPlan, PlanVersion]:
    """Store what was understood; the plan is locked until the transaction ends.

    Raises:
        StaleError: the plan has moved on since: that one was not judged.
    """
    found = store.plan_of(session, actor, own.plan.id, to_change=True)
    if found.version != own.base:
        raise StaleError(version=found.version)
    return found, store.add_version(session, actor, found, own.loaded, file_name="", note=note)
