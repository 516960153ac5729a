"""Rosters: list, grid, files."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.overview.content import Listed
from api.pages.page import PageDep
from api.pages.rosters.by_pattern import by_pattern
from api.pages.rosters.duties import pins_now, shown_duty
from api.pages.rosters.grid import Span, grid, window
from api.pages.rosters.standing import Side, burdens_of, part_shown
from api.pages.undoing import steps
from api.service.accounts.roles import Right
from api.service.paging import CursorDep
from api.service.paging import page as a_page
from api.service.plans import store as plans
from api.service.rosters import export_routes, store
from api.service.rosters.asked import LARGEST, version_asked
from api.service.rosters.exports import Kind
from api.service.shapes import Id

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

DutyId = Annotated[str, Query(min_length=1, max_length=200)]
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
    som: Side = Side.DOCTORS,
    vakt: DutyId | None = None,
) -> Response:
    """A roster as a grid of doctors and days, or of days and patterns; perhaps with a duty open."""
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, versjon)
        naming = plans.naming_for(session, page.actor)
        contents = store.contents_of(session, asked.found)
        newest = asked.own.number == asked.found.version
        writes = Right.ROSTERS_WRITE in page.actor.rights
        now = pins_now(page, session, asked.found) if writes and newest else ()
    problem = asked.loaded.problem
    pins = now if newest else problem.pins if writes else ()
    shown = window(problem.first_day, problem.last_day, vis, fra, page.clock.today)
    burdens = burdens_of(page, roster, asked.own.number) if writes else {}
    opened = shown_duty(page, roster, vakt, None) if vakt and writes and newest else None
    return page.show(
        "rosters/roster",
        roster=asked.found,
        version=asked.own,
        side=som,
        sides=tuple(Side),
        grid=grid(asked.timetable, shown, naming, page.clock, burdens, pins),
        table=by_pattern(asked.timetable, shown, naming) if som is Side.PATTERNS else None,
        links=writes and newest,
        opened=opened,
        newest=newest,
        steps=steps(contents),
        back=page.with_query(vakt=None, versjon=None).partition("?")[2],
        kinds=_kinds(page.actor.sees_names, writes),
        spans=tuple(Span),
        sees_plan=Right.PLANS_READ in page.actor.rights,
        **part_shown(page, asked.found),
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
