"""Swap offers over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.advice.answers import takers_told
from api.service.advice.readers import Reader
from api.service.advice.shapes import TakerOut, TakersOut
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import ForbiddenError, StateError
from api.service.offers import deals, store
from api.service.offers.completing import InForce, agreed, in_force, judged, must_be_lawful
from api.service.offers.seeing import LastPublished, must_concern, offers_seen
from api.service.offers.shapes import (
    Accepting,
    DealOut,
    Ending,
    OfferDetail,
    Offering,
    OfferOut,
)
from api.service.offers.tables import AGREED, DECLINED, LAPSED, OPEN, SwapOffer
from api.service.offers.telling import Teller
from api.service.offers.wanted import own_unit, wanted
from api.service.paging import CursorDep, MostDep, Page
from api.service.problems import documented
from api.service.rosters import store as rosters
from api.service.service import Service
from api.service.shapes import Id
from api.swaps import takers_of
from scheduler.changes.move import Move
from scheduler.reading.faults import Fault, PlanError
from scheduler.swaps.takers import Standing

router = APIRouter(prefix="/swap-offers", tags=["swaps"])

OfferId = Annotated[Id, Path(description="Id of the offer")]


@router.post("", status_code=201, name="offer", responses=documented(401, 403, 404, 409, 422))
def add(service: ServiceDep, actor: ActorDep, response: Response, asked: Offering) -> OfferOut:
    """Offer a duty of one's own to all or to one colleague, for another duty or for nothing.

    Nothing changes in the roster before somebody has said yes and the checkers have too.
    """
    actor.need(Right.SWAPS_OWN)
    with service.database.reading() as session:
        rosters.roster_of(session, actor, asked.roster)
        standing = in_force(service, session, asked.roster)
    with standing.desk.lock:
        own = wanted(standing.desk, actor.doctor, asked)
    with service.database.writing() as session:
        roster = rosters.locked(session, actor, asked.roster)
        made = store.add(
            session,
            actor,
            roster,
            doctor=actor.doctor,
            unit=own.unit,
            to_doctor=asked.to_doctor,
            in_return=asked.in_return,
            accepts=own.accepts,
            note=asked.note,
            ends_at=own.ends_at,
        )
        problem = standing.desk.loaded.problem
        Teller(session, service.settings, problem).offered(made, actor.name)
    tag(response, made.revision)
    response.headers["Location"] = f"/api/v1/swap-offers/{made.id}"
    return OfferOut.of(made, problem)


@router.get("", name="offers", responses=documented(401, 403, 404, 422))
def offers(
    service: ServiceDep,
    actor: ActorDep,
    roster: Annotated[Id | None, Query(description="Only of this roster")] = None,
    only_open: Annotated[bool, Query(description="Only those that can be said yes to")] = False,
    lawful: Annotated[
        bool, Query(description="For a doctor: only those that she could lawfully take")
    ] = False,
    after: CursorDep = None,
    most: MostDep = 50,
) -> Page[OfferOut]:
    """Offers that concern one: own ones, those made to one, and open ones to all; newest first."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    return offers_seen(
        LastPublished(service),
        actor,
        roster=roster,
        only_open=only_open,
        lawful=lawful,
        after=after,
        most=most,
    )


@router.get("/{offer}", name="offer_of", responses=documented(401, 403, 404, 422))
def offer(service: ServiceDep, actor: ActorDep, response: Response, offer: OfferId) -> OfferDetail:
    """One offer, and what taking it would be to the doctor who reads."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    with service.database.reading() as session:
        own = store.offer_of(session, actor, offer)
        standing = _last(service, session, actor, own.roster_id)
    desk, reader = standing.desk, Reader.of(actor)
    can, mine = 0, None
    with desk.lock:
        if own.stands_in(desk.timetable):
            found = takers_of(desk.judge, own.unit, own.doctor).takers
            can = sum(taker.standing is not Standing.CANNOT for taker in found)
            taker = next((one for one in found if one.doctor == reader.doctor), None)
            mine = TakerOut.of(taker, desk, reader) if taker else None
    tag(response, own.revision)
    return OfferDetail(offer=OfferOut.of(own, desk.loaded.problem), can_take=can, mine=mine)


@router.get("/{offer}/takers", name="offer_takers", responses=documented(401, 403, 404, 409, 422))
def takers(service: ServiceDep, actor: ActorDep, offer: OfferId) -> TakersOut:
    """Who could lawfully take what is offered, for who offers it and for the coordinator."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    with service.database.reading() as session:
        own = store.offer_of(session, actor, offer)
        standing = _last(service, session, actor, own.roster_id)
    if Right.PUBLISH not in actor.rights and own.doctor != actor.doctor:
        raise ForbiddenError(right=Right.PUBLISH.value)
    with standing.desk.lock:
        if not own.stands_in(standing.desk.timetable):
            raise StateError("offer", LAPSED if own.state == OPEN else own.state)
        duty = standing.desk.loaded.problem.units[own.unit][0].id
        reader = Reader.of(actor)
        return takers_told(standing.desk, reader, duty, own.doctor, objective=reader.keeper)


@router.post(
    "/{offer}/state", name="end_offer", responses=documented(401, 403, 404, 409, 412, 422, 428)
)
def end(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    offer: OfferId,
    wanted_state: Ending,
) -> OfferOut:
    """Withdraw an offer, or decline one that was made to oneself."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    with service.database.reading() as session:
        roster = store.offer_of(session, actor, offer).roster_id
        standing = _last(service, session, actor, roster)
    with service.database.writing() as session:
        rosters.locked(session, actor, roster)
        own = store.offer_of(session, actor, offer, to_change=True)
        versioned.check(own.revision)
        may_decline = own.to_doctor is not None and own.to_doctor == actor.doctor
        may_withdraw = own.doctor == actor.doctor or Right.PUBLISH in actor.rights
        if not (may_decline if wanted_state.state == DECLINED else may_withdraw):
            raise ForbiddenError(right=Right.PUBLISH.value)
        store.end(session, actor, own, wanted_state.state, wanted_state.note)
    tag(response, own.revision)
    return OfferOut.of(own, standing.desk.loaded.problem)


@router.post(
    "/{offer}/acceptances",
    status_code=201,
    name="accept",
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def accept(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    offer: OfferId,
    asked: Accepting,
) -> DealOut:
    """Say yes to an offer, for a duty of one's own or for nothing. Of two, one is first.

    What the other one did not name, she is asked about. Once both have said yes it comes true, or
    waits for the coordinator where the cooperation wants that.
    """
    actor.need(Right.SWAPS_OWN)
    with service.database.reading() as session:
        own = store.offer_of(session, actor, offer, ended_too=True)
        standing = in_force(service, session, own.roster_id)
        must_concern(standing, actor)
    deals.must_be_open(own)
    desk = standing.desk
    with desk.lock:
        gives = _given(standing, actor, own, asked)
        off = ((own.doctor, own.unit), *(((actor.doctor, gives),) if gives else ()))
        on = ((actor.doctor, own.unit), *(((own.doctor, gives),) if gives else ()))
        must_be_lawful(desk, judged(desk, Move(off, on)), Reader.of(actor))
    with service.database.writing() as session:
        roster = rosters.locked(session, actor, own.roster_id)
        own = store.offer_of(session, actor, offer, to_change=True, ended_too=True)
        if own.state == OPEN:  # who comes too late is told so, and not that it has another version
            versioned.check(own.revision)
        tell = Teller(session, service.settings, desk.loaded.problem)
        deal = deals.accepted(tell, actor, roster, own, gives=gives)
    if deal.state == AGREED:
        deal = agreed(service, actor, deal)
    tag(response, deal.revision)
    response.headers["Location"] = f"/api/v1/swap-deals/{deal.id}"
    return DealOut.of(deal, desk.loaded.problem)


def _given(standing: InForce, actor: Actor, offer: SwapOffer, asked: Accepting) -> str | None:
    """The unit that is given in return.

    Raises:
        PlanError: it is not the actor's, or the offer is the actor's own, or wants nothing.
    """
    faults: list[Fault] = []
    gives = None
    if offer.doctor == actor.doctor:
        faults.append(Fault("", "", "Tilbudet er ditt eget.", "Trekk det om det ikke gjelder."))
    elif asked.duty is not None:
        gives = own_unit(standing.desk, actor.doctor, asked.duty, "duty", faults)
    if faults:
        raise PlanError(faults)
    return gives


def _last(service: Service, session: Session, actor: Actor, roster: str) -> InForce:
    """The version of a roster that was published last, in force or not.

    Raises:
        NotFoundError: the actor is a doctor of another rota.
    """
    standing = in_force(service, session, roster, archived_too=True)
    must_concern(standing, actor)
    return standing
