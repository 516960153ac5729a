"""The audit log, a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.audit.content import told
from api.pages.page import PageDep
from api.pages.tables import as_csv
from api.service.accounts.roles import Right
from api.service.audit import routes
from api.service.audit.routes import EntryOut
from api.service.shapes import ForeignId

router = APIRouter(prefix="/logg", tags=["pages"], include_in_schema=False)

_MOST = 50
_AT_ONCE = 200
_MOST_IN_FILE = 5000


@router.get("")
def log(
    page: PageDep,
    etter: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    om: Annotated[ForeignId | None, Query()] = None,
) -> Response:
    """Who did what, when and why, the newest first."""
    page.actor.need(Right.AUDIT_READ)
    found = routes.entries(page.service, page.actor, etter, om, _MOST)
    with page.service.database.reading() as session:
        shown = told(page, session, found.items)
    return page.show(
        "audit/log",
        entries=shown,
        next=found.next,
        after=etter,
        about=om,
    )


@router.get("/fil.csv")
def log_file(page: PageDep, om: Annotated[ForeignId | None, Query()] = None) -> Response:
    """The newest entries as a table, no more than `_MOST_IN_FILE`."""
    page.actor.need(Right.AUDIT_READ)
    items: list[EntryOut] = []
    before = None
    while len(items) < _MOST_IN_FILE:
        found = routes.entries(page.service, page.actor, before, om, _AT_ONCE)
        items += found.items
        before = found.next
        if before is None:
            break
    with page.service.database.reading() as session:
        shown = told(page, session, items)
    names = ("when", "who", "what", "subject", "why", "details")
    return as_csv(
        "logg",
        [page.say(f"audit.{own}") for own in names],
        [
            [
                page.clock.moment(own.at),
                own.who,
                own.what,
                own.thing.name,
                own.why,
                "; ".join(own.details),
            ]
            for own in shown
        ],
    )
