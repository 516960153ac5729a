"""Rosters as files."""

from fastapi import APIRouter, Response

from api.service.dependencies import ActorDep, ServiceDep
from api.service.file_names import numbered
from api.service.plans.store import naming_for
from api.service.problems import documented
from api.service.rosters.asked import NumberDep, RosterId, version_asked
from api.service.rosters.exports import MEDIA, Kind, file_of

router = APIRouter(prefix="/rosters", tags=["rosters"])


@router.get(
    "/{roster}/exports/{kind}",
    response_class=Response,
    responses={
        200: {
            "description": "The file",
            "content": {media.split(";")[0]: {} for media in MEDIA.values()},
        },
        **documented(401, 403, 404, 422),
    },
)
def export(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    kind: Kind,
    version: NumberDep = None,
) -> Response:
    """A file of the roster, with pseudonyms for who does not see all names.

    The package (json) and the reports are for those who keep the plan.
    """
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, version)
        naming = naming_for(session, actor)
    body = file_of(
        asked.loaded,
        asked.timetable,
        kind,
        stored=asked.found,
        version=asked.own,
        actor=actor,
        naming=naming,
    )
    ending = kind.value.removeprefix("report.")
    base = "rapport" if kind.value.startswith("report") else "vaktplan"
    name = numbered(base, asked.loaded.problem.title, asked.own.number, ending)
    return Response(
        body,
        media_type=MEDIA[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": f'"{asked.own.number}"',
            # A report is a page of its own: nothing in it may run in our name.
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
            "img-src data:",
        },
    )
