"""Stored sets of scenarios."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Role
from api.service.audit.store import log
from api.service.documents import canonical
from api.service.errors import NotFoundError
from api.service.plans.tables import StoredPlan
from api.service.scenarios.judging import Judged
from api.service.scenarios.shapes import Told
from api.service.scenarios.tables import ScenarioSet


def add(session: Session, actor: Actor, plan: StoredPlan, judged: Judged) -> ScenarioSet:
    """A new set of a plan."""
    now = datetime.now(UTC)
    made = ScenarioSet(
        cooperation_id=plan.cooperation_id,
        plan_id=plan.id,
        title=judged.file.title,
        shared=False,
        version=1,
        document=canonical(judged.file.to_document()),
        plan_version=judged.plan_version,
        told=Told.of(judged).model_dump_json(),
        author=actor.name,
        created_at=now,
        changed_at=now,
    )
    session.add(made)
    session.flush()
    log(session, actor, "scenarios.created", f"scenarios/{made.id}", plan=plan.id)
    return made


def replace(session: Session, actor: Actor, own: ScenarioSet, judged: Judged) -> None:
    """Other scenarios in a set; the same ones make no version, but are judged anew."""
    written = canonical(judged.file.to_document())
    own.plan_version = judged.plan_version
    own.told = Told.of(judged).model_dump_json()
    if written == own.document:
        return
    own.document = written
    own.title = judged.file.title
    _changed(own)
    log(session, actor, "scenarios.changed", f"scenarios/{own.id}", version=own.version)


def share(session: Session, actor: Actor, own: ScenarioSet, *, shared: bool) -> None:
    """Let the managers of the cooperation see a set, or no longer."""
    if shared == own.shared:
        return
    own.shared = shared
    _changed(own)
    action = "scenarios.shared" if shared else "scenarios.unshared"
    log(session, actor, action, f"scenarios/{own.id}")


def remove(session: Session, actor: Actor, own: ScenarioSet) -> None:
    """Take a set away."""
    session.delete(own)
    log(session, actor, "scenarios.deleted", f"scenarios/{own.id}", title=own.title)


def set_of(session: Session, actor: Actor, own: str, *, to_change: bool = False) -> ScenarioSet:
    """A set that the actor may know of.

    Raises:
        NotFoundError: there is none, it belongs to others, or it is not shared with the actor.
    """
    found = session.get(ScenarioSet, own, with_for_update=to_change)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    if actor.role is Role.MANAGER and not found.shared:
        raise NotFoundError
    return found


def sets(session: Session, actor: Actor, plan: StoredPlan) -> Sequence[ScenarioSet]:
    """The sets of a plan that the actor may know of, the newest first."""
    query = select(ScenarioSet).where(ScenarioSet.plan_id == plan.id)
    if actor.role is Role.MANAGER:
        query = query.where(ScenarioSet.shared)
    return session.scalars(query.order_by(ScenarioSet.created_at.desc(), ScenarioSet.id)).all()


def _changed(own: ScenarioSet) -> None:
    own.version += 1
    own.changed_at = datetime.now(UTC)
