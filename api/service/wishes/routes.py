"""Wish rounds: the coordinator opens and ends them, and takes the wishes in."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import NotFoundError
from api.service.plans import store as plans
from api.service.plans.routes import PlanId
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import Id
from api.service.wishes import store
from api.service.wishes.shapes import (
    TakeIn,
    TakenIn,
    WishRoundChanges,
    WishRoundIn,
    WishRoundOut,
)
from api.service.wishes.tables import WishRound
from api.service.wishes.taking import take_in
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan

openings = APIRouter(prefix="/plans/{plan}", tags=["wishes"])
router = APIRouter(prefix="/wish-rounds", tags=["wishes"])

RoundId = Annotated[Id, Path(alias="round", description="Id of the round")]


@openings.post("/wish-rounds", status_code=201, responses=documented(401, 403, 404, 409, 422))
def open_round(
    service: ServiceDep, actor: ActorDep, response: Response, plan: PlanId, wanted: WishRoundIn
) -> WishRoundOut:
    """Open a wish round for the doctors of a plan; one at a time."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:  # to understand it later would hold up others
        found = plans.plan_of(session, actor, plan)
        loaded = service.plans.of(session, plans.version_of(session, found).id)
    _refuse_past(wanted.deadline)
    with service.database.writing() as session:
        found = plans.plan_of(session, actor, plan, to_change=True)
        made = store.add_round(
            session,
            actor,
            found,
            deadline=wanted.deadline,
            most=wanted.most,
            text=wanted.text,
        )
    tag(response, made.version)
    response.headers["Location"] = f"/api/v1/wish-rounds/{made.id}"
    return WishRoundOut.of(made, loaded.plan, 0)


@router.get("", responses=documented(401, 403, 422))
def rounds(
    service: ServiceDep,
    actor: ActorDep,
    plan: Annotated[Id | None, Query(description="Only rounds of this plan")] = None,
) -> list[WishRoundOut]:
    """The rounds, the newest first; for a doctor those of plans that the doctor is in."""
    actor.need(Right.WISHES_OWN, Right.PLANS_WRITE)
    told = []
    with service.database.reading() as session:
        for own in store.rounds(session, actor, plan):
            written = service.plans.written(session, store.newest_version(session, own).id)
            if not actor.doctor or any(who.id == actor.doctor for who in written.doctors):
                told.append(_told(session, actor, own, written))
    return told


@router.get("/{round}", responses=documented(401, 403, 404, 422))
def round_(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    own: RoundId,
) -> WishRoundOut:
    """One round."""
    actor.need(Right.WISHES_OWN, Right.PLANS_WRITE)
    with service.database.reading() as session:
        found, loaded = known_round(service, session, actor, own)
        tag(response, found.version)
        return _told(session, actor, found, loaded.plan)


@router.patch("/{round}", responses=documented(401, 403, 404, 409, 412, 422, 428))
def edit_round(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    own: RoundId,
    changes: WishRoundChanges,
) -> WishRoundOut:
    """Change the deadline, the number of wishes or the text."""
    actor.need(Right.PLANS_WRITE)
    given = {
        name: value
        for name, value in changes.model_dump(exclude_unset=True).items()
        if value is not None
    }
    if "deadline" in given:
        _refuse_past(given["deadline"])
    with service.database.reading() as session:
        _, loaded = known_round(service, session, actor, own)
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.edit_round(session, actor, found, **given)
        tag(response, found.version)
        return _told(session, actor, found, loaded.plan)


@router.post("/{round}/close", responses=documented(401, 403, 404, 409, 412, 422, 428))
def close(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    own: RoundId,
) -> WishRoundOut:
    """End a round before its deadline; the wishes can still be looked through."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        _, loaded = known_round(service, session, actor, own)
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.close(session, actor, found)
        tag(response, found.version)
        return _told(session, actor, found, loaded.plan)


@router.post("/{round}/intake", responses=documented(401, 403, 404, 409, 412, 422, 428))
def intake(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    own: RoundId,
    wanted: TakeIn,
) -> TakenIn:
    """Put the wishes into the plan, as one version, and end the round.

    If-Match says which version of the plan they go into.
    """
    actor.need(Right.PLANS_WRITE)
    done = take_in(
        service,
        actor,
        own,
        versioned.check,
        replace=wanted.replace,
        note=wanted.note or "Ønsker fra ønskerunden",
    )
    tag(response, done.plan.version)
    return TakenIn(
        version=done.plan.version,
        wishes=len(done.wishes),
        doctors=len({wish.doctor for wish in done.wishes}),
        remarks=list(done.understood.loaded.remarks),
        round=WishRoundOut.of(done.own, done.understood.loaded.plan, len(done.wishes)),
    )


def _refuse_past(deadline: datetime) -> None:
    if deadline <= datetime.now(UTC):
        raise PlanError.of(
            "deadline", "Fristen er allerede ute.", "Velg et tidspunkt fram i tid.", deadline
        )


def _plan(service: Service, session: Session, own: WishRound) -> library.LoadedPlan:
    return service.plans.of(session, store.newest_version(session, own).id)


def known_round(
    service: Service, session: Session, actor: Actor, own: str
) -> tuple[WishRound, library.LoadedPlan]:
    """A round that the actor may know of, with its plan as it is now."""
    found = store.round_of(session, actor, own)
    loaded = _plan(service, session, found)
    if actor.doctor and actor.doctor not in loaded.problem.doctor_by_id:
        raise NotFoundError
    return found, loaded


def _told(session: Session, actor: Actor, own: WishRound, plan: Plan) -> WishRoundOut:
    many = len(store.wishes_of(session, own, actor.doctor or None))
    return WishRoundOut.of(own, plan, many)
