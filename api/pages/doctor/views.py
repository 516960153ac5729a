"""The doctor's own pages: the next duties, and why she has one."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.doctor.content import by_month, duty_path, in_hearing, own_duties
from api.pages.page import PageDep
from api.service.accounts.roles import Right, Role
from api.service.advice import routes as advice
from api.service.errors import NotFoundError
from api.service.feeds import routes as feeds
from api.service.rosters import store
from api.service.rosters.asked import version_asked
from api.service.shapes import Id
from scheduler.writing.rows import place_name

router = APIRouter(tags=["pages"], include_in_schema=False)

DutyId = Annotated[str, Query(alias="vakt", min_length=1, max_length=200)]
RosterId = Annotated[Id, Query(alias="vaktplan")]


@router.get("/mine-vakter")
def duties(page: PageDep) -> Response:
    """The next duty large, the later ones below it by month, the past folded."""
    page.actor.need(Right.FEEDS_OWN)
    coming, past = own_duties(page)
    return page.show(
        "doctor/duties",
        next=coming[0] if coming else None,
        later=coming[1:],
        months=by_month(coming[1:]),
        past=by_month(past),
        past_count=len(past),
        hearings=in_hearing(page),
    )


@router.get("/mine-vakter/vakt")
def duty(page: PageDep, roster: RosterId, duty: DutyId) -> Response:
    """A duty: when, where, why this doctor, and what she can do about it."""
    page.actor.need(Right.FEEDS_OWN)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    found = asked.loaded.problem.duty_by_id.get(duty)
    if found is None:
        raise NotFoundError
    holders = asked.timetable.doctors_on(duty)
    mine = page.actor.doctor in holders
    giver = None if mine or not holders else holders[0]
    why = advice.why(page.service, page.actor, roster, duty, giver=giver, doctor=None, version=None)
    return page.show(
        "doctor/duty",
        duty=found,
        place=place_name(asked.timetable, found),
        roster=asked.found,
        mine=mine,
        begun=found.start <= page.clock.now,
        why=why,
        can_swap=mine and asked.found.state in (store.PUBLISHED, store.AMENDED),
    )


@router.get("/vakt/{event}")
def event(page: PageDep, event: Id) -> Response:
    """The link in a calendar: to the duty's page, or to what became of the duty."""
    found = feeds.event(page.service, page.actor, event)
    with page.service.database.reading() as session:
        force = store.in_force(session, found.plan)
    if force is None or found.gone_at is not None:
        return page.show("doctor/gone", gone_at=found.gone_at)
    if page.actor.role is Role.DOCTOR:
        return page.go(duty_path(force[1].roster_id, found.duty))
    return page.go(f"/vaktplaner/{force[1].roster_id}")
