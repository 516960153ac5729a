"""The first page after logging in."""

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from api.pages.overview import system
from api.pages.overview.changes import Since, changes
from api.pages.overview.content import newest_rosters, notices
from api.pages.page import PageDep
from api.service.accounts.roles import Right, Role
from api.service.jobs import wishes
from api.service.jobs.asking.solve import SolveIn
from api.service.plans import routes as plans
from api.service.plans import store
from fixtures.files import fixture

router = APIRouter(tags=["pages"], include_in_schema=False)

EXAMPLE = "fjell"
_EXAMPLE_SECONDS = 30.0
_SHOWN = 5


@router.get("/")
def overview(page: PageDep, siden: Since = Since.YESTERDAY) -> Response:
    """What waits, what has changed, what is newest; for a doctor the own duties instead."""
    if page.actor.role is Role.DOCTOR:
        return page.go("/mine-vakter")
    if Right.PLANS_READ not in page.actor.rights:
        return system.shown(page)
    with page.service.database.reading() as session:
        newest = store.plans(session, page.actor, None, _SHOWN)[:_SHOWN]
    if not newest and Right.PLANS_WRITE in page.actor.rights:
        return page.show("overview/start")
    rosters = newest_rosters(page)
    return page.show(
        "overview/overview",
        plans=newest,
        rosters=rosters[:_SHOWN],
        notices=list(notices(page, rosters)),
        changes=changes(page, siden) if Right.AUDIT_READ in page.actor.rights else None,
        sinces=tuple(Since),
    )


@router.get("/kom-i-gang")
def start(page: PageDep) -> Response:
    """The three ways to begin."""
    page.actor.need(Right.PLANS_WRITE)
    return page.show("overview/start")


@router.post("/eksempel")
def example(page: PageDep) -> Response:
    """Store the example district, make a roster of it, and go to watch."""
    path = fixture(EXAMPLE)
    with path.open("rb") as file:
        upload = UploadFile(file, filename=path.name)
        note = page.say("overview.example_note")
        stored = plans.add(page.service, page.actor, Response(), upload, note)
    wanted = SolveIn(plan=stored.plan.id, seconds=_EXAMPLE_SECONDS)
    job = wishes.solve(page.service, page.actor, Response(), wanted)
    return page.go(f"/jobber/{job.id}")


@router.get("/arbeidsbok.xlsx")
def workbook(page: PageDep) -> Response:
    """An empty workbook with guidance."""
    from scheduler.reading.template import template

    page.actor.need(Right.PLANS_WRITE)
    return Response(
        template(),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="plan.xlsx"'},
    )
