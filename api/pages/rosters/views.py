"""Rosters: list, grid, files."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.overview.content import Listed
from api.pages.page import PageDep
from api.pages.rosters.grid import Span, grid, window
from api.service.accounts.roles import Right
from api.service.paging import CursorDep
from api.service.paging import page as a_page
from api.service.plans import store as plans
from api.service.rosters import export_routes, store
from api.service.rosters.asked import LARGEST, version_asked
from api.service.rosters.exports import Kind
from api.service.shapes import Id

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

_MOST = 25
_FOR_READERS = (Kind.XLSX, Kind.PDF, Kind.CSV, Kind.ICS)
Number = Annotated[int | None, Query(ge=1, le=LARGEST)]


@router.get("")
def rosters(page: PageDep, etter: CursorDep = None) -> Response:
    """All rosters that one may see, the newest first."""
    with page.service.database.reading() as session:
        found = store.rosters(session, page.actor, None, etter, _MOST)
        listed = a_page(found, _MOST, lambda own: own)
        shown = [Listed(own, store.version_of(session, page.actor, own)) for own in listed.items]
    return page.show("rosters/list", rosters=shown, next=listed.next, after=etter)


@router.get("/{roster}")
def roster(
    page: PageDep,
    roster: Id,
    vis: Span = Span.MONTH,
    fra: date | None = None,
    versjon: Number = None,
) -> Response:
    """A roster as a grid of doctors and days."""
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, versjon)
        naming = plans.naming_for(session, page.actor)
    problem = asked.loaded.problem
    shown = window(problem.first_day, problem.last_day, vis, fra, page.clock.today)
    return page.show(
        "rosters/roster",
        roster=asked.found,
        version=asked.own,
        grid=grid(asked.timetable, shown, naming, page.clock),
        kinds=_kinds(page.actor.sees_names, Right.ROSTERS_WRITE in page.actor.rights),
        spans=tuple(Span),
        sees_plan=Right.PLANS_READ in page.actor.rights,
    )


@router.get("/{roster}/filer/{kind}")
def file(page: PageDep, roster: Id, kind: Kind, versjon: Number = None) -> Response:
    """A roster as a file."""
    return export_routes.export(page.service, page.actor, roster, kind, versjon)


def _kinds(sees_names: bool, keeps_plan: bool) -> tuple[Kind, ...]:
    """The files that one may have."""
    if keeps_plan:
        return tuple(Kind)
    return _FOR_READERS if sees_names else ()
