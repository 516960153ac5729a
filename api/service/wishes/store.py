"""Wish rounds and what doctors have stated in them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.audit.store import log
from api.service.documents import canonical
from api.service.errors import (
    NotFoundError,
    StateError,
    TooManyWishesError,
    WishesClosedError,
)
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.wishes.tables import StatedWish, WishRound
from scheduler.domain.time import local

RoundState = Literal["open", "past", "closed", "taken"]
OPEN: Final = "open"
PAST: Final = "past"
CLOSED: Final = "closed"
TAKEN: Final = "taken"


def state_of(own: WishRound) -> RoundState:
    """Open, past its deadline, closed by the coordinator, or taken into the plan."""
    if own.taken_version is not None:
        return TAKEN
    if own.closed_at is not None:
        return CLOSED
    return OPEN if datetime.now(UTC) < own.deadline else PAST


def add_round(
    session: Session, actor: Actor, plan: StoredPlan, *, deadline: datetime, most: int, text: str
) -> WishRound:
    """A new round of a plan that is locked.

    Raises:
        StateError: another round of the plan is not taken in yet.
    """
    standing = session.scalar(
        select(WishRound).where(WishRound.plan_id == plan.id, WishRound.taken_version.is_(None))
    )
    if standing is not None:
        raise StateError("other-round", state_of(standing))
    made = WishRound(
        cooperation_id=plan.cooperation_id,
        plan_id=plan.id,
        deadline=deadline,
        most=most,
        text=text,
        version=1,
        statements=0,
        created_at=datetime.now(UTC),
        closed_at=None,
        taken_version=None,
    )
    session.add(made)
    session.flush()
    log(session, actor, "wish-round.opened", f"wish-round/{made.id}", plan=plan.id, most=most)
    return made


def round_of(session: Session, actor: Actor, own: str, *, to_change: bool = False) -> WishRound:
    """A round of the actor's cooperation.

    Raises:
        NotFoundError: there is none, or it belongs to others.
    """
    found = session.get(WishRound, own, with_for_update=to_change)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    return found


def rounds(session: Session, actor: Actor, plan: str | None = None) -> Sequence[WishRound]:
    """Rounds of the actor's cooperation, the newest first."""
    query = select(WishRound).where(WishRound.cooperation_id == actor.cooperation)
    if plan is not None:
        query = query.where(WishRound.plan_id == plan)
    return session.scalars(query.order_by(WishRound.created_at.desc(), WishRound.id)).all()


def newest_version(session: Session, own: WishRound) -> PlanVersion:
    """The newest version of the plan that a round is about."""
    return session.scalars(
        select(PlanVersion)
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(StoredPlan.id == own.plan_id, PlanVersion.number == StoredPlan.version)
    ).one()


def edit_round(session: Session, actor: Actor, own: WishRound, **changes: Any) -> None:
    """Another deadline, number or text; a later deadline opens a closed round again.

    Raises:
        StateError: the wishes are in the plan already.
    """
    if own.taken_version is not None:
        raise StateError("round", TAKEN)
    before = (own.deadline, own.most, own.text, own.closed_at)
    for name, value in changes.items():
        setattr(own, name, value)
    if "deadline" in changes:
        own.closed_at = None
    if (own.deadline, own.most, own.text, own.closed_at) != before:
        own.version += 1
        log(session, actor, "wish-round.changed", f"wish-round/{own.id}")


def close(session: Session, actor: Actor, own: WishRound) -> None:
    """Doctors state no more, whatever the deadline says.

    Raises:
        StateError: it is closed already.
    """
    if own.taken_version is not None or own.closed_at is not None:
        raise StateError("round", state_of(own))
    own.closed_at = datetime.now(UTC)
    own.version += 1
    log(session, actor, "wish-round.closed", f"wish-round/{own.id}")


def taken(session: Session, actor: Actor, own: WishRound, version: int) -> None:
    """The wishes of a round went into a version of the plan."""
    own.taken_version = version
    own.closed_at = own.closed_at or datetime.now(UTC)
    own.version += 1
    log(session, actor, "wish-round.taken-in", f"wish-round/{own.id}", version=version)


def wishes_of(session: Session, own: WishRound, doctor: str | None = None) -> Sequence[StatedWish]:
    """The wishes of a round, of one doctor or of all, in the order in which they were stated."""
    query = select(StatedWish).where(StatedWish.round_id == own.id)
    if doctor is not None:
        query = query.where(StatedWish.doctor == doctor)
    return session.scalars(query.order_by(StatedWish.created_at, StatedWish.id)).all()


def wish_of(session: Session, own: WishRound, wish: str, doctor: str | None) -> StatedWish:
    """A wish of a round.

    Raises:
        NotFoundError: there is none, or it is another doctor's.
    """
    found = session.get(StatedWish, wish)
    if found is None or found.round_id != own.id or doctor not in (None, found.doctor):
        raise NotFoundError
    return found


def state_wish(
    session: Session, actor: Actor, own: WishRound, document: Mapping[str, Any]
) -> StatedWish:
    """A doctor's new wish, in a round that is locked.

    Raises:
        WishesClosedError: it is too late.
        TooManyWishesError: the doctor has as many as each may.
    """
    refuse_late(own)
    many = session.scalar(
        select(func.count()).where(StatedWish.round_id == own.id, StatedWish.doctor == actor.doctor)
    )
    if (many or 0) >= own.most:
        raise TooManyWishesError(most=own.most)
    now = datetime.now(UTC)
    made = StatedWish(
        round_id=own.id,
        doctor=actor.doctor,
        document=canonical(document),
        version=1,
        created_at=now,
        changed_at=now,
    )
    session.add(made)
    own.statements += 1
    session.flush()
    log(session, actor, "wish.stated", f"wish-round/{own.id}", wish=made.id)
    return made


def change_wish(
    session: Session, actor: Actor, own: WishRound, wish: StatedWish, document: Mapping[str, Any]
) -> None:
    """Another wording of a wish, in a round that is locked.

    Raises:
        WishesClosedError: it is too late.
    """
    refuse_late(own)
    written = canonical(document)
    if written == wish.document:
        return
    wish.document = written
    wish.version += 1
    wish.changed_at = datetime.now(UTC)
    own.statements += 1
    log(session, actor, "wish.changed", f"wish-round/{own.id}", wish=wish.id)


def withdraw(session: Session, actor: Actor, own: WishRound, wish: StatedWish) -> None:
    """Take a wish back, in a round that is locked.

    A doctor does so in time, the coordinator until the wishes are in the plan.

    Raises:
        WishesClosedError: it is too late.
    """
    if actor.doctor or own.taken_version is not None:
        refuse_late(own)
    session.delete(wish)
    own.statements += 1
    log(session, actor, "wish.withdrawn", f"wish-round/{own.id}", wish=wish.id)


def refuse_late(own: WishRound) -> None:
    """Go on only while wishes can be stated.

    Raises:
        WishesClosedError: they cannot any more.
    """
    if state_of(own) != OPEN:
        raise WishesClosedError(deadline=f"{local(own.deadline):%d.%m.%Y kl. %H:%M}")


def document_of(wish: StatedWish) -> dict[str, Any]:
    """The wish as it stands in a plan, without its id and doctor."""
    found: dict[str, Any] = json.loads(wish.document)
    return found
