"""What a doctor means of a roster."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.service.accounts.roles import Right
from api.service.hearings import routes
from api.service.hearings.shapes import Commenting
from api.service.paging import CursorDep
from api.service.rosters.asked import version_asked
from api.service.shapes import Id
from scheduler.reading.faults import PlanError

router = APIRouter(prefix="/horing", tags=["pages"], include_in_schema=False)
Text = Annotated[str, Field()]
_MOST = 25


@router.get("/{roster}")
def comments(page: PageDep, roster: Id, etter: CursorDep = None) -> Response:
    """The own comments, and the form for one more."""
    return _show(page, roster, Form(), after=etter)


@router.post("/{roster}")
def comment(page: PageDep, roster: Id, body: Text = "", duty: Text = "") -> Response:
    """Say it."""
    page.actor.need(Right.HEARINGS)
    form = Form({"body": body, "duty": duty}, {"body": page.say("hearings.body_wrong")})
    try:
        wanted = Commenting(body=body, duty=duty or None)
        routes.add(page.service, page.actor, Response(), roster, wanted, version=None)
    except (ValidationError, PlanError):
        return _show(page, roster, form, 422)
    return page.go(f"/horing/{roster}", "hearings.sent")


def _show(
    page: Page, roster: str, form: Form, status: int = 200, *, after: str | None = None
) -> Response:
    page.actor.need(Right.HEARINGS)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    timetable = asked.timetable
    found = routes.comments(
        page.service, page.actor, roster, waiting=False, after=after, most=_MOST
    )
    known = asked.loaded.problem.doctor_by_id
    mine = timetable.duties_of(page.actor.doctor) if page.actor.doctor in known else ()
    return page.show(
        "hearings/roster",
        status,
        roster=asked.found,
        form=form,
        mine=mine,
        duties=asked.loaded.problem.duty_by_id,
        comments=found.items,
        next=found.next,
        after=after,
    )
