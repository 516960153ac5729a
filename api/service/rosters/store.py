"""Rosters, their versions, and the way from draft to archive."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.audit.store import log
from api.service.cursors import older
from api.service.documents import digest
from api.service.errors import ForbiddenError, NotFoundError, StateError
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.rosters.amendments import amends
from api.service.rosters.documents import written
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from scheduler.checking import Report
from scheduler.domain.roster import Roster

DRAFT, HEARING, PUBLISHED, AMENDED, ARCHIVED = (
    "draft",
    "hearing",
    "published",
    "amended",
    "archived",
)
_NEXT = {
    DRAFT: (HEARING,),
    HEARING: (DRAFT,),
    PUBLISHED: (ARCHIVED,),
    AMENDED: (ARCHIVED,),
    ARCHIVED: (),
}


def add_roster(
    session: Session,
    actor: Actor,
    plan: StoredPlan,
    plan_version: PlanVersion,
    roster: Roster,
    report: Report,
    *,
    title: str,
    note: str,
) -> tuple[StoredRoster, RosterVersion]:
    """A new roster with its first version, as a draft.

    Args:
        session: to write with.
        actor: who makes it.
        plan: of which it is one.
        plan_version: what it was made for.
        roster: the assignments.
        report: the checkers' judgement of it.
        title: what to call it; the plan's title if empty.
        note: how it came about.
    """
    made = StoredRoster(
        cooperation_id=plan.cooperation_id,
        plan_id=plan.id,
        title=title or plan.title,
        state=DRAFT,
        version=0,
        created_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    version = add_version(session, actor, made, plan_version, roster, report, note=note)
    return made, version


def add_version(
    session: Session,
    actor: Actor,
    roster: StoredRoster,
    plan_version: PlanVersion,
    content: Roster,
    report: Report,
    *,
    note: str,
) -> RosterVersion:
    """The next version of a roster.

    One that is published becomes amended where the version says something else than what was
    published, and published again where it says that anew.

    Raises:
        StateError: the roster is archived.
    """
    if roster.state == ARCHIVED:
        raise StateError("roster", roster.state)
    document = written(content)
    roster.version += 1
    if roster.state in (PUBLISHED, AMENDED):
        told = _published(session, roster)
        roster.state = AMENDED if amends(told, document, plan_version) else PUBLISHED
    made = RosterVersion(
        roster_id=roster.id,
        number=roster.version,
        plan_version_id=plan_version.id,
        digest=digest(document),
        document=document,
        holes=report.lacking,
        breaches=len(report.breaches) + len(report.unknown),
        note=note,
        author=actor.name,
        created_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    action = "roster.created" if made.number == 1 else "roster.changed"
    log(session, actor, action, f"roster/{roster.id}", why=note, version=made.number)
    return made


def restore(
    session: Session,
    actor: Actor,
    roster: StoredRoster,
    earlier: RosterVersion,
    content: Roster,
    report: Report,
    note: str,
) -> RosterVersion | None:
    """The next version, with what an earlier one was; None if nothing is different.

    It keeps the plan that the earlier one was made for, for by that it was judged.

    Raises:
        StateError: the roster is archived.
    """
    if roster.state == ARCHIVED:
        raise StateError("roster", roster.state)
    last = newest(session, roster)
    plan_version = session.get_one(PlanVersion, earlier.plan_version_id)
    last_plan = session.get_one(PlanVersion, last.plan_version_id)
    if (last.digest, last_plan.digest) == (earlier.digest, plan_version.digest):
        return None
    why = note or f"Tilbake til versjon {earlier.number}"
    return add_version(session, actor, roster, plan_version, content, report, note=why)


def roster_of(
    session: Session, actor: Actor, roster: str, *, to_change: bool = False
) -> StoredRoster:
    """A roster that the actor may know of.

    Raises:
        NotFoundError: there is none, it belongs to others, or it is not published, nor in a hearing
            that the actor is asked in, and the actor sees no drafts.
    """
    actor.need(Right.ROSTERS_READ, Right.PUBLISHED_READ)
    found = session.get(StoredRoster, roster, with_for_update=to_change)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    if Right.ROSTERS_READ not in actor.rights and not _may_know(session, actor, found):
        raise NotFoundError
    return found


def _may_know(session: Session, actor: Actor, roster: StoredRoster) -> bool:
    heard = Right.HEARINGS in actor.rights and roster.state == HEARING
    return heard or last_publication(session, roster) is not None


def rosters(
    session: Session, actor: Actor, plan: str | None, after: str | None, most: int
) -> Sequence[StoredRoster]:
    """Rosters that the actor may know of, the newest first, one more than `most`."""
    actor.need(Right.ROSTERS_READ, Right.PUBLISHED_READ)
    query = select(StoredRoster).where(StoredRoster.cooperation_id == actor.cooperation)
    if plan is not None:
        query = query.where(StoredRoster.plan_id == plan)
    if Right.ROSTERS_READ not in actor.rights:
        known: ColumnElement[bool] = select(Publication.id).where(_OF_ROSTER).exists()
        if Right.HEARINGS in actor.rights:
            known = or_(known, StoredRoster.state == HEARING)
        query = query.where(known)
    condition = older(StoredRoster, after)
    if condition is not None:
        query = query.where(condition)
    order = (StoredRoster.created_at.desc(), StoredRoster.id)
    return session.scalars(query.order_by(*order).limit(most + 1)).all()


_OF_ROSTER = Publication.roster_id == StoredRoster.id
_OF_VERSION = Publication.roster_version_id == RosterVersion.id


def version_of(
    session: Session, actor: Actor, roster: StoredRoster, number: int | None = None
) -> RosterVersion:
    """A version that the actor may read; the newest of these if no number is given.

    Raises:
        NotFoundError: there is none, or it was never published, is not what a hearing is about, and
            the actor sees no drafts.
    """
    query = select(RosterVersion).where(RosterVersion.roster_id == roster.id)
    if number is not None:
        query = query.where(RosterVersion.number == number)
    if Right.ROSTERS_READ not in actor.rights:
        open_to: ColumnElement[bool] = select(Publication.id).where(_OF_VERSION).exists()
        if Right.HEARINGS in actor.rights and roster.state == HEARING:
            open_to = or_(open_to, RosterVersion.number == roster.version)
        query = query.where(open_to)
    found = session.scalar(query.order_by(RosterVersion.number.desc()).limit(1))
    if found is None:
        raise NotFoundError
    return found


def newest(session: Session, roster: StoredRoster) -> RosterVersion:
    """The newest version, whoever asks: a swap of doctors brings one that they have not seen."""
    query = select(RosterVersion).where(
        RosterVersion.roster_id == roster.id, RosterVersion.number == roster.version
    )
    return session.scalars(query).one()


def versions_of(session: Session, actor: Actor, roster: StoredRoster) -> Sequence[RosterVersion]:
    """All versions of a roster, the newest first.

    Raises:
        ForbiddenError: the actor sees published ones alone.
    """
    if Right.ROSTERS_READ not in actor.rights:
        raise ForbiddenError(right=Right.ROSTERS_READ.value)
    query = select(RosterVersion).where(RosterVersion.roster_id == roster.id)
    return session.scalars(query.order_by(RosterVersion.number.desc())).all()


def contents_of(session: Session, roster: StoredRoster) -> list[tuple[int, tuple[str, str]]]:
    """Number and content of every version, the oldest first; equal contents are equal.

    Two versions are equal where assignments, provenance and what the plan says are.
    """
    rows = session.execute(
        select(RosterVersion.number, RosterVersion.digest, PlanVersion.digest)
        .join(PlanVersion, PlanVersion.id == RosterVersion.plan_version_id)
        .where(RosterVersion.roster_id == roster.id)
        .order_by(RosterVersion.number)
    )
    return [(number, (digest, plan)) for number, digest, plan in rows]


def move(session: Session, actor: Actor, roster: StoredRoster, state: str, note: str) -> None:
    """Send a draft to hearing and back, or a published roster to the archive.

    Raises:
        StateError: there is no way from the state that it is in.
    """
    if state not in _NEXT[roster.state]:
        raise StateError("roster", roster.state)
    roster.state = state
    roster.moves += 1
    log(session, actor, f"roster.{state}", f"roster/{roster.id}", why=note)


def lock_plan(session: Session, roster: StoredRoster) -> None:
    """Nobody else publishes a roster of the plan before this transaction ends."""
    session.get_one(StoredPlan, roster.plan_id, with_for_update=True)


def locked(session: Session, actor: Actor, roster: str) -> StoredRoster:
    """A roster that nobody else changes, nor publishes another of its plan, before this ends.

    The plan comes first, as with a publication: what refers to the plan waits for it, so that the
    other order would let two wait for each other.

    Raises:
        NotFoundError: there is none, or it is not for the actor.
    """
    lock_plan(session, roster_of(session, actor, roster))
    return roster_of(session, actor, roster, to_change=True)


def _published(session: Session, roster: StoredRoster) -> tuple[RosterVersion, PlanVersion]:
    """The version that was published last of a roster of which one was, and its plan."""
    query = (
        select(RosterVersion, PlanVersion)
        .join(Publication, _OF_VERSION)
        .join(PlanVersion, PlanVersion.id == RosterVersion.plan_version_id)
        .where(Publication.roster_id == roster.id)
        .order_by(Publication.number.desc())
        .limit(1)
    )
    version, plan = session.execute(query).one()
    return version, plan


def in_force(session: Session, plan: str) -> tuple[Publication, RosterVersion] | None:
    """What the doctors of a plan are to work by: what was published last of any roster of it."""
    found = session.scalar(
        select(Publication)
        .join(StoredRoster, StoredRoster.id == Publication.roster_id)
        .where(StoredRoster.plan_id == plan)
        .order_by(Publication.created_at.desc(), Publication.id)
        .limit(1)
    )
    return (found, session.get_one(RosterVersion, found.roster_version_id)) if found else None


def last_publication(session: Session, roster: StoredRoster) -> Publication | None:
    """What was published last of a roster."""
    newest = (
        select(func.max(Publication.number))
        .where(Publication.roster_id == roster.id)
        .scalar_subquery()
    )
    return session.scalar(
        select(Publication).where(Publication.roster_id == roster.id, Publication.number == newest)
    )
