"""Jobs: follow one, stop it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep
from api.service.jobs import store
from api.service.jobs.shapes import EventOut, JobOut
from api.service.paging import CursorDep, MostDep, Page, page
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import Id

router = APIRouter(prefix="/jobs", tags=["jobs"])

JobId = Annotated[Id, Path(description="Id of the job")]
_LOOK = 0.5  # seconds between two looks for news
_LARGEST = 2**31 - 1  # what a database takes for a number


@router.get("", responses=documented(401, 403, 422))
def jobs(
    service: ServiceDep, actor: ActorDep, after: CursorDep = None, most: MostDep = 50
) -> Page[JobOut]:
    """Jobs of the own cooperation, the newest first."""
    actor.need(Right.JOBS)
    with service.database.reading() as session:
        return page(
            store.jobs(session, actor, after, most),
            most,
            lambda job: JobOut.of(job, private=actor.sees_grounds),
        )


@router.get("/{job}", responses=documented(401, 403, 404, 422))
def job(service: ServiceDep, actor: ActorDep, job: JobId) -> JobOut:
    """A job."""
    actor.need(Right.JOBS)
    with service.database.reading() as session:
        return JobOut.of(store.job_of(session, actor, job), private=actor.sees_grounds)


@router.post("/{job}/stop", status_code=202, responses=documented(401, 403, 404, 409, 422))
def stop(service: ServiceDep, actor: ActorDep, job: JobId) -> JobOut:
    """Stop a job. One that runs ends soon and keeps the best roster that it has found."""
    actor.need(Right.JOBS)
    with service.database.writing() as session:
        found = store.job_of(session, actor, job, to_change=True)
        store.ask_to_stop(session, actor, found)
        return JobOut.of(found, private=actor.sees_grounds)


def _known(service: ServiceDep, actor: ActorDep, job: JobId) -> None:
    """Refuse before the stream begins: afterwards there is no way to answer with a problem."""
    actor.need(Right.JOBS)
    with service.database.reading() as session:
        store.job_of(session, actor, job)


@router.get(
    "/{job}/events",
    response_class=EventSourceResponse,
    responses=documented(401, 403, 404, 422),
    dependencies=[Depends(_known)],
)
async def events(
    request: Request,
    service: ServiceDep,
    actor: ActorDep,
    job: JobId,
    last_event_id: Annotated[
        str | None, Header(max_length=20, description="Go on after this event")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """What the job tells, as it happens; the stream ends when the job has ended."""
    seen = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
    seen = min(seen, _LARGEST)
    while not await request.is_disconnected():
        found, ended = await run_in_threadpool(_news, service, actor, job, seen)
        for event in found:
            seen = event.number
            yield ServerSentEvent(
                data=event.model_dump(mode="json"), event=event.kind, id=str(event.number)
            )
        if ended and not found:
            return
        if not found:
            await asyncio.sleep(_LOOK)


def _news(service: Service, actor: ActorDep, job: str, seen: int) -> tuple[list[EventOut], bool]:
    """What is new, and whether the job has ended."""
    with service.database.reading() as session:
        ended = store.job_of(session, actor, job).state in store.ENDED
        return [EventOut.of(own) for own in store.events(session, job, seen)], ended
