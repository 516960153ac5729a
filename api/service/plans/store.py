"""Plans and their versions."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.library import LoadedPlan
from api.service.accounts.actor import Actor
from api.service.accounts.tables import Cooperation
from api.service.audit.store import log
from api.service.cursors import older
from api.service.documents import canonical, digest
from api.service.errors import NotFoundError
from api.service.plans.redaction import Naming, open_names, pseudonyms
from api.service.plans.tables import PlanVersion, StoredPlan


def add_plan(
    session: Session, actor: Actor, loaded: LoadedPlan, *, file_name: str, note: str
) -> tuple[StoredPlan, PlanVersion]:
    """A new plan with its first version."""
    plan = StoredPlan(
        cooperation_id=actor.cooperation,
        title=loaded.plan.title[:200],
        version=0,
        created_at=datetime.now(UTC),
    )
    session.add(plan)
    session.flush()
    return plan, _add_version(session, actor, plan, loaded, file_name, note)


def add_version(
    session: Session,
    actor: Actor,
    plan: StoredPlan,
    loaded: LoadedPlan,
    *,
    file_name: str,
    note: str,
) -> PlanVersion:
    """The next version; the one that stands, if nothing is different."""
    standing = version_of(session, plan, plan.version)
    if standing.digest == digest(canonical(loaded.plan.to_document())):
        return standing
    plan.title = loaded.plan.title[:200]
    return _add_version(session, actor, plan, loaded, file_name, note)


def plan_of(session: Session, actor: Actor, plan: str, *, to_change: bool = False) -> StoredPlan:
    """A plan of the actor's cooperation.

    Args:
        session: to read with.
        actor: who asks.
        plan: id.
        to_change: nobody else may change it before this transaction ends.

    Raises:
        NotFoundError: there is none, or it belongs to others.
    """
    found = session.get(StoredPlan, plan, with_for_update=to_change)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    return found


def plans(session: Session, actor: Actor, after: str | None, most: int) -> Sequence[StoredPlan]:
    """Plans of the actor's cooperation, the newest first, one more than `most`."""
    query = select(StoredPlan).where(StoredPlan.cooperation_id == actor.cooperation)
    condition = older(StoredPlan, after)
    if condition is not None:
        query = query.where(condition)
    order = (StoredPlan.created_at.desc(), StoredPlan.id)
    return session.scalars(query.order_by(*order).limit(most + 1)).all()


def version_of(session: Session, plan: StoredPlan, number: int | None = None) -> PlanVersion:
    """A version of a plan; the newest if no number is given.

    Raises:
        NotFoundError: the plan has no such version.
    """
    found = session.scalar(
        select(PlanVersion).where(
            PlanVersion.plan_id == plan.id, PlanVersion.number == (number or plan.version)
        )
    )
    if found is None:
        raise NotFoundError
    return found


def versions_of(session: Session, plan: StoredPlan) -> Sequence[PlanVersion]:
    """All versions of a plan, the newest first."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id)
    return session.scalars(query.order_by(PlanVersion.number.desc())).all()


def contents_of(session: Session, plan: StoredPlan) -> list[tuple[int, str]]:
    """Number and digest of every version, the oldest first; equal contents have equal digests."""
    rows = session.execute(
        select(PlanVersion.number, PlanVersion.digest)
        .where(PlanVersion.plan_id == plan.id)
        .order_by(PlanVersion.number)
    )
    return [(number, digest_) for number, digest_ in rows]


def naming_for(session: Session, actor: Actor) -> Naming:
    """How doctors are called where the actor reads."""
    if actor.sees_names:
        return open_names
    key = session.get_one(Cooperation, actor.cooperation).pseudonym_key
    return pseudonyms(key, actor.municipality)


def _add_version(
    session: Session,
    actor: Actor,
    plan: StoredPlan,
    loaded: LoadedPlan,
    file_name: str,
    note: str,
) -> PlanVersion:
    document = canonical(loaded.plan.to_document())
    plan.version += 1
    made = PlanVersion(
        plan_id=plan.id,
        number=plan.version,
        digest=digest(document),
        problem_hash=loaded.problem.content_hash,
        rule_set=loaded.rule_set,
        document=document,
        file_name="".join(c for c in file_name if c.isprintable())[:255],
        note=note,
        author=actor.name,
        created_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    action = "plan.created" if made.number == 1 else "plan.changed"
    log(session, actor, action, f"plan/{plan.id}", why=note, version=made.number)
    return made
