"""The one way in which a version comes into force: published, in calendars, told to people."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.feeds.history import revise
from api.service.messages.telling import News, tell_of_publication
from api.service.offers.lapsing import lapse
from api.service.offers.telling import Teller
from api.service.rosters import publications
from api.service.rosters.documents import read
from api.service.rosters.moves import Moved, moved
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from api.service.service import Service
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Timetable


@dataclass(frozen=True, slots=True)
class Published:
    """A publication, the version that it publishes, and whose duties moved."""

    publication: Publication
    version: RosterVersion
    changes: tuple[Moved, ...]


def publish(
    session: Session,
    service: Service,
    actor: Actor,
    roster: StoredRoster,
    *,
    signed: str,
    note: str,
) -> Published:
    """Publish the newest version, bring calendars up to date and tell those whose duties moved.

    `store.lock_plan` comes first. The plan had better be understood already: this runs in a
    write transaction, and others wait for it.

    Raises:
        StateError: it is published as it stands, or archived.
        UnlawfulError: it breaks rules and nobody signed for that.
    """
    publication, version, before = publications.publish(
        session, actor, roster, signed=signed, note=note
    )
    timetable = _timetable(session, service.plans, version)
    revise(session, roster.plan_id, timetable)
    changes = moved(before.document if before else None, version.document)
    former = _timetable(session, service.plans, before) if before else None
    tell_of_publication(session, service.settings, News(roster, publication, former, timetable))
    lapse(Teller(session, service.settings, timetable.problem), roster, timetable)
    return Published(publication, version, changes)


def _timetable(session: Session, plans: UnderstoodPlans, version: RosterVersion) -> Timetable:
    problem = plans.of(session, version.plan_version_id).problem
    return Timetable(problem, read(version.document, problem))
