"""Comments on rosters, in a hearing and afterwards."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.service.accounts.roles import Right
from api.service.cursors import cursor
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.hearings import store
from api.service.hearings.shapes import Answering, Commenting, CommentOut
from api.service.hearings.tables import RosterComment
from api.service.paging import CursorDep, MostDep, Page
from api.service.problems import documented
from api.service.rosters import store as rosters
from api.service.rosters.asked import NumberDep, RosterId, version_asked
from api.service.rosters.tables import RosterVersion
from api.service.shapes import Id
from scheduler.reading.faults import PlanError, meant, shown

router = APIRouter(prefix="/rosters/{roster}/comments", tags=["hearings"])

CommentId = Annotated[Id, Path(description="Id of the comment")]


@router.post("", status_code=201, name="comment", responses=documented(401, 403, 404, 409, 422))
def add(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    roster: RosterId,
    wanted: Commenting,
    version: NumberDep = None,
) -> CommentOut:
    """Say what one means of a roster, or of one duty. The coordinator alone reads it."""
    actor.need(Right.HEARINGS, Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, version)
    known = asked.loaded.problem.duty_by_id
    if wanted.duty is not None and wanted.duty not in known:
        remedy = meant(wanted.duty, known) or "Hent vaktplanen på nytt, og bruk id-ene der."
        told = "Planen har ingen vakt eller økt med denne id-en."
        raise PlanError.of("duty", told, remedy, shown(wanted.duty))
    with service.database.writing() as session:
        found = rosters.roster_of(session, actor, roster)
        own = session.get_one(RosterVersion, asked.own.id)
        made = store.add(session, actor, found, own, body=wanted.body, duty=wanted.duty)
    tag(response, made.revision)
    return CommentOut.of(made, asked.own.number)


@router.get("", name="comments", responses=documented(401, 403, 404, 422))
def comments(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    waiting: Annotated[bool, Query(description="Only those that wait for an answer")] = False,
    after: CursorDep = None,
    most: MostDep = 50,
) -> Page[CommentOut]:
    """Comments on a roster, the newest first: all for the coordinator, else one's own."""
    actor.need(Right.HEARINGS, Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        found = rosters.roster_of(session, actor, roster)
        rows = store.comments(session, actor, found, waiting=waiting, after=after, most=most)
    shown_rows = rows[:most]
    more = len(rows) > most
    return Page(
        items=[CommentOut.of(own, number) for own, number in shown_rows],
        next=cursor(shown_rows[-1][0]) if more else None,
    )


@router.patch("/{comment}", name="answer", responses=documented(401, 403, 404, 412, 422, 428))
def answer(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    roster: RosterId,
    comment: CommentId,
    wanted: Answering,
) -> CommentOut:
    """Answer a comment and settle it, or open it again."""
    actor.need(Right.ROSTERS_WRITE)
    with service.database.writing() as session:
        found = rosters.roster_of(session, actor, roster)
        own: RosterComment = store.comment_of(session, found, comment, to_change=True)
        versioned.check(own.revision)
        store.answer(session, actor, own, text=wanted.answer, close=wanted.close)
        number = session.get_one(RosterVersion, own.roster_version_id).number
    tag(response, own.revision)
    return CommentOut.of(own, number)
