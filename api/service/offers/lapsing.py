"""How offers and deals end when nobody ends them: they follow the roster, or come to nothing."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select

from api.service.audit.store import log
from api.service.offers.tables import (
    AGREED,
    ASKED,
    LAPSED,
    OPEN,
    TAKEN,
    SwapDeal,
    SwapOffer,
    SwapPart,
)
from api.service.offers.telling import Teller
from api.service.offers.words import BOKMAL, Lapse
from api.service.rosters.tables import StoredRoster
from scheduler.domain.roster import Timetable


def lapse(tell: Teller, roster: StoredRoster, timetable: Timetable) -> None:
    """End what is about duties that somebody has no longer; the rest is of this roster now.

    Args:
        tell: in the session of the publication.
        roster: what has just been published.
        timetable: the same, laid out.
    """
    freed: set[str] = set()
    for deal in _running(tell, SwapDeal.plan_id == roster.plan_id):
        deal.roster_id = roster.id
        if all(_stands(part, timetable) for part in deal.parts):
            continue
        freed |= {part.offer_id for part in deal.parts if part.offer_id}
        end_deal(tell, deal, Lapse.MOVED)
    for offer in _held(tell, SwapOffer.plan_id == roster.plan_id):
        offer.roster_id = roster.id
        if not offer.stands_in(timetable):
            _end_offer(tell, offer)
        elif offer.state == TAKEN and offer.id in freed:
            _reopen(offer)


def lapse_archived(tell: Teller, roster: StoredRoster) -> None:
    """End all that is about a roster that is not in force any more."""
    for deal in _running(tell, SwapDeal.roster_id == roster.id):
        end_deal(tell, deal, Lapse.ARCHIVED)
    for offer in _held(tell, SwapOffer.roster_id == roster.id):
        _end_offer(tell, offer)


def lapse_agreed(tell: Teller, deal: SwapDeal, why: Lapse, timetable: Timetable | None) -> None:
    """End a deal that cannot come true; offers of it that still hold are open again.

    Args:
        tell: in the session of the change.
        deal: on which all had agreed.
        why: it cannot.
        timetable: the roster in force; None: there is none.
    """
    end_deal(tell, deal, why)
    ids = [part.offer_id for part in deal.parts if part.offer_id]
    for offer in _held(tell, SwapOffer.id.in_(ids)):
        if timetable is not None and offer.stands_in(timetable):
            _reopen(offer)
        else:
            _end_offer(tell, offer)


def end_deal(tell: Teller, deal: SwapDeal, why: Lapse, knowing: Collection[str] = ()) -> None:
    """End a deal with its reason, and tell its doctors, but for those who know it anyway."""
    deal.state, deal.closed_at = LAPSED, datetime.now(UTC)
    deal.decided_by, deal.reason = "Rettvakt", BOKMAL.lapses[why]
    deal.revision += 1
    cooperation = deal.cooperation_id
    subject = f"swap/{deal.id}"
    log(tell.session, None, "swap.lapsed", subject, cooperation=cooperation, why=deal.reason)
    tell.lapsed(deal, why, knowing)


def _end_offer(tell: Teller, offer: SwapOffer) -> None:
    offer.state = LAPSED
    offer.revision += 1
    subject = f"swap-offer/{offer.id}"
    log(tell.session, None, "offer.lapsed", subject, cooperation=offer.cooperation_id)


def _reopen(offer: SwapOffer) -> None:
    offer.state = OPEN
    offer.revision += 1


def _running(tell: Teller, which: ColumnElement[bool]) -> Sequence[SwapDeal]:
    query = select(SwapDeal).where(which, SwapDeal.state.in_((ASKED, AGREED)))
    return tell.session.scalars(query.order_by(SwapDeal.id).with_for_update()).all()


def _held(tell: Teller, which: ColumnElement[bool]) -> Sequence[SwapOffer]:
    query = select(SwapOffer).where(which, SwapOffer.state.in_((OPEN, TAKEN)))
    return tell.session.scalars(query.order_by(SwapOffer.id).with_for_update()).all()


def _stands(part: SwapPart, timetable: Timetable) -> bool:
    units = timetable.problem.units
    gives = units.get(part.gives, ()) if part.gives else ()
    gets = units.get(part.gets, ()) if part.gets else ()
    if (part.gives and not gives) or (part.gets and not gets):
        return False
    return (
        part.doctor in timetable.problem.doctor_by_id
        and all(part.doctor in timetable.doctors_on(duty.id) for duty in gives)
        and not any(part.doctor in timetable.doctors_on(duty.id) for duty in gets)
    )
