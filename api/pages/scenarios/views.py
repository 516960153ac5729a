"""Stored scenarios of a plan: list, upload, compare; and what came of a comparison."""

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep
from api.service.accounts.roles import Right
from api.service.errors import NotFoundError
from api.service.jobs import results
from api.service.jobs import routes as jobs
from api.service.jobs import wishes as asking
from api.service.jobs.asking.compare import CompareIn
from api.service.jobs.shapes import JobOut
from api.service.plans import routes as plans
from api.service.scenarios import routes
from api.service.scenarios.shapes import ScenarioSetChanges
from api.service.shapes import Id
from scheduler.reading.faults import Fault, PlanError
from scheduler.whatif.scenarios import MOST_SCENARIOS
from scheduler.writing.comparison.measures import by_key

router = APIRouter(prefix="/planer/{plan}/scenarier", tags=["pages"], include_in_schema=False)
comparisons = APIRouter(prefix="/sammenligninger", tags=["pages"], include_in_schema=False)

SECONDS = (30, 60, 300)
_LISTED = 50


@router.get("")
def sets(page: PageDep, plan: Id) -> Response:
    """The sets of a plan, and where one is uploaded."""
    return _list(page, plan)


@router.post("")
def add(page: PageDep, plan: Id, file: UploadFile | None = None) -> Response:
    """Store an uploaded scenario file."""
    page.actor.need(Right.PLANS_WRITE)
    if file is None or not file.filename:
        return _list(page, plan, 422, missing=True)
    try:
        made = routes.add_file(page.service, page.actor, Response(), plan, file)
    except PlanError as error:
        return _list(page, plan, 422, faults=list(error.faults))
    return page.go(f"/planer/{plan}/scenarier/{made.id}", "scenarios.stored")


@router.get("/{set}")
def one(page: PageDep, plan: Id, set: Id) -> Response:
    """A set with its scenarios in words."""
    own = plans.plan(page.service, page.actor, Response(), plan)
    found = routes.one(page.service, page.actor, Response(), set)
    if found.plan != plan:
        raise NotFoundError
    writes = Right.PLANS_WRITE in page.actor.rights
    return page.show(
        "scenarios/set",
        plan=own,
        own=found,
        may_write=writes,
        may_add=writes and len(found.scenarios) < MOST_SCENARIOS,
        may_compare=writes and Right.JOBS in page.actor.rights,
        seconds=SECONDS,
        jobs=_comparisons(page, plan),
    )


@router.get("/{set}/fil")
def file(page: PageDep, plan: Id, set: Id) -> Response:
    """The set as a scenario file."""
    return routes.file(page.service, page.actor, set)


@router.post("/{set}/beregn")
def compare(page: PageDep, plan: Id, set: Id, filled: FilledDep) -> Response:
    """Start a comparison of the plan with the scenarios, and go to watch."""
    page.actor.need(Right.PLANS_WRITE)
    found = routes.one(page.service, page.actor, Response(), set)
    if found.plan != plan or found.document is None:
        raise NotFoundError
    chosen = filled.one("seconds")
    seconds = float(chosen) if chosen in {str(own) for own in SECONDS} else float(SECONDS[1])
    wanted = CompareIn(plan=plan, scenario_set=set, seconds=seconds)
    job = asking.compare(page.service, page.actor, Response(), wanted)
    return page.go(f"/jobber/{job.id}")


@router.post("/{set}/del")
def share(page: PageDep, plan: Id, set: Id, filled: FilledDep) -> Response:
    """Share a set with the managers, or no longer."""
    shared = filled.one("shared") == "1"
    changes = ScenarioSetChanges(shared=shared)
    routes.share(page.service, page.actor, Response(), filled.versioned(), set, changes)
    told = "scenarios.now_shared" if shared else "scenarios.not_shared"
    return page.go(f"/planer/{plan}/scenarier/{set}", told)


@router.post("/{set}/slett")
def remove(page: PageDep, plan: Id, set: Id, filled: FilledDep) -> Response:
    """Take a set away."""
    routes.remove(page.service, page.actor, filled.versioned(), set)
    return page.go(f"/planer/{plan}/scenarier", "scenarios.deleted")


@comparisons.get("/{job}")
def comparison(page: PageDep, job: Id) -> Response:
    """What came of a comparison: the alternatives side by side, and the files."""
    found = results.result(page.service, page.actor, job)
    if found.job.kind != "compare":
        raise NotFoundError
    document = found.document
    alternatives = document["alternatives"] if document else []
    keys = dict.fromkeys(key for own in alternatives for key in own.get("measures", ()))
    return page.show(
        "scenarios/comparison",
        job=found.job,
        files=found.files,
        document=document,
        alternatives=alternatives,
        measures=[by_key(key) for key in keys],
    )


@comparisons.get("/{job}/filer/{name}")
def result_file(page: PageDep, job: Id, name: results.FileName) -> Response:
    """A file of a comparison."""
    return results.file(page.service, page.actor, job, name)


def _comparisons(page: Page, plan: str) -> list[JobOut]:
    """The newest comparisons of a plan, for those who may see them."""
    if not page.actor.rights >= {Right.JOBS, Right.PLANS_WRITE}:
        return []
    found = jobs.jobs(page.service, page.actor, None, _LISTED).items
    return [own for own in found if own.kind == "compare" and own.options.get("plan") == plan]


def _list(
    page: Page,
    plan: str,
    status: int = 200,
    *,
    faults: list[Fault] | None = None,
    missing: bool = False,
) -> Response:
    own = plans.plan(page.service, page.actor, Response(), plan)
    return page.show(
        "scenarios/list",
        status,
        plan=own,
        sets=routes.sets(page.service, page.actor, plan),
        faults=faults or [],
        missing=missing,
        may_write=Right.PLANS_WRITE in page.actor.rights,
        jobs=_comparisons(page, plan),
    )
