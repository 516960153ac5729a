"""What came of a job: its document, its files, and an option that is chosen."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import ForbiddenError
from api.service.jobs import choosing, kept, store
from api.service.jobs.kinds import KINDS
from api.service.jobs.routes import JobId
from api.service.jobs.shapes import ChosenOut, JobOut, ResultOut
from api.service.jobs.tables import Job
from api.service.plans import store as plans
from api.service.problems import documented
from api.service.rosters import store as rosters

router = APIRouter(prefix="/jobs", tags=["jobs"])

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FileName = Annotated[
    str, Path(max_length=100, pattern=r"^[^/\x00-\x1f]+$", description="Name of the file")
]
Number = Annotated[int, Path(ge=1, le=2_000_000_000, description="Number of the option")]


@router.get("/{job}/result", responses=documented(401, 403, 404, 422))
def result(service: ServiceDep, actor: ActorDep, job: JobId) -> ResultOut:
    """What came of a job, once it has ended."""
    actor.need(Right.JOBS)
    with service.database.reading() as session:
        found = store.job_of(session, actor, job)
        _refuse_private(actor, found)
        return ResultOut(
            job=JobOut.of(found, private=actor.sees_grounds),
            document=kept.document_of(session, found),
            files=list(kept.files_of(session, found)),
        )


@router.get(
    "/{job}/files/{name}",
    response_class=Response,
    responses={
        200: {
            "description": "The file",
            "content": {media.split(";")[0]: {} for media in _MEDIA.values()},
        },
        **documented(401, 403, 404, 422),
    },
)
def file(service: ServiceDep, actor: ActorDep, job: JobId, name: FileName) -> Response:
    """A file that came of a job."""
    actor.need(Right.JOBS)
    with service.database.reading() as session:
        found = store.job_of(session, actor, job)
        _refuse_private(actor, found)
        content = kept.file_of(session, found, name)
    return as_file(name, content)


def as_file(name: str, content: bytes) -> Response:
    """A file that was made, as an answer: it may be looked at, and runs nothing in our name."""
    return Response(
        content,
        media_type=_MEDIA.get(name.rpartition(".")[2], "application/octet-stream"),
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
            "img-src data:",
        },
    )


@router.post(
    "/{job}/options/{number}",
    status_code=201,
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def choose(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    job: JobId,
    number: Number,
) -> ChosenOut:
    """Choose an option of a repair: the next version of the roster, and of its plan.

    Refused if the roster or the plan moved on since the repair was asked for: repair again then.
    """
    actor.need(Right.ROSTERS_WRITE)
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = store.job_of(session, actor, job)
        if "roster" in found.options:
            versioned.check(rosters.roster_of(session, actor, found.options["roster"]).version)
    asked, own = choosing.chosen(service, actor, job, number)
    with service.database.writing() as session:
        plans.plan_of(session, actor, asked.options["plan"], to_change=True)
        roster = rosters.roster_of(session, actor, asked.options["roster"], to_change=True)
        versioned.check(roster.version)
        of_plan = choosing.save(session, actor, asked, own, roster)
    tag(response, roster.version)
    response.headers["Location"] = f"/api/v1/rosters/{roster.id}"
    return ChosenOut(
        roster=roster.id,
        version=roster.version,
        plan=roster.plan_id,
        plan_version=of_plan,
        holes=own.report.lacking,
        breaches=len(own.report.breaches) + len(own.report.unknown),
    )


def _refuse_private(actor: Actor, job: Job) -> None:
    """Some results name grounds, absences and balances.

    Raises:
        ForbiddenError: the actor does not see them.
    """
    if job.kind in KINDS and KINDS[job.kind].private_result and not actor.sees_grounds:
        raise ForbiddenError(right=Right.PLANS_WRITE.value)
