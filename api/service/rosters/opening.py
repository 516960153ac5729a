"""A roster, the version asked for, its plan and its assignments, read together."""

from sqlalchemy.orm import Session

from api.library import LoadedPlan
from api.service.accounts.actor import Actor
from api.service.rosters import store
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion, StoredRoster
from api.service.service import Service
from scheduler.domain.roster import Roster


def opened(
    service: Service, session: Session, actor: Actor, roster: str, number: int | None
) -> tuple[StoredRoster, RosterVersion, LoadedPlan, Roster]:
    """A roster that the actor may read.

    Args:
        service: keeps plans that were understood.
        session: to read with.
        actor: who asks.
        roster: id.
        number: of the version; None for the newest that the actor may see.

    Raises:
        NotFoundError: there is none, or not for this actor.
    """
    found = store.roster_of(session, actor, roster)
    own = store.version_of(session, actor, found, number)
    loaded = service.plans.of(session, own.plan_version_id)
    return found, own, loaded, read(own.document, loaded.problem)
