"""Deals between doctors over HTTP, and what a cooperation wants of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.advice.answers import swap_out
from api.service.advice.readers import Reader
from api.service.dependencies import ActorDep, ServiceDep, Versioned, VersionedDep, tag
from api.service.errors import OfferGoneError, StateError
from api.service.offers import deals, store
from api.service.offers.completing import agreed, complete, in_force, judged, must_be_lawful
from api.service.offers.seeing import LastPublished, deals_seen
from api.service.offers.shapes import (
    Answer,
    DealDetail,
    DealOut,
    DealState,
    Deciding,
    Ringing,
    SettingsIn,
    SettingsOut,
)
from api.service.offers.tables import AGREED, ASKED, SwapDeal
from api.service.offers.telling import Teller
from api.service.paging import CursorDep, MostDep, Page
from api.service.problems import documented
from api.service.rosters import store as rosters
from api.service.service import Service
from api.service.shapes import Id
from scheduler.changes.move import Move
from scheduler.domain.problem import Problem
from scheduler.reading.faults import PlanError

router = APIRouter(tags=["swaps"])

DealId = Annotated[Id, Path(description="Id of the deal")]


@router.post(
    "/swap-deals", status_code=201, name="ring", responses=documented(401, 403, 404, 409, 422)
)
def add(service: ServiceDep, actor: ActorDep, response: Response, asked: Ringing) -> DealOut:
    """Let offers go round among two, three or four, one's own among them.

    Who has not named what she would get is asked first.
    """
    actor.need(Right.SWAPS_OWN)
    with service.database.reading() as session:
        found = deals.open_offers(session, asked.offers, actor.cooperation)
        owners = [own.doctor for own in found]
        if actor.doctor not in owners or len(set(owners)) < len(owners):
            told = "En ring må ha et tilbud fra deg, og hver lege kan være med én gang."
            raise PlanError.of("offers", told, "Velg tilbudene på nytt.")
        if len({own.roster_id for own in found}) > 1 or any(
            own.to_doctor is not None for own in found
        ):
            told = "Tilbudene i en ring må gjelde samme vaktplan og være lagt ut for alle."
            raise PlanError.of("offers", told, "Velg tilbudene på nytt.")
        standing = in_force(service, session, found[0].roster_id)
    off = tuple((own.doctor, own.unit) for own in found)
    nexts = [*found[1:], found[0]]
    on = tuple((other.doctor, own.unit) for own, other in zip(found, nexts, strict=True))
    with standing.desk.lock:
        swap = judged(standing.desk, Move(off, on))
        must_be_lawful(standing.desk, swap, Reader.of(actor))
    with service.database.writing() as session:
        roster = rosters.locked(session, actor, standing.roster.id)
        locked = deals.open_offers(session, asked.offers, actor.cooperation, to_change=True)
        tell = Teller(session, service.settings, standing.desk.loaded.problem)
        deal = deals.ring(tell, actor, roster, locked)
    if deal.state == AGREED:
        deal = agreed(service, actor, deal)
    tag(response, deal.revision)
    response.headers["Location"] = f"/api/v1/swap-deals/{deal.id}"
    return DealOut.of(deal, standing.desk.loaded.problem)


@router.get("/swap-deals", name="deals", responses=documented(401, 403, 404, 422))
def many(
    service: ServiceDep,
    actor: ActorDep,
    roster: Annotated[Id | None, Query(description="Only of this roster")] = None,
    state: Annotated[DealState | None, Query(description="Only in this state")] = None,
    after: CursorDep = None,
    most: MostDep = 50,
) -> Page[DealOut]:
    """Deals that one takes part in, or all of the cooperation for the coordinator; newest first."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    last = LastPublished(service)
    return deals_seen(last, actor, roster=roster, state=state, after=after, most=most)


@router.get("/swap-deals/{deal}", name="deal", responses=documented(401, 403, 404, 422))
def one(service: ServiceDep, actor: ActorDep, response: Response, deal: DealId) -> DealDetail:
    """A deal, and what the checkers say of it as the roster stands now."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    with service.database.reading() as session:
        own = deals.deal_of(session, actor, deal)
        standing = in_force(service, session, own.roster_id, archived_too=True)
    told = None
    desk = standing.desk
    if own.state in (ASKED, AGREED):
        with desk.lock:
            try:
                told = swap_out(desk, Reader.of(actor), judged(desk, deals.move_of(own)))
            except (OfferGoneError, StateError):
                told = None  # told as such: its duties have changed hands, or have begun
    tag(response, own.revision)
    return DealDetail(deal=DealOut.of(own, desk.loaded.problem), judged=told)


@router.post(
    "/swap-deals/{deal}/answers",
    name="answer",
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def answer(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    deal: DealId,
    said: Answer,
) -> DealOut:
    """Say yes or no to one's part. A no ends the deal as long as it has not come true."""
    actor.need(Right.SWAPS_OWN)
    _, problem = _known(service, actor, deal)
    with _changing(service, actor, versioned, deal, problem) as (tell, own):
        deals.answer(tell, actor, own, yes=said.yes, why=said.note)
    if own.state == AGREED:
        own = agreed(service, actor, own)
    tag(response, own.revision)
    return DealOut.of(own, problem)


@router.post(
    "/swap-deals/{deal}/completion",
    name="complete",
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def approve(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    deal: DealId,
    said: Deciding,
) -> DealOut:
    """Let a deal come true on which all agree: judged again, published, told to those it concerns.

    For the coordinator it is an approval. Who takes part can ask for it again where none is needed.
    """
    actor.need(Right.PUBLISH, Right.SWAPS_OWN)
    found, problem = _known(service, actor, deal)
    versioned.check(found.revision)
    own = complete(service, actor, deal, why=said.note)
    tag(response, own.revision)
    return DealOut.of(own, problem)


@router.post(
    "/swap-deals/{deal}/refusal",
    name="refuse",
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def refuse(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    deal: DealId,
    said: Deciding,
) -> DealOut:
    """Refuse a deal as the coordinator. The offers are open again."""
    actor.need(Right.PUBLISH)
    _, problem = _known(service, actor, deal)
    with _changing(service, actor, versioned, deal, problem) as (tell, own):
        if own.state not in (ASKED, AGREED):
            raise StateError("deal", own.state)
        deals.refuse(tell, actor, own, said.note)
    tag(response, own.revision)
    return DealOut.of(own, problem)


def _known(service: Service, actor: Actor, deal: str) -> tuple[SwapDeal, Problem]:
    """A deal that concerns the actor, and the plan that names what it is about."""
    with service.database.reading() as session:
        found = deals.deal_of(session, actor, deal)
        standing = in_force(service, session, found.roster_id, archived_too=True)
    return found, standing.desk.loaded.problem


@contextmanager
def _changing(
    service: Service, actor: Actor, versioned: Versioned, deal: str, problem: Problem
) -> Iterator[tuple[Teller, SwapDeal]]:
    """A transaction in which nobody else changes the deal or its roster."""
    with service.database.writing() as session:
        rosters.locked(session, actor, deals.deal_of(session, actor, deal).roster_id)
        own = deals.deal_of(session, actor, deal, to_change=True)
        versioned.check(own.revision)
        yield Teller(session, service.settings, problem), own


@router.get("/swap-settings", name="settings", responses=documented(401, 403))
def settings(service: ServiceDep, actor: ActorDep, response: Response) -> SettingsOut:
    """What the own cooperation wants of swaps."""
    actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    with service.database.reading() as session:
        found = store.settings_of(session, actor.cooperation)
    tag(response, found.revision)
    return SettingsOut.of(found)


@router.put("/swap-settings", name="set_settings", responses=documented(401, 403, 412, 422, 428))
def set_settings(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    wanted: SettingsIn,
) -> SettingsOut:
    """Say whether a coordinator must approve each swap."""
    actor.need(Right.PUBLISH)
    with service.database.writing() as session:
        found = store.settings_of(session, actor.cooperation, to_change=True)
        versioned.check(found.revision)
        store.set_settings(session, actor, found, need_approval=wanted.need_approval)
    tag(response, found.revision)
    return SettingsOut.of(found)
