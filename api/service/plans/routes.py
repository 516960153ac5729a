"""Plans: upload, judge, read, change, compare."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Response, UploadFile

from api import library
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.documents import differences
from api.service.paging import CursorDep, MostDep, Page, page
from api.service.plans import store
from api.service.plans.redaction import redacted
from api.service.plans.shapes import DifferenceOut, Judged, PlanOut, StoredOut, VersionOut
from api.service.problems import documented
from api.service.shapes import Id, Note

router = APIRouter(prefix="/plans", tags=["plans"])
validations = APIRouter(tags=["plans"])

PlanId = Annotated[Id, Path(description="Id of the plan")]
Number = Annotated[int, Path(ge=1, le=2_000_000_000, description="Number of the version")]
NoteDep = Annotated[Note, Form(description="Why it was changed")]
LARGEST = 2_000_000_000


@validations.post("/validations", responses=documented(401, 403, 422))
def validate(actor: ActorDep, file: UploadFile) -> Judged:
    """Read a plan and tell what it comes to, or every fault of it. Nothing is stored."""
    actor.need(Right.PLANS_WRITE)
    return Judged.of(_read(file))


@router.post("", status_code=201, responses=documented(401, 403, 422))
def add(
    service: ServiceDep, actor: ActorDep, response: Response, file: UploadFile, note: NoteDep = ""
) -> StoredOut:
    """Store a plan: a workbook, YAML, JSON or a vaktplan.json."""
    actor.need(Right.PLANS_WRITE)
    loaded = _read(file)
    with service.database.writing() as session:
        plan, version = store.add_plan(
            session, actor, loaded, file_name=file.filename or "", note=note
        )
    service.plans.keep(version.id, loaded)
    tag(response, plan.version)
    response.headers["Location"] = f"/api/v1/plans/{plan.id}"
    return StoredOut(
        plan=PlanOut.of(plan), version=VersionOut.of(version), judged=Judged.of(loaded)
    )


@router.get("", responses=documented(401, 403, 422))
def plans(
    service: ServiceDep, actor: ActorDep, after: CursorDep = None, most: MostDep = 50
) -> Page[PlanOut]:
    """The plans of the own cooperation, the newest first."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        return page(store.plans(session, actor, after, most), most, PlanOut.of)


@router.get("/{plan}", responses=documented(401, 403, 404, 422))
def plan(service: ServiceDep, actor: ActorDep, response: Response, plan: PlanId) -> PlanOut:
    """A plan; its ETag is what If-Match needs for a change."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        tag(response, found.version)
        return PlanOut.of(found)


@router.get("/{plan}/versions", responses=documented(401, 403, 404, 422))
def versions(service: ServiceDep, actor: ActorDep, plan: PlanId) -> list[VersionOut]:
    """All versions of a plan, the newest first."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.versions_of(session, store.plan_of(session, actor, plan))
        return [VersionOut.of(own, notes=actor.sees_notes) for own in found]


@router.post(
    "/{plan}/versions",
    status_code=201,
    responses=documented(401, 403, 404, 412, 422, 428),
)
def add_version(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    file: UploadFile,
    note: NoteDep = "",
) -> StoredOut:
    """Store the next version of a plan (If-Match says which one it follows)."""
    actor.need(Right.PLANS_WRITE)
    loaded = _read(file)
    with service.database.writing() as session:
        found = store.plan_of(session, actor, plan, to_change=True)
        versioned.check(found.version)
        version = store.add_version(
            session, actor, found, loaded, file_name=file.filename or "", note=note
        )
    service.plans.keep(version.id, loaded)
    tag(response, found.version)
    return StoredOut(
        plan=PlanOut.of(found), version=VersionOut.of(version), judged=Judged.of(loaded)
    )


@router.get("/{plan}/versions/{number}", responses=documented(401, 403, 404, 422))
def version(service: ServiceDep, actor: ActorDep, plan: PlanId, number: Number) -> VersionOut:
    """What is known of a version."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.version_of(session, store.plan_of(session, actor, plan), number)
        return VersionOut.of(found, notes=actor.sees_notes)


@router.get("/{plan}/versions/{number}/document", responses=documented(401, 403, 404, 422))
def document(service: ServiceDep, actor: ActorDep, plan: PlanId, number: Number) -> dict[str, Any]:
    """The plan itself. Others than the coordinator see no birth dates, grounds or wishes."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.version_of(session, store.plan_of(session, actor, plan), number)
        own: dict[str, Any] = json.loads(found.document)
        return own if actor.sees_grounds else redacted(own, store.naming_for(session, actor))


@router.get("/{plan}/versions/{number}/differences", responses=documented(401, 403, 404, 422))
def changes(
    service: ServiceDep,
    actor: ActorDep,
    plan: PlanId,
    number: Number,
    since: Annotated[int, Query(ge=1, le=LARGEST, description="The version to compare with")],
) -> list[DifferenceOut]:
    """What is different in a version since an earlier one."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        new = json.loads(store.version_of(session, found, number).document)
        old = json.loads(store.version_of(session, found, since).document)
    return [DifferenceOut.of(own) for own in differences(old, new)]


def _read(file: UploadFile) -> library.LoadedPlan:
    """The plan in an upload.

    Raises:
        scheduler.reading.faults.PlanError: with every fault.
    """
    name = file.filename or "plan"
    return library.read_bytes(file.file.read(), name)
