"""What a roster comes to: legality, receipts for wishes, shares and burden."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.advice.burden import BurdenOut, SharesOut, burden_told
from api.service.advice.costs import CostsOut
from api.service.advice.desks import Desk
from api.service.advice.legality import LegalityOut, legality_told
from api.service.advice.readers import Reader, known, need_advice
from api.service.advice.receipts import ReceiptOut, ReceiptsOut
from api.service.advice.shapes import DoctorId
from api.service.dependencies import ActorDep, ServiceDep
from api.service.problems import documented
from api.service.rosters.asked import Asked, NumberDep, RosterId, version_asked
from api.service.service import Service

router = APIRouter(prefix="/rosters", tags=["advice"])


@dataclass(frozen=True, slots=True)
class Opened:
    """A version of a roster on its desk, and who reads."""

    asked: Asked
    desk: Desk
    reader: Reader


@contextmanager
def opened(service: Service, actor: Actor, roster: str, version: int | None) -> Iterator[Opened]:
    """The desk of a version that the actor may read, held for this question alone."""
    own = _on_desk(service, actor, roster, version)
    with own.desk.lock:
        yield own


def _on_desk(service: Service, actor: Actor, roster: str, version: int | None) -> Opened:
    """A version that the actor may read, before anybody holds its desk."""
    actor.need(Right.ROSTERS_READ, Right.PUBLISHED_READ)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, version)
    desk = service.desks.of(asked.own.id, asked.own.digest, asked.loaded, asked.content)
    return Opened(asked, desk, Reader.of(actor))


@router.get("/{roster}/legality", name="legality", responses=documented(401, 403, 404, 422))
def legality(
    service: ServiceDep, actor: ActorDep, roster: RosterId, version: NumberDep = None
) -> LegalityOut:
    """Every doctor by every rule: kept, exception, breach, by the independent checkers.

    Of others a reader is told what roster and opening hours say anyhow, and whether all other
    rules together are kept; of oneself everything.
    """
    with opened(service, actor, roster, version) as own:
        digest = own.asked.own.digest if actor.sees_notes else None
        number = own.asked.own.number
        return legality_told(own.desk, own.reader, version=number, digest=digest)


@router.get("/{roster}/receipts", name="receipts", responses=documented(401, 403, 404, 422))
def receipts(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    doctor: Annotated[
        DoctorId | None, Query(description="Whose; for doctors: themselves. All if not given")
    ] = None,
    version: NumberDep = None,
) -> ReceiptsOut:
    """What became of wishes, and what stood against those that were refused."""
    need_advice(actor)
    own = _on_desk(service, actor, roster, version)
    problem = own.asked.loaded.problem
    who = own.reader.doctor or doctor
    if who is not None:
        own.reader.must_be(known(who, problem))
    doctors = [
        one for one in ([who] if who else sorted(problem.wishes_of)) if one in problem.doctor_by_id
    ]
    with own.desk.lock:
        needs_model = any(own.desk.receipts_try(one) for one in doctors)
    if needs_model:
        own.desk.model.ground()  # nobody else waits for the desk meanwhile
    with own.desk.lock:
        told = [ReceiptOut.of(it) for one in doctors for it in own.desk.receipts(one)]
    return ReceiptsOut(version=own.asked.own.number, receipts=told)


@router.get("/{roster}/shares", name="shares", responses=documented(401, 403, 404, 422))
def shares(
    service: ServiceDep, actor: ActorDep, roster: RosterId, version: NumberDep = None
) -> SharesOut:
    """Fair shares, reckoned step by step so that anybody can follow."""
    with opened(service, actor, roster, version) as own:
        return SharesOut.of(own.desk, own.reader)


@router.get("/{roster}/burden", name="burden", responses=documented(401, 403, 404, 422))
def burden(
    service: ServiceDep, actor: ActorDep, roster: RosterId, version: NumberDep = None
) -> BurdenOut:
    """What everybody bears beside the fair share of it.

    A doctor sees the own row, a manager those of the own municipality, and both the spread of all.
    """
    with opened(service, actor, roster, version) as own:
        return burden_told(own.desk, own.reader, own.asked.own.number)


@router.get("/{roster}/costs", name="costs", responses=documented(401, 403, 404, 422))
def costs(
    service: ServiceDep, actor: ActorDep, roster: RosterId, version: NumberDep = None
) -> CostsOut:
    """What the roster costs each municipality, by the rates that the plan has.

    A manager sees the own municipality.
    """
    actor.need(Right.PLANS_READ)
    with opened(service, actor, roster, version) as own:
        return CostsOut.of(own.desk, own.reader, own.asked.own.number)
