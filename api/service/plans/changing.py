"""A change of a plan: read, edited, understood as a whole, and stored as one version."""

import json
from collections.abc import Callable
from dataclasses import dataclass

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

    The whole plan is read again, so a change is judged exactly as an upload is; it happens outside
    the transaction that stores it.

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
        return PlanChange(found, standing, loaded, changed=False, touched=edited.touched)
    loaded = library.understand(written, places)
    with service.database.writing() as session:
        found = store.plan_of(session, actor, plan, to_change=True)
        if found.version != base:  # also where any version will do: this one was judged
            raise StaleError(version=found.version)
        version = store.add_version(session, actor, found, loaded, file_name="", note=note)
    service.plans.keep(version.id, loaded)
    return PlanChange(found, version, loaded, changed=True, touched=edited.touched)
