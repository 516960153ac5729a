"""Jobs: ask for a solve, follow it as it goes, stop it."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi import Form as Field
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.pages.jobs.content import Progress, doing, told
from api.pages.page import Page, PageDep
from api.service.accounts.roles import Right
from api.service.jobs import routes, store, wishes
from api.service.jobs.asking.solve import SolveIn
from api.service.jobs.event import EventOut
from api.service.jobs.shapes import JobOut
from api.service.jobs.tables import Job
from api.service.jobs.titles import titles
from api.service.paging import CursorDep
from api.service.rosters import store as rosters
from api.service.shapes import Id

router = APIRouter(tags=["pages"], include_in_schema=False)

_MOST = 25
_MANY = 10_000  # events: more than any job tells
OVER = "slutt"


@router.get("/jobber")
def jobs(page: PageDep, etter: CursorDep = None) -> Response:
    """All jobs, the newest first."""
    found = routes.jobs(page.service, page.actor, etter, _MOST)
    with page.service.database.reading() as session:
        known = store.jobs(session, page.actor, etter, _MOST)
        about = titles(session, known)
    return page.show("jobs/list", jobs=found.items, about=about, next=found.next, after=etter)


@router.post("/planer/{plan}/beregn")
def solve(
    page: PageDep,
    plan: Id,
    seconds: Annotated[float, Field(gt=0, le=86_400)] = 60.0,
    version: Annotated[int | None, Field(ge=1, le=2_000_000_000)] = None,
) -> Response:
    """Ask for a roster of a plan, and go to watch."""
    wanted = SolveIn(plan=plan, version=version, seconds=seconds)
    job = wishes.solve(page.service, page.actor, Response(), wanted)
    return page.go(f"/jobber/{job.id}")


@router.get("/jobber/{job}")
def job(page: PageDep, job: Id) -> Response:
    """One job; it is followed by the stream below, or by loading the page again."""
    found, progress = _read(page, job, Progress())
    with page.service.database.reading() as session:
        about = titles(session, [found]).get(job, "")
    return page.show("jobs/job", follows=False, about=about, **_shown(page, found, progress))


@router.post("/jobber/{job}/stopp")
def stop(page: PageDep, job: Id) -> Response:
    """Stop a job."""
    routes.stop(page.service, page.actor, job)
    return page.go(f"/jobber/{job}")


def _known(page: PageDep, job: Id) -> None:
    """Refuse before the stream begins: afterwards there is no way to answer with a problem."""
    page.actor.need(Right.JOBS)
    with page.service.database.reading() as session:
        store.job_of(session, page.actor, job)


@router.get(
    "/jobber/{job}/strom", response_class=EventSourceResponse, dependencies=[Depends(_known)]
)
async def stream(page: PageDep, job: Id) -> AsyncIterator[ServerSentEvent]:
    """The page's moving part, made anew whenever the job tells something, until it has ended."""
    found, progress = await run_in_threadpool(_read, page, job, Progress())
    yield _part(page, found, progress)
    follow = page.service.watcher.follow(job, progress.seen, routes.entry_of(page.request))
    async for news in follow:
        event = EventOut.model_validate_json(news.text)
        progress.take([event])
        if event.kind == "state":
            found = await run_in_threadpool(_job, page, job)
        yield _part(page, found, progress)
    if found.state in store.ENDED:  # else the login has ended, or the server stops
        yield ServerSentEvent(raw_data=found.state, event=OVER)


def _part(page: Page, job: Job, progress: Progress) -> ServerSentEvent:
    # Only where the stream has come through does the page say that it follows.
    part = page.fragment("jobs/progress", follows=True, **_shown(page, job, progress))
    return ServerSentEvent(raw_data=part, id=str(progress.seen))


def _job(page: Page, job: str) -> Job:
    with page.service.database.reading() as session:
        return store.job_of(session, page.actor, job)


def _read(page: Page, job: str, progress: Progress) -> tuple[Job, Progress]:
    """The job as it is, and its news taken up."""
    page.actor.need(Right.JOBS)
    with page.service.database.reading() as session:
        found = store.job_of(session, page.actor, job)
        progress.take(store.events(session, job, progress.seen, _MANY))
    return found, progress


def _shown(page: Page, job: Job, progress: Progress) -> dict[str, Any]:
    return {
        "job": JobOut.of(job, private=page.actor.sees_grounds),
        "ended": job.state in store.ENDED,
        "doing": doing(page, job, progress),
        "levels": told(page, progress),
        "compared": _may_compare(page, job),
        "passed": progress.latest.get("seconds") if progress.latest else None,
        "over": OVER,
    }


def _may_compare(page: Page, job: Job) -> bool:
    """Whether there is another roster of the same plan, to be compared with by who asks."""
    if job.result_id is None or Right.ROSTERS_WRITE not in page.actor.rights:
        return False
    with page.service.database.reading() as session:
        own = rosters.roster_of(session, page.actor, job.result_id)
        return len(rosters.rosters(session, page.actor, own.plan_id, None, 1)) > 1
