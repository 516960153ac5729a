"""Deals: who gives what to whom, who has said yes, and how they end."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.audit.store import log
from api.service.cursors import older
from api.service.errors import NotFoundError, OfferGoneError, StateError
from api.service.offers.lapsing import end_deal
from api.service.offers.store import is_open
from api.service.offers.tables import (
    AGREED,
    ASKED,
    DONE,
    OPEN,
    REFUSED,
    TAKEN,
    SwapDeal,
    SwapOffer,
    SwapPart,
)
from api.service.offers.telling import Teller
from api.service.offers.words import Lapse
from api.service.rosters.tables import StoredRoster
from scheduler.changes.move import Move


def move_of(deal: SwapDeal) -> Move:
    """What changes hands: off and on in the same order."""
    parts = sorted(deal.parts, key=lambda own: own.place)
    pairs = [
        ((part.doctor, part.gives), (following.doctor, part.gives))
        for part, following in zip(parts, [*parts[1:], parts[0]], strict=True)
        if part.gives is not None
    ]
    return Move(tuple(off for off, _ in pairs), tuple(on for _, on in pairs))


def accepted(
    tell: Teller,
    actor: Actor,
    roster: StoredRoster,
    offer: SwapOffer,
    *,
    gives: str | None,
) -> SwapDeal:
    """A deal of one offer: the actor takes it, and gives a unit for it or nothing.

    Who made the offer has said yes to what she named; to anything else she is asked.

    Raises:
        OfferGoneError: somebody was quicker, or the offer has ended.
    """
    must_be_open(offer)
    named = gives is None if not offer.in_return else gives in (offer.accepts or ())
    parts = [
        _part(0, offer.doctor, offer.unit, gives, offer.id, says=True if named else None),
        _part(1, actor.doctor, gives, offer.unit, None, says=True),
    ]
    return _made(tell, actor, roster, parts)


def ring(tell: Teller, actor: Actor, roster: StoredRoster, offers: Sequence[SwapOffer]) -> SwapDeal:
    """A deal of several offers, each one's unit to the next; the actor is one of them.

    Raises:
        OfferGoneError: one of them has ended.
    """
    for offer in offers:
        must_be_open(offer)
    parts = []
    for place, offer in enumerate(offers):
        gets = offers[place - 1].unit
        named = offer.doctor == actor.doctor or gets in (offer.accepts or ())
        says = True if named else None
        parts.append(_part(place, offer.doctor, offer.unit, gets, offer.id, says=says))
    return _made(tell, actor, roster, parts)


def seen_by(session: Session, actor: Actor, deal: SwapDeal | None) -> SwapDeal:
    """The deal, if it concerns the actor.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    if deal is None or deal.cooperation_id != actor.cooperation:
        raise NotFoundError
    mine = any(part.doctor == actor.doctor for part in deal.parts)
    if Right.PUBLISH not in actor.rights and not mine:
        raise NotFoundError
    return deal


def deal_of(session: Session, actor: Actor, deal: str, *, to_change: bool = False) -> SwapDeal:
    """A deal that concerns the actor.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    return seen_by(session, actor, session.get(SwapDeal, deal, with_for_update=to_change))


def deals(
    session: Session,
    actor: Actor,
    *,
    roster: str | None,
    state: str | None,
    after: str | None,
    most: int,
) -> Sequence[SwapDeal]:
    """Deals that concern the actor, the newest first, one more than `most`."""
    query = select(SwapDeal).where(SwapDeal.cooperation_id == actor.cooperation)
    if Right.PUBLISH not in actor.rights:
        query = query.where(
            select(SwapPart.id)
            .where(SwapPart.deal_id == SwapDeal.id, SwapPart.doctor == actor.doctor)
            .exists()
        )
    if roster is not None:
        query = query.where(SwapDeal.roster_id == roster)
    if state is not None:
        query = query.where(SwapDeal.state == state)
    condition = older(SwapDeal, after)
    if condition is not None:
        query = query.where(condition)
    order = (SwapDeal.created_at.desc(), SwapDeal.id)
    return session.scalars(query.order_by(*order).limit(most + 1)).all()


def answer(tell: Teller, actor: Actor, deal: SwapDeal, *, yes: bool, why: str) -> None:
    """Say yes or no to one's part; a no before it has come true ends the deal.

    Raises:
        StateError: it has ended, or there is nothing more to say yes to.
        OfferGoneError: what the deal is made of was taken by another one.
    """
    if deal.state not in (ASKED, AGREED) or (yes and deal.state == AGREED):
        raise StateError("deal", deal.state)
    part = next(own for own in deal.parts if own.doctor == actor.doctor)
    part.says, part.said_at = yes, datetime.now(UTC)
    log(tell.session, actor, "swap.answered", f"swap/{deal.id}", why=why, yes=yes)
    if not yes:
        refuse(tell, actor, deal, why, said_no=actor.doctor)
        return
    deal.revision += 1
    _agree(tell, actor, deal)


def refuse(
    tell: Teller, actor: Actor | None, deal: SwapDeal, why: str, *, said_no: str = ""
) -> None:
    """End a deal; its offers are open again, and its doctors are told, but for who said no."""
    was_agreed = deal.state == AGREED
    deal.state, deal.closed_at = REFUSED, datetime.now(UTC)
    deal.reason = why[:2000]
    deal.decided_by = actor.name if actor else "Rettvakt"
    deal.revision += 1
    if was_agreed:
        for offer in _offers(tell.session, deal.parts):
            if offer.state == TAKEN:
                offer.state = OPEN
                offer.revision += 1
    cooperation, subject = deal.cooperation_id, f"swap/{deal.id}"
    log(tell.session, actor, "swap.refused", subject, cooperation=cooperation, why=deal.reason)
    tell.refused(deal, said_no)


def done(session: Session, actor: Actor, deal: SwapDeal, why: str) -> None:
    """It comes true in this transaction; said before the publication, which ends what is stale."""
    deal.state, deal.closed_at = DONE, datetime.now(UTC)
    deal.decided_by, deal.reason = actor.name, why
    deal.revision += 1
    for offer in _offers(session, deal.parts):
        offer.state = DONE
        offer.revision += 1
    log(session, actor, "swap.done", f"swap/{deal.id}", why=why)


def _part(
    place: int,
    doctor: str,
    gives: str | None,
    gets: str | None,
    offer: str | None,
    *,
    says: bool | None,
) -> SwapPart:
    now = datetime.now(UTC) if says is not None else None
    return SwapPart(
        place=place, doctor=doctor, gives=gives, gets=gets, offer_id=offer, says=says, said_at=now
    )


def _made(tell: Teller, actor: Actor, roster: StoredRoster, parts: list[SwapPart]) -> SwapDeal:
    deal = SwapDeal(
        cooperation_id=roster.cooperation_id,
        plan_id=roster.plan_id,
        roster_id=roster.id,
        state=ASKED,
        revision=1,
        reason="",
        decided_by="",
        publication_id=None,
        created_at=datetime.now(UTC),
        closed_at=None,
        parts=parts,
    )
    tell.session.add(deal)
    tell.session.flush()
    subject = f"swap/{deal.id}"
    log(tell.session, actor, "swap.proposed", subject, roster=roster.id, doctors=len(parts))
    _agree(tell, actor, deal)
    tell.asked(deal)
    return deal


def _agree(tell: Teller, actor: Actor, deal: SwapDeal) -> None:
    """Once all have said yes the offers are taken, and other deals about the duties lapse."""
    if not all(part.says for part in deal.parts):
        return
    now = datetime.now(UTC)
    offers = _offers(tell.session, deal.parts)
    for offer in offers:
        must_be_open(offer, now)
    units = {part.gives for part in deal.parts if part.gives}
    for offer in offers:
        offer.state = TAKEN
        offer.revision += 1
    deal.state = AGREED
    knowing = {part.doctor for part in deal.parts}
    for other in _others_about(tell.session, deal, units):
        end_deal(tell, other, Lapse.SWAPPED, knowing)
    log(tell.session, actor, "swap.agreed", f"swap/{deal.id}")


def must_be_open(offer: SwapOffer, now: datetime | None = None) -> None:
    """Go on only with an offer that somebody can say yes to.

    Raises:
        OfferGoneError: it has ended, or is taken.
    """
    if offer.state != OPEN or offer.ends_at <= (now or datetime.now(UTC)):
        raise OfferGoneError


def _offers(session: Session, parts: Iterable[SwapPart]) -> Sequence[SwapOffer]:
    ids = [part.offer_id for part in parts if part.offer_id]
    query = select(SwapOffer).where(SwapOffer.id.in_(ids)).order_by(SwapOffer.id)
    return session.scalars(query.with_for_update()).all()


def _others_about(session: Session, deal: SwapDeal, units: set[str]) -> Sequence[SwapDeal]:
    return session.scalars(
        select(SwapDeal).where(
            SwapDeal.id != deal.id,
            SwapDeal.plan_id == deal.plan_id,
            SwapDeal.state == ASKED,
            select(SwapPart.id)
            .where(SwapPart.deal_id == SwapDeal.id, SwapPart.gives.in_(units))
            .exists(),
        )
    ).all()


def open_offers(
    session: Session, ids: Sequence[str], cooperation: str, *, to_change: bool = False
) -> Sequence[SwapOffer]:
    """Open offers with these ids, in this order.

    Raises:
        OfferGoneError: one of them has ended, or there is none such.
    """
    query = select(SwapOffer).where(
        SwapOffer.id.in_(ids),
        SwapOffer.cooperation_id == cooperation,
        is_open(datetime.now(UTC)),
    )
    query = query.order_by(SwapOffer.id)
    found = {
        own.id: own for own in session.scalars(query.with_for_update() if to_change else query)
    }
    if len(found) != len(set(ids)):
        raise OfferGoneError
    return [found[own] for own in ids]
