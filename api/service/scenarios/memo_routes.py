"""The memo of a set of scenarios: what came of its newest comparison, without any name.

A comparison's other files name doctors and are for who keeps the plan; the memo is made to be
public (decision 21), so whoever sees the set may read it.
"""

import json
from datetime import datetime
from enum import StrEnum

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep
from api.service.errors import NotFoundError
from api.service.jobs import kept
from api.service.jobs.results import as_file
from api.service.jobs.tables import Job
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.problems import documented
from api.service.scenarios import store
from api.service.scenarios.routes import SetId
from api.service.scenarios.tables import ScenarioSet

router = APIRouter(prefix="/scenarios", tags=["scenarios"])


class MemoFile(StrEnum):
    """A shape of the memo."""

    HTML = "notat.html"
    PDF = "notat.pdf"


class MemoOut(BaseModel):
    """What there is to read."""

    compared_at: datetime | None = Field(description="Null: the set was never compared")
    current: bool = Field(description="Neither the set nor the plan has changed since")
    in_short: list[str] = Field(description="The answer in bokmål; names no doctor")
    files: list[MemoFile]


@router.get("/{set}/memo", responses=documented(401, 403, 404, 422))
def memo(service: ServiceDep, actor: ActorDep, own: SetId) -> MemoOut:
    """Whether a set has been compared, and the answer in short."""
    with service.database.reading() as session:
        found, job = _compared(session, actor, own)
        if job is None:
            return MemoOut(compared_at=None, current=False, in_short=[], files=[])
        document = kept.document_of(session, job) or {}
        names = kept.files_of(session, job)
        return MemoOut(
            compared_at=job.ended_at,
            current=_is_current(session, found, job),
            in_short=document.get("in_short", []),
            files=[kind for kind in MemoFile if kind.value in names],
        )


@router.get(
    "/{set}/memo/{name}",
    response_class=Response,
    responses={
        200: {
            "description": "The memo",
            "content": {"text/html": {}, "application/pdf": {}},
        },
        **documented(401, 403, 404, 422),
    },
)
def memo_file(service: ServiceDep, actor: ActorDep, own: SetId, name: MemoFile) -> Response:
    """The memo for the council: figures and sentences, no doctor by name."""
    with service.database.reading() as session:
        _, job = _compared(session, actor, own)
        if job is None:
            raise NotFoundError
        content = kept.file_of(session, job, name.value)
    return as_file(name.value, content)


def _compared(session: Session, actor: Actor, own: str) -> tuple[ScenarioSet, Job | None]:
    """A set that the actor may know of, and its newest comparison that came to an end."""
    actor.need(Right.PLANS_READ)
    found = store.set_of(session, actor, own)
    job = session.scalars(
        select(Job)
        .where(
            Job.cooperation_id == found.cooperation_id,
            Job.kind == "compare",
            Job.state == "done",
            Job.options["scenario_set"].as_string() == found.id,
        )
        .order_by(Job.ended_at.desc(), Job.id)
        .limit(1)
    ).first()
    return found, job


def _is_current(session: Session, own: ScenarioSet, job: Job) -> bool:
    document = json.loads(own.document)
    document.pop("plan", None)
    newest = session.scalars(
        select(PlanVersion.id)
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(StoredPlan.id == own.plan_id, PlanVersion.number == StoredPlan.version)
    ).one()
    return bool(job.options["scenarios"] == document and job.subject_id == newest)
