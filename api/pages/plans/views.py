"""Plans: list, upload, one plan."""

from typing import Annotated

from fastapi import APIRouter, Query, UploadFile
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from api.pages.forms import Form
from api.pages.overview.content import Listed
from api.pages.page import Page, PageDep
from api.pages.plans.content import view
from api.service.accounts.roles import Right
from api.service.dependencies import Versioned
from api.service.paging import CursorDep
from api.service.plans import beginning_routes, routes, store
from api.service.plans.shapes import Judged
from api.service.rosters import store as rosters
from api.service.shapes import Id, Note
from scheduler.reading.faults import PlanError

router = APIRouter(prefix="/planer", tags=["pages"], include_in_schema=False)

SECONDS = (30, 60, 300, 1800)
_MOST = 25
_NOTE: TypeAdapter[str] = TypeAdapter(Note)
Text = Annotated[str, Field()]


@router.get("")
def plans(page: PageDep, etter: CursorDep = None) -> Response:
    """All plans, the newest first."""
    found = routes.plans(page.service, page.actor, etter, _MOST)
    return page.show("plans/list", plans=found.items, next=found.next, after=etter)


@router.get("/ny")
def new(page: PageDep) -> Response:
    """The form to upload a plan."""
    page.actor.need(Right.PLANS_WRITE)
    return _upload(page, Form())


@router.post("/ny")
def add(page: PageDep, file: UploadFile | None = None, note: Text = "") -> Response:
    """Store an uploaded plan."""
    page.actor.need(Right.PLANS_WRITE)
    form, wanted = _checked(page, file, note)
    if wanted is None:
        return _upload(page, form, 422)
    try:
        stored = routes.add(page.service, page.actor, Response(), *wanted)
    except PlanError as error:
        return _upload(page, form, 422, error=error)
    return page.go(f"/planer/{stored.plan.id}", "plans.uploaded")


@router.get("/{plan}")
def plan(
    page: PageDep, plan: Id, versjon: Annotated[int | None, Query(ge=1, le=2_000_000_000)] = None
) -> Response:
    """One plan: what it holds, its rosters and versions."""
    found = routes.plan(page.service, page.actor, Response(), plan)
    number = versjon or found.version
    document = routes.document(page.service, page.actor, plan, number)
    judged = None
    with page.service.database.reading() as session:
        stored = store.plan_of(session, page.actor, plan)
        version = store.version_of(session, stored, number)
        if Right.PLANS_WRITE in page.actor.rights:
            judged = Judged.of(page.service.plans.of(session, version.id))
        made = rosters.rosters(session, page.actor, plan, None, _MOST)[:_MOST]
        listed = [Listed(own, rosters.version_of(session, page.actor, own)) for own in made]
    return page.show(
        "plans/plan",
        plan=found,
        number=number,
        content=view(document),
        judged=judged,
        rosters=listed,
        versions=routes.versions(page.service, page.actor, plan),
        may_solve=Right.JOBS in page.actor.rights,
        may_write=Right.PLANS_WRITE in page.actor.rights,
        seconds=SECONDS,
    )


@router.get("/{plan}/arbeidsbok.xlsx")
def workbook(
    page: PageDep, plan: Id, versjon: Annotated[int | None, Query(ge=1, le=2_000_000_000)] = None
) -> Response:
    """The plan as a workbook that can be filled in and uploaded again."""
    found = routes.plan(page.service, page.actor, Response(), plan)
    return beginning_routes.workbook(page.service, page.actor, plan, versjon or found.version)


@router.get("/{plan}/ny-versjon")
def new_version(page: PageDep, plan: Id) -> Response:
    """The form to upload the next version of a plan."""
    page.actor.need(Right.PLANS_WRITE)
    found = routes.plan(page.service, page.actor, Response(), plan)
    form = Form({"version": str(found.version)})
    return _upload(page, form, plan=plan, title=found.title)


@router.post("/{plan}/ny-versjon")
def add_version(
    page: PageDep, plan: Id, version: Text, file: UploadFile | None = None, note: Text = ""
) -> Response:
    """Store the next version, if nobody was quicker since the form was opened."""
    page.actor.need(Right.PLANS_WRITE)
    title = routes.plan(page.service, page.actor, Response(), plan).title
    form, wanted = _checked(page, file, note, version)
    if wanted is None:
        return _upload(page, form, 422, plan=plan, title=title)
    versioned = Versioned(f'"{version}"')
    try:
        routes.add_version(page.service, page.actor, Response(), versioned, plan, *wanted)
    except PlanError as error:
        return _upload(page, form, 422, plan=plan, title=title, error=error)
    return page.go(f"/planer/{plan}", "plans.uploaded")


def _checked(
    page: Page, file: UploadFile | None, note: str, version: str = ""
) -> tuple[Form, tuple[UploadFile, str] | None]:
    """The form again, and what was sent if it can be used."""
    faults: dict[str, str] = {}
    if file is None or not file.filename:
        faults["file"] = page.say("plans.choose_file")
    try:
        own = _NOTE.validate_python(note)
    except ValidationError:
        own, faults["note"] = "", page.say("plans.note_too_long")
    form = Form({"note": note, "version": version}, faults)
    return form, None if file is None or faults else (file, own)


def _upload(
    page: Page,
    form: Form,
    status: int = 200,
    *,
    plan: str = "",
    title: str = "",
    error: PlanError | None = None,
) -> Response:
    faults = error.faults if error else ()
    return page.show("plans/upload", status, form=form, plan=plan, title=title, faults=faults)
