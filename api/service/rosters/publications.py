"""A version of a roster becomes the one by which doctors work."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.audit.store import log
from api.service.errors import StateError, UnlawfulError
from api.service.rosters import store
from api.service.rosters.store import AMENDED, ARCHIVED, DRAFT, HEARING, PUBLISHED
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster

PUBLISHABLE = (DRAFT, HEARING, AMENDED)


def publish(
    session: Session, actor: Actor, roster: StoredRoster, *, signed: str, note: str
) -> tuple[Publication, RosterVersion, RosterVersion | None]:
    """Publish the newest version; another roster of the plan that was published is archived.

    `lock_plan` comes first, so that two rosters of a plan are not published at once.

    Returns:
        The publication, the version that it publishes, and the version by which the plan's doctors
        worked before.

    Raises:
        StateError: it is published as it stands, or archived.
        UnlawfulError: it breaks rules and nobody signed for that.
    """
    if roster.state not in PUBLISHABLE:
        raise StateError("roster", roster.state)
    version = store.newest(session, roster)
    if version.breaches and not signed:
        raise UnlawfulError(breaches=version.breaches)
    own = store.last_publication(session, roster)
    before = store.in_force(session, roster.plan_id)
    made = Publication(
        roster_id=roster.id,
        number=own.number + 1 if own else 1,
        roster_version_id=version.id,
        signed=signed,
        author=actor.name,
        created_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    roster.state = PUBLISHED
    roster.moves += 1
    for other in _others_published(session, roster):
        other.state = ARCHIVED
        other.moves += 1
        log(session, actor, "roster.superseded", f"roster/{other.id}", by=roster.id)
    log(
        session,
        actor,
        "roster.published",
        f"roster/{roster.id}",
        why=note or signed,
        version=version.number,
        publication=made.number,
        breaches=version.breaches,
        holes=version.holes,
    )
    return made, version, before[1] if before else None


def _others_published(session: Session, roster: StoredRoster) -> Sequence[StoredRoster]:
    return session.scalars(
        select(StoredRoster)
        .where(
            StoredRoster.plan_id == roster.plan_id,
            StoredRoster.id != roster.id,
            StoredRoster.state.in_((PUBLISHED, AMENDED)),
        )
        .with_for_update()
    ).all()
