"""What is kept about somebody, for themselves; and erasing somebody."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.audit.store import log
from api.service.dependencies import ActorDep, ServiceDep
from api.service.errors import NotFoundError
from api.service.privacy import erasing, exporting, persons, rewriting
from api.service.privacy.shapes import ErasureIn, ErasureOut
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import ForeignId, Id

router = APIRouter(prefix="/privacy", tags=["privacy"])

_ZIP = {"description": "A zip with person.json", "content": {"application/zip": {}}}


@router.get("/me", response_class=Response, responses={200: _ZIP, **documented(401, 403)})
def own_export(service: ServiceDep, actor: ActorDep) -> Response:
    """All that is kept about who is logged in, as a zip (GDPR articles 15 and 20).

    No token fetches it: it tells more than any of them was made for.
    """
    actor.need_login()
    return _exported(service, actor, account=actor.account)


@router.get(
    "/export", response_class=Response, responses={200: _ZIP, **documented(401, 403, 404, 422)}
)
def export(
    service: ServiceDep,
    actor: ActorDep,
    account: Annotated[Id | None, Query(description="Id of an account")] = None,
    doctor: Annotated[ForeignId | None, Query(description="Id of a doctor in the plans")] = None,
) -> Response:
    """All that is kept about a person of the own cooperation, to be handed to that person."""
    actor.need(Right.PRIVACY)
    if bool(account) == bool(doctor):
        raise NotFoundError
    return _exported(service, actor, account=account or "", doctor=doctor or "")


@router.post("/erasures", status_code=201, responses=documented(401, 403, 404, 409, 412, 422))
def erase(
    service: ServiceDep,
    actor: ActorDep,
    wanted: ErasureIn,
    only_try: Annotated[bool, Query(description="Tell what would go; nothing is erased")] = False,
) -> ErasureOut:
    """Erase a person for ever (GDPR article 17). No token can, other than to try."""
    actor.need(Right.PRIVACY)
    if not only_try:
        actor.need_login()
    today = datetime.now(UTC).date()
    with service.database.reading() as session:
        person = persons.person_of(
            session,
            actor.cooperation,
            account=wanted.account or "",
            doctor=wanted.doctor or "",
        )
        found = rewriting.of_person(
            session, actor.cooperation, person, today, service.settings.keep_rosters_months
        )
    with service.database.trying(only_try) as session:
        made = ErasureOut.of(erasing.erase(session, actor, person, found, wanted.why))
    if not only_try:
        service.forget()
    return made


@router.get("/erasures", responses=documented(401, 403))
def erasures(service: ServiceDep, actor: ActorDep) -> list[ErasureOut]:
    """What was erased in the own cooperation, the newest first; never who."""
    actor.need(Right.PRIVACY)
    with service.database.reading() as session:
        return [ErasureOut.of(own) for own in erasing.erasures(session, actor.cooperation)]


def _exported(service: Service, actor: Actor, *, account: str = "", doctor: str = "") -> Response:
    with service.database.reading() as session:
        person = persons.person_of(session, actor.cooperation, account=account, doctor=doctor)
        content = exporting.export(
            session, service.plans, actor.cooperation, person, datetime.now(UTC)
        )
    if person.account != actor.account:
        with service.database.writing() as session:
            log(session, actor, "person.exported", f"account/{person.account or 'none'}")
    return Response(
        exporting.zipped(content),
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="personopplysninger.zip"'},
    )
