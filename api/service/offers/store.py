"""Swap offers: made, read, ended. Who writes has locked the roster first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.tables import Cooperation
from api.service.audit.store import log
from api.service.cursors import older
from api.service.errors import NotFoundError, OfferedError, StateError
from api.service.offers.tables import DECLINED, OPEN, TAKEN, WITHDRAWN, SwapOffer, SwapSettings
from api.service.rosters.tables import StoredRoster
from scheduler.domain.roster import Timetable


def add(
    session: Session,
    actor: Actor,
    roster: StoredRoster,
    *,
    doctor: str,
    unit: str,
    to_doctor: str | None,
    in_return: bool,
    accepts: Sequence[str] | None,
    note: str,
    ends_at: datetime,
) -> SwapOffer:
    """A new offer of a unit that the doctor has.

    Raises:
        OfferedError: she has offered it already.
    """
    now = datetime.now(UTC)
    same = select(SwapOffer.id).where(
        SwapOffer.plan_id == roster.plan_id,
        SwapOffer.doctor == doctor,
        SwapOffer.unit == unit,
        or_(SwapOffer.state == TAKEN, is_open(now)),
    )
    if session.scalar(same.limit(1)) is not None:
        raise OfferedError
    made = SwapOffer(
        cooperation_id=roster.cooperation_id,
        plan_id=roster.plan_id,
        roster_id=roster.id,
        doctor=doctor,
        to_doctor=to_doctor,
        unit=unit,
        in_return=in_return,
        accepts=list(accepts) if accepts is not None else None,
        note=note,
        created_at=now,
        ends_at=ends_at,
    )
    session.add(made)
    session.flush()
    log(session, actor, "offer.made", f"swap-offer/{made.id}", roster=roster.id, duty=unit)
    return made


def is_open(now: datetime) -> ColumnElement[bool]:
    """The condition for offers that somebody can say yes to."""
    return and_(SwapOffer.state == OPEN, SwapOffer.ends_at > now)


def seen_by(actor: Actor, *, ended_too: bool = False) -> ColumnElement[bool]:
    """The condition for offers that concern the actor.

    A coordinator sees all of the cooperation, a doctor the own ones, those made to her, and open
    ones that are made to all.

    Args:
        actor: who asks.
        ended_too: also those that were made to all and have ended.
    """
    own = SwapOffer.cooperation_id == actor.cooperation
    if Right.PUBLISH in actor.rights:
        return own
    mine = or_(SwapOffer.doctor == actor.doctor, SwapOffer.to_doctor == actor.doctor)
    to_all: ColumnElement[bool] = SwapOffer.to_doctor.is_(None)
    if not ended_too:
        to_all = and_(to_all, is_open(datetime.now(UTC)))
    return and_(own, or_(mine, to_all))


def offers(
    session: Session,
    actor: Actor,
    *,
    roster: str | None,
    only_open: bool,
    after: str | None,
    most: int,
) -> Sequence[SwapOffer]:
    """Offers that concern the actor, the newest first, one more than `most`."""
    query = select(SwapOffer).where(seen_by(actor))
    if roster is not None:
        query = query.where(SwapOffer.roster_id == roster)
    if only_open:
        query = query.where(is_open(datetime.now(UTC)))
    condition = older(SwapOffer, after)
    if condition is not None:
        query = query.where(condition)
    order = (SwapOffer.created_at.desc(), SwapOffer.id)
    return session.scalars(query.order_by(*order).limit(most + 1)).all()


def offer_of(
    session: Session,
    actor: Actor,
    offer: str,
    *,
    to_change: bool = False,
    ended_too: bool = False,
) -> SwapOffer:
    """An offer that concerns the actor; see `seen_by`.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    query = select(SwapOffer).where(SwapOffer.id == offer, seen_by(actor, ended_too=ended_too))
    found = session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise NotFoundError
    return found


def standing_offers(
    session: Session, actor: Actor, roster: StoredRoster, timetable: Timetable
) -> list[SwapOffer]:
    """Open offers to all of a roster in force, of duties that the doctors have in a version."""
    query = (
        select(SwapOffer)
        .where(
            seen_by(actor),
            SwapOffer.roster_id == roster.id,
            SwapOffer.to_doctor.is_(None),
            SwapOffer.in_return,
            is_open(datetime.now(UTC)),
        )
        .order_by(SwapOffer.created_at, SwapOffer.id)
    )
    return [own for own in session.scalars(query) if own.stands_in(timetable)]


def state_of(offer: SwapOffer, now: datetime) -> str:
    """As it is told: an open offer whose time is over is «expired»."""
    return "expired" if offer.state == OPEN and offer.ends_at <= now else offer.state


def end(session: Session, actor: Actor, offer: SwapOffer, state: str, why: str) -> None:
    """Withdraw an offer, or decline it as the one to whom it was made.

    Raises:
        StateError: it is not open.
    """
    if offer.state != OPEN:
        raise StateError("offer", offer.state)
    offer.state = state
    offer.revision += 1
    action = {WITHDRAWN: "offer.withdrawn", DECLINED: "offer.declined"}[state]
    log(session, actor, action, f"swap-offer/{offer.id}", why=why)


def settings_of(session: Session, cooperation: str, *, to_change: bool = False) -> SwapSettings:
    """What a cooperation wants of swaps; the defaults where nobody has said anything."""
    if to_change:  # before there is a row to lock, two at once would both make one
        session.get_one(Cooperation, cooperation, with_for_update={"key_share": True})
    found = session.get(SwapSettings, cooperation, with_for_update=to_change)
    if found is not None:
        return found
    return SwapSettings(cooperation_id=cooperation, need_approval=True, revision=1)


def set_settings(
    session: Session, actor: Actor, settings: SwapSettings, *, need_approval: bool
) -> None:
    """Change what the own cooperation wants of swaps; what changes nothing is no version."""
    if settings.need_approval == need_approval:
        return
    settings.need_approval = need_approval
    settings.revision += 1
    session.add(settings)
    subject = f"cooperation/{actor.cooperation}"
    log(session, actor, "swaps.settings", subject, need_approval=need_approval)
