"""The own logins: where one is logged in, and an end to it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from api.service.accounts import visits
from api.service.accounts.secrets import digest
from api.service.accounts.shapes import VisitOut
from api.service.dependencies import ActorDep, ServiceDep, secret_of
from api.service.problems import documented
from api.service.shapes import Id

router = APIRouter(prefix="/sessions", tags=["accounts"])

VisitId = Annotated[Id, Path(description="Id of the login")]


@router.get("", name="sessions", responses=documented(401, 403))
def own(request: Request, service: ServiceDep, actor: ActorDep) -> list[VisitOut]:
    """The own logins that have not ended, the newest first; no token sees them."""
    actor.need_login()
    mine = digest(secret_of(request, service) or "")
    with service.database.reading() as session:
        return [
            VisitOut(
                id=visit.id,
                created_at=visit.created_at,
                ends_at=visit.ends_at,
                by_provider=visit.identity_id is not None,
                current=visit.secret_digest == mine,
            )
            for visit in visits.visits(session, actor)
        ]


@router.delete("", status_code=204, name="end_other_sessions", responses=documented(401, 403))
def end_others(request: Request, service: ServiceDep, actor: ActorDep) -> None:
    """End all own logins but the one that asks."""
    actor.need_login()
    with service.database.writing() as session:
        visits.end_others(session, actor, secret_of(request, service) or "")


@router.delete(
    "/{session}", status_code=204, name="end_session", responses=documented(401, 403, 404, 422)
)
def end(service: ServiceDep, actor: ActorDep, session: VisitId) -> None:
    """End one of the own logins."""
    actor.need_login()
    with service.database.writing() as writing:
        visits.end_visit(writing, actor, session)
