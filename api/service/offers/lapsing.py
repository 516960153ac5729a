"""What a new publication does to offers and deals: they follow the roster, or come to an end."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

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
from api.service.rosters.tables import StoredRoster
from scheduler.domain.roster import Timetable


def lapse(session: Session, roster: StoredRoster, timetable: Timetable) -> None:
    """End what is about duties that somebody has no longer; the rest is of this roster now.

    Args:
        session: of the publication.
        roster: what has just been published.
        timetable: the same, laid out.
    """
    now = datetime.now(UTC)
    deals = session.scalars(
        select(SwapDeal)
        .where(SwapDeal.plan_id == roster.plan_id, SwapDeal.state.in_((ASKED, AGREED)))
        .order_by(SwapDeal.id)
        .with_for_update()
    )
    freed: set[str] = set()
    for deal in deals:
        deal.roster_id = roster.id
        if all(_stands(part, timetable) for part in deal.parts):
            continue
        freed |= {part.offer_id for part in deal.parts if part.offer_id}
        deal.state, deal.closed_at = LAPSED, now
        deal.revision += 1
        log(session, None, "swap.lapsed", f"swap/{deal.id}", cooperation=deal.cooperation_id)
    offers = session.scalars(
        select(SwapOffer)
        .where(SwapOffer.plan_id == roster.plan_id, SwapOffer.state.in_((OPEN, TAKEN)))
        .order_by(SwapOffer.id)
        .with_for_update()
    )
    for offer in offers:
        offer.roster_id = roster.id
        if not offer.stands_in(timetable):
            offer.state = LAPSED
            offer.revision += 1
            subject = f"swap-offer/{offer.id}"
            log(session, None, "offer.lapsed", subject, cooperation=offer.cooperation_id)
        elif offer.state == TAKEN and offer.id in freed:
            offer.state = OPEN
            offer.revision += 1


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
