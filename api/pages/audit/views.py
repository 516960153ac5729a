"""The audit log, a page at a time."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.audit.content import Told, told
from api.pages.page import Page, PageDep
from api.pages.tables import as_long_csv
from api.service.accounts.roles import Right
from api.service.audit import routes
from api.service.shapes import ForeignId

router = APIRouter(prefix="/logg", tags=["pages"], include_in_schema=False)

_MOST = 50
_AT_ONCE = 200


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
    """All entries as a table, read a page at a time while it is sent."""
    page.actor.need(Right.AUDIT_READ)
    names = ("when", "who", "what", "subject", "why", "details")
    return as_long_csv("logg", [page.say(f"audit.{own}") for own in names], _pages(page, om))


def _pages(page: Page, about: str | None) -> Iterator[list[Sequence[str]]]:
    """The rows of the file, the newest first."""
    before = None
    while True:
        found = routes.entries(page.service, page.actor, before, about, _AT_ONCE)
        with page.service.database.reading() as session:
            rows = [_row(page, own) for own in told(page, session, found.items)]
        yield rows
        before = found.next
        if before is None:
            return


def _row(page: Page, own: Told) -> Sequence[str]:
    at, details = page.clock.moment(own.at), "; ".join(own.details)
    return (at, own.who, own.what, own.thing.name, own.why, details)
