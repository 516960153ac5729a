"""Wishes of a round: doctors state, change and withdraw their own."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from api import library
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.plans.part_routes import route_of
from api.service.plans.parts import part_named
from api.service.problems import documented
from api.service.shapes import Id
from api.service.wishes import store
from api.service.wishes.routes import RoundId, known_round
from api.service.wishes.shapes import StatedWishOut, WishWords
from api.service.wishes.stating import Stated, competing, in_plan, judged, meant
from api.service.wishes.tables import StatedWish, WishRound

router = APIRouter(
    prefix="/wish-rounds", tags=["wishes"], route_class=route_of(part_named("wishes"))
)

WishId = Annotated[Id, Path(description="Id of the wish")]


@router.get("/{round}/wishes", responses=documented(401, 403, 404, 422))
def wishes(
    service: ServiceDep,
    actor: ActorDep,
    own: RoundId,
) -> list[StatedWishOut]:
    """A doctor's own wishes with how many others want the same; for the coordinator all."""
    actor.need(Right.WISHES_OWN, Right.PLANS_WRITE)
    with service.database.reading() as session:
        found, loaded = known_round(service, session, actor, own)
        every = store.wishes_of(session, found)
    known = {wish.id: meant(loaded, wish.doctor, store.document_of(wish)) for wish in every}
    others = _others(loaded, list(known.values()))
    return [
        _wish_told(loaded, wish, known[wish.id], others)
        for wish in every
        if not actor.doctor or wish.doctor == actor.doctor
    ]


@router.post(
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
        found, loaded = known_round(service, session, actor, own)
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


@router.put("/{round}/wishes/{wish}", responses=documented(401, 403, 404, 409, 412, 422, 428))
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
        found, loaded = known_round(service, session, actor, own)
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
