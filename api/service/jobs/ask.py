"""Asking for a job of any kind."""

from typing import Annotated

from fastapi import Header, Response

from api.service.accounts.actor import Actor
from api.service.documents import canonical, digest
from api.service.jobs import store
from api.service.jobs.kind import Kind
from api.service.jobs.shapes import JobOut
from api.service.service import Service
from api.service.shapes import Shape

OnceDep = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="The same key gives the same job, however often it is sent",
    ),
]


def ask(
    service: Service, actor: Actor, response: Response, kind: Kind, wanted: Shape, once: str | None
) -> JobOut:
    """Put a job in the queue, or find the one that the same key started before.

    Raises:
        ForbiddenError, NotFoundError, KeyReusedError, BusyError, PlanError: nothing was stored.
    """
    actor.need(kind.right)
    placed = kind.place(service, actor, wanted)
    with service.database.writing() as session:
        job = store.enqueue(
            session,
            actor,
            kind.name,
            placed.subject,
            placed.options,
            seconds=placed.seconds,
            most=service.settings.queued_per_cooperation,
            once=once,
            request_digest=digest(
                canonical({"kind": kind.name, "wish": wanted.model_dump(mode="json")})
            ),
        )
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return JobOut.of(job, private=actor.sees_grounds)
