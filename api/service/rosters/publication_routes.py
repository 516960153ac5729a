"""Publication: what it would do, and the deed itself."""

from fastapi import APIRouter, Response

from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.problems import documented
from api.service.rosters import store
from api.service.rosters.asked import RosterId, version_asked
from api.service.rosters.preview import PreviewOut, preview
from api.service.rosters.publishing import publish
from api.service.rosters.shapes import PublicationOut, Publish

router = APIRouter(prefix="/rosters", tags=["rosters"])


@router.get("/{roster}/publication-preview", responses=documented(401, 403, 404, 409, 422))
def look_ahead(
    service: ServiceDep, actor: ActorDep, response: Response, roster: RosterId
) -> PreviewOut:
    """What publishing would do: who is told what, and what had better be looked at first."""
    actor.need(Right.PUBLISH)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, None)
        found = preview(session, service.plans, actor, asked)
    tag(response, asked.found.version, asked.found.moves)
    return found


@router.post(
    "/{roster}/publications",
    status_code=201,
    name="publish",
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def add(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    roster: RosterId,
    wanted: Publish,
) -> PublicationOut:
    """Publish the newest version. Calendars follow at once; doctors whose duties moved are told."""
    actor.need(Right.PUBLISH)
    with service.database.reading() as session:  # to understand it later would hold up others
        asked = version_asked(service, session, actor, roster, None)
        if force := store.in_force(session, asked.found.plan_id):
            service.plans.of(session, force[1].plan_version_id)
    with service.database.writing() as session:
        found = store.locked(session, actor, roster)
        versioned.check(found.version, found.moves)
        done = publish(session, service, actor, found, signed=wanted.signed, note=wanted.note)
    tag(response, found.version, found.moves)
    return PublicationOut.of(done.publication, done.version, done.changes)
