"""Plans without a file of one's own, the way back to an earlier version, and the workbook."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import NotFoundError
from api.service.plans import parts, store
from api.service.plans.beginning import Example, example, smallest
from api.service.plans.changing import change
from api.service.plans.part_routes import NumberDep, Why
from api.service.plans.part_shapes import PeriodChanges, PeriodOut
from api.service.plans.routes import Number, PlanId
from api.service.plans.shapes import Judged, PlanOut, StoredOut, VersionOut
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import Day, Label, Line, Note, Shape, Whole
from scheduler.domain.doctor import Employment
from scheduler.domain.duty import Presence
from scheduler.domain.time import OSLO
from scheduler.reading.plan import Plan
from scheduler.reading.write import to_workbook

router = APIRouter(prefix="/plans", tags=["plans"])

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class FirstMunicipality(Shape):
    """The municipality that a new plan begins with."""

    name: Label = Field(examples=["Fjell"])
    inhabitants: Annotated[Whole, Field(ge=0, le=1_000_000)]


class FirstDoctor(Shape):
    """The doctor that a new plan begins with."""

    name: Label = Field(examples=["Kari Nordmann"])
    born: Day
    employment: Employment = Employment.SELF_EMPLOYED


class FirstShift(Shape):
    """The shift that a new plan begins with; it comes back every day."""

    name: Label = Field(examples=["Hjemmevakt"])
    presence: Presence = Presence.HOME
    start: Annotated[str, Field(pattern=_CLOCK, examples=["15:30"])]
    end: Annotated[str, Field(pattern=_CLOCK, examples=["08:00"])]


class EmptyPlan(Shape):
    """What the smallest plan must say."""

    title: Line = Field(examples=["Vår 2027"])
    first_day: Day
    last_day: Day
    judged_on: Day | None = Field(None, description="Today if left out")
    municipality: FirstMunicipality
    place: Label = Field(description="Name of the legevakt", examples=["Fjell legevakt"])
    doctor: FirstDoctor
    shift: FirstShift


class Restore(Shape):
    """Going back to an earlier version."""

    note: Note = ""


@router.post("/empty", status_code=201, responses=documented(401, 403, 422))
def begin(service: ServiceDep, actor: ActorDep, response: Response, wanted: EmptyPlan) -> StoredOut:
    """Begin a plan without a file: one municipality, one place, one doctor, one shift."""
    actor.need(Right.PLANS_WRITE)
    today = datetime.now(OSLO).date()
    head = {
        "title": wanted.title,
        "first_day": wanted.first_day.isoformat(),
        "last_day": wanted.last_day.isoformat(),
        "judged_on": (wanted.judged_on or today).isoformat(),
    }
    loaded = smallest(
        head,
        wanted.municipality.model_dump(mode="json"),
        wanted.place,
        wanted.doctor.model_dump(mode="json"),
        wanted.shift.model_dump(mode="json"),
    )
    return _stored(service, actor, response, loaded, "Begynt uten fil")


@router.post("/examples/{example}", status_code=201, responses=documented(401, 403, 422))
def begin_example(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    name: Annotated[Example, Path(alias="example", description="Which district")],
) -> StoredOut:
    """Begin with an invented district, to try the program on."""
    actor.need(Right.PLANS_WRITE)
    return _stored(service, actor, response, example(name), "Eksempel med oppdiktede leger")


@router.get("/{plan}/period", responses=documented(401, 403, 404, 422))
def period(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    plan: PlanId,
    version: NumberDep = None,
) -> PeriodOut:
    """Title, period, and the day whose law and facts hold."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        own = store.version_of(session, found, version)
    tag(response, found.version)
    return _period(own.number, Plan.model_validate(json.loads(own.document)))


@router.patch("/{plan}/period", responses=documented(401, 403, 404, 412, 422, 428))
def edit_period(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    changes: PeriodChanges,
    note: Why = "",
) -> PeriodOut:
    """Change title, period or day of judgement; what is left out stays."""
    actor.need(Right.PLANS_WRITE)
    given = changes.model_dump(mode="json", exclude_none=True)
    done = change(
        service,
        actor,
        plan,
        versioned.check,
        lambda document: parts.with_head(document, given),
        note=note,
    )
    tag(response, done.plan.version)
    return _period(done.plan.version, done.loaded.plan)


@router.post(
    "/{plan}/versions/{number}/restore", responses=documented(401, 403, 404, 412, 422, 428)
)
def restore(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    number: Number,
    wanted: Restore,
) -> StoredOut:
    """Undo: what the plan said in an earlier version becomes its newest one. No version goes."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        versioned.check(found.version)
        earlier = json.loads(store.version_of(session, found, number).document)
    done = change(
        service,
        actor,
        plan,
        versioned.check,
        lambda _: parts.Edited(earlier),
        note=wanted.note or f"Tilbake til versjon {number}",
    )
    tag(response, done.plan.version)
    return StoredOut(
        plan=PlanOut.of(done.plan),
        version=VersionOut.of(done.version),
        judged=Judged.of(done.loaded),
    )


@router.get(
    "/{plan}/versions/{number}/workbook",
    response_class=Response,
    responses={
        200: {"description": "The workbook", "content": {WORKBOOK: {}}},
        **documented(401, 403, 404, 422),
    },
)
def workbook(service: ServiceDep, actor: ActorDep, plan: PlanId, number: Number) -> Response:
    """The plan as the Excel workbook that can be filled in and uploaded again."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = store.version_of(session, store.plan_of(session, actor, plan), number)
    content = to_workbook(Plan.model_validate(json.loads(found.document)))
    name = f"plan-v{found.number}.xlsx"
    return Response(
        content,
        media_type=WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _period(number: int, plan: Plan) -> PeriodOut:
    return PeriodOut(
        version=number,
        title=plan.title,
        first_day=plan.first_day,
        last_day=plan.last_day,
        judged_on=plan.judged_on,
    )


def _stored(
    service: Service,
    actor: Actor,
    response: Response,
    loaded: library.LoadedPlan,
    note: str,
) -> StoredOut:
    if not actor.cooperation:
        raise NotFoundError
    with service.database.writing() as session:
        plan, version = store.add_plan(session, actor, loaded, file_name="", note=note)
    service.plans.keep(version.id, loaded)
    tag(response, plan.version)
    response.headers["Location"] = f"/api/v1/plans/{plan.id}"
    return StoredOut(
        plan=PlanOut.of(plan), version=VersionOut.of(version), judged=Judged.of(loaded)
    )
