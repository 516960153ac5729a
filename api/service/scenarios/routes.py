"""What-if scenarios of a plan: stored, judged at once, shared with the managers."""

import json
from typing import Annotated

from fastapi import APIRouter, Path, Response, UploadFile

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.plans import store as plans
from api.service.plans.routes import PlanId
from api.service.problems import documented
from api.service.scenarios import store
from api.service.scenarios.judging import document_of, judged
from api.service.scenarios.shapes import (
    ScenarioSetChanges,
    ScenarioSetIn,
    ScenarioSetLine,
    ScenarioSetOut,
)
from api.service.service import Service
from api.service.shapes import Id
from scheduler.reading.places import Source
from scheduler.whatif.reading import source_of, to_yaml
from scheduler.whatif.scenarios import Scenarios

of_plan = APIRouter(prefix="/plans/{plan}", tags=["scenarios"])
router = APIRouter(prefix="/scenarios", tags=["scenarios"])

SetId = Annotated[Id, Path(alias="set", description="Id of the set")]
YAML = "application/yaml"


@of_plan.get("/scenarios", responses=documented(401, 403, 404, 422))
def sets(service: ServiceDep, actor: ActorDep, plan: PlanId) -> list[ScenarioSetLine]:
    """The sets of a plan, the newest first; a manager sees those that are shared."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = plans.plan_of(session, actor, plan)
        return [ScenarioSetLine.of(own) for own in store.sets(session, actor, found)]


@of_plan.post("/scenarios", status_code=201, responses=documented(401, 403, 404, 422))
def add(
    service: ServiceDep, actor: ActorDep, response: Response, plan: PlanId, wanted: ScenarioSetIn
) -> ScenarioSetOut:
    """Store a set; every scenario is made of the plan at once, and every fault told."""
    actor.need(Right.PLANS_WRITE)
    return _added(service, actor, response, plan, document_of(wanted.written()))


@of_plan.post("/scenario-files", status_code=201, responses=documented(401, 403, 404, 422))
def add_file(
    service: ServiceDep, actor: ActorDep, response: Response, plan: PlanId, file: UploadFile
) -> ScenarioSetOut:
    """Store the set in a scenario file (YAML or JSON); its `plan` is this one."""
    actor.need(Right.PLANS_WRITE)
    source = source_of(file.file.read(), file.filename or "scenarier.yaml")
    return _added(service, actor, response, plan, source)


@router.get("/{set}", responses=documented(401, 403, 404, 422))
def one(service: ServiceDep, actor: ActorDep, response: Response, own: SetId) -> ScenarioSetOut:
    """A set. Others than the coordinator see the changes in words that name no doctor."""
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.set_of(session, actor, own)
    tag(response, found.version)
    return ScenarioSetOut.told(found, whole=actor.sees_grounds)


@router.get(
    "/{set}/file",
    response_class=Response,
    responses={
        200: {"description": "The file", "content": {YAML: {}}},
        **documented(401, 403, 404, 422),
    },
)
def file(service: ServiceDep, actor: ActorDep, own: SetId) -> Response:
    """The set as the scenario file that `rettvakt compare` reads."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = store.set_of(session, actor, own)
    text = to_yaml(Scenarios.model_validate(json.loads(found.document)))
    return Response(
        text,
        media_type=YAML,
        headers={"Content-Disposition": 'attachment; filename="scenarier.yaml"'},
    )


@router.put("/{set}", responses=documented(401, 403, 404, 412, 422, 428))
def replace(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    own: SetId,
    wanted: ScenarioSetIn,
) -> ScenarioSetOut:
    """Replace the scenarios of a set; they are judged against the plan as it is now."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = store.set_of(session, actor, own)
        versioned.check(found.version)
    made = judged(service, actor, found.plan_id, document_of(wanted.written()))
    with service.database.writing() as session:
        found = store.set_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.replace(session, actor, found, made)
    tag(response, found.version)
    return ScenarioSetOut.told(found, whole=True)


@router.patch("/{set}", responses=documented(401, 403, 404, 412, 422, 428))
def share(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    own: SetId,
    changes: ScenarioSetChanges,
) -> ScenarioSetOut:
    """Share a set with the managers of the cooperation, or no longer."""
    actor.need(Right.PLANS_WRITE)
    with service.database.writing() as session:
        found = store.set_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.share(session, actor, found, shared=changes.shared)
    tag(response, found.version)
    return ScenarioSetOut.told(found, whole=True)


@router.delete("/{set}", status_code=204, responses=documented(401, 403, 404, 412, 422, 428))
def remove(service: ServiceDep, actor: ActorDep, versioned: VersionedDep, own: SetId) -> None:
    """Take a set away."""
    actor.need(Right.PLANS_WRITE)
    with service.database.writing() as session:
        found = store.set_of(session, actor, own, to_change=True)
        versioned.check(found.version)
        store.remove(session, actor, found)


def _added(
    service: Service, actor: Actor, response: Response, plan: str, source: Source
) -> ScenarioSetOut:
    made = judged(service, actor, plan, source)
    with service.database.writing() as session:
        found = store.add(session, actor, plans.plan_of(session, actor, plan), made)
    tag(response, found.version)
    response.headers["Location"] = f"/api/v1/scenarios/{found.id}"
    return ScenarioSetOut.told(found, whole=True)
