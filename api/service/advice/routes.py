"""Questions about the duties of one roster: who could take one, why this doctor, swaps, rings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.service.accounts.actor import Actor
from api.service.advice.answers import (
    duty_known,
    holder_of,
    move_asked,
    rings_told,
    swap_told,
    takers_told,
)
from api.service.advice.desks import Desk
from api.service.advice.readers import Reader, need_advice
from api.service.advice.shapes import DoctorId, RingsOut, SwapIn, SwapOut, TakersOut
from api.service.advice.why import WhyOut, why_told
from api.service.dependencies import ActorDep, ServiceDep
from api.service.offers.store import standing_offers
from api.service.problems import documented
from api.service.rosters.asked import NumberDep, RosterId, version_asked
from api.service.service import Service
from scheduler.swaps.rings import SwapOffer

router = APIRouter(prefix="/rosters", tags=["advice"])

# Ids of duties hold a slash: «natt/2027-03-12».
DutyPath = Annotated[
    str,
    Path(min_length=1, max_length=200, description="Id of the duty", examples=["natt/2027-03-12"]),
]
GiverDep = Annotated[
    DoctorId | None,
    Query(description="Who would be rid of it, where several have it; for doctors: themselves"),
]


@contextmanager
def desk_for(
    service: Service, actor: Actor, roster: str, version: int | None, *, priced: bool = False
) -> Iterator[tuple[Desk, Reader]]:
    """The desk of a version that the actor may read, held for this question alone.

    Args:
        service: the service.
        actor: who asks.
        roster: id of the roster.
        version: number of the version; None for the newest.
        priced: the model of the plan is needed, if the actor may know what it says. Nobody else
            waits for the desk while it is built.
    """
    reader = need_advice(actor)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, version)
    desk = service.desks.of(asked.own.id, asked.own.digest, asked.loaded, asked.content)
    if priced and reader.keeper:
        desk.model.ground()
    with desk.lock:
        yield desk, reader


@router.get(
    "/{roster}/duties/{duty:path}/takers",
    name="takers",
    responses=documented(401, 403, 404, 422),
)
def takers(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    duty: DutyPath,
    giver: GiverDep = None,
    objective: Annotated[
        bool, Query(description="Also tell what each would do to the roster as a whole")
    ] = True,
    version: NumberDep = None,
) -> TakersOut:
    """Every doctor on a duty while all else stands, judged and ranked.

    A doctor is told who could take a duty of hers, or whether she could take one that she lacks.
    """
    with desk_for(service, actor, roster, version, priced=objective) as (desk, reader):
        return takers_told(desk, reader, duty, giver, objective=objective)


@router.get(
    "/{roster}/duties/{duty:path}/why", name="why", responses=documented(401, 403, 404, 422)
)
def why(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    duty: DutyPath,
    giver: GiverDep = None,
    doctor: Annotated[
        DoctorId | None, Query(description="Why not this one? For doctors: themselves")
    ] = None,
    version: NumberDep = None,
) -> WhyOut:
    """Why this doctor has the duty, and why not that one: by direct hand-overs alone.

    Nothing is proven: the rest of the roster stands as it is. A job of the kind `why` searches
    for whole other rosters.
    """
    with desk_for(service, actor, roster, version, priced=True) as (desk, reader):
        unit = duty_known(desk, duty).unit
        who = holder_of(desk, unit, giver)
        return why_told(desk, reader, unit, who, doctor)


@router.post("/{roster}/swaps", name="swap", responses=documented(401, 403, 404, 422))
def swap(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    wanted: SwapIn,
    version: NumberDep = None,
) -> SwapOut:
    """Judge a swap, a give-away or a ring. Nothing is stored."""
    with desk_for(service, actor, roster, version, priced=True) as (desk, reader):
        return swap_told(desk, reader, move_asked(desk, wanted))


@router.get("/{roster}/rings", name="rings", responses=documented(401, 403, 404, 422))
def rings(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    doctor: Annotated[
        DoctorId | None, Query(description="Who would be rid of `duty`; for doctors: themselves")
    ] = None,
    duty: Annotated[
        str | None,
        Query(max_length=200, description="As if it were offered too, for any that is lawful"),
    ] = None,
    most: Annotated[int, Query(ge=1, le=100, description="Rings that are told")] = 20,
) -> RingsOut:
    """Rings of two to four among the open offers of the roster in force, and one duty more."""
    reader = need_advice(actor)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, None)
        stored = standing_offers(session, actor, asked.found, asked.timetable)
    desk = service.desks.of(asked.own.id, asked.own.digest, asked.loaded, asked.content)
    with desk.lock:
        offers: list[tuple[str | None, SwapOffer]] = [(own.id, own.plain()) for own in stored]
        if duty is not None:
            unit = duty_known(desk, duty).unit
            giver = holder_of(desk, unit, reader.doctor or doctor)
            if giver and not any(o.doctor == giver and o.unit == unit for _, o in offers):
                offers.append((None, SwapOffer(giver, unit)))
        return rings_told(desk, reader, offers, most)
