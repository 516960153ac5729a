"""Wish rounds: the coordinator opens and ends them, doctors state their wishes in between."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import NotFoundError
from api.service.plans import store as plans
from api.service.plans.part_routes import route_of
from api.service.plans.parts import part_named
from api.service.plans.routes import PlanId
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import Id
from api.service.wishes import store
from api.service.wishes.shapes import (
    StatedWishOut,
    TakeIn,
    TakenIn,
    WishRoundChanges,
    WishRoundIn,
    WishRoundOut,
    WishWords,
)
from api.service.wishes.stating import Stated, competing, in_plan, judged, meant
from api.service.wishes.tables import StatedWish, WishRound
from api.service.wishes.taking import take_in
from scheduler.reading.faults import PlanError

openings = APIRouter(prefix="/plans/{plan}", tags=["wishes"])
router = APIRouter(prefix="/wish-rounds", tags=["wishes"])
statements = APIRouter(
    prefix="/wish-rounds", tags=["wishes"], route_class=route_of(part_named("wishes"))
)

RoundId = Annotated[Id, Path(alias="round", description="Id of the round")]
WishId = Annotated[Id, Path(description="Id of the wish")]


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
    return WishRoundOut.of(made, loaded, 0)


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
            loaded = _plan(service, session, own)
            if not actor.doctor or actor.doctor in loaded.problem.doctor_by_id:
                told.append(_told(session, actor, own, loaded))
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
        found, loaded = _round(service, session, actor, own)
        tag(response, found.version)
        return _told(session, actor, found, loaded)


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
        _, loaded = _round(service, session, actor, own)
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.edit_round(session, actor, found, **given)
        tag(response, found.version)
        return _told(session, actor, found, loaded)


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
        _, loaded = _round(service, session, actor, own)
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.close(session, actor, found)
        tag(response, found.version)
        return _told(session, actor, found, loaded)


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
        round=WishRoundOut.of(done.own, done.understood.loaded, len(done.wishes)),
    )


@router.get("/{round}/wishes", responses=documented(401, 403, 404, 422))
def wishes(
    service: ServiceDep,
    actor: ActorDep,
    own: RoundId,
) -> list[StatedWishOut]:
    """A doctor's own wishes with how many others want the same; for the coordinator all."""
    actor.need(Right.WISHES_OWN, Right.PLANS_WRITE)
    with service.database.reading() as session:
        found, loaded = _round(service, session, actor, own)
        every = store.wishes_of(session, found)
    known = {wish.id: meant(loaded, wish.doctor, store.document_of(wish)) for wish in every}
    others = _others(loaded, list(known.values()))
    return [
        _wish_told(loaded, wish, known[wish.id], others)
        for wish in every
        if not actor.doctor or wish.doctor == actor.doctor
    ]


@statements.post(
    "/{round}/wishes",
    status_code=201,
    responses={
        200: {"description": "It was only tried", "model": StatedWishOut},
        **documented(401, 403, 404, 409, 422),
    },
)
def state(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    own: RoundId,
    wish: WishWords,
    only_try: Annotated[
        bool, Query(description="Tell what it would compete with, without storing it")
    ] = False,
) -> StatedWishOut:
    """State a wish of one's own."""
    actor.need(Right.WISHES_OWN)
    document = _plain(wish)
    with service.database.reading() as session:
        found, loaded = _round(service, session, actor, own)
        if not only_try:
            store.refuse_late(found)
        others = _stated(session, found, loaded)
    stated = judged(loaded, actor.doctor, document)
    many = competing(stated, others)
    if only_try:
        response.status_code = 200
        return StatedWishOut(
            id=None,
            doctor=actor.doctor,
            doctor_name=loaded.problem.doctor_by_id[actor.doctor].name,
            wish=wish,
            version=None,
            competing=many,
            remarks=list(stated.remarks),
            changed_at=None,
        )
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        made = store.state_wish(session, actor, found, document)
    tag(response, made.version)
    response.headers["Location"] = f"/api/v1/wish-rounds/{found.id}/wishes/{made.id}"
    name = loaded.problem.doctor_by_id[actor.doctor].name
    return StatedWishOut.of(made, name, many, stated.remarks)


@statements.put("/{round}/wishes/{wish}", responses=documented(401, 403, 404, 409, 412, 422, 428))
def restate(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    own: RoundId,
    wish: WishId,
    words: WishWords,
) -> StatedWishOut:
    """Change a wish of one's own."""
    actor.need(Right.WISHES_OWN)
    document = _plain(words)
    with service.database.reading() as session:
        found, loaded = _round(service, session, actor, own)
        versioned.check(store.wish_of(session, found, wish, actor.doctor).version)
        store.refuse_late(found)
        others = _stated(session, found, loaded)
    stated = judged(loaded, actor.doctor, document)
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        changed = store.wish_of(session, found, wish, actor.doctor)
        versioned.check(changed.version)
        store.change_wish(session, actor, found, changed, document)
    tag(response, changed.version)
    name = loaded.problem.doctor_by_id[actor.doctor].name
    return StatedWishOut.of(changed, name, competing(stated, others), stated.remarks)


@router.delete(
    "/{round}/wishes/{wish}",
    status_code=204,
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def withdraw(
    service: ServiceDep,
    actor: ActorDep,
    versioned: VersionedDep,
    own: RoundId,
    wish: WishId,
) -> None:
    """Withdraw a wish of one's own; the coordinator can take out any until they are taken in."""
    actor.need(Right.WISHES_OWN, Right.PLANS_WRITE)
    with service.database.writing() as session:
        found = store.round_of(session, actor, own, to_change=True)
        gone = store.wish_of(session, found, wish, actor.doctor or None)
        versioned.check(gone.version)
        store.withdraw(session, actor, found, gone)


def _plain(words: WishWords) -> dict[str, Any]:
    found: dict[str, Any] = words.model_dump(mode="json", exclude_defaults=True)
    return found


def _refuse_past(deadline: datetime) -> None:
    if deadline <= datetime.now(UTC):
        raise PlanError.of(
            "deadline", "Fristen er allerede ute.", "Velg et tidspunkt fram i tid.", deadline
        )


def _plan(service: Service, session: Session, own: WishRound) -> library.LoadedPlan:
    return service.plans.of(session, store.newest_version(session, own).id)


def _round(
    service: Service, session: Session, actor: Actor, own: str
) -> tuple[WishRound, library.LoadedPlan]:
    """A round that the actor may know of, with its plan as it is now."""
    found = store.round_of(session, actor, own)
    loaded = _plan(service, session, found)
    if actor.doctor and actor.doctor not in loaded.problem.doctor_by_id:
        raise NotFoundError
    return found, loaded


def _told(
    session: Session, actor: Actor, own: WishRound, loaded: library.LoadedPlan
) -> WishRoundOut:
    many = len(store.wishes_of(session, own, actor.doctor or None))
    return WishRoundOut.of(own, loaded, many)


def _stated(session: Session, own: WishRound, loaded: library.LoadedPlan) -> list[Stated]:
    every = store.wishes_of(session, own)
    return _others(loaded, [meant(loaded, wish.doctor, store.document_of(wish)) for wish in every])


def _others(loaded: library.LoadedPlan, known: Sequence[Stated | None]) -> list[Stated]:
    return [*in_plan(loaded), *(own for own in known if own is not None)]


def _wish_told(
    loaded: library.LoadedPlan,
    wish: StatedWish,
    stated: Stated | None,
    others: Sequence[Stated],
) -> StatedWishOut:
    doctor = loaded.problem.doctor_by_id.get(wish.doctor)
    many = competing(stated, others) if stated else 0
    fits = stated is not None and stated.duties
    remarks = () if fits else ("Ønsket gjelder ingen vakt i planen slik den er nå.",)
    return StatedWishOut.of(wish, doctor.name if doctor else wish.doctor, many, remarks)
