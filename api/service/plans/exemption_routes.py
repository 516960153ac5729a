"""Exemptions as they are handled: claim, decision, end; with the dates that follow."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, Versioned, VersionedDep, tag
from api.service.plans import exemptions, parts, store
from api.service.plans.changing import change
from api.service.plans.exemption_shapes import (
    Claim,
    Claimable,
    DatesOut,
    Decision,
    End,
    ExemptionChanged,
    ExemptionOut,
)
from api.service.plans.part_routes import Key, NumberDep
from api.service.plans.routes import PlanId
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import ForeignId
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.time import OSLO

router = APIRouter(prefix="/plans/{plan}", tags=["exemptions"])

_CHANGES = documented(401, 403, 404, 412, 422, 428)


@router.get("/claims", responses=documented(401, 403, 404, 422))
def claims(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    plan: PlanId,
    version: NumberDep = None,
) -> list[ExemptionOut]:
    """Every exemption with where it stands and its days; those that wait come first."""
    actor.need(Right.PLANS_WRITE)
    loaded = _loaded(service, actor, response, plan, version)
    told = [_told(loaded, own) for own in loaded.problem.exemptions]
    return sorted(told, key=lambda own: (not own.waiting, not own.expires, own.doctor_name))


@router.get("/exemption-dates", responses=documented(401, 403, 404, 422))
def dates(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    plan: PlanId,
    doctor: Annotated[ForeignId, Query(description="Id of the doctor")],
    kind: Annotated[Claimable, Query(description="The ground")],
    first: Annotated[date | None, Query(description="First day it is claimed for")] = None,
    last: Annotated[date | None, Query(description="Last day it is claimed for")] = None,
    term: Annotated[date | None, Query(description="Expected birth")] = None,
    birth: Annotated[date | None, Query(description="The child's day of birth")] = None,
    hindered: Annotated[bool, Query(description="Hinders duty before three months")] = False,
) -> DatesOut:
    """The dates that would follow from a claim, before it is made. Nothing is stored."""
    actor.need(Right.PLANS_WRITE)
    loaded = _loaded(service, actor, response, plan, None)
    own = ExemptionKind(kind)
    right = own in exemptions.RIGHTS
    span = Span() if right or (first and last and last < first) else Span(first, last)
    status = ExemptionStatus.CLAIMED if right else ExemptionStatus.GRANTED
    asked = Exemption(
        id="",
        doctor=doctor,
        kind=own,
        status=status,
        claimed_from=(first or _today()) if right else None,
        claimed_until=last if right else None,
        interval=span,
        term=term,
        birth=birth,
        hindered=hindered,
    )
    return DatesOut.of(exemptions.dates_of(loaded.problem, asked))


@router.post("/claims", status_code=201, responses=_CHANGES)
def claim(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    wanted: Claim,
) -> ExemptionChanged:
    """Put a claim or an application on record; a right holds from here on."""
    actor.need(Right.PLANS_WRITE)
    own = wanted.model_dump(mode="json", exclude={"note"})
    if ExemptionKind(wanted.kind) in exemptions.RIGHTS and wanted.first is None:
        own["first"] = _today().isoformat()
    return _change(
        service,
        actor,
        response,
        versioned,
        plan,
        lambda document: exemptions.claimed(document, own),
        wanted.note,
    )


@router.post("/exemptions/{key}/decision", responses=_CHANGES | documented(409))
def decide(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    key: Key,
    wanted: Decision,
) -> ExemptionChanged:
    """Put the decision on a claim or an application on record."""
    actor.need(Right.PLANS_WRITE)
    own = wanted.model_dump(mode="json", exclude={"note", "outcome"})
    own["status"] = wanted.outcome
    return _change(
        service,
        actor,
        response,
        versioned,
        plan,
        lambda document: exemptions.decided(document, key, own),
        wanted.note,
    )


@router.post("/exemptions/{key}/end", responses=_CHANGES | documented(409))
def end(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    key: Key,
    wanted: End,
) -> ExemptionChanged:
    """End an exemption on a day: a claim that is drawn back, a decision that is changed."""
    actor.need(Right.PLANS_WRITE)
    return _change(
        service,
        actor,
        response,
        versioned,
        plan,
        lambda document: exemptions.ended(document, key, wanted.last_day),
        wanted.note,
    )


def _today() -> date:
    return datetime.now(OSLO).date()


def _loaded(
    service: Service, actor: Actor, response: Response, plan: str, number: int | None
) -> library.LoadedPlan:
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        loaded = service.plans.of(session, store.version_of(session, found, number).id)
    tag(response, found.version)
    return loaded


def _told(loaded: library.LoadedPlan, own: Exemption) -> ExemptionOut:
    found = exemptions.dates_of(loaded.problem, own)
    written = next(row for row in loaded.plan.exemptions if row.id == own.id)
    return ExemptionOut.of(
        own,
        loaded.problem.doctor_by_id[own.doctor].name,
        written.decided_by,
        found,
        waiting=own.status in exemptions.WAITING,
        expires=exemptions.expires(own, found, loaded.problem, _today()),
    )


def _change(
    service: Service,
    actor: Actor,
    response: Response,
    versioned: Versioned,
    plan: str,
    edit: Callable[[parts.Document], parts.Edited],
    note: str,
) -> ExemptionChanged:
    done = change(service, actor, plan, versioned.check, edit, note=note)
    tag(response, done.plan.version)
    key = done.loaded.plan.exemptions[done.touched[0]].id
    own = next(row for row in done.loaded.problem.exemptions if row.id == key)
    return ExemptionChanged(
        version=done.plan.version,
        changed=done.changed,
        exemption=_told(done.loaded, own),
        remarks=list(done.loaded.remarks),
    )
