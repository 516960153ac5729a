"""The doctor's own page: the next duties."""

from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.doctor.content import coming
from api.pages.page import PageDep
from api.service.accounts.roles import Right

router = APIRouter(tags=["pages"], include_in_schema=False)


@router.get("/mine-vakter")
def duties(page: PageDep) -> Response:
    """The next duty large, the later ones below it by month."""
    page.actor.need(Right.FEEDS_OWN)
    found = coming(page)
    later = found[1:]
    months = [
        (first, list(own)) for first, own in groupby(later, lambda own: own.duty.day.replace(day=1))
    ]
    return page.show("doctor/duties", next=found[0] if found else None, later=later, months=months)
