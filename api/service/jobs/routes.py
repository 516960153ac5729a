"""Jobs: follow one, stop it."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.service.accounts import tokens, visits
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, secret_of, service_of
from api.service.jobs import store
from api.service.jobs.shapes import JobOut
from api.service.jobs.watcher import Pass
from api.service.paging import CursorDep, MostDep, Page, page
from api.service.problems import documented
from api.service.shapes import Id

router = APIRouter(prefix="/jobs", tags=["jobs"])

JobId = Annotated[Id, Path(description="Id of the job")]
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
    job: JobId,
    last_event_id: Annotated[
        str | None, Header(max_length=20, description="Go on after this event")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """What the job tells, as it happens; the stream ends when the job has ended.

    It also ends within seconds when the login or the token ends by which it was opened.
    """
    seen = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
    async for event in service.watcher.follow(job, min(seen, _LARGEST), entry_of(request)):
        yield ServerSentEvent(raw_data=event.text, event=event.kind, id=str(event.number))


def entry_of(request: Request) -> Pass:
    """By what the reader was let in, to be asked again."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        secret = token.strip()
        return Pass(f"bearer {secret}", lambda session: tokens.bearer(session, secret))
    cookie = secret_of(request, service_of(request)) or ""
    return Pass(f"visit {cookie}", lambda session: visits.visitor(session, cookie))
