"""The audit log, a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.audit.content import told
from api.pages.page import PageDep
from api.service.accounts.roles import Right
from api.service.audit import routes
from api.service.shapes import ForeignId

router = APIRouter(prefix="/logg", tags=["pages"], include_in_schema=False)

_MOST = 50


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
